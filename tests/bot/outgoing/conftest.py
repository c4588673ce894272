"""A post office on each database, with a town of its own."""

from collections.abc import AsyncIterator

import pytest

from bot.playground.server import PlaygroundServer
from core.store.database import Database
from core.store.sealing import Sealer
from core.store.start import open_ready
from tests.bot.outgoing.post_office import PEOPLE, PostOffice
from tests.bot.outgoing.timer import QuickTimer

KEY = "the key of the tests"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = await open_ready(database_url, Sealer.from_setting(KEY))
    yield opened
    await opened.close()


@pytest.fixture
async def server() -> AsyncIterator[PlaygroundServer]:
    async with PlaygroundServer(limits=False) as town:
        for each in PEOPLE:
            town.town.say(each, each, "/start")
        yield town


@pytest.fixture
async def office(database: Database, server: PlaygroundServer) -> AsyncIterator[PostOffice]:
    timer = QuickTimer()
    built = PostOffice(database, timer, timer, server.bot_api_url, server.token)
    yield built
    await built.session.close()
    assert built.faults == [], "no fault of ours"
