"""Judging reports: what parents say is wrong, what the directory has, and what is to be done.

Whoever decides first decides; everybody else is shown how it was settled.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from core.directory.bodies import Body
from core.knowledge import Knowledge
from core.reports import LONGEST_WORDS, Report, Said, State
from core.store import reports
from dialogs.doors import OpenAdmin
from dialogs.editing.actions import (
    KEEPERS,
    AcceptReport,
    AskDecline,
    AskReporter,
    EditOffice,
    NoteRight,
    OpenReport,
    OpenReports,
)
from dialogs.editing.choosing import entry_of
from dialogs.editing.fields import REPORT, asking, taken
from dialogs.editing.telling import tell_accepted, tell_asked, tell_declined
from dialogs.editing.topics import FIELDS, field_meant, topics, value_meant
from dialogs.editing.values import have_line
from dialogs.homeward import back_and_home, home
from dialogs.markup import bold, clip, italic, lines, paragraphs, quote
from dialogs.offices.looking import remember
from dialogs.paging import Page, page_of, turning
from dialogs.rights import guarded_input, guarded_step, guarded_view
from dialogs.screen import Button, Screen, clipped
from dialogs.speech import Speech
from dialogs.turn import Dialog, Given, GoneError, Reply, Typed, Visit

REPORTS_A_PAGE = 5
SHOWN_IN_LIST = 100


@dataclass(frozen=True, slots=True)
class Waiting:
    """One page of the reports that wait, each with the name of its office."""

    page: Page[tuple[Report, str]]
    count: int


@dataclass(frozen=True, slots=True)
class Judged:
    """One report, and the office as it is."""

    report: Report
    body: Body
    knowledge: Knowledge


def show_waiting(say: Speech, waiting: Waiting) -> Screen:
    """The reports, the oldest first."""
    menu = back_and_home(say, OpenAdmin())
    if not waiting.count:
        return Screen(say("No report waits."), (menu,))
    numbered = list(enumerate(waiting.page.items, waiting.page.number * REPORTS_A_PAGE + 1))
    named = topics(say)
    told = [
        lines(
            bold(f"{number}. {name}"),
            italic(named[each.topic]),
            *([say("The parent was asked.")] if each.state == "asked" else []),
            *([quote(clip(each.said.text, SHOWN_IN_LIST))] if each.said.text else []),
        )
        for number, (each, name) in numbered
    ]
    rows = tuple(
        (Button(clipped(f"{number}. {name}"), OpenReport(each.id)),)
        for number, (each, name) in numbered
    )
    text = paragraphs(
        say.plural("{number} report waits.", "{number} reports wait.", waiting.count),
        *told,
        say("<b>Which report shall we open?</b>"),
    )
    return Screen(text, (*rows, *turning(say, waiting.page, OpenReports), menu))


def show_report(say: Speech, judged: Judged) -> Screen:
    """What is said, what the directory has, and what can be done."""
    report = judged.report
    text = paragraphs(
        *_head(say, judged),
        *_said(say, report),
        have_line(say, judged.knowledge, judged.body, FIELDS[report.topic]),
        _settled(say, report) or say("<b>What shall we do?</b>"),
    )
    return Screen(text, _rows(say, judged))


def _head(say: Speech, judged: Judged) -> Sequence[Markup]:
    report = judged.report
    return (
        lines(
            bold(f"{judged.body['name'][say.language]} ({judged.body['id']})"),
            italic(topics(say)[report.topic]),
            say("Reported on {day}", day=say.date(report.created_at)),
        ),
    )


def _said(say: Speech, report: Report) -> Sequence[Markup]:
    said = report.said
    told = []
    if said.text:
        told.append(lines(say("A parent says:"), quote(said.text)))
    elif not said.point:
        told.append(say("The parent does not say what is right."))
    if said.point:
        told.append(say("A point on the map: {lat}, {lon}", lat=said.point[0], lon=said.point[1]))
    if said.question:
        told.append(lines(say("They were asked:"), quote(said.question)))
    if said.answer:
        told.append(lines(say("Their answer:"), quote(said.answer)))
    return told


def _settled(say: Speech, report: Report) -> Markup | None:
    """How it was settled, if it was."""
    match report.state:
        case "accepted":
            return say("<b>It is settled:</b> put right on {day}.", day=say.date(report.changed_at))
        case "declined":
            day = say.date(report.changed_at)
            return lines(
                say("<b>It is settled:</b> declined on {day}.", day=day), quote(report.said.words)
            )
        case _:
            return None


def _rows(say: Speech, judged: Judged) -> tuple[tuple[Button, ...], ...]:
    report = judged.report
    rows: list[tuple[Button, ...]] = []
    if report.waits:
        rows.append((Button(say.label("Put it right"), AcceptReport(report.id)),))
        rows.append((Button(say.label("It is right by now"), NoteRight(report.id)),))
        decline = Button(say.label("Decline"), AskDecline(report.id))
        ask = Button(say.label("Ask the parent"), AskReporter(report.id))
        rows.append((decline,) if report.said.question else (ask, decline))
    else:
        rows.append((Button(say.label("To the office"), EditOffice(report.office)),))
    return (
        *rows,
        (
            Button(say.label("To the reports"), OpenReports()),
            home(say),
        ),
    )


def show_declining(say: Speech, judged: Judged) -> Screen:
    """The question why."""
    question = say("<b>Why do we change nothing?</b> The parent reads your words.")
    return _typing(say, judged, question)


def show_reporter_asked(say: Speech, judged: Judged) -> Screen:
    """The question for the question."""
    return _typing(
        say, judged, say("<b>What shall I ask the parent?</b> One question can be asked.")
    )


def _typing(say: Speech, judged: Judged, question: Markup) -> Screen:
    text = paragraphs(*_head(say, judged), *_said(say, judged.report), question)
    back = back_and_home(say, OpenReport(judged.report.id))
    return Screen(text, (back,))


async def _waiting(visit: Visit, opened: OpenReports) -> Waiting:
    every = await reports.open_ones(visit.tx)
    directory = visit.knowledge.directory
    named = []
    for each in every:
        office = directory.office(each.office)
        named.append((each, visit.say.of(office.name) if office else each.office))
    return Waiting(page_of(named, opened.page, REPORTS_A_PAGE), len(every))


async def report_known(visit: Visit, number: int) -> Report:
    """The report of a button; erased ones are gone."""
    report = await reports.find(visit.tx, number)
    if report is None:
        raise GoneError(number)
    return report


async def _judged(visit: Visit, opened: OpenReport | AskDecline | AskReporter) -> Judged:
    report = await report_known(visit, opened.report)
    if isinstance(opened, OpenReport):
        remember(visit, **{REPORT: None})
    elif not report.waits or (isinstance(opened, AskReporter) and report.said.question):
        raise GoneError(opened.report)
    entry = await entry_of(visit, report.office)
    return Judged(report, entry.body, visit.knowledge)


async def _accept(visit: Visit, pressed: AcceptReport) -> Reply:
    """Into the edit, with what the parent said where it may stand in a field."""
    report = await report_known(visit, pressed.report)
    if not report.waits:
        return _late(visit, report)
    entry = await entry_of(visit, report.office)
    remember(visit, **{REPORT: {"report": report.id, "office": entry.id}})
    field, value = field_meant(report), value_meant(report)
    if field == "closed":
        return taken(visit, entry, field, "text", "1")
    if field == "point" and report.said.point:
        return taken(visit, entry, field, "point", list(report.said.point))
    if field and field != "serves" and value:
        return taken(visit, entry, field, "text", value)
    return Reply(asking(entry.id, field) if field else EditOffice(entry.id))


async def _note_right(visit: Visit, pressed: NoteRight) -> Reply:
    report = await report_known(visit, pressed.report)
    after = await _decided(visit, report, "accepted")
    if after is None:
        return _late(visit, report)
    await tell_accepted(visit, after)
    return Reply(OpenReports(), toast=visit.say.label("It is settled, and the parent is told."))


async def _decided(
    visit: Visit, report: Report, state: State, said: Said | None = None
) -> Report | None:
    return await reports.turn_out(
        visit.tx, report, state, visit.now, said=said, decided_by=visit.person.id
    )


def _late(visit: Visit, report: Report) -> Reply:
    """Somebody else was faster."""
    late = visit.say.label("Somebody else has settled this meanwhile. Here is how it stands.")
    return Reply(OpenReport(report.id), toast=late, alert=True)


async def _declined(visit: Visit, asked: AskDecline, given: Given) -> Reply | None:
    if not isinstance(given, Typed):
        return None
    report = await report_known(visit, asked.report)
    said = replace(report.said, words=given.text[:LONGEST_WORDS])
    after = await _decided(visit, report, "declined", said)
    if after is None:
        return _late(visit, report)
    await tell_declined(visit, after)
    return Reply(OpenReports(), toast=visit.say.label("It is declined, and the parent is told."))


async def _asked(visit: Visit, asked: AskReporter, given: Given) -> Reply | None:
    if not isinstance(given, Typed):
        return None
    report = await report_known(visit, asked.report)
    if report.said.question:
        return _late(visit, report)
    said = replace(report.said, question=given.text[:LONGEST_WORDS])
    after = await reports.turn_out(
        visit.tx, report, "asked", visit.now, said=said, asked_by=visit.person.id
    )
    if after is None:
        return _late(visit, report)
    await tell_asked(visit, after)
    return Reply(OpenReports(), toast=visit.say.label("The parent is asked."))


DIALOG = Dialog(
    views=(
        guarded_view(OpenReports, _waiting, show_waiting, *KEEPERS),
        guarded_view(OpenReport, _judged, show_report, *KEEPERS),
        guarded_view(AskDecline, _judged, show_declining, *KEEPERS),
        guarded_view(AskReporter, _judged, show_reporter_asked, *KEEPERS),
    ),
    steps=(
        guarded_step(AcceptReport, _accept, *KEEPERS),
        guarded_step(NoteRight, _note_right, *KEEPERS),
    ),
    inputs=(
        guarded_input(AskDecline, _declined, *KEEPERS),
        guarded_input(AskReporter, _asked, *KEEPERS),
    ),
)
