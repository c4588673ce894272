"""Memory: people come and go, and the bot grows no larger for it."""

import asyncio
from pathlib import Path

import pytest

from bot.playground.server import PlaygroundServer
from tests.bot.mortal import mortal
from tests.bot.running import Phone, settings_for, sqlite_at

pytestmark = pytest.mark.slow

AT_ONCE = 20
FIRST, THEN = 60, 150
WALK = ("ls:ru", "h", "m", "sv:0", "s:free_school_meals", "zz:forged", "sq:free_school_meals")
MAY_GROW = 3.0
"""Megabytes; caches of statements and templates still fill, a leak of 3 kB an update would show."""


async def visit(server: PlaygroundServer) -> None:
    """Somebody new comes, looks around and goes."""
    person = server.town.add_person("P").id
    phone = Phone(server, person)
    await phone.says("/start")
    for data in WALK:
        living = phone.last()["message_id"]
        await server.next_answer(server.town.press(person, person, living, data=data), within=60)
    await phone.says("no such words")
    # What the town remembers is not what is measured here.
    server.town.chat(person).messages.clear()


async def visits(server: PlaygroundServer, number: int) -> None:
    free = asyncio.Semaphore(AT_ONCE)

    async def one() -> None:
        async with free:
            await visit(server)

    async with asyncio.timeout(120), asyncio.TaskGroup() as group:
        for _ in range(number):
            group.create_task(one())


async def test_memory_does_not_grow_with_people(tmp_path: Path) -> None:
    async with PlaygroundServer(limits=False, record_calls=False) as server:
        settings = settings_for(server, sqlite_at(tmp_path), telegram_limits=False)
        async with mortal(settings) as copy:
            await visits(server, FIRST)
            before = copy.megabytes()
            await visits(server, THEN)
            grown = copy.megabytes() - before
    assert grown < MAY_GROW, f"{grown:.1f} MB more after {THEN * (len(WALK) + 2)} updates"
