"""Listing: the offices that answer to a place or to words, each with why it is shown."""

from dataclasses import dataclass

from markupsafe import Markup

from core.directory.finding import Finding, FoundOffice
from core.directory.model import Office
from core.places.model import Place
from core.services.model import Service
from dialogs.doors import OpenOffice, OpenService
from dialogs.markup import bold, italic, lines, paragraphs
from dialogs.offices.actions import OfficesAt, OfficesNamed
from dialogs.offices.looking import (
    HOME,
    NEAR,
    PURPOSES,
    WORDS,
    Looked,
    looked,
    place_in_full,
    remember,
    way_back,
)
from dialogs.paging import Page, page_of, turning
from dialogs.screen import Button, Rows, Screen, clipped
from dialogs.short_ids import name_of
from dialogs.speech import Speech
from dialogs.turn import Dialog, GoneError, Step, View, Visit, aside

OFFICES_A_PAGE = 5


@dataclass(frozen=True, slots=True)
class Line:
    """An office in a list, how far it is, and why it is shown if that is worth saying."""

    office: Office
    distance_km: float | None
    exact: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of offices for a place or for words."""

    looked: Looked
    where: str
    page: Page[Line]
    turn: OfficesAt | OfficesNamed
    note: str = ""
    """What is said where the offices that the act means are not known or not responsible."""
    national: str | None = None
    """The service of the whole country, outside the territory of this one."""
    national_name: str = ""


def show_listed(say: Speech, listed: Listed) -> Screen:
    """The offices, the responsible first, with their addresses and phones."""
    service = listed.looked.service
    said: set[str] = set()
    text = paragraphs(
        italic(say.of(service.short)) if service else None,
        bold(listed.where),
        Markup.escape(listed.note) if listed.note else None,
        *(_line(say, each, said) for each in listed.page.items),
        _closing(say, listed),
    )
    return Screen(text, _rows(say, listed))


def _closing(say: Speech, listed: Listed) -> Markup:
    if listed.page.items:
        return say("<b>Which one would you like to see?</b>")
    if listed.note:
        return say("<b>What would you like to do?</b>")
    return say("I know no office there.\n\n<b>Look elsewhere?</b>")


def _line(say: Speech, line: Line, said: set[str]) -> Markup:
    office = line.office
    parts = [bold(say.of(office.name))]
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
                clipped(say.of(each.office.name)),
                OpenOffice(each.office.id, service.id if service else None),
            ),
        )
        for each in listed.page.items
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


def lines_of(say: Speech, finding: Finding) -> tuple[list[Line], str, str | None]:
    """What a finding comes to: the offices, a note above them, the service to look at instead."""
    instead = finding.instead
    found = [_found(say, each) for each in finding.offices]
    if instead is None:
        return found, "", None
    if not found and instead.office is not None:
        found = [Line(instead.office, None, exact=False)]
    return (
        [Line(each.office, each.distance_km, each.exact) for each in found],
        say.of(instead.why),
        instead.service,
    )


def _found(say: Speech, found: FoundOffice) -> Line:
    return Line(found.office, found.distance_km, found.exact, say.of(found.why))


async def _at(visit: Visit, opened: OfficesAt) -> Listed:
    seen = looked(visit, opened.service, opened.purpose)
    directory, finder, say = visit.knowledge.directory, visit.knowledge.finder, visit.say
    name = name_of(opened.place, directory.places)
    if name is None:
        raise GoneError(opened.place)
    place = directory.places[name]
    remember(visit, **{HOME: place.id})
    near = visit.person.memory.get(NEAR)
    point = (near[0], near[1]) if near else None
    note, national = "", None
    if seen.service is None:
        exact = point is not None
        found = [
            Line(office, away, exact and office.position == "exact")
            for office, away in finder.all_at(place.id, point)
        ]
    else:
        finding = finder.find(
            seen.service, place=place.id, point=point, purpose=PURPOSES[opened.purpose]
        )
        found, note, national = lines_of(say, finding)
    if point is None and not _is_small(place):
        # From the middle of a region a distance says nothing.
        found = [Line(each.office, None, each.exact, each.why) for each in found]
    return Listed(
        looked=seen,
        where=place_in_full(say, place, directory),
        page=page_of(found, opened.page, OFFICES_A_PAGE),
        turn=opened,
        note=note,
        national=national,
        national_name=_short_name(visit, national),
    )


def _is_small(place: Place) -> bool:
    return place.kind in ("settlement", "okrug")


def _short_name(visit: Visit, service: str | None) -> str:
    found = visit.knowledge.library.services.get(service or "")
    return visit.say.of(found.short) if found else ""


async def _named(visit: Visit, opened: OfficesNamed) -> Listed:
    seen = looked(visit, opened.service, opened.purpose)
    words = str(visit.person.memory.get(WORDS, ""))
    offices = visit.knowledge.directory.offices
    found = [
        Line(offices[each.office], None, exact=False)
        for each in visit.knowledge.offices.find(words)
        if each.office in offices
    ]
    found.sort(key=lambda each: not _serves(each.office, seen.service))
    return Listed(
        looked=seen,
        where=visit.say.label("“{words}”", words=words),
        page=page_of(found, opened.page, OFFICES_A_PAGE),
        turn=opened,
    )


def _serves(office: Office, service: Service | None) -> bool:
    return service is not None and any(each.service == service.id for each in office.serves)


def turned(action: OfficesAt | OfficesNamed, page: int) -> OfficesAt | OfficesNamed:
    """The same list on another page."""
    if isinstance(action, OfficesAt):
        return OfficesAt(action.service, action.purpose, action.place, page)
    return OfficesNamed(action.service, action.purpose, page)


DIALOG = Dialog(
    views=(View(OfficesAt, _at, show_listed), View(OfficesNamed, _named, show_listed)),
    steps=(Step(OfficesAt, aside), Step(OfficesNamed, aside)),
)
