"""The actions of finding an office; long names stand in them as their short numbers."""

from dataclasses import dataclass
from typing import ClassVar

from dialogs.action import Action


@dataclass(frozen=True, slots=True)
class MissedPlace(Action):
    """Ask again where they live: what was typed is no place and no office."""

    code: ClassVar[str] = "fm2"
    service: str | None
    purpose: str


@dataclass(frozen=True, slots=True)
class AskLocation(Action):
    """Let the phone be asked for its position."""

    code: ClassVar[str] = "fl"
    service: str | None
    purpose: str


@dataclass(frozen=True, slots=True)
class OfficesAt(Action):
    """The offices of a place."""

    code: ClassVar[str] = "fw"
    service: int | None
    purpose: str
    place: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class AskWhichPlace(Action):
    """Which of the places of this name is meant."""

    code: ClassVar[str] = "fq"
    service: str | None
    purpose: str


@dataclass(frozen=True, slots=True)
class AskDistrict(Action):
    """In which of the likely districts the shared position lies."""

    code: ClassVar[str] = "fd"
    service: str | None
    purpose: str


@dataclass(frozen=True, slots=True)
class OfficesNamed(Action):
    """The offices that the typed words name."""

    code: ClassVar[str] = "fn"
    service: str | None
    purpose: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class OfficesOfKind(Action):
    """The offices of one kind at a place, whatever for."""

    code: ClassVar[str] = "fi"
    place: int
    kind: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class AskPlaceOf(Action):
    """Ask where, for words that offices in many places answer to."""

    code: ClassVar[str] = "fv"
    service: str | None
    purpose: str


@dataclass(frozen=True, slots=True)
class WalkPlaces(Action):
    """The regions, or what lies in one place, to walk down to a district."""

    code: ClassVar[str] = "fp2"
    service: int | None
    purpose: str
    place: int | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowMap(Action):
    """Send an office as a point on the map."""

    code: ClassVar[str] = "om"
    office: str
    service: str | None = None


@dataclass(frozen=True, slots=True)
class OfficeSources(Action):
    """Where the facts about an office are written, and what is doubtful."""

    code: ClassVar[str] = "os"
    office: str
    service: str | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class OfficePrinted(Action):
    """What the annexes say of an office word for word, in the language they are printed in."""

    code: ClassVar[str] = "ou"
    office: str
    service: str | None = None
    page: int = 0
