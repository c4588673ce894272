"""Enquiries in the database: what a parent answered to one service, and which papers are ready."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from core.store.tables import enquiries
from core.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Enquiry:
    """One parent's answers to one service; answers, ticks and label are sealed when kept."""

    id: int
    person_id: int
    service: str
    rules_version: str
    answers: Mapping[str, str]
    ticked: Sequence[str]
    label: str | None
    state: str
    created_at: datetime
    active_at: datetime


_own = (enquiries.c.id == bindparam("number"), enquiries.c.person_id == bindparam("person"))

BEGIN = (
    insert(enquiries)
    .values(
        person_id=bindparam("person"),
        service=bindparam("service"),
        rules_version=bindparam("rules_version"),
        answers=bindparam("answers"),
        ticked=bindparam("ticked"),
        label=bindparam("label"),
        state=bindparam("state"),
        created_at=bindparam("now"),
        active_at=bindparam("now"),
    )
    .returning(enquiries)
)
FIND = select(enquiries).where(*_own)
OF = (
    select(enquiries)
    .where(enquiries.c.person_id == bindparam("person"))
    .order_by(enquiries.c.active_at.desc(), enquiries.c.id.desc())
    .limit(bindparam("most"))
)
KEEP = (
    update(enquiries)
    .where(*_own)
    .values(
        rules_version=bindparam("rules_version"),
        answers=bindparam("answers"),
        ticked=bindparam("ticked"),
        label=bindparam("label"),
        state=bindparam("state"),
        active_at=bindparam("now"),
    )
)
BEGUN_SINCE = (
    select(
        enquiries.c.id,
        enquiries.c.service,
        enquiries.c.answers,
        enquiries.c.created_at,
        enquiries.c.active_at,
    )
    .where(enquiries.c.id > bindparam("after"), enquiries.c.created_at >= bindparam("since"))
    .order_by(enquiries.c.id)
    .limit(bindparam("most"))
)
FORGET = delete(enquiries).where(*_own)
FORGET_ALL = delete(enquiries).where(enquiries.c.person_id == bindparam("person"))
FORGET_IDLE = delete(enquiries).where(enquiries.c.active_at < bindparam("before"))


async def begin(
    tx: Transaction,
    *,
    person_id: int,
    service: str,
    rules_version: str,
    state: str,
    now: datetime,
    label: str | None = None,
) -> Enquiry:
    """Begin an enquiry with no answers yet; its person must have been met."""
    row = await tx.one(
        BEGIN,
        {
            "person": person_id,
            "service": service,
            "rules_version": rules_version,
            "answers": tx.sealer.seal_json({}),
            "ticked": tx.sealer.seal_json([]),
            "label": None if label is None else tx.sealer.seal(label),
            "state": state,
            "now": now,
        },
    )
    return _enquiry(tx, row)


async def find(tx: Transaction, enquiry_id: int, person_id: int) -> Enquiry | None:
    """Read an enquiry of a person; another's is not found."""
    row = await tx.first(FIND, {"number": enquiry_id, "person": person_id})
    return _enquiry(tx, row) if row else None


async def of(tx: Transaction, person_id: int, most: int = 50) -> Sequence[Enquiry]:
    """List a person's enquiries, the one touched last first."""
    rows = await tx.all(OF, {"person": person_id, "most": most})
    return [_enquiry(tx, row) for row in rows]


async def begun_since(
    tx: Transaction, since: datetime, after: int, most: int
) -> Sequence[Row[Any]]:
    """Read some enquiries begun since a moment, without their persons and sealed as they are."""
    return await tx.all(BEGUN_SINCE, {"since": since, "after": after, "most": most})


async def keep(tx: Transaction, enquiry: Enquiry, now: datetime) -> bool:
    """Write an enquiry as it is now; tell whether it was still there."""
    values = {
        "number": enquiry.id,
        "person": enquiry.person_id,
        "rules_version": enquiry.rules_version,
        "answers": tx.sealer.seal_json(dict(enquiry.answers)),
        "ticked": tx.sealer.seal_json(list(enquiry.ticked)),
        "label": None if enquiry.label is None else tx.sealer.seal(enquiry.label),
        "state": enquiry.state,
        "now": now,
    }
    return bool(await tx.execute(KEEP, values))


async def forget(tx: Transaction, enquiry_id: int, person_id: int) -> bool:
    """Erase an enquiry of a person; tell whether it was there."""
    return bool(await tx.execute(FORGET, {"number": enquiry_id, "person": person_id}))


async def forget_all(tx: Transaction, person_id: int) -> int:
    """Erase all enquiries of a person; tell how many."""
    return await tx.execute(FORGET_ALL, {"person": person_id})


async def forget_idle(tx: Transaction, before: datetime) -> int:
    """Erase the enquiries untouched since a moment; tell how many."""
    return await tx.execute(FORGET_IDLE, {"before": before})


def _enquiry(tx: Transaction, row: Row[Any]) -> Enquiry:
    values = row._asdict()
    values["answers"] = tx.sealer.open_json(row.answers)
    values["ticked"] = tuple(tx.sealer.open_json(row.ticked))
    values["label"] = None if row.label is None else tx.sealer.open(row.label)
    return Enquiry(**values)
