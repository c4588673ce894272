"""Watches in the database: papers that were handed in, until their answer has come."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from core.store.tables import watches
from core.store.transaction import Transaction
from core.watch import Watch

_own = (watches.c.id == bindparam("number"), watches.c.person_id == bindparam("person"))
_CHANGED = ("office", "body", "state", "reminds")

BEGIN = (
    insert(watches)
    .values(
        {
            name: bindparam(name)
            for name in (*_CHANGED, "person_id", "enquiry", "service", "created_at", "changed_at")
        }
    )
    .returning(watches)
)
FIND = select(watches).where(*_own)
OF = (
    select(watches)
    .where(watches.c.person_id == bindparam("person"))
    .order_by(watches.c.id.desc())
    .limit(bindparam("most"))
)
KEEP = (
    update(watches)
    .where(*_own)
    .values({name: bindparam(f"new_{name}") for name in _CHANGED})
    .values(changed_at=bindparam("now"))
)
FORGET = delete(watches).where(watches.c.person_id == bindparam("person"))
FORGET_IDLE = delete(watches).where(watches.c.changed_at < bindparam("before"))


async def begin(
    tx: Transaction,
    *,
    person_id: int,
    service: str,
    handed_in: dt.date,
    now: dt.datetime,
    enquiry: int | None = None,
    office: str | None = None,
) -> Watch:
    """Begin to watch over an answer."""
    body = {"handed_in": handed_in.isoformat(), "promised": None, "slip": ""}
    row = await tx.one(
        BEGIN,
        {
            "person_id": person_id,
            "enquiry": enquiry,
            "service": service,
            "office": office,
            "body": tx.sealer.seal_json(body),
            "state": "waiting",
            "reminds": True,
            "created_at": now,
            "changed_at": now,
        },
    )
    return _watch(tx, row)


async def find(tx: Transaction, number: int, person_id: int) -> Watch | None:
    """Read one of a person; another's is not found."""
    row = await tx.first(FIND, {"number": number, "person": person_id})
    return _watch(tx, row) if row else None


async def of(tx: Transaction, person_id: int, most: int = 30) -> Sequence[Watch]:
    """List a person's watches, the newest first."""
    rows = await tx.all(OF, {"person": person_id, "most": most})
    return [_watch(tx, row) for row in rows]


async def keep(tx: Transaction, watch: Watch, now: dt.datetime) -> None:
    """Write a watch as it is now."""
    body = {
        "handed_in": watch.handed_in.isoformat(),
        "promised": watch.promised.isoformat() if watch.promised else None,
        "slip": watch.slip,
        "ground": watch.ground,
        "reason": watch.reason,
    }
    values = {
        "number": watch.id,
        "person": watch.person_id,
        "new_office": watch.office,
        "new_body": tx.sealer.seal_json(body),
        "new_state": watch.state,
        "new_reminds": watch.reminds,
        "now": now,
    }
    await tx.execute(KEEP, values)


async def forget(tx: Transaction, person_id: int) -> int:
    """Erase all of a person's; tell how many."""
    return await tx.execute(FORGET, {"person": person_id})


async def forget_idle(tx: Transaction, before: dt.datetime) -> int:
    """Erase those untouched since a moment; tell how many."""
    return await tx.execute(FORGET_IDLE, {"before": before})


def _watch(tx: Transaction, row: Row[Any]) -> Watch:
    body = tx.sealer.open_json(row.body)
    promised = body["promised"]
    return Watch(
        id=row.id,
        person_id=row.person_id,
        enquiry=row.enquiry,
        service=row.service,
        office=row.office,
        handed_in=dt.date.fromisoformat(body["handed_in"]),
        promised=dt.date.fromisoformat(promised) if promised else None,
        slip=body["slip"],
        state=row.state,
        reminds=row.reminds,
        created_at=row.created_at,
        ground=body.get("ground", ""),
        reason=body.get("reason", ""),
    )
