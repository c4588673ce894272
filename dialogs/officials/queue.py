"""The queue: the open complaints that an official has, the most urgent first."""

import datetime as dt
from dataclasses import dataclass

from markupsafe import Markup

from dialogs.complaints.owning import owners_of_open, staff_of
from dialogs.complaints.words import Facts, facts_of, subject_of
from dialogs.doors import OpenComplaint, OpenQueue
from dialogs.homeward import home
from dialogs.markup import bold, lines, paragraphs
from dialogs.officials.actions import TurnQueue
from dialogs.officials.notice import due_line
from dialogs.paging import Page, page_of, turning
from dialogs.rights import demand
from dialogs.screen import Button, Screen, clipped
from dialogs.speech import Speech
from dialogs.turn import Dialog, Reply, Step, View, Visit, aside

COMPLAINTS_A_PAGE = 6
LAST = dt.date.max


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of the open complaints."""

    page: Page[Facts]
    count: int


def show_queue(say: Speech, queue: Queue) -> Screen:
    """What waits, overdue first."""
    menu = (home(say),)
    if not queue.count:
        return Screen(say("Nothing waits for you."), (menu,), protect=True)
    told = [
        lines(bold(f"№ {each.number}"), Markup.escape(subject_of(say, each)), due_line(say, each))
        for each in queue.page.items
    ]
    rows = tuple(
        (
            Button(
                clipped(f"№ {each.number} {subject_of(say, each)}"),
                OpenComplaint(each.complaint.id),
            ),
        )
        for each in queue.page.items
    )
    text = paragraphs(
        say.plural("{number} complaint waits.", "{number} complaints wait.", queue.count),
        *told,
        say("<b>Which one shall we open?</b>"),
    )
    return Screen(text, (*rows, *turning(say, queue.page, TurnQueue), menu), protect=True)


async def _queue(visit: Visit, opened: OpenQueue | TurnQueue) -> Queue:
    held = await demand(visit, "official", "admin")
    admin = any(each.role == "admin" for each in held)
    mine = [
        facts_of(visit.say, visit.knowledge, each.complaint, each.owners, visit.now)
        for each in await owners_of_open(visit, await staff_of(visit))
        if visit.person.id in each.owners.people or (admin and each.owners.has == "admins")
    ]
    mine.sort(key=_urgency)
    page = page_of(mine, getattr(opened, "page", 0), COMPLAINTS_A_PAGE)
    return Queue(page, len(mine))


def _urgency(facts: Facts) -> tuple[dt.date, int]:
    """By the day the answer is due; those without one behind, the oldest first."""
    return (facts.due.day if facts.due else LAST, facts.complaint.id)


async def _command(visit: Visit, _: str) -> Reply:
    await demand(visit, "official", "admin")
    return Reply(OpenQueue(), back_to=visit.where)


DIALOG = Dialog(
    views=(View(OpenQueue, _queue, show_queue), View(TurnQueue, _queue, show_queue)),
    steps=(Step(OpenQueue, aside), Step(TurnQueue, aside)),
    commands={"queue": _command},
)
