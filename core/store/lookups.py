"""Lookups in the database: who read what is personal, where masks would have hidden it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import bindparam, insert, select

from core.store.tables import lookups
from core.store.transaction import Transaction

Origin = Literal["command", "chat"]


@dataclass(frozen=True, slots=True)
class Lookup:
    """Somebody saw what is personal; `who` is a login on the machine or an id of Telegram."""

    id: int
    at: datetime
    origin: Origin
    who: str
    what: str


_NAMES = ("at", "origin", "who", "what")
ADD = insert(lookups).values({name: bindparam(name) for name in _NAMES})
LATEST = select(lookups).order_by(lookups.c.id.desc()).limit(bindparam("most"))


async def add(tx: Transaction, origin: Origin, who: str, what: str, now: datetime) -> None:
    """Write down that somebody saw it."""
    await tx.execute(ADD, {"at": now, "origin": origin, "who": who, "what": what})


async def latest(tx: Transaction, most: int) -> Sequence[Lookup]:
    """List who saw what, the newest first."""
    return [Lookup(**row._asdict()) for row in await tx.all(LATEST, {"most": most})]
