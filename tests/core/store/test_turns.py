"""Turns: one person's updates in order and apart, in one copy of the bot and in several."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace

import pytest
from sqlalchemy import text

from core.clock import FixedClock
from core.people import remember
from core.store import people
from core.store.database import Database
from core.store.locks import Locks
from core.store.postgres import Postgres
from core.store.problems import DatabaseAwayError
from core.store.sealing import Sealer
from core.store.start import open_ready

WHO = 4242
TURNS = 200


@asynccontextmanager
async def copies(url: str, sealer: Sealer, number: int) -> AsyncIterator[list[Database]]:
    """Open a database as several copies of the bot do."""
    async with AsyncExitStack() as stack:
        opened = []
        for _ in range(number):
            opened.append(await open_ready(url, sealer, pool_size=4))
            stack.push_async_callback(opened[-1].close)
        yield opened


async def test_turns_of_one_person_keep_their_order_and_never_overlap(
    database: Database, clock: FixedClock
) -> None:
    inside: list[int] = []
    order: list[int] = []

    async def turn(number: int) -> None:
        async with database.turn(WHO) as turn:
            inside.append(number)
            async with turn.writing() as tx:
                person = await people.meet(tx, WHO, clock.now())
                await asyncio.sleep(0)
                person = replace(person, seen=remember(person.seen, number))
                await people.keep(tx, person, clock.now())
            await asyncio.sleep(0)
            async with turn.writing() as tx:
                await people.keep_message(tx, WHO, number, clock.now())
            assert inside == [number]
            order.append(number)
            inside.clear()

    await asyncio.gather(*(turn(number) for number in range(1, TURNS + 1)))
    assert order == list(range(1, TURNS + 1))
    async with database.reading() as tx:
        person = await people.find(tx, WHO)
    assert person is not None
    assert (person.version, person.message_id) == (TURNS, TURNS)
    assert person.seen.split() == [str(number) for number in range(TURNS - 99, TURNS + 1)]


async def test_turns_of_different_people_do_not_wait_for_one_another(database: Database) -> None:
    both_inside = asyncio.Barrier(2)

    async def turn(person_id: int) -> None:
        async with database.turn(person_id), asyncio.timeout(60):
            await both_inside.wait()

    await asyncio.gather(turn(1), turn(2))


async def test_a_failed_turn_keeps_nothing_and_lets_the_next_one_in(
    database: Database, clock: FixedClock
) -> None:
    async def fail() -> None:
        async with database.turn(WHO) as turn, turn.writing() as tx:
            await people.meet(tx, WHO, clock.now())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with database.turn(WHO) as turn, turn.writing() as tx:
        assert await people.find(tx, WHO) is None


async def test_a_cancelled_turn_lets_the_next_one_in(database: Database, clock: FixedClock) -> None:
    begun = asyncio.Event()

    async def endless() -> None:
        async with database.turn(WHO) as turn, turn.writing() as tx:
            await people.meet(tx, WHO, clock.now())
            begun.set()
            await asyncio.Event().wait()

    first = asyncio.create_task(endless())
    await begun.wait()
    waiting = asyncio.create_task(endless())
    await asyncio.sleep(0)
    waiting.cancel()
    first.cancel()
    async with asyncio.timeout(60), database.turn(WHO) as turn, turn.writing() as tx:
        assert await people.find(tx, WHO) is None
    assert first.cancelled()
    assert waiting.cancelled()


async def test_cancelled_at_any_moment_a_turn_keeps_all_or_nothing(
    database: Database, clock: FixedClock
) -> None:
    async def turn(number: int) -> None:
        async with database.turn(WHO) as turn, turn.writing() as tx:
            person = await people.meet(tx, WHO, clock.now())
            await people.keep(tx, replace(person, message_id=number), clock.now())

    await turn(0)
    for moment in range(60):
        task = asyncio.create_task(turn(moment))
        for _ in range(moment):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    async with asyncio.timeout(60):
        await turn(1000)
        async with database.reading() as tx:
            person = await people.find(tx, WHO)
    assert person is not None
    assert person.message_id == 1000


@pytest.mark.postgres
async def test_copies_of_the_bot_keep_one_another_out(
    postgres_url: str, sealer: Sealer, clock: FixedClock
) -> None:
    inside = 0

    async def turn(database: Database, number: int) -> None:
        nonlocal inside
        async with database.turn(WHO) as turn:
            inside += 1
            async with turn.writing() as tx:
                person = await people.meet(tx, WHO, clock.now())
                person = replace(person, seen=remember(person.seen, number))
                await people.keep(tx, person, clock.now())
            await asyncio.sleep(0)
            assert inside == 1
            inside -= 1

    async with copies(postgres_url, sealer, 2) as (one, other):
        await asyncio.gather(
            *(turn(one if number % 2 else other, number) for number in range(TURNS))
        )
        async with one.reading() as tx:
            person = await people.find(tx, WHO)
    assert person is not None
    assert person.version == TURNS
    assert inside == 0


@pytest.mark.postgres
async def test_more_turns_than_connections_that_all_want_a_second_one_end(
    postgres_url: str, sealer: Sealer, clock: FixedClock
) -> None:
    async def turn(database: Database, person_id: int) -> None:
        async with database.turn(person_id):
            async with database.writing() as tx:
                await people.meet(tx, person_id, clock.now())
            async with database.reading() as tx:
                assert await people.find(tx, person_id) is not None

    async with copies(postgres_url, sealer, 1) as (database,), asyncio.timeout(60):
        await asyncio.gather(*(turn(database, person_id) for person_id in range(1, 41)))


@pytest.mark.postgres
async def test_a_lost_connection_frees_the_person_and_the_next_turn_gets_a_new_one(
    postgres_url: str, sealer: Sealer, clock: FixedClock
) -> None:
    async def lose(one: Database, other: Database) -> None:
        async with one.turn(WHO) as turn:
            async with turn.writing() as tx:
                await people.meet(tx, WHO, clock.now())
            await _end_all_other_connections(other)
            async with turn.writing() as tx:
                await people.meet(tx, WHO, clock.now())

    async with copies(postgres_url, sealer, 2) as (one, other):
        with pytest.raises(DatabaseAwayError) as caught:
            await lose(one, other)
        assert one.is_away(caught.value)
        for database in (other, one, one):
            async with database.turn(WHO) as turn, turn.writing() as tx:
                assert await people.find(tx, WHO) is not None


@pytest.mark.postgres
async def test_idle_connections_that_died_are_replaced(
    postgres_url: str, sealer: Sealer, clock: FixedClock
) -> None:
    async with copies(postgres_url, sealer, 2) as (one, other):
        async with one.turn(WHO) as turn, turn.writing() as tx:
            await people.meet(tx, WHO, clock.now())
        async with one.reading() as tx:
            await people.find(tx, WHO)
        await _end_all_other_connections(other)
        async with one.turn(WHO) as turn, turn.writing() as tx:
            assert await people.find(tx, WHO) is not None
        async with one.reading() as tx:
            assert await people.find(tx, WHO) is not None


@pytest.mark.postgres
async def test_no_lock_is_left_behind(postgres_url: str, sealer: Sealer, clock: FixedClock) -> None:
    async def turn(database: Database, person_id: int) -> None:
        async with database.turn(person_id) as turn, turn.writing() as tx:
            await people.meet(tx, person_id, clock.now())
            if person_id % 3 == 0:
                raise ZeroDivisionError

    async with copies(postgres_url, sealer, 1) as (database,):
        tasks = [asyncio.create_task(turn(database, person_id)) for person_id in range(1, 31)]
        await asyncio.sleep(0)
        for task in tasks[::4]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        async with database.reading() as tx:
            left = await tx.scalar(
                text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
            )
    assert left == 0


async def test_locks_are_forgotten_when_nobody_wants_them() -> None:
    locks = Locks()
    async with locks.held("a"):
        waiting = asyncio.create_task(_hold(locks, "a"))
        async with locks.held("b"):
            assert len(locks) == 2
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        assert len(locks) == 1
    assert len(locks) == 0


async def _hold(locks: Locks, key: str) -> None:
    async with locks.held(key):
        pass


async def _end_all_other_connections(database: Database) -> None:
    assert isinstance(database.backend, Postgres)
    async with database.backend.engine.connect() as connection:
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
