"""The database: where everything that matters is kept, on SQLite or on PostgreSQL alike."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Self, TypeVar

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from core.clock import Clock, SystemClock
from core.store.locks import Locks
from core.store.postgres import Postgres
from core.store.problems import DatabaseAwayError, DatabaseBusyError, DatabaseError
from core.store.sealing import Sealer
from core.store.sqlite import Sqlite
from core.store.transaction import Dialect, Transaction

__all__ = ["Database", "Transaction", "Turn"]

Done = TypeVar("Done")

DIALECTS: dict[str, Dialect] = {"sqlite+aiosqlite": "sqlite", "postgresql+asyncpg": "postgresql"}


@dataclass(frozen=True, slots=True)
class Turn:
    """One person's turn: while it lasts, no other update of theirs is handled anywhere."""

    person_id: int
    writing: Callable[[], AbstractAsyncContextManager[Transaction]]
    """Begins a transaction; may be used more than once in a turn, one after another."""


class Database:
    """An open database."""

    def __init__(self, backend: Sqlite | Postgres, sealer: Sealer, clock: Clock) -> None:
        """Stand before an open backend; use `open`."""
        self.backend = backend
        self.sealer = sealer
        self.clock = clock
        self.dialect: Dialect = "sqlite" if isinstance(backend, Sqlite) else "postgresql"
        self._turns = Locks()

    @classmethod
    async def open(
        cls,
        url: str,
        sealer: Sealer,
        *,
        clock: Clock | None = None,
        echo: bool = False,
        pool_size: int = 16,
        wait: float = 0.0,
    ) -> Self:
        """Open the database of a URL, waiting for its server for so many seconds."""
        try:
            parsed = make_url(url)
        except ArgumentError:
            parsed = None
        dialect = DIALECTS.get(parsed.drivername) if parsed else None
        if parsed is None or dialect is None:
            raise DatabaseError(
                "DATABASE_URL: sqlite+aiosqlite:///FILE or "
                "postgresql+asyncpg://USER:PASSWORD@HOST/NAME is wanted"
            )
        backend: Sqlite | Postgres
        if dialect == "sqlite":
            backend = Sqlite(parsed, sealer, echo=echo)
        else:
            backend = Postgres(parsed, sealer, pool_size=pool_size, echo=echo)
            await backend.ready(wait)
        return cls(backend, sealer, clock or SystemClock())

    async def close(self) -> None:
        """Close every connection."""
        await self.backend.close()

    def writing(self) -> AbstractAsyncContextManager[Transaction]:
        """Write in one transaction; on SQLite never ask for another inside it."""
        return self.backend.writing()

    def reading(self, *, slow: bool = False) -> AbstractAsyncContextManager[Transaction]:
        """Read one state of the database; say `slow` for statements of more than a few ms."""
        return self.backend.reading(slow=slow)

    @asynccontextmanager
    async def turn(self, person_id: int) -> AsyncIterator[Turn]:
        """Handle one update of a person after those before it, and apart from all others.

        Commit what happened, then deliver it, then leave.
        """
        async with self._turns.held(person_id):
            if isinstance(self.backend, Sqlite):
                yield Turn(person_id, self.backend.writing)
            else:
                async with self.backend.turn(person_id) as writing:
                    yield Turn(person_id, writing)

    def is_away(self, fault: BaseException) -> bool:
        """Tell whether something failed only because the database does not answer just now.

        A connection that was lost in the middle may show as whatever its loss led to.
        """
        cause: BaseException | None = fault
        while cause is not None:
            if isinstance(cause, DatabaseAwayError | DatabaseBusyError):
                return True
            if isinstance(cause, DBAPIError) and cause.connection_invalidated:
                return True
            cause = cause.__cause__ or cause.__context__
        return False

    async def attempt(self, work: Callable[[Transaction], Awaitable[Done]]) -> Done:
        """Do work in a transaction, and anew if it lost to another one: it must bear repeating."""
        if isinstance(self.backend, Sqlite):
            async with self.backend.writing() as transaction:
                return await work(transaction)
        return await self.backend.attempt(work)
