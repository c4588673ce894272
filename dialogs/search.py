"""Search: words in a person's own hand lead to services, in any spelling we can read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from core.directory.model import Office
from core.places.model import Place
from core.services.model import Service
from dialogs.action import Action
from dialogs.doors import GoOn, OpenMenu, OpenOffice, OpenService, OpenServices
from dialogs.offices.actions import OfficesAt
from dialogs.offices.looking import place_in_full
from dialogs.screen import Button, Screen, clipped
from dialogs.short_ids import short
from dialogs.speech import Speech
from dialogs.turn import Dialog, Reply, View, Visit

SHOWN = 5
OFFICES_SHOWN = 3
SURE_OF_AN_OFFICE, SURE_OF_A_PLACE = 0.75, 0.8
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
    offices: Sequence[Office] = ()
    places: Sequence[tuple[Place, str]] = ()


def show_found(say: Speech, found: Found) -> Screen:
    """The services that fit, best first; or how else to go on."""
    rows: list[tuple[Button, ...]] = [
        (Button(say.of(each.short), OpenService(each.id)),) for each in found.services
    ]
    rows += [(Button(clipped(say.of(each.name)), OpenOffice(each.id)),) for each in found.offices]
    rows += [
        (
            Button(
                clipped(say.label("Offices: {place}", place=name)),
                OfficesAt(None, "p", short(place.id)),
            ),
        )
        for place, name in found.places
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
        if found.services or found.offices or found.places
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
    services = [library.services[each.service] for each in matches[:SHOWN]]
    best = matches[0].score if matches else 0.0
    found = Found(query, services, *_elsewhere(visit, query, best))
    if not (found.services or found.offices or found.places):
        visit.missed = query
    return found


def _elsewhere(
    visit: Visit, query: str, best: float
) -> tuple[Sequence[Office], Sequence[tuple[Place, str]]]:
    """Offices and places that the words name more clearly than any service."""
    knowledge = visit.knowledge
    offices = [
        knowledge.directory.offices[each.office]
        for each in knowledge.offices.find(query)
        if each.score >= max(SURE_OF_AN_OFFICE, best) and each.office in knowledge.directory.offices
    ]
    places = [
        (each.place, place_in_full(visit.say, each.place, knowledge.directory))
        for each in knowledge.places.find(query).results
        if each.score >= max(SURE_OF_A_PLACE, best)
    ]
    # A place is named for its offices; they are shown behind it, not beside it.
    return () if places else offices[:OFFICES_SHOWN], places[:OFFICES_SHOWN]


DIALOG = Dialog(views=(View(OpenFound, _found, show_found),))
