"""Searches that found nothing, kept so that no person can be found in them.

Words and persons stand there as marks that only the key can make; the words themselves are sealed
and are opened only once enough different people have typed the same. A person's marks are another
for all other words, so that nobody's searches can be put together.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from core.store.tables import missed_searches as misses
from core.store.transaction import Transaction

ENOUGH = 3
"""So many different people must have typed the same words before anybody sees them."""


@dataclass(frozen=True, slots=True)
class Missed:
    """Words that several people looked for in vain."""

    words: str
    people: int


def _noting(insert: Any) -> Any:
    names = ("words_mark", "person_mark", "words", "day")
    new = insert(misses).values({name: bindparam(name) for name in names})
    return new.on_conflict_do_update(
        index_elements=["words_mark", "person_mark"], set_={"day": new.excluded.day}
    )


NOTE = {"sqlite": _noting(sqlite.insert), "postgresql": _noting(postgresql.insert)}
SEVERAL = (
    select(func.min(misses.c.id).label("first"), func.count().label("people"))
    .where(misses.c.day >= bindparam("since"), misses.c.day <= bindparam("until"))
    .group_by(misses.c.words_mark)
    .having(func.count() >= ENOUGH)
    .order_by(func.count().desc(), func.min(misses.c.id))
    .limit(bindparam("most"))
)
WORDS = select(misses.c.id, misses.c.words).where(
    misses.c.id.in_(bindparam("numbers", expanding=True))
)
FORGET = delete(misses).where(misses.c.day < bindparam("before"))
FORGET_ALL = delete(misses)


async def note(tx: Transaction, words: str, person_id: int, day: dt.date) -> None:
    """Note that a person found nothing for these words; the same person counts once."""
    await tx.execute(
        NOTE[tx.dialect],
        {
            "words_mark": tx.sealer.mark(words),
            "person_mark": tx.sealer.mark(f"{person_id} {words}"),
            "words": tx.sealer.seal(words),
            "day": day,
        },
    )


async def of_several(
    tx: Transaction, since: dt.date, until: dt.date, most: int = 50
) -> Sequence[Missed]:
    """The words that several people typed within these days, those of most people first."""
    found = await tx.all(SEVERAL, {"since": since, "until": until, "most": most})
    numbers = [row.first for row in found]
    words = {row.id: row.words for row in await tx.all(WORDS, {"numbers": numbers})}
    return [Missed(tx.sealer.open(words[row.first]), row.people) for row in found]


async def forget(tx: Transaction, before: dt.date) -> int:
    """Erase what nobody typed since a day; tell how much that was."""
    return await tx.execute(FORGET, {"before": before})


async def forget_all(tx: Transaction) -> None:
    """Erase everything: with another key the marks of the same people would be others."""
    await tx.execute(FORGET_ALL)
