"""Helpers for tests of imports: the words of a marked table, dry runs, tables as people send."""

import csv
import io
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from core.directory import dry_run
from core.directory.changes import Hand
from core.directory.dry_run import DryRun
from core.directory.exporting import COLUMNS, jsonl
from core.directory.importing import Plan, apply
from core.directory.mistakes import Wrong
from core.directory.model import Office
from core.directory.planning import Labels
from core.release import body_of, keep_surroundings
from core.services.library import Library
from core.store import imports, offices, services
from core.store.database import Database
from core.store.transaction import Transaction

TODAY = date(2026, 11, 21)
LABELS = Labels(
    columns={each: each for each in COLUMNS},
    new="new",
    changed="changed",
    closes="closes",
    wrong="wrong",
    what="what",
    was="was",
    row="row",
    office="office",
    column="column",
    old="old",
    now="now",
    sheet="sheet",
    list_sheet="list",
    wrongs={each.value: "wrong" for each in Wrong},
)


def sheet(*rows: Mapping[str, Any], separator: str = ";") -> bytes:
    """A table of these rows, with the columns that any of them has."""
    names = list(dict.fromkeys(name for row in rows for name in row)) or ["id", "kind"]
    text = io.StringIO()
    writer = csv.DictWriter(text, names, delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


async def keep_services(
    tx: Transaction, library: Library, names: Sequence[str], now: datetime
) -> None:
    """The services that offices may be for."""
    await keep_surroundings(tx, library)
    bodies = [body_of(library.services[each]) for each in names]
    await services.bring_release(tx, bodies, now)


@contextmanager
def room() -> Iterator[Path]:
    """A folder for one dry run."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


async def tried(
    database: Database, folder: Path, content: bytes, now: datetime, *, whole: bool | None = None
) -> DryRun:
    """A dry run of a table."""
    (folder / dry_run.TABLE).write_bytes(content)
    await dry_run.lay_out(database, folder, labels=LABELS, now=now, today=TODAY, whole=whole)
    dry_run.run(folder, lambda _: None)
    return dry_run.found_in(folder)


async def applied(tx: Transaction, found: DryRun, now: datetime) -> int:
    """A dry run done, as the command line does it; the number of the import."""
    number = await imports.begin(
        tx, origin="chat", person_id=7000000001, file_name="a.csv", now=now, state="applied"
    )
    await imports.tell(tx, number, base=found.base, summary=asdict(found.summary), findings={})
    with found.plan.open("rb") as steps:
        hand = Hand("import", person_id=7000000001, import_id=number)
        await apply(tx, hand, Plan(steps, found.base), now, lambda _: None)
    await imports.sign_applied(tx, number, 7000000001, now)
    return number


async def exported(database: Database) -> str:
    """Every office as the export writes it."""
    async with database.reading() as tx:
        bodies: Sequence[str] = await offices.office_bodies(tx)
    return jsonl(Office.model_validate_json(each) for each in bodies)
