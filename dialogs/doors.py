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
