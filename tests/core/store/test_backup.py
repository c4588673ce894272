"""Backups taken while the bot writes are whole, and are put back only where that is safe."""

import asyncio
import sqlite3
import stat
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from core.clock import FixedClock
from core.store import copies, meta, people
from core.store.backup import backup, restore
from core.store.database import Database
from core.store.problems import DatabaseBusyError, DatabaseError
from core.store.sealing import Sealer, SealingError
from core.store.start import open_ready
from tests.databases import KEY

POSTGRES = "postgresql+asyncpg://bagyt:hidden@db.example/bagyt"


def _fill(url: str, sealer: Sealer, clock: FixedClock, number: int) -> None:
    async def fill() -> None:
        database = await open_ready(url, sealer, clock=clock)
        async with database.writing() as tx:
            for person_id in range(1, number + 1):
                await people.meet(tx, person_id, clock.now())
        await database.close()

    asyncio.run(fill())


def _count(file: Path) -> int:
    with closing(sqlite3.connect(file)) as found:
        number: int = found.execute("SELECT count(*) FROM people").fetchone()[0]
    return number


@pytest.fixture
def copy(sqlite_url: str, sealer: Sealer, clock: FixedClock, tmp_path: Path) -> Path:
    """Back up a database of three people."""
    _fill(sqlite_url, sealer, clock, 3)
    backup(sqlite_url, tmp_path / "copy")
    return tmp_path / "copy"


@pytest.fixture
def bot_file(tmp_path: Path) -> Path:
    return tmp_path / "bagyt.db"


async def test_a_backup_while_the_bot_writes_is_one_state(
    sqlite_url: str, sealer: Sealer, clock: FixedClock, tmp_path: Path
) -> None:
    database = await open_ready(sqlite_url, sealer, clock=clock)
    written = 0
    stop = asyncio.Event()
    progress = asyncio.Queue[int]()

    async def write() -> None:
        nonlocal written
        while not stop.is_set():
            async with database.writing() as tx:
                await people.meet(tx, written + 1, clock.now())
                await asyncio.sleep(0)
                await meta.put(tx, "people", str(written + 1))
            written += 1
            progress.put_nowait(written)

    writing = asyncio.create_task(write())
    for number in range(5):
        before = 0
        for _ in range(20):
            before = await progress.get()
        file = tmp_path / f"copy{number}"
        await asyncio.to_thread(backup, sqlite_url, file)
        with closing(sqlite3.connect(file)) as found:
            (told,) = found.execute("SELECT value FROM meta WHERE key = 'people'").fetchone()
        assert _count(file) == int(told)
        assert before <= int(told) <= written + 1
    stop.set()
    await writing
    await database.close()


def test_a_backup_is_one_file_for_the_owner_only_without_the_key(copy: Path) -> None:
    assert {file.name for file in copy.parent.iterdir()} == {"copy", "bagyt.db"}
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert KEY.encode() not in copy.read_bytes()
    assert _count(copy) == 3


def test_a_backup_replaces_nothing(sqlite_url: str, copy: Path) -> None:
    before = copy.read_bytes()
    with pytest.raises(DatabaseError, match="exists already"):
        backup(sqlite_url, copy)
    assert copy.read_bytes() == before


def test_a_place_that_cannot_be_written_is_named(sqlite_url: str, copy: Path) -> None:
    with pytest.raises(DatabaseError, match="nowhere/copy: cannot be written"):
        backup(sqlite_url, copy.parent / "nowhere" / "copy")


def test_there_must_be_a_database_to_back_up(sqlite_url: str, tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="no database here"):
        backup(sqlite_url, tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []


def test_a_restored_database_is_the_one_of_the_backup(
    sqlite_url: str, sealer: Sealer, clock: FixedClock, bot_file: Path, copy: Path
) -> None:
    _fill(sqlite_url, sealer, clock, 9)
    restore(copy, sqlite_url, sealer)
    assert _count(bot_file) == 3
    assert stat.S_IMODE(bot_file.stat().st_mode) == 0o600
    _fill(sqlite_url, sealer, clock, 4)
    assert _count(bot_file) == 4


def test_a_log_of_the_old_database_does_not_reach_the_restored_one(
    sqlite_url: str, sealer: Sealer, bot_file: Path, copy: Path
) -> None:
    left = bot_file.with_name(bot_file.name + "-wal")
    with closing(sqlite3.connect(bot_file, isolation_level=None)) as crashed:
        crashed.execute("DELETE FROM people")
        log = left.read_bytes()
    left.write_bytes(log)
    restore(copy, sqlite_url, sealer)
    assert not left.exists()
    assert _count(bot_file) == 3


def test_a_damaged_database_can_be_replaced(
    sqlite_url: str, sealer: Sealer, bot_file: Path, copy: Path
) -> None:
    bot_file.write_bytes(b"nothing but noise " * 1000)
    restore(copy, sqlite_url, sealer)
    assert _count(bot_file) == 3


def test_an_empty_place_can_be_restored_to(copy: Path, sealer: Sealer, tmp_path: Path) -> None:
    elsewhere = tmp_path / "new" / "place.db"
    restore(copy, f"sqlite+aiosqlite:///{elsewhere}", sealer)
    assert _count(elsewhere) == 3


async def test_nothing_is_restored_under_a_running_bot(
    sqlite_url: str, sealer: Sealer, clock: FixedClock, copy: Path
) -> None:
    database = await open_ready(sqlite_url, sealer, clock=clock)
    async with database.writing() as tx:
        await copies.beat(tx, "a", clock.now())
    with pytest.raises(DatabaseBusyError, match="is running"):
        restore(copy, sqlite_url, sealer, clock)
    clock.forward(copies.ALIVE_FOR + timedelta(seconds=1))
    with pytest.raises(DatabaseBusyError, match="has it open"):
        restore(copy, sqlite_url, sealer, clock)
    async with database.reading() as tx:
        assert await people.find(tx, 3) is not None
    await database.close()
    restore(copy, sqlite_url, sealer, clock)


async def test_a_backup_does_not_bring_back_the_copies_that_ran(
    sqlite_url: str, sealer: Sealer, clock: FixedClock, tmp_path: Path
) -> None:
    file = tmp_path / "copy"
    database = await open_ready(sqlite_url, sealer, clock=clock)
    async with database.writing() as tx:
        await copies.beat(tx, "a", clock.now())
    backup(sqlite_url, file)
    async with database.writing() as tx:
        await copies.stop(tx, "a")
    await database.close()
    restore(file, sqlite_url, sealer, clock)
    restore(file, sqlite_url, sealer, clock)
    database = await Database.open(sqlite_url, sealer)
    async with database.reading() as tx:
        assert await copies.running(tx, clock.now()) == []
    await database.close()


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        ("noise", "not a readable SQLite database"),
        ("missing", "no such file"),
        ("truncated", "damaged|not a readable"),
        ("DROP TABLE people", "not one of this bot"),
        ("UPDATE alembic_version SET version_num = '9999'", "newer release"),
        ("DELETE FROM meta", "which key"),
    ],
)
def test_only_a_whole_backup_of_ours_is_restored(
    sqlite_url: str, sealer: Sealer, copy: Path, damage: str, complaint: str
) -> None:
    _spoil(copy, damage)
    with pytest.raises(DatabaseError, match=complaint):
        restore(copy, sqlite_url, sealer)
    assert _count(copy.with_name("bagyt.db")) == 3
    assert {file.name for file in copy.parent.iterdir()} <= {"copy", "bagyt.db"}


def test_a_backup_sealed_with_another_key_is_refused(
    sqlite_url: str, bot_file: Path, copy: Path
) -> None:
    with pytest.raises(SealingError, match="SECRET_KEY"):
        restore(copy, sqlite_url, Sealer.from_setting("quite another key"))
    assert _count(bot_file) == 3


def test_on_postgres_the_right_commands_are_told(tmp_path: Path, sealer: Sealer) -> None:
    with pytest.raises(DatabaseError, match=r"pg_dump .*postgresql://bagyt@db.example/") as told:
        backup(POSTGRES, tmp_path / "copy")
    assert "hidden" not in str(told.value)
    with pytest.raises(DatabaseError, match=r"pg_restore .*postgresql://bagyt@db.example/") as told:
        restore(tmp_path / "copy", POSTGRES, sealer)
    assert "hidden" not in str(told.value)


def _spoil(copy: Path, damage: str) -> None:
    match damage:
        case "noise":
            copy.write_bytes(b"noise " * 5000)
        case "missing":
            copy.unlink()
        case "truncated":
            copy.write_bytes(copy.read_bytes()[:-8192])
        case statement:
            with closing(sqlite3.connect(copy, isolation_level=None)) as spoilt:
                spoilt.execute(statement)
