"""Next steps: where the papers go, the receipt to ask for, the day by which an answer is due."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from core.calendar import Due, due
from core.services.model import Term
from dialogs.action import Action
from dialogs.doors import (
    FindOffice,
    OpenNextSteps,
    OpenOwnTopic,
    OpenPapers,
    OpenRoutes,
    StartWatch,
)
from dialogs.enquiry import show_enquiry
from dialogs.homeward import back_and_home
from dialogs.markup import italic, lines, paragraphs
from dialogs.screen import Button, Screen
from dialogs.speech import Speech
from dialogs.standing import Standing, called, standing
from dialogs.statements import marks, state_of
from dialogs.telling import Topic, provider_line, term_line
from dialogs.turn import Dialog, Given, GoneError, Input, Reply, Typed, View, Visit

DAYS_OFFERED = 6
FURTHEST_DAYS = 366
_WRITTEN = re.compile(r"^(\d{1,2})[.\-/ ](\d{1,2})(?:[.\-/ ](\d{4}|\d{2}))?\.?$")


@dataclass(frozen=True, slots=True)
class AskDay(Action):
    """Ask on which day the papers will be handed in; `misread` after words that are no day."""

    code: ClassVar[str] = "ad"
    enquiry: int
    misread: bool = False


@dataclass(frozen=True, slots=True)
class OpenDue(Action):
    """By when an answer is due if the papers are handed in on this day, counted from year one."""

    code: ClassVar[str] = "du"
    enquiry: int
    day: int


@dataclass(frozen=True, slots=True)
class Handing:
    """The day of handing in that is asked for or was given."""

    standing: Standing
    day: dt.date
    misread: bool = False


def show_next_steps(say: Speech, standing: Standing) -> Screen:
    """Where to hand in, what to ask for there, and the question when that will be."""
    if standing.state.outcome is None:
        return show_enquiry(say, standing)
    number = standing.enquiry.id
    text = paragraphs(
        italic(called(say, standing)),
        lines(say("<b>1. Hand the papers in</b>"), *_where(say, standing)),
        lines(say("<b>2. Ask for a receipt</b>"), _receipt(say, standing)),
        lines(say("<b>3. Wait for the answer</b>"), *_terms(say, standing)),
        say("<b>When will you hand the papers in?</b>"),
    )
    return Screen(
        text,
        (
            (
                Button(say.label("Today"), OpenDue(number, standing.today.toordinal())),
                Button(say.label("Another day"), AskDay(number)),
            ),
            (
                Button(say.label("Where to go"), OpenOwnTopic(number, Topic.WHERE.value)),
                Button(say.label("Find the office near us"), FindOffice(standing.service.id)),
            ),
            (Button(say.label("I have handed the papers in"), StartWatch(number)),),
            back_and_home(say, OpenPapers(number)),
        ),
    )


def show_days(say: Speech, handing: Handing) -> Screen:
    """The next working days to choose from; any other can be written."""
    standing = handing.standing
    number = standing.enquiry.id
    days: list[dt.date] = []
    day = standing.today
    while len(days) < DAYS_OFFERED:
        day = standing.calendar.next_working(day + dt.timedelta(days=1))
        days.append(day)
    text = paragraphs(
        italic(called(say, standing)),
        say("I could not read this day.") if handing.misread else None,
        say(
            "<b>On which day?</b> Choose one of the next working days, or write it: {example}",
            example=f"{standing.today:%d.%m.%Y}",
        ),
    )
    rows = (
        tuple(Button(say.date(each), OpenDue(number, each.toordinal())) for each in pair)
        for pair in zip(days[::2], days[1::2], strict=True)
    )
    return Screen(text, (*rows, back_and_home(say, OpenNextSteps(number))))


def show_due(say: Speech, handing: Handing) -> Screen:
    """Each term of the answer, counted to its day."""
    standing = handing.standing
    if standing.state.outcome is None:
        return show_enquiry(say, standing)
    number = standing.enquiry.id
    off = not standing.calendar.is_working(handing.day)
    counted = [_counted(say, handing, each) for each in _answer_terms(standing)]
    text = paragraphs(
        italic(called(say, standing)),
        say("If you hand the papers in on <b>{day}</b>:", day=say.date(handing.day)),
        say("That is a day off: the office may be closed.") if off else None,
        *counted,
        None if counted else say("The act names no term. Ask the office for a day, in writing."),
        italic(state_of(say, standing.act, None)),
        say("Write the day down from your receipt: what the office promises there counts."),
    )
    return Screen(
        text,
        (
            (Button(say.label("Another day"), AskDay(number)),),
            (Button(say.label("Where to complain"), OpenRoutes(standing.service.id)),),
            back_and_home(say, OpenNextSteps(number)),
        ),
    )


def read_day(text: str, today: dt.date) -> dt.date | None:
    """The day that is written so: day and month, and the year if it is not the nearest to come."""
    found = _WRITTEN.match(text.strip())
    if found is None:
        return None
    day, month, year = int(found[1]), int(found[2]), found[3]
    for guess in [int(year) % 100 + 2000] if year else [today.year, today.year + 1]:
        try:
            read = dt.date(guess, month, day)
        except ValueError:
            continue
        if year or read >= today:
            return read if abs((read - today).days) <= FURTHEST_DAYS else None
    return None


def answer_due(standing: Standing, term: Term, day: dt.date) -> Due | None:
    """When this term is over if it begins on that day; None where it is not counted in days."""
    if term.amount is None or term.unit is None or term.unit in {"hour", "minute"}:
        return None
    return due(standing.calendar, day, term.amount, term.unit)


def _where(say: Speech, standing: Standing) -> Iterator[Markup]:
    taking = [each for each in standing.outcome.providers if "accepts" in each.does]
    for each in taking:
        found = marks(say, each.source, standing.citations)
        yield Markup("• {} ({})").format(provider_line(say, each), found)
    if not taking:
        yield say("The act does not say where. Ask the akimat.")


def _receipt(say: Speech, standing: Standing) -> Markup:
    slip = standing.service.slip
    if slip is None:
        return say(
            "The act names none. Ask for a paper with the date and a signature all the same."
        )
    return Markup("{} ({})").format(say.of(slip.text), marks(say, slip.source, standing.citations))


def _terms(say: Speech, standing: Standing) -> Iterator[Markup]:
    terms = _answer_terms(standing)
    for each in terms:
        found = marks(say, each.source, standing.citations)
        yield Markup("• {} ({})").format(term_line(say, standing.service, each), found)
    if not terms:
        yield say("The act names no term. Ask the office for a day, in writing.")


def _answer_terms(standing: Standing) -> list[Term]:
    told = {"processing", "final_result"}
    return [each for each in standing.outcome.terms if each.what in told]


def _counted(say: Speech, handing: Handing, term: Term) -> Markup:
    standing = handing.standing
    found = marks(say, term.source, standing.citations)
    said = Markup("• {} ({})").format(term_line(say, standing.service, term), found)
    if term.limit == "at_once":
        return lines(said, say("→ <b>the same day</b>"))
    ends = answer_due(standing, term, handing.day)
    if ends is None:
        return said
    day = say.date(ends.day)
    until = (
        say("→ <b>not before {day}</b>", day=say.date(ends.counted))
        if term.limit == "at_least"
        else say("→ <b>by {day}</b>", day=day)
    )
    shift = say("This day may shift: the holidays of that year are not settled yet.")
    plain = say("The act says just “days”; they are counted by the calendar.")
    return lines(
        said,
        until,
        *([plain] if term.unit == "day" else []),
        *([shift] if ends.may_shift else []),
    )


async def _written(visit: Visit, asked: AskDay, given: Given) -> Reply | None:
    if not isinstance(given, Typed):
        return None
    day = read_day(given.text, visit.say.day(visit.now))
    if day is None:
        return Reply(AskDay(asked.enquiry, misread=True))
    return Reply(OpenDue(asked.enquiry, day.toordinal()))


async def _standing(visit: Visit, opened: OpenNextSteps) -> Standing:
    return await standing(visit, opened.enquiry)


async def _asking(visit: Visit, asked: AskDay) -> Handing:
    where = await standing(visit, asked.enquiry)
    return Handing(where, where.today, asked.misread)


async def _handing(visit: Visit, opened: OpenDue) -> Handing:
    where = await standing(visit, opened.enquiry)
    if abs(opened.day - where.today.toordinal()) > 10 * FURTHEST_DAYS:
        raise GoneError(opened.day)
    return Handing(where, dt.date.fromordinal(opened.day))


DIALOG = Dialog(
    views=(
        View(OpenNextSteps, _standing, show_next_steps),
        View(AskDay, _asking, show_days),
        View(OpenDue, _handing, show_due),
    ),
    inputs=(Input(AskDay, _written),),
)
