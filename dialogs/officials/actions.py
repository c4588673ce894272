"""The actions of an official; each names the complaint, and the right to it is asked at once."""

from dataclasses import dataclass
from typing import ClassVar

from dialogs.action import Action


@dataclass(frozen=True, slots=True)
class TakeOn(Action):
    """Take a complaint in hand."""

    code: ClassVar[str] = "ka"
    complaint: int


@dataclass(frozen=True, slots=True)
class AskRegister(Action):
    """Ask under which number and on which day the office registered it."""

    code: ClassVar[str] = "kb"
    complaint: int
    misread: bool = False


@dataclass(frozen=True, slots=True)
class AskAnswer(Action):
    """Ask for the answer to the parent."""

    code: ClassVar[str] = "kc"
    complaint: int


@dataclass(frozen=True, slots=True)
class AskQuestion(Action):
    """Ask what the parent shall be asked."""

    code: ClassVar[str] = "kd"
    complaint: int


@dataclass(frozen=True, slots=True)
class AskPassOn(Action):
    """Ask to which office it belongs."""

    code: ClassVar[str] = "ke"
    complaint: int
    missed: bool = False


@dataclass(frozen=True, slots=True)
class PassTo(Action):
    """Ask why it belongs to that office."""

    code: ClassVar[str] = "kf"
    complaint: int
    office: str


@dataclass(frozen=True, slots=True)
class NotOurs(Action):
    """Ask why it is not theirs."""

    code: ClassVar[str] = "kg"
    complaint: int


@dataclass(frozen=True, slots=True)
class AskClose(Action):
    """Ask in which way it is closed."""

    code: ClassVar[str] = "kh"
    complaint: int


@dataclass(frozen=True, slots=True)
class CloseAs(Action):
    """Ask for the words to the parent."""

    code: ClassVar[str] = "ki"
    complaint: int
    closing: str


@dataclass(frozen=True, slots=True)
class AskExtend(Action):
    """Ask why the answer takes longer."""

    code: ClassVar[str] = "kj"
    complaint: int
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Read(Action):
    """All that happened, for an official."""

    code: ClassVar[str] = "kr"
    complaint: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowFiles(Action):
    """Send the files of a complaint once more."""

    code: ClassVar[str] = "ks"
    complaint: int


@dataclass(frozen=True, slots=True)
class TurnQueue(Action):
    """Another page of the open complaints."""

    code: ClassVar[str] = "kq"
    page: int


@dataclass(frozen=True, slots=True)
class LetOn(Action):
    """Let a complaint through to the officials that was held because of its words."""

    code: ClassVar[str] = "kl"
    complaint: int


@dataclass(frozen=True, slots=True)
class SwitchHolding(Action):
    """Whether an admin looks at complaints with insults first."""

    code: ClassVar[str] = "km"
    on: bool
