"""Placing: where it was, of a parent who does not know the office, so that one above is found."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.places.model import Place
from dialogs.complaints.actions import AskPlace, SetPlace
from dialogs.complaints.drafting import facts_of_draft, leaving, onwards_from, own_draft
from dialogs.complaints.words import Facts
from dialogs.markup import paragraphs
from dialogs.offices.asking import LONGEST_WORDS
from dialogs.offices.looking import HOME, place_in_full, place_name, remember
from dialogs.offices.meaning import SURE
from dialogs.screen import Button, Screen, clipped
from dialogs.short_ids import name_of, short
from dialogs.speech import Speech
from dialogs.turn import (
    Dialog,
    Given,
    GoneError,
    Input,
    Located,
    Reply,
    Step,
    Typed,
    View,
    Visit,
    aside,
)

FOUND = "complaint places"
"""The places that the last words or position may mean, the likeliest first."""

MOST = 6


@dataclass(frozen=True, slots=True)
class Placing:
    """Places to choose from, each with what it lies in, and the one where the family lives."""

    facts: Facts
    places: Sequence[tuple[Place, str]]
    home: Place | None
    missed: bool


def show_placing(say: Speech, placing: Placing) -> Screen:
    """Where it was."""
    number = placing.facts.complaint.id
    rows: list[tuple[Button, ...]] = [
        (Button(clipped(name), SetPlace(number, short(place.id))),)
        for place, name in placing.places
    ]
    if placing.home is not None and not placing.places:
        name = place_name(say, placing.home)
        rows.append((Button(clipped(name), SetPlace(number, short(placing.home.id))),))
    rows.append((Button(say.label("Go on without a place"), SetPlace(number, None)),))
    question = (
        say("<b>Which of these places is it?</b> Or write it in other words.")
        if placing.places
        else say(
            "<b>Where was it?</b> Write the village, town or district, or share the position: I "
            "will find the office that is above."
        )
    )
    missed = say("I know no such place.") if placing.missed and not placing.places else None
    return Screen(paragraphs(missed, question), (*rows, leaving(say, placing.facts)))


async def _given(visit: Visit, asked: AskPlace, given: Given) -> Reply | None:
    draft = await own_draft(visit, asked.complaint)
    match given:
        case Typed(text):
            words = " ".join(text.split())[:LONGEST_WORDS]
            found = visit.knowledge.places.find(words)
            likely = [each.place.id for each in found.results if each.score >= SURE]
            if likely and not found.ambiguous:
                likely = likely[:1]
        case Located(latitude, longitude):
            finder = visit.knowledge.finder
            decided = finder.decided(latitude, longitude)
            likely = [decided] if decided else list(finder.likely_districts(latitude, longitude))
        case _:
            return None
    if len(likely) == 1:
        remember(visit, **{FOUND: None})
        return await onwards_from(visit, replace(draft, place=likely[0]))
    remember(visit, **{FOUND: likely[:MOST] or None})
    return Reply(AskPlace(draft.id, missed=not likely), back_to=visit.where)


async def _set(visit: Visit, said: SetPlace) -> Reply:
    draft = await own_draft(visit, said.complaint)
    remember(visit, **{FOUND: None})
    if said.place is None:
        unknown = replace(draft.said, unknown_place=True)
        return await onwards_from(visit, replace(draft, place=None, said=unknown))
    place = name_of(said.place, visit.knowledge.directory.places)
    if place is None:
        raise GoneError(said.place)
    return await onwards_from(visit, replace(draft, place=place))


async def _asked(visit: Visit, asked: AskPlace) -> Placing:
    facts = await facts_of_draft(visit, asked.complaint)
    directory = visit.knowledge.directory
    memory = visit.person.memory
    named = [directory.places[each] for each in memory.get(FOUND, ()) if each in directory.places]
    places = [(each, place_in_full(visit.say, each, directory)) for each in named]
    home = directory.places.get(str(memory.get(HOME, "")))
    return Placing(facts, places, home, asked.missed)


DIALOG = Dialog(
    views=(View(AskPlace, _asked, show_placing),),
    steps=(Step(AskPlace, aside), Step(SetPlace, _set)),
    inputs=(Input(AskPlace, _given),),
    passing={FOUND: (AskPlace,)},
)
