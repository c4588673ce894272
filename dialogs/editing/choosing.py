"""Choosing: offices and places that typed words name, for those who keep the directory."""

from collections.abc import Callable, Sequence

from core.directory.model import Office
from core.directory.whole import Directory
from core.places.model import Place
from core.store import offices
from core.store.offices import Entry
from dialogs.action import Action
from dialogs.offices.looking import place_in_full, place_name
from dialogs.screen import Button, Rows, clipped
from dialogs.short_ids import name_of, short
from dialogs.speech import Speech
from dialogs.turn import GoneError, Visit

OFFICES_FOUND, PLACES_FOUND = 24, 6
SURE_OF_OFFICE, SURE_OF_PLACE = 0.55, 0.6
LONGEST_WORDS = 100


def as_words(text: str) -> str:
    """What was typed, as it is looked for."""
    return " ".join(text.split())[:LONGEST_WORDS]


def offices_found(visit: Visit, words: str) -> Sequence[Office]:
    """The offices that words name, closed ones too; an id names just its own."""
    own = visit.knowledge.directory.office(words.lower())
    if own is not None:
        return [own]
    known = visit.knowledge.directory.offices
    found = visit.knowledge.offices.find(words, OFFICES_FOUND, closed=True) if words else ()
    return [known[e.office] for e in found if e.score >= SURE_OF_OFFICE and e.office in known]


def places_found(visit: Visit, words: str) -> Sequence[Place]:
    """The places that words name, the likeliest first."""
    found = visit.knowledge.places.find(words).results if words else ()
    sure = [each.place for each in found if each.score >= SURE_OF_PLACE]
    return sure[:PLACES_FOUND]


def place_buttons(
    say: Speech, directory: Directory, places: Sequence[Place], put: Callable[[int], Action]
) -> Rows:
    """A button for each place, with what it lies in."""
    return tuple(
        (Button(clipped(place_in_full(say, each, directory)), put(short(each.id))),)
        for each in places
    )


def office_label(say: Speech, directory: Directory, office: Office, name: str) -> str:
    """An office on a button: its name, where it is, and a sign if it has closed."""
    place = directory.places.get(office.locality or office.district or office.region or "")
    where = f", {place_name(say, place)}" if place else ""
    return clipped(f"{'✕ ' if office.closed else ''}{name}{where}")


def place_pressed(visit: Visit, number: int) -> Place:
    """The place of a button."""
    places = visit.knowledge.directory.places
    name = name_of(number, places)
    if name is None:
        raise GoneError(number)
    return places[name]


async def office_as_saved(visit: Visit, office: str) -> Office | None:
    """An office as the database has it, where what this copy knows may be some seconds behind."""
    entry = await _as_saved(visit, office)
    return None if entry is None else Office.model_validate(entry.body)


async def entry_of(visit: Visit, office: str) -> Entry:
    """An office as the database has it at this moment, also if it merged away."""
    entry = await _as_saved(visit, office)
    if entry is None:
        raise GoneError(office)
    return entry


async def _as_saved(visit: Visit, office: str) -> Entry | None:
    name = (await offices.aliases(visit.tx)).get(office, office)
    return (await offices.entries(visit.tx, [name])).get(name)
