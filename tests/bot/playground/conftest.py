"""A town with its server, a real aiogram bot connected to it, and a browser-like client."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.playground.server import PlaygroundServer
from tests.bot.playground.helpers import PARENT, Clock, close


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def server(clock: Clock) -> AsyncIterator[PlaygroundServer]:
    async with PlaygroundServer(seed=1, clock=clock, webhook_pause=0.01) as running:
        yield running


@pytest.fixture
async def bot(server: PlaygroundServer) -> AsyncIterator[Bot]:
    api = TelegramAPIServer.from_base(server.bot_api_url)
    made = Bot(
        server.token,
        session=AiohttpSession(api=api),
        default=DefaultBotProperties(parse_mode="HTML"),
    )
    yield made
    await close(made)


@pytest.fixture
def parent(server: PlaygroundServer) -> int:
    """A parent who has started the bot, with nothing waiting for it."""
    server.town.say(PARENT, PARENT, "/start")
    server.town.updates.clear()
    return PARENT


@pytest.fixture
async def web(server: PlaygroundServer) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(server.url) as session:
        yield session
