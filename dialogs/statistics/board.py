"""The board: everything in a line each, and a screen a topic; as words, picture or spreadsheet."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from markupsafe import Markup

from core.papers.making import as_png, as_xlsx
from core.roles import RoleName
from core.statistics.report import Period, last_days
from core.store import wishes
from dialogs.action import Action
from dialogs.doors import OpenAdmin, OpenStatistics
from dialogs.homeward import back_and_home
from dialogs.markup import bold, italic, lines, paragraphs
from dialogs.paging import fitting_page, turning
from dialogs.rights import guarded_command, guarded_step, guarded_view
from dialogs.screen import Button, File, FileKind, Rows, Screen
from dialogs.speech import Speech
from dialogs.statistics.facts import Facts, Topic, load_facts, month_of
from dialogs.statistics.saying import (
    Row,
    chart_of,
    complaint_rows,
    complaint_summary,
    overview,
    row_line,
    service_name,
    span,
    told,
)
from dialogs.statistics.workbook import workbook_of
from dialogs.turn import Dialog, GoneError, Making, Reply, Visit

PERIODS = (7, 30, 90, 365)
STOP_SERVICES = 8
READERS: tuple[RoleName, ...] = ("admin", "viewer")
PICTURE, BOOK = "bagyt-{topic}-{day}.png", "bagyt-{month}.xlsx"


@dataclass(frozen=True, slots=True)
class OpenTopicFigures(Action):
    """The figures of one topic, of so many days; of one service where that is told apart."""

    code: ClassVar[str] = "yt"
    topic: str
    days: int
    service: str | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class DrawFigures(Action):
    """The same as a picture."""

    code: ClassVar[str] = "yp"
    topic: str
    days: int
    service: str | None = None


@dataclass(frozen=True, slots=True)
class MakeBook(Action):
    """The spreadsheet of a month, counted from the year nought."""

    code: ClassVar[str] = "yx"
    month: int


@dataclass(frozen=True, slots=True)
class SwitchDigest(Action):
    """Ask for the weekly summary, or for no more of it."""

    code: ClassVar[str] = "yd"
    on: bool
    days: int


def show_board(say: Speech, facts: Facts) -> Screen:
    """Everything in a line each, and the way to each topic."""
    days = facts.period.days
    digest = (
        Button(say.label("☑ Weekly summary"), SwitchDigest(on=False, days=days))
        if facts.digest
        else Button(say.label("☐ Weekly summary"), SwitchDigest(on=True, days=days))
    )
    this_month = _number_of(facts.period.until)
    text = paragraphs(
        lines(bold(say.label("Statistics")), italic(span(say, facts.period))),
        overview(say, facts),
        say("<b>What shall I show?</b>"),
    )
    return Screen(
        text,
        (
            *_topics(say, days),
            _periods(say, days),
            (
                Button(say.label("As a picture"), DrawFigures(Topic.ALL.value, days)),
                Button(say.label("Spreadsheet: this month"), MakeBook(this_month)),
            ),
            (
                Button(say.label("Spreadsheet: last month"), MakeBook(this_month - 1)),
                digest,
            ),
            back_and_home(say, OpenAdmin()),
        ),
    )


def show_topic(say: Speech, facts: Facts) -> Screen:
    """One topic, page by page."""
    spoken = told(say, facts)
    page = fitting_page(list(_parts(say, facts)), facts.page)
    days = facts.period.days
    here = OpenTopicFigures(facts.topic.value, days, facts.service)
    picture = DrawFigures(facts.topic.value, days, facts.service)
    back: Action = replace(here, service=None) if facts.service else OpenStatistics(days)
    return Screen(
        paragraphs(
            lines(bold(spoken.title), italic(span(say, facts.period))),
            lines(*page.items),
            italic(spoken.note),
        ),
        (
            *turning(say, page, lambda number: replace(here, page=number)),
            *_services(say, facts),
            *(((Button(say.label("As a picture"), picture),),) if spoken.rows else ()),
            back_and_home(say, back),
        ),
    )


def _parts(say: Speech, facts: Facts) -> Iterator[Markup]:
    if facts.topic is Topic.COMPLAINTS and facts.complaints is not None:
        yield complaint_summary(say, facts.complaints.whole)
        for title, rows in complaint_rows(say, facts):
            yield from _section(say, title, rows)
        return
    rows = told(say, facts).rows
    yield from (row_line(say, each) for each in rows)
    if not rows:
        yield say("Nothing in these days.")


def _section(say: Speech, title: str, rows: Sequence[Row]) -> Iterator[Markup]:
    """Rows under a heading that stays with the first of them."""
    for number, each in enumerate(rows):
        line = row_line(say, each)
        yield line if number else lines(Markup(""), bold(title), line)


def _services(say: Speech, facts: Facts) -> Rows:
    """The services whose questions can be looked at one by one."""
    if facts.topic is not Topic.STOPS or facts.service or facts.enquiries is None:
        return ()
    known = facts.enquiries
    stopped = [each for each in known.services if known.stopped(each)]
    return tuple(
        (
            Button(
                service_name(say, facts, each),
                OpenTopicFigures(Topic.STOPS.value, facts.period.days, each),
            ),
        )
        for each in stopped[:STOP_SERVICES]
    )


def _topics(say: Speech, days: int) -> Rows:
    names = {
        Topic.ENQUIRIES: say.label("Enquiries"),
        Topic.STOPS: say.label("Where people stop"),
        Topic.SEARCHES: say.label("Searches in vain"),
        Topic.OFFICES: say.label("Offices"),
        Topic.COMPLAINTS: say.label("Complaints"),
        Topic.FRESHNESS: say.label("Directory"),
        Topic.POSTERS: say.label("Posters"),
    }
    buttons = [Button(name, OpenTopicFigures(each.value, days)) for each, name in names.items()]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def _periods(say: Speech, days: int) -> tuple[Button, ...]:
    return tuple(
        Button(
            say.label("• {number} d.", number=each)
            if each == days
            else say.label("{number} d.", number=each),
            OpenStatistics(each),
        )
        for each in PERIODS
    )


def _number_of(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def _month(number: int) -> Period:
    year, month = divmod(number, 12)
    if not dt.MINYEAR < year < dt.MAXYEAR:
        raise GoneError(number)
    return month_of(dt.date(year, month + 1, 1))


def _period(visit: Visit, days: int) -> Period:
    if days not in PERIODS:
        raise GoneError(days)
    return last_days(visit.say.day(visit.now), days)


def _topic(name: str) -> Topic:
    try:
        return Topic(name)
    except ValueError as unknown:
        raise GoneError(name) from unknown


async def _board(visit: Visit, opened: OpenStatistics) -> Facts:
    period = _period(visit, opened.days)
    facts = await load_facts(visit.tx, visit.knowledge, visit.say, Topic.ALL, period)
    digest = await wishes.has(visit.tx, visit.person.id, wishes.DIGEST)
    return replace(facts, digest=digest)


async def _figures(visit: Visit, opened: OpenTopicFigures) -> Facts:
    period, topic = _period(visit, opened.days), _topic(opened.topic)
    facts = await load_facts(visit.tx, visit.knowledge, visit.say, topic, period)
    return replace(facts, service=opened.service, page=opened.page)


async def _draw(visit: Visit, wanted: DrawFigures) -> Reply:
    period, topic = _period(visit, wanted.days), _topic(wanted.topic)
    facts = await load_facts(visit.tx, visit.knowledge, visit.say, topic, period)
    chart = chart_of(visit.say, replace(facts, service=wanted.service))
    caption = lines(bold(chart.title), italic(span(visit.say, period)))
    name = PICTURE.format(topic=topic.value, day=period.until.isoformat())

    def make() -> Screen:
        return Screen(caption, file=File(FileKind.PHOTO, name, as_png(chart)))

    return Reply(visit.where, before=(Making(make),))


async def _book(visit: Visit, wanted: MakeBook) -> Reply:
    say, month = visit.say, _month(wanted.month)
    workbook = await workbook_of(visit.tx, visit.knowledge, say, month)
    caption = lines(bold(workbook.title), italic(say.label("Numbers only; nobody is named in it.")))
    name = BOOK.format(month=f"{month.since:%Y-%m}")

    def make() -> Screen:
        return Screen(caption, file=File(FileKind.DOCUMENT, name, as_xlsx(workbook)))

    return Reply(visit.where, before=(Making(make),))


async def _switch(visit: Visit, wanted: SwitchDigest) -> Reply:
    if wanted.on:
        await wishes.agree(visit.tx, visit.person.id, wishes.DIGEST, visit.now)
        toast = visit.say.label("On Mondays at 9:00 you will get a summary of the week.")
    else:
        await wishes.refuse(visit.tx, visit.person.id, wishes.DIGEST)
        toast = visit.say.label("You will get no more weekly summaries.")
    return Reply(OpenStatistics(wanted.days), toast=toast)


async def _command(visit: Visit, _: str) -> Reply:
    """The board, with its picture before it."""
    visit.where = OpenStatistics()
    return await _draw(visit, DrawFigures(Topic.ALL.value, OpenStatistics().days))


DIALOG = Dialog(
    views=(
        guarded_view(OpenStatistics, _board, show_board, *READERS),
        guarded_view(OpenTopicFigures, _figures, show_topic, *READERS),
    ),
    steps=(
        guarded_step(DrawFigures, _draw, *READERS),
        guarded_step(MakeBook, _book, *READERS),
        guarded_step(SwitchDigest, _switch, *READERS),
    ),
    commands={"stats": guarded_command(_command, *READERS)},
)
