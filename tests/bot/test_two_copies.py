"""Two copies of the bot behind one webhook and on one PostgreSQL are one bot to people."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import pytest

from bot.app import App
from bot.playground.server import PlaygroundServer
from bot.playground.updates import Waiting
from bot.settings import Settings
from bot.telegram.webhook import SECRET_HEADER, webhook_secret
from core.store import enquiries, faults
from dialogs.action import base36
from tests.bot.journeys import BEGIN, Walker, answers, goes
from tests.bot.mortal import mortal
from tests.bot.running import Phone, running, settings_for

pytestmark = [pytest.mark.slow, pytest.mark.postgres]

PATH = "/hook"
CROWD = 12
ACTS = 13


@pytest.fixture
async def server() -> AsyncIterator[PlaygroundServer]:
    async with PlaygroundServer(limits=False, webhook_pause=0.05) as started:
        yield started


@pytest.fixture
def settings(server: PlaygroundServer, postgres_url: str) -> Settings:
    return settings_for(
        server, postgres_url, telegram_limits=False, webhook_url=f"http://127.0.0.1{PATH}"
    )


@pytest.fixture
async def copies(server: PlaygroundServer, settings: Settings) -> AsyncIterator[list[App]]:
    async with AsyncExitStack() as stack:
        apps = [await stack.enter_async_context(running(settings)) for _ in range(2)]
        await announced(server, 2)
        server.webhook.targets = [address(app.webhook_port) for app in apps]
        yield apps


def address(port: int | None) -> str:
    return f"http://127.0.0.1:{port}{PATH}"


async def announced(server: PlaygroundServer, times: int) -> None:
    """Wait until the webhook was set so many times."""
    async with asyncio.timeout(60):
        while len(server.calls.of("setWebhook")) < times:
            await server._api.quiet.heard(1)


class Postman:
    """Brings updates to whichever copy a test wants, past the server's own order."""

    def __init__(self, server: PlaygroundServer, http: aiohttp.ClientSession) -> None:
        self._http = http
        self._secret = webhook_secret(None, server.token)

    async def bring(self, app: App, update: dict[str, Any]) -> None:
        headers = {SECRET_HEADER: self._secret}
        url = address(app.webhook_port)
        async with self._http.post(url, json=update, headers=headers) as answer:
            assert answer.status == 200


@pytest.fixture
async def postman(server: PlaygroundServer) -> AsyncIterator[Postman]:
    async with aiohttp.ClientSession() as http:
        yield Postman(server, http)


async def newcomer(server: PlaygroundServer) -> Walker:
    """Somebody who has just said which language to speak."""
    walker = Walker(server, server.town.add_person("P", language_code="ru").id)
    await walker.greets()
    await server.settled(all_answered=True)
    return walker


def has_done_enough(walker: Walker) -> Callable[[], bool]:
    return lambda: walker.done >= ACTS


async def test_many_people_at_once_all_get_where_they_go(
    server: PlaygroundServer, copies: list[App]
) -> None:
    crowd = [Walker(server, server.town.add_person("P").id) for _ in range(CROWD)]
    async with asyncio.TaskGroup() as walks:
        for walker in crowd:
            walks.create_task(goes(walker, has_done_enough(walker)))
    await server.settled(all_answered=True)
    for walker in crowd:
        await walker.check_database(copies[0].database)
        walker.check_screen()


async def test_every_update_again_and_again_and_to_both_copies_is_one(
    server: PlaygroundServer, copies: list[App], postman: Postman
) -> None:
    walker = await newcomer(server)
    bring = server.town.updates.on_new
    assert bring is not None
    again: list[asyncio.Task[None]] = []
    brought: list[Waiting] = []

    def thrice(waiting: Waiting) -> None:
        bring(waiting)
        brought.append(waiting)
        again.extend(asyncio.create_task(postman.bring(app, waiting.update)) for app in copies)

    server.town.updates.on_new = thrice
    await walker.walks(has_done_enough(walker))
    await asyncio.gather(*again)
    await server.settled(all_answered=True)
    assert len(again) == 2 * ACTS
    late = (postman.bring(app, each.update) for each in brought[:-1] for app in copies)
    await asyncio.gather(*late)
    await server.settled(all_answered=True)
    await walker.check_database(copies[0].database)
    walker.check_screen()


async def test_five_taps_at_once_on_both_copies_begin_one_enquiry(
    server: PlaygroundServer, copies: list[App], postman: Postman
) -> None:
    walker = await newcomer(server)
    taps: list[Waiting] = []
    server.town.updates.on_new = taps.append
    queries = [walker.press(BEGIN) for _ in range(5)]
    await asyncio.gather(
        *(postman.bring(copies[number % 2], tap.update) for number, tap in enumerate(taps))
    )
    for query in queries:
        await server.next_answer(query)
    async with copies[0].database.reading() as tx:
        assert len(await enquiries.of(tx, walker.person)) == 1


async def test_presses_of_one_person_keep_their_order_over_both_copies(
    server: PlaygroundServer, copies: list[App]
) -> None:
    walker = await newcomer(server)
    await walker.walks(lambda: walker.done >= 1)
    last = ""
    for option in ("state", "not_state") * 10:
        last = walker.press(f"an:{base36(walker.enquiry)}:school:{option}")
    await server.next_answer(last)
    await server.settled(all_answered=True)
    async with copies[0].database.reading() as tx:
        (begun,) = await enquiries.of(tx, walker.person)
    assert begun.answers == {"school": "not_state"}
    assert "услуга не для вас" in Phone(server, walker.person).last()["text"]


async def test_a_press_that_meets_the_other_copy_between_edit_and_end_is_not_lost(
    server: PlaygroundServer, copies: list[App], postman: Postman
) -> None:
    """The second press reaches the second copy the moment the first one's edit is seen."""
    walker = await newcomer(server)
    await walker.walks(lambda: walker.done >= 1)
    taken: list[Waiting] = []
    server.town.updates.on_new = taken.append
    number = base36(walker.enquiry)
    first = walker.press(f"an:{number}:school:state")
    second = walker.press(f"an:{number}:family:assistance")
    bringing = asyncio.create_task(postman.bring(copies[0], taken[0].update))
    await server.next_event(walker.person, ("edited",))
    await postman.bring(copies[1], taken[1].update)
    await bringing
    await server.next_answer(first)
    await server.next_answer(second)
    async with copies[0].database.reading() as tx:
        (begun,) = await enquiries.of(tx, walker.person)
    assert begun.answers == {"school": "state", "family": "assistance"}
    assert "эта услуга для вас" in Phone(server, walker.person).last()["text"]


async def test_one_copy_is_killed_and_the_other_takes_over(
    server: PlaygroundServer, settings: Settings, unused_tcp_port: int
) -> None:
    crowd = [Walker(server, server.town.add_person("P").id) for _ in range(CROWD)]
    second = settings.model_copy(update={"webhook_port": unused_tcp_port})
    async with running(settings) as first, mortal(second) as copy:
        await announced(server, 2)
        server.webhook.targets = [address(first.webhook_port), address(unused_tcp_port)]
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as walks:
            for walker in crowd:
                walks.create_task(goes(walker, stop.is_set))
            # However long a copy takes to come back, somebody is always under way.
            for life in range(2):
                await answers(server, 2 * CROWD)
                await copy.kill()
                await answers(server, CROWD)
                copy.start()
                await announced(server, 3 + life)
            stop.set()
        await server.settled(all_answered=True)
        for walker in crowd:
            await walker.check_database(first.database)
            walker.check_screen()
        async with first.database.reading() as tx:
            assert [each.kind for each in await faults.latest(tx)] == []
