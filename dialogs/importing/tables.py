"""Tables of offices in the chat: sent, held against the directory, applied or left, undone.

The work itself takes long and is done beside the conversation: a button only says what is wanted,
and the screen shows how far it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from markupsafe import Markup

from core.directory.around import table_words
from core.directory.dry_run import Refused
from core.directory.exporting import workbook
from core.directory.fields import FIELDS
from core.knowledge import Knowledge
from core.sheets.model import LARGEST_FILE
from core.store import changes, imports, roles
from core.store.imports import Import, opened, sealed_pieces
from dialogs.doors import OpenAdmin
from dialogs.editing.actions import KEEPERS
from dialogs.homeward import back_and_home
from dialogs.importing.actions import (
    ApplyImport,
    AskUndo,
    LeaveImport,
    OpenImport,
    OpenTables,
    ReadAgain,
    SendDirectory,
    SendMarked,
    UndoImport,
)
from dialogs.importing.words import column_named, refused
from dialogs.markup import bold, clip, italic, lines, paragraphs
from dialogs.offices.mistakes import filled, mistake_phrases
from dialogs.paging import fitting_page, turning
from dialogs.people.words import names_of, person_called
from dialogs.rights import guarded_input, guarded_step, guarded_view, held
from dialogs.screen import Button, File, FileKind, Rows, Screen
from dialogs.speech import Speech
from dialogs.turn import (
    Brought,
    Dialog,
    Fetch,
    Given,
    GoneError,
    Kind,
    Making,
    Reply,
    Sent,
    Trouble,
    Visit,
)

MOST_SHOWN = 8
"""So many imports are listed."""
LONGEST_VALUE = 60
NO_FILE = "none"
TABLES = frozenset({".xlsx", ".csv", ".xlsm", ".xls", ".xlsb", ".ods", ".tsv"})
"""Names that tables have; those that are refused among them, so that the reason is told."""
DIRECTORY_FILE, MARKED_FILE = "bagyt-{day}.xlsx", "{name}-{number}.xlsx"
FIELD_AT = {each.at: each.name for each in FIELDS}


@dataclass(frozen=True, slots=True)
class Listed:
    """The imports that were applied, and who is who."""

    done: Sequence[Import]
    names: Mapping[int, str]
    trouble: str | None


@dataclass(frozen=True, slots=True)
class Seen:
    """One import as it stands."""

    of: Import
    knowledge: Knowledge
    names: Mapping[int, str]
    page: int = 0
    overtaken: bool = False
    marked: bool = False

    @property
    def figures(self) -> Mapping[str, Any]:
        """What it would change, in numbers."""
        return self.of.summary or {}

    @property
    def findings(self) -> Mapping[str, Any]:
        """What was found in it."""
        return self.of.findings or {}

    @property
    def touched(self) -> int:
        """How many offices it changes."""
        return sum(self.figures.get(each, 0) for each in ("added", "changed", "removed"))


def show_tables(say: Speech, listed: Listed) -> Screen:
    """What was imported, and what can be sent."""
    troubles = {
        Trouble.LARGE.value: say("This file is too large for me. Send the rows that change only."),
        Trouble.LOST.value: say("Telegram did not give me the file. Please send it again."),
        Trouble.BROKEN.value: say("I could not read this file. I have told the operators."),
        NO_FILE: say("Please send it as a file, not as a picture or as words."),
    }
    done = [_done_line(say, listed, each) for each in listed.done]
    return Screen(
        paragraphs(
            bold(say.label("Tables of offices")),
            troubles.get(listed.trouble or ""),
            say(
                "Get the table, change it in Excel and send it back: XLSX or CSV, columns in any "
                "order, also only some of them or only some rows. I show what would change, and "
                "change nothing before you say so."
            ),
            lines(italic(say.label("Imported so far:")), *done) if done else None,
            say("<b>Which table shall I read?</b> Send it here."),
        ),
        (
            (Button(say.label("Get the table of all offices"), SendDirectory()),),
            *(
                (Button(say.label("Import {number}", number=each.id), OpenImport(each.id)),)
                for each in listed.done
            ),
            back_and_home(say, OpenAdmin()),
        ),
    )


def show_import(say: Speech, seen: Seen) -> Screen:
    """One table, whatever state it is in."""
    show = {
        "waiting": _show_reading,
        "ready": _show_ready,
        "faulty": _show_faulty,
        "left": _show_left,
        "applying": _show_at_work,
        "applied": _show_applied,
        "undoing": _show_at_work,
        "undone": _show_undone,
    }
    return show[seen.of.state](say, seen)


def show_asking(say: Speech, seen: Seen) -> Screen:
    """Whether an import shall be undone."""
    number = seen.of.id
    return Screen(
        paragraphs(
            _title(say, seen),
            _figures(say, seen),
            say(
                "All of it comes back as it was before. What somebody edited since stays, and I "
                "tell you what that is."
            ),
            say("<b>Undo this import?</b>"),
        ),
        (
            (Button(say.label("Yes, undo it"), UndoImport(number)),),
            back_and_home(say, OpenImport(number)),
        ),
    )


def _show_reading(say: Speech, seen: Seen) -> Screen:
    rows = seen.of.rows
    return Screen(
        paragraphs(
            _title(say, seen),
            say.plural("⏳ {number} row is read…", "⏳ {number} rows are read…", rows)
            if rows
            else say("⏳ I am reading the table…"),
            say("You can go on meanwhile; I write when it is done. Nothing is changed yet."),
        ),
        _waiting_rows(say, seen),
    )


def _show_at_work(say: Speech, seen: Seen) -> Screen:
    doing = (
        say("⏳ I am undoing the import…")
        if seen.of.state == "undoing"
        else say("⏳ I am applying the table…")
    )
    return Screen(
        paragraphs(
            _title(say, seen),
            doing,
            say("You can go on meanwhile; I write when it is done: all of it, or nothing."),
        ),
        _waiting_rows(say, seen),
    )


def _waiting_rows(say: Speech, seen: Seen) -> Rows:
    return (
        (Button(say.label("How far is it?"), OpenImport(seen.of.id)),),
        back_and_home(say, OpenTables()),
    )


def _show_ready(say: Speech, seen: Seen) -> Screen:
    number, closing = seen.of.id, seen.figures.get("removed", 0)
    first = [_change_line(say, seen, each) for each in seen.findings.get("first", ())]
    page = fitting_page(first, 0)
    late = seen.overtaken or seen.findings.get("overtaken")
    apply = say.label("Apply: {number} offices", number=say.number(seen.touched))
    keep = Button(say.label("Do not close any"), ReadAgain(number, whole=False))
    return Screen(
        paragraphs(
            _title(say, seen),
            say("Somebody changed the directory meanwhile. Look again before you apply it.")
            if late
            else None,
            _figures(say, seen),
            lines(italic(say.label("The first of them:")), *page.items) if first else None,
            _notes(say, seen),
            say("Nothing is changed yet. <b>Shall I apply it?</b>")
            if not late
            else say("<b>Shall I look again?</b>"),
        ),
        (
            ((Button(say.label("Look again"), ReadAgain(number, seen.of.whole)),) if late else ())
            or (Button(apply, ApplyImport(number)),),
            *(((keep,),) if closing and not late else ()),
            (Button(say.label("Leave it"), LeaveImport(number)),),
            *_marked_row(say, seen),
            back_and_home(say, OpenTables()),
        ),
    )


def _show_faulty(say: Speech, seen: Seen) -> Screen:
    why, errors = seen.findings.get("refused"), seen.figures.get("errors", 0)
    problems = [_problem_line(say, each) for each in seen.findings.get("problems", ())]
    page = fitting_page(problems, seen.page)
    if why is not None:
        said: tuple[str | None, ...] = (
            say("I cannot take this table. {why}", why=refused(say, Refused(**why))),
        )
    elif seen.findings.get("failed"):
        said = (say("I could not read this file. I have told the operators."),)
    elif errors:
        said = (
            say.plural(
                "I cannot take this table: {number} mistake is in it.",
                "I cannot take this table: {number} mistakes are in it.",
                errors,
            ),
            lines(*page.items),
            _notes(say, seen),
        )
    else:
        said = (
            say("There is nothing in this table that we do not have already."),
            _figures(say, seen),
            _notes(say, seen),
        )
    return Screen(
        paragraphs(_title(say, seen), *said, say("<b>Mend the table and send it again.</b>")),
        (
            *turning(say, page, lambda turned: OpenImport(seen.of.id, turned)),
            *_marked_row(say, seen),
            back_and_home(say, OpenTables()),
        ),
    )


def _show_left(say: Speech, seen: Seen) -> Screen:
    return Screen(
        paragraphs(
            _title(say, seen),
            say(
                "This table was left, and nothing of it was applied. Send it again if you need it."
            ),
        ),
        (back_and_home(say, OpenTables()),),
    )


def _show_applied(say: Speech, seen: Seen) -> Screen:
    return Screen(
        paragraphs(
            _title(say, seen),
            say("✅ Applied, all of it."),
            _signed(say, seen, seen.of.applied_at, seen.of.applied_by),
            _figures(say, seen),
            say("It can be undone at any time, also weeks later."),
        ),
        (
            (Button(say.label("Undo"), AskUndo(seen.of.id)),),
            back_and_home(say, OpenTables()),
        ),
    )


def _show_undone(say: Speech, seen: Seen) -> Screen:
    left = [_left_line(say, seen, each) for each in seen.findings.get("left", ())]
    page = fitting_page(left, seen.page)
    return Screen(
        paragraphs(
            _title(say, seen),
            say.plural(
                "↩️ Undone: {number} office is as it was before.",
                "↩️ Undone: {number} offices are as they were before.",
                seen.findings.get("changes", 0),
            ),
            _signed(say, seen, seen.of.undone_at, seen.of.undone_by),
            lines(italic(say.label("Edited since, so it stayed:")), *page.items) if left else None,
        ),
        (
            *turning(say, page, lambda turned: OpenImport(seen.of.id, turned)),
            back_and_home(say, OpenTables()),
        ),
    )


def _title(say: Speech, seen: Seen) -> Markup:
    name = clip(seen.of.file_name or "", LONGEST_VALUE)
    return lines(
        bold(say.label("Table of offices {number}", number=seen.of.id)),
        *([italic(name)] * bool(name)),
    )


def _figures(say: Speech, seen: Seen) -> Markup:
    """What changes and what does not, in numbers."""
    figures = seen.figures
    named = (
        (say.label("new"), "added"),
        (say.label("changed"), "changed"),
        (say.label("will be closed"), "removed"),
        (say.label("stay as they are"), "untouched"),
        (say.label("not in the table, stay as well"), "absent"),
    )
    told = [
        Markup("• {}: <b>{}</b>").format(what, say.number(figures[key]))
        for what, key in named
        if figures.get(key)
    ]
    return lines(*told)


def _notes(say: Speech, seen: Seen) -> Markup | None:
    ignored = seen.figures.get("ignored") or ()
    if not ignored:
        return None
    names = ", ".join(clip(each, LONGEST_VALUE) for each in ignored[:5])
    return italic(say.label("Columns that I do not know and leave: {names}", names=names))


def _change_line(say: Speech, seen: Seen, told: Mapping[str, Any]) -> Markup:
    name = _office_called(say, seen, told)
    match told["what"]:
        case "added":
            return Markup("+ {}").format(name)
        case "removed":
            return say("✕ {office}: will be closed", office=name)
        case _:
            column = column_named(say, table_words(), told["field"])
            old, new = (_value(say, told[each]) for each in ("old", "new"))
            return Markup("✎ {} · {}: <s>{}</s> → <b>{}</b>").format(name, column, old, new)


def _problem_line(say: Speech, problem: Mapping[str, Any]) -> Markup:
    """A mistake: row, column, value, and what would be right."""
    why = filled(mistake_phrases(say)[problem["wrong"]], problem["facts"])
    column = column_named(say, table_words(), problem["column"])
    return say(
        "• row {row}, <i>{column}</i>: {why}",
        row=say.number(problem["row"]),
        column=column,
        why=why,
    )


def _left_line(say: Speech, seen: Seen, left: Mapping[str, Any]) -> Markup:
    name = _office_called(say, seen, {"id": left["office"]})
    if left["field"] not in FIELD_AT:
        return Markup("• {}").format(name)
    column = column_named(say, table_words(), FIELD_AT[left["field"]])
    return Markup("• {} · {}").format(name, column)


def _office_called(say: Speech, seen: Seen, told: Mapping[str, Any]) -> str:
    office = seen.knowledge.directory.office(told["id"])
    name = say.of(office.name) if office else (told.get("name") or {}).get(say.language, "")
    return clip(f"{told['id']} {name}".strip(), LONGEST_VALUE)


def _value(say: Speech, value: str | float | None) -> str:
    if value is None or value == "":
        return say.label("nothing")
    return clip(str(value), LONGEST_VALUE)


def _signed(say: Speech, seen: Seen, when: Any, who: int | None) -> Markup | None:
    if when is None:
        return None
    person = person_called(say, seen.names, who)
    return italic(f"{say.date(when)}, {say.time(when)}, {person}")


def _done_line(say: Speech, listed: Listed, done: Import) -> Markup:
    figures = done.summary or {}
    count = sum(figures.get(each, 0) for each in ("added", "changed", "removed"))
    undone = say.label(" (undone)") if done.undone_at else ""
    day = say.date(done.applied_at) if done.applied_at else ""
    return say(
        "• {number}: {day}, {who}, offices: {count}{undone}",
        number=done.id,
        day=day,
        who=person_called(say, listed.names, done.applied_by),
        count=say.number(count),
        undone=undone,
    )


def _marked_row(say: Speech, seen: Seen) -> Rows:
    if not seen.marked:
        return ()
    return ((Button(say.label("Get the marked table"), SendMarked(seen.of.id)),),)


async def _tables(visit: Visit, opened_at: OpenTables) -> Listed:
    done = await imports.latest(visit.tx, most=MOST_SHOWN)
    return Listed(done, names_of(await roles.ever(visit.tx)), opened_at.trouble)


async def _import(visit: Visit, at: OpenImport | AskUndo) -> Seen:
    found = await import_named(visit, at.number)
    late = found.state == "ready" and await changes.last(visit.tx) != found.base
    return Seen(
        found,
        visit.knowledge,
        names_of(await roles.ever(visit.tx)),
        at.page if isinstance(at, OpenImport) else 0,
        late,
        await imports.has_parts(visit.tx, found.id, "marked"),
    )


async def import_named(visit: Visit, number: int) -> Import:
    """The import of a number."""
    found = await imports.find(visit.tx, number)
    if found is None:
        raise GoneError(number)
    return found


async def _send_directory(visit: Visit, _: SendDirectory) -> Reply:
    say, offices = visit.say, visit.knowledge.directory.offices
    name = DIRECTORY_FILE.format(day=f"{say.day(visit.now):%Y-%m-%d}")
    heads = {each: column_named(say, table_words(), each) for each in table_words().columns}
    caption = say("All offices. Leave the column “{id}” as it is.", id=heads["id"])

    def make() -> Screen:
        content = workbook(offices.values(), heads)
        return Screen(caption, file=File(FileKind.DOCUMENT, name, content))

    return Reply(OpenTables(), before=(Making(make),))


async def _send_marked(visit: Visit, wanted: SendMarked) -> Reply:
    found = await import_named(visit, wanted.number)
    sealed = await imports.pieces(visit.tx, found.id, "marked")
    if not sealed:
        raise GoneError(wanted)
    sealer, say = visit.tx.sealer, visit.say

    def make() -> Screen:
        return marked_screen(say, found, b"".join(opened(sealer, sealed)))

    return Reply(OpenImport(found.id), before=(Making(make),))


def marked_screen(say: Speech, found: Import, content: bytes) -> Screen:
    """The marked table, with what its colours mean."""
    caption = say("Green: new. Yellow: changed. Grey: will be closed. Red: a mistake.")
    stem = PurePath(found.file_name or "").stem or "bagyt"
    name = MARKED_FILE.format(name=clip(stem, LONGEST_VALUE), number=found.id)
    return Screen(caption, file=File(FileKind.DOCUMENT, name, content))


async def _read_again(visit: Visit, wanted: ReadAgain) -> Reply:
    found = await import_named(visit, wanted.number)
    if not await imports.has_parts(visit.tx, found.id, "table"):
        raise GoneError(wanted)
    if await imports.move(visit.tx, found.id, ["ready"], "waiting", visit.now):
        await imports.decide_whole(visit.tx, found.id, whole=wanted.whole)
        await imports.count_rows(visit.tx, found.id, 0, visit.now)
    return _at_work(visit, found.id)


async def _apply(visit: Visit, wanted: ApplyImport) -> Reply:
    found = await import_named(visit, wanted.number)
    if await changes.last(visit.tx) != found.base and found.state == "ready":
        toast = visit.say.label("Somebody changed the directory meanwhile. Look again.")
        return Reply(OpenImport(found.id), toast=toast, alert=True)
    person = visit.person.id
    await imports.move(visit.tx, found.id, ["ready"], "applying", visit.now, person_id=person)
    return _at_work(visit, found.id)


async def _leave(visit: Visit, wanted: LeaveImport) -> Reply:
    found = await import_named(visit, wanted.number)
    if await imports.move(visit.tx, found.id, ["ready", "waiting"], "left", visit.now):
        await imports.drop_parts(visit.tx, found.id, "table", "plan", "marked")
        return Reply(OpenTables(), toast=visit.say.label("Left; nothing was changed."))
    return Reply(OpenImport(found.id))


async def _undo(visit: Visit, wanted: UndoImport) -> Reply:
    found = await import_named(visit, wanted.number)
    person = visit.person.id
    await imports.move(visit.tx, found.id, ["applied"], "undoing", visit.now, person_id=person)
    return _at_work(visit, found.id)


def _at_work(visit: Visit, number: int) -> Reply:
    visit.posted = True  # Whoever hears the bell looks for tables, too.
    return Reply(OpenImport(number))


async def _given(visit: Visit, _: OpenTables | OpenImport, given: Given) -> Reply | None:
    match given:
        case Sent(kind=Kind.DOCUMENT):
            return _taking(visit, given)
        case Sent():
            return Reply(OpenTables(trouble=NO_FILE))
        case Brought():
            return await _brought(visit, given)
        case _:
            return None


async def unasked(visit: Visit, sent: Sent) -> Reply | None:
    """A table that somebody who keeps the directory sends wherever they are."""
    is_table = PurePath(sent.file_name).suffix.lower() in TABLES
    if sent.kind is not Kind.DOCUMENT or not is_table or not await _keeps(visit):
        return None
    visit.goes_to(OpenTables())
    return _taking(visit, sent)


async def _keeps(visit: Visit) -> bool:
    return any(each.role in KEEPERS for each in await held(visit))


def _taking(visit: Visit, sent: Sent) -> Reply:
    """Bring the file, unless it says itself that it is too large."""
    if sent.size > LARGEST_FILE:
        return Reply(OpenTables(trouble=Trouble.LARGE.value))
    sealer = visit.tx.sealer

    def read(content: bytes) -> object:
        return tuple(sealed_pieces(sealer, [content]))

    return Reply(fetch=Fetch(sent.file_id, sent.file_name, LARGEST_FILE, read))


async def _brought(visit: Visit, brought: Brought) -> Reply:
    if not isinstance(brought.holds, tuple):
        return Reply(OpenTables(trouble=(brought.trouble or Trouble.BROKEN).value))
    number = await imports.begin(
        visit.tx,
        origin="chat",
        person_id=visit.person.id,
        file_name=brought.name,
        now=visit.now,
    )
    await imports.keep_parts(visit.tx, number, "table", brought.holds)
    return _at_work(visit, number)


DIALOG = Dialog(
    views=(
        guarded_view(OpenTables, _tables, show_tables, *KEEPERS),
        guarded_view(OpenImport, _import, show_import, *KEEPERS),
        guarded_view(AskUndo, _import, show_asking, *KEEPERS),
    ),
    steps=(
        guarded_step(SendDirectory, _send_directory, *KEEPERS),
        guarded_step(SendMarked, _send_marked, *KEEPERS),
        guarded_step(ReadAgain, _read_again, *KEEPERS),
        guarded_step(ApplyImport, _apply, *KEEPERS),
        guarded_step(LeaveImport, _leave, *KEEPERS),
        guarded_step(UndoImport, _undo, *KEEPERS),
    ),
    inputs=(
        guarded_input(OpenTables, _given, *KEEPERS),
        guarded_input(OpenImport, _given, *KEEPERS),
    ),
    unasked=unasked,
)
