"""Migrations lead to the tables of the code, up and down, also in copies that start at once."""

import asyncio
import sys
from collections.abc import AsyncIterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from core.store import meta
from core.store.database import Database
from core.store.migrate import MIGRATIONS, downgrade, revision, revisions, upgrade
from core.store.problems import DatabaseError
from core.store.sealing import Sealer
from core.store.start import open_ready
from core.store.tables import metadata


@pytest.fixture
async def empty(database_url: str, sealer: Sealer) -> AsyncIterator[Database]:
    opened = await Database.open(database_url, sealer)
    yield opened
    await opened.close()


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(
        connection,
        opts={"compare_type": True, "compare_server_default": True, "target_metadata": metadata},
    )
    return list(compare_metadata(context, metadata))


def _tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


async def test_the_steps_lead_to_the_tables_of_the_code(empty: Database) -> None:
    await upgrade(empty)
    assert await empty.backend.look(_differences) == []
    assert await revision(empty) == revisions()[-1]


async def test_every_step_goes_up_and_back_down(empty: Database) -> None:
    stands_at: list[str | None] = [None]
    seen = [await empty.backend.look(_schema)]
    for step in revisions():
        await upgrade(empty, step)
        stands_at.append(await revision(empty))
        seen.append(await empty.backend.look(_schema))
    assert stands_at == [None, *revisions()]
    for target, schema in zip(
        [*reversed(revisions()[:-1]), "base"], reversed(seen[:-1]), strict=True
    ):
        await downgrade(empty, target)
        assert await empty.backend.look(_schema) == schema
    assert await revision(empty) is None
    await upgrade(empty)
    assert await empty.backend.look(_differences) == []


async def test_going_up_when_there_is_nothing_to_do_changes_nothing(empty: Database) -> None:
    await upgrade(empty)
    async with empty.writing() as tx:
        await meta.put(tx, "kept", "yes")
    await upgrade(empty)
    async with empty.reading() as tx:
        assert await meta.get(tx, "kept") == "yes"


async def test_copies_that_start_at_once_do_not_disturb_one_another(
    database_url: str, sealer: Sealer
) -> None:
    databases = await asyncio.gather(*(open_ready(database_url, sealer) for _ in range(4)))
    assert await databases[3].backend.look(_differences) == []
    await asyncio.gather(*(database.close() for database in databases))


async def test_a_failing_step_leaves_nothing_behind(empty: Database) -> None:
    def fail(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE half_done (id INTEGER)"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await empty.backend.alone(fail)
    assert await empty.backend.look(_tables) == set()


async def test_a_database_of_a_newer_release_is_refused(empty: Database) -> None:
    await upgrade(empty)
    async with empty.writing() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseError, match="9999"):
        await upgrade(empty)


async def test_the_steps_form_one_line_whose_end_is_the_newest_file() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = list(ScriptDirectory.from_config(config).walk_revisions())
    assert [script.revision for script in reversed(scripts)] == revisions()


async def test_a_database_that_is_up_to_date_opens_without_alembic(
    sqlite_url: str, sealer: Sealer
) -> None:
    await (await open_ready(sqlite_url, sealer)).close()
    program = (
        "import asyncio, sys\n"
        "from core.store.sealing import Sealer\n"
        "from core.store.start import open_ready\n"
        "async def start():\n"
        f"    sealer = Sealer.from_setting({'the key of the tests'!r})\n"
        f"    await (await open_ready({sqlite_url!r}, sealer)).close()\n"
        "asyncio.run(start())\n"
        "sys.exit(sum(name.partition('.')[0] in {'alembic', 'asyncpg'} for name in sys.modules))\n"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, stderr=asyncio.subprocess.PIPE
    )
    _, errors = await process.communicate()
    assert (process.returncode, errors) == (0, b"")


def _schema(connection: Connection) -> dict[str, object]:
    found = inspect(connection)
    return {
        table: (
            [(column["name"], str(column["type"])) for column in found.get_columns(table)],
            sorted(str(index["name"]) for index in found.get_indexes(table)),
        )
        for table in found.get_table_names()
        if table != "alembic_version"
    }
