"""Reminding: what is put into the outgoing queue for a later day, and taken out again.

Both happen in the turn that changes the day, so that nothing is ever asked twice.
"""

import datetime as dt

from markupsafe import Markup

from core.outgoing import Lane, Parcel
from core.store import outgoing
from core.watch import ASKED_AT, AnswerDay, Watch, asking_moments
from dialogs.doors import ComplainLate, OpenPapers
from dialogs.markup import italic, paragraphs
from dialogs.screen import Button, Screen
from dialogs.screen_json import screen_to_json
from dialogs.speech import Speech
from dialogs.turn import Visit
from dialogs.watch.actions import AskDecision, NoReminders, OpenWatch, Remind

CAUSE = "reminder"


def show_asking(say: Speech, watch: Watch, service: str, found: AnswerDay) -> Screen:
    """On the day, and two working days later: did the answer come?"""
    own = watch.id
    text = paragraphs(
        italic(service),
        say("You handed the papers in on {day}.", day=say.date(watch.handed_in)),
        by_what(say, found),
        say("<b>Did you get the answer?</b>"),
    )
    return Screen(
        text,
        (
            (Button(say.label("Yes, it came"), AskDecision(own)),),
            (Button(say.label("No, nothing yet"), ComplainLate(own)),),
            (
                Button(say.label("Look at it"), OpenWatch(own)),
                Button(say.label("Do not ask again"), Remind(own, on=False)),
            ),
        ),
    )


def by_what(say: Speech, found: AnswerDay) -> Markup:
    """The day, and by what it is said; a dead law accuses nobody."""
    day = say.date(found.day)
    match found.basis:
        case "promised":
            return say("The office promised the answer by <b>{day}</b>.", day=day)
        case "today":
            return say("By the term in force today the answer is due by <b>{day}</b>.", day=day)
        case _:
            return say(
                "The act of then would have wanted the answer by <b>{day}</b>; it is no longer in "
                "force, so ask the office how long it takes now.",
                day=day,
            )


def show_papers(say: Speech, enquiry: int, service: str) -> Screen:
    """The reminder of papers that were missing."""
    text = paragraphs(
        italic(service), say("You wanted to be reminded of the papers that are still missing.")
    )
    return Screen(
        text,
        (
            (Button(say.label("Open the papers"), OpenPapers(enquiry)),),
            (Button(say.label("Do not remind me again"), NoReminders(enquiry)),),
        ),
    )


async def set_reminders(visit: Visit, watch: Watch, service: str, found: AnswerDay | None) -> None:
    """Take out what was to be asked before, and put in what is to be asked now."""
    await outgoing.cancel_about(visit.tx, about_watch(watch.id), "changed")
    if found is None or not watch.reminds or watch.state != "waiting":
        return
    zone = visit.say.local(visit.now).tzinfo or dt.UTC
    screen = screen_to_json(show_asking(visit.say, watch, service, found))
    for moment in asking_moments(found, visit.knowledge.calendar, zone, visit.now):
        await visit.post(
            Parcel(
                chat_id=visit.person.id,
                body=screen,
                lane=Lane.REMINDER,
                cause=CAUSE,
                about=about_watch(watch.id),
                not_before=moment,
            )
        )


async def remind_of_papers(visit: Visit, enquiry: int, service: str, day: dt.date) -> None:
    """Remind of missing papers on that morning, and on no other that was named before."""
    await outgoing.cancel_about(visit.tx, about_enquiry(enquiry), "changed")
    zone = visit.say.local(visit.now).tzinfo or dt.UTC
    moment = dt.datetime.combine(day, ASKED_AT, tzinfo=zone)
    await visit.post(
        Parcel(
            chat_id=visit.person.id,
            body=screen_to_json(show_papers(visit.say, enquiry, service)),
            lane=Lane.REMINDER,
            cause=CAUSE,
            about=about_enquiry(enquiry),
            not_before=moment,
        )
    )


def about_watch(watch: int) -> str:
    """By what a reminder of a watch is known in the queue."""
    return f"watch:{watch}"


def about_enquiry(enquiry: int) -> str:
    """By what a reminder of papers is known in the queue."""
    return f"enquiry:{enquiry}"
