"""Interruptions: what is said when something comes that the present view did not wait for.

Words are tried as a search; anything else is told kindly what the bot can do with it. The way
back to what was interrupted is always one button away.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from dialogs import search
from dialogs.action import Action
from dialogs.doors import GoOn, OpenHelp
from dialogs.homeward import home
from dialogs.offices import asking
from dialogs.screen import Button, Screen
from dialogs.speech import Speech
from dialogs.turn import Dialog, Given, Introduced, Kind, Located, Reply, Sent, Typed, Visit, page

ALBUM = "album"
"""Under this name a person's memory holds the album that was answered last."""


class Came(StrEnum):
    """What may come unexpected, besides the kinds of files."""

    COMMAND = "command"
    PLACE = "place"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class NotExpected(Action):
    """Something came that nothing waited for."""

    code: ClassVar[str] = "ne"
    what: str


def show_not_expected(say: Speech, came: NotExpected) -> Screen:
    """What can be done instead."""
    match came.what:
        case Came.COMMAND:
            text = say("I do not know this command.")
        case Kind.VOICE | Kind.AUDIO:
            text = say("I cannot listen to voice messages. Please write it in words.")
        case Kind.PHOTO | Kind.DOCUMENT | Kind.VIDEO | Kind.VIDEO_NOTE | Kind.ANIMATION:
            text = say("Thank you, but I do not need a file now, and I have not kept it.")
        case Came.PLACE:
            text = say("Thank you, but I do not need a place now, and I have not kept it.")
        case Came.CONTACT:
            text = say("Thank you, but I do not need a phone number now, and I have not kept it.")
        case _:
            text = say("I can read words and buttons, but not this.")
    question = say("<b>What does your child need?</b> Write it in your own words.")
    return Screen(
        text + "\n\n" + question,
        (
            (Button(say.label("Go on where I was"), GoOn()),),
            (
                home(say),
                Button(say.label("Help"), OpenHelp()),
            ),
        ),
    )


def given(visit: Visit, came: Given) -> Reply:
    """Where words or things lead that the present view did not wait for."""
    match came:
        case Typed(text):
            return search.found(visit, text)
        case Located() as at:
            # Whoever shares where they are looks for an office near there.
            return asking.located(visit, None, "p", at)
        case Introduced():
            return _not_expected(visit, Came.CONTACT)
        case Sent(album=album) if album and album == visit.person.memory.get(ALBUM):
            # The rest of an album comes as messages of their own; the first was answered for all.
            return Reply()
        case Sent(kind=kind, album=album):
            if album:
                memory = {**visit.person.memory, ALBUM: album}
                visit.person = replace(visit.person, memory=memory)
            return _not_expected(visit, kind)
        case _:
            return Reply()


def command(visit: Visit) -> Reply:
    """Where a command leads that no dialog knows."""
    return _not_expected(visit, Came.COMMAND)


def old_button(say: Speech) -> str:
    """What is flashed when a button means nothing any more."""
    return say.label("This button is from an older version. Here is where you are now.")


def gone(say: Speech) -> str:
    """What is flashed when a button speaks of something that is no longer there."""
    return say.label("This is no longer here. Please choose again.")


def _not_expected(visit: Visit, what: str) -> Reply:
    return Reply(NotExpected(what), back_to=visit.where)


DIALOG = Dialog(views=(page(NotExpected, show_not_expected),))
