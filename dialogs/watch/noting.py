"""Noting: what else a person wants to be reminded of: papers that are missing, a season to come."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from core.hours import last_morning
from core.services.seasons import season_on
from core.store import reminders
from core.store.reminders import ANSWER, PAPERS, SEASON, Reminder
from dialogs.doors import OpenEnquiry, OpenPapers
from dialogs.homeward import back_and_home, home
from dialogs.markup import italic, paragraphs
from dialogs.screen import Button, Screen
from dialogs.services import season_line
from dialogs.speech import Speech
from dialogs.standing import Standing, called, standing, titled
from dialogs.turn import Dialog, GoneError, Reply, Step, View, Visit
from dialogs.watch.actions import (
    AskReminder,
    DropReminder,
    NoReminders,
    OpenReminder,
    OpenWatches,
    RemindPapers,
    RemindSeason,
)
from dialogs.watch.reminding import Noted, drop_reminder, noted_of, set_reminder

FURTHEST_DAYS = 366
MONDAY_IN = 7
WORKING_DAYS_OFFERED = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """The papers that are to be reminded of, and the days to choose from."""

    standing: Standing
    days: tuple[dt.date, ...]


def show_when(say: Speech, asked: Asked) -> Screen:
    """When to remind of the papers."""
    number = asked.standing.enquiry.id
    rows = tuple(
        (Button(_day_label(say, asked, each), RemindPapers(number, each.toordinal())),)
        for each in asked.days
    )
    text = paragraphs(
        italic(called(say, asked.standing)),
        say(
            "<b>When shall I remind you of the papers?</b> I write on working days, at nine in "
            "the morning."
        ),
    )
    back = back_and_home(say, OpenPapers(number))
    return Screen(text, (*rows, back))


def _day_label(say: Speech, asked: Asked, day: dt.date) -> str:
    tomorrow = asked.standing.today + dt.timedelta(days=1)
    return say.label("Tomorrow") if day == tomorrow else say.date(day)


def show_reminder(say: Speech, noted: Noted) -> Screen:
    """Of what I remind, and when; one tap switches it off."""
    own, day = noted.reminder, noted.reminder.day
    when = say.date(day) if day is not None else ""
    told = (
        say("I will remind you of the missing papers on <b>{day}</b>, from nine o'clock.", day=when)
        if own.kind == PAPERS
        else say("I will tell you on <b>{day}</b>, from nine o'clock, that it opens.", day=when)
    )
    text = paragraphs(
        italic(titled(say, noted.service, noted.label)),
        told,
        season_line(say, noted.season) if noted.season is not None else None,
        say("<b>Is that all right?</b>"),
    )
    return Screen(
        text,
        (
            (Button(say.label("Do not remind me"), DropReminder(own.id)),),
            *_about(say, noted),
            (Button(say.label("All I wait for"), OpenWatches()), home(say)),
        ),
    )


def _about(say: Speech, noted: Noted) -> Iterator[tuple[Button, ...]]:
    if noted.enquiry is not None:
        yield (Button(say.label("Open what I began"), OpenEnquiry(noted.enquiry.id)),)


def reminder_label(say: Speech, noted: Noted) -> str:
    """A reminder in a list: when, of what."""
    day = say.date(noted.reminder.day) if noted.reminder.day is not None else ""
    name = titled(say, noted.service, noted.label)
    if noted.reminder.kind == PAPERS:
        return say.label("🔔 {day}, papers: {name}", day=day, name=name)
    return say.label("🔔 {day}, it opens: {name}", day=day, name=name)


def _offered(where: Standing, local: dt.datetime) -> Iterator[dt.date]:
    """The next working day, three working days on, and the beginning of the next week."""
    calendar, today = where.calendar, where.today
    yield calendar.next_working(last_morning(local) + dt.timedelta(days=1))
    yield calendar.working_days_after(today, WORKING_DAYS_OFFERED)
    yield calendar.next_working(today + dt.timedelta(days=MONDAY_IN - today.weekday()))


async def _asked(visit: Visit, asked: AskReminder) -> Asked:
    where = await standing(visit, asked.enquiry)
    days = sorted(set(_offered(where, visit.say.local(visit.now))))
    return Asked(where, tuple(each for each in days if each > where.today))


async def _papers(visit: Visit, pressed: RemindPapers) -> Reply:
    where = await standing(visit, pressed.enquiry)
    if not 0 < pressed.day - where.today.toordinal() <= FURTHEST_DAYS:
        raise GoneError(pressed.day)
    day = dt.date.fromordinal(pressed.day)
    return Reply(OpenPapers(pressed.enquiry), toast=await _set(visit, PAPERS, pressed.enquiry, day))


async def _season(visit: Visit, pressed: RemindSeason) -> Reply:
    where = await standing(visit, pressed.enquiry)
    season = season_on(where.outcome.terms, where.today)
    if season is None or season.open:
        # The season has begun since the button was drawn, or the service has none any more.
        return Reply(OpenEnquiry(pressed.enquiry))
    toast = await _set(visit, SEASON, pressed.enquiry, season.starts)
    reminder = await reminders.of_thing(visit.tx, SEASON, pressed.enquiry, visit.person.id)
    return Reply(OpenReminder(reminder.id) if reminder else OpenWatches(), toast=toast)


async def _set(visit: Visit, kind: reminders.Kind, enquiry: int, day: dt.date) -> str:
    reminder = await set_reminder(visit, kind, enquiry, day)
    when = visit.say.date(reminder.day) if reminder.day is not None else ""
    return visit.say.label("I will remind you on {day}.", day=when)


async def _no_papers(visit: Visit, pressed: NoReminders) -> Reply:
    await standing(visit, pressed.enquiry)
    await drop_reminder(visit, PAPERS, pressed.enquiry)
    return Reply(OpenPapers(pressed.enquiry), toast=visit.say.label("I will not remind you."))


async def _own(visit: Visit, number: int) -> Reminder:
    reminder = await reminders.find(visit.tx, number, visit.person.id)
    if reminder is None:
        raise GoneError(number)
    return reminder


async def _drop(visit: Visit, pressed: DropReminder) -> Reply:
    reminder = await _own(visit, pressed.reminder)
    await drop_reminder(visit, reminder.kind, reminder.of)
    return Reply(OpenWatches(), toast=visit.say.label("I will not remind you."))


async def _noted(visit: Visit, opened: OpenReminder) -> Noted:
    reminder = await _own(visit, opened.reminder)
    noted = await noted_of(visit, visit.say, reminder)
    if reminder.day is None or reminder.kind == ANSWER or noted is None:
        raise GoneError(opened.reminder)
    return noted


DIALOG = Dialog(
    views=(
        View(AskReminder, _asked, show_when),
        View(OpenReminder, _noted, show_reminder),
    ),
    steps=(
        Step(RemindPapers, _papers),
        Step(RemindSeason, _season),
        Step(NoReminders, _no_papers),
        Step(DropReminder, _drop),
    ),
)
