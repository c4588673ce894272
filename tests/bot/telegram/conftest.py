"""A courier to a town of our own, whose clock waits for nobody."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer

from bot.outgoing.limiter import Limiter
from bot.playground.server import PlaygroundServer
from bot.telegram.courier import Courier
from bot.telegram.fate import Gone, Moved
from bot.telegram.session import Session
from tests.bot.outgoing.timer import HastyTimer


@dataclass
class Post:
    """A courier with all that is around it."""

    server: PlaygroundServer
    session: Session
    limiter: Limiter
    gone: list[tuple[int, Gone | Moved]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.use(self.limiter)

    def use(self, limiter: Limiter) -> None:
        """Send through this limiter from now on."""
        bot = Bot(self.server.token, session=self.session)
        self.courier = Courier(bot, limiter, on_gone=self._on_gone, on_refused=self._on_refused)

    async def _on_gone(self, chat_id: int, fate: Gone | Moved) -> None:
        self.gone.append((chat_id, fate))

    async def _on_refused(self, method: str, reason: str) -> None:
        self.refused.append((method, reason))


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    async with PlaygroundServer(limits=False) as server:
        session = Session(TelegramAPIServer.from_base(server.bot_api_url), to_answer=0.3)
        yield Post(server, session, Limiter(30, HastyTimer()))
        await session.close()
