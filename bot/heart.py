"""The heart: this copy's signs of life, by which the copies of one database share the limits."""

import asyncio
import contextlib
from collections.abc import Callable

import structlog

from core.clock import Clock
from core.store import copies
from core.store.database import Database

log = structlog.get_logger(__name__)

BEAT_SECONDS = 5.0


class Heart:
    """Beats in the database while the bot runs, and tells how many copies run beside it.

    A newcomer is told of only after a second beat: until then the others do not yet know that they
    have to share with it.
    """

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        copy: str,
        on_copies: Callable[[int, bool], None],
        on_beat: Callable[[], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._copy = copy
        self._on_copies = on_copies
        self._on_beat = on_beat
        self._beats = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Beat until stopped, then say that this copy is gone."""
        while not stop.is_set():
            await self._beat()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), BEAT_SECONDS)
        async with self._database.writing() as tx:
            await copies.stop(tx, self._copy)

    async def _beat(self) -> None:
        try:
            now = self._clock.now()
            async with self._database.writing() as tx:
                await copies.beat(tx, self._copy, now)
                await copies.bury(tx, now)
                running = await copies.running(tx, now)
        except Exception as fault:
            if not self._database.is_away(fault):
                raise
            log.warning("database_away", loop="heart")
            return
        self._beats += 1
        is_new = self._beats == 1 and len(running) > 1
        self._on_copies(max(1, len(running)), is_new)
        self._on_beat()
