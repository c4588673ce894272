"""Transactions keep all or nothing, and a database that cannot be used says why."""

import asyncio
import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from core.clock import FixedClock
from core.store import meta, people, sqlite
from core.store.database import Database
from core.store.long_reads import AT_ONCE as READERS_AT_ONCE
from core.store.problems import DatabaseAwayError, DatabaseBusyError, DatabaseError
from core.store.sealing import Sealer
from core.store.start import open_ready
from core.store.tables import meta as facts
from core.store.tables import metadata
from core.store.transaction import Transaction

COUNT = text("SELECT count(*) FROM meta WHERE key <> 'canary'")


async def test_a_transaction_that_fails_keeps_nothing(database: Database) -> None:
    async def fail() -> None:
        async with database.writing() as tx:
            await meta.put(tx, "a", "1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with database.reading() as tx:
        assert await tx.scalar(COUNT) == 0


async def test_a_failed_statement_does_not_spoil_the_next_transaction(database: Database) -> None:
    async def fail() -> None:
        async with database.writing() as tx:
            await meta.put(tx, "a", "1")
            await tx.execute(insert(facts), {"key": "a", "value": "2"})

    with pytest.raises(IntegrityError):
        await fail()
    async with database.writing() as tx:
        await meta.put(tx, "a", "3")
    async with database.reading() as tx:
        assert await meta.get(tx, "a") == "3"


async def test_statements_answer_as_their_names_say(database: Database) -> None:
    async with database.writing() as tx:
        rows = [{"key": name, "value": name.upper()} for name in "abc"]
        await tx.execute_many(insert(facts), rows)
        await tx.execute_many(insert(facts), [])
        named = select(facts.c.value).where(facts.c.key.in_([*"abc"])).order_by(facts.c.key)
        assert await tx.scalars(named) == ["A", "B", "C"]
        assert [row.value for row in await tx.all(named)] == ["A", "B", "C"]
        assert await tx.scalar(named) == "A"
        first = await tx.first(named)
        assert first is not None
        assert first.value == "A"
        assert await tx.execute(named) == 3
        nothing = named.where(facts.c.key == "z")
        assert await tx.first(nothing) is None
        assert await tx.scalar(nothing) is None
        assert (await tx.one(named.where(facts.c.key == "b"))).value == "B"


async def test_a_reader_sees_one_state(database: Database) -> None:
    async with database.reading() as tx:
        assert await tx.scalar(COUNT) == 0
        async with database.writing() as writing:
            await meta.put(writing, "a", "1")
        assert await tx.scalar(COUNT) == 0
    async with database.reading(slow=True) as tx:
        assert await tx.scalar(COUNT) == 1


async def test_a_reader_cannot_write(database: Database) -> None:
    async with database.reading() as tx:
        with pytest.raises(DBAPIError):
            await meta.put(tx, "a", "1")
    async with database.reading() as tx:
        assert await tx.scalar(COUNT) == 0


async def test_many_readers_and_writers_at_once_all_end(database: Database) -> None:
    async def write(number: int) -> None:
        async with database.writing() as tx:
            await meta.put(tx, str(number), "1")

    async def read() -> int:
        async with database.reading() as tx:
            before: int = await tx.scalar(COUNT)
            await asyncio.sleep(0)
            assert await tx.scalar(COUNT) == before
            return before

    async with asyncio.timeout(60):
        await asyncio.gather(*(read() if number % 2 else write(number) for number in range(100)))
    async with database.reading() as tx:
        assert await tx.scalar(COUNT) == 50


async def test_work_is_attempted_in_a_transaction(database: Database) -> None:
    async def work(tx: Transaction) -> str | None:
        await meta.put(tx, "a", "1")
        return await meta.get(tx, "a")

    assert await database.attempt(work) == "1"


async def test_a_cancelled_writer_lets_the_next_one_in(database: Database) -> None:
    begun = asyncio.Event()

    async def endless() -> None:
        async with database.writing() as tx:
            await meta.put(tx, "a", "1")
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(endless())
    await begun.wait()
    task.cancel()
    async with asyncio.timeout(60), database.writing() as tx:
        assert await tx.scalar(COUNT) == 0


@pytest.mark.parametrize(
    "url", ["mysql://x", "sqlite:///x.db", "sqlite+aiosqlite://", "no url", "postgresql://h/n"]
)
async def test_other_databases_are_refused(url: str, sealer: Sealer) -> None:
    with pytest.raises(DatabaseError, match="DATABASE_URL"):
        await Database.open(url, sealer)


@pytest.fixture
def noise(tmp_path: Path) -> Path:
    """Make a file that is no database."""
    file = tmp_path / "noise.db"
    file.write_bytes(b"nothing but noise " * 500)
    return file


async def test_a_file_that_is_no_database_is_refused(noise: Path, sealer: Sealer) -> None:
    with pytest.raises(DatabaseError, match="no SQLite database"):
        await Database.open(f"sqlite+aiosqlite:///{noise}", sealer)


async def test_a_place_that_cannot_be_written_is_named(noise: Path, sealer: Sealer) -> None:
    with pytest.raises(DatabaseError, match=r"noise\.db/bagyt\.db cannot be written"):
        await Database.open(f"sqlite+aiosqlite:///{noise}/bagyt.db", sealer)


async def test_a_commit_outlasts_a_power_cut(sqlite_url: str, sealer: Sealer) -> None:
    database = await open_ready(sqlite_url, sealer)
    async with database.writing() as tx:
        modes = {
            name: await tx.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    await database.close()
    assert modes == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_closed_database_is_one_file_of_its_owner(
    sqlite_url: str, sealer: Sealer, tmp_path: Path
) -> None:
    async def open_and_close() -> None:
        await (await open_ready(sqlite_url, sealer)).close()

    asyncio.run(open_and_close())
    (file,) = tmp_path.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_a_transaction_inside_another_is_told_at_once(
    sqlite_url: str, sealer: Sealer
) -> None:
    database = await open_ready(sqlite_url, sealer)
    async with database.writing():
        with pytest.raises(RuntimeError, match="inside another"):
            async with database.writing():
                pytest.fail("it began")
    await database.close()


async def test_a_transaction_that_ended_runs_nothing(sqlite_url: str, sealer: Sealer) -> None:
    database = await open_ready(sqlite_url, sealer)
    async with database.writing() as tx:
        pass
    with pytest.raises(RuntimeError, match="has ended"):
        await tx.scalar(COUNT)
    await database.close()


async def test_a_writer_waits_for_another_process(
    sqlite_url: str, sealer: Sealer, tmp_path: Path
) -> None:
    database = await open_ready(sqlite_url, sealer)
    with closing(sqlite3.connect(tmp_path / "bagyt.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        async def write() -> None:
            async with database.writing() as tx:
                await meta.put(tx, "a", "1")

        waiting = asyncio.create_task(write())
        async with database.reading() as tx:
            assert await tx.scalar(COUNT) == 0
        assert not waiting.done()
        other.execute("COMMIT")
        async with asyncio.timeout(60):
            await waiting
    await database.close()


async def test_a_writer_does_not_wait_for_ever(
    sqlite_url: str, sealer: Sealer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.0)
    database = await open_ready(sqlite_url, sealer)
    with closing(sqlite3.connect(tmp_path / "bagyt.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseBusyError, match="another process") as caught:
            async with database.writing():
                pytest.fail("it began")
    assert database.is_away(caught.value)
    await database.close()


async def test_long_transactions_leave_the_loop(
    sqlite_url: str, sealer: Sealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = await open_ready(sqlite_url, sealer)
    ran_in: list[int] = []
    count = select(facts.c.key)

    def note(*_: object) -> None:
        ran_in.append(threading.get_ident())

    for seconds in (1000.0, 0.0):
        monkeypatch.setattr(sqlite, "LOOP_SECONDS", seconds)
        async with database.reading() as tx:
            await tx._run(count, None, note)
    assert ran_in[0] == threading.get_ident()
    assert ran_in[1] != threading.get_ident()
    await database.close()


ENDLESS = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3000000) "
    "SELECT count(*) FROM n"
)


async def test_while_a_slow_reader_reads_everything_else_goes_on(
    sqlite_url: str, sealer: Sealer
) -> None:
    database = await open_ready(sqlite_url, sealer)

    async def report() -> int:
        async with database.reading(slow=True) as tx:
            count: int = await tx.scalar(ENDLESS)
            return count

    reports = [asyncio.create_task(report()) for _ in range(READERS_AT_ONCE + 1)]
    turns = 0
    while not any(each.done() for each in reports):
        async with database.writing() as tx:
            await meta.put(tx, "a", str(turns))
        async with database.reading() as tx:
            assert await meta.get(tx, "a") == str(turns)
        turns += 1
        await asyncio.sleep(0)
    assert turns > 10
    assert await asyncio.gather(*reports) == [3000000] * len(reports)
    await database.close()


async def test_a_slow_reader_sees_one_state_and_cannot_write(database: Database) -> None:
    async with database.reading(slow=True) as tx:
        assert await tx.scalar(COUNT) == 0
        async with database.writing() as writing:
            await meta.put(writing, "a", "1")
        assert await tx.scalar(COUNT) == 0
        with pytest.raises(DBAPIError):
            await meta.put(tx, "b", "1")


async def test_a_slow_reader_that_is_cancelled_leaves_its_place(
    sqlite_url: str, sealer: Sealer
) -> None:
    database = await open_ready(sqlite_url, sealer)

    async def report(begun: asyncio.Event) -> None:
        async with database.reading(slow=True) as tx:
            begun.set()
            await tx.scalar(ENDLESS)

    for _ in range(READERS_AT_ONCE + 1):
        begun = asyncio.Event()
        task = asyncio.create_task(report(begun))
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    for moment in range(20):
        task = asyncio.create_task(report(asyncio.Event()))
        for _ in range(moment):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert threading.active_count() < 20
    async with database.reading(slow=True) as tx:
        assert await tx.scalar(COUNT) == 0
    await database.close()


async def test_on_a_slow_disk_commits_leave_the_loop(
    sqlite_url: str, sealer: Sealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "LOOP_SECONDS", -1.0)
    database = await open_ready(sqlite_url, sealer)
    for number in range(2 * sqlite.PROBE_EVERY):
        async with database.writing() as tx:
            await meta.put(tx, "a", str(number))
    async with database.reading() as tx:
        assert await meta.get(tx, "a") == str(2 * sqlite.PROBE_EVERY - 1)
    await database.close()


async def test_the_log_is_moved_into_the_file_now_and_then(
    sqlite_url: str, sealer: Sealer, clock: FixedClock, tmp_path: Path
) -> None:
    database = await open_ready(sqlite_url, sealer)
    log = tmp_path / "bagyt.db-wal"
    sizes = []
    for number in range(3 * sqlite.CHECKPOINT_CHANGES):
        async with database.writing() as tx:
            await people.meet(tx, 1 + number % 7, clock.now())
        sizes.append(log.stat().st_size)
    await database.close()
    assert sizes[-1] == sizes[2 * sqlite.CHECKPOINT_CHANGES]


@pytest.mark.postgres
async def test_a_server_that_is_away_is_waited_for_and_named_without_its_password(
    sealer: Sealer, unused_tcp_port: int
) -> None:
    url = f"postgresql+asyncpg://bagyt:hidden@127.0.0.1:{unused_tcp_port}/bagyt"
    with pytest.raises(DatabaseAwayError, match="is it running") as caught:
        await Database.open(url, sealer, wait=0.3)
    assert "hidden" not in str(caught.value)


async def test_a_server_that_cuts_off_whoever_is_just_connecting_is_away(sealer: Sealer) -> None:
    """As one does that stops: what waits for it is then kept, and not taken for impossible."""

    async def stops(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(8)
        writer.write(b"N")  # no encryption
        await reader.read(1024)
        writer.write(b"R\0\0\0\x08\0\0\0\0")  # welcome; what it would say next never comes
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(stops, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(DatabaseAwayError):
            await Database.open(f"postgresql+asyncpg://bagyt@127.0.0.1:{port}/bagyt", sealer)


@pytest.mark.postgres
async def test_a_database_that_does_not_exist_is_named(postgres_url: str, sealer: Sealer) -> None:
    elsewhere = postgres_url.replace("/bagyt_", "/nowhere_")
    assert elsewhere != postgres_url
    with pytest.raises(DatabaseError, match="create it first"):
        await Database.open(elsewhere, sealer)


@pytest.mark.postgres
async def test_work_that_lost_to_another_transaction_is_attempted_again(
    postgres_url: str, sealer: Sealer
) -> None:
    database = await open_ready(postgres_url, sealer)
    async with database.writing() as tx:
        await meta.put(tx, "a", "0")
        await meta.put(tx, "b", "0")
    met = asyncio.Barrier(2)
    tries = 0

    async def add(tx: Transaction, first: str, second: str) -> None:
        nonlocal tries
        tries += 1
        plus = text("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = :key")
        await tx.execute(plus, {"key": first})
        if tries <= 2:
            await met.wait()
        await tx.execute(plus, {"key": second})

    async with asyncio.timeout(60):
        await asyncio.gather(
            database.attempt(lambda tx: add(tx, "a", "b")),
            database.attempt(lambda tx: add(tx, "b", "a")),
        )
    async with database.reading() as tx:
        assert [await meta.get(tx, "a"), await meta.get(tx, "b")] == ["2", "2"]
    # Three, or four if each of the two saw the other in its way at the very same moment.
    assert tries > 2
    await database.close()


async def test_other_errors_are_not_taken_for_an_absence(database: Database) -> None:
    with pytest.raises((OperationalError, DBAPIError)) as caught:
        async with database.reading() as tx:
            await tx.scalar(text("SELECT nothing FROM nowhere"))
    assert not database.is_away(caught.value)


def test_every_table_says_what_it_is_for() -> None:
    assert all(table.comment for table in metadata.sorted_tables)
