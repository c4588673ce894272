"""A process that is killed while it writes loses nothing it had committed."""

import asyncio
import random
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from core.clock import FixedClock
from core.store import people
from core.store.sealing import Sealer
from core.store.start import open_ready
from tests.databases import KEY

KILLS = 10
MOST_COMMITS = 150

# Writes people and how many they are, and says aloud what is committed.
WRITER = """
import asyncio, sys
from core.clock import SystemClock
from core.store import meta, people
from core.store.sealing import Sealer
from core.store.start import open_ready

async def write(url, key, number):
    clock = SystemClock()
    database = await open_ready(url, Sealer.from_setting(key))
    while True:
        number += 1
        async with database.turn(number) as turn, turn.writing() as tx:
            await people.keep(tx, await people.meet(tx, number, clock.now()), clock.now())
            await meta.put(tx, "people", str(number))
        print(number, flush=True)

asyncio.run(write(sys.argv[1], sys.argv[2], int(sys.argv[3])))
"""


@pytest.mark.slow
async def test_killed_at_any_moment_the_database_keeps_what_was_committed(
    sqlite_url: str, sealer: Sealer, clock: FixedClock, tmp_path: Path
) -> None:
    chance = random.Random(2026)
    committed = 0
    for _ in range(KILLS):
        writer = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-c", WRITER, sqlite_url, KEY, str(committed)),
            stdout=asyncio.subprocess.PIPE,
        )
        assert writer.stdout is not None
        for _ in range(chance.randint(1, MOST_COMMITS)):
            committed = int(await writer.stdout.readline())
        writer.kill()
        said = (await writer.communicate())[0].split(b"\n")
        # The last line may have been cut short by the end.
        committed = max([committed, *map(int, filter(None, said[:-1]))])

        database = await open_ready(sqlite_url, sealer, clock=clock)
        async with database.reading() as tx:
            assert await people.find(tx, committed) is not None
        await database.close()
        with closing(sqlite3.connect(tmp_path / "bagyt.db")) as left:
            assert left.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            (kept,) = left.execute("SELECT count(*) FROM people WHERE version = 1").fetchone()
            (told,) = left.execute("SELECT value FROM meta WHERE key = 'people'").fetchone()
        assert kept == int(told)
        # At most one transaction was committed without having been spoken of.
        assert committed <= kept <= committed + 1
        committed = kept


@pytest.mark.slow
async def test_killed_while_the_tables_are_made_the_next_start_makes_them(
    sqlite_url: str, sealer: Sealer, clock: FixedClock
) -> None:
    chance = random.Random(2026)
    for _ in range(5):
        writer = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-X", "importtime", "-c", WRITER, sqlite_url, KEY, "0"),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        assert writer.stderr is not None
        # Alembic is imported just before the tables are made.
        async for line in writer.stderr:
            if b"alembic" in line and chance.random() < 0.3:
                break
        writer.kill()
        await writer.communicate()
    database = await open_ready(sqlite_url, sealer, clock=clock)
    async with database.writing() as tx:
        assert (await people.meet(tx, 1, clock.now())).id == 1
    await database.close()
