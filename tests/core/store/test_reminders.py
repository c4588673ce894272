"""Reminders in the database: one for each thing, due by its day, moved by one copy only."""

import asyncio
import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import text

from core.clock import FixedClock
from core.forgetting import forget_old, forget_person
from core.keep import Keep
from core.outgoing import Lane, Parcel
from core.store import enquiries, outgoing, people, reminders, watches
from core.store.database import Database
from core.store.migrate import downgrade, upgrade
from core.store.reminders import Kind, Reminder

PARENT, SECOND = 7000000001, 7000000002
SERVICE = "free_school_meals"
TODAY = dt.date(2026, 11, 23)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
async def met(database: Database, clock: FixedClock) -> None:
    async with database.writing() as tx:
        for each in (PARENT, SECOND):
            await people.meet(tx, each, clock.now())


async def noted(
    database: Database, clock: FixedClock, kind: Kind, of: int, day: dt.date, *, who: int = PARENT
) -> Reminder:
    async with database.writing() as tx:
        return await reminders.put(
            tx, person_id=who, kind=kind, of=of, service=SERVICE, day=day, now=clock.now()
        )


async def due(database: Database, day: dt.date, most: int = 10) -> list[int]:
    async with database.reading() as tx:
        return [each.id for each in await reminders.due(tx, day, most)]


async def test_one_for_each_thing_and_the_last_word_counts(
    database: Database, clock: FixedClock
) -> None:
    first = await noted(database, clock, "papers", 7, TODAY)
    again = await noted(database, clock, "papers", 7, TODAY + DAY)
    other = await noted(database, clock, "season", 7, TODAY)
    assert again == replace(first, day=TODAY + DAY)
    async with database.reading() as tx:
        assert list(await reminders.to_come(tx, PARENT)) == [other, again]
        assert await reminders.to_come(tx, SECOND) == []
        assert await reminders.find(tx, first.id, SECOND) is None
        assert await reminders.of_thing(tx, "papers", 7, SECOND) is None


async def test_what_is_due_comes_in_its_order_and_not_twice_a_day(
    database: Database, clock: FixedClock
) -> None:
    late = await noted(database, clock, "answer", 1, TODAY - 5 * DAY)
    now = await noted(database, clock, "answer", 2, TODAY)
    await noted(database, clock, "answer", 3, TODAY + DAY)
    assert await due(database, TODAY) == [late.id, now.id]
    assert await due(database, TODAY, most=1) == [late.id]
    async with database.writing() as tx:
        assert await reminders.move(tx, now, TODAY, clock.now(), said_on=TODAY)
    assert await due(database, TODAY) == [late.id]


async def test_of_two_copies_one_moves_it(database: Database, clock: FixedClock) -> None:
    each = await noted(database, clock, "answer", 1, TODAY)

    async def move() -> bool:
        async with database.writing() as tx:
            return await reminders.move(tx, each, None, clock.now(), said_on=TODAY)

    assert sorted(await asyncio.gather(move(), move())) == [False, True]
    async with database.reading() as tx:
        moved = await reminders.find(tx, each.id, PARENT)
    assert moved == replace(each, day=None, said_on=TODAY)


async def test_again_never_puts_off_what_comes_earlier(
    database: Database, clock: FixedClock
) -> None:
    each = await noted(database, clock, "answer", 1, TODAY)
    async with database.writing() as tx:
        assert not await reminders.again(tx, each.id, TODAY + DAY, clock.now())
        await reminders.move(tx, each, None, clock.now(), said_on=TODAY)
        assert await reminders.again(tx, each.id, TODAY + DAY, clock.now())
        assert not await reminders.again(tx, each.id + 1, TODAY + DAY, clock.now())
    assert await due(database, TODAY + DAY) == [each.id]


async def test_only_ones_own_is_dropped_and_all_goes_with_the_person(
    database: Database, clock: FixedClock
) -> None:
    each = await noted(database, clock, "season", 1, TODAY)
    other = await noted(database, clock, "season", 2, TODAY, who=SECOND)
    async with database.writing() as tx:
        assert not await reminders.drop(tx, "season", 1, SECOND)
        assert await reminders.drop(tx, "season", 1, PARENT)
    assert await due(database, TODAY) == [other.id]
    assert each.id != other.id
    async with database.writing() as tx:
        await forget_person(tx, SECOND)
    assert await due(database, TODAY) == []


async def test_what_is_long_said_goes_and_what_is_to_come_stays(
    database: Database, clock: FixedClock
) -> None:
    said = await noted(database, clock, "papers", 1, TODAY)
    ahead = await noted(database, clock, "season", 1, TODAY + 500 * DAY)
    async with database.writing() as tx:
        await reminders.move(tx, said, None, clock.now(), said_on=TODAY)
        for each in (said, ahead):
            about = reminders.about(each.kind, each.of)
            parcel = Parcel(PARENT, {}, Lane.REMINDER, "reminder", once=about, about=about)
            await outgoing.put(tx, parcel, clock.now())
        await forget_old(tx, clock.now() + 400 * DAY, Keep())
    async with database.reading() as tx:
        assert await reminders.find(tx, said.id, PARENT) is None
        assert await reminders.find(tx, ahead.id, PARENT) == ahead
        # What was said of it goes with it.
        assert await tx.scalars(text("SELECT about FROM outgoing")) == ["season:1"]


async def test_reminders_that_were_written_before_move_over(
    database: Database, clock: FixedClock
) -> None:
    now = clock.now()
    ten = dt.time(5, tzinfo=dt.UTC)
    async with database.writing() as tx:
        watch = await watches.begin(tx, person_id=PARENT, service=SERVICE, handed_in=TODAY, now=now)
        enquiry = await enquiries.begin(
            tx, person_id=PARENT, service=SERVICE, rules_version="1", state="begun", now=now
        )
    await downgrade(database, "0013")
    async with database.writing() as tx:
        for about, ahead in (
            (f"watch:{watch.id}", 3),
            (f"watch:{watch.id}", 1),
            (f"enquiry:{enquiry.id}", 2),
            ("watch:999", 1),
        ):
            parcel = Parcel(
                chat_id=PARENT,
                body={},
                lane=Lane.REMINDER,
                cause="reminder",
                about=about,
                not_before=dt.datetime.combine(TODAY + ahead * DAY, ten),
            )
            await outgoing.put(tx, parcel, now)
        await outgoing.put(tx, Parcel(PARENT, {}, Lane.REMINDER, "fault"), now)
    await upgrade(database)
    async with database.reading() as tx:
        assert [
            (each.kind, each.of, each.service, each.day)
            for each in await reminders.to_come(tx, PARENT)
        ] == [
            ("answer", watch.id, SERVICE, TODAY + DAY),
            ("papers", enquiry.id, SERVICE, TODAY + 2 * DAY),
        ]
        waiting = text("SELECT cause FROM outgoing WHERE state = 'waiting'")
        assert await tx.scalars(waiting) == ["fault"]
