"""Doors: the actions by which one conversation opens another, without knowing how it works.

A code is a persisted name: buttons in people's chats hold it for years. It is never given to
another action, and an action that goes is answered as an old button.
"""

from dataclasses import dataclass
from typing import ClassVar

from dialogs.action import Action


@dataclass(frozen=True, slots=True)
class OpenMenu(Action):
    """The main menu; `stopped` after something was cancelled."""

    code: ClassVar[str] = "m"
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class OpenHelp(Action):
    """What the bot can do and how."""

    code: ClassVar[str] = "h"


@dataclass(frozen=True, slots=True)
class OpenGlossary(Action):
    """What official words mean: those of one service, or all."""

    code: ClassVar[str] = "gl"
    service: str | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenPrivacy(Action):
    """What is kept of a person, why and for how long."""

    code: ClassVar[str] = "pr"


@dataclass(frozen=True, slots=True)
class OpenLanguage(Action):
    """Ask for the language, and come back to where the person was."""

    code: ClassVar[str] = "l"


@dataclass(frozen=True, slots=True)
class GoOn(Action):
    """Back from an aside to what was interrupted; the conversation itself knows where that is."""

    code: ClassVar[str] = "go"


@dataclass(frozen=True, slots=True)
class OpenSituation(Action):
    """The services of one life situation."""

    code: ClassVar[str] = "si"
    situation: str


@dataclass(frozen=True, slots=True)
class OpenServices(Action):
    """All services, page by page."""

    code: ClassVar[str] = "sv"
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenService(Action):
    """The card of one service."""

    code: ClassVar[str] = "s"
    service: str


@dataclass(frozen=True, slots=True)
class StartEnquiry(Action):
    """Begin the questions of a service."""

    code: ClassVar[str] = "sq"
    service: str


@dataclass(frozen=True, slots=True)
class OpenEnquiry(Action):
    """An enquiry where it stands: its next question, or its result."""

    code: ClassVar[str] = "e"
    enquiry: int


@dataclass(frozen=True, slots=True)
class OpenMine(Action):
    """What the person began."""

    code: ClassVar[str] = "my"


@dataclass(frozen=True, slots=True)
class OpenAnswers(Action):
    """All answers so far, each with a way to change it."""

    code: ClassVar[str] = "aa"
    enquiry: int


@dataclass(frozen=True, slots=True)
class OpenPapers(Action):
    """The checklist of documents."""

    code: ClassVar[str] = "ck"
    enquiry: int


@dataclass(frozen=True, slots=True)
class OpenGrounds(Action):
    """Where the statements of a result are written."""

    code: ClassVar[str] = "gr"
    enquiry: int


@dataclass(frozen=True, slots=True)
class OpenTopic(Action):
    """What is told of one side of a service; `spelled` with every source in full."""

    code: ClassVar[str] = "tp"
    service: str
    topic: str
    page: int = 0
    spelled: bool = False


@dataclass(frozen=True, slots=True)
class OpenOwnTopic(Action):
    """The same for one enquiry: only what its answers lead to."""

    code: ClassVar[str] = "te"
    enquiry: int
    topic: str
    page: int = 0
    spelled: bool = False


@dataclass(frozen=True, slots=True)
class OpenRoutes(Action):
    """What can be complained about, and so where to."""

    code: ClassVar[str] = "rs"
    service: str


@dataclass(frozen=True, slots=True)
class OpenNextSteps(Action):
    """What to do once the papers are together."""

    code: ClassVar[str] = "nx"
    enquiry: int


@dataclass(frozen=True, slots=True)
class ManageEnquiry(Action):
    """Give an enquiry a name of one's own, or delete it."""

    code: ClassVar[str] = "em"
    enquiry: int


@dataclass(frozen=True, slots=True)
class NameEnquiry(Action):
    """Ask what an enquiry shall be called."""

    code: ClassVar[str] = "el"
    enquiry: int


@dataclass(frozen=True, slots=True)
class FillApplication(Action):
    """Begin to fill in an application of the act."""

    code: ClassVar[str] = "fa"
    enquiry: int
    form: str


@dataclass(frozen=True, slots=True)
class FindOffice(Action):
    """Find an office, for a service if one is named; for giving papers, complaining or asking."""

    code: ClassVar[str] = "fo"
    service: str | None = None
    purpose: str = "p"


@dataclass(frozen=True, slots=True)
class OpenOffice(Action):
    """The card of an office, seen from a service if one is named."""

    code: ClassVar[str] = "of"
    office: str
    service: str | None = None


@dataclass(frozen=True, slots=True)
class ReportOffice(Action):
    """Say that something about an office is wrong."""

    code: ClassVar[str] = "ow"
    office: str


@dataclass(frozen=True, slots=True)
class StartComplaint(Action):
    """Begin a complaint, about a service and an office as far as they are known."""

    code: ClassVar[str] = "cq"
    service: str | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True)
class OpenComplaint(Action):
    """One complaint with all that happened to it."""

    code: ClassVar[str] = "co"
    number: int


@dataclass(frozen=True, slots=True)
class OpenComplaints(Action):
    """The complaints that a person has made."""

    code: ClassVar[str] = "cs"


@dataclass(frozen=True, slots=True)
class OpenQueue(Action):
    """The open complaints of an official's offices."""

    code: ClassVar[str] = "qu"


@dataclass(frozen=True, slots=True)
class OpenHolding(Action):
    """Whether an admin looks at complaints with insults before an official does."""

    code: ClassVar[str] = "kn"


@dataclass(frozen=True, slots=True)
class OpenAdmin(Action):
    """What those with a role can do."""

    code: ClassVar[str] = "am"


@dataclass(frozen=True, slots=True)
class StartWatch(Action):
    """Say that the papers of an enquiry were handed in, so that the day of the answer is kept."""

    code: ClassVar[str] = "wa"
    enquiry: int


@dataclass(frozen=True, slots=True)
class ComplainLate(Action):
    """Begin the complaint that an answer is late, filled in from the watch over it."""

    code: ClassVar[str] = "wl"
    watch: int


@dataclass(frozen=True, slots=True)
class OpenStatistics(Action):
    """What happened within so many days, in numbers without persons."""

    code: ClassVar[str] = "y"
    days: int = 30


@dataclass(frozen=True, slots=True)
class OpenPublishing(Action):
    """The services with their versions, and the way to publish new ones."""

    code: ClassVar[str] = "v"
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenAnnouncements(Action):
    """What was told many, and the way to tell them something new."""

    code: ClassVar[str] = "n"
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenPosters(Action):
    """Posters for foyers: of a service, or of an office from its card."""

    code: ClassVar[str] = "z"
    page: int = 0


@dataclass(frozen=True, slots=True)
class MakePoster(Action):
    """The poster of an office, or of a service."""

    code: ClassVar[str] = "zp"
    office: str | None = None
    service: str | None = None


@dataclass(frozen=True, slots=True)
class OpenNews(Action):
    """Whether a parent wants to be told what is new."""

    code: ClassVar[str] = "nw"
