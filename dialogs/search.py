"""Search: words in a person's own hand lead to services, in any spelling we can read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from core.services.model import Service
from dialogs.action import Action
from dialogs.doors import GoOn, OpenMenu, OpenService, OpenServices
from dialogs.screen import Button, Screen
from dialogs.speech import Speech
from dialogs.turn import Dialog, Reply, View, Visit

SHOWN = 5
QUERY = "query"
LONGEST_QUERY = 200


@dataclass(frozen=True, slots=True)
class OpenFound(Action):
    """What was found for the words that were typed last."""

    code: ClassVar[str] = "sf"


@dataclass(frozen=True, slots=True)
class Found:
    """The words, and the services they may mean."""

    query: str
    services: Sequence[Service]


def show_found(say: Speech, found: Found) -> Screen:
    """The services that fit, best first; or how else to go on."""
    rows: list[tuple[Button, ...]] = [
        (Button(say.of(each.short), OpenService(each.id)),) for each in found.services
    ]
    rows += [
        (Button(say.label("All services"), OpenServices()),),
        (
            Button(say.label("Go on where I was"), GoOn()),
            Button(say.label("Main menu"), OpenMenu()),
        ),
    ]
    text = (
        say("“{query}”\n\n<b>Is it one of these?</b>", query=found.query)
        if found.services
        else say(
            "I found nothing for “{query}”.\n\n<b>Try other words</b>, such as “kindergarten” or "
            "“guardianship”, or choose from the list.",
            query=found.query,
        )
    )
    return Screen(text, tuple(rows))


def found(visit: Visit, text: str) -> Reply:
    """Remember the words, and show what they lead to as an aside."""
    words = " ".join(text.split())[:LONGEST_QUERY]
    visit.person = replace(visit.person, memory={**visit.person.memory, QUERY: words})
    return Reply(OpenFound(), back_to=visit.where)


async def _found(visit: Visit, _: OpenFound) -> Found:
    query = str(visit.person.memory.get(QUERY, ""))
    library = visit.knowledge.library
    matches = visit.knowledge.search.find(query)
    return Found(query, [library.services[each.service] for each in matches[:SHOWN]])


DIALOG = Dialog(views=(View(OpenFound, _found, show_found),))
