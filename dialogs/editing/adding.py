"""Adding an office: its kind, its place, its name in both languages; the rest on its own page."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from markupsafe import Markup

from core.directory.as_json import office_json
from core.directory.changes import Hand, add, new_ids
from core.directory.fields import BY_NAME
from core.directory.mistakes import MistakeError
from core.directory.model import Kind, Office
from core.directory.planning import usual_services
from core.directory.settling import EMPTY, position_of
from core.knowledge import Knowledge
from core.places.model import Place
from core.places.within import stand_in
from core.store.revision import touch_knowledge
from dialogs.action import Action
from dialogs.editing.actions import (
    KEEPERS,
    AddOffice,
    AskNewKind,
    AskNewName,
    AskNewPlace,
    EditOffice,
    FindToEdit,
    PreviewNew,
    SetNewKind,
    SetNewPlace,
)
from dialogs.editing.choosing import (
    as_words,
    office_label,
    place_buttons,
    place_pressed,
    places_found,
)
from dialogs.editing.values import field_called, value_told
from dialogs.homeward import back_and_home
from dialogs.markup import bold, lines, paragraphs, quote
from dialogs.offices.looking import place_in_full, remember, short_name
from dialogs.offices.mistakes import mistake_said
from dialogs.rights import guarded_input, guarded_step, guarded_view
from dialogs.screen import Button, Screen, clipped
from dialogs.speech import LANGUAGES, Speech
from dialogs.turn import Dialog, Given, GoneError, Reply, Typed, Visit

NEW = "office to add"
"""Under this name a keeper's memory holds the office that is being put together."""

TWINS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Placing:
    """The kind so far, and the places that the last words name."""

    kind: str
    knowledge: Knowledge
    words: str
    places: Sequence[Place]


@dataclass(frozen=True, slots=True)
class Naming:
    """The question for the name in one language."""

    kind: str
    where: str
    language: str
    knowledge: Knowledge
    mistake: str = ""
    sent: str = ""


@dataclass(frozen=True, slots=True)
class New:
    """What would be added, and open offices that may be the same."""

    body: dict[str, Any]
    knowledge: Knowledge
    twins: Sequence[tuple[Office, str]]
    mark: int


def show_kinds(say: Speech, knowledge: Knowledge) -> Screen:
    """The kinds of offices."""
    rows = tuple(
        (Button(clipped(say.of(knowledge.kinds[each])), SetNewKind(each)),)
        for each in get_args(Kind)
    )
    return Screen(
        say("<b>What kind of office shall be added?</b>"),
        (*rows, _leaving(say, FindToEdit())),
    )


def show_places(say: Speech, placing: Placing) -> Screen:
    """The places that were found, and the question for one."""
    knowledge = placing.knowledge
    missed = placing.words and not placing.places
    text = paragraphs(
        bold(_capital(say.of(knowledge.kinds[_kind(placing.kind)]))),
        say("I know no place like “{words}”.", words=placing.words) if missed else None,
        say("<b>Which of these places is it?</b> Or write another name.")
        if placing.places
        else say(
            "<b>In which place is it?</b>\nWrite the name of the village, town, district or region."
        ),
    )
    rows = place_buttons(say, knowledge.directory, placing.places, SetNewPlace)
    return Screen(text, (*rows, _leaving(say, AskNewKind())))


def show_name(say: Speech, naming: Naming) -> Screen:
    """The question for the name in one of the languages."""
    back = AskNewPlace() if naming.language == LANGUAGES[0] else AskNewName(LANGUAGES[0])
    text = paragraphs(
        lines(
            bold(_capital(say.of(naming.knowledge.kinds[_kind(naming.kind)]))),
            Markup.escape(naming.where),
        ),
        Markup("⚠ {}").format(naming.mistake) if naming.mistake else None,
        quote(naming.sent) if naming.mistake and naming.sent else None,
        say("<b>What is its full name in Kazakh?</b>")
        if naming.language == LANGUAGES[0]
        else say("<b>What is its full name in Russian?</b>"),
    )
    return Screen(text, (_leaving(say, back),))


def show_new(say: Speech, new: New) -> Screen:
    """All that is known of it, and what is there already."""
    told = ("name_kk", "name_ru", "kind", "place", "point", "serves")
    values = ((each, value_told(say, new.knowledge, new.body, each)) for each in told)
    text = paragraphs(
        *(
            lines(bold(field_called(say, new.knowledge.around, name)), Markup.escape(value))
            for name, value in values
            if value
        ),
        say("⚠ There is an office of this kind and name already. Press it to see it.")
        if new.twins
        else None,
        say("<b>Add it?</b> Address, phones and hours come next."),
    )
    directory = new.knowledge.directory
    twins = tuple(
        (Button(office_label(say, directory, each, name), EditOffice(each.id)),)
        for each, name in new.twins
    )
    return Screen(
        text,
        (
            *twins,
            (Button(say.label("Yes, add it"), AddOffice(new.mark)),),
            _leaving(say, AskNewName(LANGUAGES[-1])),
        ),
    )


def _leaving(say: Speech, back: Action) -> tuple[Button, ...]:
    return back_and_home(say, back)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _kind(name: str) -> Kind:
    found = next((each for each in get_args(Kind) if each == name), None)
    if found is None:
        raise GoneError(name)
    kind: Kind = found
    return kind


def new_so_far(visit: Visit, *needed: str) -> dict[str, Any]:
    """What is being put together, if it has come so far."""
    kept: dict[str, Any] | None = visit.person.memory.get(NEW)
    if kept is None or any(not kept.get(each) for each in needed):
        raise GoneError(NEW)
    return kept


def _with(visit: Visit, **parts: Any) -> None:
    remember(visit, **{NEW: {**new_so_far(visit), "words": "", "mistake": "", **parts}})


async def _kinds(visit: Visit, _: AskNewKind) -> Knowledge:
    return visit.knowledge


async def _set_kind(visit: Visit, pressed: SetNewKind) -> Reply:
    kept = visit.person.memory.get(NEW) or {}
    remember(visit, **{NEW: {**kept, "kind": _kind(pressed.kind), "words": "", "mistake": ""}})
    return Reply(AskNewPlace())


async def _placing(visit: Visit, _: AskNewPlace) -> Placing:
    kept = new_so_far(visit, "kind")
    words = kept["words"]
    return Placing(kept["kind"], visit.knowledge, words, places_found(visit, words))


async def _typed_place(visit: Visit, _: AskNewPlace, given: Given) -> Reply | None:
    if not isinstance(given, Typed):
        return None
    words = as_words(given.text)
    found = places_found(visit, words)
    if len(found) == 1:
        _with(visit, place=found[0].id)
        return Reply(AskNewName(LANGUAGES[0]))
    _with(visit, words=words)
    return Reply(AskNewPlace())


async def _set_place(visit: Visit, pressed: SetNewPlace) -> Reply:
    _with(visit, place=place_pressed(visit, pressed.place).id)
    return Reply(AskNewName(LANGUAGES[0]))


async def _naming(visit: Visit, asked: AskNewName) -> Naming:
    if asked.language not in LANGUAGES:
        raise GoneError(asked.language)
    kept = new_so_far(visit, "kind", "place")
    directory = visit.knowledge.directory
    where = place_in_full(visit.say, directory.places[kept["place"]], directory)
    return Naming(
        kept["kind"], where, asked.language, visit.knowledge, kept["mistake"], kept["words"]
    )


async def _typed_name(visit: Visit, asked: AskNewName, given: Given) -> Reply | None:
    if not isinstance(given, Typed):
        return None
    try:
        name = BY_NAME[f"name_{asked.language}"].taken(given.text, EMPTY, visit.knowledge.around)
    except MistakeError as mistake:
        _with(visit, words=given.text, mistake=mistake_said(visit.say, mistake))
        return Reply(asked)
    _with(visit, **{asked.language: name})
    last = asked.language == LANGUAGES[-1]
    return Reply(PreviewNew() if last else AskNewName(LANGUAGES[-1]))


def _body(visit: Visit, office: str = "") -> dict[str, Any]:
    """The office as it would be added: with a position and services as those beside it have."""
    kept = new_so_far(visit, "kind", "place", *LANGUAGES)
    directory = visit.knowledge.directory
    where = stand_in(directory.places, directory.places[kept["place"]])
    body = {
        **EMPTY,
        "id": office,
        "kind": kept["kind"],
        "name": {each: kept[each] for each in LANGUAGES},
        **where,
    }
    beside = (
        office_json(each)
        for each in directory.offices.values()
        if (each.kind, each.region, each.closed) == (body["kind"], body["region"], False)
    )
    services = usual_services(beside, body["kind"], body["region"])
    return {**body, **position_of(body, directory.places), "serves": services}


def _mark(body: dict[str, Any]) -> int:
    return zlib.crc32(json.dumps({**body, "id": ""}, sort_keys=True).encode())


def _twins(visit: Visit, body: dict[str, Any]) -> list[Office]:
    names = {each.casefold() for each in body["name"].values()}
    return [
        each
        for each in visit.knowledge.directory.offices.values()
        if each.kind == body["kind"]
        and each.region == body["region"]
        and {each.name.kk.casefold(), each.name.ru.casefold()} & names
    ][:TWINS_SHOWN]


async def _new(visit: Visit, _: PreviewNew) -> New:
    body = _body(visit)
    twins = [(each, short_name(visit, each)) for each in _twins(visit, body)]
    return New(body, visit.knowledge, twins, _mark(body))


async def _add(visit: Visit, pressed: AddOffice) -> Reply:
    if NEW not in visit.person.memory:
        # A second tap: it was added.
        return Reply(FindToEdit())
    if _mark(_body(visit)) != pressed.mark:
        other = visit.say.label("This button is from before. Here is what would be added now.")
        return Reply(PreviewNew(), toast=other, alert=True)
    # The number is chosen while all others who add wait.
    await touch_knowledge(visit.tx)
    office = (await new_ids(visit.tx, 1))[0]
    await add(visit.tx, Hand("chat", visit.person.id), _body(visit, office), visit.now)
    remember(visit, **{NEW: None})
    return Reply(EditOffice(office), toast=visit.say.label("It is added."))


STEPS = (AskNewKind, AskNewPlace, AskNewName, PreviewNew)

DIALOG = Dialog(
    views=(
        guarded_view(AskNewKind, _kinds, show_kinds, *KEEPERS),
        guarded_view(AskNewPlace, _placing, show_places, *KEEPERS),
        guarded_view(AskNewName, _naming, show_name, *KEEPERS),
        guarded_view(PreviewNew, _new, show_new, *KEEPERS),
    ),
    steps=(
        guarded_step(SetNewKind, _set_kind, *KEEPERS),
        guarded_step(SetNewPlace, _set_place, *KEEPERS),
        guarded_step(AddOffice, _add, *KEEPERS),
    ),
    inputs=(
        guarded_input(AskNewPlace, _typed_place, *KEEPERS),
        guarded_input(AskNewName, _typed_name, *KEEPERS),
    ),
    passing={NEW: STEPS},
)
