"""Events of roles in the database: who gave, took back, invited and refused; never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import bindparam, insert, select

from core.store.tables import role_events
from core.store.transaction import Transaction

Kind = Literal["granted", "revoked", "invited", "withdrawn", "opened", "refused"]
Origin = Literal["chat", "command", "settings"]


@dataclass(frozen=True, slots=True)
class RoleEvent:
    """Something that was done about a role; `by` is nobody where an operator did it."""

    id: int
    kind: Kind
    at: datetime
    origin: Origin
    by: int | None
    person_id: int | None
    role: str
    scope: Mapping[str, Any]
    invite: int | None


_NAMES = ("kind", "at", "origin", "by", "person_id", "role", "scope", "invite")
ADD = insert(role_events).values({name: bindparam(name) for name in _NAMES})
LATEST = (
    select(role_events)
    .order_by(role_events.c.id.desc())
    .limit(bindparam("most"))
    .offset(bindparam("after"))
)


async def add(
    tx: Transaction,
    kind: Kind,
    *,
    at: datetime,
    origin: Origin,
    by: int | None,
    role: str,
    scope: Mapping[str, Any],
    person_id: int | None = None,
    invite: int | None = None,
) -> None:
    """Write down what was done."""
    values = {
        "kind": kind,
        "at": at,
        "origin": origin,
        "by": by,
        "person_id": person_id,
        "role": role,
        "scope": dict(scope),
        "invite": invite,
    }
    await tx.execute(ADD, values)


async def latest(tx: Transaction, most: int, after: int = 0) -> Sequence[RoleEvent]:
    """List what was done, the newest first, after so many."""
    rows = await tx.all(LATEST, {"most": most, "after": after})
    return [RoleEvent(**row._asdict()) for row in rows]
