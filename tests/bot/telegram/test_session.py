"""The session: the short way says the same as aiogram's, and no error holds the token."""

import json
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiogram import Bot
from aiogram import exceptions as telegram
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import BufferedInputFile
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.telegram.fate import UnsentError
from bot.telegram.session import Session

TOKEN = "42:TEST-token-that-nobody-may-read"
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def talking_to(answer: Answer) -> AsyncIterator[tuple[Bot, Session]]:
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", answer)
    async with TestServer(app) as server:
        session = Session(TelegramAPIServer.from_base(str(server.make_url("")).rstrip("/")))
        try:
            yield Bot(TOKEN, session=session), session
        finally:
            await session.close()


def saying(status: int, **content: object) -> Answer:
    async def answer(_: web.Request) -> web.Response:
        return web.json_response(content, status=status)

    return answer


async def test_a_call_goes_out_as_json_and_gives_the_bare_result() -> None:
    seen: list[object] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append((request.match_info["method"], await request.json()))
        return web.json_response({"ok": True, "result": {"message_id": 5}})

    async with talking_to(answer) as (bot, session):
        result = await session.call(bot, "sendMessage", {"chat_id": 1, "text": "Сәлем"})
    assert result == {"message_id": 5}
    assert seen == [("sendMessage", {"chat_id": 1, "text": "Сәлем"})]


async def test_a_call_with_a_file_goes_out_as_a_form() -> None:
    seen: dict[str, object] = {}

    async def answer(request: web.Request) -> web.Response:
        form = await request.post()
        document = form[str(form["document"]).removeprefix("attach://")]
        assert isinstance(document, web.FileField)
        seen.update(name=document.filename, content=document.file.read())
        seen.update(markup=json.loads(str(form["reply_markup"])), mode=form["parse_mode"])
        chat = {"id": 1, "type": "private"}
        return web.json_response({"ok": True, "result": {"message_id": 6, "date": 1, "chat": chat}})

    async with talking_to(answer) as (bot, session):
        await session.call(
            bot,
            "sendDocument",
            {
                "chat_id": 1,
                "document": BufferedInputFile(b"%PDF", "list.pdf"),
                "parse_mode": "HTML",
                "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]},
            },
        )
    assert seen == {
        "name": "list.pdf",
        "content": b"%PDF",
        "markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]},
        "mode": "HTML",
    }


@pytest.mark.parametrize(
    ("status", "content", "error"),
    [
        (400, {"description": "Bad Request: chat not found"}, telegram.TelegramBadRequest),
        (403, {"description": "Forbidden: no"}, telegram.TelegramForbiddenError),
        (
            429,
            {"description": "Too Many Requests", "parameters": {"retry_after": 3}},
            telegram.TelegramRetryAfter,
        ),
        (
            400,
            {"description": "x", "parameters": {"migrate_to_chat_id": -7}},
            telegram.TelegramMigrateToChat,
        ),
        (401, {"description": "Unauthorized"}, telegram.TelegramUnauthorizedError),
        (500, {"description": "Internal Server Error"}, telegram.TelegramServerError),
    ],
)
async def test_a_failed_call_raises_what_aiogram_would(
    status: int, content: dict[str, object], error: type[telegram.TelegramAPIError]
) -> None:
    answer = saying(status, ok=False, error_code=status, **content)
    async with talking_to(answer) as (bot, session):
        with pytest.raises(error) as short:
            await session.call(bot, "sendMessage", {"chat_id": 1, "text": "x"})
        with pytest.raises(error) as usual:
            await bot.send_message(1, "x")
    assert type(short.value) is type(usual.value)
    assert str(short.value) == str(usual.value)


async def test_a_page_of_a_gateway_is_a_failure_of_the_server() -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(text="<html>Bad Gateway</html>", status=502)

    async with talking_to(answer) as (bot, session):
        with pytest.raises(telegram.TelegramServerError, match="status 502"):
            await session.call(bot, "sendMessage", {"chat_id": 1, "text": "x"})


async def test_what_is_not_telegram_at_all_is_told_as_such() -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(text="<html>Log in to this network</html>")

    async with talking_to(answer) as (bot, session):
        with pytest.raises(telegram.ClientDecodeError):
            await session.call(bot, "sendMessage", {"chat_id": 1, "text": "x"})


async def test_a_connection_cut_off_is_told_apart_from_one_that_never_was() -> None:
    async def cut(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async with talking_to(cut) as (bot, session):
        with pytest.raises(telegram.TelegramNetworkError) as lost:
            await session.call(bot, "sendMessage", {"chat_id": 1, "text": "x"})
    assert not isinstance(lost.value, UnsentError)

    async with TestServer(web.Application()) as closed:
        address = str(closed.make_url("")).rstrip("/")
    session = Session(TelegramAPIServer.from_base(address))
    bot = Bot(TOKEN, session=session)
    try:
        with pytest.raises(UnsentError):
            await session.call(bot, "sendMessage", {"chat_id": 1, "text": "x"})
        with pytest.raises(UnsentError):
            await bot.send_message(1, "x")
    finally:
        await session.close()


async def test_no_failure_shows_the_token() -> None:
    """A redirect quotes the address in aiohttp's own words, all causes of an error included."""

    async def astray(request: web.Request) -> web.Response:
        raise web.HTTPTemporaryRedirect(request.path)

    async with talking_to(astray) as (bot, session):
        for attempt in (
            session.call(bot, "sendMessage", {"chat_id": 1, "text": "x"}),
            bot.send_message(1, "x"),
        ):
            with pytest.raises(telegram.TelegramNetworkError) as failed:
                await attempt
            assert TOKEN not in "".join(traceback.format_exception(failed.value))
            assert "TooManyRedirects" in str(failed.value)
