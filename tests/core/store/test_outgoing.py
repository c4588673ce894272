"""The outgoing queue keeps order, forgets nothing and puts nothing twice."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from core.chats import ChatState
from core.clock import FixedClock
from core.outgoing import Lane, Parcel
from core.store import chats, outgoing
from core.store.database import Database

MINUTE = timedelta(minutes=1)


def parcel(chat_id: int = 1, said: str = "сәлем", lane: Lane = Lane.PERSONAL) -> Parcel:
    return Parcel(chat_id=chat_id, body={"text": said}, lane=lane, cause="test")


async def put(database: Database, clock: FixedClock, *parcels: Parcel) -> list[int | None]:
    async with database.writing() as tx:
        return [await outgoing.put(tx, each, clock.now()) for each in parcels]


async def take(database: Database, clock: FixedClock, limit: int = 10) -> list[outgoing.Posting]:
    async with database.writing() as tx:
        return list(await outgoing.take(tx, clock.now(), limit))


async def test_gives_back_what_was_put(database: Database, clock: FixedClock) -> None:
    (number,) = await put(database, clock, replace(parcel(5), about="complaint:7", thread_id=3))
    (posting,) = await take(database, clock)
    assert posting.id == number
    assert (posting.chat_id, posting.thread_id, posting.lane) == (5, 3, Lane.PERSONAL)
    assert posting.body == {"text": "сәлем"}
    assert (posting.about, posting.attempts, posting.taken_at) == ("complaint:7", 1, clock.now())
    assert await take(database, clock) == []


async def test_keeps_no_readable_words(database: Database, clock: FixedClock) -> None:
    await put(database, clock, parcel(said="secret"))
    async with database.reading() as tx:
        assert "secret" not in await tx.scalar(text("SELECT body FROM outgoing"))


async def test_puts_once_only(database: Database, clock: FixedClock) -> None:
    first, second = await put(
        database, clock, replace(parcel(), once="receipt:1"), replace(parcel(), once="receipt:1")
    )
    assert first is not None
    assert second is None


async def test_takes_urgent_before_old_and_one_for_each_chat(
    database: Database, clock: FixedClock
) -> None:
    numbers = await put(
        database,
        clock,
        parcel(1, lane=Lane.REMINDER),
        parcel(2),
        parcel(2),
        parcel(3, lane=Lane.REPLY),
    )
    taken = await take(database, clock)
    assert [each.id for each in taken] == [numbers[3], numbers[1], numbers[0]]
    async with database.writing() as tx:
        await outgoing.mark_sent(tx, taken[1].id, 100, clock.now())
    assert [each.id for each in await take(database, clock)] == [numbers[2]]


async def test_takes_no_more_than_asked(database: Database, clock: FixedClock) -> None:
    await put(database, clock, *(parcel(chat) for chat in range(1, 6)))
    assert [each.chat_id for each in await take(database, clock, limit=2)] == [1, 2]
    assert [each.chat_id for each in await take(database, clock, limit=9)] == [3, 4, 5]


async def test_what_failed_holds_back_the_rest_of_its_chat(
    database: Database, clock: FixedClock
) -> None:
    first, second = await put(database, clock, parcel(), parcel())
    (taken,) = await take(database, clock)
    async with database.writing() as tx:
        await outgoing.postpone(tx, taken.id, clock.now() + MINUTE, "502")
        assert await outgoing.next_at(tx) == clock.now()
    assert await take(database, clock) == []
    clock.forward(MINUTE)
    (again,) = await take(database, clock)
    assert (again.id, again.attempts) == (first, 2)
    async with database.writing() as tx:
        await outgoing.mark_failed(tx, again.id, "400")
    assert [each.id for each in await take(database, clock)] == [second]


async def test_what_is_for_later_holds_back_nothing(database: Database, clock: FixedClock) -> None:
    later, now = await put(
        database, clock, replace(parcel(), not_before=clock.now() + MINUTE), parcel()
    )
    (taken,) = await take(database, clock)
    assert taken.id == now
    async with database.writing() as tx:
        await outgoing.mark_sent(tx, taken.id, 1, clock.now())
        assert await outgoing.next_at(tx) == clock.now() + MINUTE
    assert await take(database, clock) == []
    clock.forward(MINUTE)
    assert [each.id for each in await take(database, clock)] == [later]


async def test_cancels_what_expired(database: Database, clock: FixedClock) -> None:
    (number,) = await put(database, clock, replace(parcel(), expires_at=clock.now() + MINUTE))
    async with database.writing() as tx:
        assert await outgoing.expire(tx, clock.now()) == []
        clock.forward(MINUTE)
        assert [each.id for each in await outgoing.expire(tx, clock.now())] == [number]
    assert await take(database, clock) == []


async def test_withdraws_only_what_still_waits(database: Database, clock: FixedClock) -> None:
    first, _, third = await put(
        database, clock, parcel(1), replace(parcel(2), about="x"), parcel(3)
    )
    assert first is not None
    assert third is not None
    async with database.writing() as tx:
        assert await outgoing.cancel(tx, first, "changed")
        assert not await outgoing.cancel(tx, first, "changed")
        assert await outgoing.cancel_about(tx, "x", "closed") == 1
        assert await outgoing.waiting(tx) == 1
    assert [each.id for each in await take(database, clock)] == [third]
    async with database.writing() as tx:
        assert not await outgoing.cancel(tx, third, "too late")


async def test_finds_orphans_of_a_worker_that_died(database: Database, clock: FixedClock) -> None:
    (number,) = await put(database, clock, parcel())
    await take(database, clock)
    async with database.reading() as tx:
        assert await outgoing.orphans(tx, clock.now()) == []
        clock.forward(MINUTE)
        (orphan,) = await outgoing.orphans(tx, clock.now())
    assert (orphan.id, orphan.attempts) == (number, 1)
    async with database.writing() as tx:
        await outgoing.postpone(tx, orphan.id, clock.now(), "the worker died")
        assert await outgoing.orphans(tx, clock.now()) == []
    assert [each.id for each in await take(database, clock)] == [number]


async def test_knows_what_a_sent_message_is_about(database: Database, clock: FixedClock) -> None:
    await put(database, clock, replace(parcel(9), about="complaint:12"))
    (taken,) = await take(database, clock)
    async with database.writing() as tx:
        await outgoing.mark_sent(tx, taken.id, 4321, clock.now())
        assert await outgoing.about(tx, 9, 4321) == "complaint:12"
        assert await outgoing.about(tx, 9, 4322) is None
        assert await outgoing.about(tx, 8, 4321) is None


async def test_sweeps_only_what_is_done_and_answerable_no_more(
    database: Database, clock: FixedClock
) -> None:
    await put(
        database, clock, parcel(1), replace(parcel(2), about="x"), parcel(3, lane=Lane.REMINDER)
    )
    for posting in await take(database, clock, limit=2):
        async with database.writing() as tx:
            await outgoing.mark_sent(tx, posting.id, posting.id, clock.now())
    clock.forward(MINUTE)
    async with database.writing() as tx:
        assert await outgoing.sweep(tx, clock.now()) == 1
        assert await tx.scalar(text("SELECT count(*) FROM outgoing")) == 2


async def test_a_moved_group_gets_what_waited_for_it(database: Database, clock: FixedClock) -> None:
    await put(database, clock, parcel(-10), parcel(-10))
    (refused,) = await take(database, clock)
    async with database.writing() as tx:
        await chats.set_state(tx, -10, "group", ChatState.ACTIVE, clock.now())
        await chats.migrate(tx, -10, -100_10, clock.now())
        old, new = await chats.find(tx, -10), await chats.find(tx, -100_10)
    assert old is not None
    assert (old.state, old.migrated_to) == (ChatState.MIGRATED, -100_10)
    assert new is not None
    assert new.state is ChatState.ACTIVE
    async with database.writing() as tx:
        await outgoing.postpone(tx, refused.id, clock.now(), "moved")
    (again,) = await take(database, clock)
    assert (again.id, again.chat_id) == (refused.id, -100_10)


async def test_tells_whether_the_state_of_a_chat_is_news(
    database: Database, clock: FixedClock
) -> None:
    async with database.writing() as tx:
        assert await chats.set_state(tx, 1, "private", ChatState.BLOCKED, clock.now())
        assert not await chats.set_state(tx, 1, "private", ChatState.BLOCKED, clock.now())
        assert await chats.set_state(tx, 1, "private", ChatState.ACTIVE, clock.now())
        assert await chats.find(tx, 2) is None


async def test_two_workers_take_nothing_twice(database: Database, clock: FixedClock) -> None:
    await put(database, clock, *(parcel(chat) for chat in range(1, 31)))

    async def work() -> list[int]:
        taken = []
        while some := await take(database, clock, limit=3):
            taken += [each.id for each in some]
        return taken

    shares = await asyncio.gather(work(), work(), work())
    everything = sorted(number for share in shares for number in share)
    assert len(everything) == len(set(everything))
    rest = [each.id for each in await take(database, clock, limit=30)]
    assert len(everything) + len(rest) == 30


async def test_forgets_one_chat(database: Database, clock: FixedClock) -> None:
    await put(database, clock, parcel(1), parcel(2), parcel(1))
    await take(database, clock, limit=1)
    async with database.writing() as tx:
        assert await outgoing.forget(tx, 1) == 2
    assert [each.chat_id for each in await take(database, clock)] == [2]


@pytest.mark.parametrize("body", [{"redraw": True}, {"text": "қ" * 4096, "rows": [[1, None]]}])
async def test_bodies_come_back_whole(
    database: Database, clock: FixedClock, body: dict[str, object]
) -> None:
    await put(database, clock, replace(parcel(), body=body))
    (taken,) = await take(database, clock)
    assert taken.body == body


async def test_tells_which_names_were_put_however_many_are_asked(
    database: Database, clock: FixedClock
) -> None:
    await put(database, clock, replace(parcel(), once="a:1"), replace(parcel(), once="a:2"))
    names = [f"a:{number}" for number in range(2 * outgoing.NAMES_AT_ONCE)]
    async with database.reading() as tx:
        assert await outgoing.put_before(tx, names) == {"a:1", "a:2"}
        assert await outgoing.put_before(tx, []) == frozenset()
