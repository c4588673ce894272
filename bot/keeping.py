"""Keeping: erases what was kept long enough, once a day, by one copy of the bot."""

import asyncio
import contextlib
from datetime import datetime, timedelta

import structlog

from core.clock import Clock
from core.store import enquiries, leases, people
from core.store.database import Database
from dialogs.application import PASSING_VIEWS

log = structlog.get_logger(__name__)

LEASE = "keeping"
PERIOD = timedelta(days=1)
LOOK_SECONDS = 3600.0
"""How often a copy looks whether the day is over."""

MONTH = timedelta(days=31)
"""Counted generously: nobody loses anything before the month they were told."""


class Keeping:
    """Forgets idle enquiries, and what people typed into applications that they never made."""

    def __init__(self, *, database: Database, clock: Clock, copy: str, months: int) -> None:
        self._database = database
        self._clock = clock
        self._copy = copy
        self._months = months
        self._last: datetime | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Look now and then, until stopped."""
        while not stop.is_set():
            await self.look()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), LOOK_SECONDS)

    async def look(self) -> bool:
        """Erase what is due if the day is over and no other copy does it; tell whether it did."""
        now = self._clock.now()
        if self._last is not None and now - self._last < PERIOD:
            return False
        try:
            async with self._database.writing() as tx:
                if not await leases.hold(tx, LEASE, self._copy, now, PERIOD):
                    return False
                idle = now - self._months * MONTH
                erased = await enquiries.forget_idle(tx, idle)
                await people.forget_memory(tx, idle)
                await people.forget_memory(tx, now - PERIOD, PASSING_VIEWS)
        except Exception as fault:
            if not self._database.is_away(fault):
                raise
            log.warning("database_away", loop="keeping")
            return False
        self._last = now
        log.info("kept", enquiries_erased=erased)
        return True
