"""The slowest statements, with their plans: from PostgreSQL's log, or as the copies noted them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import text

from bench.postgres import PostgresServer
from bench.watched import Taken, read_taken
from core.store.database import Database

MOST = 10
ALL_FROM_MS = 100.0
"""Statements that take longer are all in the log; of the others only a sample."""
LOGGED = re.compile(
    r"LOG:  duration: (?P<ms>[\d.]+) ms  (?:(?:parse|bind|execute) [^:]*|statement): "
    r"(?P<statement>.*(?:\n\t.*)*)"
)
PLANNED = re.compile(r"\s*(?:with|select|insert|update|delete)\b", re.IGNORECASE)


@dataclass
class Slow:
    """A statement, what it took, and how the database goes about it."""

    statement: str
    times: float
    seconds: float
    longest_ms: float
    plan: list[str] = field(default_factory=list)

    @property
    def mean_ms(self) -> float:
        """What it took each time."""
        return self.seconds * 1000 / self.times if self.times else 0.0


def logged(log: str, sampled: float) -> list[Slow]:
    """What a log says of statements; those of which it has a sample are reckoned up."""
    found: dict[str, Slow] = {}
    for each in LOGGED.finditer(log):
        statement = " ".join(each["statement"].split())
        ms = float(each["ms"])
        slow = found.setdefault(statement, Slow(statement, 0, 0.0, 0.0))
        weight = 1.0 if ms >= ALL_FROM_MS else 1 / sampled
        slow.times += weight
        slow.seconds += weight * ms / 1000
        slow.longest_ms = max(slow.longest_ms, ms)
    return list(found.values())


def slowest_of_postgres(server: PostgresServer, database: str, sampled: float) -> list[Slow]:
    """The ten that took the server's time, with their plans for any values."""
    few = first_of(logged(server.log, sampled))
    for each in few:
        try:
            plan = server.run(f"EXPLAIN (GENERIC_PLAN) {each.statement}", database=database)
        except RuntimeError as error:
            plan = str(error)
        each.plan = plan.splitlines()
    return few


async def slowest_of_sqlite(database: Database, notes: Sequence[Path]) -> list[Slow]:
    """The ten that took the copies' time, with their plans."""
    taken = [as_slow(each) for each in read_taken(list(notes))]
    few = first_of(taken)
    async with database.reading(slow=True) as tx:
        for each in few:
            # What stands for a value is left open: NULL.
            bare = re.sub(r"\?", "NULL", each.statement)
            rows = await tx.all(text(f"EXPLAIN QUERY PLAN {bare.replace(':', chr(92) + ':')}"))
            each.plan = [row.detail for row in rows]
    return few


def as_slow(taken: Taken) -> Slow:
    """The same figures as of the other database."""
    statement = " ".join(taken.statement.split())
    return Slow(statement, taken.times, taken.seconds, taken.longest * 1000)


def first_of(every: Iterable[Slow]) -> list[Slow]:
    """Those that took most time in all, of those that have a plan."""
    planned = [each for each in every if PLANNED.match(each.statement)]
    return sorted(planned, key=lambda each: each.seconds, reverse=True)[:MOST]
