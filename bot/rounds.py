"""Rounds: what is done again and again by one copy of the bot, such as reminders and checks.

Each round has a lease of its own, held for as long as its period, so that however many copies run,
it happens once a period. Its work must bear repeating: a copy may die in the middle.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.outgoing.delivery import Report
from core.clock import Clock
from core.store import leases
from core.store.database import Database, Transaction

log = structlog.get_logger(__name__)

LOOK_SECONDS = 5.0
"""How often a copy looks whether a round is due."""


@dataclass(frozen=True, slots=True)
class Round:
    """Something to do every so often, in one transaction."""

    name: str
    every: timedelta
    do: Callable[[Transaction, datetime], Awaitable[None]]


class Rounds:
    """Makes its rounds until stopped; one that fails is reported and does not stop the others."""

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        copy: str,
        rounds: Sequence[Round],
        report: Report,
        ring: Callable[[], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._copy = copy
        self._rounds = rounds
        self._report = report
        self._ring = ring
        self._last: dict[str, datetime] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Look now and then, until stopped."""
        while not stop.is_set():
            for each in self._rounds:
                await self.look(each)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), LOOK_SECONDS)

    async def look(self, each: Round) -> bool:
        """Make this round if it is due and no other copy makes it; tell whether it was made."""
        now = self._clock.now()
        last = self._last.get(each.name)
        if last is not None and now - last < each.every:
            return False
        try:
            async with self._database.writing() as tx:
                if not await leases.hold(tx, f"round {each.name}", self._copy, now, each.every):
                    return False
                await each.do(tx, now)
        except Exception as fault:  # noqa: BLE001 - reported; the next look tries again
            if self._database.is_away(fault):
                log.warning("database_away", loop=each.name)
                return False
            await self._report("round", fault, name=each.name)
            self._last[each.name] = now
            return False
        self._last[each.name] = now
        self._ring()
        return True
