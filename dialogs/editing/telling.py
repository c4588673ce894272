"""Telling of reports: the keepers that one waits, the parent what became of theirs."""

from core.outgoing import Lane, Parcel
from core.reports import Report
from core.store import people, roles
from dialogs.desk import Desk, speech_of
from dialogs.doors import OpenOffice
from dialogs.editing.actions import KEEPERS, AnswerReport, OpenReport, OpenReports
from dialogs.editing.topics import topics
from dialogs.markup import bold, italic, lines, paragraphs, quote
from dialogs.screen import Button, Screen
from dialogs.screen_json import screen_to_json
from dialogs.speech import Speech

CAUSE = "report"


def about(report: int) -> str:
    """By what a message of the queue is known to be about a report."""
    return f"report:{report}"


async def tell_first(desk: Desk, report: Report) -> None:
    """Tell those who keep the directory that a report waits, where none did before."""
    keepers = [person for role in KEEPERS for person, _ in await roles.scopes(desk.tx, role)]
    for person in dict.fromkeys(keepers):
        say = await speech_of(desk, person)
        text = paragraphs(
            say("A parent says that something about an office is wrong."),
            lines(bold(_office(desk, say, report)), italic(topics(say)[report.topic])),
        )
        rows = ((Button(say.label("See the reports"), OpenReports()),),)
        once = f"report:{report.id}:{person}"
        await _post(desk, person, Screen(text, rows, quiet=True), lane=Lane.REMINDER, once=once)


async def tell_answered(desk: Desk, report: Report) -> None:
    """Tell whoever asked that the parent has answered; the answer is read in the report."""
    if report.asked_by is None:
        return
    say = await speech_of(desk, report.asked_by)
    text = paragraphs(
        say("The parent has answered your question about an office."),
        bold(_office(desk, say, report)),
    )
    rows = ((Button(say.label("See the answer"), OpenReport(report.id)),),)
    once = f"report answered:{report.id}"
    await _post(desk, report.asked_by, Screen(text, rows), lane=Lane.REMINDER, once=once)


async def tell_accepted(desk: Desk, report: Report) -> None:
    """Thank the parent: it is right now."""
    say = await _speech(desk, report)
    text = paragraphs(
        say("<b>Thank you!</b> What you said about this office has been checked and put right."),
        bold(_office(desk, say, report)),
    )
    await _tell_parent(desk, report, Screen(text, (_card(say, report),)))


async def tell_declined(desk: Desk, report: Report) -> None:
    """Tell the parent why nothing was changed."""
    say = await _speech(desk, report)
    text = paragraphs(
        say("<b>Thank you</b> for writing about this office. We have looked and changed nothing:"),
        quote(report.said.words),
        bold(_office(desk, say, report)),
    )
    await _tell_parent(desk, report, Screen(text, (_card(say, report),)))


async def tell_asked(desk: Desk, report: Report) -> None:
    """Ask the parent."""
    say = await _speech(desk, report)
    text = paragraphs(
        lines(
            say("You said that something about this office is wrong:"),
            bold(_office(desk, say, report)),
        ),
        quote(report.said.text) if report.said.text else None,
        lines(say("Those who keep the directory ask:"), quote(report.said.question)),
        say("<b>What is your answer?</b> Reply to this message, or press the button."),
    )
    rows = ((Button(say.label("Answer"), AnswerReport(report.id)),), _card(say, report))
    await _tell_parent(desk, report, Screen(text, rows))


async def _speech(desk: Desk, report: Report) -> Speech:
    """The parent's language now; if they have left, the one in which they wrote."""
    person = await people.find(desk.tx, report.person_id)
    return desk.languages[person.language if person and person.language else report.language]


def _card(say: Speech, report: Report) -> tuple[Button, ...]:
    return (Button(say.label("To the office"), OpenOffice(report.office)),)


def _office(desk: Desk, say: Speech, report: Report) -> str:
    office = desk.knowledge.directory.office(report.office)
    return say.of(office.name) if office else report.office


async def _tell_parent(desk: Desk, report: Report, screen: Screen) -> None:
    once = f"report:{report.id}:{report.state}"
    await _post(
        desk,
        report.person_id,
        screen,
        lane=Lane.PERSONAL,
        once=once,
        subject=about(report.id),
    )


async def _post(
    desk: Desk, person: int, screen: Screen, *, lane: Lane, once: str, subject: str | None = None
) -> None:
    await desk.post(
        Parcel(
            chat_id=person,
            body=screen_to_json(screen),
            lane=lane,
            cause=CAUSE,
            once=once,
            about=subject,
        )
    )
