"""Invites in the database: links that give a role once, known here by the hash of their token.

A link is used up by the first who opens it; whether that is who was meant, an admin says.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Literal

from sqlalchemy import Row, bindparam, insert, select, update

from core.store.tables import invites
from core.store.transaction import Transaction

TOKEN_BYTES = 16
"""128 random bits, so that a fast hash is enough: nobody can try them all."""
GOOD_FOR = timedelta(hours=72)

Opening = Literal[
    "asked", "waiting", "confirmed", "refused", "used", "expired", "withdrawn", "own", "unknown"
]


@dataclass(frozen=True, slots=True)
class Invite:
    """An invite as it stands."""

    id: int
    role: str
    scope: Mapping[str, Any]
    made_by: int
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    opened_by: int | None
    opened_name: str | None
    opened_at: datetime | None
    decided_by: int | None
    decided_at: datetime | None
    granted: bool | None

    def waits_for_somebody(self, now: datetime) -> bool:
        """Whether it can still be opened."""
        return self.opened_by is None and self.revoked_at is None and now < self.expires_at

    @property
    def waits_for_an_admin(self) -> bool:
        """Whether somebody has opened it and no admin has said yet who that is."""
        return self.opened_by is not None and self.decided_at is None and self.revoked_at is None


_ONE = invites.c.id == bindparam("number")
_HASHED = invites.c.token_hash == bindparam("hashed")
_UNDECIDED = (invites.c.decided_at.is_(None), invites.c.revoked_at.is_(None))
MAKE = (
    insert(invites)
    .values(
        {
            name: bindparam(name)
            for name in ("token_hash", "role", "scope", "made_by", "made_at", "expires_at")
        }
    )
    .returning(invites)
)
OPEN = (
    update(invites)
    .where(
        _HASHED,
        *_UNDECIDED,
        invites.c.opened_by.is_(None),
        invites.c.expires_at > bindparam("now"),
        invites.c.made_by != bindparam("person"),
    )
    .values(
        opened_by=bindparam("person"), opened_name=bindparam("name"), opened_at=bindparam("now")
    )
    .returning(invites)
)
DECIDE = (
    update(invites)
    .where(_ONE, *_UNDECIDED, invites.c.opened_by.is_not(None))
    .values(decided_by=bindparam("admin"), decided_at=bindparam("now"), granted=bindparam("yes"))
)
REVOKE = update(invites).where(_ONE, *_UNDECIDED).values(revoked_at=bindparam("now"))
FIND = select(invites).where(_ONE)
BY_TOKEN = select(invites).where(_HASHED)
UNDECIDED = select(invites).where(*_UNDECIDED).order_by(invites.c.id.desc())


async def make(
    tx: Transaction, *, role: str, scope: Mapping[str, Any], made_by: int, now: datetime
) -> tuple[Invite, str]:
    """Make an invite; its token is given back here and never again."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = await tx.one(
        MAKE,
        {
            "token_hash": _hash(token),
            "role": role,
            "scope": dict(scope),
            "made_by": made_by,
            "made_at": now,
            "expires_at": now + GOOD_FOR,
        },
    )
    return _invite(tx, row), token


async def open_by(
    tx: Transaction, token: str, person_id: int, name: str, now: datetime
) -> tuple[Opening, Invite | None]:
    """Let a person open a link; of many at once one comes first. Tell what became of it."""
    values = {
        "hashed": _hash(token),
        "now": now,
        "person": person_id,
        "name": tx.sealer.seal(name),
    }
    row = await tx.first(OPEN, values)
    if row is not None:
        return "asked", _invite(tx, row)
    row = await tx.first(BY_TOKEN, {"hashed": values["hashed"]})
    if row is None:
        return "unknown", None
    invite = _invite(tx, row)
    return _why_not(invite, person_id, now), invite


async def find(tx: Transaction, invite_id: int) -> Invite | None:
    """Read an invite."""
    row = await tx.first(FIND, {"number": invite_id})
    return _invite(tx, row) if row else None


async def undecided(tx: Transaction, now: datetime) -> Sequence[Invite]:
    """List those that wait to be opened or confirmed, the newest first."""
    found = [_invite(tx, row) for row in await tx.all(UNDECIDED)]
    return [each for each in found if each.waits_for_an_admin or each.waits_for_somebody(now)]


async def decide(
    tx: Transaction, invite_id: int, admin: int, now: datetime, *, granted: bool
) -> bool:
    """Say whether whoever opened it is who was meant; tell whether that was still to be said."""
    values = {"number": invite_id, "admin": admin, "now": now, "yes": granted}
    return bool(await tx.execute(DECIDE, values))


async def revoke(tx: Transaction, invite_id: int, now: datetime) -> bool:
    """Take a link back; tell whether it was still good."""
    return bool(await tx.execute(REVOKE, {"number": invite_id, "now": now}))


def _why_not(invite: Invite, person_id: int, now: datetime) -> Opening:
    """Why a link that we know did not open; nothing of it is told to anybody else."""
    if invite.opened_by == person_id:
        if invite.granted is None:
            return "waiting" if invite.revoked_at is None else "withdrawn"
        return "confirmed" if invite.granted else "refused"
    if invite.opened_by is not None:
        return "used"
    if invite.revoked_at is not None:
        return "withdrawn"
    return "own" if now < invite.expires_at else "expired"


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _invite(tx: Transaction, row: Row[Any]) -> Invite:
    values = row._asdict()
    del values["token_hash"]
    values["opened_name"] = None if row.opened_name is None else tx.sealer.open(row.opened_name)
    return Invite(**values)
