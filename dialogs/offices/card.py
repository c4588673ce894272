"""The card of an office: what it does, where it is, if it is open now, how sure all that is."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from core.calendar import Calendar
from core.directory.model import Listing, Office, Role
from core.directory.opening import Opening, opening
from core.places.nearest import distance_km
from core.services.acts import Act
from core.services.library import Library
from core.services.model import Service
from dialogs.doors import (
    FindOffice,
    GoOn,
    MakePoster,
    OpenOffice,
    ReportOffice,
    StartComplaint,
)
from dialogs.editing.actions import KEEPERS, EditOffice, OpenHistory
from dialogs.editing.choosing import office_as_saved
from dialogs.homeward import back_and_home
from dialogs.markup import bold, italic, lines, paragraphs
from dialogs.offices.actions import (
    OfficePrinted,
    OfficesAt,
    OfficesNamed,
    OfficesOfKind,
    OfficeSources,
)
from dialogs.offices.doubts import show_doubts
from dialogs.offices.listing import distance
from dialogs.offices.looking import LIST, NEAR, office_named, remember
from dialogs.offices.maps import is_in_village, map_button
from dialogs.posters.making import MAKERS
from dialogs.rights import held
from dialogs.screen import Button, Inline, Rows, Screen
from dialogs.screen_json import Packed
from dialogs.speech import Speech
from dialogs.standing import service_named
from dialogs.statements import validity
from dialogs.turn import CommandStep, Dialog, Reply, Step, View, Visit, aside

RECEPTIONS_SHOWN = 3
SERVICES_SHOWN = 3
FROM_LIST = (OfficesAt, OfficesNamed, OfficesOfKind, OpenOffice, OfficeSources, OfficePrinted)
"""Where one is when the list that was looked at last is still the one meant."""


@dataclass(frozen=True, slots=True)
class Card:
    """What the card of an office is drawn from."""

    office: Office
    service: Service | None
    opening: Opening | None
    now: dt.datetime
    library: Library
    in_village: bool = False
    """Whether the middle of its settlement is as good as its door."""
    distance_km: float | None = None
    list: str = ""
    """The list that it was opened from, as a button holds it."""
    poster: bool = False
    """Whether the reader may make a poster for its foyer."""
    keeper: bool = False
    """Whether the reader may change it."""

    @property
    def acts(self) -> Mapping[str, Act]:
        """The acts that may name it."""
        return self.library.acts


def show_office(say: Speech, card: Card) -> Screen:
    """Everything that helps to get there and to be received."""
    text = paragraphs(
        bold(say.of(card.office.name)),
        facts(say, card),
        show_doubts(say, card.office, card.acts),
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
    else:
        yield from _services(say, card)
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


def _services(say: Speech, card: Card) -> Iterator[Markup]:
    """The services that name it, where none is asked about."""
    services = card.library.services
    ids = dict.fromkeys(each.service for each in card.office.serves if each.service in services)
    named = [say.of(services[each].short) for each in ids]
    shown = "; ".join(named[:SERVICES_SHOWN])
    if len(named) > SERVICES_SHOWN:
        more = say.number(len(named) - SERVICES_SHOWN)
        yield say("Has to do with: {services}, and {number} more", services=shown, number=more)
    elif named:
        yield say("Has to do with: {services}", services=shown)


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


def provenance(say: Speech, card: Card) -> Markup:
    """Where the facts come from, whether that still holds, and how old they are."""
    office = card.office
    if office.verified_on is not None:
        return say("Checked on {day}.", day=say.date(office.verified_on))
    newest = newest_listing(card)
    if newest is None:
        return say("Entered by hand; nobody has confirmed it yet.")
    act = card.acts[newest.act]
    return say(
        "From act No. {number} of {date} ({place}; {state}). Nobody has confirmed it since: it may "
        "have changed.",
        number=act.number,
        date=say.date(act.date),
        place=", ".join(place_in_act(say, newest)),
        state=validity(say, act),
    )


def newest_listing(card: Card) -> Listing | None:
    """What the newest of the acts says of it."""
    known = [each for each in card.office.listings if each.act in card.acts]
    return max(known, key=lambda each: card.acts[each.act].date, default=None)


def place_in_act(say: Speech, listing: Listing) -> Iterator[str]:
    """Where in its act a listing stands."""
    if listing.annex is not None:
        yield say.label("annex {number}", number=listing.annex)
    if listing.para is not None:
        yield say.label("para. {number}", number=listing.para)
    if listing.row is not None:
        yield say.label("row {number}", number=listing.row)


def _rows(say: Speech, card: Card) -> Rows:
    office, service = card.office, card.service.id if card.service else None
    poster = (Button(say.label("Make a poster"), MakePoster(office.id)),)
    edit = (
        Button(say.label("Change it"), EditOffice(office.id)),
        Button(say.label("Its history"), OpenHistory(office.id)),
    )
    elsewhere = (
        Button(say.label("To the list"), Packed(card.list))
        if card.list
        else Button(say.label("Look elsewhere"), FindOffice(service))
    )
    return (
        (
            map_button(say, office, service, in_village=card.in_village),
            Button(say.label("Send to someone"), Inline(office.id)),
        ),
        (
            Button(say.label("Complain about it"), StartComplaint(service, office.id)),
            Button(say.label("This is wrong"), ReportOffice(office.id)),
        ),
        (
            Button(say.label("Where it is written"), OfficeSources(office.id, service)),
            elsewhere,
        ),
        *((edit,) if card.keeper else ()),
        *((poster,) if card.poster else ()),
        back_and_home(say, GoOn()),
    )


def card_of(
    office: Office,
    *,
    library: Library,
    calendar: Calendar,
    now: dt.datetime,
    service: Service | None = None,
    near: Sequence[float] | None = None,
) -> Card:
    """The card of an office as it is at a local moment."""
    away = None
    if near and office.lat is not None and office.lon is not None:
        away = round(distance_km(near[0], near[1], office.lat, office.lon), 1)
    found = opening(office.hours, calendar, now)
    return Card(office, service, found, now, library, distance_km=away)


async def _card(visit: Visit, opened: OpenOffice) -> Card:
    service = service_named(visit, opened.service) if opened.service else None
    roles = {each.role for each in await held(visit)}
    keeper = bool(roles & set(KEEPERS))
    # Whoever has just changed it sees it as it is now.
    saved = await office_as_saved(visit, opened.office) if keeper else None
    office = saved or office_named(visit, opened.office)
    card = card_of(
        office,
        library=visit.knowledge.library,
        calendar=visit.knowledge.calendar,
        now=visit.say.local(visit.now),
        service=service,
        near=visit.person.memory.get(NEAR),
    )
    return replace(
        card,
        in_village=is_in_village(office, visit.knowledge.directory),
        list=str(visit.person.memory.get(LIST, "")),
        poster=bool(roles & set(MAKERS)),
        keeper=keeper,
    )


async def _opened(visit: Visit, opened: OpenOffice) -> Reply:
    """Beside whatever the person is doing; only from a list there is a list to come back to."""
    if not isinstance(visit.where, FROM_LIST):
        remember(visit, **{LIST: None})
    return await aside(visit, opened)


async def _linked(visit: Visit, argument: str) -> Reply:
    name, _, service = argument.partition("-")
    office = office_named(visit, name)
    known = service if service in visit.knowledge.library.services else None
    remember(visit, **{LIST: None})
    return Reply(OpenOffice(office.id, known), back_to=visit.where)


LINKS: Mapping[str, CommandStep] = {"of": _linked}

DIALOG = Dialog(
    views=(View(OpenOffice, _card, show_office),),
    steps=(Step(OpenOffice, _opened),),
    links=LINKS,
)
