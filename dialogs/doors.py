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
