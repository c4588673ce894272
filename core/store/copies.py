"""Copies: which running bots share this database, by their signs of life."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from core.store.tables import copies
from core.store.transaction import Transaction

ALIVE_FOR = timedelta(minutes=1)
"""How long after its last sign of life a copy counts as running."""


def _beating(insert: Any) -> Any:
    new = insert(copies).values(
        id=bindparam("copy"), started_at=bindparam("now"), beat_at=bindparam("now")
    )
    return new.on_conflict_do_update(index_elements=["id"], set_={"beat_at": new.excluded.beat_at})


BEAT = {"sqlite": _beating(sqlite.insert), "postgresql": _beating(postgresql.insert)}
STOP = delete(copies).where(copies.c.id == bindparam("copy"))
BURY = delete(copies).where(copies.c.beat_at <= bindparam("since"))
RUNNING = (
    select(copies.c.id).where(copies.c.beat_at > bindparam("since")).order_by(copies.c.started_at)
)


async def beat(tx: Transaction, copy: str, now: datetime) -> None:
    """Give a sign of life, the first one too."""
    await tx.execute(BEAT[tx.dialect], {"copy": copy, "now": now})


async def stop(tx: Transaction, copy: str) -> None:
    """Say that a copy stops."""
    await tx.execute(STOP, {"copy": copy})


async def bury(tx: Transaction, now: datetime) -> int:
    """Forget the copies that ended without saying so; tell how many."""
    return await tx.execute(BURY, {"since": now - ALIVE_FOR})


async def running(tx: Transaction, now: datetime) -> Sequence[str]:
    """Name the copies that run, the oldest first."""
    return await tx.scalars(RUNNING, {"since": now - ALIVE_FOR})
