"""Maps: an office as a point where its position is known well enough, else as a search."""

from urllib.parse import quote

from markupsafe import Markup

from core.directory.model import Office
from core.directory.whole import Directory
from dialogs.doors import OpenOffice
from dialogs.offices.actions import ShowMap
from dialogs.offices.looking import office_named, short_name
from dialogs.screen import Button, Link, Screen, Venue
from dialogs.speech import Speech
from dialogs.turn import Dialog, Reply, Step, Visit

WORDS_LIMIT = 250
"""Letters of a title or an address on a point of the map; the rest of a long one is cut."""


def map_button(say: Speech, office: Office, service: str | None, *, in_village: bool) -> Button:
    """The way to see where it is."""
    if office.position == "exact":
        return Button(say.label("On the map"), ShowMap(office.id, service))
    if in_village:
        return Button(say.label("On the map, ≈"), ShowMap(office.id, service))
    return Button(say.label("Look it up in 2GIS"), Link(map_link(say, office)))


def map_link(say: Speech, office: Office) -> str:
    """A search for its address on the map that people here use."""
    return f"https://2gis.kz/search/{quote(say.of(office.address) or say.of(office.name))}"


def is_in_village(office: Office, directory: Directory) -> bool:
    """Whether only the settlement is known, and so small that its middle leads to the door."""
    if office.position != "locality" or office.locality is None:
        return False
    place = directory.places.get(office.locality)
    return place is not None and place.kind in {"settlement", "okrug"}


def venue_of(say: Speech, office: Office, name: str, *, exact: bool) -> Venue | None:
    """The point on the map; one that is only about right says so itself."""
    if office.lat is None or office.lon is None:
        return None
    title = name if exact else say.label("≈ {name}", name=name)
    address = say.of(office.address) or name
    if not exact:
        address = say.label("The middle of the village. {address}", address=address)
    return Venue(office.lat, office.lon, title[:WORDS_LIMIT], address[:WORDS_LIMIT])


async def _map(visit: Visit, opened: ShowMap) -> Reply:
    office = office_named(visit, opened.office)
    exact = office.position == "exact"
    venue = None
    if exact or is_in_village(office, visit.knowledge.directory):
        venue = venue_of(visit.say, office, short_name(visit, office), exact=exact)
    before = (Screen(Markup(), venue=venue),) if venue else ()
    return Reply(OpenOffice(office.id, opened.service), before=before, back_to=visit.where)


DIALOG = Dialog(steps=(Step(ShowMap, _map),))
