"""Learning: keeps what this copy knows in step with the database, whichever copy changed it."""

import asyncio
import contextlib

import structlog

from bot.outgoing.delivery import Report
from core.clock import Clock
from core.knowledge import CurrentKnowledge
from core.store.database import Database

log = structlog.get_logger(__name__)

LOOK_SECONDS = 2.0


class Learning:
    """Looks now and then whether there is news."""

    def __init__(
        self, *, database: Database, clock: Clock, knowledge: CurrentKnowledge, report: Report
    ) -> None:
        self._database = database
        self._clock = clock
        self._knowledge = knowledge
        self._report = report

    async def run(self, stop: asyncio.Event) -> None:
        """Keep up until stopped; what cannot be read is reported, and the old stays in use."""
        while not stop.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), LOOK_SECONDS)
            try:
                if await self._knowledge.refresh(self._database, self._clock.now()):
                    log.info("learned")
            except Exception as fault:  # noqa: BLE001 - whatever it is, the bot goes on
                if self._database.is_away(fault):
                    log.warning("database_away", loop="learning")
                else:
                    await self._report("learning", fault)
