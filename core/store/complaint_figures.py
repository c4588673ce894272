"""Complaints read for figures only: what was said stays sealed, and who said it is not read."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, or_, select

from core.complaints.model import OPEN, Complaint, Said
from core.store.tables import complaint_events as events
from core.store.tables import complaints
from core.store.transaction import Transaction

_SEALED = frozenset({"said", "incoming_number", "person_id"})
_first = (
    select(events.c.complaint, func.min(events.c.at).label("first_answer"))
    .where(events.c.kind.in_(("answered", "closed")), events.c.by.in_(("official", "admin")))
    .group_by(events.c.complaint)
    .subquery()
)
SENT_OR_OPEN = (
    select(*(each for each in complaints.c if each.name not in _SEALED), _first.c.first_answer)
    .select_from(complaints.outerjoin(_first, _first.c.complaint == complaints.c.id))
    .where(
        complaints.c.state != "draft",
        or_(complaints.c.sent_at >= bindparam("since"), complaints.c.state.in_(sorted(OPEN))),
    )
    .order_by(complaints.c.id)
)


async def sent_or_open(
    tx: Transaction, since: datetime
) -> Sequence[tuple[Complaint, datetime | None]]:
    """The complaints sent since a moment and all that are open, with their first answers."""
    rows = await tx.all(SENT_OR_OPEN, {"since": since})
    return [(_complaint(row), row.first_answer) for row in rows]


def _complaint(row: Row[Any]) -> Complaint:
    values = row._asdict()
    del values["first_answer"]
    if row.registered_on is not None:
        values["registered_on"] = date.fromisoformat(row.registered_on)
    return Complaint(**values, person_id=None, said=Said(), incoming_number=None)
