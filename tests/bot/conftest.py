"""What tests of the running bot share: logs as it writes them, a Telegram, and the bot itself."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import App
from bot.playground.server import PlaygroundServer
from bot.watch.logs import set_up_logs
from tests.bot.running import running, settings_for, sqlite_at


@pytest.fixture(scope="session", autouse=True)
def logs() -> None:
    """Structured, and without what people said."""
    set_up_logs("warning", "json")


@pytest.fixture
async def server() -> AsyncIterator[PlaygroundServer]:
    """A Telegram without limits."""
    async with PlaygroundServer(limits=False) as started:
        yield started


@pytest.fixture
async def app(server: PlaygroundServer, tmp_path: Path) -> AsyncIterator[App]:
    """The bot, running on SQLite."""
    async with running(settings_for(server, sqlite_at(tmp_path))) as started:
        yield started
