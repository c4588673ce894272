"""Asking where a family lives: typed, shared by the phone, or walked to down the list."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.places.model import Place
from dialogs.doors import FindOffice, OpenOffice
from dialogs.markup import italic, paragraphs
from dialogs.offices.actions import (
    AskDistrict,
    AskLocation,
    AskWhichPlace,
    MissedPlace,
    OfficesAt,
    OfficesNamed,
    OfficeSources,
    WalkPlaces,
)
from dialogs.offices.looking import (
    NEAR,
    WORDS,
    Looked,
    looked,
    place_in_full,
    place_name,
    remember,
    way_back,
)
from dialogs.paging import Page, page_of, turning
from dialogs.screen import Ask, Button, Request, Rows, Screen, clipped
from dialogs.short_ids import name_of, short
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

PLACES_A_PAGE = 16
LONGEST_WORDS = 100
SURE = 0.6
"""Below that likeness words are taken to mean nothing that we know."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the question where they live is drawn from."""

    looked: Looked
    missed: str = ""
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Choosing:
    """Places to choose from, each with what it lies in."""

    looked: Looked
    places: Sequence[tuple[Place, str]]


@dataclass(frozen=True, slots=True)
class Walked:
    """One page of places on the way down to a district."""

    looked: Looked
    within: Place | None
    page: Page[Place]
    lower: frozenset[str]
    """Those that hold further places to choose from."""


def show_question(say: Speech, asked: Asked) -> Screen:
    """The three ways to say where one lives."""
    service = asked.looked.service
    text = paragraphs(
        italic(say.of(service.short)) if service else None,
        say("I found no place and no office like “{words}”.", words=asked.missed)
        if asked.missed
        else None,
        say(
            "<b>Where do you live?</b>\nWrite the village, town or district, or the number or "
            "name of a school. You can also share your location or choose from the list."
        ),
    )
    return Screen(text, _ways(say, asked.looked))


def show_which(say: Speech, choosing: Choosing) -> Screen:
    """Which of several places of one name is meant."""
    return Screen(
        say("There are several places of this name.\n\n<b>Which one is yours?</b>"),
        (*_choices(choosing), *way_back(say, _elsewhere(say, choosing.looked))),
    )


def show_districts(say: Speech, choosing: Choosing) -> Screen:
    """The districts that a shared position may lie in, the likeliest first."""
    return Screen(
        say(
            "Your position is near a border, or I do not know the borders there exactly.\n\n"
            "<b>Which district do you live in?</b>"
        ),
        (*_choices(choosing), *way_back(say, _elsewhere(say, choosing.looked))),
    )


def show_walk(say: Speech, walked: Walked) -> Screen:
    """Regions, or what lies in one."""
    seen = walked.looked
    service = short(seen.service.id) if seen.service else None
    rows: list[tuple[Button, ...]] = []
    for pair in zip(walked.page.items[::2], [*walked.page.items[1::2], None], strict=False):
        row = []
        for place in pair:
            if place is None:
                continue
            opens = (
                WalkPlaces(service, seen.purpose, short(place.id))
                if place.id in walked.lower
                else OfficesAt(service, seen.purpose, short(place.id))
            )
            row.append(Button(clipped(place_name(say, place)), opens))
        rows.append(tuple(row))
    within = walked.within
    if within is not None:
        whole = OfficesAt(service, seen.purpose, short(within.id))
        name = place_name(say, within)
        rows.insert(0, (Button(clipped(say.label("All of it: {place}", place=name)), whole),))
    number = None if within is None else short(within.id)
    turns = turning(say, walked.page, lambda page: WalkPlaces(service, seen.purpose, number, page))
    text = (
        say("<b>Which region do you live in?</b>")
        if within is None
        else say("{place}\n\n<b>Which part of it?</b>", place=place_name(say, within))
    )
    return Screen(text, (*rows, *turns, *way_back(say, _elsewhere(say, seen))))


def show_request(say: Speech) -> Screen:
    """The key under the composer that shares the position."""
    return Screen(
        say(
            "Press the button below the writing field. I use your position only to find the "
            "office and forget it when you leave."
        ),
        request=Request(Ask.LOCATION, say.label("📍 Share my location")),
    )


def _ways(say: Speech, seen: Looked) -> Rows:
    service = seen.service.id if seen.service else None
    number = short(service) if service else None
    rows: list[tuple[Button, ...]] = []
    if seen.home is not None:
        again = say.label("{place} again", place=place_name(say, seen.home))
        rows.append((Button(clipped(again), OfficesAt(number, seen.purpose, short(seen.home.id))),))
    rows.append((Button(say.label("📍 Share my location"), AskLocation(service, seen.purpose)),))
    rows.append((Button(say.label("Choose from the list"), WalkPlaces(number, seen.purpose)),))
    return (*rows, *way_back(say))


def _choices(choosing: Choosing) -> Rows:
    seen = choosing.looked
    number = short(seen.service.id) if seen.service else None
    return tuple(
        (Button(clipped(name), OfficesAt(number, seen.purpose, short(place.id))),)
        for place, name in choosing.places
    )


def _elsewhere(say: Speech, seen: Looked) -> Button:
    return Button(say.label("Look elsewhere"), seen.again)


def typed(visit: Visit, service: str | None, purpose: str, text: str) -> Reply:
    """Where words lead: the offices they name, the place they name, or the question again."""
    words = " ".join(text.split())[:LONGEST_WORDS]
    remember(visit, **{WORDS: words, NEAR: None})
    places = visit.knowledge.places.find(words)
    offices = [each for each in visit.knowledge.offices.find(words) if each.score >= SURE]
    likely = [each for each in places.results if each.score >= SURE]
    if offices and (not likely or offices[0].score > likely[0].score):
        view: FindOffice | OfficesNamed = OfficesNamed(service, purpose)
        return Reply(view, back_to=visit.where)
    if not likely:
        return Reply(MissedPlace(service, purpose), back_to=visit.where)
    if places.ambiguous:
        return Reply(AskWhichPlace(service, purpose), back_to=visit.where)
    return _at(visit, service, purpose, likely[0].place)


def located(visit: Visit, service: str | None, purpose: str, at: Located) -> Reply:
    """Where a position leads: to its district if borders decide, else to the likely ones."""
    seen = looked(visit, service, purpose)
    remember(visit, **{NEAR: [at.latitude, at.longitude]})
    finder = visit.knowledge.finder
    point = (at.latitude, at.longitude)
    decided = finder.decided(*point)
    if decided is not None:
        return _at(visit, service, purpose, visit.knowledge.directory.places[decided])
    opened = AskDistrict(seen.service.id if seen.service else None, purpose)
    return Reply(opened, back_to=visit.where)


def _at(visit: Visit, service: str | None, purpose: str, place: Place) -> Reply:
    number = short(service) if service else None
    return Reply(OfficesAt(number, purpose, short(place.id)), back_to=visit.where)


async def _request(visit: Visit, asked: AskLocation) -> Reply:
    looked(visit, asked.service, asked.purpose)
    return Reply(
        FindOffice(asked.service, asked.purpose),
        before=(show_request(visit.say),),
        back_to=visit.where,
    )


async def _asked(visit: Visit, opened: FindOffice | MissedPlace) -> Asked:
    missed = str(visit.person.memory.get(WORDS, "")) if isinstance(opened, MissedPlace) else ""
    return Asked(looked(visit, opened.service, opened.purpose), missed)


async def _which(visit: Visit, opened: AskWhichPlace) -> Choosing:
    seen = looked(visit, opened.service, opened.purpose)
    found = visit.knowledge.places.find(str(visit.person.memory.get(WORDS, "")))
    return _choosing(visit, seen, [each.place for each in found.results])


async def _districts(visit: Visit, opened: AskDistrict) -> Choosing:
    seen = looked(visit, opened.service, opened.purpose)
    near = visit.person.memory.get(NEAR)
    if near is None:
        raise GoneError(NEAR)
    places = visit.knowledge.directory.places
    likely = visit.knowledge.finder.likely_districts(*near)
    return _choosing(visit, seen, [places[each] for each in likely])


def _choosing(visit: Visit, seen: Looked, places: Sequence[Place]) -> Choosing:
    directory = visit.knowledge.directory
    return Choosing(seen, [(each, place_in_full(visit.say, each, directory)) for each in places])


async def _walked(visit: Visit, opened: WalkPlaces) -> Walked:
    seen = looked(visit, opened.service, opened.purpose)
    places = visit.knowledge.directory.places
    within = None
    if opened.place is not None:
        name = name_of(opened.place, places)
        if name is None:
            raise GoneError(opened.place)
        within = places[name]
    holds: dict[str | None, list[Place]] = {}
    for each in places.values():
        holds.setdefault(each.parent, []).append(each)
    here = sorted(
        holds.get(within.id if within else None, ()),
        key=lambda each: place_name(visit.say, each),
    )
    lower = frozenset(each.id for each in here if each.id in holds)
    return Walked(seen, within, page_of(here, opened.page, PLACES_A_PAGE), lower)


async def _given(
    visit: Visit,
    asked: FindOffice | MissedPlace | AskWhichPlace | AskDistrict | OfficesNamed,
    given: Given,
) -> Reply | None:
    match given:
        case Typed(text):
            return typed(visit, asked.service, asked.purpose, text)
        case Located() as at:
            return located(visit, asked.service, asked.purpose, at)
        case _:
            return None


async def _given_there(visit: Visit, asked: OfficesAt | WalkPlaces, given: Given) -> Reply | None:
    seen = looked(visit, asked.service, asked.purpose)
    service = seen.service.id if seen.service else None
    match given:
        case Typed(text):
            return typed(visit, service, asked.purpose, text)
        case Located() as at:
            return located(visit, service, asked.purpose, at)
        case _:
            return None


async def _office(visit: Visit, argument: str) -> Reply:
    if argument:
        return typed(visit, None, "p", argument)
    return Reply(FindOffice(), back_to=visit.where)


# While a person is at one of these, the position that they shared is remembered.
LOOKING = (
    FindOffice,
    MissedPlace,
    AskWhichPlace,
    AskDistrict,
    OfficesAt,
    OfficesNamed,
    WalkPlaces,
    OpenOffice,
    OfficeSources,
)

DIALOG = Dialog(
    views=(
        View(FindOffice, _asked, show_question),
        View(MissedPlace, _asked, show_question),
        View(AskWhichPlace, _which, show_which),
        View(AskDistrict, _districts, show_districts),
        View(WalkPlaces, _walked, show_walk),
    ),
    steps=(
        Step(FindOffice, aside),
        Step(MissedPlace, aside),
        Step(AskWhichPlace, aside),
        Step(AskDistrict, aside),
        Step(WalkPlaces, aside),
        Step(AskLocation, _request),
    ),
    inputs=(
        Input(FindOffice, _given),
        Input(MissedPlace, _given),
        Input(AskWhichPlace, _given),
        Input(AskDistrict, _given),
        Input(OfficesNamed, _given),
        Input(OfficesAt, _given_there),
        Input(WalkPlaces, _given_there),
    ),
    commands={"office": _office},
    passing={NEAR: LOOKING},
)
