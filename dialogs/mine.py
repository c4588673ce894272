"""Mine: everything the person began, with where each stands, to go on with any of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from core.store import enquiries
from dialogs.action import Action
from dialogs.checklist import all_ready, items_of
from dialogs.doors import OpenEnquiry, OpenMine
from dialogs.homeward import home
from dialogs.markup import lines, paragraphs
from dialogs.paging import Page, page_of, turning
from dialogs.screen import Button, Screen, clipped
from dialogs.speech import Speech
from dialogs.standing import Standing, called, standing_of
from dialogs.turn import Dialog, View, Visit, leads_to
from dialogs.watch.actions import OpenWatches

MINE_A_PAGE = 6


@dataclass(frozen=True, slots=True)
class TurnMine(Action):
    """Another page of what the person began."""

    code: ClassVar[str] = "mp"
    page: int


def show_mine(say: Speech, page: Page[Standing]) -> Screen:
    """The list, the one touched last first; or that there is nothing yet."""
    menu = (home(say),)
    waits = (Button(say.label("Papers I handed in"), OpenWatches()),)
    if not page.items:
        return Screen(
            say(
                "You have not begun anything yet.\n\n"
                "<b>What does your child need?</b> Write it in your own words."
            ),
            (waits, menu),
        )
    first = page.number * MINE_A_PAGE + 1
    numbered = list(enumerate(page.items, start=first))
    rows = tuple(
        (Button(clipped(f"{number}. {called(say, each)}"), OpenEnquiry(each.enquiry.id)),)
        for number, each in numbered
    )
    text = paragraphs(
        say("What you began:"),
        *(_line(say, number, each) for number, each in numbered),
        say("<b>Which one shall we go on with?</b>"),
    )
    return Screen(text, (*rows, *turning(say, page, TurnMine), waits, menu))


def state_in_words(say: Speech, standing: Standing) -> Markup:
    """How far an enquiry has come."""
    outcome = standing.state.outcome
    if outcome is None:
        place, whole = standing.state.progress
        return say("… question {place} of {whole}", place=place, whole=whole)
    if outcome.says == "not_eligible":
        return say("✗ not for you by this act")
    wanted = [each for each in items_of(standing) if each.asked_for]
    if not wanted:
        return say("✓ the result is there")
    if all_ready(standing):
        return say("☑ all papers ready")
    ready = sum(each.ready(standing.enquiry.ticked) for each in wanted)
    return say("✓ papers: {ready} of {whole} ready", ready=ready, whole=len(wanted))


def _line(say: Speech, number: int, standing: Standing) -> Markup:
    name = Markup("{}. {}").format(number, called(say, standing))
    day = say.date(standing.enquiry.created_at)
    return lines(name, Markup("{}, {}").format(state_in_words(say, standing), day))


async def _page(visit: Visit, opened: OpenMine | TurnMine) -> Page[Standing]:
    services = visit.knowledge.library.services
    begun: Sequence[enquiries.Enquiry] = [
        each for each in await enquiries.of(visit.tx, visit.person.id) if each.service in services
    ]
    page = page_of(begun, opened.page if isinstance(opened, TurnMine) else 0, MINE_A_PAGE)
    standings = [await standing_of(visit, each) for each in page.items]
    return Page(standings, page.number, page.last)


DIALOG = Dialog(
    views=(View(OpenMine, _page, show_mine), View(TurnMine, _page, show_mine)),
    commands={"mine": leads_to(OpenMine())},
)
