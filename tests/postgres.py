"""A real PostgreSQL for tests: that of BAGYT_TEST_POSTGRES_URL, or one started from a wheel."""

import os
from collections.abc import Iterator
from itertools import count

import pytest
from sqlalchemy import make_url

from bench.postgres import PostgresServer, own_server, programs_of_wheel

__all__ = ["PostgresServer"]

# What a crash would destroy is thrown away anyway, so the server need not wait for the disk.
SPEED_SETTINGS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "shared_buffers=32MB",
    # Databases live for one test only; a worker in one of them would hinder its end.
    "autovacuum=off",
)


class GivenServer(PostgresServer):
    """One that is not ours."""

    def restart(self) -> None:
        """Pass over the tests that would."""
        pytest.skip("a server given by its URL is not ours to restart")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server for the whole session (for each worker, when tests run side by side)."""
    given = os.environ.get("BAGYT_TEST_POSTGRES_URL")
    if given:
        yield GivenServer(make_url(given), programs_of_wheel() / "psql")
        return
    with own_server(SPEED_SETTINGS) as server:
        yield server


@pytest.fixture(scope="session")
def database_numbers() -> Iterator[int]:
    """Numbers that name the databases of one session."""
    return count(1)


@pytest.fixture
def postgres_url(
    postgres_server: PostgresServer, database_numbers: Iterator[int], worker_id: str
) -> Iterator[str]:
    """Name an empty database that belongs to one test and vanishes after it."""
    database = f"bagyt_{worker_id}_{os.getpid()}_{next(database_numbers)}"
    postgres_server.run(f"create database {database}")
    try:
        yield postgres_server.url(database)
    finally:
        postgres_server.run(f"drop database {database} with (force)")
