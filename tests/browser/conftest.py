"""One Chromium for all tests of a run, one playground with the echo bot for each test."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from bot.app import App
from bot.playground.server import PlaygroundServer
from tests.bot.running import running, settings_for, sqlite_at
from tests.browser.chromium import ARGUMENTS, executable
from tests.browser.echo import TOKEN, echoing
from tests.browser.phone import Phone

Opening = Callable[..., Awaitable[Phone]]


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = executable()
    if path is None:
        pytest.fail("CI demands a Chromium, and none is installed")
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="session")
async def playground() -> AsyncIterator[PlaygroundServer]:
    """A playground with the echo bot in it."""
    server = PlaygroundServer(token=TOKEN, limits=False)
    await server.start()
    try:
        async with echoing(server.bot_api_url):
            yield server
    finally:
        await server.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def unserved() -> AsyncIterator[PlaygroundServer]:
    """A playground that no bot serves yet."""
    async with PlaygroundServer() as server:
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def open_phone(browser: Browser, playground: PlaygroundServer) -> AsyncIterator[Opening]:
    """Opens phones; at the end none of them may have had anything to complain of."""
    phones: list[Phone] = []

    async def opened(person: str = "Айгүл", **how: Any) -> Phone:
        phone = await Phone.opened(browser, playground.url, person, **how)
        phones.append(phone)
        return phone

    yield opened
    for phone in phones:
        await phone.close()
    assert [problem for phone in phones for problem in phone.problems] == []


@pytest_asyncio.fixture(loop_scope="session")
async def street() -> AsyncIterator[PlaygroundServer]:
    """A playground without Telegram's limits, so that nobody waits."""
    async with PlaygroundServer(limits=False) as server:
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def app(street: PlaygroundServer, tmp_path: Path) -> AsyncIterator[App]:
    """The real bot in it."""
    async with running(settings_for(street, sqlite_at(tmp_path))) as started:
        yield started
