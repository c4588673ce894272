"""Chaos: random acts of several people in random order meet the whole bot over HTTP.

Nothing may go wrong inside, every press is answered once, everybody gets an answer, and everybody
still stands somewhere that opens to a screen.
"""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack

import pytest
from hypothesis import HealthCheck, example, given, settings

from bot.app import App
from bot.playground.server import PlaygroundServer
from tests.bot.chaos import Crowd, Judge, Throw, throws
from tests.bot.running import GROUP, running, settings_for, sqlite_at
from tests.postgres import PostgresServer

pytestmark = pytest.mark.slow

DATABASE = "bagyt_chaos"
# A number that no database holds, a sign that PostgreSQL does not, a page far behind the last.
LIES = ["e:" + "z" * 20, "an:-zzzzzzzzzzzzzz:a:b", "ne:\x00", "s:\ud83d", "sv:1y2p0ij32e8e7"]


class Stage:
    """A running bot whose event loop stands still between two plays."""

    def __init__(self, runner: asyncio.Runner, server: PlaygroundServer, app: App) -> None:
        self.runner = runner
        self.server = server
        self.app = app

    def play(self, acts: list[Throw]) -> None:
        self.runner.run(self._play(acts))

    async def _play(self, acts: list[Throw]) -> None:
        self.server.calls.clear()
        crowd = Crowd(self.server, self.app, GROUP)
        for act in acts:
            await crowd.throw(act)
        await Judge(crowd).judge()


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)
def stage(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    with asyncio.Runner() as runner:
        if request.param == "postgres":
            server: PostgresServer = request.getfixturevalue("postgres_server")
            server.run(f"create database {DATABASE}")
            url = server.url(DATABASE)
        else:
            url = sqlite_at(tmp_path_factory.mktemp("chaos"))
        stack = AsyncExitStack()

        async def begin() -> Stage:
            server = await stack.enter_async_context(PlaygroundServer(limits=False))
            app = await stack.enter_async_context(
                running(settings_for(server, url, telegram_limits=False))
            )
            return Stage(runner, server, app)

        yield runner.run(begin())
        runner.run(stack.aclose())


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(acts=throws())
@example(acts=[Throw(0, "forges", ("living", data)) for data in LIES])
def test_whatever_comes_in_whatever_order(stage: Stage, acts: list[Throw]) -> None:
    stage.play(acts)
