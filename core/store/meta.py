"""Facts about the database itself, and the canary that shows whether the key fits."""

from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from core.store.sealing import Sealed
from core.store.tables import meta
from core.store.transaction import Transaction

CANARY = "canary"
SONG = "bagyt"
BOT_NAME = "bot name"
"""What the bot was called when it ran last, for links that the command line causes."""

GET = select(meta.c.value).where(meta.c.key == bindparam("name"))
PUT = {
    name: (
        new := make(meta).values(key=bindparam("name"), value=bindparam("new"))
    ).on_conflict_do_update(index_elements=["key"], set_={"value": new.excluded.value})
    for name, make in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}


async def get(tx: Transaction, key: str) -> str | None:
    """Read a fact."""
    value: str | None = await tx.scalar(GET, {"name": key})
    return value


async def put(tx: Transaction, key: str, value: str) -> None:
    """Write a fact, in place of what it was."""
    await tx.execute(PUT[tx.dialect], {"name": key, "new": value})


async def check_key(tx: Transaction) -> None:
    """Make sure that the key opens what this database holds; in a new one leave what shows it."""
    canary = await get(tx, CANARY)
    if canary is None:
        await put(tx, CANARY, tx.sealer.seal(SONG))
    else:
        tx.sealer.open(Sealed(canary))
