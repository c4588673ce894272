"""Reporting: a parent says that something about an office is wrong, and is told what came of it.

Nobody learns who it was: those who keep the directory see the words, not the person.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import get_args

from markupsafe import Markup

from core.directory.as_json import office_json
from core.directory.model import Office
from core.knowledge import Knowledge
from core.reports import A_DAY, LONGEST_WORDS, Report, Said, Topic
from core.store import reports
from dialogs.doors import OpenOffice, ReportOffice
from dialogs.editing.actions import AnswerReport, AskReport, Reported, SendReport
from dialogs.editing.telling import tell_answered, tell_first
from dialogs.editing.topics import FIELDS, topic_named, topics
from dialogs.editing.values import have_line
from dialogs.homeward import back_and_home
from dialogs.markup import bold, italic, lines, paragraphs, quote
from dialogs.offices.looking import office_named
from dialogs.screen import Button, Screen
from dialogs.speech import Speech
from dialogs.turn import (
    Dialog,
    Given,
    GoneError,
    Input,
    Located,
    Reply,
    Step,
    Typed,
    View,
    Visit,
    aside,
)

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """The office that something is wrong about, and whether more may be said today."""

    office: Office
    knowledge: Knowledge
    enough: bool
    topic: Topic | None = None


@dataclass(frozen=True, slots=True)
class Answering:
    """The question that a parent is asked about their report."""

    office: Office
    said: Said


def show_topics(say: Speech, asked: Asked) -> Screen:
    """What can be wrong."""
    office = asked.office
    if asked.enough:
        return Screen(_enough(say), (back_and_home(say, OpenOffice(office.id)),))
    text = paragraphs(
        bold(say.of(office.name)),
        say("Thank you for looking closely. Those who keep the directory will check it."),
        say("<b>What is wrong?</b>"),
    )
    named = topics(say)
    rows = tuple((Button(named[each], AskReport(office.id, each)),) for each in get_args(Topic))
    return Screen(text, (*rows, back_and_home(say, OpenOffice(office.id))))


def show_asking(say: Speech, asked: Asked) -> Screen:
    """What I have, and the question what is right."""
    office, topic = asked.office, asked.topic
    if asked.enough or topic is None:
        return Screen(_enough(say), (back_and_home(say, OpenOffice(office.id)),))
    body = office_json(office)
    language = {f"{name}_{say.language}" for name in ("name", "address")}
    both = {f"{name}_{each}" for name in ("name", "address") for each in ("kk", "ru")}
    shown = [each for each in FIELDS[topic] if each not in both - language]
    if topic == "services":
        shown = []
    text = paragraphs(
        lines(bold(say.of(office.name)), italic(topics(say)[topic])),
        have_line(say, asked.knowledge, body, shown),
        _question(say, topic),
    )
    return Screen(
        text,
        (
            (Button(say.label("I do not know, just report it"), SendReport(office.id, topic)),),
            back_and_home(say, ReportOffice(office.id)),
        ),
    )


def _question(say: Speech, topic: Topic) -> Markup:
    match topic:
        case "address":
            return say("<b>What is right?</b> Write it, or send the place on the map.")
        case "closed":
            return say("<b>What do you know of it?</b> For example, where it has moved to.")
        case "services" | "other":
            return say("<b>What is wrong, and what is right?</b> Write it in your own words.")
        case _:
            return say("<b>What is right?</b> Write it.")


def _enough(say: Speech) -> Markup:
    return say(
        "Thank you, you have helped a lot today: {number} reports are as many as I take from one "
        "person in a day. Please come back tomorrow.",
        number=say.number(A_DAY),
    )


def show_reported(say: Speech, office: Office) -> Screen:
    """Thanks."""
    return Screen(
        paragraphs(
            say(
                "<b>Thank you!</b> It goes to those who keep the directory, without your name. I "
                "will write to you here when it is settled."
            ),
            bold(say.of(office.name)),
        ),
        (back_and_home(say, OpenOffice(office.id)),),
    )


def show_question(say: Speech, answering: Answering) -> Screen:
    """What a parent is asked."""
    text = paragraphs(
        lines(say("About the office:"), bold(say.of(answering.office.name))),
        quote(answering.said.text) if answering.said.text else None,
        lines(say("The question:"), quote(answering.said.question)),
        say("<b>What is your answer?</b> Write it."),
    )
    return Screen(text, (back_and_home(say, OpenOffice(answering.office.id)),))


async def has_said_enough(visit: Visit) -> bool:
    """Whether the person has reported as much as one may within a day."""
    since = visit.now - DAY
    return await reports.count_since(visit.tx, visit.person.id, since) >= A_DAY


async def _topics(visit: Visit, opened: ReportOffice) -> Asked:
    office = office_named(visit, opened.office)
    return Asked(office, visit.knowledge, await has_said_enough(visit))


async def _asked(visit: Visit, opened: AskReport) -> Asked:
    office, topic = office_named(visit, opened.office), topic_named(opened.topic)
    return Asked(office, visit.knowledge, await has_said_enough(visit), topic)


async def _given(visit: Visit, asked: AskReport, given: Given) -> Reply | None:
    match given:
        case Typed(text):
            return await _report(visit, asked.office, asked.topic, Said(text[:LONGEST_WORDS]))
        case Located() as at if asked.topic == "address":
            point = (at.latitude, at.longitude)
            said = Said(at.title[:LONGEST_WORDS], point)
            return await _report(visit, asked.office, asked.topic, said)
        case _:
            return None


async def _send(visit: Visit, pressed: SendReport) -> Reply:
    return await _report(visit, pressed.office, pressed.topic, Said())


async def _report(visit: Visit, name: str, topic: str, said: Said) -> Reply:
    office = office_named(visit, name)
    if await has_said_enough(visit):
        return Reply(ReportOffice(office.id), back_to=visit.where)
    report, first = await reports.add(
        visit.tx,
        person_id=visit.person.id,
        language=visit.say.language,
        office=office.id,
        topic=topic_named(topic),
        said=said,
        now=visit.now,
    )
    if first:
        await tell_first(visit, report)
    return Reply(Reported(office.id), back_to=visit.where)


async def _reported(visit: Visit, opened: Reported) -> Office:
    return office_named(visit, opened.office)


async def _asked_back(visit: Visit, number: int) -> Report:
    """The person's own report about which they are asked something."""
    report = await reports.find(visit.tx, number)
    if report is None or report.person_id != visit.person.id or report.state != "asked":
        raise GoneError(number)
    return report


async def _answering(visit: Visit, opened: AnswerReport) -> Answering:
    report = await _asked_back(visit, opened.report)
    return Answering(office_named(visit, report.office), report.said)


async def _answered(visit: Visit, asked: AnswerReport, given: Given) -> Reply | None:
    return await _replied(visit, asked.report, given)


async def _replied(visit: Visit, number: int, given: Given) -> Reply | None:
    """The answer, typed at the question or as a reply to it."""
    if not isinstance(given, Typed):
        return None
    try:
        report = await _asked_back(visit, number)
    except GoneError:
        return None
    said = replace(report.said, answer=given.text[:LONGEST_WORDS])
    after = await reports.turn_out(visit.tx, report, "open", visit.now, said=said)
    if after is None:
        raise GoneError(number)
    await tell_answered(visit, after)
    return Reply(Reported(report.office), back_to=visit.where)


DIALOG = Dialog(
    views=(
        View(ReportOffice, _topics, show_topics),
        View(AskReport, _asked, show_asking),
        View(Reported, _reported, show_reported),
        View(AnswerReport, _answering, show_question),
    ),
    steps=(
        Step(ReportOffice, aside),
        Step(AskReport, aside),
        Step(SendReport, _send),
        Step(AnswerReport, aside),
    ),
    inputs=(Input(AskReport, _given), Input(AnswerReport, _answered)),
    replies={"report": _replied},
)
