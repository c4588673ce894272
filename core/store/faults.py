"""Faults: errors of ours by kind, so that the admins hear of each kind once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from core.store.tables import faults
from core.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of error, and how often it happened."""

    kind: str
    first_at: datetime
    last_at: datetime
    count: int
    told_at: datetime | None


def _happening(insert: Any) -> Any:
    new = insert(faults).values(
        kind=bindparam("what"), first_at=bindparam("now"), last_at=bindparam("now"), count=1
    )
    return new.on_conflict_do_update(
        index_elements=["kind"],
        set_={"last_at": new.excluded.last_at, "count": faults.c.count + 1},
    ).returning(faults.c.told_at)


HAPPENED = {"sqlite": _happening(sqlite.insert), "postgresql": _happening(postgresql.insert)}
TOLD = update(faults).where(faults.c.kind == bindparam("what")).values(told_at=bindparam("now"))
LATEST = select(faults).order_by(faults.c.last_at.desc()).limit(bindparam("most"))
SETTLED = delete(faults).where(faults.c.kind == bindparam("what"))


async def happened(tx: Transaction, kind: str, now: datetime) -> bool:
    """Count an error; tell whether its kind is news to the admins, who are told with this."""
    is_news = await tx.scalar(HAPPENED[tx.dialect], {"what": kind, "now": now}) is None
    if is_news:
        await tx.execute(TOLD, {"what": kind, "now": now})
    return is_news


async def latest(tx: Transaction, most: int = 20) -> Sequence[Fault]:
    """List the kinds that happened last."""
    return [Fault(**row._asdict()) for row in await tx.all(LATEST, {"most": most})]


async def settle(tx: Transaction, kind: str) -> bool:
    """Forget a kind that was mended, so that it would be news again; tell whether it was known."""
    return bool(await tx.execute(SETTLED, {"what": kind}))
