"""History: every change of an office with who, when, from where, old and new; and undoing one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from core.directory.bodies import Body, value_of
from core.directory.changes import Hand
from core.directory.undoing import Left, undo
from core.knowledge import Knowledge
from core.store import changes, offices, roles
from core.store.changes import ADDED, CHANGED, DECLINED, MERGED, PARTED, REMOVED, Change
from dialogs.doors import OpenAdmin
from dialogs.editing.actions import (
    KEEPERS,
    EditOffice,
    FindToEdit,
    OpenChange,
    OpenHistory,
    OpenLatest,
    UndoChange,
)
from dialogs.editing.choosing import as_words, offices_found
from dialogs.editing.fields import difference_line
from dialogs.editing.finding import WORDS
from dialogs.editing.values import (
    Difference,
    differences_told,
    field_called,
    parts_in,
    shortly,
)
from dialogs.homeward import home
from dialogs.markup import bold, clip, italic, lines, paragraphs
from dialogs.offices.looking import remember
from dialogs.paging import Page, page_of, turning
from dialogs.people.words import names_of, person_called
from dialogs.rights import guarded_command, guarded_step, guarded_view
from dialogs.screen import Button, Screen, clipped
from dialogs.speech import Speech
from dialogs.turn import Dialog, GoneError, Reply, Visit

CHANGES_A_PAGE, MOST_CHANGES = 5, 500
FIELDS_IN_LIST, SHOWN_IN_LIST = 2, 60
FIELDS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One change as a list has it."""

    change: Change
    office: str
    differences: Sequence[Difference]
    undone: bool


@dataclass(frozen=True, slots=True)
class History:
    """One page of changes, of one office or of all."""

    office: str
    called: str
    page: Page[Line]
    knowledge: Knowledge
    names: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Opened:
    """One change with all of its fields, and what has become of it."""

    line: Line
    since: Sequence[str]
    """The fields that were edited since."""
    knowledge: Knowledge
    names: Mapping[int, str]


def show_history(say: Speech, history: History) -> Screen:
    """The changes, the latest first."""
    office = history.office
    numbered = list(enumerate(history.page.items, history.page.number * CHANGES_A_PAGE + 1))
    told = [_list_line(say, history, number, each) for number, each in numbered]
    rows = tuple(
        (
            Button(
                clipped(f"{number}. {_day(say, each.change)}: {_named(say, history, each)}"),
                OpenChange(each.change.id),
            ),
        )
        for number, each in numbered
    )

    def turn(number: int) -> OpenHistory | OpenLatest:
        return OpenHistory(office, number) if office else OpenLatest(number)

    back = (
        Button(say.label("To the office"), EditOffice(office))
        if office
        else Button(say.label("← Back"), OpenAdmin())
    )
    text = paragraphs(
        bold(history.called),
        *told,
        say("<b>Which change shall we open?</b>") if told else say("Nothing was changed yet."),
    )
    return Screen(
        text,
        (
            *rows,
            *turning(say, history.page, turn),
            (back, home(say)),
        ),
    )


def _list_line(say: Speech, history: History, number: int, each: Line) -> Markup:
    told = [
        say(
            "{field}: {old} → {new}",
            field=field_called(say, history.knowledge.around, one.name),
            old=shortly(say, one.old, SHOWN_IN_LIST),
            new=shortly(say, one.new, SHOWN_IN_LIST),
        )
        for one in each.differences[:FIELDS_IN_LIST]
    ]
    if each.change.kind != CHANGED:
        told = [Markup.escape(_kind(say, each.change.kind))]
    more = len(each.differences) - FIELDS_IN_LIST
    if more > 0 and each.change.kind == CHANGED:
        told.append(say("and {number} more", number=say.number(more)))
    return lines(
        say(
            "{number}. {when}, {who}",
            number=number,
            when=when_told(say, each.change),
            who=who_told(say, history.names, each.change),
        ),
        *([] if history.office else [italic(each.office)]),
        *told,
        *([italic(say("Undone."))] if each.undone else []),
    )


def _named(say: Speech, history: History, each: Line) -> str:
    if not history.office:
        return each.office
    if each.change.kind == CHANGED and each.differences:
        called = (field_called(say, history.knowledge.around, e.name) for e in each.differences)
        return ", ".join(called)
    return _kind(say, each.change.kind)


def _day(say: Speech, change: Change) -> str:
    return f"{say.day(change.at):%d.%m.%Y}"


def when_told(say: Speech, change: Change) -> str:
    """Day and hour of a change."""
    return f"{say.date(change.at)}, {say.time(change.at)}"


def who_told(say: Speech, names: Mapping[int, str], change: Change) -> str:
    """Who made a change, and from where."""
    origin = {
        "chat": say.label("in the chat"),
        "command": say.label("on the command line"),
        "import": say.label("from a table"),
        "report": say.label("after a report"),
        "release": say.label("with a new version of Bagyt"),
    }[change.origin]
    if change.person_id is None:
        return origin
    return f"{person_called(say, names, change.person_id)}, {origin}"


def _kind(say: Speech, kind: str) -> str:
    return {
        ADDED: say.label("The office was added"),
        CHANGED: say.label("The office was changed"),
        REMOVED: say.label("The office was taken away: it should never have been added"),
        MERGED: say.label("It was joined to another record"),
        PARTED: say.label("It was parted from the other record"),
        DECLINED: say.label("What a new version of Bagyt says was declined"),
    }[kind]


def show_change(say: Speech, opened: Opened) -> Screen:
    """All of one change, and whether it can be undone."""
    line, change = opened.line, opened.line.change
    around = opened.knowledge.around
    more = len(line.differences) - FIELDS_SHOWN
    since = ", ".join(field_called(say, around, each) for each in opened.since)
    text = paragraphs(
        lines(
            bold(line.office),
            Markup.escape(_kind(say, change.kind)),
            say(
                "{when}, {who}",
                when=when_told(say, change),
                who=who_told(say, opened.names, change),
            ),
        ),
        *(difference_line(say, opened.knowledge, e) for e in line.differences[:FIELDS_SHOWN]),
        say("and {number} more", number=say.number(more)) if more > 0 else None,
        say("This undid change No. {number}.", number=change.undoes) if change.undoes else None,
        say("It was undone.") if line.undone else None,
        say("Edited since, and so left as it is by undoing: {fields}.", fields=since)
        if since
        else None,
        None if line.undone and not since else say("<b>Undo it?</b>"),
    )
    rows: list[tuple[Button, ...]] = []
    if not line.undone:
        rows.append((Button(say.label("Undo it"), UndoChange(change.id)),))
    if since:
        forced = UndoChange(change.id, force=True)
        rows.append((Button(say.label("Bring back what was edited since, too"), forced),))
    return Screen(
        text,
        (
            *rows,
            (
                Button(say.label("To the history"), OpenHistory(change.office)),
                home(say),
            ),
        ),
    )


async def _body(visit: Visit, office: str) -> Body:
    """An office as it is, also one that merged away; nothing if it is gone."""
    entry = (await offices.entries(visit.tx, [office])).get(office)
    return entry.body if entry else {}


def _called(say: Speech, office: str, body: Body) -> str:
    name = (body.get("name") or {}).get(say.language)
    return f"{name} ({office})" if name else say.label("No. {id}", id=office)


async def _line(visit: Visit, change: Change, undone: set[int]) -> Line:
    body = await _body(visit, change.office)
    pairs = {name: pair for name, pair in change.fields.items() if name != "id"}
    told = tuple(differences_told(visit.say, visit.knowledge, pairs, body))
    return Line(change, _called(visit.say, change.office, body), told, change.id in undone)


async def _history(visit: Visit, opened: OpenHistory) -> History:
    body = await _body(visit, opened.office)
    found = await changes.of_office(visit.tx, opened.office, most=MOST_CHANGES)
    if not body and not found:
        raise GoneError(opened.office)
    called = _called(visit.say, opened.office, body)
    return await _page(visit, opened.office, called, found, opened.page)


async def _latest(visit: Visit, opened: OpenLatest) -> History:
    found = await changes.latest(visit.tx, most=MOST_CHANGES)
    called = visit.say.label("The latest changes of all offices")
    return await _page(visit, "", called, found, opened.page)


async def _page(
    visit: Visit, office: str, called: str, found: Sequence[Change], number: int
) -> History:
    page = page_of(found, number, CHANGES_A_PAGE)
    undone = await changes.undone(visit.tx, [each.id for each in page.items])
    told = [await _line(visit, each, undone) for each in page.items]
    names = names_of(await roles.ever(visit.tx))
    return History(office, called, Page(told, page.number, page.last), visit.knowledge, names)


async def _opened(visit: Visit, opened: OpenChange) -> Opened:
    change = await _known(visit, opened.change)
    undone = await changes.undone(visit.tx, [change.id])
    line = await _line(visit, change, undone)
    names = names_of(await roles.ever(visit.tx))
    since = await _edited_since(visit, change)
    return Opened(line, since, visit.knowledge, names)


async def _known(visit: Visit, number: int) -> Change:
    change = await changes.find(visit.tx, number)
    if change is None:
        raise GoneError(number)
    return change


async def _edited_since(visit: Visit, change: Change) -> Sequence[str]:
    """The fields that have neither what the change gave them nor what they had before."""
    body = await _body(visit, change.office)
    if change.kind != CHANGED or not body:
        return ()
    other = [
        name
        for name, pair in change.fields.items()
        if not any(value_of(body, name) == each for each in pair)
    ]
    return parts_in(other)


async def _undo(visit: Visit, pressed: UndoChange) -> Reply:
    say = visit.say
    change = await _known(visit, pressed.change)
    view = OpenChange(change.id)
    if not pressed.force and await changes.undone(visit.tx, [change.id]):
        return Reply(view, toast=say.label("It was undone already."), alert=True)
    hand = Hand("chat", visit.person.id)
    done = await undo(visit.tx, hand, change, visit.now, force=pressed.force)
    if done.left:
        return Reply(view, toast=clipped_toast(_left(visit, done.left, done.changes)), alert=True)
    if not done.changes:
        return Reply(view, toast=say.label("It is as it was before already."))
    return Reply(view, toast=say.label("It is undone."))


TOAST_LIMIT = 200


def clipped_toast(words: str) -> str:
    """Words as a toast has room for them."""
    return clip(words, TOAST_LIMIT)


def _left(visit: Visit, left: Sequence[Left], done: int) -> str:
    """What could not be undone, and why."""
    say, why = visit.say, {each.why for each in left}
    if "in_use" in why:
        return say.label(
            "Complaints or reminders speak of this office, so it cannot be taken away. Close it "
            "for good instead."
        )
    if "gone" in why:
        return say.label("The office is not there any more.")
    fields = parts_in([each.field for each in left])
    named = ", ".join(field_called(say, visit.knowledge.around, each) for each in fields)
    if done:
        return say.label("Undone, but for what was edited since: {fields}", fields=named)
    return say.label("Nothing was undone: this was edited since: {fields}", fields=named)


async def _command(visit: Visit, argument: str) -> Reply:
    words = as_words(argument)
    if not words:
        at: Any = getattr(visit.where, "office", None)
        return Reply(OpenHistory(at) if isinstance(at, str) else OpenLatest())
    if await _body(visit, words.lower()):
        return Reply(OpenHistory(words.lower()))
    found = offices_found(visit, words)
    if len(found) == 1:
        return Reply(OpenHistory(found[0].id))
    remember(visit, **{WORDS: words})
    return Reply(FindToEdit())


DIALOG = Dialog(
    views=(
        guarded_view(OpenHistory, _history, show_history, *KEEPERS),
        guarded_view(OpenLatest, _latest, show_history, *KEEPERS),
        guarded_view(OpenChange, _opened, show_change, *KEEPERS),
    ),
    steps=(guarded_step(UndoChange, _undo, *KEEPERS),),
    commands={"history": guarded_command(_command, *KEEPERS)},
)
