"""The directory in the database: offices, merged ids, places and boundaries, as their JSON."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Text, bindparam, delete, insert, select, type_coerce, update

from core.store.tables import boundaries as drawn
from core.store.tables import (
    complaint_events,
    complaints,
    gazetteer,
    office_aliases,
    offices,
    places,
    reports,
    watches,
)
from core.store.transaction import Transaction

Body = Mapping[str, Any]

RELEASE, ADMIN = "release", "admin"
AT_ONCE = 500
"""So many rows go in one statement: the loop is free in between, and neither database has to
take more parameters than it can."""

_WHERE = ("kind", "region", "district", "locality")
_ROW = (*_WHERE, "body", "origin", "edited", "offered", "changed_at")


@dataclass(frozen=True, slots=True)
class Entry:
    """An office as it stands in the database.

    `edited` has the fields that an admin edited, each with what the last release said of it when
    that was last looked at; it is None for an office that an admin added. `offered` has those of
    which the release now says something else.
    """

    id: str
    body: Body
    origin: str
    edited: Mapping[str, Any] | None
    offered: Mapping[str, Any] | None
    changed_at: datetime


_merged = select(office_aliases.c.old)
_ENTRY = (
    offices.c.id,
    offices.c.body,
    offices.c.origin,
    offices.c.edited,
    offices.c.offered,
    offices.c.changed_at,
)

EVERY = select(*_ENTRY).order_by(offices.c.id)
NAMED = select(*_ENTRY).where(offices.c.id.in_(bindparam("ids", expanding=True)))
ADD = insert(offices)
CHANGE = (
    update(offices)
    .where(offices.c.id == bindparam("office"))
    .values({name: bindparam(name) for name in _ROW})
)
REMOVE = delete(offices).where(offices.c.id == bindparam("office"))
BODIES = (
    select(type_coerce(offices.c.body, Text))
    .where(offices.c.id.not_in(_merged))
    .order_by(offices.c.id)
)
PAGE = (
    select(offices.c.id, type_coerce(offices.c.body, Text).label("body"))
    .where(offices.c.id > bindparam("after"), offices.c.id.not_in(_merged))
    .order_by(offices.c.id)
    .limit(bindparam("most"))
)
OFFERED = select(*_ENTRY).where(offices.c.offered.is_not(None)).order_by(offices.c.id)
NUMBERED = select(offices.c.id).where(offices.c.id.like(bindparam("like")))
ALIASES = select(office_aliases.c.old, office_aliases.c.office)
UNMERGE = delete(office_aliases).where(
    office_aliases.c.old == bindparam("gone"), office_aliases.c.origin == ADMIN
)
FORGET_RELEASED = delete(office_aliases).where(office_aliases.c.origin == RELEASE)
_POINTING = (
    office_aliases.c.office,
    complaints.c.office,
    complaints.c.addressee,
    complaint_events.c.office,
    watches.c.office,
    reports.c.office,
)
"""The columns that name an office, so that it cannot simply go."""
USED = [
    select(each).distinct().where(each.in_(bindparam("ids", expanding=True))) for each in _POINTING
]
PLACES = select(type_coerce(places.c.body, Text)).order_by(places.c.rank)
SETTLEMENTS = select(type_coerce(gazetteer.c.body, Text)).order_by(gazetteer.c.rank)
_OF_OFFICES = select(offices.c.locality).where(offices.c.locality.is_not(None))
UNUSED_SETTLEMENTS = delete(gazetteer).where(gazetteer.c.id.not_in(_OF_OFFICES))
KEPT_SETTLEMENTS = select(gazetteer.c.id)


async def every_entry(tx: Transaction) -> dict[str, Entry]:
    """All offices as they stand, also those that merged into others."""
    return {row.id: _entry(row) for row in await tx.all(EVERY)}


async def entries(tx: Transaction, ids: Collection[str]) -> dict[str, Entry]:
    """The offices of these ids, as far as there are any."""
    found: dict[str, Entry] = {}
    for some in in_parts(list(ids)):
        found |= {row.id: _entry(row) for row in await tx.all(NAMED, {"ids": some})}
    return found


async def put(
    tx: Transaction,
    *,
    added: Sequence[Entry] = (),
    changed: Sequence[Entry] = (),
    removed: Sequence[str] = (),
) -> None:
    """Write offices as they now are."""
    for some in in_parts(added):
        await tx.execute_many(ADD, [{"id": each.id, **_row(each)} for each in some])
    for some in in_parts(changed):
        await tx.execute_many(CHANGE, [{"office": each.id, **_row(each)} for each in some])
    for gone in in_parts(removed):
        await tx.execute_many(REMOVE, [{"office": each} for each in gone])


def in_parts(items: Sequence[Any], size: int = AT_ONCE) -> Iterable[Sequence[Any]]:
    """The same items, no more of them at once than one statement should take."""
    return (items[start : start + size] for start in range(0, len(items), size))


async def office_bodies(tx: Transaction) -> Sequence[str]:
    """Every office as JSON text, by id; those that merged into others are no offices any more."""
    return await tx.scalars(BODIES)


async def in_use(tx: Transaction, ids: Sequence[str]) -> set[str]:
    """Which of these offices something else in the database speaks of."""
    found: set[str] = set()
    for some in in_parts(ids):
        for statement in USED:
            found |= set(await tx.scalars(statement, {"ids": some}))
    return found


async def page_of_bodies(tx: Transaction, after: str, most: int) -> Sequence[tuple[str, str]]:
    """The next so many offices behind an id, each with its JSON text."""
    return [(row.id, row.body) for row in await tx.all(PAGE, {"after": after, "most": most})]


async def offers(tx: Transaction) -> Sequence[Entry]:
    """The offices of which the last release says something else than an admin."""
    return [_entry(row) for row in await tx.all(OFFERED)]


async def numbered(tx: Transaction, prefix: str) -> Sequence[str]:
    """The ids that begin so."""
    return await tx.scalars(NUMBERED, {"like": f"{prefix}%"})


async def bring_aliases(tx: Transaction, aliases: Mapping[str, str]) -> None:
    """Keep these ids that merged away by the files, beside those that an admin merged."""
    await tx.execute(FORGET_RELEASED)
    kept = await tx.all(ALIASES)
    known = {row.old for row in kept}
    rows = [
        {"old": old, "office": office, "origin": RELEASE}
        for old, office in aliases.items()
        if old not in known
    ]
    await tx.execute_many(insert(office_aliases), rows)


async def aliases(tx: Transaction) -> dict[str, str]:
    """The ids that merged away, with the id that stands for each in the end."""
    step = {row.old: row.office for row in await tx.all(ALIASES)}
    return {old: _end(step, office) for old, office in step.items()}


async def merge(tx: Transaction, gone: str, into: str) -> None:
    """Let one office stand for another too, which until now stood for itself."""
    await tx.execute(insert(office_aliases), {"old": gone, "office": into, "origin": ADMIN})


async def unmerge(tx: Transaction, gone: str) -> bool:
    """Let an office stand for itself again; tell whether it did not."""
    return bool(await tx.execute(UNMERGE, {"gone": gone}))


async def bring_places(tx: Transaction, bodies: Sequence[Body]) -> None:
    """Keep these places in this order, and no others."""
    await tx.execute(delete(places))
    rows = [{"id": body["id"], "rank": rank, "body": body} for rank, body in enumerate(bodies)]
    await tx.execute_many(insert(places), rows)


async def place_bodies(tx: Transaction) -> Sequence[str]:
    """Every place as JSON text, each after the one it lies in."""
    return await tx.scalars(PLACES)


async def bring_settlements(tx: Transaction, bodies: Sequence[Body]) -> None:
    """Keep what a gazetteer says in place of what one said before, but for seats of offices."""
    await tx.execute(UNUSED_SETTLEMENTS)
    kept = set(await tx.scalars(KEPT_SETTLEMENTS))
    rows = [
        {"id": body["id"], "rank": rank, "body": body}
        for rank, body in enumerate(bodies, start=len(kept))
        if body["id"] not in kept
    ]
    for some in in_parts(rows):
        await tx.execute_many(insert(gazetteer), some)


async def settlement_bodies(tx: Transaction) -> Sequence[str]:
    """What a gazetteer says, each place as JSON text."""
    return await tx.scalars(SETTLEMENTS)


async def bring_boundaries(tx: Transaction, rings: Mapping[str, Any]) -> None:
    """Keep these drawn districts, and no others."""
    await tx.execute(delete(drawn))
    rows = [{"place": place, "rings": each} for place, each in rings.items()]
    await tx.execute_many(insert(drawn), rows)


async def boundaries(tx: Transaction) -> dict[str, Any]:
    """The rings of the districts that were imported."""
    return {row.place: row.rings for row in await tx.all(select(drawn))}


def _end(step: Mapping[str, str], office: str) -> str:
    """Where a way from alias to alias ends; never longer than there are aliases."""
    for _ in range(len(step)):
        if office not in step:
            break
        office = step[office]
    return office


def _row(entry: Entry) -> dict[str, Any]:
    return {
        **{name: entry.body[name] for name in _WHERE},
        "body": dict(entry.body),
        "origin": entry.origin,
        "edited": entry.edited,
        "offered": entry.offered or None,
        "changed_at": entry.changed_at,
    }


def _entry(row: Row[Any]) -> Entry:
    return Entry(**row._asdict())
