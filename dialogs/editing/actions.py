"""The actions of keeping the directory true; long names of places stand as their short numbers."""

from dataclasses import dataclass
from typing import ClassVar

from core.roles import RoleName
from dialogs.action import Action

KEEPERS: tuple[RoleName, ...] = ("admin", "editor")
"""Who keeps the directory true."""


@dataclass(frozen=True, slots=True)
class FindToEdit(Action):
    """Ask which office is to be changed, and show those that the typed words name."""

    code: ClassVar[str] = "bf"
    page: int = 0


@dataclass(frozen=True, slots=True)
class EditOffice(Action):
    """The fields of an office with what they hold."""

    code: ClassVar[str] = "be"
    office: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class AskOfficeField(Action):
    """Ask for the new value of a field."""

    code: ClassVar[str] = "ba"
    office: str
    field: str


@dataclass(frozen=True, slots=True)
class PutField(Action):
    """Give a field a value that a button names; none empties it."""

    code: ClassVar[str] = "bc"
    office: str
    field: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class PutPlace(Action):
    """Let an office stand in this place."""

    code: ClassVar[str] = "bl"
    office: str
    place: int


@dataclass(frozen=True, slots=True)
class AskServes(Action):
    """The services, each with whether the office has to do with it."""

    code: ClassVar[str] = "bg"
    office: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class AskServed(Action):
    """What the office does for one service."""

    code: ClassVar[str] = "bh"
    office: str
    service: int


@dataclass(frozen=True, slots=True)
class PutServed(Action):
    """Let it do this for the service, or not."""

    code: ClassVar[str] = "bj"
    office: str
    service: int
    role: str
    on: bool


@dataclass(frozen=True, slots=True)
class PreviewEdit(Action):
    """What would change, old and new."""

    code: ClassVar[str] = "bp"
    office: str


@dataclass(frozen=True, slots=True)
class SaveEdit(Action):
    """Save just that; `mark` tells it from what was shown before or after."""

    code: ClassVar[str] = "bs"
    office: str
    mark: int


@dataclass(frozen=True, slots=True)
class DropEdit(Action):
    """Leave the field as it is."""

    code: ClassVar[str] = "bd"
    office: str


@dataclass(frozen=True, slots=True)
class AskMerge(Action):
    """Ask which other record is the same office."""

    code: ClassVar[str] = "bm"
    office: str


@dataclass(frozen=True, slots=True)
class PreviewMerge(Action):
    """The two records, and which of them stays."""

    code: ClassVar[str] = "bn"
    gone: str
    into: str


@dataclass(frozen=True, slots=True)
class MergeOffices(Action):
    """Let one of them stand for both."""

    code: ClassVar[str] = "bo"
    gone: str
    into: str


@dataclass(frozen=True, slots=True)
class AskNewKind(Action):
    """Ask what kind of office is to be added."""

    code: ClassVar[str] = "bk"


@dataclass(frozen=True, slots=True)
class SetNewKind(Action):
    """This kind."""

    code: ClassVar[str] = "bi"
    kind: str


@dataclass(frozen=True, slots=True)
class AskNewPlace(Action):
    """Ask in which place it is."""

    code: ClassVar[str] = "bw"


@dataclass(frozen=True, slots=True)
class SetNewPlace(Action):
    """This place."""

    code: ClassVar[str] = "bu"
    place: int


@dataclass(frozen=True, slots=True)
class AskNewName(Action):
    """Ask for its name in one language."""

    code: ClassVar[str] = "bt"
    language: str


@dataclass(frozen=True, slots=True)
class PreviewNew(Action):
    """What would be added, and what is there already."""

    code: ClassVar[str] = "bv"


@dataclass(frozen=True, slots=True)
class AddOffice(Action):
    """Add just that."""

    code: ClassVar[str] = "bb"
    mark: int


@dataclass(frozen=True, slots=True)
class OpenHistory(Action):
    """All that was ever changed in an office."""

    code: ClassVar[str] = "uh"
    office: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenLatest(Action):
    """The latest changes of all offices."""

    code: ClassVar[str] = "ul"
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenChange(Action):
    """One change."""

    code: ClassVar[str] = "uc"
    change: int


@dataclass(frozen=True, slots=True)
class UndoChange(Action):
    """Bring back what was before it; what was edited since too, if `force`."""

    code: ClassVar[str] = "uu"
    change: int
    force: bool = False


@dataclass(frozen=True, slots=True)
class AskReport(Action):
    """Ask what is right instead."""

    code: ClassVar[str] = "xa"
    office: str
    topic: str


@dataclass(frozen=True, slots=True)
class SendReport(Action):
    """Report it without saying what is right."""

    code: ClassVar[str] = "xb"
    office: str
    topic: str


@dataclass(frozen=True, slots=True)
class Reported(Action):
    """Thanks, and that they will be told."""

    code: ClassVar[str] = "xc"
    office: str


@dataclass(frozen=True, slots=True)
class OpenReports(Action):
    """The reports that wait."""

    code: ClassVar[str] = "xd"
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenReport(Action):
    """One report: what is said, and what the directory has."""

    code: ClassVar[str] = "xe"
    report: int


@dataclass(frozen=True, slots=True)
class AcceptReport(Action):
    """Put it right: the edit with what the parent said."""

    code: ClassVar[str] = "xf"
    report: int


@dataclass(frozen=True, slots=True)
class NoteRight(Action):
    """It is right by now, without any change."""

    code: ClassVar[str] = "xg"
    report: int


@dataclass(frozen=True, slots=True)
class AskDecline(Action):
    """Ask why nothing is to be changed."""

    code: ClassVar[str] = "xh"
    report: int


@dataclass(frozen=True, slots=True)
class AskReporter(Action):
    """Ask what the parent is to be asked."""

    code: ClassVar[str] = "xi"
    report: int


@dataclass(frozen=True, slots=True)
class AnswerReport(Action):
    """The question to the parent, who answers it."""

    code: ClassVar[str] = "xj"
    report: int
