"""The actions of complaining; each names the complaint it is about."""

from dataclasses import dataclass
from typing import ClassVar

from dialogs.action import Action


@dataclass(frozen=True, slots=True)
class AskSubject(Action):
    """Ask what a complaint is about."""

    code: ClassVar[str] = "ca"
    complaint: int


@dataclass(frozen=True, slots=True)
class SetSubject(Action):
    """Say what it is about."""

    code: ClassVar[str] = "cb"
    complaint: int
    subject: str


@dataclass(frozen=True, slots=True)
class AskAbout(Action):
    """Ask which office a complaint is about."""

    code: ClassVar[str] = "cd"
    complaint: int


@dataclass(frozen=True, slots=True)
class NoOffice(Action):
    """Go on without knowing the office."""

    code: ClassVar[str] = "cn"
    complaint: int


@dataclass(frozen=True, slots=True)
class AskPlace(Action):
    """Ask where it was, of whoever does not know the office."""

    code: ClassVar[str] = "cp1"
    complaint: int
    missed: bool = False


@dataclass(frozen=True, slots=True)
class SetPlace(Action):
    """Say where, by the short number of the place, or that it shall stay open."""

    code: ClassVar[str] = "cp2"
    complaint: int
    place: int | None


@dataclass(frozen=True, slots=True)
class AskService(Action):
    """Ask which service of the office it is about."""

    code: ClassVar[str] = "ce"
    complaint: int


@dataclass(frozen=True, slots=True)
class SetService(Action):
    """Say which service, by its short number, or none."""

    code: ClassVar[str] = "cv"
    complaint: int
    service: int | None


@dataclass(frozen=True, slots=True)
class AskConsent(Action):
    """Say what is kept and who sees it, before anything personal is asked."""

    code: ClassVar[str] = "cg"
    complaint: int


@dataclass(frozen=True, slots=True)
class Consent(Action):
    """Agree to that."""

    code: ClassVar[str] = "cx"
    complaint: int


@dataclass(frozen=True, slots=True)
class AskWords(Action):
    """Ask what happened."""

    code: ClassVar[str] = "ct"
    complaint: int


@dataclass(frozen=True, slots=True)
class ClearWords(Action):
    """Begin the words anew."""

    code: ClassVar[str] = "cu"
    complaint: int


@dataclass(frozen=True, slots=True)
class AskFiles(Action):
    """Ask for photos and papers."""

    code: ClassVar[str] = "cf"
    complaint: int


@dataclass(frozen=True, slots=True)
class DropFile(Action):
    """Take a file away again."""

    code: ClassVar[str] = "c1"
    complaint: int
    file: int


@dataclass(frozen=True, slots=True)
class AskContact(Action):
    """Ask how the answer shall reach them."""

    code: ClassVar[str] = "ch"
    complaint: int


@dataclass(frozen=True, slots=True)
class SetContact(Action):
    """Say how."""

    code: ClassVar[str] = "ci"
    complaint: int
    contact: str


@dataclass(frozen=True, slots=True)
class AskOwn(Action):
    """Ask for the name, the phone or the address of whoever wants an answer by post or call."""

    code: ClassVar[str] = "cj"
    complaint: int
    what: str
    misread: bool = False


@dataclass(frozen=True, slots=True)
class OpenDraft(Action):
    """The complaint as it would be sent."""

    code: ClassVar[str] = "cl"
    complaint: int


@dataclass(frozen=True, slots=True)
class OpenWays(Action):
    """The other ways to complain, and what the act said about the matter."""

    code: ClassVar[str] = "cy"
    complaint: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class JoinTo(Action):
    """Add the draft to an earlier complaint about the same."""

    code: ClassVar[str] = "c2"
    complaint: int
    earlier: int


@dataclass(frozen=True, slots=True)
class SendComplaint(Action):
    """Send it."""

    code: ClassVar[str] = "cm"
    complaint: int


@dataclass(frozen=True, slots=True)
class DropDraft(Action):
    """Throw the draft away; asks first, unless sure."""

    code: ClassVar[str] = "c3"
    complaint: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class AskWhichDraft(Action):
    """A draft is there already: go on with it, or begin anew about this."""

    code: ClassVar[str] = "c4"
    service: str | None
    office: str | None


@dataclass(frozen=True, slots=True)
class BeginAnew(Action):
    """Throw the draft away and begin about this."""

    code: ClassVar[str] = "c5"
    service: str | None
    office: str | None


@dataclass(frozen=True, slots=True)
class TurnComplaints(Action):
    """Another page of the person's complaints."""

    code: ClassVar[str] = "c6"
    page: int


@dataclass(frozen=True, slots=True)
class OpenStory(Action):
    """All that happened to a complaint."""

    code: ClassVar[str] = "c7"
    complaint: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class AskMore(Action):
    """Ask what is to be added to a complaint that was sent."""

    code: ClassVar[str] = "c8"
    complaint: int


@dataclass(frozen=True, slots=True)
class Withdraw(Action):
    """Take a complaint back; asks first, unless sure."""

    code: ClassVar[str] = "cw"
    complaint: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Helped(Action):
    """Say whether the answer helped."""

    code: ClassVar[str] = "c9"
    complaint: int
    yes: bool


@dataclass(frozen=True, slots=True)
class GoFurther(Action):
    """A complaint one step up, with all that was said; `anew` in place of another draft."""

    code: ClassVar[str] = "cz"
    complaint: int
    anew: bool = False


@dataclass(frozen=True, slots=True)
class SaveReceipt(Action):
    """The receipt once more, as a paper."""

    code: ClassVar[str] = "cr"
    complaint: int


@dataclass(frozen=True, slots=True)
class SavePaper(Action):
    """The complaint on paper, in this language."""

    code: ClassVar[str] = "cq2"
    complaint: int
    language: str
