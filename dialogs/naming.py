"""Naming: a name of one's own for an enquiry, so that two children are told apart; and deleting."""

from dataclasses import dataclass, replace
from typing import ClassVar

from core.store import enquiries
from core.store.reminders import PAPERS, SEASON
from dialogs.action import Action
from dialogs.doors import ManageEnquiry, NameEnquiry, OpenEnquiry, OpenMine
from dialogs.homeward import back_and_home
from dialogs.markup import italic, paragraphs
from dialogs.screen import Button, Screen
from dialogs.speech import Speech
from dialogs.standing import Standing, called, keep, own_enquiry, standing
from dialogs.turn import Dialog, Given, Input, Reply, Step, Typed, View, Visit
from dialogs.watch.reminding import drop_reminder

LONGEST_NAME = 24


@dataclass(frozen=True, slots=True)
class DropName(Action):
    """Take an enquiry's name away."""

    code: ClassVar[str] = "ex"
    enquiry: int


@dataclass(frozen=True, slots=True)
class AskToDelete(Action):
    """Ask whether an enquiry is really to be deleted."""

    code: ClassVar[str] = "ed"
    enquiry: int


@dataclass(frozen=True, slots=True)
class DeleteEnquiry(Action):
    """Delete it."""

    code: ClassVar[str] = "dd"
    enquiry: int


def show_managing(say: Speech, standing: Standing) -> Screen:
    """What can be done with the enquiry itself."""
    number = standing.enquiry.id
    rows = [(Button(say.label("Give it a name"), NameEnquiry(number)),)]
    if standing.enquiry.label is not None:
        rows.append((Button(say.label("Take the name away"), DropName(number)),))
    rows.append((Button(say.label("Delete it"), AskToDelete(number)),))
    text = paragraphs(
        italic(called(say, standing)),
        say("Begun on {day}.", day=say.date(standing.enquiry.created_at)),
        say("<b>What shall I do with it?</b>"),
    )
    return Screen(text, (*rows, back_and_home(say, OpenEnquiry(number))))


def show_name(say: Speech, standing: Standing) -> Screen:
    """The question for a name, which may be left out."""
    number = standing.enquiry.id
    text = paragraphs(
        italic(called(say, standing)),
        say(
            "If you ask for several children, a name helps to tell them apart. Only you see it, "
            "and it is kept locked."
        ),
        say(
            "<b>How shall I call it?</b> Write a word or two, up to {most} letters.",
            most=LONGEST_NAME,
        ),
    )
    skip = Button(say.label("Without a name"), OpenEnquiry(number))
    return Screen(text, ((skip,), back_and_home(say, OpenEnquiry(number))))


def show_deleting(say: Speech, standing: Standing) -> Screen:
    """The question whether to delete."""
    number = standing.enquiry.id
    text = paragraphs(
        italic(called(say, standing)),
        say("Your answers and ticks will be erased at once and cannot be brought back."),
        say("<b>Delete it?</b>"),
    )
    return Screen(
        text,
        (
            (Button(say.label("Yes, delete"), DeleteEnquiry(number)),),
            back_and_home(say, OpenEnquiry(number)),
        ),
    )


async def _named(visit: Visit, asked: NameEnquiry, given: Given) -> Reply | None:
    if not isinstance(given, Typed):
        return None
    name = " ".join(given.text.split())[:LONGEST_NAME].strip()
    if not name:
        return None
    enquiry = await own_enquiry(visit, asked.enquiry)
    await keep(visit, replace(enquiry, label=name))
    return Reply(OpenEnquiry(enquiry.id))


async def _drop(visit: Visit, dropped: DropName) -> Reply:
    enquiry = await own_enquiry(visit, dropped.enquiry)
    await keep(visit, replace(enquiry, label=None))
    return Reply(ManageEnquiry(enquiry.id))


async def _delete(visit: Visit, deleted: DeleteEnquiry) -> Reply:
    if await enquiries.forget(visit.tx, deleted.enquiry, visit.person.id):
        for kind in (PAPERS, SEASON):
            await drop_reminder(visit, kind, deleted.enquiry)
    visit.enquiries.pop(deleted.enquiry, None)
    return Reply(OpenMine(), toast=visit.say.label("Deleted."))


async def _standing(visit: Visit, opened: ManageEnquiry | NameEnquiry | AskToDelete) -> Standing:
    return await standing(visit, opened.enquiry)


DIALOG = Dialog(
    views=(
        View(ManageEnquiry, _standing, show_managing),
        View(NameEnquiry, _standing, show_name),
        View(AskToDelete, _standing, show_deleting),
    ),
    steps=(Step(DropName, _drop), Step(DeleteEnquiry, _delete)),
    inputs=(Input(NameEnquiry, _named),),
)
