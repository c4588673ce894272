"""Nothing is lost when a worker is killed, and only one step can double a message."""

import asyncio
import signal
import sys
from collections import Counter
from datetime import timedelta

import pytest

from bot.outgoing.worker import HELD_FOR, ORPHANED_AFTER
from bot.playground.server import PlaygroundServer
from core.clock import FixedClock
from core.store.database import Database
from core.store.sealing import Sealer
from core.store.start import open_ready
from tests.bot.outgoing.conftest import KEY
from tests.bot.outgoing.mortal import STEPS
from tests.bot.outgoing.post_office import PEOPLE, PostOffice, numbered, parcel, sent_texts, working
from tests.bot.outgoing.timer import MORNING, QuickTimer

AIGUL = PEOPLE[0]


async def killed_at(step: str, database_url: str, server: PlaygroundServer) -> int:
    """Let a worker of its own process run to its death; give how it ended."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.bot.outgoing.mortal", step, database_url, KEY),
        *(server.bot_api_url, server.token),
    )
    async with asyncio.timeout(60):
        return await process.wait()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("database_url", "step"),
    [
        *(("sqlite", step) for step in STEPS),
        pytest.param("postgres", "after the receipt", marks=pytest.mark.postgres),
    ],
    indirect=["database_url"],
)
async def test_a_killed_worker_loses_nothing(
    step: str, database: Database, database_url: str, server: PlaygroundServer
) -> None:
    clock = FixedClock(MORNING)
    office = PostOffice(database, clock, QuickTimer(), server.bot_api_url, server.token)
    try:
        await office.put(*numbered(AIGUL, 3))
        assert await killed_at(step, database_url, server) == -signal.SIGKILL
        clock.forward(max(HELD_FOR, ORPHANED_AFTER) + timedelta(seconds=1))
        async with working(office.worker("heir")):
            rows = await office.emptied()
    finally:
        await office.session.close()
    assert rows.states == ["sent"] * 3
    everything = [f"{AIGUL} {number}" for number in range(3)]
    if step == "after the receipt":
        everything.insert(0, everything[0])
    assert sent_texts(server) == everything


async def test_nobody_takes_over_while_the_lease_holds(
    database: Database, server: PlaygroundServer
) -> None:
    clock = FixedClock(MORNING)
    office = PostOffice(database, clock, QuickTimer(), server.bot_api_url, server.token)
    try:
        async with working(office.worker("first")):
            await office.put(parcel(AIGUL, "бір"))
            await office.emptied()
            second = office.worker("second")
            assert await second._take_what_is_due() == ()
            clock.forward(HELD_FOR - timedelta(seconds=1))
            assert await second._take_what_is_due() == ()
    finally:
        await office.session.close()
    async with working(office.worker("third")):
        await office.emptied()


@pytest.mark.postgres
async def test_two_copies_on_one_postgresql_send_nothing_twice(
    postgres_url: str, server: PlaygroundServer
) -> None:
    clock = FixedClock(MORNING)
    sealer = Sealer.from_setting(KEY)
    databases = [await open_ready(postgres_url, sealer) for _ in range(2)]
    offices = [
        PostOffice(each, clock, QuickTimer(), server.bot_api_url, server.token)
        for each in databases
    ]
    try:
        workers = [each.worker(f"copy {number}") for number, each in enumerate(offices)]
        async with working(*workers):
            for number in range(10):
                for office in offices:
                    await office.put(
                        *(parcel(each, f"{id(office)} {each} {number}") for each in PEOPLE)
                    )
            await offices[0].emptied()
    finally:
        for office in offices:
            await office.session.close()
        for each in databases:
            await each.close()
    counted = Counter(sent_texts(server))
    assert len(counted) == 80
    assert set(counted.values()) == {1}
