"""Changing the key: everything sealed is sealed anew, while the bot runs with both keys."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Table, bindparam, select, update

from core.store import meta, misses
from core.store.columns import SealedText
from core.store.database import Database
from core.store.sealing import Sealer
from core.store.tables import metadata
from core.store.transaction import Transaction

BATCH = 200


def sealed_columns(table: Table) -> list[Column[Any]]:
    """List the columns of a table that hold sealed words."""
    return [column for column in table.columns if isinstance(column.type, SealedText)]


async def rotate(database: Database, sealer: Sealer, batch: int = BATCH) -> int:
    """Seal everything with the first key of a sealer that opens it all; return how many rows.

    It may be broken off and begun again. What a running bot changes meanwhile is left as it is,
    so the bot must have the new key in front before this begins.
    """
    async with database.writing() as tx:
        canary = await meta.get(tx, meta.CANARY)
        if canary is not None:
            await meta.put(tx, meta.CANARY, sealer.reseal(canary))
        await misses.forget_all(tx)
    rows = 0
    for table in metadata.sorted_tables:
        if columns := sealed_columns(table):
            rows += await _rotate_table(database, sealer, table, columns, batch)
    return rows


async def _rotate_table(
    database: Database, sealer: Sealer, table: Table, columns: Sequence[Column[Any]], batch: int
) -> int:
    page = (
        select(table.c.id, *columns)
        .where(table.c.id > bindparam("after"))
        .order_by(table.c.id)
        .limit(batch)
    )
    after, rows = -(2**63), 0
    while True:
        async with database.writing() as tx:
            found = await tx.all(page, {"after": after})
            for row in found:
                tokens: Sequence[str | None] = row[1:]
                for column, token in zip(columns, tokens, strict=True):
                    await _reseal(tx, sealer, row.id, column, token)
        rows += len(found)
        if len(found) < batch:
            return rows
        after = found[-1].id


async def _reseal(
    tx: Transaction, sealer: Sealer, number: int, column: Column[Any], token: str | None
) -> None:
    if token is None:
        return
    table = column.table
    statement = update(table).where(table.c.id == number, column == token)
    await tx.execute(statement.values({column: sealer.reseal(token)}))
