"""The delivery of one posting of the queue: sending it, and writing down what became of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from secrets import SystemRandom
from typing import Protocol

from bot.telegram.courier import Courier
from bot.telegram.fate import Again, Delivered, Fate, Gone, Lost, Moved, Refused, Wait
from core.clock import Clock
from core.store import outgoing, people
from core.store.database import Database, Transaction
from core.store.outgoing import Posting
from dialogs.conversation import Shown
from dialogs.screen import Screen
from dialogs.screen_json import screen_from_json

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 300.0
DOUBLINGS = 9
CHANCE = SystemRandom().random
# Whoever it was for has long been missed by then, and those behind it wait as well.
GIVEN_UP_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Expired:
    """Its time was over before it could be sent."""


@dataclass(frozen=True, slots=True)
class Superseded:
    """The person has seen a newer screen meanwhile."""


@dataclass(frozen=True, slots=True)
class Abandoned:
    """Writing down what became of it failed, through a fault of ours; it may have arrived."""

    fault: str
    message_id: int | None = None


Verdict = Fate | Expired | Superseded | Abandoned
Redraw = Callable[[int], Awaitable[Shown]]
Undeliverable = Callable[[Transaction, Posting, Gone | Refused | Again | Expired], Awaitable[None]]
Arrived = Callable[[Transaction, Posting], Awaitable[None]]


class Report(Protocol):
    """Takes reports of what went wrong."""

    async def __call__(self, where: str, fault: BaseException, /, **context: object) -> None:
        """Take one; never fails itself."""


def pause_before(attempt: int, chance: float) -> float:
    """Seconds to wait before trying again: twice as long each time, and never quite the same."""
    longest: float = min(FIRST_PAUSE * 2 ** min(attempt, DOUBLINGS), LONGEST_PAUSE)
    return longest * (0.5 + chance / 2)


class Delivery:
    """Delivers postings.

    `redraw` gives the present screen of a person. `undeliverable` hears, in the transaction that
    gives a posting up, of what will never arrive, so that it can put word of it for others;
    `arrived` hears of what did, in the transaction that marks it as sent.
    """

    def __init__(
        self,
        *,
        database: Database,
        courier: Courier,
        clock: Clock,
        redraw: Redraw,
        undeliverable: Undeliverable,
        arrived: Arrived,
        report: Report,
        chance: Callable[[], float] = CHANCE,
    ) -> None:
        self._database = database
        self._courier = courier
        self._clock = clock
        self._redraw = redraw
        self._undeliverable = undeliverable
        self._arrived = arrived
        self._report = report
        self._chance = chance

    async def send(self, posting: Posting) -> Verdict:
        """Send a posting; whatever goes wrong on our side, it is tried again."""
        try:
            return await self._send(posting)
        except Exception as fault:  # noqa: BLE001 - a fault of ours must not stop the queue
            if not self._database.is_away(fault):
                await self._report("outgoing", fault, posting=posting.id, cause=posting.cause)
            return Again(type(fault).__name__, perhaps_arrived=False)

    async def settle(self, posting: Posting, verdict: Verdict) -> float | None:
        """Write down what became of it; give the seconds after which it is to be tried again."""
        pause = self._pause(posting, verdict)
        async with self._database.writing() as tx:
            if pause is not None:
                await self._postpone(tx, posting, verdict, pause)
            else:
                await self._conclude(tx, posting, verdict)
        return pause

    async def _send(self, posting: Posting) -> Verdict:
        if posting.expires_at is not None and posting.expires_at <= self._clock.now():
            return Expired()
        if posting.body.get("redraw"):
            return await self._send_present(posting)
        try:
            screen = screen_from_json(posting.body)
        except (ValueError, LookupError, TypeError) as fault:
            await self._report("outgoing", fault, posting=posting.id, cause=posting.cause)
            return Refused(f"no screen: {type(fault).__name__}")
        if "edits" in posting.body:
            return await self._edit(posting, screen)
        return await self._courier.send(
            posting.chat_id, screen, thread_id=posting.thread_id, lane=posting.lane
        )

    async def _edit(self, posting: Posting, screen: Screen) -> Verdict:
        """Change a message that was sent before; one that cannot be changed stays as it is."""
        async with self._database.reading() as tx:
            name = str(posting.body["edits"])
            message = await outgoing.message_named(tx, posting.chat_id, name)
        if message is None:
            return Superseded()
        fate = await self._courier.edit(posting.chat_id, message, screen)
        return Superseded() if isinstance(fate, Lost) else fate

    async def _send_present(self, posting: Posting) -> Verdict:
        async with self._database.reading() as tx:
            moved_on = await _has_moved_on(tx, posting)
        shown = None if moved_on else await self._redraw(posting.chat_id)
        if shown is None or shown.screen is None:
            return Superseded()
        return await self._courier.send(posting.chat_id, shown.screen, lane=posting.lane)

    def _pause(self, posting: Posting, verdict: Verdict) -> float | None:
        match verdict:
            case Moved():
                # The courier told of it, and with the group all that waits for it was moved.
                return 0
            case Wait(seconds):
                return seconds
            case Again() if self._clock.now() - posting.created_at < GIVEN_UP_AFTER:
                return pause_before(posting.attempts, self._chance())
            case _:
                return None

    async def _postpone(
        self, tx: Transaction, posting: Posting, verdict: Verdict, pause: float
    ) -> None:
        now = self._clock.now()
        await outgoing.postpone(tx, posting.id, now + timedelta(seconds=pause), _named(verdict))

    async def _conclude(self, tx: Transaction, posting: Posting, verdict: Verdict) -> None:
        match verdict:
            case Delivered(message_id):
                now = self._clock.now()
                await outgoing.mark_sent(tx, posting.id, message_id, now)
                if posting.body.get("redraw") and not await _has_moved_on(tx, posting):
                    await people.keep_message(tx, posting.chat_id, message_id, now)
                await self._arrived(tx, posting)
            case Superseded() | Expired():
                await outgoing.postpone(tx, posting.id, self._clock.now(), _named(verdict))
                await outgoing.cancel(tx, posting.id, _named(verdict))
                if isinstance(verdict, Expired):
                    await self._undeliverable(tx, posting, verdict)
            case Abandoned(message_id=int(message_id)):
                await outgoing.mark_sent(tx, posting.id, message_id, self._clock.now())
            case Abandoned():
                await outgoing.mark_failed(tx, posting.id, _named(verdict))
            case Gone() | Refused() | Again():
                await outgoing.mark_failed(tx, posting.id, _named(verdict))
                await self._undeliverable(tx, posting, verdict)
            case _:
                raise ValueError(f"{verdict} is no fate of a new message")


async def _has_moved_on(tx: Transaction, posting: Posting) -> bool:
    """Whether the person has done something since, and so has a newer screen or will have one."""
    person = await people.find(tx, posting.chat_id)
    return person is None or person.active_at > posting.created_at


def _named(verdict: Verdict) -> str:
    """A verdict in a word or two, for those who look into the queue."""
    match verdict:
        case Again(reason, perhaps_arrived):
            return f"{reason} (may have arrived)" if perhaps_arrived else reason
        case Refused(reason):
            return f"refused: {reason}"
        case Gone(kind):
            return kind.value
        case Abandoned(fault=fault):
            return f"abandoned: {fault}"
        case _:
            return type(verdict).__name__.lower()
