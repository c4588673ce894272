"""Forgetting: what is erased when its time has come, or when a person asks."""

from dataclasses import dataclass
from datetime import datetime

from core.keep import Keep
from core.store import complaints, enquiries, outgoing, people, reminders, reports, watches
from core.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Erased:
    """How much was erased, or would be."""

    enquiries: int
    watches: int
    complaints: int
    reports: int


class OnlyLookingError(Exception):
    """Raised to undo what was only to be counted."""

    def __init__(self, erased: Erased) -> None:
        """Carry what would be erased."""
        super().__init__(erased)
        self.erased = erased


def only_looked(erased: Erased, *, dry_run: bool) -> None:
    """End the transaction without its changes, if they were only to be counted."""
    if dry_run:
        raise OnlyLookingError(erased)


async def forget_old(tx: Transaction, now: datetime, keep: Keep) -> Erased:
    """Erase idle enquiries, watches and reports, and complaints that ended long ago."""
    idle = now - keep.idle
    gone = Erased(
        await enquiries.forget_idle(tx, idle),
        await watches.forget_idle(tx, idle),
        await _forget_complaints(tx, now - keep.complaints),
        await _forget_reports(tx, idle),
    )
    for each in await reminders.forget_idle(tx, idle):
        await outgoing.forget_about(tx, reminders.about(each.kind, each.of))
    await people.forget_memory(tx, idle)
    return gone


async def _forget_complaints(tx: Transaction, before: datetime) -> int:
    over = await complaints.ended_before(tx, before)
    for number in over:
        await erase_complaint(tx, number)
    return len(over)


async def _forget_reports(tx: Transaction, before: datetime) -> int:
    idle = await reports.idle(tx, before)
    for number in idle:
        await outgoing.forget_about(tx, f"report:{number}")
        await reports.erase(tx, number)
    return len(idle)


async def erase_complaint(tx: Transaction, number: int) -> None:
    """Erase a complaint and all that was said of it, in the queue too."""
    await outgoing.forget_about(tx, f"complaint:{number}")
    await complaints.erase(tx, number)


async def forget_person(tx: Transaction, person_id: int) -> None:
    """Erase what is kept of a person besides their complaints and the row of their chat."""
    await enquiries.forget_all(tx, person_id)
    await watches.forget(tx, person_id)
    await reminders.forget(tx, person_id)
    await reports.forget(tx, person_id)
    await outgoing.forget(tx, person_id)
