"""Reminding: whom to remind today of an answer, of missing papers, of a season that opens.

Only on working days from nine to twenty by the clock of the country. What is said is drawn at that
moment, in the language that the person reads then. The row of a reminder notes that it was said,
in the transaction that puts it into the outgoing queue, so that nobody is reminded twice.
"""

import datetime as dt
from dataclasses import dataclass

from core.hours import CLOSES_AT, is_hour_for_people, last_morning
from core.outgoing import Lane, Parcel
from core.services.engine import replay_what_is_left
from core.services.model import Service
from core.services.seasons import Season, season_on
from core.store import enquiries, outgoing, reminders, watches
from core.store.enquiries import Enquiry
from core.store.outgoing import Posting
from core.store.reminders import ANSWER, PAPERS, SEASON, Kind, Reminder
from core.watch import Watch, next_asking
from dialogs.desk import Desk, speech_of
from dialogs.doors import ComplainLate, FindOffice, OpenPapers, OpenService
from dialogs.markup import italic, paragraphs
from dialogs.screen import Button, Screen
from dialogs.screen_json import screen_to_json
from dialogs.services import season_line
from dialogs.speech import Speech
from dialogs.standing import titled
from dialogs.turn import GoneError, Visit
from dialogs.watch.actions import AskDecision, DropReminder, NoReminders, OpenWatch, Remind
from dialogs.watch.knowing import Watched, watched
from dialogs.watch.words import by_what

CAUSE = "reminder"
EVERY = dt.timedelta(seconds=10)
MOST = 50
"""How many are reminded in one transaction, so that nobody else waits long for the database."""


@dataclass(frozen=True, slots=True)
class News:
    """What there is to say of a reminder now, if anything is, and when it comes next."""

    screen: Screen | None = None
    next_day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """A reminder of something about an enquiry, with what it is about."""

    reminder: Reminder
    service: Service
    enquiry: Enquiry | None
    season: Season | None

    @property
    def label(self) -> str | None:
        """What the person calls the enquiry."""
        return self.enquiry.label if self.enquiry else None


def show_asking(say: Speech, seen: Watched) -> Screen:
    """On the day, and two working days later: did the answer come?"""
    own = seen.watch.id
    text = paragraphs(
        italic(say.of(seen.service.short)),
        say("You handed the papers in on {day}.", day=say.date(seen.watch.handed_in)),
        by_what(say, seen),
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


def show_season(say: Speech, noted: Noted, season: Season) -> Screen:
    """The season has begun: the papers are taken from now on."""
    text = paragraphs(
        italic(titled(say, noted.service, noted.label)),
        say("You wanted to know when papers are taken again. By the act of then:"),
        season_line(say, season),
        say("The dates of this year may be others: ask the office before you go."),
    )
    way_on = (
        Button(say.label("Open the papers"), OpenPapers(noted.enquiry.id))
        if noted.enquiry
        else Button(say.label("About the service"), OpenService(noted.service.id))
    )
    return Screen(
        text,
        (
            (way_on,),
            (Button(say.label("Find the office near us"), FindOffice(noted.service.id)),),
            (Button(say.label("Do not remind me again"), DropReminder(noted.reminder.id)),),
        ),
    )


async def remind(desk: Desk) -> int:
    """Remind of what is due today or was due while nobody could; tell of how many things."""
    local = desk.languages[None].local(desk.now)
    if not is_hour_for_people(local, desk.knowledge.calendar):
        return 0
    told = 0
    for each in await reminders.due(desk.tx, local.date(), MOST):
        told += await _remind(desk, each, local.date())
    return told


async def _remind(desk: Desk, reminder: Reminder, today: dt.date) -> bool:
    say = await speech_of(desk, reminder.person_id)
    try:
        news = await _NEWS[reminder.kind](desk, say, reminder, today)
    except GoneError:
        news = News()
    said_on = today if news.screen is not None else None
    moved = await reminders.move(desk.tx, reminder, news.next_day, desk.now, said_on)
    if not moved or news.screen is None:
        return False
    parcel = Parcel(
        chat_id=reminder.person_id,
        body=screen_to_json(news.screen),
        lane=Lane.REMINDER,
        cause=CAUSE,
        about=reminders.about(reminder.kind, reminder.of),
        once=f"{CAUSE}:{reminder.id}:{today.isoformat()}",
        expires_at=say.beginning(today, CLOSES_AT),
    )
    return await desk.post(parcel) is not None


async def _of_answer(desk: Desk, say: Speech, reminder: Reminder, today: dt.date) -> News:
    watch = await watches.find(desk.tx, reminder.of, reminder.person_id)
    if watch is None or watch.state != "waiting" or not watch.reminds:
        return News()
    seen = await watched(desk, say, watch)
    if seen.found is None:
        return News()
    calendar = desk.knowledge.calendar
    if calendar.next_working(seen.found.day) > today:
        # By what is known now the answer is due later than it was when this day was noted.
        return News(next_day=next_asking(seen.found, calendar, today))
    return News(show_asking(say, seen), next_asking(seen.found, calendar, today))


async def _of_papers(desk: Desk, say: Speech, reminder: Reminder, _: dt.date) -> News:
    noted = await noted_of(desk, say, reminder)
    if noted is None or noted.enquiry is None:
        return News()
    return News(show_papers(say, reminder.of, titled(say, noted.service, noted.label)))


async def _of_season(desk: Desk, say: Speech, reminder: Reminder, _: dt.date) -> News:
    noted = await noted_of(desk, say, reminder)
    if noted is None or noted.season is None:
        return News()
    season = noted.season
    if not season.open:
        # It was missed as a whole, or is another one by the rules of today.
        return News(next_day=desk.knowledge.calendar.next_working(season.starts))
    return News(show_season(say, noted, season))


async def noted_of(desk: Desk, say: Speech, reminder: Reminder) -> Noted | None:
    """A reminder with what it is about; none if that is gone.

    A season can be further away than an idle enquiry is kept: then it is told of all the same, as
    it is for the whole service.
    """
    service = desk.knowledge.library.services.get(reminder.service)
    enquiry = await enquiries.find(desk.tx, reminder.of, reminder.person_id)
    if service is None or (enquiry is None and reminder.kind != SEASON):
        return None
    season = None
    if reminder.kind == SEASON:
        outcome = replay_what_is_left(service, enquiry.answers).outcome if enquiry else None
        terms = service.terms if enquiry is None else outcome.terms if outcome else ()
        season = season_on(terms, say.day(desk.now))
    return Noted(reminder, service, enquiry, season)


_NEWS = {ANSWER: _of_answer, PAPERS: _of_papers, SEASON: _of_season}


async def say_again(desk: Desk, posting: Posting) -> None:
    """A reminder was not sent before the day was over: it is said on the next morning."""
    if posting.cause != CAUSE or posting.once is None:
        return
    number, _, day = posting.once.removeprefix(f"{CAUSE}:").partition(":")
    after = dt.date.fromisoformat(day) + dt.timedelta(days=1)
    await reminders.again(
        desk.tx, int(number), desk.knowledge.calendar.next_working(after), desk.now
    )


async def set_asking(visit: Visit, watch: Watch) -> None:
    """Note when the answer is asked for next, after whatever has changed of its watch."""
    seen = await watched(visit, visit.say, watch)
    if seen.asks_on is None or not watch.reminds or watch.state != "waiting":
        await drop_reminder(visit, ANSWER, watch.id)
        return
    await outgoing.cancel_about(visit.tx, reminders.about(ANSWER, watch.id), "changed")
    await reminders.put(
        visit.tx,
        person_id=watch.person_id,
        kind=ANSWER,
        of=watch.id,
        service=watch.service,
        day=seen.asks_on,
        now=visit.now,
    )


async def set_reminder(visit: Visit, kind: Kind, enquiry: int, day: dt.date) -> Reminder:
    """Remind of something about an enquiry on the first morning that is one to work on."""
    await outgoing.cancel_about(visit.tx, reminders.about(kind, enquiry), "changed")
    ahead = max(day, last_morning(visit.say.local(visit.now)) + dt.timedelta(days=1))
    return await reminders.put(
        visit.tx,
        person_id=visit.person.id,
        kind=kind,
        of=enquiry,
        service=visit.enquiries[enquiry].service,
        day=visit.knowledge.calendar.next_working(ahead),
        now=visit.now,
    )


async def drop_reminder(visit: Visit, kind: Kind, of: int) -> None:
    """Do not remind of this, not even with what is on its way already; nothing of it stays."""
    await outgoing.forget_about(visit.tx, reminders.about(kind, of))
    await reminders.drop(visit.tx, kind, of, visit.person.id)
