"""A dry run: a table held against the directory as it is, in a folder of files, changing nothing.

The folder is laid out from the database; then the table is read, here or in a process of its own
(`python -m core.directory.dry_run FOLDER`), which prints how far it is; and what was found is taken
back from the folder.
"""

import asyncio
import datetime as dt
import io
import json
import sys
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from core.directory.around import make_around
from core.directory.changes import OWN_PREFIX, new_ids
from core.directory.fields import FIELDS, Around
from core.directory.planning import (
    Existing,
    Ground,
    HeadError,
    Labels,
    Planner,
    Problem,
    Progress,
    Summary,
)
from core.release import body_of, places_of, read_library
from core.services.model import Service
from core.sheets.model import SheetError
from core.sheets.writing import OutSheet, Written, write_workbook
from core.store import changes, offices
from core.store.database import Database

TABLE, OFFICES, GROUND = "table", "offices", "ground.json"
PLAN, TOLD, MARKED, FOUND = "plan", "told", "marked.xlsx", "found.json"
PAGE = 2000
WIDTHS = (14, 40, *(16 for _ in range(1 + len(FIELDS))))
LIST_WIDTHS = (8, 14, 24, 50, 50)
MOST_LISTED = 1_000_000
"""A sheet of Excel has hardly more rows."""

RefusedBy = Literal["sheet", "head"]


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a file could not be held against the directory at all."""

    by: RefusedBy
    wrong: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DryRun:
    """What came of it; `base` is the last change that it knew of."""

    folder: Path
    base: int
    summary: Summary
    problems: Sequence[Problem]
    refused: Refused | None = None

    @property
    def may_be_applied(self) -> bool:
        """Whether there is something to apply and nothing against it."""
        summary = self.summary
        changes_something = summary.added or summary.changed or summary.removed
        return self.refused is None and not summary.errors and bool(changes_something)

    @property
    def plan(self) -> Path:
        """Each step, a line each."""
        return self.folder / PLAN

    @property
    def marked(self) -> Path:
        """The table with what becomes of each cell."""
        return self.folder / MARKED

    def told(self) -> Iterator[dict[str, Any]]:
        """Everything that would change, one by one."""
        path = self.folder / TOLD
        if path.exists():
            with path.open(encoding="utf-8") as lines:
                yield from map(json.loads, lines)


async def lay_out(
    database: Database,
    folder: Path,
    *,
    labels: Labels,
    now: dt.datetime,
    today: dt.date,
    whole: bool | None = None,
) -> None:
    """Write down what the table will be held against, all of one moment."""
    with (folder / OFFICES).open("w", encoding="utf-8") as lines:
        async with database.reading(slow=True) as tx:
            base = await changes.last(tx)
            aliases = await offices.aliases(tx)
            [first] = await new_ids(tx, 1)
            library = await read_library(tx, now)
            places = await offices.place_bodies(tx)
            settlements = await offices.settlement_bodies(tx)
            after = ""
            while page := await offices.page_of_bodies(tx, after, PAGE):
                text = "".join(f"{office}\t{body}\n" for office, body in page)
                await asyncio.to_thread(lines.write, text)
                after = page[-1][0]
    ground = {
        "base": base,
        "aliases": aliases,
        "next": int(first.removeprefix(OWN_PREFIX)),
        "services": [body_of(each) for each in library.services.values()],
        "places": list(places),
        "settlements": list(settlements),
        "today": today.isoformat(),
        "whole": whole,
        "labels": asdict(labels),
    }
    await asyncio.to_thread(_write_json, folder / GROUND, ground)


def run(folder: Path, progress: Progress, *, marks: bool = True) -> DryRun:
    """Hold the table of a folder against what was laid out beside it, and mark it if wanted."""
    ground = json.loads((folder / GROUND).read_text(encoding="utf-8"))
    refused, summary, problems = None, Summary(), []
    labels = Labels(**ground["labels"])
    try:
        with (
            Existing(folder / OFFICES) as existing,
            (folder / PLAN).open("w", encoding="utf-8") as plan,
            (folder / TOLD).open("w+", encoding="utf-8") as told,
        ):
            planner = Planner(
                (folder / TABLE).read_bytes(),
                Ground(
                    existing,
                    ground["aliases"],
                    _around(ground),
                    ground["next"],
                    OWN_PREFIX,
                    ground["whole"],
                ),
                labels=labels,
                plan=plan,
                told=told,
                progress=progress,
                marks=marks,
            )
            if marks:
                _mark(folder / MARKED, planner, told, labels)
            else:
                deque(planner.rows(), maxlen=0)
        summary, problems = planner.summary, planner.problems
    except SheetError as wrong:
        refused = Refused("sheet", wrong.refusal.value, wrong.facts)
    except HeadError as wrong:
        refused = Refused("head", wrong.wrong, wrong.facts)
    found = DryRun(folder, ground["base"], summary, problems, refused)
    _write_json(folder / FOUND, _as_json(found))
    return found


def found_in(folder: Path) -> DryRun:
    """What a process of its own has found in a folder."""
    found = json.loads((folder / FOUND).read_text(encoding="utf-8"))
    return DryRun(
        folder,
        found["base"],
        Summary(**found["summary"]),
        [Problem(**each) for each in found["problems"]],
        Refused(**found["refused"]) if found["refused"] else None,
    )


def _around(ground: Mapping[str, Any]) -> Around:
    services = [Service.model_validate(each) for each in ground["services"]]
    return make_around(
        places_of(ground["places"], ground["settlements"]),
        {each.id: each for each in services},
        dt.date.fromisoformat(ground["today"]),
    )


def _mark(file: Path, planner: Planner, told: io.TextIOBase, labels: Labels) -> None:
    """Write the table with what becomes of each cell, and what changes one below the other."""
    sheets = [
        OutSheet(labels.sheet, WIDTHS, planner.rows()),
        OutSheet(labels.list_sheet, LIST_WIDTHS, _listed(labels, told)),
    ]
    with file.open("wb") as marked:
        write_workbook(marked, sheets)


def _listed(labels: Labels, told: io.TextIOBase) -> Iterator[Sequence[Written]]:
    """Every field that changes, old beside new, as the second sheet has it."""
    yield [labels.row, labels.office, labels.column, labels.old, labels.now]
    told.flush()
    told.seek(0)
    rows = 0
    for line in told:
        each = json.loads(line)
        if each["what"] != "changed":
            continue
        rows += 1
        if rows > MOST_LISTED:
            return
        yield [each["row"], each["id"], labels.columns[each["field"]], each["old"], each["new"]]


def _as_json(found: DryRun) -> dict[str, Any]:
    return {
        "base": found.base,
        "summary": asdict(found.summary),
        "problems": [asdict(each) for each in found.problems],
        "refused": asdict(found.refused) if found.refused else None,
    }


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def main() -> None:
    """Run in a process of its own: each line printed is how many rows have been read."""
    run(Path(sys.argv[1]), _say)


def _say(rows: int) -> None:
    sys.stdout.write(f"{rows}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
