"""Search: words in a person's own hand lead to services, in any spelling we can read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from core.directory.model import Office
from core.knowledge import Knowledge
from core.places.model import Place
from core.services.model import Service
from dialogs.action import Action
from dialogs.doors import FindOffice, GoOn, OpenOffice, OpenService, OpenServices
from dialogs.homeward import home
from dialogs.offices.actions import OfficesAt
from dialogs.offices.looking import place_in_full, short_name
from dialogs.offices.meaning import meant, place_among, telling
from dialogs.screen import Button, Screen, clipped
from dialogs.short_ids import short
from dialogs.speech import Speech
from dialogs.turn import Dialog, Reply, View, Visit

SHOWN = 5
OFFICES_SHOWN = 3
SURE_OF_AN_OFFICE, SURE_OF_A_PLACE, SPELLED_OUT = 0.75, 0.8, 0.96
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
    offices: Sequence[tuple[Office, str]] = ()
    places: Sequence[tuple[Place, str]] = ()


def show_found(say: Speech, found: Found) -> Screen:
    """The services that fit, best first; or how else to go on."""
    rows: list[tuple[Button, ...]] = [
        (Button(say.of(each.short), OpenService(each.id)),) for each in found.services
    ]
    rows += [(Button(clipped(name), OpenOffice(each.id)),) for each, name in found.offices]
    rows += [
        (
            Button(
                clipped(say.label("Offices: {place}", place=name)),
                OfficesAt(None, "p", short(place.id)),
            ),
        )
        for place, name in found.places
    ]
    if not (found.offices or found.places):
        rows.append((Button(say.label("Find an office"), FindOffice()),))
    rows += [
        (Button(say.label("All services"), OpenServices()),),
        (
            Button(say.label("Go on where I was"), GoOn()),
            home(say),
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
) -> tuple[Sequence[tuple[Office, str]], Sequence[tuple[Place, str]]]:
    """Offices and places that the words name more clearly than any service."""
    knowledge, query = visit.knowledge, telling(query)
    offices = [
        knowledge.directory.offices[each.office]
        for each in knowledge.offices.find(query)
        if each.score >= max(SURE_OF_AN_OFFICE, best)
    ]
    places = [
        each.place
        for each in knowledge.places.find(query).results
        if each.score >= max(SURE_OF_A_PLACE, best)
    ]
    if not offices and not places:
        offices, places = _guessed(knowledge, query, is_known=best > 0)
    # A place is named for its offices; they are shown behind it, not beside it.
    shown = [] if places else offices[:OFFICES_SHOWN]
    return (
        [(each, short_name(visit, each)) for each in shown],
        [
            (each, place_in_full(visit.say, each, knowledge.directory))
            for each in places[:OFFICES_SHOWN]
        ],
    )


def _guessed(
    knowledge: Knowledge, query: str, *, is_known: bool
) -> tuple[list[Office], list[Place]]:
    """What the words may mean where no office and no place is sure.

    Beside services only a place that is spelled out in full is worth a button.
    """
    if is_known:
        exact = place_among(knowledge, query, SPELLED_OUT).results
        return [], [each.place for each in exact[:1]]
    found = meant(knowledge, query)
    return list(found.offices), list(found.places)


DIALOG = Dialog(views=(View(OpenFound, _found, show_found),))
