"""Asking where a family lives: typed, shared by the phone, or walked to down the list."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.places.model import Place
from dialogs import search
from dialogs.doors import FindOffice, OpenOffice
from dialogs.markup import italic, paragraphs
from dialogs.offices.actions import (
    AskDistrict,
    AskLocation,
    AskPlaceOf,
    AskWhichPlace,
    MissedPlace,
    OfficePrinted,
    OfficesAt,
    OfficesNamed,
    OfficesOfKind,
    OfficeSources,
    WalkPlaces,
)
from dialogs.offices.looking import (
    LIST,
    NEAR,
    WORDS,
    Looked,
    looked,
    place_in_full,
    place_name,
    remember,
    way_back,
)
from dialogs.offices.meaning import Meant, meant
from dialogs.paging import Page, page_of, turning
from dialogs.screen import Ask, Button, Request, Rows, Screen, clipped
from dialogs.short_ids import name_of, short
from dialogs.speech import Speech, alphabetical
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
HALF_A_ROW = 16
"""Letters of a label that half the width of a small phone shows; Telegram cuts off the rest."""

LONGEST_WORDS = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What the question where they live is drawn from."""

    looked: Looked
    missed: str = ""
    many: str = ""
    """Words that too many offices answer to."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """Places to choose from, each with what it lies in."""

    looked: Looked
    places: Sequence[tuple[Place, str]]
    words: str = ""
    """Words that offices answer to as well."""
    astray: bool = False
    """The position is far from every place that is known."""


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
        say("Many offices in many places answer to “{words}”.", words=asked.many)
        if asked.many
        else None,
        say(
            "<b>Where do you live?</b>\nWrite the village, town or district, or the number or "
            "name of a school. You can also share your location or choose from the list."
        ),
    )
    return Screen(text, _ways(say, asked.looked))


def show_which(say: Speech, choosing: Choosing) -> Screen:
    """Which of several places of one name is meant."""
    seen = choosing.looked
    named = OfficesNamed(seen.service.id if seen.service else None, seen.purpose)
    words = say.label("Offices called “{words}”", words=choosing.words)
    offices = ((Button(clipped(words), named),),) if choosing.words else ()
    return Screen(
        say("There are several places of this name.\n\n<b>Which one is yours?</b>"),
        (*_choices(choosing), *offices, *way_back(say, _elsewhere(say, seen))),
    )


def show_districts(say: Speech, choosing: Choosing) -> Screen:
    """The districts that a shared position may lie in, the likeliest first."""
    seen = choosing.looked
    why = (
        say("Your position is far from every place in Kazakhstan that I know.")
        if choosing.astray
        else say("Your position is near a border, or I do not know the borders there exactly.")
    )
    walk = WalkPlaces(short(seen.service.id) if seen.service else None, seen.purpose)
    return Screen(
        paragraphs(why, say("<b>Which district do you live in?</b>")),
        (
            *_choices(choosing),
            (Button(say.label("Another one: choose from the list"), walk),),
            *way_back(say, _elsewhere(say, seen)),
        ),
    )


def show_walk(say: Speech, walked: Walked) -> Screen:
    """Regions, or what lies in one."""
    seen = walked.looked
    service = short(seen.service.id) if seen.service else None
    rows = _abreast(
        [
            Button(
                clipped(place_name(say, place)),
                WalkPlaces(service, seen.purpose, short(place.id))
                if place.id in walked.lower
                else OfficesAt(service, seen.purpose, short(place.id)),
            )
            for place in walked.page.items
        ]
    )
    within = walked.within
    if within is not None:
        whole = OfficesAt(service, seen.purpose, short(within.id))
        name = place_name(say, within)
        rows.insert(0, (Button(clipped(say.label("All of it: {place}", place=name)), whole),))
    number = None if within is None else short(within.id)
    turns = turning(say, walked.page, lambda page: WalkPlaces(service, seen.purpose, number, page))
    text = (
        say("<b>Which region do you live in?</b> You can also write the name.")
        if within is None
        else say(
            "{place}\n\n<b>Which part of it?</b> You can also write the name.",
            place=place_name(say, within),
        )
    )
    return Screen(text, (*rows, *turns, *way_back(say, _elsewhere(say, seen))))


def _abreast(buttons: Sequence[Button]) -> list[tuple[Button, ...]]:
    """Two in a row where both are short enough to be read whole on half a phone's width."""
    rows: list[tuple[Button, ...]] = []
    for button in buttons:
        before = rows[-1] if rows else ()
        if len(before) == 1 and max(len(each.label) for each in (*before, button)) <= HALF_A_ROW:
            rows[-1] = (*before, button)
        else:
            rows.append((button,))
    return rows


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
    """Where words lead: to the offices or the place they name, to a service, or back to asking."""
    words = " ".join(text.split())[:LONGEST_WORDS]
    found = meant(visit.knowledge, words)
    if not (found.offices or found.places) and visit.knowledge.search.find(words):
        return search.found(visit, words)
    remember(visit, **{WORDS: words, NEAR: None})
    return _meaning(visit, service, purpose, found)


def _meaning(visit: Visit, service: str | None, purpose: str, found: Meant) -> Reply:
    if found.offices_first:
        named: AskPlaceOf | OfficesNamed = (
            AskPlaceOf(service, purpose) if found.vague else OfficesNamed(service, purpose)
        )
        return Reply(named, back_to=visit.where)
    if not found.places:
        visit.missed = str(visit.person.memory[WORDS])
        return Reply(MissedPlace(service, purpose), back_to=visit.where)
    if found.ambiguous:
        return Reply(AskWhichPlace(service, purpose), back_to=visit.where)
    return _at(visit, service, purpose, found.places[0])


def located(visit: Visit, service: str | None, purpose: str, at: Located) -> Reply:
    """Where a position leads: to its district if borders decide, else to the likely ones."""
    point = (at.latitude, at.longitude)
    remember(visit, **{NEAR: list(point)})
    decided = visit.knowledge.finder.decided(*point)
    if decided is not None:
        return _at(visit, service, purpose, visit.knowledge.directory.places[decided])
    return Reply(AskDistrict(service, purpose), back_to=visit.where)


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


async def _asked(visit: Visit, opened: FindOffice | MissedPlace | AskPlaceOf) -> Asked:
    seen = looked(visit, opened.service, opened.purpose)
    remember(visit, **{LIST: None})
    words = str(visit.person.memory.get(WORDS, ""))
    match opened:
        case MissedPlace():
            return Asked(seen, missed=words)
        case AskPlaceOf():
            return Asked(seen, many=words)
        case _:
            return Asked(seen)


async def _which(visit: Visit, opened: AskWhichPlace) -> Choosing:
    seen = looked(visit, opened.service, opened.purpose)
    words = str(visit.person.memory.get(WORDS, ""))
    found = meant(visit.knowledge, words)
    return _choosing(visit, seen, found.places, words=words if found.offices else "")


async def _districts(visit: Visit, opened: AskDistrict) -> Choosing:
    seen = looked(visit, opened.service, opened.purpose)
    near = visit.person.memory.get(NEAR)
    if near is None:
        raise GoneError(NEAR)
    places, finder = visit.knowledge.directory.places, visit.knowledge.finder
    likely = [places[each] for each in finder.likely_districts(*near)]
    return _choosing(visit, seen, likely, astray=finder.is_astray(*near))


def _choosing(
    visit: Visit,
    seen: Looked,
    places: Sequence[Place],
    *,
    words: str = "",
    astray: bool = False,
) -> Choosing:
    directory = visit.knowledge.directory
    named = [(each, place_in_full(visit.say, each, directory)) for each in places]
    return Choosing(seen, named, words, astray)


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
        # What lies elsewhere today is looked for under the old name of its region and the new.
        for parent in {each.parent, each.today_parent or each.parent}:
            holds.setdefault(parent, []).append(each)
    here = sorted(
        holds.get(within.id if within else None, ()),
        key=lambda each: alphabetical(place_name(visit.say, each)),
    )
    lower = frozenset(each.id for each in here if each.id in holds)
    return Walked(seen, within, page_of(here, opened.page, PLACES_A_PAGE), lower)


async def _given(
    visit: Visit,
    asked: FindOffice | MissedPlace | AskWhichPlace | AskDistrict | OfficesNamed,
    given: Given,
) -> Reply | None:
    return _taken(visit, asked.service, asked.purpose, given)


async def _given_place(visit: Visit, asked: AskPlaceOf, given: Given) -> Reply | None:
    """The place that was missing, joined with the words that it was missing from."""
    if isinstance(given, Typed):
        words = str(visit.person.memory.get(WORDS, ""))
        whole = meant(visit.knowledge, f"{words} {given.text}"[:LONGEST_WORDS])
        if whole.offices_first and not whole.vague:
            return typed(visit, asked.service, asked.purpose, f"{words} {given.text}")
    return _taken(visit, asked.service, asked.purpose, given)


async def _given_there(visit: Visit, asked: OfficesAt | WalkPlaces, given: Given) -> Reply | None:
    seen = looked(visit, asked.service, asked.purpose)
    return _taken(visit, seen.service.id if seen.service else None, asked.purpose, given)


async def _given_of_kind(visit: Visit, _: OfficesOfKind, given: Given) -> Reply | None:
    return _taken(visit, None, "p", given)


async def _given_at_card(
    visit: Visit, card: OpenOffice | OfficeSources | OfficePrinted, given: Given
) -> Reply | None:
    return _taken(visit, card.service, "p", given)


def _taken(visit: Visit, service: str | None, purpose: str, given: Given) -> Reply | None:
    match given:
        case Typed(text):
            return typed(visit, service, purpose, text)
        case Located() as at:
            return located(visit, service, purpose, at)
        case _:
            return None


async def _office(visit: Visit, argument: str) -> Reply:
    if argument:
        return typed(visit, None, "p", argument)
    return Reply(FindOffice(), back_to=visit.where)


async def _linked(visit: Visit, argument: str) -> Reply:
    known = argument if argument in visit.knowledge.library.services else None
    return Reply(FindOffice(known), back_to=visit.where)


# While a person is at one of these, the position that they shared is remembered, and the list.
LOOKING = (
    FindOffice,
    MissedPlace,
    AskPlaceOf,
    AskWhichPlace,
    AskDistrict,
    OfficesAt,
    OfficesNamed,
    OfficesOfKind,
    WalkPlaces,
    OpenOffice,
    OfficeSources,
    OfficePrinted,
)

DIALOG = Dialog(
    views=(
        View(FindOffice, _asked, show_question),
        View(MissedPlace, _asked, show_question),
        View(AskPlaceOf, _asked, show_question),
        View(AskWhichPlace, _which, show_which),
        View(AskDistrict, _districts, show_districts),
        View(WalkPlaces, _walked, show_walk),
    ),
    steps=(
        Step(FindOffice, aside),
        Step(MissedPlace, aside),
        Step(AskPlaceOf, aside),
        Step(AskWhichPlace, aside),
        Step(AskDistrict, aside),
        Step(WalkPlaces, aside),
        Step(AskLocation, _request),
    ),
    inputs=(
        Input(FindOffice, _given),
        Input(MissedPlace, _given),
        Input(AskPlaceOf, _given_place),
        Input(AskWhichPlace, _given),
        Input(AskDistrict, _given),
        Input(OfficesNamed, _given),
        Input(OfficesAt, _given_there),
        Input(WalkPlaces, _given_there),
        Input(OfficesOfKind, _given_of_kind),
        Input(OpenOffice, _given_at_card),
        Input(OfficeSources, _given_at_card),
        Input(OfficePrinted, _given_at_card),
    ),
    commands={"office": _office},
    links={"fo": _linked},
    passing={NEAR: LOOKING, LIST: LOOKING},
)
