"""The tending of complaints and reminders by the running bot: rounds, and what the queue tells."""

from datetime import datetime, timedelta

import structlog

from bot.desks import Desks
from bot.outgoing.delivery import Expired
from bot.rounds import Round
from bot.telegram.fate import Again, Gone, Refused
from bot.watch.metrics import Metrics
from core.clock import Clock
from core.store import outgoing
from core.store.database import Transaction
from core.store.outgoing import Posting
from dialogs.complaints.tending import (
    check_owners,
    note_arrival,
    note_undelivered,
    tell_untaken,
)
from dialogs.officials.reminding import remind
from dialogs.watch import reminding as watching

log = structlog.get_logger(__name__)

CHECK_EVERY = timedelta(minutes=3)
UNTAKEN_EVERY = timedelta(minutes=15)
REMIND_EVERY = timedelta(minutes=10)
EXPIRE_EVERY = timedelta(minutes=1)


class Tending:
    """Writes from a desk of its own, in the transaction that it is handed."""

    def __init__(
        self,
        *,
        desks: Desks,
        metrics: Metrics,
        clock: Clock,
    ) -> None:
        self._desks = desks
        self._metrics = metrics
        self._clock = clock

    @property
    def rounds(self) -> tuple[Round, ...]:
        """What is done again and again."""
        return (
            Round("owners of complaints", CHECK_EVERY, self.check),
            Round("untaken complaints", UNTAKEN_EVERY, self.untaken),
            Round("expired messages", EXPIRE_EVERY, self.expire),
            Round("reminders of terms", REMIND_EVERY, self.remind),
            Round("reminders of parents", watching.EVERY, self.remind_parents),
        )

    async def check(self, tx: Transaction, now: datetime) -> None:
        """Prove that no open complaint is without an owner, and say so where one is."""
        checked = await check_owners(self._desks.at(tx, now))
        self._metrics.complaints(checked.open, len(checked.unowned))
        for each in checked.unowned:
            log.error("complaint_without_owner", complaint=each)
        for each in checked.told:
            log.warning("owners_told_late", complaint=each)

    async def untaken(self, tx: Transaction, now: datetime) -> None:
        """Tell parents of what nobody has taken."""
        told = await tell_untaken(self._desks.at(tx, now))
        if told:
            log.info("untaken_complaints", told=told)

    async def remind(self, tx: Transaction, now: datetime) -> None:
        """Remind officials of terms, and those above them of what is overdue."""
        reminded = await remind(self._desks.at(tx, now))
        if reminded:
            log.info("reminded_of_terms", complaints=reminded)

    async def remind_parents(self, tx: Transaction, now: datetime) -> None:
        """Remind parents of answers, missing papers and seasons."""
        reminded = await watching.remind(self._desks.at(tx, now))
        if reminded:
            log.info("reminded_of_answers", reminders=reminded)

    async def expire(self, tx: Transaction, now: datetime) -> None:
        """Give up what waited too long to be sent, and let whom it concerns know."""
        for each in await outgoing.expire(tx, now):
            await self.undeliverable(tx, each, Expired())

    async def arrived(self, tx: Transaction, posting: Posting) -> None:
        """Something was delivered."""
        await note_arrival(self._desks.at(tx, self._clock.now()), posting)

    async def undeliverable(
        self, tx: Transaction, posting: Posting, why: Gone | Refused | Again | Expired
    ) -> None:
        """Something will never arrive; the chat's own state was noted by the courier."""
        log.warning("undeliverable", cause=posting.cause, why=type(why).__name__)
        named = why.kind.value if isinstance(why, Gone) else type(why).__name__.lower()
        desk = self._desks.at(tx, self._clock.now())
        await note_undelivered(desk, posting, named)
        if isinstance(why, Expired):
            await watching.say_again(desk, posting)
