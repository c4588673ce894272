"""Changes of offices in the database: who, when, from where, old and new; rows are only added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select

from core.store.offices import in_parts
from core.store.tables import changes
from core.store.transaction import Transaction

ADDED, CHANGED, REMOVED = "added", "changed", "removed"
MERGED, PARTED, DECLINED = "merged", "parted", "declined"

Pair = Sequence[Any]
"""An old and a new value."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one office; `fields` has each field's old and new value.

    `state` has what else stood with the office in the database, before and after. Changes that were
    made as one share `together`, the number of the first of them.
    """

    id: int
    office: str
    kind: str
    fields: Mapping[str, Pair]
    state: Mapping[str, Any]
    origin: str
    person_id: int | None
    at: datetime
    import_id: int | None = None
    report_id: int | None = None
    undoes: int | None = None
    together: int | None = None


_NEW = (
    "office",
    "kind",
    "fields",
    "state",
    "origin",
    "person_id",
    "at",
    "import_id",
    "report_id",
    "undoes",
    "together",
)
INSERT = insert(changes).values({name: bindparam(name) for name in _NEW})
APPEND = INSERT.returning(changes.c.id)
FIND = select(changes).where(changes.c.id == bindparam("number"))
TOGETHER = (
    select(changes)
    .where(
        (changes.c.id == bindparam("number")) | (changes.c.together == bindparam("number")),
    )
    .order_by(changes.c.id)
)
OF_OFFICE = (
    select(changes)
    .where(changes.c.office == bindparam("office"), changes.c.id < bindparam("before"))
    .order_by(changes.c.id.desc())
    .limit(bindparam("most"))
)
LATEST = (
    select(changes)
    .where(changes.c.id < bindparam("before"))
    .order_by(changes.c.id.desc())
    .limit(bindparam("most"))
)
OF_IMPORT = (
    select(changes)
    .where(
        changes.c.import_id == bindparam("import_id"),
        changes.c.undoes.is_(None),
        changes.c.id < bindparam("before"),
    )
    .order_by(changes.c.id.desc())
    .limit(bindparam("most"))
)
LAST = select(func.max(changes.c.id))
LAST_OF = (
    select(changes.c.office, func.max(changes.c.id).label("last"))
    .where(changes.c.office.in_(bindparam("ids", expanding=True)))
    .group_by(changes.c.office)
)
UNDONE = select(changes.c.undoes).where(
    changes.c.undoes.in_(bindparam("ids", expanding=True)),
)
EVER_ADDED = select(changes.c.office).where(
    changes.c.kind == ADDED, changes.c.office.like(bindparam("like"))
)

NO_LIMIT = 2**63 - 1


async def append(tx: Transaction, row: Mapping[str, Any]) -> int:
    """Add a change; return its number."""
    number: int = await tx.scalar(APPEND, row)
    return number


async def append_many(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add many changes."""
    for some in in_parts(rows):
        await tx.execute_many(INSERT, some)


async def find(tx: Transaction, number: int) -> Change | None:
    """The change of a number."""
    row = await tx.first(FIND, {"number": number})
    return None if row is None else _change(row)


async def together(tx: Transaction, change: Change) -> Sequence[Change]:
    """All that was changed as one with this, itself included, in the order it was done."""
    rows = await tx.all(TOGETHER, {"number": change.together or change.id})
    return [_change(row) for row in rows]


async def of_office(
    tx: Transaction, office: str, *, before: int = NO_LIMIT, most: int = 50
) -> Sequence[Change]:
    """The changes of one office, the latest first."""
    rows = await tx.all(OF_OFFICE, {"office": office, "before": before, "most": most})
    return [_change(row) for row in rows]


async def latest(tx: Transaction, *, before: int = NO_LIMIT, most: int = 50) -> Sequence[Change]:
    """The latest changes of all offices, the newest first."""
    return [_change(row) for row in await tx.all(LATEST, {"before": before, "most": most})]


async def of_import(
    tx: Transaction, import_id: int, *, before: int = NO_LIMIT, most: int = 1000
) -> Sequence[Change]:
    """What an import changed, the last of it first; what undid it again is not part of it."""
    rows = await tx.all(OF_IMPORT, {"import_id": import_id, "before": before, "most": most})
    return [_change(row) for row in rows]


async def last(tx: Transaction) -> int:
    """The number of the last change of all: what tells one state of the directory from another."""
    return await tx.scalar(LAST) or 0


async def last_of(tx: Transaction, offices: Sequence[str]) -> dict[str, int]:
    """The number of the last change of each of these offices that was ever changed."""
    found: dict[str, int] = {}
    for some in in_parts(offices):
        rows = await tx.all(LAST_OF, {"ids": some})
        found |= {row.office: row.last for row in rows}
    return found


async def undone(tx: Transaction, numbers: Sequence[int]) -> set[int]:
    """Which of these changes were undone."""
    found: set[int] = set()
    for some in in_parts(numbers):
        found |= set(await tx.scalars(UNDONE, {"ids": some}))
    return found


async def ever_added(tx: Transaction, prefix: str) -> Sequence[str]:
    """The ids that begin so and were ever given to an office, also to one that is gone."""
    return await tx.scalars(EVER_ADDED, {"like": f"{prefix}%"})


def _change(row: Row[Any]) -> Change:
    return Change(**row._asdict())
