"""The worker: empties the outgoing queue, one worker across all copies of the bot.

A posting is marked as on its way before Telegram is called and as sent afterwards, each in a
transaction of its own. A worker that dies between Telegram's receipt and that second mark leaves
a message that is sent once more; nothing else doubles a message for us, and nothing loses one.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count

import structlog

from bot.outgoing.delivery import (
    CHANCE,
    Abandoned,
    Arrived,
    Delivery,
    Expired,
    Redraw,
    Report,
    Superseded,
    Undeliverable,
    Verdict,
    pause_before,
)
from bot.outgoing.limiter import Timer
from bot.telegram.courier import Courier
from bot.telegram.fate import Again, Delivered, Wait
from core.clock import Clock
from core.store import leases, outgoing
from core.store.database import Database, Transaction
from core.store.outgoing import Posting

log = structlog.get_logger(__name__)

LEASE = "outgoing"
HELD_FOR = timedelta(seconds=10)
RENEWED_AFTER = timedelta(seconds=3)
# Every call begun under a lease is over by then, so that nobody is about to send it after all.
ORPHANED_AFTER = timedelta(seconds=30)
# How soon what other copies have put is noticed.
POLL = 2.0
# Looking for what is due takes a fifth of the time at most, however much waits.
RESTS_FOR = 4
MOST_IN_HAND = 16
# Below this many in hand it is worth asking for more.
FEW_IN_HAND = 12
LONGEST_PROBE = 60.0
TRIES_WHEN_STOPPING = 3
LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Worker:
    """Takes what is due while it holds the lease; `bell` wakes it when something was put."""

    def __init__(
        self,
        *,
        database: Database,
        courier: Courier,
        clock: Clock,
        copy: str,
        bell: asyncio.Event,
        redraw: Redraw,
        undeliverable: Undeliverable,
        arrived: Arrived,
        report: Report,
        timer: Timer | None = None,
        chance: Callable[[], float] = CHANCE,
    ) -> None:
        self._database = database
        self._clock = clock
        self._copy = copy
        self._bell = bell
        self._report = report
        self._chance = chance
        self._timer = timer or asyncio.get_running_loop()
        self._delivery = Delivery(
            database=database,
            courier=courier,
            clock=clock,
            redraw=redraw,
            undeliverable=undeliverable,
            arrived=arrived,
            report=report,
            chance=chance,
        )
        self._in_hand: set[int] = set()
        self._held_until = LONG_AGO
        self._troubles = 0
        self._probe_at = 0.0

    async def run(self, stop: asyncio.Event) -> None:
        """Work until stopped, then finish what is in hand and leave the lease to others."""
        stopped = asyncio.create_task(stop.wait())
        stopped.add_done_callback(lambda _: self._bell.set())
        try:
            async with asyncio.TaskGroup() as hands:
                while not stop.is_set():
                    self._bell.clear()
                    begun = self._timer.time()
                    for posting in await self._take_what_is_due():
                        self._in_hand.add(posting.id)
                        hands.create_task(self._deliver(posting, stop))
                    spent = self._timer.time() - begun
                    await self._rest(min(spent * RESTS_FOR, POLL))
                    await self._bell_or_time(POLL)
        finally:
            stopped.cancel()
        if self._held_until > self._clock.now():
            async with self._database.writing() as tx:
                await leases.release(tx, LEASE, self._copy)

    async def _take_what_is_due(self) -> Sequence[Posting]:
        """What is to be delivered now; whatever goes wrong, the worker lives on."""
        try:
            async with self._database.writing() as tx:
                now = self._clock.now()
                if not await self._hold(tx, now):
                    return ()
                room = self._room()
                return await outgoing.take(tx, now, room) if room else ()
        except Exception as fault:  # noqa: BLE001 - a fault of ours must not stop the queue
            self._held_until = LONG_AGO
            if self._database.is_away(fault):
                log.warning("database_away", loop="outgoing")
            else:
                await self._report("outgoing", fault)
            return ()

    async def _hold(self, tx: Transaction, now: datetime) -> bool:
        """Whether this copy is the one that sends; it renews the lease and adopts orphans."""
        if self._held_until - now > HELD_FOR - RENEWED_AFTER:
            return True
        if not await leases.hold(tx, LEASE, self._copy, now, HELD_FOR):
            self._held_until = LONG_AGO
            return False
        if self._held_until < now:
            log.info("queue_taken_over")
        self._held_until = now + HELD_FOR
        for orphan in await outgoing.orphans(tx, now - ORPHANED_AFTER):
            if orphan.id not in self._in_hand:
                log.warning("posting_orphaned", posting=orphan.id)
                await outgoing.postpone(tx, orphan.id, now, "its worker died (may have arrived)")
        return True

    def _room(self) -> int:
        """How many to take; one at a time and ever more seldom while Telegram is in trouble."""
        if self._troubles:
            return 0 if self._in_hand or self._timer.time() < self._probe_at else 1
        return MOST_IN_HAND - len(self._in_hand) if len(self._in_hand) < FEW_IN_HAND else 0

    async def _deliver(self, posting: Posting, stop: asyncio.Event) -> None:
        try:
            verdict: Verdict = Wait(0)
            if self._clock.now() < self._held_until:
                verdict = await self._delivery.send(posting)
                self._notice(verdict)
            await self._settle(posting, verdict, stop)
        finally:
            self._in_hand.discard(posting.id)
            self._bell.set()

    async def _settle(self, posting: Posting, verdict: Verdict, stop: asyncio.Event) -> None:
        """Write it down, if the database is away as soon as it is back."""
        for attempt in count(1):
            try:
                pause = await self._delivery.settle(posting, verdict)
            except Exception as fault:
                if not self._database.is_away(fault):
                    await self._report("outgoing", fault, posting=posting.id)
                    arrived = verdict.message_id if isinstance(verdict, Delivered) else None
                    verdict = Abandoned(type(fault).__name__, arrived)
                elif stop.is_set() and attempt >= TRIES_WHEN_STOPPING:
                    log.exception("posting_not_settled", posting=posting.id)
                    return
                await self._rest(pause_before(attempt, self._chance()))
            else:
                if pause is not None:
                    self._wake_in(pause)
                return

    def _notice(self, verdict: Verdict) -> None:
        """Keep count of failures that say more of Telegram than of the message."""
        match verdict:
            case Again():
                self._troubles += 1
                pause = min(pause_before(self._troubles, self._chance()), LONGEST_PROBE)
                self._probe_at = self._timer.time() + pause
                self._wake_in(pause)
            case Expired() | Superseded():
                pass
            case _:
                self._troubles = 0

    def _wake_in(self, seconds: float) -> None:
        self._timer.call_at(self._timer.time() + seconds, self._bell.set)

    async def _bell_or_time(self, seconds: float) -> None:
        alarm = self._timer.call_at(self._timer.time() + seconds, self._bell.set)
        try:
            await self._bell.wait()
        finally:
            alarm.cancel()

    async def _rest(self, seconds: float) -> None:
        rested = asyncio.Event()
        alarm = self._timer.call_at(self._timer.time() + seconds, rested.set)
        try:
            await rested.wait()
        finally:
            alarm.cancel()
