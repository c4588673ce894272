"""Two copies that remind at the same moment, on either database, remind once."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.clock import FixedClock
from core.knowledge import Knowledge
from core.store import people, reminders, tables, watches
from core.store.database import Database
from core.store.sealing import Sealer
from core.store.start import open_ready
from dialogs.desk import OwnDesk
from dialogs.watch.reminding import CAUSE, remind
from tests.dialogs.visits import LANGUAGES, NOW

PARENTS = (801, 802, 803)
PROMISED = date(2026, 11, 30)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'rounds.db'}"
    found: str = request.getfixturevalue("postgres_url")
    return found


@pytest.fixture
async def copies(url: str) -> AsyncIterator[list[Database]]:
    sealer = Sealer.from_setting("the key of the tests")
    opened = [await open_ready(url, sealer, clock=FixedClock(NOW)) for _ in range(2)]
    yield opened
    for each in opened:
        await each.close()


async def test_two_copies_at_once_remind_once(copies: list[Database], knowledge: Knowledge) -> None:
    async with copies[0].writing() as tx:
        for each in PARENTS:
            await people.meet(tx, each, NOW)
            begun = await watches.begin(
                tx, person_id=each, service="free_school_meals", handed_in=NOW.date(), now=NOW
            )
            await watches.keep(tx, replace(begun, promised=PROMISED), NOW)
            await reminders.put(
                tx,
                person_id=each,
                kind="answer",
                of=begun.id,
                service=begun.service,
                day=PROMISED,
                now=NOW,
            )
    nine = LANGUAGES[None].beginning(PROMISED, 9)

    async def look(copy: Database) -> int:
        async with copy.writing() as tx:
            return await remind(OwnDesk(tx, nine, LANGUAGES, knowledge, "bagyt_bot"))

    told = await asyncio.gather(*(look(each) for each in copies * 3))
    assert sum(told) == len(PARENTS)
    count = select(func.count()).select_from(tables.outgoing)
    async with copies[1].reading() as tx:
        assert await tx.scalar(count.where(tables.outgoing.c.cause == CAUSE)) == len(PARENTS)
