"""What was kept long enough is erased, once a day, by one copy."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.keeping import PERIOD, Keeping
from core.clock import FixedClock
from core.keep import MONTH, Keep
from core.outgoing import Lane, Parcel
from core.store import enquiries, outgoing, people, services, tables
from core.store.database import Database
from core.store.sealing import Sealer
from core.store.start import open_ready
from dialogs.application import FILLING, AskField
from dialogs.doors import OpenMenu

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
MONTHS = 12


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
async def database(tmp_path: Path, clock: FixedClock) -> AsyncIterator[Database]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'keeping.db'}"
    opened = await open_ready(url, Sealer.from_setting("the key of the tests"), clock=clock)
    yield opened
    await opened.close()


def keeping(database: Database, clock: FixedClock, copy: str = "one") -> Keeping:
    return Keeping(database=database, clock=clock, copy=copy, keep=Keep(MONTHS, 3))


def said_to(chat: int) -> Parcel:
    return Parcel(chat_id=chat, body={"text": "x"}, lane=Lane.PERSONAL, cause="test")


async def began(database: Database, person_id: int, at: datetime) -> int:
    async with database.writing() as tx:
        await people.meet(tx, person_id, at)
        enquiry = await enquiries.begin(
            tx, person_id=person_id, service="x", rules_version="1", state="open", now=at
        )
    return enquiry.id


async def stopped_at(database: Database, person_id: int, view: str, at: datetime) -> None:
    async with database.writing() as tx:
        person = await people.meet(tx, person_id, at)
        memory = {FILLING: {"enquiry": 1, "form": "a", "values": {"name": "x"}, "keep": False}}
        await people.keep(tx, replace(person, view=view, memory=memory), at)


async def remembers(database: Database, person_id: int) -> bool:
    async with database.reading() as tx:
        person = await people.find(tx, person_id)
    assert person is not None
    return bool(person.memory)


async def test_only_idle_enquiries_are_erased(database: Database, clock: FixedClock) -> None:
    old = await began(database, 1, NOW - MONTHS * MONTH - timedelta(hours=1))
    young = await began(database, 2, NOW - MONTHS * MONTH + timedelta(hours=1))
    assert await keeping(database, clock).look()
    async with database.reading() as tx:
        assert await enquiries.find(tx, old, 1) is None
        assert await enquiries.find(tx, young, 2) is not None


async def test_a_form_left_half_filled_is_forgotten_after_a_day(
    database: Database, clock: FixedClock
) -> None:
    filling = AskField(1, "name").pack()
    await stopped_at(database, 1, filling, NOW - timedelta(hours=25))
    await stopped_at(database, 2, filling, NOW - timedelta(hours=23))
    await stopped_at(database, 3, OpenMenu().pack(), NOW - timedelta(hours=25))
    assert await keeping(database, clock).look()
    assert not await remembers(database, 1)
    assert await remembers(database, 2)
    assert await remembers(database, 3)


async def test_one_copy_does_it_once_a_day(database: Database, clock: FixedClock) -> None:
    first, second = keeping(database, clock), keeping(database, clock, "two")
    assert await first.look()
    assert not await first.look()
    assert not await second.look()
    clock.forward(PERIOD + timedelta(seconds=1))
    assert await second.look()
    assert not await first.look()


async def test_messages_that_nobody_can_answer_any_more_go_after_a_month(
    database: Database, clock: FixedClock
) -> None:
    old, young = NOW - MONTH - timedelta(days=1), NOW - MONTH + timedelta(days=1)
    async with database.writing() as tx:
        for chat, at, about in ((1, old, None), (2, old, "complaint:1"), (3, young, None)):
            await outgoing.put(tx, replace(said_to(chat), about=about), at)
        for each in await outgoing.take(tx, NOW, 9):
            await outgoing.mark_sent(tx, each.id, each.id, NOW)
        # What never left is not thrown away.
        await outgoing.put(tx, said_to(4), old)
    await keeping(database, clock).look()
    async with database.reading() as tx:
        left = await tx.scalars(select(tables.outgoing.c.chat_id).order_by("chat_id"))
    assert left == [2, 3, 4]


async def test_a_draft_of_a_service_that_nobody_works_on_goes(
    database: Database, clock: FixedClock
) -> None:
    async with database.writing() as tx:
        for person, at in ((1, NOW - MONTH - timedelta(days=1)), (2, NOW)):
            await services.keep_draft(tx, "x", {"id": "x"}, based_on="1", person=person, now=at)
    await keeping(database, clock).look()
    async with database.reading() as tx:
        assert await services.own_drafts(tx, 1) == []
        assert len(await services.own_drafts(tx, 2)) == 1
