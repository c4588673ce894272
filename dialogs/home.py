"""Home: the menu, where everything begins and where one can always come back to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.services.library import Situation
from dialogs.action import Action
from dialogs.application import KEPT
from dialogs.doors import (
    FindOffice,
    OpenComplaints,
    OpenHelp,
    OpenLanguage,
    OpenMenu,
    OpenMine,
    OpenServices,
    OpenSituation,
)
from dialogs.language import ChooseLanguage
from dialogs.screen import Button, Screen
from dialogs.speech import Speech
from dialogs.turn import CommandStep, Dialog, Reply, View, Visit, leads_to


@dataclass(frozen=True, slots=True)
class Home:
    """What the menu is drawn from."""

    situations: Sequence[Situation]
    stopped: bool


def show_menu(say: Speech, home: Home) -> Screen:
    """The situations in life, and the way to everything else."""
    greeting = (
        say("Stopped. Nothing that you began is lost: you find it under “What I began”.")
        if home.stopped
        else say(
            "Hello! I help families with services for children: which papers, which office, "
            "by when."
        )
    )
    question = say(
        "<b>What does your child need?</b>\nWrite it in your own words, or choose what is "
        "closest to your case."
    )
    situations = tuple(
        (Button(say.of(each.short or each.title), OpenSituation(each.id)),)
        for each in home.situations
    )
    return Screen(
        greeting + "\n\n" + question,
        (
            *situations,
            (
                Button(say.label("All services"), OpenServices()),
                Button(say.label("What I began"), OpenMine()),
            ),
            (
                Button(say.label("Find an office"), FindOffice()),
                Button(say.label("Complaints"), OpenComplaints()),
            ),
            (
                Button(say.label("Language"), OpenLanguage()),
                Button(say.label("Help"), OpenHelp()),
            ),
        ),
    )


async def _home(visit: Visit, opened: OpenMenu) -> Home:
    return Home(visit.knowledge.library.situations, opened.stopped)


async def _cancel(visit: Visit, _: str) -> Reply:
    # What a person asked to keep for the next application is nothing that is being done.
    kept = {key: value for key, value in visit.person.memory.items() if key == KEPT}
    visit.person = replace(visit.person, memory=kept)
    return Reply(OpenMenu(stopped=True))


def starting(links: dict[str, CommandStep]) -> CommandStep:
    """The start command: follows a link if there is one, asks the language the first time."""

    async def start(visit: Visit, payload: str) -> Reply:
        name, _, argument = payload.partition("-")
        follow = links.get(name)
        reply = await follow(visit, argument) if follow else Reply(OpenMenu())
        if visit.person.language_asked:
            return reply
        target: Action = reply.view or OpenMenu()
        return Reply(ChooseLanguage(), back_to=target)

    return start


DIALOG = Dialog(
    views=(View(OpenMenu, _home, show_menu),),
    commands={"menu": leads_to(OpenMenu()), "cancel": _cancel},
)
