"""Webhooks: the secret, the order within a chat, retries, methods in answers, several targets."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import SendMessage
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from bot.playground.server import PlaygroundServer
from tests.bot.playground.helpers import OTHER_PARENT, Clock

Answer = Callable[[web.Request, dict[str, Any]], Awaitable[web.Response]]


class Hook:
    """A webhook that keeps what it was sent and answers as it is told."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self.url = ""
        self.updates: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.updates.append(update)
        self.headers.append(dict(request.headers))
        return await self._answer(request, update)

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.updates]


@asynccontextmanager
async def listening(app: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def hook(answer: Answer) -> AsyncIterator[Hook]:
    made = Hook(answer)
    app = web.Application()
    app.router.add_post("/hook", made.take)
    async with listening(app) as url:
        made.url = url
        yield made


async def fine(_request: web.Request, _update: dict[str, Any]) -> web.Response:
    return web.Response()


async def test_real_bot_behind_a_webhook_answers_in_its_reply(
    bot: Bot, server: PlaygroundServer, parent: int
) -> None:
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message: Message) -> SendMessage:
        return message.answer(f"<b>{message.text}</b>")

    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token="s-1").register(app, "/hook")
    async with listening(app) as url:
        await bot.set_webhook(url, secret_token="s-1")
        server.town.say(parent, parent, "қала")
        assert (await server.next_message(parent))["text"] == "қала"
        await server.settled()


async def test_secret_and_what_waited_before(
    bot: Bot, server: PlaygroundServer, parent: int
) -> None:
    server.town.say(parent, parent, "before")
    async with hook(fine) as target:
        await bot.set_webhook(target.url, secret_token="abc_1")
        server.town.say(parent, parent, "after")
        await server.settled()
        assert target.texts() == ["before", "after"]
        assert {head["X-Telegram-Bot-Api-Secret-Token"] for head in target.headers} == {"abc_1"}
        info = await bot.get_webhook_info()
        assert (info.url, info.pending_update_count) == (target.url, 0)
        await bot.delete_webhook()


async def test_pending_updates_can_be_dropped(
    bot: Bot, server: PlaygroundServer, parent: int
) -> None:
    server.town.say(parent, parent, "before")
    async with hook(fine) as target:
        await bot.set_webhook(target.url, drop_pending_updates=True, allowed_updates=["message"])
        server.town.say(parent, parent, "after")
        server.town.press(parent, parent, 1, data="a")
        await server.settled()
        assert target.texts() == ["after"]


async def test_one_chat_waits_for_its_answer_and_others_do_not(
    bot: Bot, server: PlaygroundServer, parent: int
) -> None:
    let_go = asyncio.Event()

    async def slow(_request: web.Request, update: dict[str, Any]) -> web.Response:
        if update["message"]["text"] == "first":
            await let_go.wait()
        return web.Response()

    async with hook(slow) as target:
        await bot.set_webhook(target.url)
        for text in ("first", "second"):
            server.town.say(parent, parent, text)
        server.town.say(OTHER_PARENT, OTHER_PARENT, "other")
        while len(target.updates) < 2 or len(server.town.updates) > 2:
            await server.town.feed.grew.heard(0.01)
        assert sorted(target.texts()) == ["first", "other"]
        let_go.set()
        await server.settled()
        assert [text for text in target.texts() if text != "other"] == ["first", "second"]


async def test_refused_update_is_offered_again_before_the_next(
    bot: Bot, server: PlaygroundServer, parent: int, clock: Clock
) -> None:
    refusals = iter([500, 403])

    async def grudging(_request: web.Request, _update: dict[str, Any]) -> web.Response:
        return web.Response(status=next(refusals, 200))

    async with hook(grudging) as target:
        await bot.set_webhook(target.url)
        server.town.say(parent, parent, "a")
        server.town.say(parent, parent, "b")
        await server.settled()
        assert target.texts() == ["a", "a", "a", "b"]
        info = await bot.get_webhook_info()
        assert info.last_error_message == "Wrong response from the webhook: 403 Forbidden"
        assert info.last_error_date is not None
        assert info.last_error_date.timestamp() == clock()


async def test_update_waits_for_a_webhook_that_is_away(
    bot: Bot, server: PlaygroundServer, parent: int
) -> None:
    async with hook(fine) as target:
        url = target.url
    await bot.set_webhook(url)
    server.town.say(parent, parent, "x")
    while not (info := await bot.get_webhook_info()).last_error_message:
        await server.town.feed.grew.heard(0.01)
    assert info.last_error_message == "Connection refused"
    assert info.pending_update_count == 1
    await bot.delete_webhook()
    assert len(await bot.get_updates()) == 1


async def test_answer_may_hold_a_method_but_not_every_one(
    bot: Bot, server: PlaygroundServer, parent: int
) -> None:
    async def answering(_request: web.Request, update: dict[str, Any]) -> web.Response:
        if update["message"]["text"] == "leave":
            return web.json_response({"method": "deleteWebhook"})
        return web.json_response({"method": "sendMessage", "chat_id": parent, "text": "!"})

    async with hook(answering) as target:
        await bot.set_webhook(target.url)
        server.town.say(parent, parent, "?")
        assert (await server.next_message(parent))["text"] == "!"
        server.town.say(parent, parent, "leave")
        await server.settled()
        assert (await bot.get_webhook_info()).url == target.url


async def test_several_targets_take_turns(bot: Bot, server: PlaygroundServer, parent: int) -> None:
    async with hook(fine) as first, hook(fine) as second:
        await bot.set_webhook(first.url)
        server.webhook.targets = (first.url, second.url)
        for number in range(4):
            server.town.say(parent, parent, str(number))
        await server.settled()
        assert (first.texts(), second.texts()) == (["0", "2"], ["1", "3"])


@pytest.mark.parametrize(
    ("url", "secret", "why"),
    [
        ("http://e.kz/x", None, "bad webhook: An HTTPS URL must be provided for webhook"),
        ("https://", None, "bad webhook: invalid webhook URL specified"),
        ("https://e.kz", "a b", "secret token contains unallowed characters"),
        ("https://e.kz", "a" * 257, "secret token is too long"),
    ],
)
async def test_wrong_webhook_is_refused(bot: Bot, url: str, secret: str | None, why: str) -> None:
    with pytest.raises(TelegramBadRequest) as error:
        await bot.set_webhook(url, secret_token=secret)
    assert error.value.message == f"Bad Request: {why}"


async def test_empty_address_means_polling(bot: Bot) -> None:
    assert await bot.set_webhook("")
    assert (await bot.get_webhook_info()).url == ""
    assert await bot.log_out()
    assert await bot.close()


async def test_lost_confirmation_brings_an_update_twice(
    bot: Bot, server: PlaygroundServer, parent: int
) -> None:
    async with hook(fine) as target:
        await bot.set_webhook(target.url)
        server.town.updates.lost_confirmations = 1
        server.town.say(parent, parent, "a")
        server.town.say(parent, parent, "b")
        await server.settled()
        assert target.texts() == ["a", "a", "b"]


async def test_setting_the_same_webhook_again_disturbs_no_delivery(
    bot: Bot, server: PlaygroundServer, parent: int
) -> None:
    arrived, let_go = asyncio.Event(), asyncio.Event()

    async def slow(_request: web.Request, _update: dict[str, Any]) -> web.Response:
        arrived.set()
        await let_go.wait()
        return web.Response()

    async with hook(slow) as target:
        await bot.set_webhook(target.url)
        server.town.say(parent, parent, "x")
        await arrived.wait()
        await bot.set_webhook(target.url)
        let_go.set()
        await server.settled()
        assert target.texts() == ["x"]
