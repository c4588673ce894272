"""Editing texts and terms of a draft in the chat, each checked as soon as it is typed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup
from pydantic import ValidationError

from core.publishing import faults_at_sight
from core.services.editing import (
    LONGEST_TEXT,
    Slot,
    parts_of,
    read_month_day,
    read_number,
    slot_at,
    slots,
    with_value,
)
from core.services.mistakes import Mistake, mistake
from core.services.model import Service
from core.services.sources import Text
from core.services.wording import wording_faults
from core.store import services
from dialogs.action import Action
from dialogs.homeward import back_and_home
from dialogs.markup import bold, italic, lines, paragraphs
from dialogs.paging import Page, page_of, turning
from dialogs.publishing.actions import AskValue, OpenDraft, OpenParts, OpenSlots
from dialogs.publishing.facts import MISTAKES, own_draft, read_mistake, write_mistake
from dialogs.publishing.versions import PUBLISHERS
from dialogs.publishing.words import field_name, mistake_line, part_name
from dialogs.rights import guarded_input, guarded_view
from dialogs.screen import Button, Screen, clipped
from dialogs.speech import LANGUAGES, Speech
from dialogs.turn import Dialog, Given, GoneError, Reply, Typed, Visit

SLOTS_A_PAGE = 5
GLIMPSE = 110


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft, and a page of what can be changed in one of its parts."""

    draft: int
    service: Service
    part: str | None = None
    page: Page[Slot] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A value that is asked for, and what was wrong with what was typed."""

    draft: int
    service: Service
    slot: Slot
    language: str | None
    mistakes: Sequence[Mistake]


def show_parts(say: Speech, opened: Opened) -> Screen:
    """The parts in which there is something to change."""
    buttons = [
        Button(part_name(say, part), OpenSlots(opened.draft, part))
        for part in parts_of(opened.service)
    ]
    return Screen(
        paragraphs(
            bold(say.of(opened.service.short)),
            say(
                "Here you change texts and the numbers of terms. Questions, rules and conditions "
                "are changed in the file."
            ),
            say("<b>What shall we change?</b>"),
        ),
        (
            *(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)),
            back_and_home(say, OpenDraft(opened.draft)),
        ),
    )


def show_slots(say: Speech, opened: Opened) -> Screen:
    """The texts and numbers of one part, numbered."""
    page, part = opened.page, opened.part
    if page is None or part is None:
        raise GoneError(opened.draft)
    first = page.number * SLOTS_A_PAGE + 1
    numbered = list(enumerate(page.items, start=first))
    rows = (tuple(_slot_buttons(say, opened.draft, number, slot)) for number, slot in numbered)
    return Screen(
        paragraphs(
            lines(bold(say.of(opened.service.short)), italic(part_name(say, part))),
            *(_slot_line(say, number, slot) for number, slot in numbered),
            say("<b>Which one shall we change?</b>"),
        ),
        (
            *rows,
            *turning(say, page, lambda number: OpenSlots(opened.draft, part, number)),
            back_and_home(say, OpenParts(opened.draft)),
        ),
    )


def show_asking(say: Speech, asked: Asked) -> Screen:
    """What stands there now, and the question for what shall."""
    slot = asked.slot
    return Screen(
        paragraphs(
            lines(bold(say.of(asked.service.short)), italic(_slot_name(say, slot))),
            lines(*(mistake_line(say, each) for each in asked.mistakes))
            if asked.mistakes
            else None,
            say("Now: {text}", text=_present(say, slot, asked.language)),
            _question(say, slot, asked.language),
        ),
        (back_and_home(say, OpenSlots(asked.draft, slot.part)),),
    )


def _question(say: Speech, slot: Slot, language: str | None) -> Markup:
    match slot.kind:
        case "number":
            return say("<b>Which number shall stand there?</b> The texts must say the same.")
        case "day":
            return say("<b>Which day shall stand there?</b> Write day and month, such as 01.06")
        case _ if language == LANGUAGES[0]:
            return say("<b>Write the text in Kazakh.</b>")
        case _:
            return say("<b>Write the text in Russian.</b>")


def _slot_buttons(say: Speech, draft: int, number: int, slot: Slot) -> Iterator[Button]:
    if slot.kind != "text":
        label = say.label("{number}. Change", number=number)
        yield Button(label, AskValue(draft, slot.written))
        return
    names = {"kk": say.label("{number}. In Kazakh", number=number)}
    names["ru"] = say.label("{number}. In Russian", number=number)
    for language in LANGUAGES:
        yield Button(clipped(names[language]), AskValue(draft, slot.written, language))


def _slot_line(say: Speech, number: int, slot: Slot) -> Markup:
    shown = _present(say, slot, None)
    return say(
        "{number}. <i>{name}</i>: {text}",
        number=number,
        name=_slot_name(say, slot),
        text=shown if len(shown) <= GLIMPSE else f"{shown[:GLIMPSE]}…",
    )


def _slot_name(say: Speech, slot: Slot) -> str:
    """The part, and the key if it says more."""
    part = part_name(say, slot.part)
    name = field_name(say, slot.field)
    return part if len(slot.path) == 1 or slot.field == "text" else f"{part} · {name}"


def _present(say: Speech, slot: Slot, language: str | None) -> str:
    match slot.value:
        case Text():
            return slot.value.said(language or say.language)
        case int():
            return say.number(slot.value)
        case _:
            month, _, day = slot.value.partition("-")
            return f"{day}.{month}"


async def _parts(visit: Visit, opened: OpenParts) -> Opened:
    draft = await own_draft(visit, opened.draft)
    return Opened(draft.id, Service.model_validate(draft.body))


async def _slots(visit: Visit, opened: OpenSlots) -> Opened:
    draft = await own_draft(visit, opened.draft)
    service = Service.model_validate(draft.body)
    found = slots(service, opened.part)
    if not found:
        raise GoneError(opened.part)
    page = page_of(found, opened.page, SLOTS_A_PAGE)
    return Opened(draft.id, service, opened.part, page)


async def _asked(visit: Visit, asked: AskValue) -> Asked:
    draft = await own_draft(visit, asked.draft)
    service = Service.model_validate(draft.body)
    slot = _slot(service, asked)
    kept = visit.person.memory.get(MISTAKES) or {}
    mistakes = kept.get("typed", ()) if kept.get("at") == asked.pack() else ()
    return Asked(draft.id, service, slot, asked.language, [read_mistake(e) for e in mistakes])


def _slot(service: Service, asked: AskValue) -> Slot:
    slot = slot_at(service, asked.path)
    if slot is None or (asked.language in LANGUAGES) is not (slot.kind == "text"):
        raise GoneError(asked.path)
    return slot


async def _typed(visit: Visit, asked: AskValue, given: Given) -> Reply | None:
    if not isinstance(given, Typed):
        return None
    draft = await own_draft(visit, asked.draft)
    service = Service.model_validate(draft.body)
    slot = _slot(service, asked)
    value = read_value(slot, asked.language, given.text)
    if isinstance(value, Mistake):
        return _wrong(visit, asked, [value])
    path = slot.path if asked.language is None else (*slot.path, asked.language)
    body = with_value(draft.body, path, value)
    faults = _faults(visit, body)
    if faults:
        return _wrong(visit, asked, faults)
    await services.keep_draft(
        visit.tx,
        draft.service,
        body,
        based_on=draft.based_on,
        person=visit.person.id,
        now=visit.now,
    )
    return Reply(_next(slot, asked))


def _next(slot: Slot, asked: AskValue) -> Action:
    """After the Kazakh text the Russian one, so that neither is forgotten; then the list."""
    if asked.language == LANGUAGES[0]:
        return AskValue(asked.draft, asked.path, LANGUAGES[1])
    return OpenSlots(asked.draft, slot.part)


def read_value(slot: Slot, language: str | None, typed: str) -> str | int | Mistake:
    """What was typed, as the slot takes it; or what is wrong with it."""
    match slot.kind:
        case "number":
            return read_number(typed)
        case "day":
            return read_month_day(typed)
        case _:
            words = " ".join(typed.split())
            if len(words) > LONGEST_TEXT:
                return mistake("that is longer than {most} letters", most=LONGEST_TEXT)
            return next(wording_faults(words, language or ""), words)


def _faults(visit: Visit, body: dict[str, object]) -> Sequence[Mistake]:
    try:
        service = Service.model_validate(body)
    except ValidationError:
        return [mistake("this cannot stand here")]
    return [what for _, what in faults_at_sight(service, visit.knowledge.library.around)]


def _wrong(visit: Visit, asked: AskValue, mistakes: Sequence[Mistake]) -> Reply:
    kept = {"at": asked.pack(), "typed": [write_mistake(each) for each in mistakes[:3]]}
    visit.person = replace(visit.person, memory={**visit.person.memory, MISTAKES: kept})
    return Reply(asked)


DIALOG = Dialog(
    views=(
        guarded_view(OpenParts, _parts, show_parts, *PUBLISHERS),
        guarded_view(OpenSlots, _slots, show_slots, *PUBLISHERS),
        guarded_view(AskValue, _asked, show_asking, *PUBLISHERS),
    ),
    inputs=(guarded_input(AskValue, _typed, *PUBLISHERS),),
)
