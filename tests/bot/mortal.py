"""A copy of the bot in a process of its own, to be killed at any moment and started again.

What the bot imports is loaded once, in the server that all copies are forked from.
"""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import NoReturn

from bot.app import run_bot
from bot.settings import Settings
from bot.watch.logs import set_up_logs

MEGABYTE = 1024 * 1024
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([__name__])


def die() -> NoReturn:
    """End as a machine does when its power fails."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("nobody survives this")


def live(settings: Settings) -> None:
    """Run until killed, or asked to stop."""
    set_up_logs("warning", "json")
    asyncio.run(run_bot(settings))


class Mortal:
    """A copy that can be killed and started again."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: BaseProcess | None = None

    def start(self) -> None:
        """Begin a life."""
        self._process = FORKS.Process(target=live, args=(self._settings,))
        self._process.start()

    def megabytes(self) -> float:
        """How much memory it holds."""
        assert self._process is not None
        pages = int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE

    async def kill(self) -> None:
        """End it as a power cut does."""
        await self._end(BaseProcess.kill)

    async def stop(self) -> None:
        """End it as an operator does."""
        await self._end(BaseProcess.terminate)

    async def _end(self, how: Callable[[BaseProcess], None]) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        how(process)
        await asyncio.to_thread(process.join)
        process.close()


@asynccontextmanager
async def mortal(settings: Settings) -> AsyncIterator[Mortal]:
    """A copy that begins to start here, and is stopped in order at the end."""
    copy = Mortal(settings)
    copy.start()
    try:
        yield copy
    finally:
        await copy.stop()
