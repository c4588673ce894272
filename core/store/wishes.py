"""Wishes: what people agreed to be sent without asking for it each time; nothing by default."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from core.store.tables import wishes
from core.store.transaction import Transaction

Wish = Literal["news", "digest"]
NEWS: Wish = "news"
DIGEST: Wish = "digest"


def _agreeing(insert: Any) -> Any:
    new = insert(wishes).values({name: bindparam(name) for name in ("person_id", "wish", "since")})
    return new.on_conflict_do_nothing(index_elements=["person_id", "wish"])


AGREE = {"sqlite": _agreeing(sqlite.insert), "postgresql": _agreeing(postgresql.insert)}
_one = (wishes.c.person_id == bindparam("person"), wishes.c.wish == bindparam("which"))
REFUSE = delete(wishes).where(*_one)
HAS = select(wishes.c.since).where(*_one)
WHO = (
    select(wishes.c.person_id)
    .where(wishes.c.wish == bindparam("which"), wishes.c.since < bindparam("before"))
    .order_by(wishes.c.person_id)
)


async def agree(tx: Transaction, person_id: int, wish: Wish, now: datetime) -> None:
    """Note that a person wants it; they must have been met."""
    await tx.execute(AGREE[tx.dialect], {"person_id": person_id, "wish": wish, "since": now})


async def refuse(tx: Transaction, person_id: int, wish: Wish) -> bool:
    """Note that a person does not want it any more; tell whether they did."""
    return bool(await tx.execute(REFUSE, {"person": person_id, "which": wish}))


async def has(tx: Transaction, person_id: int, wish: Wish) -> bool:
    """Whether a person wants it."""
    return await tx.scalar(HAS, {"person": person_id, "which": wish}) is not None


async def who(tx: Transaction, wish: Wish, before: datetime) -> Sequence[int]:
    """Everybody who has wanted it since before a moment."""
    return await tx.scalars(WHO, {"which": wish, "before": before})
