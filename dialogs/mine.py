"""Mine: everything the person began, to go on with any of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from core.services.engine import replay
from core.services.library import Library
from core.store import enquiries
from core.store.enquiries import Enquiry
from dialogs.action import Action
from dialogs.doors import OpenEnquiry, OpenMenu, OpenMine
from dialogs.paging import Page, page_of, turning
from dialogs.screen import Button, Screen
from dialogs.speech import Speech
from dialogs.turn import Dialog, View, Visit, leads_to


@dataclass(frozen=True, slots=True)
class TurnMine(Action):
    """Another page of what the person began."""

    code: ClassVar[str] = "mp"
    page: int


@dataclass(frozen=True, slots=True)
class Line:
    """One enquiry as the list shows it."""

    enquiry: Enquiry
    title: str
    finished: bool


def show_mine(say: Speech, page: Page[Line]) -> Screen:
    """The list, newest first; or that there is nothing yet."""
    menu = (Button(say.label("Main menu"), OpenMenu()),)
    if not page.items:
        return Screen(
            say(
                "You have not begun anything yet.\n\n"
                "<b>What does your child need?</b> Write it in your own words."
            ),
            (menu,),
        )
    rows = tuple((Button(_label(say, each), OpenEnquiry(each.enquiry.id)),) for each in page.items)
    text = say("<b>What you began</b>\n\nWhich one shall we go on with?")
    return Screen(text, (*rows, *turning(say, page, TurnMine), menu))


def _label(say: Speech, line: Line) -> str:
    day = say.date(line.enquiry.created_at)
    if line.finished:
        return say.label("✓ {title}, {day}", title=line.title, day=day)
    return say.label("… {title}, {day}", title=line.title, day=day)


def _lines(visit: Visit, library: Library, begun: Sequence[Enquiry]) -> list[Line]:
    lines = []
    for each in begun:
        service = library.services.get(each.service)
        if service is not None:
            finished = replay(service, each.answers).outcome is not None
            lines.append(Line(each, visit.say.of(service.short), finished))
    return lines


async def _page(visit: Visit, opened: OpenMine | TurnMine) -> Page[Line]:
    begun = await enquiries.of(visit.tx, visit.person.id)
    number = opened.page if isinstance(opened, TurnMine) else 0
    return page_of(_lines(visit, visit.knowledge.library, begun), number)


DIALOG = Dialog(
    views=(View(OpenMine, _page, show_mine), View(TurnMine, _page, show_mine)),
    commands={"mine": leads_to(OpenMine())},
)
