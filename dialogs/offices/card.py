"""The card of an office: what it does, where it is, if it is open now, how sure all that is."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from markupsafe import Markup

from core.calendar import Calendar
from core.directory.model import Office, Role
from core.directory.opening import Opening, opening
from core.places.nearest import distance_km
from core.services.acts import Act
from core.services.model import Service
from dialogs.doors import (
    FindOffice,
    GoOn,
    MakePoster,
    OpenMenu,
    OpenOffice,
    ReportOffice,
    StartComplaint,
)
from dialogs.markup import bold, italic, lines, paragraphs
from dialogs.offices.actions import OfficeSources, ShowMap
from dialogs.offices.listing import distance
from dialogs.offices.looking import NEAR, office_named, way_back
from dialogs.paging import fitting_page, turning
from dialogs.rights import held
from dialogs.screen import Button, Inline, Link, Rows, Screen, Venue
from dialogs.speech import Speech
from dialogs.standing import service_named
from dialogs.turn import CommandStep, Dialog, Reply, Step, View, Visit, aside

ACTS_LANGUAGE = "kk"
"""The language in which the annexes are printed."""

RECEPTIONS_SHOWN = 3
VENUE_LIMIT = 250
"""Letters of a title or an address; the rest of a long one is cut."""


@dataclass(frozen=True, slots=True)
class Card:
    """What the card of an office is drawn from."""

    office: Office
    service: Service | None
    opening: Opening | None
    now: dt.datetime
    acts: Mapping[str, Act]
    distance_km: float | None = None
    page: int = 0
    poster: bool = False
    """Whether the reader may make a poster for its foyer."""


def show_office(say: Speech, card: Card) -> Screen:
    """Everything that helps to get there and to be received."""
    text = paragraphs(
        bold(say.of(card.office.name)),
        facts(say, card),
        _doubts(say, card.office),
        italic(provenance(say, card)),
    )
    return Screen(text, _rows(say, card))


def facts(say: Speech, card: Card) -> Markup:
    """What it does, its address, phones, hours and the rest, a line each."""
    return lines(*_facts(say, card))


def _facts(say: Speech, card: Card) -> Iterator[Markup]:
    office = card.office
    if office.closed:
        yield say("<b>This office is closed for good.</b>")
    if card.service is not None:
        yield from _tasks(say, office, card.service)
    address = ", ".join(each for each in (office.postcode, say.of(office.address)) if each)
    if address:
        yield say("Address: {address}", address=address)
    if card.distance_km is not None:
        far = distance(say, card.distance_km, exact=office.position == "exact")
        yield say("From you: {far}", far=far)
    if office.phones:
        yield say("Phone: {phones}", phones=", ".join(office.phones))
    elif office.phones_as_printed:
        yield say(
            "Phone as printed, perhaps incomplete: {phones}",
            phones=", ".join(office.phones_as_printed),
        )
    else:
        yield say("I know no phone of it.")
    yield from _hours(say, card)
    if office.emails:
        yield say("E-mail: {emails}", emails=", ".join(office.emails))
    if office.websites:
        yield say("Site: {sites}", sites=", ".join(office.websites))
    for each in office.reception[:RECEPTIONS_SHOWN]:
        yield say("Receives people: {who}, {when}", who=say.of(each.who), when=say.of(each.when))


def _tasks(say: Speech, office: Office, service: Service) -> Iterator[Markup]:
    """What the office does for the service that is asked about."""
    words: dict[Role, str] = {
        "provider": say.label("gives this service"),
        "complaint": say.label("takes complaints"),
        "information": say.label("informs"),
    }
    named = {each.role for each in office.serves if each.service == service.id}
    tasks = [words[each] for each in words if each in named]
    if tasks:
        yield say("{service}: {tasks}", service=say.of(service.short), tasks=", ".join(tasks))


def _hours(say: Speech, card: Card) -> Iterator[Markup]:
    for each in card.office.hours:
        yield say("Hours: {hours}", hours=say.of(each.text))
    if not card.office.hours:
        yield say("I do not know its hours: call first.")
    elif card.opening is not None and not card.office.closed:
        yield bold(now_open(say, card.opening, card.now))


def now_open(say: Speech, found: Opening, now: dt.datetime) -> str:
    """Whether it is open now, and when that changes."""
    if found.until is None:
        return say.label("Closed now")
    clock = f"{found.until:%H:%M}"
    match found.state:
        case "open":
            return say.label("Open now, until {clock}", clock=clock)
        case "pause":
            return say.label("Lunch break now, open again at {clock}", clock=clock)
        case _ if found.until.date() == now.date():
            return say.label("Closed now, opens today at {clock}", clock=clock)
        case _:
            day = say.date(found.until.date())
            return say.label("Closed now, opens on {day} at {clock}", day=day, clock=clock)


def _doubts(say: Speech, office: Office) -> Markup | None:
    """What is doubtful about it, in a line; nothing suspicious is hidden."""
    doubts = [words for kind, words in _doubtful(say).items() if kind in _kinds(office)]
    if not doubts:
        return None
    return say("⚠ Check before you go: {doubts}.", doubts="; ".join(doubts))


def _kinds(office: Office) -> Counter[str]:
    return Counter(each.kind for each in office.flags)


def _doubtful(say: Speech) -> dict[str, str]:
    return {
        "phone_differs": say.label("the sources give different phones"),
        "address_differs": say.label("the sources give different addresses"),
        "number_unusable": say.label("a printed phone has too few or too many digits"),
        "area_code_differs": say.label("a phone has the code of another area"),
        "code_added": say.label("the area code of a phone was added by us"),
        "email_as_site": say.label("an e-mail was printed as a site"),
        "email_doubtful": say.label("an e-mail looks miswritten"),
        "site_differs": say.label("the sources spell the site differently"),
        "site_doubtful": say.label("a site looks miswritten"),
        "unread": say.label("something in the source could not be read"),
        "postcode_doubtful": say.label("the postcode looks miswritten"),
        "place_unknown": say.label("its place was not found"),
        "same_name_twice": say.label("another office has the same name"),
        "seat_of_another": say.label("it may sit in another village"),
    }


def provenance(say: Speech, card: Card) -> Markup:
    """Where the facts come from and how old they are."""
    office = card.office
    if office.verified_on is not None:
        return say("Checked on {day}.", day=say.date(office.verified_on))
    named = dict.fromkeys(each.act for each in office.listings)
    dates = [card.acts[each].date for each in named if each in card.acts]
    if not dates:
        return say("Entered by hand; nobody has confirmed it yet.")
    return say(
        "From an act of {day}; nobody has confirmed it since. It may have changed.",
        day=say.date(max(dates)),
    )


def show_sources(say: Speech, card: Card) -> Screen:
    """What each annex that names the office says of it."""
    parts = [_listing(say, card, each) for each in range(len(card.office.listings))]
    if not parts:
        parts = [say("No act lists this office.")]
    page = fitting_page(parts, card.page)
    service = card.service.id if card.service else None
    text = paragraphs(bold(say.of(card.office.name)), *page.items)
    back = Button(say.label("The office"), OpenOffice(card.office.id, service))
    turns = turning(say, page, lambda number: OfficeSources(card.office.id, service, number))
    return Screen(text, (*turns, *way_back(say, back)))


def _listing(say: Speech, card: Card, number: int) -> Markup:
    listing = card.office.listings[number]
    act = card.acts.get(listing.act)
    where = [
        say.label("No. {number} of {date}", number=act.number, date=say.date(act.date))
        if act
        else listing.act
    ]
    if listing.annex is not None:
        where.append(say.label("annex {number}", number=listing.annex))
    if listing.para is not None:
        where.append(say.label("para. {number}", number=listing.para))
    if listing.row is not None:
        where.append(say.label("row {number}", number=listing.row))
    # No screen mixes languages: a reader of the other one gets the place and the numbers.
    words = (listing.name, listing.address) if say.language == ACTS_LANGUAGE else ()
    said = (
        *words,
        ", ".join((*listing.phones, *listing.faxes)),
        ", ".join((*listing.emails, *listing.websites)),
    )
    return lines(italic(", ".join(where)), *(Markup.escape(each) for each in said if each))


def map_link(say: Speech, office: Office) -> str:
    """A search for its address on the map that people here use."""
    return f"https://2gis.kz/search/{quote(say.of(office.address) or say.of(office.name))}"


def _rows(say: Speech, card: Card) -> Rows:
    office, service = card.office, card.service.id if card.service else None
    on_map = (
        Button(say.label("On the map"), ShowMap(office.id, service))
        if office.position == "exact"
        else Button(say.label("Look it up in 2GIS"), Link(map_link(say, office)))
    )
    return (
        (on_map, Button(say.label("Send to someone"), Inline(office.id))),
        (
            Button(say.label("Complain about it"), StartComplaint(service, office.id)),
            Button(say.label("This is wrong"), ReportOffice(office.id)),
        ),
        (
            Button(say.label("Where it is written"), OfficeSources(office.id, service)),
            Button(say.label("Look elsewhere"), FindOffice(service)),
        ),
        *(((Button(say.label("Make a poster"), MakePoster(office.id)),),) if card.poster else ()),
        (Button(say.label("← Back"), GoOn()), Button(say.label("Main menu"), OpenMenu())),
    )


def card_of(
    office: Office,
    *,
    acts: Mapping[str, Act],
    calendar: Calendar,
    now: dt.datetime,
    service: Service | None = None,
    near: Sequence[float] | None = None,
    page: int = 0,
) -> Card:
    """The card of an office as it is at a local moment."""
    away = None
    if near and office.lat is not None and office.lon is not None:
        away = round(distance_km(near[0], near[1], office.lat, office.lon), 1)
    return Card(office, service, opening(office.hours, calendar, now), now, acts, away, page)


async def _card(visit: Visit, opened: OpenOffice | OfficeSources) -> Card:
    service = service_named(visit, opened.service) if opened.service else None
    card = card_of(
        office_named(visit, opened.office),
        acts=visit.knowledge.library.acts,
        calendar=visit.knowledge.calendar,
        now=visit.say.local(visit.now),
        service=service,
        near=visit.person.memory.get(NEAR),
        page=opened.page if isinstance(opened, OfficeSources) else 0,
    )
    roles = {each.role for each in await held(visit)}
    return replace(card, poster=bool(roles & {"admin", "editor"}))


async def _map(visit: Visit, opened: ShowMap) -> Reply:
    office = office_named(visit, opened.office)
    before: tuple[Screen, ...] = ()
    if office.lat is not None and office.lon is not None:
        venue = Venue(
            office.lat,
            office.lon,
            visit.say.of(office.name)[:VENUE_LIMIT],
            (visit.say.of(office.address) or visit.say.of(office.name))[:VENUE_LIMIT],
        )
        before = (Screen(Markup(), venue=venue),)
    return Reply(OpenOffice(office.id, opened.service), before=before, back_to=visit.where)


async def _linked(visit: Visit, argument: str) -> Reply:
    name, _, service = argument.partition("-")
    office = office_named(visit, name)
    known = service if service in visit.knowledge.library.services else None
    return Reply(OpenOffice(office.id, known), back_to=visit.where)


LINKS: Mapping[str, CommandStep] = {"of": _linked}

DIALOG = Dialog(
    views=(View(OpenOffice, _card, show_office), View(OfficeSources, _card, show_sources)),
    steps=(Step(OpenOffice, aside), Step(OfficeSources, aside), Step(ShowMap, _map)),
    links=LINKS,
)
