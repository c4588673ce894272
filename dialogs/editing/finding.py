"""Finding the office that is to be changed, or that there is none yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.directory.model import Office
from core.directory.whole import Directory
from dialogs.doors import OpenAdmin
from dialogs.editing.actions import KEEPERS, AskNewKind, EditOffice, FindToEdit
from dialogs.editing.choosing import as_words, office_label, offices_found
from dialogs.homeward import back_and_home
from dialogs.markup import paragraphs
from dialogs.offices.looking import remember, short_name
from dialogs.paging import Page, page_of, turning
from dialogs.rights import guarded_input, guarded_view
from dialogs.screen import Button, Screen
from dialogs.speech import Speech
from dialogs.turn import Dialog, Given, Reply, Typed, Visit

WORDS = "words of an office to change"
"""What was typed last to find an office to change."""


@dataclass(frozen=True, slots=True)
class Found:
    """The offices that the last words name."""

    words: str
    page: Page[tuple[Office, str]]
    directory: Directory


def show_found(say: Speech, found: Found) -> Screen:
    """What was found, and the question for words."""
    rows = tuple(
        (Button(office_label(say, found.directory, office, name), EditOffice(office.id)),)
        for office, name in found.page.items
    )
    text = paragraphs(
        _said(say, found),
        say(
            "<b>Which office shall we change?</b>\nWrite its name, number, street or place, or its "
            "number here, such as of0001."
        ),
    )
    return Screen(
        text,
        (
            *rows,
            *turning(say, found.page, FindToEdit),
            (Button(say.label("Add an office"), AskNewKind()),),
            back_and_home(say, OpenAdmin()),
        ),
    )


def _said(say: Speech, found: Found) -> str | None:
    if not found.words:
        return None
    if not found.page.items:
        return say("I found no office like “{words}”.", words=found.words)
    return say("Found by “{words}”; ✕ stands before what has closed.", words=found.words)


async def _found(visit: Visit, opened: FindToEdit) -> Found:
    words = str(visit.person.memory.get(WORDS, ""))
    offices: Sequence[Office] = offices_found(visit, words)
    named = [(each, short_name(visit, each)) for each in offices]
    return Found(words, page_of(named, opened.page), visit.knowledge.directory)


async def _typed(visit: Visit, _: FindToEdit, given: Given) -> Reply | None:
    if not isinstance(given, Typed):
        return None
    remember(visit, **{WORDS: as_words(given.text)})
    return Reply(FindToEdit())


DIALOG = Dialog(
    views=(guarded_view(FindToEdit, _found, show_found, *KEEPERS),),
    inputs=(guarded_input(FindToEdit, _typed, *KEEPERS),),
    passing={WORDS: (FindToEdit, EditOffice)},
)
