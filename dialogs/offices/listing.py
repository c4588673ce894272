"""Listing: the offices that answer to a place or to words, each with why it is shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from core.directory.finding import Finding, FoundOffice
from core.directory.model import Office
from core.places.model import Place
from core.services.model import Service
from dialogs.doors import OpenOffice, OpenService
from dialogs.markup import bold, italic, lines, paragraphs
from dialogs.offices.actions import OfficesAt, OfficesNamed, OfficesOfKind
from dialogs.offices.kinds import Sorted, counted, is_kind, show_kinds
from dialogs.offices.looking import (
    HOME,
    LIST,
    NEAR,
    PURPOSES,
    WORDS,
    Looked,
    looked,
    place_in_full,
    remember,
    short_name,
    way_back,
)
from dialogs.offices.meaning import meant
from dialogs.paging import Page, page_of, turning
from dialogs.screen import Button, Rows, Screen, clipped
from dialogs.short_ids import name_of, short
from dialogs.speech import Speech
from dialogs.turn import Dialog, GoneError, Step, View, Visit, aside

OFFICES_A_PAGE = 5
PLACES_BESIDE = 2
MOST_UNSORTED = 10
"""More offices than that are first asked about by kind."""

ListAction = OfficesAt | OfficesNamed | OfficesOfKind


@dataclass(frozen=True, slots=True)
class Line:
    """An office in a list, how far it is, and why it is shown if that is worth saying."""

    office: Office
    name: str
    distance_km: float | None = None
    exact: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of offices for a place or for words."""

    looked: Looked
    where: str
    page: Page[Line]
    turn: ListAction
    note: str = ""
    """What is said where the offices that the act means are not known or not responsible."""
    national: str | None = None
    """The service of the whole country, outside the territory of this one."""
    national_name: str = ""
    places: Sequence[tuple[Place, str]] = ()
    """Places that the words may name as well."""


def show_at(say: Speech, found: Listed | Sorted) -> Screen:
    """The offices of a place; where they are too many, their kinds."""
    return show_listed(say, found) if isinstance(found, Listed) else show_kinds(say, found)


def show_listed(say: Speech, listed: Listed) -> Screen:
    """The offices, the responsible first, with their addresses and phones."""
    service = listed.looked.service
    said: set[str] = set()
    text = paragraphs(
        italic(say.of(service.short)) if service else None,
        bold(listed.where),
        Markup.escape(listed.note) if listed.note else None,
        *(_line(say, number, each, said) for number, each in _numbered(listed.page)),
        _closing(say, listed),
    )
    return Screen(text, _rows(say, listed))


def _numbered(page: Page[Line]) -> Iterator[tuple[int, Line]]:
    return enumerate(page.items, start=page.number * OFFICES_A_PAGE + 1)


def _closing(say: Speech, listed: Listed) -> Markup:
    if listed.page.items and isinstance(listed.turn, OfficesNamed):
        return say(
            "<b>Which one would you like to see?</b> If yours is not here, write your town or "
            "village."
        )
    if listed.page.items:
        return say("<b>Which one would you like to see?</b>")
    if listed.note:
        return say("<b>What would you like to do?</b>")
    return say("I know no office there.\n\n<b>Look elsewhere?</b>")


def _line(say: Speech, number: int, line: Line, said: set[str]) -> Markup:
    office = line.office
    parts = [bold(f"{number}. {line.name}")]
    if office.closed:
        parts.append(say("Closed for good."))
    if line.why and line.why not in said:
        said.add(line.why)
        parts.append(italic(line.why))
    address = say.of(office.address)
    if address:
        parts.append(Markup.escape(address))
    if line.distance_km is not None:
        parts.append(Markup.escape(distance(say, line.distance_km, exact=line.exact)))
    if office.phones:
        parts.append(Markup.escape(office.phones[0]))
    return lines(*parts)


def distance(say: Speech, kilometres: float, *, exact: bool) -> str:
    """How far it is; about so far where the position is not that of the very house."""
    far = say.number(kilometres)
    return say.label("{far} km", far=far) if exact else say.label("≈ {far} km", far=far)


def _rows(say: Speech, listed: Listed) -> Rows:
    service = listed.looked.service
    rows: list[tuple[Button, ...]] = [
        (
            Button(
                clipped(f"{number}. {each.name}"),
                OpenOffice(each.office.id, service.id if service else None),
            ),
        )
        for number, each in _numbered(listed.page)
    ]
    purpose = listed.looked.purpose
    rows += [
        (
            Button(
                clipped(say.label("Offices: {place}", place=name)),
                OfficesAt(short(service.id) if service else None, purpose, short(place.id)),
            ),
        )
        for place, name in listed.places
    ]
    if listed.national is not None:
        label = say.label("→ {service}", service=listed.national_name)
        rows.append((Button(clipped(label), OpenService(listed.national)),))
    elsewhere = Button(say.label("Look elsewhere"), listed.looked.again)
    return (
        *rows,
        *turning(say, listed.page, lambda page: turned(listed.turn, page)),
        *way_back(say, elsewhere),
    )


def lines_of(visit: Visit, finding: Finding) -> tuple[list[Line], str, str | None]:
    """What a finding comes to: the offices, a note above them, the service to look at instead."""
    instead = finding.instead
    if instead is None:
        return [_found(visit, each, why=True) for each in finding.offices], "", None
    found = [_found(visit, each, why=False) for each in finding.offices]
    if not found and instead.office is not None:
        found = [Line(instead.office, short_name(visit, instead.office))]
    return found, visit.say.of(instead.why), instead.service


def _found(visit: Visit, found: FoundOffice, *, why: bool) -> Line:
    return Line(
        found.office,
        short_name(visit, found.office),
        found.distance_km,
        found.exact,
        visit.say.of(found.why) if why else "",
    )


def _whatever(visit: Visit, place: Place) -> list[Line]:
    """Every office of a place, whatever for."""
    point = position(visit)
    return [
        Line(
            office,
            short_name(visit, office),
            away,
            exact=point is not None and office.position == "exact",
        )
        for office, away in visit.knowledge.finder.all_at(place.id, point)
    ]


def position(visit: Visit) -> tuple[float, float] | None:
    """The position that was shared in this search."""
    near = visit.person.memory.get(NEAR)
    return (near[0], near[1]) if near else None


def place_of(visit: Visit, number: int) -> Place:
    """The place of a button, to be remembered as the one where the person lives."""
    places = visit.knowledge.directory.places
    name = name_of(number, places)
    if name is None:
        raise GoneError(number)
    remember(visit, **{HOME: name})
    return places[name]


async def _at(visit: Visit, opened: OfficesAt) -> Listed | Sorted:
    seen = looked(visit, opened.service, opened.purpose)
    place = place_of(visit, opened.place)
    note, national = "", None
    where = place_in_full(visit.say, place, visit.knowledge.directory)
    if seen.service is None:
        found = _whatever(visit, place)
        kinds = counted([each.office for each in found])
        if len(found) > MOST_UNSORTED and len(kinds) > 1 and not opened.page:
            remember(visit, **{LIST: opened.pack()})
            return Sorted(seen, place.id, where, kinds)
    else:
        finding = visit.knowledge.finder.find(
            seen.service,
            place=place.id,
            point=position(visit),
            purpose=PURPOSES[opened.purpose],
        )
        found, note, national = lines_of(visit, finding)
    listed = _listed(visit, seen, where, found, turn=opened, place=place)
    return replace(listed, note=note, national=national, national_name=_short_name(visit, national))


async def _of_kind(visit: Visit, opened: OfficesOfKind) -> Listed:
    if not is_kind(opened.kind):
        raise GoneError(opened.kind)
    place = place_of(visit, opened.place)
    where = place_in_full(visit.say, place, visit.knowledge.directory)
    found = [each for each in _whatever(visit, place) if each.office.kind == opened.kind]
    return _listed(visit, looked(visit, None, "p"), where, found, turn=opened, place=place)


def _listed(
    visit: Visit,
    seen: Looked,
    where: str,
    found: Sequence[Line],
    *,
    turn: ListAction,
    place: Place | None = None,
) -> Listed:
    """One page of what was found, which is remembered as the list to come back to."""
    remember(visit, **{LIST: turn.pack()})
    if place is not None and position(visit) is None and not _is_small(place):
        # From the middle of a region a distance says nothing.
        found = [replace(each, distance_km=None) for each in found]
    return Listed(seen, where, page_of(found, turn.page, OFFICES_A_PAGE), turn)


def _is_small(place: Place) -> bool:
    return place.kind in ("settlement", "okrug")


def _short_name(visit: Visit, service: str | None) -> str:
    found = visit.knowledge.library.services.get(service or "")
    return visit.say.of(found.short) if found else ""


async def _named(visit: Visit, opened: OfficesNamed) -> Listed:
    seen = looked(visit, opened.service, opened.purpose)
    words = str(visit.person.memory.get(WORDS, ""))
    found = meant(visit.knowledge, words)
    serving = visit.say.label("The act names it for this service.")
    offices = sorted(found.offices, key=lambda each: not _serves(each, seen.service))
    named = [
        Line(
            each,
            short_name(visit, each),
            why=serving if _serves(each, seen.service) else "",
        )
        for each in offices
    ]
    listed = _listed(visit, seen, visit.say.label("“{words}”", words=words), named, turn=opened)
    directory = visit.knowledge.directory
    places = [
        (each, place_in_full(visit.say, each, directory)) for each in found.places[:PLACES_BESIDE]
    ]
    return replace(listed, places=places)


def _serves(office: Office, service: Service | None) -> bool:
    return service is not None and any(each.service == service.id for each in office.serves)


def turned(action: ListAction, page: int) -> ListAction:
    """The same list on another page."""
    return replace(action, page=page)


DIALOG = Dialog(
    views=(
        View(OfficesAt, _at, show_at),
        View(OfficesNamed, _named, show_listed),
        View(OfficesOfKind, _of_kind, show_listed),
    ),
    steps=(Step(OfficesAt, aside), Step(OfficesNamed, aside), Step(OfficesOfKind, aside)),
)
