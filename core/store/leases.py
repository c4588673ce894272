"""Leases: what only one copy of the bot may do at a time, and until when it holds it."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from core.store.tables import leases
from core.store.transaction import Transaction


def _holding(insert: Any) -> Any:
    new = insert(leases).values(
        name=bindparam("lease"), holder=bindparam("copy"), until=bindparam("end")
    )
    return new.on_conflict_do_update(
        index_elements=["name"],
        set_={"holder": new.excluded.holder, "until": new.excluded.until},
        where=(leases.c.holder == new.excluded.holder) | (leases.c.until <= bindparam("now")),
    ).returning(leases.c.holder)


HOLD = {"sqlite": _holding(sqlite.insert), "postgresql": _holding(postgresql.insert)}
RELEASE = delete(leases).where(
    leases.c.name == bindparam("lease"), leases.c.holder == bindparam("copy")
)
HOLDER = select(leases.c.holder).where(
    leases.c.name == bindparam("lease"), leases.c.until > bindparam("now")
)


async def hold(tx: Transaction, name: str, copy: str, now: datetime, length: timedelta) -> bool:
    """Take a lease or keep it longer; tell whether this copy holds it now."""
    values = {"lease": name, "copy": copy, "now": now, "end": now + length}
    return await tx.scalar(HOLD[tx.dialect], values) is not None


async def release(tx: Transaction, name: str, copy: str) -> None:
    """Give a lease back, if this copy holds it."""
    await tx.execute(RELEASE, {"lease": name, "copy": copy})


async def holder(tx: Transaction, name: str, now: datetime) -> str | None:
    """Tell which copy holds a lease."""
    copy: str | None = await tx.scalar(HOLDER, {"lease": name, "now": now})
    return copy
