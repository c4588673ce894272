"""Counters in the database: how often what happened on a day, of nobody in particular."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from core.store.tables import counters
from core.store.transaction import Transaction

Counted = Mapping[tuple[str, str], int]
"""How often: by what happened, and to what."""


def _adding(insert: Any) -> Any:
    names = ("day", "what", "key", "count")
    new = insert(counters).values({name: bindparam(name) for name in names})
    return new.on_conflict_do_update(
        index_elements=["day", "what", "key"],
        set_={"count": counters.c.count + new.excluded.count},
    )


ADD = {"sqlite": _adding(sqlite.insert), "postgresql": _adding(postgresql.insert)}
_within = (
    counters.c.what == bindparam("which"),
    counters.c.day >= bindparam("since"),
    counters.c.day <= bindparam("until"),
)
BY_KEY = (
    select(counters.c.key, func.sum(counters.c.count).label("times"))
    .where(*_within)
    .group_by(counters.c.key)
)
BY_DAY = select(counters.c.day, counters.c.key, counters.c.count.label("times")).where(*_within)
CLEAR = delete(counters).where(
    counters.c.what == bindparam("which"), counters.c.day >= bindparam("since")
)


async def add(tx: Transaction, day: dt.date, counted: Counted) -> None:
    """Count what happened; in one order, so that two who count at once never wait in a ring."""
    if counted:
        rows = [
            {"day": day, "what": what, "key": key, "count": number}
            for (what, key), number in sorted(counted.items())
        ]
        await tx.execute_many(ADD[tx.dialect], rows)


async def replace_since(
    tx: Transaction, what: str, since: dt.date, days: Mapping[tuple[dt.date, str], int]
) -> None:
    """Put what was counted anew in the place of what stood there since a day."""
    await tx.execute(CLEAR, {"which": what, "since": since})
    rows = [
        {"day": day, "what": what, "key": key, "count": number}
        for (day, key), number in sorted(days.items())
    ]
    await tx.execute_many(ADD[tx.dialect], rows)


async def by_key(tx: Transaction, what: str, since: dt.date, until: dt.date) -> dict[str, int]:
    """How often it happened within these days, by what it happened to, the most first."""
    rows = await tx.all(BY_KEY, {"which": what, "since": since, "until": until})
    found = [(str(row.key), int(row.times)) for row in rows]
    return dict(sorted(found, key=lambda each: (-each[1], each[0])))


async def by_day(
    tx: Transaction, what: str, since: dt.date, until: dt.date
) -> dict[tuple[dt.date, str], int]:
    """The same day by day."""
    rows = await tx.all(BY_DAY, {"which": what, "since": since, "until": until})
    return {(row.day, row.key): int(row.times) for row in rows}
