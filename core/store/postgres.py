"""PostgreSQL: two pools of connections, one for turns and one for everything else.

A turn holds its connection while it delivers to Telegram. If turns and other work shared a pool,
turns that wait for a second connection could hold all there are. A turn's lock lives as long as its
session, so a pooler between the bot and the server must not share sessions out by transaction.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from functools import partial
from typing import Any, TypeVar

import structlog
from sqlalchemy import URL, Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from core.store.patience import to_the_end
from core.store.problems import DatabaseAwayError, DatabaseBusyError, DatabaseError
from core.store.sealing import Sealer
from core.store.transaction import AsyncTransaction, Transaction

Writing = Callable[[], AbstractAsyncContextManager[Transaction]]
Done = TypeVar("Done")

log = structlog.get_logger(__name__)

STATEMENT_SECONDS = 30
LOCK_SECONDS = 10
TURN_SECONDS = 120
"""How long a turn waits for the same person's turn in another copy of the bot."""
CONNECT_SECONDS = 10
POOL_SECONDS = 30
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 2.0

WRONG_PASSWORD = frozenset({"28P01", "28000"})
NO_SUCH_DATABASE = "3D000"
# Starting up, shutting down, or with no connection to spare: worth another try.
NOT_YET = frozenset({"57P01", "57P02", "57P03", "53300"})
CONNECTION_EXCEPTIONS = "08"
"""How the states of all exceptions of a connection begin."""
# Lost to another transaction, through no fault of its own.
WORTH_REPEATING = frozenset({"40001", "40P01"})
REPEATS = 5
WAITED_TOO_LONG = frozenset({"55P03", "57014"})

# Of two numbers, unlike the locks of turns, so that no person's id can be the same.
LOCK_TABLES = text("SELECT pg_advisory_xact_lock(2025, 1)")
LOCK_TURN = "SELECT pg_advisory_lock($1)"
UNLOCK_TURN = "SELECT pg_advisory_unlock($1)"


class Postgres:
    """A PostgreSQL database."""

    def __init__(
        self, url: URL, sealer: Sealer, *, pool_size: int = 16, echo: bool = False
    ) -> None:
        """Prepare the pools; nothing connects before `ready`."""
        self._name = url.render_as_string(hide_password=True)
        self._sealer = sealer
        make = partial(create_async_engine, url, echo=echo, pool_timeout=POOL_SECONDS)
        self.engine: AsyncEngine = make(
            pool_size=pool_size,
            max_overflow=pool_size // 2,
            pool_pre_ping=True,
            connect_args=_connect_arguments(STATEMENT_SECONDS, LOCK_SECONDS),
        )
        self._snapshots = self.engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        # Taking the lock shows whether the connection is alive, so these need no ping.
        self._turns: AsyncEngine = make(
            pool_size=pool_size,
            max_overflow=0,
            connect_args=_connect_arguments(TURN_SECONDS, TURN_SECONDS),
        )

    async def ready(self, wait: float) -> None:
        """Reach the server, trying again for so many seconds while it is away or starting."""
        clock = asyncio.get_running_loop().time
        deadline = clock() + wait
        pause = FIRST_PAUSE
        while True:
            try:
                async with self._connected(self.engine) as connection:
                    await connection.execute(text("SELECT 1"))
            except DatabaseAwayError:
                if clock() + pause > deadline:
                    raise
            else:
                return
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def close(self) -> None:
        """Close every connection."""
        await self._turns.dispose()
        await self.engine.dispose()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Transaction]:
        """Write in a transaction of its own."""
        async with (
            self._connected(self.engine) as connection,
            self._transaction(connection) as transaction,
        ):
            yield transaction

    @asynccontextmanager
    async def reading(self, *, slow: bool = False) -> AsyncIterator[Transaction]:  # noqa: ARG002 - matters to SQLite only
        """Read one state of the database."""
        async with (
            self._connected(self._snapshots) as connection,
            self._transaction(connection) as transaction,
        ):
            yield transaction

    @asynccontextmanager
    async def turn(self, person_id: int) -> AsyncIterator[Writing]:
        """Keep all other copies away from a person, and write on the connection that does."""
        connection = await self._locked(person_id)
        whole = False
        try:
            yield partial(self._transaction, connection)
            whole = True
        except Exception:
            # Its transactions were rolled back in good order, unlike those of a cancelled turn.
            whole = True
            raise
        finally:
            await to_the_end(self._unlock(connection, person_id, whole=whole))

    async def look(self, work: Callable[[Connection], Done]) -> Done:
        """Do something reading with SQLAlchemy's own connection."""
        async with self._connected(self.engine) as connection:
            return await connection.run_sync(work)

    async def alone(self, work: Callable[[Connection], Done]) -> Done:
        """Do something to the tables themselves while no other copy does."""
        async with self._connected(self.engine) as connection, connection.begin():
            # However long it takes, and however long another copy takes.
            await connection.execute(text("SET LOCAL statement_timeout = 0"))
            await connection.execute(text("SET LOCAL lock_timeout = 0"))
            await connection.execute(LOCK_TABLES)
            return await connection.run_sync(work)

    async def attempt(self, work: Callable[[Transaction], Awaitable[Done]]) -> Done:
        """Do work in a transaction, again if it lost to another one."""
        for _ in range(REPEATS - 1):
            try:
                async with self.writing() as transaction:
                    return await work(transaction)
            except DBAPIError as error:
                if _sqlstate(error) not in WORTH_REPEATING:
                    raise
        async with self.writing() as transaction:
            return await work(transaction)

    @asynccontextmanager
    async def _connected(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        connection = await self._connect(engine)
        try:
            yield connection
        except asyncio.CancelledError:
            # Nobody knows how far the statement came, so the connection is not used again.
            await to_the_end(_discard(connection))
            raise
        finally:
            await to_the_end(connection.close())

    async def _connect(self, engine: AsyncEngine) -> AsyncConnection:
        try:
            return await engine.connect()
        except PoolTimeoutError as error:
            raise DatabaseBusyError(
                f"{self._name}: no connection became free in {POOL_SECONDS} seconds"
            ) from error
        except (OSError, TimeoutError) as error:
            raise DatabaseAwayError(
                f"{self._name}: the server cannot be reached ({type(error).__name__}: {error}); "
                "is it running, and is DATABASE_URL right?"
            ) from error
        except DBAPIError as error:
            raise self._refusal(error) from error

    def _refusal(self, error: DBAPIError) -> DatabaseError:
        state = _sqlstate(error)
        if state in WRONG_PASSWORD:
            return DatabaseError(f"DATABASE_URL: {self._name} refuses this user or password")
        if state == NO_SUCH_DATABASE:
            return DatabaseError(f"DATABASE_URL: {self._name} does not exist; create it first")
        if state in NOT_YET or _is_of_connection(state) or error.connection_invalidated:
            return DatabaseAwayError(f"{self._name}: the server is not ready ({error.orig})")
        return DatabaseError(f"DATABASE_URL: {self._name} cannot be used: {error.orig}")

    @asynccontextmanager
    async def _transaction(self, connection: AsyncConnection) -> AsyncIterator[Transaction]:
        with self._told_plainly():
            async with connection.begin():
                yield AsyncTransaction(connection, "postgresql", self._sealer)

    @contextmanager
    def _told_plainly(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            if error.connection_invalidated:
                raise DatabaseAwayError(f"{self._name}: the connection was lost") from error
            raise

    async def _locked(self, person_id: int) -> AsyncConnection:
        """Take a connection and the person's lock on it, once more if the connection was dead."""
        try:
            return await self._lock(person_id)
        except DatabaseAwayError:
            # The others that lie in the pool are from the same past.
            await self._turns.dispose()
        return await self._lock(person_id)

    async def _lock(self, person_id: int) -> AsyncConnection:
        connection = await self._connect(self._turns)
        try:
            await _directly(connection, LOCK_TURN, person_id)
        except BaseException as error:
            await to_the_end(_discard(connection))
            if isinstance(error, Exception):
                raise self._why_not_locked(error) from error
            raise
        return connection

    def _why_not_locked(self, error: Exception) -> Exception:
        if getattr(error, "sqlstate", None) in WAITED_TOO_LONG:
            return DatabaseBusyError(
                f"{self._name}: another copy kept a turn over {TURN_SECONDS} seconds"
            )
        return DatabaseAwayError(f"{self._name}: the connection was lost ({type(error).__name__})")

    async def _unlock(self, connection: AsyncConnection, person_id: int, *, whole: bool) -> None:
        if not whole or connection.invalidated or connection.in_transaction():
            await _discard(connection)
            return
        try:
            freed = await _directly(connection, UNLOCK_TURN, person_id)
        except Exception as error:  # noqa: BLE001 - whatever it was, the lock ends with the connection
            log.warning("turn_lock_lost", error=type(error).__name__)
            freed = False
        if freed:
            await connection.close()
        else:
            await _discard(connection)


async def _directly(connection: AsyncConnection, statement: str, person_id: int) -> Any:
    """Run a statement by the driver itself, outside any transaction: in one trip, not three."""
    raw = await connection.get_raw_connection()
    driver: Any = raw.driver_connection
    return await driver.fetchval(statement, person_id)


async def _discard(connection: AsyncConnection) -> None:
    """Close for good; with the connection go its locks."""
    if not connection.invalidated:
        await connection.invalidate()
    await connection.close()


def _is_of_connection(state: str | None) -> bool:
    """Whether a connection broke, be it while it was made: a server that stops cuts those off."""
    return state is not None and state.startswith(CONNECTION_EXCEPTIONS)


def _sqlstate(error: DBAPIError) -> str | None:
    return getattr(error.orig, "sqlstate", None)


def _connect_arguments(statement_seconds: int, lock_seconds: int) -> dict[str, Any]:
    return {
        "timeout": CONNECT_SECONDS,
        "server_settings": {
            "application_name": "bagyt",
            "timezone": "UTC",
            "jit": "off",  # compiling takes longer than any of our statements
            "statement_timeout": f"{statement_seconds}s",
            "lock_timeout": f"{lock_seconds}s",
            "idle_in_transaction_session_timeout": "60s",
            # A copy whose machine vanished must not keep its locks for hours.
            "tcp_keepalives_idle": "30",
            "tcp_keepalives_interval": "10",
            "tcp_keepalives_count": "3",
        },
    }
