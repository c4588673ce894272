"""Crashes: whatever dies in the middle of anything, no answer is lost and nothing is doubled."""

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from bot.app import run_bot
from bot.playground.faults import Fault
from bot.playground.server import PlaygroundServer
from bot.settings import SettingsError
from core.store import faults
from core.store.database import Database
from core.store.sealing import Sealer
from core.store.start import open_ready
from tests.bot.journeys import Walker, answers, goes
from tests.bot.mortal import mortal
from tests.bot.running import KEY, running, settings_for, sqlite_at
from tests.postgres import PostgresServer

pytestmark = pytest.mark.slow

KILLS = 12
CROWD = 6
MOST_ANSWERS = 30


@pytest.fixture
async def server() -> AsyncIterator[PlaygroundServer]:
    async with PlaygroundServer(limits=False, seed=2026) as started:
        yield started


@asynccontextmanager
async def looking_at(url: str) -> AsyncIterator[Database]:
    """The database, opened beside the bot or after its death."""
    database = await open_ready(url, Sealer.from_setting(KEY))
    try:
        yield database
    finally:
        await database.close()


def crowd_of(server: PlaygroundServer, number: int) -> list[Walker]:
    people = [server.town.add_person(f"P{each}", language_code="ru") for each in range(number)]
    return [Walker(server, each.id) for each in people]


async def check_all(database: Database, crowd: list[Walker]) -> None:
    for walker in crowd:
        await walker.check_database(database)
        walker.check_screen()
    async with database.reading() as tx:
        assert [each.kind for each in await faults.latest(tx)] == []


async def test_killed_again_and_again_the_bot_loses_and_doubles_nothing(
    server: PlaygroundServer, tmp_path: Path
) -> None:
    chance = random.Random(2026)
    url = sqlite_at(tmp_path)
    crowd = crowd_of(server, CROWD)
    stop = asyncio.Event()
    async with mortal(settings_for(server, url, telegram_limits=False)) as copy:
        async with asyncio.TaskGroup() as walks:
            for walker in crowd:
                walks.create_task(goes(walker, stop.is_set))
            for _ in range(KILLS):
                await answers(server, chance.randint(1, MOST_ANSWERS))
                await copy.kill()
                with closing(sqlite3.connect(tmp_path / "bot.db")) as left:
                    assert left.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                async with looking_at(url) as database:
                    for walker in crowd:
                        if walker.stands.begun:
                            await walker.check_database(database, in_hand=True)
                copy.start()
            stop.set()
        await server.settled(all_answered=True, within=60)
        async with looking_at(url) as database:
            await check_all(database, crowd)
    assert sum(walker.done for walker in crowd) > KILLS


@pytest.mark.postgres
async def test_the_database_goes_away_and_comes_back(
    server: PlaygroundServer, postgres_server: PostgresServer, postgres_url: str
) -> None:
    """Its server is restarted under load, twice: everything is handled when it is back."""
    crowd = crowd_of(server, CROWD)
    stop = asyncio.Event()
    settings = settings_for(server, postgres_url, telegram_limits=False)
    async with running(settings):
        async with asyncio.TaskGroup() as walks:
            for walker in crowd:
                walks.create_task(goes(walker, stop.is_set))
            for _ in range(2):
                await answers(server, MOST_ANSWERS)
                await asyncio.to_thread(postgres_server.restart)
            await answers(server, MOST_ANSWERS)
            stop.set()
        await server.settled(all_answered=True, within=60)
        async with looking_at(postgres_url) as database:
            await check_all(database, crowd)


# Telegram's own troubles; a call may have been carried out although its answer was lost.
TROUBLES = (
    Fault(code=500),
    Fault(code=502),
    Fault("close"),
    Fault("close", after=True),
    Fault(code=429, retry_after=1),
)


async def test_telegram_goes_away_and_comes_back(server: PlaygroundServer, tmp_path: Path) -> None:
    """A third of all calls fail, the polling too: afterwards everybody stands where they should."""
    url = sqlite_at(tmp_path)
    crowd = crowd_of(server, CROWD)
    async with running(settings_for(server, url, telegram_limits=False)):
        for walker in crowd:
            await walker.greets()
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as walks:
            for walker in crowd:
                walks.create_task(walker.walks(stop.is_set))
            await answers(server, MOST_ANSWERS)
            stop.set()
        # From here on an answer may get lost, so nobody waits for one.
        server.faults.share(1 / 3, TROUBLES)
        server.faults.next("getUpdates", 502)
        server.faults.next("getUpdates", Fault("close", after=True))
        server.town.updates.lost_confirmations = 3
        for walker in crowd:
            walker.hurries()
        server.faults.clear()
        await server.settled(within=60)
        async with looking_at(url) as database:
            await check_all(database, crowd)


async def test_a_copy_that_starts_while_telegram_is_away_waits_for_it(
    server: PlaygroundServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.app.TELEGRAM_PAUSE", 0.01)
    server.faults.next("getMe", 502)
    server.faults.next("getMe", Fault("close"))
    server.faults.next("setWebhook", 500)
    server.faults.next("setWebhook", Fault("close"))
    url = "http://127.0.0.1/hook"
    settings = settings_for(server, sqlite_at(tmp_path), webhook_url=url, telegram_limits=False)
    async with running(settings) as app:
        async with asyncio.timeout(60):
            while not server.exchange.webhook.url:
                await server._api.quiet.heard(1)
        assert app.webhook_port
        server.webhook.targets = [f"http://127.0.0.1:{app.webhook_port}/hook"]
        await Walker(server, server.town.add_person("P").id).greets()


async def test_a_webhook_that_telegram_refuses_is_told_by_its_name(
    server: PlaygroundServer, tmp_path: Path
) -> None:
    settings = settings_for(server, sqlite_at(tmp_path), webhook_url="http://example.org/hook")
    with pytest.raises(ExceptionGroup) as caught:
        await run_bot(settings, stop=asyncio.Event())
    assert caught.group_contains(SettingsError, match="^WEBHOOK_URL: ")
