"""Counting: finds out now and then where enquiries stand, one copy of the bot for all.

The answers are sealed and are opened here only, a few at a time and beside the loop, in no
transaction that anybody waits for; what is kept are numbers.
"""

import asyncio
import contextlib
import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from sqlalchemy import Row

from bot.outgoing.delivery import Report
from core.clock import Clock
from core.knowledge import CurrentKnowledge
from core.statistics.kinds import Count
from core.statistics.standings import Begun, standings
from core.store import counters, enquiries, leases, misses
from core.store.database import Database
from core.store.sealing import Sealer

log = structlog.get_logger(__name__)

LEASE = "counting"
PERIOD = dt.timedelta(hours=1)
LOOK_SECONDS = 300.0
"""How often a copy looks whether the hour is over."""

COUNTED_DAYS = 40
"""Of enquiries begun before that, where they stood then stays in the counters."""

STOPPED_AFTER = dt.timedelta(days=1)
"""Who has done nothing for so long has stopped; others may be just about to go on."""

WORDS_KEPT = dt.timedelta(days=90)
BATCH = 500


class Counting:
    """Counts once an hour."""

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        copy: str,
        knowledge: CurrentKnowledge,
        today: Callable[[dt.datetime], dt.date],
        report: Report,
    ) -> None:
        self._database = database
        self._clock = clock
        self._copy = copy
        self._knowledge = knowledge
        self._today = today
        self._report = report
        self._last: dt.datetime | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Look now and then, until stopped; a count that fails is reported and tried again."""
        while not stop.is_set():
            try:
                await self.look()
            except Exception as fault:  # noqa: BLE001 - the bot goes on without these figures
                if self._database.is_away(fault):
                    log.warning("database_away", loop="counting")
                else:
                    await self._report("counting", fault)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), LOOK_SECONDS)

    async def look(self) -> bool:
        """Count if the hour is over and no other copy does it; tell whether it did."""
        now = self._clock.now()
        if self._last is not None and now - self._last < PERIOD:
            return False
        async with self._database.writing() as tx:
            if not await leases.hold(tx, LEASE, self._copy, now, PERIOD):
                return False
        self._last = now
        first = self._today(now) - dt.timedelta(days=COUNTED_DAYS)
        counted = await self._count(now, first)
        async with self._database.writing() as tx:
            await counters.replace_since(tx, Count.STANDS, first, counted)
            await misses.forget(tx, self._today(now - WORDS_KEPT))
        log.info("counted", enquiries=counted.total())
        return True

    async def _count(self, now: dt.datetime, first: dt.date) -> Counter[tuple[dt.date, str]]:
        counted: Counter[tuple[dt.date, str]] = Counter()
        # A day more than is counted, for a day begins at another moment here than at Greenwich.
        since = now - dt.timedelta(days=COUNTED_DAYS + 1)
        after = 0
        while True:
            async with self._database.reading(slow=True) as tx:
                rows = await enquiries.begun_since(tx, since, after, BATCH)
                sealer = tx.sealer
            if not rows:
                return counted
            after = rows[-1].id
            idle = [each for each in rows if now - each.active_at >= STOPPED_AFTER]
            counted += await asyncio.to_thread(self._standings, idle, sealer, first)

    def _standings(
        self, rows: Sequence[Row[Any]], sealer: Sealer, first: dt.date
    ) -> Counter[tuple[dt.date, str]]:
        begun = (
            Begun(self._today(row.created_at), row.service, sealer.open_json(row.answers))
            for row in rows
        )
        services = self._knowledge.value.library.services
        return standings((each for each in begun if each.day >= first), services)
