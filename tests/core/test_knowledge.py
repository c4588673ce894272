"""Every copy learns what has changed in the database, and that a new day has begun."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from core.directory.changes import Hand, edit
from core.keep import Keep
from core.knowledge import CurrentKnowledge, current_knowledge
from core.release import apply_release
from core.store.database import Database
from core.store.sealing import Sealer
from core.store.start import open_ready

NOW = datetime(2026, 11, 27, 6, 0, tzinfo=UTC)
OFFICE = "of0001"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'known.db'}"
    opened = await open_ready(url, Sealer.from_setting("the key of the tests"))
    await apply_release(opened, NOW)
    yield opened
    await opened.close()


def day_of(now: datetime) -> date:
    return now.date()


async def knows(database: Database) -> CurrentKnowledge:
    return await current_knowledge(database, NOW, Keep(), day_of)


async def test_nothing_is_read_anew_without_news(database: Database) -> None:
    knowledge = await knows(database)
    before = knowledge.value
    assert not await knowledge.refresh(database, NOW + timedelta(hours=1))
    assert knowledge.value is before
    assert await knowledge.refresh(database, NOW + timedelta(days=1))
    assert knowledge.value is not before


async def test_every_copy_learns_of_a_change(database: Database) -> None:
    one, other = await knows(database), await knows(database)
    async with database.writing() as tx:
        await edit(tx, Hand("chat"), OFFICE, {"postcode": "999999"}, NOW)
    for each in (one, other):
        assert await each.refresh(database, NOW)
        assert each.value.directory.offices[OFFICE].postcode == "999999"
        assert not await each.refresh(database, NOW)
