"""An announcement goes out to many while the bot is killed again and again: to each, none lost."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.outgoing.worker import MOST_IN_HAND
from bot.playground.server import PlaygroundServer
from bot.settings import Settings
from core.announcements import Audience
from core.clock import SystemClock
from core.store import announcements, wishes
from core.store.database import Database
from core.store.sealing import Sealer
from core.store.start import open_ready
from tests.bot.mortal import mortal
from tests.bot.running import KEY, running, settings_for, sqlite_at

MANY = 150
KILLS = 3
WORDS = "Made-up news"


@asynccontextmanager
async def looking_at(url: str) -> AsyncIterator[Database]:
    opened = await open_ready(url, Sealer.from_setting(KEY))
    yield opened
    await opened.close()


async def met(server: PlaygroundServer, settings: Settings) -> list[int]:
    """Many people who have started the bot."""
    crowd = [server.town.add_person(f"Made-up {number}").id for number in range(MANY)]
    async with running(settings):
        for person in crowd:
            server.town.say(person, person, "/start")
        await server.settled(within=120)
    return crowd


async def begun(url: str, crowd: list[int]) -> int:
    """All of them agreed to news, and some are out."""
    now = SystemClock().now()
    async with looking_at(url) as database, database.writing() as tx:
        for person in crowd:
            await wishes.agree(tx, person, wishes.NEWS, now)
        number = await announcements.begin(tx, Audience(parents=True), 1, now)
        for language in ("kk", "ru"):
            await announcements.write(tx, number, language, WORDS)
        assert await announcements.start(tx, number, len(crowd), now)
    return number


def heard(server: PlaygroundServer, crowd: list[int]) -> Counter[int]:
    """How often each has the news."""
    return Counter(
        person
        for person in crowd
        for message in server.town.chat(person).messages.values()
        if WORDS in message.get("text", "")
    )


async def until(server: PlaygroundServer, crowd: list[int], many: int) -> None:
    """Wait until so many have the news."""
    async with asyncio.timeout(180):
        while len(heard(server, crowd)) < many:
            await server._api.quiet.heard(0.05)


def daytime() -> ZoneInfo:
    """A zone in which it is noon or so: parents are not written to at night."""
    hours = round(12 - datetime.now(UTC).hour)
    return ZoneInfo(f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT")


@pytest.mark.slow
async def test_a_killed_bot_tells_everybody(server: PlaygroundServer, tmp_path: Path) -> None:
    url = sqlite_at(tmp_path)
    settings = settings_for(server, url, telegram_limits=False, timezone=daytime())
    crowd = await met(server, settings)
    number = await begun(url, crowd)
    async with mortal(settings) as copy:
        for kill in range(KILLS):
            await until(server, crowd, kill * MANY // (KILLS + 1) + 1)
            await copy.kill()
            copy.start()
        await until(server, crowd, MANY)
    told = heard(server, crowd)
    assert set(told) == set(crowd)
    doubled = sum(times - 1 for times in told.values())
    assert doubled <= KILLS * MOST_IN_HAND, "only what was on its way when the bot died"
    async with looking_at(url) as database, database.reading() as tx:
        found = await announcements.find(tx, number)
    assert found is not None
    assert found.put == MANY
