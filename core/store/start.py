"""Opening a database so that it can be used: reached, brought up to date, and the key tried."""

from core.clock import Clock
from core.store import meta
from core.store.database import Database
from core.store.migrate import upgrade
from core.store.sealing import Sealer


async def open_ready(
    url: str,
    sealer: Sealer,
    *,
    clock: Clock | None = None,
    echo: bool = False,
    pool_size: int = 16,
    wait: float = 0.0,
) -> Database:
    """Open a database, making it if it is not there yet."""
    database = await Database.open(
        url, sealer, clock=clock, echo=echo, pool_size=pool_size, wait=wait
    )
    try:
        await upgrade(database)
        async with database.reading() as tx:
            known = await meta.get(tx, meta.CANARY) is not None
            if known:
                await meta.check_key(tx)
        if not known:
            async with database.writing() as tx:
                await meta.check_key(tx)
    except BaseException:
        await database.close()
        raise
    return database
