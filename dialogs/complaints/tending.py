"""Tending: what the bot itself does for complaints, while nobody presses anything.

It notes what arrived and what never will, tells the parent when nobody has taken a complaint, and
proves again and again that each one has somebody who knows of it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from core.complaints.model import Complaint, Event, EventKind, State, can
from core.hours import has_opened
from core.store import complaints, outgoing
from core.store.complaints import What
from core.store.outgoing import Posting
from dialogs.complaints.instead import show_not_taken
from dialogs.complaints.owning import (
    Owned,
    Staff,
    owners_of,
    owners_of_open,
    staff_of,
    whole,
)
from dialogs.desk import Desk
from dialogs.officials import marking
from dialogs.officials.telling import (
    TO_OFFICIAL,
    TO_PARENT,
    complaint_in,
    once,
    tell_owners,
    tell_parent,
)
from dialogs.speech import Speech

HANDED_OVER: frozenset[EventKind] = frozenset({"sent", "passed_on", "reopened"})
"""After these somebody new, or the same once more, has to take it."""

NOT_YET_DELIVERED: frozenset[State] = frozenset({"sent", "passed_on", "reopened"})
TRIES = 3
"""How often something is noted once more when somebody else changed the complaint meanwhile."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look at all open complaints has found."""

    open: int
    unowned: tuple[int, ...]
    """Those that nobody has: there is no official for them, and no admin either."""
    told: tuple[int, ...]
    """Those whose owners did not know of them, and were told now."""


async def note_arrival(desk: Desk, posting: Posting) -> None:
    """The first notice that reaches whoever has a complaint delivers it."""
    number = complaint_in(posting.about)
    if number is None:
        return
    if posting.cause == TO_PARENT:
        await marking.keep(desk, posting)
    if posting.cause != TO_OFFICIAL:
        return
    for _ in range(TRIES):
        complaint = await complaints.find(desk.tx, number)
        if complaint is None or complaint.state not in NOT_YET_DELIVERED:
            return
        known = await owners_of(desk, complaint, await complaints.events(desk.tx, number))
        reached = posting.chat_id < 0 or posting.chat_id in known.people
        # The admins of this bot are not the office, and are not told of as if they were.
        if known.has == "admins" or not reached:
            return
        what = What("delivered", "bot", office=complaint.addressee)
        if await complaints.happen(desk.tx, complaint, what, desk.now):
            return


async def note_undelivered(desk: Desk, posting: Posting, why: str) -> None:
    """A message of a complaint will never arrive: it is noted, and the next one hears of it."""
    number = complaint_in(posting.about)
    if number is None or posting.cause not in (TO_OFFICIAL, TO_PARENT):
        return
    if posting.cause == TO_PARENT:
        await marking.keep(desk, posting, why)
    for _ in range(TRIES):
        complaint = await complaints.find(desk.tx, number)
        if complaint is None or not can(complaint.state, "undelivered"):
            return
        if await _undelivered(desk, complaint, posting, why):
            return


async def tell_untaken(desk: Desk) -> int:
    """Tell parents whose complaint nobody has taken by the end of the next working day."""
    now = desk.languages[None].local(desk.now)
    calendar = desk.knowledge.calendar
    if not has_opened(now, calendar):
        return 0
    stories = await complaints.open_stories(desk.tx)
    told = 0
    for complaint in await complaints.open_ones(desk.tx):
        since = _waiting_since(complaint, stories.get(complaint.id, ()))
        if since is None:
            continue
        handed = desk.languages[None].day(since.at)
        if now.date() > calendar.working_days_after(handed, 1):
            told += await _tell_untaken(desk, complaint)
    return told


async def check_owners(desk: Desk) -> Checked:
    """See that every open complaint has somebody who knows of it; tell those who do not."""
    staff = await staff_of(desk)
    every = await owners_of_open(desk, staff)
    names = {
        each.complaint.id: [
            once(TO_OFFICIAL, who, event.id)
            for who in each.owners.people
            for event in _since(each.story, HANDED_OVER)
        ]
        for each in every
    }
    known = await outgoing.put_before(desk.tx, [name for some in names.values() for name in some])
    told = []
    for each in every:
        freed = await _let_go(desk, each, staff)
        handed = _last(each.story, HANDED_OVER)
        knows = bool(known.intersection(names[each.complaint.id]))
        if each.owners.people and freed is not None:
            await _tell_whoever_has_it(desk, *freed)
            told.append(each.complaint.id)
        elif each.owners.people and handed is not None and not knows:
            await _tell_whoever_has_it(desk, each.complaint, handed)
            told.append(each.complaint.id)
    unowned = tuple(each.complaint.id for each in every if not each.owners.people)
    return Checked(len(every), unowned, tuple(told))


async def _undelivered(desk: Desk, complaint: Complaint, posting: Posting, why: str) -> bool:
    """Note it and tell whom it concerns; False if somebody else changed the complaint."""
    to_parent = posting.cause == TO_PARENT
    a_file = "file" in posting.body
    data: dict[str, Any] = {"to": "parent" if to_parent else "official", "why": why}
    if a_file:
        data["what"] = "file"
    elif not to_parent:
        data["gone"] = posting.chat_id
    what = What("undelivered", "bot", office=complaint.addressee, data=data)
    done = await complaints.happen(desk.tx, complaint, what, desk.now)
    if done is None:
        return False
    changed, event = done
    if to_parent:
        await tell_owners(desk, changed, event, _parent_missed)
    elif not a_file:
        freed = await _given_back(desk, changed, posting.chat_id)
        handed = _last(await complaints.events(desk.tx, changed.id), HANDED_OVER) or event
        await _tell_whoever_has_it(desk, *(freed or (changed, handed)))
    return True


async def _let_go(desk: Desk, owned: Owned, staff: Staff) -> tuple[Complaint, Event] | None:
    """Whoever had taken it and may not any more has it no longer."""
    complaint = owned.complaint
    taker = complaint.taken_by
    if taker is None or taker in staff.admins or taker in owned.owners.people:
        return None
    office = desk.knowledge.directory.office(complaint.addressee) if complaint.addressee else None
    scopes = [each.scope for each in staff.officials if each.person_id == taker]
    if any(each.covers(office, complaint.service) for each in scopes):
        return None
    return await _given_back(desk, complaint, taker)


async def _given_back(
    desk: Desk, complaint: Complaint, gone: int
) -> tuple[Complaint, Event] | None:
    """Whoever had taken it and cannot be reached, or may not any more, has it no longer."""
    if complaint.taken_by != gone or not can(complaint.state, "released"):
        return None
    what = What("released", "bot", office=complaint.addressee, data={"gone": gone})
    return await complaints.happen(desk.tx, complaint, what, desk.now, taken_by=None)


async def _tell_whoever_has_it(desk: Desk, complaint: Complaint, since: Event) -> None:
    """Tell those who have it since something happened; whoever was told of that is not again."""
    attached = await complaints.files(desk.tx, complaint.id)
    await tell_owners(desk, complaint, since, _with_you_now, attached)


async def _tell_untaken(desk: Desk, complaint: Complaint) -> bool:
    what = What("untaken", "bot", office=complaint.addressee)
    done = await complaints.happen(desk.tx, complaint, what, desk.now)
    if done is None:
        return False
    changed, event = done
    facts = await whole(desk, desk.languages[changed.language], changed)
    appeals = desk.knowledge.appeals
    await tell_parent(desk, changed, event, lambda say: show_not_taken(say, facts, appeals))
    return True


def _waiting_since(complaint: Complaint, story: Sequence[Event]) -> Event | None:
    """When it was handed over, if nobody took it since and the parent was not told of that."""
    handed = _last(story, HANDED_OVER)
    if handed is None or not can(complaint.state, "untaken"):
        return None
    if any(each.kind == "untaken" and each.id > handed.id for each in story):
        return None
    return handed


def _since(story: Sequence[Event], kinds: Collection[EventKind]) -> Sequence[Event]:
    """What happened since the last of these, itself included."""
    last = _last(story, kinds)
    return () if last is None else [each for each in story if each.id >= last.id]


def _last(story: Sequence[Event], kinds: Collection[EventKind]) -> Event | None:
    return next((each for each in reversed(story) if each.kind in kinds), None)


def _with_you_now(say: Speech) -> Markup:
    return say("This complaint is with you now.")


def _parent_missed(say: Speech) -> Markup:
    return say(
        "A message to the parent could not be delivered: perhaps they have blocked the bot. It "
        "stays in the complaint, and they see it when they come back."
    )
