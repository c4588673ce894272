"""Where enquiries stand is counted once an hour by one copy, and nothing personal is kept of it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import bot.counting
from bot.counting import PERIOD, Counting
from core.clock import FixedClock
from core.keep import Keep
from core.knowledge import CurrentKnowledge, Knowledge, make_knowledge
from core.release import DATA, load_directory
from core.services.library import load_library
from core.statistics.kinds import Count
from core.store import counters, enquiries, misses, people
from core.store.database import Database
from core.store.sealing import Sealer
from core.store.start import open_ready

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
DAY = timedelta(days=1)
MEALS = "free_school_meals"
ALMATY = ZoneInfo("Asia/Almaty")
EVER = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
async def database(tmp_path: Path, clock: FixedClock) -> AsyncIterator[Database]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'counting.db'}"
    opened = await open_ready(url, Sealer.from_setting("the key of the tests"), clock=clock)
    yield opened
    await opened.close()


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return make_knowledge(load_library(DATA), load_directory(DATA), Keep())


def today(moment: datetime) -> date:
    return moment.astimezone(ALMATY).date()


def counting(
    database: Database, clock: FixedClock, knowledge: Knowledge, copy: str = "one"
) -> Counting:
    async def read(_: datetime) -> Knowledge:
        return knowledge

    async def report(where: str, fault: BaseException, /, **context: object) -> None:
        raise AssertionError(where, context) from fault

    current = CurrentKnowledge(
        value=knowledge, revision=None, day=today(NOW), read=read, today=today
    )
    return Counting(
        database=database,
        clock=clock,
        copy=copy,
        knowledge=current,
        today=today,
        report=report,
    )


async def began(database: Database, at: datetime, **answers: str) -> None:
    async with database.writing() as tx:
        await people.meet(tx, 1, at)
        enquiry = await enquiries.begin(
            tx, person_id=1, service=MEALS, rules_version="1", state="open", now=at
        )
        await enquiries.keep(tx, replace(enquiry, answers=answers), at)


async def stands(database: Database) -> dict[str, int]:
    async with database.reading() as tx:
        return await counters.by_key(tx, Count.STANDS, *EVER)


async def test_where_people_stopped_is_counted(
    database: Database, clock: FixedClock, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.counting, "BATCH", 2)
    for _ in range(3):
        await began(database, NOW - 3 * DAY, school="state")
    await began(database, NOW - 2 * DAY, school="state", family="assistance")
    await began(database, NOW - timedelta(hours=2), school="state")
    await began(database, NOW - 60 * DAY)
    one = counting(database, clock, knowledge)
    assert await one.look()
    assert await stands(database) == {f"{MEALS}:family": 3, f"{MEALS}:=eligible": 1}
    assert not await one.look()
    clock.forward(DAY)
    assert await one.look()
    assert await stands(database) == {f"{MEALS}:family": 4, f"{MEALS}:=eligible": 1}


async def test_one_copy_counts_for_all(
    database: Database, clock: FixedClock, knowledge: Knowledge
) -> None:
    one, two = (counting(database, clock, knowledge, each) for each in ("one", "two"))
    assert await one.look()
    assert not await two.look()
    clock.forward(PERIOD)
    assert await two.look()


async def test_old_words_are_forgotten_with_it(
    database: Database, clock: FixedClock, knowledge: Knowledge
) -> None:
    async with database.writing() as tx:
        for person in (1, 2, 3):
            await misses.note(tx, "паспорт", person, today(NOW - 91 * DAY))
    await counting(database, clock, knowledge).look()
    async with database.reading() as tx:
        assert await misses.of_several(tx, *EVER) == []


async def test_a_deleted_enquiry_is_counted_no_more(
    database: Database, clock: FixedClock, knowledge: Knowledge
) -> None:
    await began(database, NOW - 3 * DAY, school="state")
    one = counting(database, clock, knowledge)
    await one.look()
    async with database.writing() as tx:
        await people.forget(tx, 1)
    clock.forward(PERIOD)
    await one.look()
    assert await stands(database) == {}
