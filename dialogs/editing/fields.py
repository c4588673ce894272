"""Editing an office in the chat: tap a field, send the new value, see old and new, confirm.

What was sent is remembered until it is saved or left, and is held against the office as it is at
each moment: whoever saves saves what they saw, or is shown what has changed meanwhile.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from markupsafe import Markup

from core.directory.bodies import Body, value_of, with_values
from core.directory.changes import Hand, edit
from core.directory.mistakes import MistakeError, Wrong
from core.directory.model import Kind
from core.directory.rewriting import Values, moved, pinned, pinned_at, rewritten
from core.knowledge import Knowledge
from core.places.model import Place
from core.places.nearest import distance_km
from core.reports import Report
from core.store import reports
from core.store.offices import Entry
from core.store.revision import touch_knowledge
from dialogs.action import Action
from dialogs.doors import OpenOffice
from dialogs.editing.actions import (
    KEEPERS,
    AskMerge,
    AskOfficeField,
    AskServed,
    AskServes,
    DropEdit,
    EditOffice,
    OpenHistory,
    PreviewEdit,
    PutField,
    PutPlace,
    SaveEdit,
)
from dialogs.editing.choosing import (
    as_words,
    entry_of,
    place_buttons,
    place_pressed,
    places_found,
)
from dialogs.editing.telling import tell_accepted
from dialogs.editing.topics import words_of
from dialogs.editing.values import (
    EDITABLE,
    NEEDED,
    PAGES,
    Difference,
    differences_told,
    example_of,
    field_called,
    pairs_of,
    shortly,
    value_told,
)
from dialogs.homeward import back_and_home, home
from dialogs.markup import bold, italic, lines, paragraphs, quote
from dialogs.offices.looking import remember
from dialogs.offices.mistakes import filled, mistake_phrases
from dialogs.paging import Page, turning
from dialogs.rights import guarded_input, guarded_step, guarded_view
from dialogs.screen import Button, Rows, Screen, clipped
from dialogs.speech import Speech
from dialogs.turn import Dialog, Given, GoneError, Located, Reply, Typed, Visit

EDIT = "office edit"
"""Under this name a keeper's memory holds what they sent for a field, until it is saved or left."""

REPORT = "report at hand"
"""Under this name it holds the report that they are putting right."""

FAR_KM = 30
SHOWN_OF_VALUE = 90
CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Edited:
    """One page of an office with what its fields hold."""

    body: Body
    knowledge: Knowledge
    page: Page[str]
    today: str
    report: str = ""
    """What a parent said, if that is being put right."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The question for a value: what stands there, and what was wrong with the last."""

    body: Body
    knowledge: Knowledge
    field: str
    mistake: str = ""
    sent: str = ""
    places: Sequence[Place] = ()
    report: str = ""


@dataclass(frozen=True, slots=True)
class Previewed:
    """What would change."""

    body: Body
    differences: Sequence[Difference]
    knowledge: Knowledge
    field: str
    mark: int
    closes: bool | None = None
    """Whether it would be closed or opened again, if either."""
    away_km: float = 0.0
    """How far its position would move, if that is far."""


def show_office(say: Speech, edited: Edited) -> Screen:
    """What it holds, a line each, and a button for each."""
    body, knowledge = edited.body, edited.knowledge
    called = {each: field_called(say, knowledge.around, each) for each in edited.page.items}
    told = [
        lines(
            bold(name),
            Markup.escape(shortly(say, value_told(say, knowledge, body, each), SHOWN_OF_VALUE)),
        )
        for each, name in called.items()
    ]
    buttons = [Button(clipped(name), asking(body["id"], each)) for each, name in called.items()]
    text = paragraphs(
        lines(bold(body["name"][say.language]), italic(_state(say, body))),
        report_line(say, edited.report),
        *told,
        say("<b>What shall we change?</b>"),
    )
    return Screen(
        text,
        (
            *(tuple(buttons[each : each + 2]) for each in range(0, len(buttons), 2)),
            *turning(say, edited.page, lambda number: EditOffice(body["id"], number)),
            *_whole_rows(say, edited),
        ),
    )


def report_line(say: Speech, words: str) -> Markup | None:
    """What a parent said, while it is put right."""
    return lines(say("A parent says:"), quote(words)) if words else None


def _state(say: Speech, body: Body) -> str:
    if body["closed"]:
        return say.label("No. {id}, closed for good", id=body["id"])
    return say.label("No. {id}", id=body["id"])


def _whole_rows(say: Speech, edited: Edited) -> Rows:
    """What can be done with the office as a whole."""
    office = edited.body["id"]
    closing = (
        Button(say.label("Open it again"), PutField(office, CLOSED))
        if edited.body["closed"]
        else Button(say.label("Close it for good"), PutField(office, CLOSED, "1"))
    )
    checked = Button(
        say.label("All is right: checked today"), PutField(office, "verified_on", edited.today)
    )
    return (
        (checked,),
        (closing, Button(say.label("Join two records"), AskMerge(office))),
        (
            Button(say.label("To its card"), OpenOffice(office)),
            Button(say.label("Its history"), OpenHistory(office)),
        ),
        (home(say),),
    )


def show_asking(say: Speech, asked: Asked) -> Screen:
    """What stands there now, what was wrong, and what may be written."""
    office, field, around = asked.body["id"], asked.field, asked.knowledge.around
    present = value_told(say, asked.knowledge, asked.body, field)
    example = example_of(say, field)
    text = paragraphs(
        lines(bold(asked.body["name"][say.language]), italic(field_called(say, around, field))),
        report_line(say, asked.report),
        Markup("⚠ {}").format(asked.mistake) if asked.mistake else None,
        quote(asked.sent) if asked.mistake and asked.sent not in asked.mistake else None,
        say("Now: <code>{text}</code>", text=present) if present else say("Now: nothing"),
        say("For example: {example}", example=example) if example else None,
        _question(say, asked),
    )
    rows: list[tuple[Button, ...]] = []
    if field == "kind":
        kinds = [
            Button(clipped(say.of(asked.knowledge.kinds[each])), PutField(office, field, each))
            for each in get_args(Kind)
        ]
        rows += [(each,) for each in kinds]
    rows += place_buttons(
        say, asked.knowledge.directory, asked.places, lambda place: PutPlace(office, place)
    )
    if present and field not in NEEDED:
        rows.append((Button(say.label("Leave it empty"), PutField(office, field)),))
    return Screen(text, (*rows, _leaving(say, office, field)))


def _question(say: Speech, asked: Asked) -> Markup:
    if asked.places:
        return say("<b>Which of these places is it?</b> Or write another name.")
    in_kazakh, in_russian = say("<b>Write it in Kazakh.</b>"), say("<b>Write it in Russian.</b>")
    several = say("<b>Write all that shall stand there</b>, one after another.")
    questions = {
        "place": say("<b>In which place is it?</b> Write its name."),
        "point": say(
            "<b>Where is it?</b> Send a location or a venue (📎 → Location), or write two numbers."
        ),
        "kind": say("<b>Which kind is it?</b>"),
        "name_kk": in_kazakh,
        "address_kk": in_kazakh,
        "name_ru": in_russian,
        "address_ru": in_russian,
        "phones": several,
        "faxes": several,
        "emails": several,
        "websites": several,
    }
    return questions.get(asked.field, say("<b>What shall stand there?</b>"))


def _leaving(say: Speech, office: str, field: str) -> tuple[Button, ...]:
    return back_and_home(say, EditOffice(office, page_with(field)))


def show_preview(say: Speech, seen: Previewed) -> Screen:
    """Old and new of all that changes, and whether it is to be saved."""
    office = seen.body["id"]
    text = paragraphs(
        bold(seen.body["name"][say.language]),
        *(difference_line(say, seen.knowledge, each) for each in seen.differences),
        _warning(say, seen),
        say("<b>Save it?</b>"),
    )
    again = (
        ()
        if seen.field not in EDITABLE
        else (Button(say.label("Write it otherwise"), asking(office, seen.field)),)
    )
    return Screen(
        text,
        (
            (Button(say.label("Yes, save it"), SaveEdit(office, seen.mark)),),
            (*again, Button(say.label("Leave it as it is"), DropEdit(office))),
            (home(say),),
        ),
    )


def difference_line(say: Speech, knowledge: Knowledge, each: Difference) -> Markup:
    """One field, what it held and what it holds."""
    return say(
        "<b>{field}</b>\n{old}\n→ {new}",
        field=field_called(say, knowledge.around, each.name),
        old=shortly(say, each.old),
        new=shortly(say, each.new),
    )


def _warning(say: Speech, seen: Previewed) -> Markup | None:
    if seen.closes:
        return say(
            "It leaves lists and search. Complaints and links about it still show its card, and it "
            "can be opened again."
        )
    if seen.away_km:
        away = say.number(round(seen.away_km))
        return say("⚠ This is {away} km from where it was. Is it the right place?", away=away)
    return None


def asking(office: str, field: str) -> AskOfficeField | AskServes:
    """Where a field is asked for."""
    return AskServes(office) if field == "serves" else AskOfficeField(office, field)


def page_with(field: str) -> int:
    """The page on which a field stands."""
    return next((number for number, page in enumerate(PAGES) if field in page), 0)


def keep_given(visit: Visit, office: str, field: str, how: str, given: Any) -> None:
    """Remember what was sent for a field."""
    kept = {"office": office, "field": field, "how": how, "given": given}
    remember(visit, **{EDIT: kept})


def kept_for(visit: Visit, office: str) -> Mapping[str, Any]:
    """What was sent for a field of this office."""
    kept: Mapping[str, Any] | None = visit.person.memory.get(EDIT)
    if kept is None or kept["office"] != office:
        raise GoneError(office)
    return kept


def values_of(visit: Visit, body: Body, kept: Mapping[str, Any]) -> Values:
    """What was sent, as the fields of the office as it is now; raises MistakeError."""
    around = visit.knowledge.around.on(visit.say.day(visit.now))
    given = kept["given"]
    match kept["how"]:
        case "point":
            return pinned(body, given[0], given[1], around)
        case "served":
            return {"serves": given} if given != body["serves"] else {}
        case "words":
            raise MistakeError(Wrong.PLACE, given=given)
        case "place":
            return moved(body, around.places[given], around.places)
        case _ if kept["field"] == "point" and given:
            return pinned_at(body, given, around)
        case _ if kept["field"] == "point":
            return {"lat": None, "lon": None, "position": None}
        case _:
            return rewritten(body, kept["field"], given, around)


async def _edited(visit: Visit, opened: EditOffice) -> Edited:
    entry = await entry_of(visit, opened.office)
    number = min(max(opened.page, 0), len(PAGES) - 1)
    today = visit.say.day(visit.now).isoformat()
    page = Page(PAGES[number], number, len(PAGES) - 1)
    return Edited(entry.body, visit.knowledge, page, today, await _reported(visit, entry.id))


async def _asked(visit: Visit, opened: AskOfficeField) -> Asked:
    if opened.field not in EDITABLE or opened.field == "serves":
        raise GoneError(opened.field)
    body = (await entry_of(visit, opened.office)).body
    kept: Mapping[str, Any] = visit.person.memory.get(EDIT) or {}
    report = await _reported(visit, body["id"])
    if (kept.get("office"), kept.get("field")) != (body["id"], opened.field):
        return Asked(body, visit.knowledge, opened.field, report=report)
    places = places_found(visit, kept["given"]) if kept["how"] == "words" else ()
    mistake = kept.get("mistake")
    said = filled(mistake_phrases(visit.say)[mistake["wrong"]], mistake["facts"]) if mistake else ""
    sent = kept["given"] if kept["how"] == "text" else ""
    return Asked(body, visit.knowledge, opened.field, said, sent or "", places, report)


async def report_at_hand(visit: Visit, office: str) -> Report | None:
    """The report about this office that is being put right."""
    kept = visit.person.memory.get(REPORT)
    if kept is None or kept["office"] != office:
        return None
    return await reports.find(visit.tx, kept["report"])


async def _reported(visit: Visit, office: str) -> str:
    report = await report_at_hand(visit, office)
    return words_of(report) if report else ""


async def _given(visit: Visit, asked: AskOfficeField, given: Given) -> Reply | None:
    entry = await entry_of(visit, asked.office)
    match given:
        case Located() as at:
            return _pinned(visit, entry, at)
        case Typed(text) if asked.field == "place":
            return _place_named(visit, entry, as_words(text))
        case Typed(text):
            return taken(visit, entry, asked.field, "text", text)
        case _:
            return None


async def _located(visit: Visit, opened: EditOffice, given: Given) -> Reply | None:
    """A location that is sent to an office is its own."""
    if not isinstance(given, Located):
        return None
    return _pinned(visit, await entry_of(visit, opened.office), given)


def _pinned(visit: Visit, entry: Entry, at: Located) -> Reply:
    return taken(visit, entry, "point", "point", [at.latitude, at.longitude])


def _place_named(visit: Visit, entry: Entry, words: str) -> Reply:
    found = places_found(visit, words)
    if not found:
        mistake = {"wrong": Wrong.PLACE.value, "facts": {"given": words}}
        kept = {"office": entry.id, "field": "place", "how": "words", "given": words}
        remember(visit, **{EDIT: {**kept, "mistake": mistake}})
        return Reply(AskOfficeField(entry.id, "place"))
    if len(found) == 1:
        return taken(visit, entry, "place", "place", found[0].id)
    keep_given(visit, entry.id, "place", "words", words)
    return Reply(AskOfficeField(entry.id, "place"))


def taken(visit: Visit, entry: Entry, field: str, how: str, given: Any) -> Reply:
    """A value that was given leads to its preview, or back with what is wrong."""
    keep_given(visit, entry.id, field, how, given)
    kept = kept_for(visit, entry.id)
    try:
        values = values_of(visit, entry.body, kept)
    except MistakeError as mistake:
        if field not in EDITABLE:
            raise GoneError(field) from mistake
        said = {"wrong": mistake.wrong.value, "facts": mistake.facts}
        remember(visit, **{EDIT: {**kept, "mistake": said}})
        return Reply(AskOfficeField(entry.id, field))
    if not values:
        remember(visit, **{EDIT: None})
        view = AskOfficeField(entry.id, field) if field in EDITABLE else EditOffice(entry.id)
        return Reply(view, toast=visit.say.label("It says so already."))
    return Reply(PreviewEdit(entry.id))


async def _put(visit: Visit, pressed: PutField) -> Reply:
    if pressed.field not in (*EDITABLE, CLOSED) or (
        pressed.value is None and pressed.field in NEEDED
    ):
        raise GoneError(pressed.field)
    entry = await entry_of(visit, pressed.office)
    return taken(visit, entry, pressed.field, "text", pressed.value)


async def _put_place(visit: Visit, pressed: PutPlace) -> Reply:
    entry = await entry_of(visit, pressed.office)
    place = place_pressed(visit, pressed.place)
    return taken(visit, entry, "place", "place", place.id)


async def _previewed(visit: Visit, opened: PreviewEdit) -> Previewed:
    entry = await entry_of(visit, opened.office)
    kept = kept_for(visit, entry.id)
    try:
        values = values_of(visit, entry.body, kept)
    except MistakeError as mistake:
        raise GoneError(opened.office) from mistake
    pairs = pairs_of(entry.body, values)
    told = tuple(differences_told(visit.say, visit.knowledge, pairs, entry.body))
    return Previewed(
        entry.body,
        told,
        visit.knowledge,
        kept["field"],
        mark_of(entry.body, values),
        values.get(CLOSED),
        _away(entry.body, values),
    )


def _away(body: Body, values: Values) -> float:
    after = with_values(body, values)
    if after["position"] != "exact" or None in (body["lat"], after["lat"]):
        return 0.0
    away = distance_km(body["lat"], body["lon"], after["lat"], after["lon"])
    return away if away > FAR_KM else 0.0


def mark_of(body: Body, values: Values) -> int:
    """What tells one change of one state from every other."""
    pairs = {name: [value_of(body, name), value] for name, value in values.items()}
    return zlib.crc32(json.dumps(pairs, sort_keys=True).encode())


async def _save(visit: Visit, pressed: SaveEdit) -> Reply:
    if EDIT not in visit.person.memory:
        # A second tap, or a preview that was left: the office as it is tells which.
        nothing = visit.say.label("There is nothing left to save. Here is the office as it is.")
        return Reply(EditOffice(pressed.office), toast=nothing)
    # From here on all others who change offices wait: what is read is still so when it is written.
    await touch_knowledge(visit.tx)
    entry = await entry_of(visit, pressed.office)
    kept = kept_for(visit, entry.id)
    try:
        values = values_of(visit, entry.body, kept)
    except MistakeError:
        return _look_again(visit, asking(entry.id, kept["field"]))
    if not values:
        remember(visit, **{EDIT: None})
        return _look_again(visit, EditOffice(entry.id))
    if mark_of(entry.body, values) != pressed.mark:
        return _look_again(visit, PreviewEdit(entry.id))
    return await _written(visit, entry, values, EditOffice(entry.id, page_with(kept["field"])))


def _look_again(visit: Visit, view: Action) -> Reply:
    meanwhile = visit.say.label("It has changed meanwhile. Please look again.")
    return Reply(view, toast=meanwhile, alert=True)


async def _written(visit: Visit, entry: Entry, values: Values, view: EditOffice) -> Reply:
    """Write it; whoever reported it is thanked."""
    hand, accepted = Hand("chat", visit.person.id), None
    if REPORT in visit.person.memory:
        accepted = await _accepted(visit, entry.id)
        if accepted is None:
            # Nothing is put right twice: whoever was faster has looked at it, too.
            remember(visit, **{EDIT: None, REPORT: None})
            late = visit.say.label("Somebody else has settled this report. Nothing was changed.")
            return Reply(view, toast=late, alert=True)
        hand = Hand("report", visit.person.id, report_id=accepted.id)
    await edit(visit.tx, hand, entry.id, values, visit.now)
    remember(visit, **{EDIT: None, REPORT: None})
    if accepted is None:
        return Reply(view, toast=visit.say.label("It is saved."))
    await tell_accepted(visit, accepted)
    return Reply(view, toast=visit.say.label("It is saved, and the parent is told."))


async def _accepted(visit: Visit, office: str) -> Report | None:
    """The report at hand, accepted; None if somebody else has settled it, or it was erased."""
    report = await report_at_hand(visit, office)
    if report is None:
        return None
    return await reports.turn_out(
        visit.tx, report, "accepted", visit.now, decided_by=visit.person.id
    )


async def _drop(visit: Visit, pressed: DropEdit) -> Reply:
    kept: Mapping[str, Any] = visit.person.memory.get(EDIT) or {}
    remember(visit, **{EDIT: None})
    page = page_with(str(kept.get("field", "")))
    return Reply(EditOffice(pressed.office, page), toast=visit.say.label("Nothing was changed."))


DIALOG = Dialog(
    views=(
        guarded_view(EditOffice, _edited, show_office, *KEEPERS),
        guarded_view(AskOfficeField, _asked, show_asking, *KEEPERS),
        guarded_view(PreviewEdit, _previewed, show_preview, *KEEPERS),
    ),
    steps=(
        guarded_step(PutField, _put, *KEEPERS),
        guarded_step(PutPlace, _put_place, *KEEPERS),
        guarded_step(SaveEdit, _save, *KEEPERS),
        guarded_step(DropEdit, _drop, *KEEPERS),
    ),
    inputs=(
        guarded_input(AskOfficeField, _given, *KEEPERS),
        guarded_input(EditOffice, _located, *KEEPERS),
    ),
    passing={
        EDIT: (AskOfficeField, AskServes, AskServed, PreviewEdit),
        REPORT: (EditOffice, AskOfficeField, AskServes, AskServed, PreviewEdit),
    },
)
