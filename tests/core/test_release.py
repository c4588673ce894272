"""What the files say arrives in the database whole, and only when it is news."""

import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.clock import FixedClock
from core.directory.changes import Hand, edit
from core.release import (
    DATA,
    apply_release,
    fingerprint,
    load_directory,
    read_directory,
    read_library,
)
from core.services.library import load_library
from core.store import offices
from core.store.database import Database
from core.store.sealing import Sealer
from core.store.start import open_ready

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'release.db'}"
    opened = await open_ready(url, Sealer.from_setting("a key of the tests"), clock=FixedClock(NOW))
    yield opened
    await opened.close()


async def test_what_is_read_back_is_what_the_files_say(database: Database) -> None:
    assert await apply_release(database, NOW)
    async with database.reading() as tx:
        library = await read_library(tx, NOW)
    files = load_library(DATA)
    assert library.acts == files.acts
    assert library.situations == files.situations
    assert list(library.services) == list(files.services)
    for name, service in files.services.items():
        assert library.services[name] == service


async def test_unchanged_files_are_not_read_again(database: Database) -> None:
    await apply_release(database, NOW)
    assert not await apply_release(database, NOW)


async def test_changed_files_are_news(database: Database, tmp_path: Path) -> None:
    await apply_release(database, NOW)
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    file = folder / "services" / "free_school_meals.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("version: 1", "version: 2", 1), encoding="utf-8")
    assert fingerprint(folder) != fingerprint(DATA)
    assert await apply_release(database, NOW, folder)
    async with database.reading() as tx:
        assert (await read_library(tx, NOW)).services["free_school_meals"].version == 2


async def test_the_directory_is_read_back_as_the_files_have_it(database: Database) -> None:
    await apply_release(database, NOW)
    assert await read_directory(database) == load_directory(DATA)


async def test_a_changed_office_is_news_and_an_admins_one_stays(
    database: Database, tmp_path: Path
) -> None:
    await apply_release(database, NOW)
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    file = folder / "directory" / "offices.jsonl"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"+77122354501"', '"+77122354599"'), encoding="utf-8")
    values = {"postcode": "060000", "phones": ["+77122354555"]}
    async with database.writing() as tx:
        assert await edit(tx, Hand("chat", person_id=7000000001), "of0003", values, NOW)
    assert await apply_release(database, NOW, folder)
    office = (await read_directory(database)).offices["of0003"]
    assert (office.postcode, office.phones) == ("060000", ("+77122354555",))
    async with database.reading() as tx:
        [offered] = await offices.offers(tx)
    assert offered.id == "of0003"
    assert offered.offered is not None
    assert offered.offered["phones"][0] == "+77122354599"
