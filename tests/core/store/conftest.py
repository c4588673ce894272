"""A fresh, migrated database on SQLite and on PostgreSQL for every test that asks for one."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.clock import FixedClock
from core.store.database import Database
from core.store.sealing import Sealer
from core.store.start import open_ready
from tests.databases import KEY, migrated_at

MORNING = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


@pytest.fixture
def sealer() -> Sealer:
    return Sealer.from_setting(KEY)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MORNING)


@pytest.fixture
async def database(database_url: str, sealer: Sealer, clock: FixedClock) -> AsyncIterator[Database]:
    if database_url.startswith("sqlite"):
        migrated_at(Path(database_url.partition("///")[2]))
    opened = await open_ready(database_url, sealer, clock=clock)
    yield opened
    await opened.close()
