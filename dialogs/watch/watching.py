"""Watching: when and where the papers went, by when the answer is due, and what came of it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.complaints.model import Said
from core.directory.model import Office
from core.services.model import Service, Subject
from core.store import reminders, watches
from core.store.reminders import ANSWER
from core.watch import Watch, days_since
from dialogs.action import Action
from dialogs.complaints.drafting import start
from dialogs.doors import ComplainLate, OpenMine, OpenPapers, StartWatch
from dialogs.homeward import back_and_home, home
from dialogs.markup import italic, lines, paragraphs
from dialogs.next_steps import read_day
from dialogs.offices.looking import HOME, office_named
from dialogs.screen import Button, Screen, clipped
from dialogs.speech import Speech
from dialogs.standing import standing
from dialogs.turn import Dialog, GoneError, Input, Reply, Step, Typed, View, Visit, leads_to
from dialogs.turn import Given as Came
from dialogs.watch.actions import (
    AskDecision,
    AskPromised,
    AskSlip,
    AskWhere,
    Given,
    HandedIn,
    ItWas,
    OpenRefusal,
    OpenReminder,
    OpenWatch,
    OpenWatches,
    Refused,
    Remind,
)
from dialogs.watch.knowing import Watched, own_watch, watched, watched_now
from dialogs.watch.noting import reminder_label
from dialogs.watch.reminding import Noted, noted_of, set_asking
from dialogs.watch.words import act_today, by_what

LONGEST_SLIP = 60
LONGEST_AGO = 366
OFFICES_SHOWN = 5
FOUND = "office of the papers"


@dataclass(frozen=True, slots=True)
class Mine:
    """Everything that a person waits for, and is to be reminded of."""

    watched: Sequence[Watched]
    noted: Sequence[Noted]


@dataclass(frozen=True, slots=True)
class AskedDay:
    """The day of handing in that is asked for."""

    enquiry: int
    service: Service
    today: dt.date


@dataclass(frozen=True, slots=True)
class AskedOf:
    """Something that is asked of a watch."""

    watched: Watched
    misread: bool = False
    offices: Sequence[Office] = ()


def show_handing(say: Speech, asked: AskedDay) -> Screen:
    """When the papers were handed in."""
    text = paragraphs(
        italic(say.of(asked.service.short)),
        say(
            "<b>When did you hand the papers in?</b>\nChoose, or write the day: {example}",
            example=f"{asked.today:%d.%m.%Y}",
        ),
    )
    number, today = asked.enquiry, asked.today.toordinal()
    return Screen(
        text,
        (
            (
                Button(say.label("Today"), HandedIn(number, today)),
                Button(say.label("Yesterday"), HandedIn(number, today - 1)),
            ),
            back_and_home(say, OpenPapers(number)),
        ),
    )


def show_promised(say: Speech, asked: AskedOf) -> Screen:
    """The day that the office promised."""
    own = asked.watched.watch.id
    text = paragraphs(
        italic(say.of(asked.watched.service.short)),
        say("I could not read this day.") if asked.misread else None,
        say(
            "<b>Does the office's slip name a day for the answer?</b>\nWrite it: {example}. What "
            "the office promises there counts before anything else.",
            example=f"{asked.watched.today:%d.%m.%Y}",
        ),
    )
    return Screen(
        text,
        ((Button(say.label("No such day"), AskSlip(own)),), back_and_home(say, OpenWatch(own))),
    )


def show_slip(say: Speech, asked: AskedOf) -> Screen:
    """The number of the slip."""
    own = asked.watched.watch.id
    text = paragraphs(
        italic(say.of(asked.watched.service.short)),
        say("<b>What is the number of the slip?</b> Write it as it stands there."),
    )
    return Screen(
        text,
        ((Button(say.label("There is none"), AskWhere(own)),), back_and_home(say, OpenWatch(own))),
    )


def show_where(say: Speech, asked: AskedOf) -> Screen:
    """To which office the papers went."""
    own = asked.watched.watch.id
    rows = tuple(
        (Button(clipped(say.of(each.name)), ItWas(own, each.id)),) for each in asked.offices
    )
    text = paragraphs(
        italic(say.of(asked.watched.service.short)),
        say("I know no such office.") if asked.misread and not rows else None,
        say("<b>Where did you hand the papers in?</b> Write the place, or the office's name."),
    )
    skip = (Button(say.label("I will not say"), OpenWatch(own)),)
    back = back_and_home(say, AskSlip(own))
    return Screen(text, (*rows, skip, back))


def show_watch(say: Speech, watched: Watched) -> Screen:
    """What is waited for, until when, and what can be done."""
    watch = watched.watch
    own = watch.id
    facts = [say("Handed in: {day}", day=say.date(watch.handed_in))]
    if watched.office is not None:
        facts.append(say("Where: {office}", office=say.of(watched.office.name)))
    if watch.slip:
        facts.append(say("Slip: {number}", number=watch.slip))
    text = paragraphs(
        italic(say.of(watched.service.short)),
        lines(*facts),
        by_what(say, watched),
        None
        if watched.found
        else say("I know no term for the answer. Ask the office for a day, in writing."),
        say("This day may shift: the holidays of that year are not settled yet.")
        if watched.found and watched.found.may_shift
        else None,
        _state(say, watched),
    )
    rows: list[tuple[Button, ...]] = []
    if watch.state == "waiting":
        rows.append((Button(say.label("The answer came"), AskDecision(own)),))
        if watched.is_over:
            rows.append((Button(say.label("No answer yet"), ComplainLate(own)),))
        rows.append(
            (
                Button(say.label("The promised day"), AskPromised(own)),
                Button(say.label("The office"), AskWhere(own)),
            )
        )
        switch = say.label("Do not ask me") if watch.reminds else say.label("Ask me on the day")
        rows.append((Button(switch, Remind(own, on=not watch.reminds)),))
    if watch.state == "refused":
        refusal = OpenRefusal(own) if watch.ground else Refused(own)
        rows.append((Button(say.label("The refusal"), refusal),))
    return Screen(text, (*rows, (Button(say.label("All I wait for"), OpenWatches()), home(say))))


def _state(say: Speech, watched: Watched) -> str | None:
    watch = watched.watch
    match watch.state:
        case "given":
            return say("The answer came: given.")
        case "refused":
            return say("The answer came: refused.")
        case "stopped":
            return None
        case _ if watched.asks_on is None:
            return None
        case _ if watch.reminds:
            return say("I will ask you on {day}, from nine o'clock.", day=say.date(watched.asks_on))
        case _:
            return say("I will not ask you.")


def show_watches(say: Speech, mine: Mine) -> Screen:
    """Everything that was handed in, the newest first, and what else is to be reminded of."""
    rows = tuple(
        (Button(clipped(_label(say, each)), OpenWatch(each.watch.id)),) for each in mine.watched
    )
    noted = tuple(
        (Button(clipped(reminder_label(say, each)), OpenReminder(each.reminder.id)),)
        for each in mine.noted
    )
    text = (
        say("<b>What you handed in</b>\n\nWhich one would you like to see?")
        if rows and not noted
        else say("<b>What you wait for</b>\n\nWhich one would you like to see?")
        if noted
        else say("You have not told me of papers that you handed in.")
    )
    return Screen(text, (*rows, *noted, back_and_home(say, OpenMine())))


def _label(say: Speech, watched: Watched) -> str:
    name = say.of(watched.service.short)
    return say.label("{day}: {name}", day=say.date(watched.watch.handed_in), name=name)


def show_decision(say: Speech, watched: Watched) -> Screen:
    """What was decided."""
    own = watched.watch.id
    text = paragraphs(italic(say.of(watched.service.short)), say("<b>What was decided?</b>"))
    return Screen(
        text,
        (
            (
                Button(say.label("Given"), Given(own)),
                Button(say.label("Refused"), Refused(own)),
            ),
            back_and_home(say, OpenWatch(own)),
        ),
    )


async def _asked_day(visit: Visit, asked: StartWatch) -> AskedDay:
    where = await standing(visit, asked.enquiry)
    return AskedDay(asked.enquiry, where.service, where.today)


async def _handed(visit: Visit, pressed: HandedIn) -> Reply:
    where = await standing(visit, pressed.enquiry)
    day = _day(pressed.day)
    if not 0 <= (where.today - day).days <= LONGEST_AGO:
        raise GoneError(pressed.day)
    for each in await watches.of(visit.tx, visit.person.id):
        if each.enquiry == pressed.enquiry and each.handed_in == day and each.state == "waiting":
            # A second tap is the first one once more.
            return Reply(OpenWatch(each.id))
    watch = await watches.begin(
        visit.tx,
        person_id=visit.person.id,
        enquiry=pressed.enquiry,
        service=where.service.id,
        handed_in=day,
        now=visit.now,
    )
    await set_asking(visit, watch)
    return Reply(AskPromised(watch.id))


def _day(ordinal: int) -> dt.date:
    try:
        return dt.date.fromordinal(ordinal)
    except (ValueError, OverflowError):
        raise GoneError(ordinal) from None


async def keep(visit: Visit, watch: Watch) -> None:
    """Write a watch, and when its answer is asked for next."""
    await watches.keep(visit.tx, watch, visit.now)
    await set_asking(visit, watch)


async def _typed_day(visit: Visit, asked: StartWatch, given: Came) -> Reply | None:
    if not isinstance(given, Typed):
        return None
    today = visit.say.day(visit.now)
    day = read_past_day(given.text, today)
    if day is None:
        return Reply(asked, toast="")
    return await _handed(visit, HandedIn(asked.enquiry, day.toordinal()))


def read_past_day(text: str, today: dt.date) -> dt.date | None:
    """The day that is written so, today or before; without a year the latest such day."""
    day = read_day(text, today - dt.timedelta(days=LONGEST_AGO - 1))
    while day is not None and day <= today:
        try:
            later = day.replace(year=day.year + 1)
        except ValueError:
            return day
        if later > today or _names_year(text):
            return day
        day = later
    return None


def _names_year(text: str) -> bool:
    return sum(each.isdigit() for each in text) > len("ddmm")


async def _typed_promised(visit: Visit, asked: AskPromised, given: Came) -> Reply | None:
    if not isinstance(given, Typed):
        return None
    watch = await own_watch(visit, asked.watch)
    # Counted from handing in, not from today: a promise may be broken by the time it is told of.
    day = read_day(given.text, watch.handed_in)
    if day is None or day < watch.handed_in:
        return Reply(AskPromised(watch.id, misread=True))
    await keep(visit, replace(watch, promised=day))
    return Reply(AskSlip(watch.id))


async def _typed_slip(visit: Visit, asked: AskSlip, given: Came) -> Reply | None:
    if not isinstance(given, Typed):
        return None
    watch = await own_watch(visit, asked.watch)
    slip = " ".join(given.text.split())[:LONGEST_SLIP]
    await keep(visit, replace(watch, slip=slip))
    return Reply(AskWhere(watch.id))


async def _typed_where(visit: Visit, asked: AskWhere, given: Came) -> Reply | None:
    if not isinstance(given, Typed):
        return None
    words = " ".join(given.text.split())[:100]
    visit.person = replace(visit.person, memory={**visit.person.memory, FOUND: words})
    return Reply(AskWhere(asked.watch, missed=True))


async def _it_was(visit: Visit, pressed: ItWas) -> Reply:
    watch = await own_watch(visit, pressed.watch)
    office = office_named(visit, pressed.office)
    await keep(visit, replace(watch, office=office.id))
    return Reply(OpenWatch(watch.id))


async def _switch(visit: Visit, pressed: Remind) -> Reply:
    watch = await own_watch(visit, pressed.watch)
    await keep(visit, replace(watch, reminds=pressed.on))
    toast = (
        visit.say.label("I will ask you.") if pressed.on else visit.say.label("I will not ask you.")
    )
    return Reply(OpenWatch(watch.id), toast=toast)


async def _given(visit: Visit, pressed: Given) -> Reply:
    watch = await own_watch(visit, pressed.watch)
    await keep(visit, replace(watch, state="given"))
    return Reply(OpenWatch(watch.id), toast=visit.say.label("Thank you. I am glad for you."))


async def _late(visit: Visit, pressed: ComplainLate) -> Reply:
    """A complaint that is already written; the parent agrees, adds words if any, and sends it."""
    watch = await own_watch(visit, pressed.watch)
    seen = await watched(visit, visit.say, watch)
    say = visit.say
    over = seen.is_over and seen.found is not None and seen.found.binds
    count = days_since(watch, seen.today)
    asks = [say.label("Days gone by since then: {number}. I have no answer.", number=count)]
    if not over:
        asks.append(say.label("Please tell me by when I will get it."))
    subject: Subject = "late" if over else "other"
    said = prefilled(say, seen, asks)
    return await start(visit, watch.service, watch.office, subject=subject, said=said)


def prefilled(say: Speech, seen: Watched, asks: Sequence[str]) -> Said:
    """What a complaint about papers that were handed in says already, ending with what it asks."""
    watch = seen.watch
    binding = seen.found if seen.found is not None and seen.found.binds else None
    parts = [say.label("I handed the papers in on {day}.", day=say.date(watch.handed_in))]
    if watch.slip:
        parts.append(say.label("The number of the slip is {number}.", number=watch.slip))
    if binding is not None:
        day, act = say.date(binding.day), act_today(say, seen)
        if binding.basis == "promised":
            parts.append(say.label("The office promised the answer by {day}.", day=day))
        elif act is None:
            parts.append(say.label("By the term in force the answer was due by {day}.", day=day))
        else:
            parts.append(
                say.label(
                    "By the term in force ({act}) the answer was due by {day}.", act=act, day=day
                )
            )
    return Said(
        text=" ".join((*parts, *asks)),
        handed_in=watch.handed_in,
        promised=watch.promised,
        due=binding.day if binding else None,
        slip=watch.slip,
    )


async def _offices(visit: Visit, asked: AskWhere) -> AskedOf:
    seen = await watched_now(visit, asked.watch)
    knowledge = visit.knowledge
    words = str(visit.person.memory.get(FOUND, "")) if asked.missed else ""
    home = visit.person.memory.get(HOME)
    found: list[Office] = []
    if words:
        places = knowledge.places.find(words).results
        home = places[0].place.id if places else None
        known = knowledge.directory.offices
        found = [known[e.office] for e in knowledge.offices.find(words) if e.office in known]
    if home in knowledge.directory.places:
        finding = knowledge.finder.find(seen.service, place=str(home))
        found = [*(each.office for each in finding.offices), *found]
    different = {each.id: each for each in found}
    return AskedOf(seen, asked.missed, list(different.values())[:OFFICES_SHOWN])


async def _asked(visit: Visit, asked: AskPromised | AskSlip) -> AskedOf:
    seen = await watched_now(visit, asked.watch)
    return AskedOf(seen, isinstance(asked, AskPromised) and asked.misread)


async def _watch(visit: Visit, opened: OpenWatch | AskDecision) -> Watched:
    return await watched_now(visit, opened.watch)


async def _mine(visit: Visit, _: OpenWatches) -> Mine:
    services = visit.knowledge.library.services
    handed = await watches.of(visit.tx, visit.person.id)
    to_come = await reminders.to_come(visit.tx, visit.person.id)
    noted = [await noted_of(visit, visit.say, each) for each in to_come if each.kind != ANSWER]
    return Mine(
        [await watched(visit, visit.say, each) for each in handed if each.service in services],
        [each for each in noted if each is not None],
    )


VIEWS: tuple[type[Action], ...] = (AskWhere,)

DIALOG = Dialog(
    views=(
        View(StartWatch, _asked_day, show_handing),
        View(AskPromised, _asked, show_promised),
        View(AskSlip, _asked, show_slip),
        View(AskWhere, _offices, show_where),
        View(OpenWatch, _watch, show_watch),
        View(OpenWatches, _mine, show_watches),
        View(AskDecision, _watch, show_decision),
    ),
    steps=(
        Step(HandedIn, _handed),
        Step(ItWas, _it_was),
        Step(Remind, _switch),
        Step(Given, _given),
        Step(ComplainLate, _late),
    ),
    inputs=(
        Input(StartWatch, _typed_day),
        Input(AskPromised, _typed_promised),
        Input(AskSlip, _typed_slip),
        Input(AskWhere, _typed_where),
    ),
    commands={"watches": leads_to(OpenWatches())},
    passing={FOUND: VIEWS},
)
