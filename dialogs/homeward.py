"""Homeward: the last buttons of nearly every screen, the same on each."""

from dialogs.action import Action
from dialogs.doors import OpenMenu
from dialogs.screen import Button
from dialogs.speech import Speech


def home(say: Speech) -> Button:
    """To the main menu."""
    return Button(say.label("Main menu"), OpenMenu())


def back_and_home(say: Speech, back: Action) -> tuple[Button, Button]:
    """To where one came from, and to the main menu."""
    return (Button(say.label("← Back"), back), home(say))
