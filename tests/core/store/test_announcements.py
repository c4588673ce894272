"""Announcements on both databases: states, progress, taking back, whom they reach."""

import asyncio
from datetime import timedelta

from sqlalchemy import update

from core.announcements import Audience
from core.chats import ChatState
from core.outgoing import Lane, Parcel
from core.store import announcements, chats, outgoing, people, wishes
from core.store.announcements import Reader, about
from core.store.database import Database
from core.store.tables import outgoing as queue
from core.store.transaction import Transaction
from tests.core.store.conftest import MORNING

PARENTS = Audience(parents=True)


async def draft(tx: Transaction, *languages: str) -> int:
    number = await announcements.begin(tx, PARENTS, 1, MORNING)
    for each in languages:
        assert await announcements.write(tx, number, each, f"words in {each}")
    return number


async def put(tx: Transaction, number: int, *persons: int) -> None:
    for each in persons:
        parcel = Parcel(
            chat_id=each,
            body={"redraw": True},
            lane=Lane.REMINDER,
            cause="announcement",
            once=f"{about(number)}:{each}",
            about=about(number),
        )
        await outgoing.put(tx, parcel, MORNING)
    found = await announcements.find(tx, number)
    assert found is not None
    await announcements.advance(tx, found, len(persons), max(persons))


async def test_it_goes_from_state_to_state_and_no_other_way(database: Database) -> None:
    async with database.writing() as tx:
        number = await draft(tx, "kk")
        assert not await announcements.start(tx, number, 5, MORNING), "Russian is missing"
        assert not await announcements.pause(tx, number)
        await announcements.write(tx, number, "ru", "слова")
        assert await announcements.start(tx, number, 5, MORNING)
        assert not await announcements.start(tx, number, 5, MORNING)
        assert not await announcements.write(tx, number, "ru", "другие")
        assert not await announcements.drop(tx, number)
        assert not await announcements.resume(tx, number)
        assert await announcements.pause(tx, number)
        assert await announcements.sending(tx) == []
        assert await announcements.resume(tx, number)
        assert [each.id for each in await announcements.sending(tx)] == [number]
        assert await announcements.stop(tx, number, MORNING)
        assert not await announcements.stop(tx, number, MORNING)
        found = await announcements.find(tx, number)
    assert found is not None
    assert (found.state, found.expected, found.ru) == ("stopped", 5, "слова")
    assert found.audience == PARENTS


async def test_a_draft_can_be_thrown_away(database: Database) -> None:
    async with database.writing() as tx:
        number = await draft(tx)
        assert await announcements.drop(tx, number)
        assert await announcements.find(tx, number) is None
        later = await draft(tx)
        assert later > number, "a number is never given twice"


async def test_holding_back_takes_what_waits_out_of_the_queue(database: Database) -> None:
    async with database.writing() as tx:
        number, other = await draft(tx, "kk", "ru"), await draft(tx, "kk", "ru")
        for each in (number, other):
            await announcements.start(tx, each, 4, MORNING)
        await put(tx, number, 11, 12, 13, 14)
        await put(tx, other, 11)
        await tx.execute(
            update(queue)
            .where(queue.c.about == about(number), queue.c.chat_id == 12)
            .values(state="sent")
        )
        assert await announcements.progress(tx, number) == {"waiting": 3, "sent": 1}
        assert await announcements.pause(tx, number)
        assert await announcements.progress(tx, number) == {"sent": 1}
        assert await announcements.progress(tx, other) == {"waiting": 1}
        found = await announcements.find(tx, number)
        assert found is not None
        assert (found.reached, found.put) == (10, 1)


async def test_of_two_who_start_it_at_once_one_does(database: Database) -> None:
    async with database.writing() as tx:
        number = await draft(tx, "kk", "ru")

    async def start() -> bool:
        async with database.writing() as tx:
            return await announcements.start(tx, number, 1, MORNING)

    assert sorted(await asyncio.gather(*(start() for _ in range(4)))) == [False] * 3 + [True]


async def test_only_who_agreed_and_can_be_reached_is_told(database: Database) -> None:
    async with database.writing() as tx:
        for person in range(1, 7):
            await people.meet(tx, person, MORNING)
        for person in (1, 2, 3, 4):
            await wishes.agree(tx, person, wishes.NEWS, MORNING)
        await wishes.agree(tx, 5, wishes.DIGEST, MORNING)
        await chats.set_state(tx, 2, "private", ChatState.BLOCKED, MORNING)
        await chats.set_state(tx, 3, "private", ChatState.ACTIVE, MORNING)
        assert await announcements.how_many_parents(tx) == 3
        found = await announcements.parents(tx, 0, 2)
        assert found == [Reader(1, None), Reader(3, None)]
        assert await announcements.parents(tx, 3, 9) == [Reader(4, None)]
        assert await announcements.reachable(tx, [6, 2, 5, 99]) == [
            Reader(5, None),
            Reader(6, None),
        ]
        assert await announcements.reachable(tx, []) == []


async def test_figures_are_kept_when_it_is_settled(database: Database) -> None:
    async with database.writing() as tx:
        number = await draft(tx, "kk", "ru")
        await announcements.start(tx, number, 2, MORNING)
        await put(tx, number, 11, 12)
        await tx.execute(update(queue).values(state="sent"))
        await announcements.finish(tx, number, MORNING)
        assert await announcements.unsettled(tx, MORNING) == []
        (ended,) = await announcements.unsettled(tx, MORNING + timedelta(seconds=1))
        await announcements.settle(tx, ended.id)
        assert await announcements.unsettled(tx, MORNING + timedelta(days=1)) == []
        assert await outgoing.sweep(tx, MORNING + timedelta(days=1)) == 2
        found = await announcements.find(tx, number)
        assert found is not None
        assert found.counted == {"sent": 2}
        assert [each.id for each in await announcements.latest(tx)] == [number]
