"""Looking for an office: what is looked for, what is remembered of it, and the way around it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from core.directory.model import Office, Role
from core.directory.whole import Directory
from core.places.model import Place
from core.services.model import Service
from dialogs.action import Action
from dialogs.doors import FindOffice, GoOn
from dialogs.homeward import back_and_home
from dialogs.screen import Button
from dialogs.short_ids import name_of
from dialogs.speech import Speech
from dialogs.standing import service_named
from dialogs.turn import GoneError, Visit

HOME = "home place"
"""Under this name a person's memory holds the place they live at, to be offered again."""

NEAR = "near"
"""The position that was shared, while offices are looked for."""

WORDS = "office words"
"""What was typed last to find an office or a place."""

LIST = "office list"
"""The list that a card was opened from, to be come back to."""

PURPOSES: Mapping[str, Role] = {"p": "provider", "c": "complaint", "i": "information"}


@dataclass(frozen=True, slots=True)
class Looked:
    """What the screens of looking know: for which service, and why."""

    service: Service | None
    purpose: str
    home: Place | None = None

    @property
    def again(self) -> Action:
        """To look elsewhere."""
        return FindOffice(self.service.id if self.service else None, self.purpose)


def looked(visit: Visit, service: str | int | None, purpose: str) -> Looked:
    """What is looked for, if there is such a thing."""
    if purpose not in PURPOSES:
        raise GoneError(purpose)
    if isinstance(service, int):
        name = name_of(service, visit.knowledge.library.services)
        if name is None:
            raise GoneError(service)
        service = name
    found = service_named(visit, service) if service else None
    return Looked(found, purpose, home_of(visit))


def home_of(visit: Visit) -> Place | None:
    """Where the person lives, if they have looked for an office before."""
    return visit.knowledge.directory.places.get(str(visit.person.memory.get(HOME, "")))


def remember(visit: Visit, **things: Any) -> None:
    """Keep something of the search in the person's memory; None lets go of it."""
    memory = {**visit.person.memory, **things}
    kept = {key: value for key, value in memory.items() if value is not None}
    visit.person = replace(visit.person, memory=kept)


def office_named(visit: Visit, office_id: str) -> Office:
    """The office of a button or a link, also if it merged away."""
    office = visit.knowledge.directory.office(office_id)
    if office is None:
        raise GoneError(office_id)
    return office


def short_name(visit: Visit, office: Office) -> str:
    """An office as lists and buttons have room for it."""
    return visit.say.of(visit.knowledge.short_names.of(office))


def place_name(say: Speech, place: Place) -> str:
    """A place as it is called today, with the name of the acts in brackets."""
    return place.shown_kk if say.language == "kk" else place.shown_ru


def place_in_full(say: Speech, place: Place, directory: Directory) -> str:
    """A place with what it lies in, so that two of one name are told apart."""
    parts = [place_name(say, place)]
    upper = place.today_parent or place.parent
    while upper:
        parts.append(place_name(say, directory.places[upper]))
        above = directory.places[upper]
        upper = above.today_parent or above.parent
    return ", ".join(parts)


def way_back(say: Speech, *more: Button) -> tuple[tuple[Button, ...], ...]:
    """Back to what was interrupted, and home."""
    rows = [more] if more else []
    return (*rows, back_and_home(say, GoOn()))
