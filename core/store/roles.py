"""Roles in the database: who may do what, where, by whose word and since when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from core.store.tables import roles
from core.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Role:
    """A role that a person holds or held; an empty `scope` has no bounds."""

    id: int
    person_id: int
    role: str
    scope: Mapping[str, Any]
    name: str | None
    granted_by: int | None
    granted_at: datetime
    revoked_at: datetime | None


class LastAdminError(Exception):
    """Without this admin there would be none, and nobody to make another."""


def _granting(insert: Any) -> Any:
    names = ("person_id", "role", "scope", "name", "granted_by", "granted_at")
    return (
        insert(roles)
        .values({name: bindparam(name) for name in names})
        .on_conflict_do_nothing(
            index_elements=["person_id", "role", "scope"],
            index_where=roles.c.revoked_at.is_(None),
        )
        .returning(roles.c.id)
    )


GRANT = {"sqlite": _granting(sqlite.insert), "postgresql": _granting(postgresql.insert)}
_held = roles.c.revoked_at.is_(None)
REVOKE = (
    update(roles)
    .where(_held, roles.c.id == bindparam("number"))
    .values(revoked_at=bindparam("now"))
)
# Locked, so that of two admins who take back each other's role at once the second sees the first.
ADMINS = (
    select(roles.c.id).where(_held, roles.c.role == "admin").order_by(roles.c.id).with_for_update()
)
ONE = select(roles).where(roles.c.id == bindparam("number"))
EVER_ADMINS = select(roles.c.person_id).where(roles.c.role == "admin")
OF = select(roles).where(_held, roles.c.person_id == bindparam("person")).order_by(roles.c.id)
HOLDERS = select(roles).where(_held, roles.c.role == bindparam("which")).order_by(roles.c.id)
SCOPES = (
    select(roles.c.person_id, roles.c.scope)
    .where(_held, roles.c.role == bindparam("which"))
    .order_by(roles.c.id)
)
EVER = select(roles).order_by(roles.c.id)


async def grant(
    tx: Transaction,
    *,
    person_id: int,
    role: str,
    now: datetime,
    scope: Mapping[str, Any] | None = None,
    name: str | None = None,
    granted_by: int | None = None,
) -> int | None:
    """Give a role; return its number, or None if the person holds it already."""
    number: int | None = await tx.scalar(
        GRANT[tx.dialect],
        {
            "person_id": person_id,
            "role": role,
            "scope": dict(scope or {}),
            "name": None if name is None else tx.sealer.seal(name),
            "granted_by": granted_by,
            "granted_at": now,
        },
    )
    return number


async def revoke(tx: Transaction, role_id: int, now: datetime) -> bool:
    """Take a role back; tell whether it was held. The last admin stays."""
    admins = await tx.scalars(ADMINS)
    if list(admins) == [role_id]:
        raise LastAdminError(role_id)
    return bool(await tx.execute(REVOKE, {"number": role_id, "now": now}))


async def find(tx: Transaction, role_id: int) -> Role | None:
    """Read a role, held or taken back."""
    row = await tx.first(ONE, {"number": role_id})
    return _role(tx, row) if row else None


async def ever_admins(tx: Transaction) -> frozenset[int]:
    """Everyone who is or was an admin."""
    return frozenset(await tx.scalars(EVER_ADMINS))


async def of(tx: Transaction, person_id: int) -> Sequence[Role]:
    """List the roles a person holds."""
    return [_role(tx, row) for row in await tx.all(OF, {"person": person_id})]


async def holders(tx: Transaction, role: str) -> Sequence[Role]:
    """List everyone who holds a role."""
    return [_role(tx, row) for row in await tx.all(HOLDERS, {"which": role})]


async def scopes(tx: Transaction, role: str) -> Sequence[tuple[int, Mapping[str, Any]]]:
    """Everyone who holds a role with its bounds, and without their names, which takes longer."""
    return [(row.person_id, row.scope) for row in await tx.all(SCOPES, {"which": role})]


async def ever(tx: Transaction) -> Sequence[Role]:
    """List all roles that were ever given."""
    return [_role(tx, row) for row in await tx.all(EVER)]


def _role(tx: Transaction, row: Row[Any]) -> Role:
    values = row._asdict()
    values["name"] = None if row.name is None else tx.sealer.open(row.name)
    return Role(**values)
