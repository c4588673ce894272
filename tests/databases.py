"""Databases of tests: empty ones of either kind, and one that was migrated once, to be copied."""

import asyncio
import sqlite3
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from core.store.sealing import Sealer
from core.store.start import open_ready

KEY = "the key of the tests"


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A database of the test's own, which is not there yet."""
    return f"sqlite+aiosqlite:///{tmp_path / 'bagyt.db'}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The same on either database."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


def migrated_at(file: Path) -> str:
    """A database that is up to date and empty, sealed with the key of the tests; its URL."""
    file.write_bytes(_migrated())
    return f"sqlite+aiosqlite:///{file}"


@cache
def _migrated() -> bytes:
    """Such a database as one file; made in a thread with a loop of its own."""

    async def make(folder: str) -> bytes:
        file = Path(folder) / "migrated.db"
        database = await open_ready(f"sqlite+aiosqlite:///{file}", Sealer.from_setting(KEY))
        await database.close()
        with closing(sqlite3.connect(file)) as whole:
            whole.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return file.read_bytes()

    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, make(folder)).result()
