"""The whole bot, running against the playground's server, and a phone to talk to it with."""

import asyncio
import sqlite3
import tempfile
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.app import App, run_bot
from bot.playground.server import PlaygroundServer
from bot.settings import Settings, read_settings
from core.clock import SystemClock
from core.release import apply_release
from core.store.sealing import Sealer
from core.store.start import open_ready

KEY = "the key of the tests"
PARENT_KK, PARENT_RU, OFFICIAL, ADMIN = 7000000001, 7000000002, 7000000003, 7000000004
GROUP = -4000000001


def settings_for(server: PlaygroundServer, database_url: str, **changed: Any) -> Settings:
    """The settings of a bot that talks to this server."""
    return read_settings().model_copy(
        update={
            "token": SecretStr(server.token),
            "bot_api_url": server.bot_api_url,
            "database_url": database_url,
            "secret_key": SecretStr(KEY),
            "admin_ids": (ADMIN,),
            "health_port": 0,
            "webhook_port": 0,
            "webhook_host": "127.0.0.1",
            **changed,
        }
    )


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[App]:
    """A bot that runs while the context lasts, and ends in order."""
    stop = asyncio.Event()
    ready: asyncio.Future[App] = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(run_bot(settings, stop=stop, on_ready=ready.set_result))
    waited: set[asyncio.Future[Any]] = {task, ready}
    await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        task.result()
    try:
        yield await ready
    finally:
        stop.set()
        await task


def sqlite_at(folder: Path) -> str:
    """A database in a folder of the test's own, with the release already brought in."""
    file = folder / "bot.db"
    file.write_bytes(_released())
    return f"sqlite+aiosqlite:///{file}"


@cache
def _released() -> bytes:
    """A database as the first start leaves it; made once, in a thread with a loop of its own."""

    async def make(folder: str) -> bytes:
        file = Path(folder) / "released.db"
        sealer = Sealer.from_setting(KEY)
        database = await open_ready(f"sqlite+aiosqlite:///{file}", sealer)
        await apply_release(database, SystemClock().now())
        await database.close()
        with closing(sqlite3.connect(file)) as whole:
            whole.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return file.read_bytes()

    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, make(folder)).result()


@dataclass
class Phone:
    """One person's phone: says, presses, and reads what the bot shows."""

    server: PlaygroundServer
    person: int
    shown: dict[str, Any] | None = None

    async def says(self, text: str) -> dict[str, Any]:
        """Send words, and wait for the screen that answers them."""
        self.server.town.say(self.person, self.person, text)
        self.shown = await self.server.next_message(self.person)
        return self.shown

    async def presses(self, label: str) -> dict[str, Any]:
        """Press the button that says this, and wait until that was answered."""
        query = self.press(label)
        answer = await self.server.next_answer(query)
        await self.server.settled()
        self.shown = self.last()
        return dict(answer)

    def press(self, label: str) -> str:
        """Press the button that says this, and do not wait."""
        assert self.shown is not None
        for row, buttons in enumerate(self.shown["reply_markup"]["inline_keyboard"]):
            for column, button in enumerate(buttons):
                if label in button["text"]:
                    return self.server.town.press(
                        self.person, self.person, self.shown["message_id"], row=row, col=column
                    )
        raise AssertionError(f"no button says {label!r}: {self.labels()}")

    async def presses_data(self, message: int, data: str) -> dict[str, Any]:
        """Press a button that holds this, on whatever message."""
        query = self.server.town.press(self.person, self.person, message, data=data)
        answer = await self.server.next_answer(query)
        await self.server.settled()
        self.shown = self.last()
        return dict(answer)

    def last(self) -> dict[str, Any]:
        """The bot's newest message in this chat."""
        messages = self.server.town.chat(self.person).messages.values()
        ours = [each for each in messages if each["from"]["id"] == self.server.town.bot_id]
        return dict(ours[-1])

    @property
    def text(self) -> str:
        """What stands on the present screen."""
        assert self.shown is not None
        return str(self.shown["text"])

    def labels(self) -> list[str]:
        """What its buttons say."""
        assert self.shown is not None
        rows = self.shown.get("reply_markup", {}).get("inline_keyboard", [])
        return [button["text"] for row in rows for button in row]

    def messages(self) -> list[dict[str, Any]]:
        """Everything the bot has in this chat."""
        messages = self.server.town.chat(self.person).messages.values()
        return [each for each in messages if each["from"]["id"] == self.server.town.bot_id]
