"""Long reads of an SQLite file, such as reports: SQLAlchemy's asyncio over aiosqlite's threads."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, NullPool, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from core.store.patience import to_the_end
from core.store.sealing import Sealer
from core.store.transaction import AsyncTransaction, Transaction

AT_ONCE = 2


class LongReads:
    """Readers that never touch the event loop, each on a connection opened when it is needed."""

    def __init__(
        self, file: Path, sealer: Sealer, set_pragmas: Callable[[Any, Any], None], *, echo: bool
    ) -> None:
        """Prepare; nothing is opened yet."""
        self._sealer = sealer
        self._free = asyncio.Semaphore(AT_ONCE)
        self._engine: AsyncEngine = create_async_engine(
            URL.create("sqlite+aiosqlite", database=str(file)),
            poolclass=NullPool,
            echo=echo,
            connect_args={"isolation_level": None},
        )
        event.listen(self._engine.sync_engine, "connect", set_pragmas)
        event.listen(self._engine.sync_engine, "connect", _forbid_writing)
        event.listen(self._engine.sync_engine, "begin", _begin)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        """Read one state of the database, beside all others."""
        async with self._free:
            connection = self._engine.connect()
            try:
                await to_the_end(connection.start())
                async with connection.begin():
                    yield AsyncTransaction(connection, "sqlite", self._sealer)
            finally:
                if connection.sync_connection is not None:
                    await to_the_end(connection.close())

    async def close(self) -> None:
        """Wait for whoever reads, and let nobody read any more."""
        for _ in range(AT_ONCE):
            await self._free.acquire()
        await self._engine.dispose()


def _forbid_writing(driver: Any, _record: Any) -> None:
    driver.execute("PRAGMA query_only = ON")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
