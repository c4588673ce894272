"""A hundred thousand waiting postings: the worker finds its next by indexes alone."""

from typing import Any

import pytest
from sqlalchemy import ClauseElement, Executable, insert, literal, select, text
from sqlalchemy.ext.compiler import compiles

from core.store import outgoing, tables
from core.store.database import Database
from tests.bot.outgoing.timer import MORNING

WAITING = 100_000


class Explain(Executable, ClauseElement):
    """Asks a database how it would run a statement."""

    inherit_cache = False

    def __init__(self, statement: Executable) -> None:
        self.statement = statement


@compiles(Explain)
def _explained(element: Explain, compiler: Any, **how: Any) -> str:
    words = "EXPLAIN QUERY PLAN" if compiler.dialect.name == "sqlite" else "EXPLAIN"
    return f"{words} {compiler.process(element.statement, **how)}"


async def fill(database: Database) -> None:
    numbers = select(literal(1).label("number")).cte(recursive=True)
    numbers = numbers.union_all(select(numbers.c.number + 1).where(numbers.c.number < WAITING))
    queue = tables.outgoing
    values = {
        queue.c.chat_id: numbers.c.number,
        queue.c.lane: literal(1),
        queue.c.body: literal(database.sealer.seal_json({"text": "x"}), queue.c.body.type),
        queue.c.cause: literal("test"),
        queue.c.created_at: literal(MORNING, queue.c.created_at.type),
        queue.c.not_before: literal(MORNING, queue.c.not_before.type),
        queue.c.attempts: literal(0),
        queue.c.state: literal("waiting"),
    }
    async with database.writing() as tx:
        await tx.execute(insert(queue).from_select(list(values), select(*values.values())))
        await tx.execute(text("ANALYZE"))


async def plan_of(database: Database, statement: Executable, **parameters: object) -> str:
    async with database.reading() as tx:
        rows = await tx.all(Explain(statement), parameters)
    return "\n".join(str(row[-1]) for row in rows)


@pytest.mark.slow
async def test_taking_stays_an_index_lookup(database: Database) -> None:
    await fill(database)
    # The part of TAKE that looks for what is due; the rest goes by primary key.
    plan = await plan_of(database, outgoing._due, now=MORNING, most=16)
    assert "ix_outgoing_due" in plan
    for slow in ("Seq Scan", "Sort", "TEMP B-TREE"):
        assert slow not in plan, plan
    async with database.writing() as tx:
        taken = await outgoing.take(tx, MORNING, 16)
    assert [each.chat_id for each in taken] == list(range(1, 17))
