"""The apology: what a person is told when we have failed, and that nothing of theirs is lost."""

from dialogs.doors import GoOn
from dialogs.homeward import home
from dialogs.screen import Button, Screen
from dialogs.speech import Speech


def toast(say: Speech) -> str:
    """Over a button that led to a fault."""
    return say.label("Something broke on our side. Nothing is lost: please press again.")


def screen(say: Speech) -> Screen:
    """In answer to words that led to a fault."""
    return Screen(
        say("Something broke on our side, not on yours. Nothing is lost: please try again."),
        (
            (Button(say.label("Go on where I was"), GoOn()),),
            (home(say),),
        ),
    )
