"""Keeping: erases what was kept long enough, once a day, by one copy of the bot."""

import asyncio
import contextlib
from dataclasses import asdict
from datetime import datetime, timedelta

import structlog

from bot.secrets import sealer_of
from bot.settings import Settings
from core.clock import Clock, SystemClock
from core.forgetting import Erased, OnlyLookingError, forget_old, only_looked
from core.keep import MONTH, Keep
from core.store import leases, outgoing, people, services
from core.store.database import Database
from core.store.start import open_ready
from dialogs.application import PASSING_VIEWS

log = structlog.get_logger(__name__)

LEASE = "keeping"
PERIOD = timedelta(days=1)
LOOK_SECONDS = 3600.0
"""How often a copy looks whether the day is over."""


class Keeping:
    """Forgets what lay long enough: also what was typed for papers never made, and old messages."""

    def __init__(self, *, database: Database, clock: Clock, copy: str, keep: Keep) -> None:
        self._database = database
        self._clock = clock
        self._copy = copy
        self._keep = keep
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
                erased = await forget_old(tx, now, self._keep)
                await people.forget_memory(tx, now - PERIOD, PASSING_VIEWS)
                await services.drop_idle_drafts(tx, now - MONTH)
                await outgoing.sweep(tx, now - MONTH)
        except Exception as fault:
            if not self._database.is_away(fault):
                raise
            log.warning("database_away", loop="keeping")
            return False
        self._last = now
        log.info("kept", **asdict(erased))
        return True


async def erase_now(settings: Settings, *, dry_run: bool) -> Erased:
    """Erase what is due at once, or only count it; a running bot does the same by itself."""
    database = await open_ready(settings.database_url, sealer_of(settings))
    try:
        async with database.writing() as tx:
            erased = await forget_old(tx, SystemClock().now(), settings.keep)
            only_looked(erased, dry_run=dry_run)
    except OnlyLookingError as looked:
        return looked.erased
    finally:
        await database.close()
    return erased
