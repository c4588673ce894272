"""The actions of waiting for an answer."""

from dataclasses import dataclass
from typing import ClassVar

from dialogs.action import Action


@dataclass(frozen=True, slots=True)
class HandedIn(Action):
    """The papers were handed in on this day, counted from year one."""

    code: ClassVar[str] = "wb"
    enquiry: int
    day: int


@dataclass(frozen=True, slots=True)
class OpenWatch(Action):
    """What is waited for, and until when."""

    code: ClassVar[str] = "wo"
    watch: int


@dataclass(frozen=True, slots=True)
class OpenWatches(Action):
    """Everything that is waited for."""

    code: ClassVar[str] = "ws"


@dataclass(frozen=True, slots=True)
class AskPromised(Action):
    """Ask for the day that the office's slip promises."""

    code: ClassVar[str] = "wp"
    watch: int
    misread: bool = False


@dataclass(frozen=True, slots=True)
class AskSlip(Action):
    """Ask for the number of the slip."""

    code: ClassVar[str] = "wn"
    watch: int


@dataclass(frozen=True, slots=True)
class AskWhere(Action):
    """Ask to which office the papers went."""

    code: ClassVar[str] = "wh"
    watch: int
    missed: bool = False


@dataclass(frozen=True, slots=True)
class ItWas(Action):
    """It was this office."""

    code: ClassVar[str] = "wi"
    watch: int
    office: str


@dataclass(frozen=True, slots=True)
class Remind(Action):
    """Ask on the day, or do not."""

    code: ClassVar[str] = "wr"
    watch: int
    on: bool


@dataclass(frozen=True, slots=True)
class AskDecision(Action):
    """The answer came: ask what was decided."""

    code: ClassVar[str] = "wd"
    watch: int


@dataclass(frozen=True, slots=True)
class Given(Action):
    """It was given."""

    code: ClassVar[str] = "wg"
    watch: int


@dataclass(frozen=True, slots=True)
class Refused(Action):
    """It was refused: ask on which ground."""

    code: ClassVar[str] = "wx"
    watch: int


@dataclass(frozen=True, slots=True)
class RemindPapers(Action):
    """Remind of the papers that are missing, on this day."""

    code: ClassVar[str] = "wq"
    enquiry: int
    day: int


@dataclass(frozen=True, slots=True)
class AskReminder(Action):
    """Ask when to remind of the papers."""

    code: ClassVar[str] = "wk"
    enquiry: int


@dataclass(frozen=True, slots=True)
class NoReminders(Action):
    """No more reminders about this enquiry."""

    code: ClassVar[str] = "wz"
    enquiry: int


@dataclass(frozen=True, slots=True)
class RefusedFor(Action):
    """It was refused on this ground."""

    code: ClassVar[str] = "wf"
    watch: int
    ground: str


@dataclass(frozen=True, slots=True)
class OpenRefusal(Action):
    """What the act says of the ground, how it can be avoided, and where to go."""

    code: ClassVar[str] = "we"
    watch: int


@dataclass(frozen=True, slots=True)
class ComplainRefused(Action):
    """Complain about the refusal, with all that is known of it."""

    code: ClassVar[str] = "wc"
    watch: int


@dataclass(frozen=True, slots=True)
class RemindSeason(Action):
    """Remind when the season begins in which papers are taken."""

    code: ClassVar[str] = "wt"
    enquiry: int


@dataclass(frozen=True, slots=True)
class OpenReminder(Action):
    """Of what I remind, and when."""

    code: ClassVar[str] = "wm"
    reminder: int


@dataclass(frozen=True, slots=True)
class DropReminder(Action):
    """Do not remind of it."""

    code: ClassVar[str] = "wu"
    reminder: int
