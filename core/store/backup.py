"""Backups of an SQLite database while the bot runs, and putting one back.

Everything personal in a backup is sealed, and the key is not in it.
"""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import structlog
from sqlalchemy import URL, make_url

from core.clock import Clock, SystemClock
from core.store.copies import ALIVE_FOR
from core.store.meta import CANARY
from core.store.migrate import revisions
from core.store.problems import DatabaseBusyError, DatabaseError
from core.store.sealing import Sealer
from core.store.sqlite import BUSY_SECONDS, file_of, is_busy

log = structlog.get_logger(__name__)

OURS = frozenset({"alembic_version", "meta", "people", "copies"})
DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
LOG_SUFFIXES = ("-wal", "-shm", "-journal")


def backup(database_url: str, file: Path) -> None:
    """Write one consistent state of a database to a file that must not exist yet."""
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite":
        raise DatabaseError(
            "backup is for SQLite; on PostgreSQL run: "
            f"pg_dump --format=custom --file={file} {_plain(url)}"
        )
    source_file = file_of(url)
    if not source_file.is_file():
        raise DatabaseError(f"{source_file}: there is no database here yet")
    if file.exists():
        raise DatabaseError(f"{file}: exists already; name a new file")
    with _draft_of(file) as draft:
        _copy(source_file, draft)
        _check(draft)
        _sync(draft)
        try:
            # Only who makes the name may replace what stands there.
            file.touch(mode=0o600, exist_ok=False)
        except FileExistsError:
            raise DatabaseError(f"{file}: exists already; name a new file") from None
        draft.replace(file)
    _sync(file.parent)


def restore(file: Path, database_url: str, sealer: Sealer, clock: Clock | None = None) -> None:
    """Put a backup in the place of a database that nobody uses."""
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite":
        raise DatabaseError(
            "restore is for SQLite; on PostgreSQL run: "
            f"pg_restore --clean --if-exists --single-transaction --dbname={_plain(url)} {file}"
        )
    if not file.is_file():
        raise DatabaseError(f"{file}: there is no such file")
    sealer.open(_check(file))
    target = file_of(url)
    target.parent.mkdir(parents=True, exist_ok=True)
    with _draft_of(target) as draft:
        _copy(file, draft)
        _forget_copies(draft)
        _sync(draft)
        _put_to_rest(target, clock or SystemClock())
        draft.replace(target)
    _sync(target.parent)


def _copy(source_file: Path, target_file: Path) -> None:
    with closing(_connect(source_file)) as source, closing(_connect(target_file)) as target:
        # All pages in one step: in smaller ones, every change meanwhile would begin it anew.
        source.backup(target)
        # The copy must not need a log beside it.
        target.execute("PRAGMA journal_mode = DELETE").fetchall()


def _check(file: Path) -> str:
    """Make sure that a file is a whole database of ours; return its canary."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as found:
            found_wrong = found.execute("PRAGMA integrity_check(1)").fetchone()[0]
            names = {name for (name,) in found.execute("SELECT name FROM sqlite_master")}
            if found_wrong != "ok":
                raise DatabaseError(f"{file}: damaged ({found_wrong})")
            if not names >= OURS:
                raise DatabaseError(f"{file}: an SQLite database, but not one of this bot")
            (step,) = found.execute("SELECT version_num FROM alembic_version").fetchone()
            canary = found.execute("SELECT value FROM meta WHERE key = ?", (CANARY,)).fetchone()
    except sqlite3.DatabaseError as error:
        raise DatabaseError(f"{file}: not a readable SQLite database ({error})") from error
    if step not in revisions():
        raise DatabaseError(
            f"{file}: made by a newer release (step {step}); this one knows up to {revisions()[-1]}"
        )
    if canary is None:
        raise DatabaseError(f"{file}: nothing in it shows which key it was sealed with")
    return str(canary[0])


def _forget_copies(file: Path) -> None:
    """Forget which copies of the bot ran when the backup was made, and what they held."""
    with closing(_connect(file)) as copy:
        copy.execute("DELETE FROM copies")
        copy.execute("DELETE FROM leases")


def _put_to_rest(file: Path, clock: Clock) -> None:
    """Make sure that nobody uses a database, and leave nothing beside its file.

    A log left behind would be played into the restored database.
    """
    if file.exists():
        try:
            with closing(_connect(file, timeout=0.0)) as old:
                _refuse_if_running(old, clock)
                # This succeeds only if no other connection is open.
                old.execute("PRAGMA journal_mode = DELETE").fetchall()
        except sqlite3.DatabaseError as error:
            if is_busy(error):
                raise DatabaseBusyError(
                    f"{file}: another process has it open; stop it and try again"
                ) from error
            if error.sqlite_errorcode not in DAMAGED:
                raise
            log.warning("damaged_database_replaced", file=file.name)
    for suffix in LOG_SUFFIXES:
        file.with_name(file.name + suffix).unlink(missing_ok=True)


def _refuse_if_running(old: sqlite3.Connection, clock: Clock) -> None:
    known = old.execute("SELECT 1 FROM sqlite_master WHERE name = 'copies'").fetchone()
    since = (clock.now() - ALIVE_FOR).replace(tzinfo=None).isoformat(" ", "microseconds")
    if known and old.execute("SELECT 1 FROM copies WHERE beat_at > ?", (since,)).fetchone():
        raise DatabaseBusyError(
            "the bot is running on this database, or was a minute ago; stop it and try again"
        )


@contextmanager
def _draft_of(file: Path) -> Iterator[Path]:
    """Name a file beside another for its owner only, gone at the end unless it was renamed."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        os.close(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise DatabaseError(f"{file}: cannot be written: {error.strerror}") from error
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _connect(file: Path, timeout: float = BUSY_SECONDS) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=timeout, isolation_level=None)


def _sync(path: Path) -> None:
    """Make sure that a file, or the names in a folder, outlast a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _plain(url: URL) -> str:
    """Write a URL as the tools of PostgreSQL take it, without the password."""
    plain = URL.create(
        "postgresql", url.username, None, url.host, url.port, url.database, url.query
    )
    return plain.render_as_string()
