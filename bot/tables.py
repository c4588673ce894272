"""What an operator does with tables of offices on the command line: import, undo, the log.

The words are the English ones of the code, as everywhere on the command line.
"""

import asyncio
import gettext
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from bot.input_error import InputError
from bot.opened import opened
from bot.settings import Settings
from core.clock import SystemClock
from core.directory import dry_run
from core.directory.around import table_words
from core.directory.changes import Hand
from core.directory.dry_run import DryRun, Refused
from core.directory.importing import OvertakenError, Plan, apply, undo_applied
from core.directory.undoing import Undone, undo
from core.sheets.model import LARGEST_FILE, Refusal
from core.store import changes, imports
from core.store.changes import Change
from core.store.database import Database
from core.store.transaction import Transaction
from dialogs.importing.words import labels, refused
from dialogs.offices.mistakes import filled
from dialogs.speech import Speech

LONGEST = 120
MOST_TOLD = 100
"""So many changes are told one by one; --json and --marked have all."""

Progress = Callable[[str, int], None]
"""Hears what is being done, and with how many rows it has been."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be done with a table."""

    file: Path
    apply: bool = False
    whole: bool | None = None
    marked: Path | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of it."""

    import_id: int | None
    found: DryRun
    say: Speech

    def errors(self) -> Iterator[dict[str, Any]]:
        """Each mistake in a cell, in words."""
        phrases = labels(self.say, table_words()).wrongs
        for each in self.found.problems:
            why = filled(phrases[each.wrong], each.facts)
            yield {"row": each.row, "field": each.column, "value": each.value, "why": why}

    def as_json(self) -> Iterator[str]:
        """The JSON of the contract, bit by bit: there may be a million changes."""
        yield json.dumps({"import_id": self.import_id})[:-1]
        for key, what in (("added", "added"), ("changed", "changed"), ("removed", "removed")):
            yield f', "{key}": ['
            told = (each for each in self.found.told() if each.pop("what") == what)
            yield from _joined(told)
            yield "]"
        yield ', "errors": ['
        yield from _joined(self.errors())
        yield f'], "summary": {json.dumps(asdict(self.found.summary), ensure_ascii=False)}}}\n'


def import_table(
    settings: Settings, wanted: Wanted, tell: Callable[[Imported], None], progress: Progress
) -> None:
    """Make a dry run of a table and tell of it; apply it if that is wanted and nothing is wrong."""
    asyncio.run(
        opened(settings, lambda database: _import(settings, database, wanted, tell, progress))
    )


async def _import(
    settings: Settings,
    database: Database,
    wanted: Wanted,
    tell: Callable[[Imported], None],
    progress: Progress,
) -> None:
    say = Speech("en", gettext.NullTranslations(), settings.timezone)
    now = SystemClock().now()
    with tempfile.TemporaryDirectory(prefix="bagyt-import-") as name:
        folder = Path(name)
        _bring(wanted.file, folder / dry_run.TABLE, say)
        await dry_run.lay_out(
            database,
            folder,
            labels=labels(say, table_words()),
            now=now,
            today=say.day(now),
            whole=wanted.whole,
        )
        found = await asyncio.to_thread(
            dry_run.run,
            folder,
            lambda rows: progress("rows read", rows),
            marks=wanted.marked is not None,
        )
        if found.refused is not None:
            raise InputError(f"{wanted.file}: {refused(say, found.refused)}")
        if wanted.marked is not None:
            _copy(found.marked, wanted.marked)
        number = None
        if wanted.apply and found.may_be_applied:
            number = await _apply(database, found, wanted.file, progress)
        tell(Imported(number, found, say))


async def _apply(database: Database, found: DryRun, file: Path, progress: Progress) -> int:
    now = SystemClock().now()
    try:
        with found.plan.open("rb") as steps:
            async with database.writing() as tx:
                number = await imports.begin(
                    tx,
                    origin="command",
                    person_id=None,
                    file_name=file.name,
                    now=now,
                    state="applied",
                )
                await imports.tell(
                    tx, number, base=found.base, summary=asdict(found.summary), findings={}
                )
                await apply(
                    tx,
                    Hand("import", import_id=number),
                    Plan(steps, found.base),
                    now,
                    lambda done: progress("offices written", done),
                )
                await imports.sign_applied(tx, number, None, now)
    except OvertakenError as late:
        raise InputError(
            f"{file}: somebody changed the directory meanwhile, so nothing was applied; "
            "run it again and look at what would change"
        ) from late
    return number


def told_import(imported: Imported, *, apply: bool) -> Iterator[str]:
    """What came of a table as lines: figures, the first changes, every mistake."""
    found = imported.found
    summary = found.summary
    yield (
        f"rows: {summary.rows}, added: {summary.added}, changed: {summary.changed}, "
        f"closed: {summary.removed}, untouched: {summary.untouched}, "
        f"not in the table: {summary.absent}, mistakes: {summary.errors}\n"
    )
    if summary.ignored:
        yield f"columns not known: {', '.join(summary.ignored)}\n"
    for each in islice(found.told(), MOST_TOLD):
        match each["what"]:
            case "changed":
                old, new = _short(each["old"]), _short(each["new"])
                yield f"row {each['row']} {each['id']} {each['field']}: {old} -> {new}\n"
            case "added":
                yield f"row {each['row']} {each['id']}: added, {each['name']['ru']}\n"
            case _:
                yield f"{each['id']}: closed, {each['name']['ru']}\n"
    for each in imported.errors():
        yield f"row {each['row']} {each['field']}: {each['why']}\n"
    if imported.import_id is not None:
        yield f"applied as import {imported.import_id}; `directory undo` takes it back\n"
    elif found.may_be_applied and not apply:
        yield "nothing was changed yet; run it again with --apply\n"
    elif not summary.errors:
        yield "there is nothing to change\n"


def undo_import(settings: Settings, number: int, *, force: bool) -> dict[str, Any]:
    """Undo all that an import changed."""

    async def work(tx: Transaction) -> dict[str, Any]:
        now = SystemClock().now()
        found = await imports.find(tx, number)
        if found is None or found.applied_at is None:
            raise InputError(f"there is no import {number} that was applied; see `directory log`")
        if found.state == "undone" and not force:
            raise InputError(f"import {number} was undone already")
        await imports.move(tx, number, ["applied", "undone", "undoing"], "undone", now)
        hand = Hand("command", import_id=number)
        undone = await undo_applied(tx, hand, found, now, force=force)
        return {"import_id": number, **_undone_json(undone)}

    return asyncio.run(opened(settings, lambda database: _written(database, work)))


def undo_change(settings: Settings, number: int, *, force: bool) -> dict[str, Any]:
    """Undo a single change, with what was changed as one with it."""

    async def work(tx: Transaction) -> dict[str, Any]:
        change = await changes.find(tx, number)
        if change is None:
            raise InputError(f"there is no change {number}; see `directory log`")
        undone = await undo(tx, Hand("command"), change, SystemClock().now(), force=force)
        return {"change": number, **_undone_json(undone)}

    return asyncio.run(opened(settings, lambda database: _written(database, work)))


def log(settings: Settings, office: str | None, most: int) -> list[dict[str, Any]]:
    """The latest changes, of one office or of all, the newest first."""

    async def work(database: Database) -> list[dict[str, Any]]:
        async with database.reading(slow=True) as tx:
            if office is not None:
                found = await changes.of_office(tx, office, most=most)
            else:
                found = await changes.latest(tx, most=most)
            return [_change_json(each) for each in found]

    return asyncio.run(opened(settings, work))


def told(found: Sequence[dict[str, Any]]) -> list[str]:
    """The log as lines."""
    lines = []
    for each in found:
        who = each["person"] or each["origin"]
        of_import = f" import {each['import_id']}" if each["import_id"] else ""
        undoes = f" undoes {each['undoes']}" if each["undoes"] else ""
        head = f"{each['change']} {each['at']} {who}{of_import} {each['office']}: {each['kind']}"
        if each["kind"] == "added":
            lines.append(f"{head}{undoes}")
            continue
        lines += [
            f"{head}{undoes} {name}: {_short(old)} -> {_short(new)}"
            for name, (old, new) in each["fields"].items()
        ] or [f"{head}{undoes}"]
    return lines


async def _written(database: Database, work: Callable[[Transaction], Any]) -> Any:
    async with database.writing() as tx:
        return await work(tx)


def _bring(file: Path, to: Path, say: Speech) -> None:
    """Take the file over; one that is too large is not even read."""
    try:
        if file.stat().st_size > LARGEST_FILE:
            facts = {"most": LARGEST_FILE // 2**20}
            raise InputError(f"{file}: {refused(say, Refused('sheet', Refusal.TOO_LARGE, facts))}")
        shutil.copyfile(file, to)
    except OSError as wrong:
        raise InputError(f"{file}: cannot be read: {wrong.strerror}") from wrong


def _copy(made: Path, to: Path) -> None:
    try:
        shutil.copyfile(made, to)
    except OSError as wrong:
        raise InputError(f"--marked: {to} cannot be written: {wrong.strerror}") from wrong


def _joined(values: Iterator[dict[str, Any]]) -> Iterator[str]:
    for number, each in enumerate(values):
        yield f"{', ' if number else ''}{json.dumps(each, ensure_ascii=False)}"


def _undone_json(undone: Undone) -> dict[str, Any]:
    left = [
        {"id": e.office, "field": e.field, "why": e.why, "wanted": e.wanted, "present": e.present}
        for e in undone.left
    ]
    return {"changes": undone.changes, "left": left}


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "change": change.id,
        "at": change.at.isoformat(timespec="seconds"),
        "origin": change.origin,
        "person": change.person_id,
        "office": change.office,
        "kind": change.kind,
        "fields": dict(change.fields),
        "import_id": change.import_id,
        "undoes": change.undoes,
    }


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
