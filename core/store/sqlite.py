"""SQLite: one writer and a few readers over SQLAlchemy's synchronous engine.

Of one short transaction through SQLAlchemy's asynchronous SQLite dialect, six sevenths are hops
between threads. So statements run in the event loop, as long as a transaction has used little
time; what it does after that, and commits on a slow disk, run in a thread. Reads that are known to
be long go through the asynchronous dialect from the start.
"""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar, cast

from sqlalchemy import (
    URL,
    Connection,
    CursorResult,
    Engine,
    Executable,
    NullPool,
    create_engine,
    event,
)

from core.store.long_reads import LongReads
from core.store.patience import to_the_end
from core.store.problems import DatabaseBusyError, DatabaseError
from core.store.sealing import Sealer
from core.store.transaction import Parameters, Taken, Transaction

Done = TypeVar("Done")

OLDEST = (3, 35, 0)  # the first that knows RETURNING
READERS = 4
LOOP_SECONDS = 0.002
"""How long the statements of one transaction may run in the event loop, all together."""
PROBE_EVERY = 64
"""One commit in so many is made in the loop however slow the disk was, to see if it still is."""
CHECKPOINT_CHANGES = 1000
"""After so many changed rows the log is moved into the file."""
BUSY_SECONDS = 10.0
"""How long to wait for another process that writes."""
SHORTEST_PAUSE, LONGEST_PAUSE = 0.001, 0.05

PRAGMAS = (
    f"busy_timeout = {int(BUSY_SECONDS * 1000)}",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "cache_size = -8000",
    "temp_store = MEMORY",
    "journal_size_limit = 67108864",
    "secure_delete = FAST",
    "trusted_schema = OFF",
)


def file_of(url: URL) -> Path:
    """Name the file of an SQLite URL."""
    if not url.database or url.database == ":memory:":
        raise DatabaseError(
            "DATABASE_URL: SQLite needs a file, such as sqlite+aiosqlite:///var/bagyt.db"
        )
    return Path(url.database)


class Sqlite:
    """An SQLite file."""

    def __init__(self, url: URL, sealer: Sealer, *, echo: bool = False) -> None:
        """Open the file, making an empty one that only its owner may read if there is none."""
        if sqlite3.sqlite_version_info < OLDEST:
            raise DatabaseError(
                f"SQLite {sqlite3.sqlite_version} is too old: "
                f"{'.'.join(map(str, OLDEST))} or newer is wanted"
            )
        self.file = file_of(url)
        _make_private(self.file)
        self.engine = engine(self.file, echo=echo)
        self._sealer = sealer
        self._threads = ThreadPoolExecutor(READERS + 1, thread_name_prefix="sqlite")
        self._writer = _Line(self.engine, self._threads)
        # A busy file is waited for in `_begin`, with the event loop running.
        self._writer.driver.execute("PRAGMA busy_timeout = 0")
        # Left to SQLite, what the log holds would move to the file within a commit.
        self._writer.driver.execute("PRAGMA wal_autocheckpoint = 0")
        self._checkpointed = 0
        self._commits = 0
        self._commit_seconds = 2 * LOOP_SECONDS
        self._writing = asyncio.Lock()
        self._writing_task: asyncio.Task[Any] | None = None
        self._readers: list[_Line] = []
        self._reading = asyncio.Semaphore(READERS)
        self._long = LongReads(self.file, sealer, _set_pragmas, echo=echo)

    async def close(self) -> None:
        """Close every connection, after whatever is in hand."""
        await self._long.close()
        async with self._writing:
            for _ in range(READERS):
                await self._reading.acquire()
            await self._writer.aside(_optimize, self._writer)
            for line in (self._writer, *self._readers):
                line.close()
        self._readers.clear()
        self.engine.dispose()
        self._threads.shutdown()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Transaction]:
        """Write: one transaction after another, in the order of asking."""
        task = asyncio.current_task()
        if task is self._writing_task:
            raise RuntimeError("a transaction that writes was asked for inside another")
        async with self._writing:
            self._writing_task = task
            line = self._writer
            try:
                await _begin(line.driver, self.file)
                changes = line.driver.total_changes
                transaction = line.begin(self._sealer)
                try:
                    yield transaction
                finally:
                    transaction.end()
                if line.driver.total_changes == changes:
                    line.connection.commit()
                else:
                    await self._commit(line)
            finally:
                line.end()
                self._writing_task = None

    def reading(self, *, slow: bool = False) -> AbstractAsyncContextManager[Transaction]:
        """Read one state of the database; `slow` keeps even the first statement off the loop."""
        return self._long.reading() if slow else self._short_reading()

    async def look(self, work: Callable[[Connection], Done]) -> Done:
        """Do something short and reading with SQLAlchemy's own connection."""
        with self.engine.connect() as connection:
            return work(connection)

    async def alone(self, work: Callable[[Connection], Done]) -> Done:
        """Do something to the tables themselves while nobody else writes."""
        async with self._writing:
            return await self._writer.aside(_alone, self.engine, work)

    @asynccontextmanager
    async def _short_reading(self) -> AsyncIterator[Transaction]:
        async with self._reading:
            line = self._readers.pop() if self._readers else self._reader()
            try:
                line.driver.execute("BEGIN")
                transaction = line.begin(self._sealer)
                try:
                    yield transaction
                finally:
                    transaction.end()
            finally:
                line.end()
                self._readers.append(line)

    async def _commit(self, line: "_Line") -> None:
        """Commit in the loop on a quick disk, in a thread on a slow one."""
        self._commits += 1
        if self._commit_seconds < LOOP_SECONDS or self._commits % PROBE_EVERY == 0:
            began = perf_counter()
            line.connection.commit()
            # A slow commit counts at once; trust comes back slowly.
            self._commit_seconds = max(perf_counter() - began, 0.9 * self._commit_seconds)
        else:
            await line.aside(line.connection.commit)
        if line.driver.total_changes - self._checkpointed >= CHECKPOINT_CHANGES:
            self._checkpointed = line.driver.total_changes
            await line.aside(_checkpoint, line)

    def _reader(self) -> "_Line":
        line = _Line(self.engine, self._threads)
        line.driver.execute("PRAGMA query_only = ON")
        return line


class SqliteTransaction(Transaction):
    """A transaction on one SQLite connection."""

    __slots__ = ("_line", "_seconds")

    def __init__(self, line: "_Line", sealer: Sealer, seconds: float) -> None:
        """Run on a connection whose transaction has begun."""
        super().__init__("sqlite", sealer)
        self._line: _Line | None = line
        self._seconds = seconds

    def end(self) -> None:
        """Let nothing more run: the connection belongs to the next transaction."""
        self._line = None

    async def _run(
        self,
        statement: Executable,
        parameters: Parameters,
        take: Callable[[CursorResult[Any]], Taken],
    ) -> Taken:
        line = self._line
        if line is None:
            raise RuntimeError("this transaction has ended")
        if self._seconds <= 0:
            return await line.aside(line.run, statement, parameters, take)
        began = perf_counter()
        try:
            return line.run(statement, parameters, take)
        finally:
            self._seconds -= perf_counter() - began


class _Line:
    """One connection, used by one transaction at a time."""

    def __init__(self, engine: Engine, threads: ThreadPoolExecutor) -> None:
        self.connection = engine.connect()
        self.driver = cast("sqlite3.Connection", self.connection.connection.dbapi_connection)
        self._threads = threads

    def begin(self, sealer: Sealer) -> SqliteTransaction:
        self.connection.begin()
        return SqliteTransaction(self, sealer, LOOP_SECONDS)

    def run(
        self,
        statement: Executable,
        parameters: Parameters,
        take: Callable[[CursorResult[Any]], Taken],
    ) -> Taken:
        return take(self.connection.execute(statement, parameters))

    async def aside(self, work: Callable[..., Done], *arguments: Any) -> Done:
        """Run something in a thread; even when cancelled, wait until it has let go of the line."""
        job = self._threads.submit(work, *arguments)
        try:
            return await asyncio.wrap_future(job)
        except asyncio.CancelledError as cancelled:
            if job.cancelled():
                raise
            finished = asyncio.wrap_future(job)
            await to_the_end(asyncio.wait([finished]))
            raise cancelled from finished.exception()

    def end(self) -> None:
        """Undo whatever was not committed, also when a commit failed halfway."""
        self.connection.rollback()
        if self.driver.in_transaction:
            self.driver.rollback()

    def close(self) -> None:
        self.connection.close()


async def _begin(driver: sqlite3.Connection, file: Path) -> None:
    """Begin to write, waiting while another process does."""
    clock = asyncio.get_running_loop().time
    deadline = clock() + BUSY_SECONDS
    pause = SHORTEST_PAUSE
    while True:
        try:
            driver.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if not is_busy(error):
                raise
            if clock() >= deadline:
                raise DatabaseBusyError(
                    f"{file}: another process has been writing for {BUSY_SECONDS:.0f} seconds; "
                    "wait for it to end or stop it"
                ) from error
        else:
            return
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


def is_busy(error: sqlite3.Error) -> bool:
    """Tell whether the file is merely in use by another process."""
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


def engine(file: Path, *, echo: bool = False) -> Engine:
    """Make SQLAlchemy's way to a file; transactions begin only where we say so."""
    made = create_engine(
        URL.create("sqlite+pysqlite", database=str(file)),
        poolclass=NullPool,
        echo=echo,
        connect_args={
            "isolation_level": None,
            "check_same_thread": False,
            "cached_statements": 256,
            "timeout": BUSY_SECONDS,
        },
    )
    event.listen(made, "connect", _set_pragmas)
    return made


def _set_pragmas(driver: sqlite3.Connection, _record: Any) -> None:
    try:
        for pragma in PRAGMAS:
            driver.execute(f"PRAGMA {pragma}")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
            raise DatabaseError("DATABASE_URL names a file that is no SQLite database") from error
        raise


def _alone(engine: Engine, work: Callable[[Connection], Done]) -> Done:
    with engine.connect() as connection:
        driver = cast("sqlite3.Connection", connection.connection.dbapi_connection)
        # Tables made anew would lose what refers to them; it is checked before the end instead.
        driver.execute("PRAGMA foreign_keys = OFF")
        driver.execute("BEGIN IMMEDIATE")
        with connection.begin():
            done = work(connection)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise DatabaseError(f"{len(broken)} rows refer to rows that are not there")
    return done


def _checkpoint(line: _Line) -> None:
    line.driver.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def _optimize(line: _Line) -> None:
    line.driver.execute("PRAGMA optimize").fetchall()


def _make_private(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise DatabaseError(f"DATABASE_URL: {file} cannot be written: {error.strerror}") from error
