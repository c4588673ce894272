"""Bringing the tables of a database to where the code expects them, and back."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Connection, MetaData, Table, Text, inspect, select

from core.store.database import Database
from core.store.problems import DatabaseError

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
NOTHING = "base"

alembic_version = Table("alembic_version", MetaData(), Column("version_num", Text))


def revisions() -> list[str]:
    """Name all steps, oldest first; each is the number its file begins with."""
    return sorted(file.name[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


async def revision(database: Database) -> str | None:
    """Tell the step a database stands at, or None before the first."""
    return await database.backend.look(_revision)


async def upgrade(database: Database, target: str | None = None) -> None:
    """Bring a database to a step, the newest if none is named.

    Copies that start at once do it one after another; the later ones find it done. Where there is
    nothing to do, Alembic is not even imported: it takes longer than everything else here.
    """
    known = revisions()
    target = target or known[-1]
    stands_at = await revision(database)
    if stands_at == target:
        return
    if stands_at is not None and stands_at not in known:
        raise DatabaseError(
            f"the database is at step {stands_at}, which this release does not know "
            f"(its newest is {known[-1]}): use the release that made it, or restore a backup"
        )
    await database.backend.alone(partial(_upgrade, target=target))


async def downgrade(database: Database, target: str = NOTHING) -> None:
    """Take a database back to an earlier step, losing what later steps made room for."""
    from alembic import command

    await database.backend.alone(partial(_run, command.downgrade, target=target))


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(alembic_version.name):
        return None
    found: str | None = connection.scalar(select(alembic_version.c.version_num))
    return found


def _upgrade(connection: Connection, target: str) -> None:
    from alembic import command

    # Another copy may have done it while this one waited for its turn.
    if _revision(connection) != target:
        _run(command.upgrade, connection, target)


def _run(command: "Callable[[Config, str], Any]", connection: Connection, target: str) -> None:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command(config, target)
