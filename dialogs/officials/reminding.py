"""Reminding: officials hear of a term before it ends, on its last day, and every day after.

Only at nine by the clock of the country and on working days. Each reminder is an event of the
complaint, so that whatever happens to the bot, nobody is reminded twice of the same.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Literal

from markupsafe import Markup

from core.calendar import Calendar
from core.complaints.deadlines import answer_due
from core.complaints.model import Complaint, Event, can
from core.complaints.routing import Holder, Scope, above, body_of
from core.hours import has_opened
from core.outgoing import Lane, Parcel
from core.store import complaints, roles
from core.store.complaints import What
from dialogs.complaints.words import Facts
from dialogs.desk import Desk, speech_of
from dialogs.officials.notice import show_overdue
from dialogs.officials.telling import tell_owners
from dialogs.screen_json import screen_to_json
from dialogs.speech import Speech

DAYS_BEFORE = 2
OVERDUE = "complaint overdue"

Reminder = Literal["soon", "today", "late"]


async def remind(desk: Desk) -> int:
    """Remind of all that is due soon, today, or should have been answered; tell of how many."""
    now = desk.languages[None].local(desk.now)
    calendar = desk.knowledge.calendar
    if not has_opened(now, calendar):
        return 0
    registered = [each for each in await complaints.open_ones(desk.tx) if each.registered_on]
    stories = await complaints.open_stories(desk.tx) if registered else {}
    reminded = 0
    for complaint in registered:
        due = _due(desk, complaint)
        kind = reminder(due, now.date(), calendar) if due else None
        if kind and due and not _reminded(stories.get(complaint.id, ()), kind, due, now.date()):
            reminded += await _remind(desk, complaint, kind, due, now.date())
    return reminded


def reminder(due: dt.date, today: dt.date, calendar: Calendar) -> Reminder | None:
    """Of what there is to be reminded on a working day."""
    if today > due:
        return "late"
    if today == due:
        return "today"
    return "soon" if calendar.working_days_after(today, DAYS_BEFORE) >= due else None


def _due(desk: Desk, complaint: Complaint) -> dt.date | None:
    knowledge = desk.knowledge
    service = knowledge.library.services.get(complaint.service or "")
    body = body_of(knowledge.directory, complaint, service)
    ends = answer_due(complaint, body, knowledge.appeals, knowledge.calendar)
    return ends.day if ends else None


def _reminded(story: Sequence[Event], kind: Reminder, due: dt.date, today: dt.date) -> bool:
    """Whether this was said before: of a day to come once, of one that has passed once a day."""
    said = {"of": kind, "due": due.isoformat()}
    if kind == "late":
        said["on"] = today.isoformat()
    return any(each.kind == "reminded" and said.items() <= each.data.items() for each in story)


async def _remind(
    desk: Desk, complaint: Complaint, kind: Reminder, due: dt.date, today: dt.date
) -> bool:
    if not can(complaint.state, "reminded"):
        return False
    data = {"of": kind, "due": due.isoformat(), "on": today.isoformat()}
    what = What("reminded", "bot", office=complaint.addressee, data=data)
    done = await complaints.happen(desk.tx, complaint, what, desk.now)
    if done is None:
        return False
    facts = await tell_owners(desk, *done, lambda say: _news(say, kind))
    if kind == "late":
        await _tell_above(desk, facts, done[1])
    return True


def _news(say: Speech, kind: Reminder) -> Markup:
    match kind:
        case "soon":
            return say("⏰ The answer is due in {days} working days at most.", days=DAYS_BEFORE)
        case "today":
            return say("⏰ The answer is due today.")
        case "late":
            return say("⚠ The answer is overdue.")


async def _tell_above(desk: Desk, facts: Facts, event: Event) -> None:
    """Those above the office and the admins hear that it is late; the words stay where they are."""
    people = dict.fromkeys([*await _above(desk, facts), *await _admins(desk)])
    for person in people:
        if person in facts.owners.people or person == facts.complaint.person_id:
            continue
        say = await speech_of(desk, person)
        parcel = Parcel(
            chat_id=person,
            body=screen_to_json(show_overdue(say, facts)),
            lane=Lane.REMINDER,
            cause=OVERDUE,
            once=f"{OVERDUE}:{person}:{event.id}",
        )
        await desk.post(parcel)


async def _above(desk: Desk, facts: Facts) -> Sequence[int]:
    """The officials of the nearest office above that has any."""
    office, directory = facts.addressee, desk.knowledge.directory
    if office is None:
        return ()
    officials = [
        Holder(person, Scope.read(scope, directory))
        for person, scope in await roles.scopes(desk.tx, "official")
    ]
    for each in above(directory, office):
        found = tuple(
            holder.person_id
            for holder in officials
            if holder.scope.covers(each, facts.complaint.service)
        )
        if set(found) - set(facts.owners.people):
            return found
    return ()


async def _admins(desk: Desk) -> Sequence[int]:
    return [person for person, _ in await roles.scopes(desk.tx, "admin")]
