"""The directory in the database: offices, merged ids, places and boundaries, as their JSON."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Text, bindparam, delete, insert, select, type_coerce, update

from core.store.columns import Json
from core.store.tables import boundaries as drawn
from core.store.tables import office_aliases, offices, places
from core.store.transaction import Transaction

Body = Mapping[str, Any]

RELEASE, ADMIN = "release", "admin"
_WHERE = ("kind", "region", "district", "locality")
_BODY = Json()

KEPT = select(offices.c.id, offices.c.origin, offices.c.body)
ADD = insert(offices)
CHANGE = (
    update(offices)
    .where(offices.c.id == bindparam("office"))
    .values(
        {name: bindparam(name) for name in (*_WHERE, "body", "origin", "offered", "changed_at")}
    )
)
OFFER = (
    update(offices)
    .where(offices.c.id == bindparam("office"))
    .values(offered=bindparam("new_offer", type_=_BODY))
)
REMOVE = delete(offices).where(offices.c.id == bindparam("office"))
BODIES = select(type_coerce(offices.c.body, Text)).order_by(offices.c.id)
OFFERED = select(offices.c.id, offices.c.offered).where(offices.c.offered.is_not(None))
ALIASES = select(office_aliases.c.old, office_aliases.c.office)
PLACES = select(type_coerce(places.c.body, Text)).order_by(places.c.rank)


async def bring_release(tx: Transaction, bodies: Sequence[Body], now: datetime) -> None:
    """Make the offices those of a release, but for what an admin changed.

    Such an office stays as it is, and what the release says of it is kept beside it, if it differs.
    An office that the release no longer has goes, unless an admin changed it.
    """
    kept = {row.id: (row.origin, row.body) for row in await tx.all(KEPT)}
    added, changed, offered = [], [], []
    for body in bodies:
        origin, present = kept.pop(body["id"], (None, None))
        if origin is None:
            added.append({"id": body["id"], **_row(body, RELEASE, now)})
        elif origin == ADMIN:
            differs = body != present
            offered.append({"office": body["id"], "new_offer": dict(body) if differs else None})
        elif body != present:
            changed.append({"office": body["id"], **_row(body, RELEASE, now)})
    gone = [{"office": office} for office, (origin, _) in kept.items() if origin == RELEASE]
    await tx.execute_many(ADD, added)
    await tx.execute_many(CHANGE, changed)
    await tx.execute_many(OFFER, offered)
    await tx.execute_many(REMOVE, gone)


async def change_by_admin(tx: Transaction, body: Body, now: datetime) -> bool:
    """Put an office as an admin wants it; tell whether there is such an office."""
    row = {"office": body["id"], **_row(body, ADMIN, now)}
    return await tx.execute(CHANGE, row) == 1


async def office_bodies(tx: Transaction) -> Sequence[str]:
    """Every office as JSON text, by id."""
    return await tx.scalars(BODIES)


async def offers(tx: Transaction) -> dict[str, Any]:
    """What the last release says otherwise of offices that an admin changed."""
    return {row.id: row.offered for row in await tx.all(OFFERED)}


async def bring_aliases(tx: Transaction, aliases: Mapping[str, str]) -> None:
    """Keep these ids that merged away, and no others."""
    await tx.execute(delete(office_aliases))
    rows = [{"old": old, "office": office} for old, office in aliases.items()]
    await tx.execute_many(insert(office_aliases), rows)


async def aliases(tx: Transaction) -> dict[str, str]:
    """The ids that merged away, with the id that stands for each."""
    return {row.old: row.office for row in await tx.all(ALIASES)}


async def bring_places(tx: Transaction, bodies: Sequence[Body]) -> None:
    """Keep these places in this order, and no others."""
    await tx.execute(delete(places))
    rows = [{"id": body["id"], "rank": rank, "body": body} for rank, body in enumerate(bodies)]
    await tx.execute_many(insert(places), rows)


async def place_bodies(tx: Transaction) -> Sequence[str]:
    """Every place as JSON text, each after the one it lies in."""
    return await tx.scalars(PLACES)


async def bring_boundaries(tx: Transaction, rings: Mapping[str, Any]) -> None:
    """Keep these drawn districts, and no others."""
    await tx.execute(delete(drawn))
    rows = [{"place": place, "rings": each} for place, each in rings.items()]
    await tx.execute_many(insert(drawn), rows)


async def boundaries(tx: Transaction) -> dict[str, Any]:
    """The rings of the districts that were imported."""
    return {row.place: row.rings for row in await tx.all(select(drawn))}


def _row(body: Body, origin: str, now: datetime) -> dict[str, Any]:
    where = {name: body[name] for name in _WHERE}
    return {**where, "body": dict(body), "origin": origin, "offered": None, "changed_at": now}
