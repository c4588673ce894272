"""Faults on purpose happen as planned, and only then."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError, TelegramRetryAfter, TelegramServerError

from bot.playground.faults import Fault, Faults
from bot.playground.server import PlaygroundServer


def texts(server: PlaygroundServer, chat: int) -> list[str]:
    return [message["text"] for message in server.town.chat(chat).messages.values()]


@pytest.mark.parametrize(("code", "text"), [(500, "Internal Server Error"), (502, "Bad Gateway")])
async def test_next_calls_fail_then_pass(
    bot: Bot, server: PlaygroundServer, parent: int, code: int, text: str
) -> None:
    server.faults.next("sendMessage", code, times=2)
    for _ in range(2):
        with pytest.raises(TelegramServerError) as error:
            await bot.send_message(parent, "x")
        assert error.value.message == text
    await bot.send_message(parent, "x")
    assert texts(server, parent) == ["/start", "x"]


async def test_too_many_requests_say_how_long(
    bot: Bot, server: PlaygroundServer, parent: int
) -> None:
    server.faults.next("sendMessage", Fault(code=429, retry_after=7))
    with pytest.raises(TelegramRetryAfter) as error:
        await bot.send_message(parent, "x")
    assert error.value.retry_after == 7


@pytest.mark.parametrize("after", [False, True])
async def test_connection_breaks_before_or_after_sending(
    bot: Bot, server: PlaygroundServer, parent: int, after: bool
) -> None:
    server.faults.next("sendMessage", Fault("close", after=after))
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(parent, "x")
    assert texts(server, parent) == (["/start", "x"] if after else ["/start"])


async def test_answer_never_comes_though_the_message_went(
    bot: Bot, server: PlaygroundServer, parent: int
) -> None:
    server.faults.next("sendMessage", Fault("silence", after=True))
    bot.session.timeout = 0.1
    with pytest.raises(TelegramNetworkError, match="timeout"):
        await bot.send_message(parent, "x")
    assert texts(server, parent) == ["/start", "x"]


def test_share_is_random_but_the_same_for_the_same_seed() -> None:
    def picked(seed: int) -> list[bool]:
        faults = Faults(seed)
        faults.share(0.3, [Fault(code=500), Fault("close")])
        return [faults.pick("sendMessage") is not None for _ in range(1000)]

    assert picked(1) == picked(1)
    assert picked(1) != picked(2)
    assert 200 < sum(picked(1)) < 400


def test_polling_is_spared_unless_named() -> None:
    faults = Faults()
    faults.share(1.0, [Fault()])
    faults.next(None, 500)
    assert faults.pick("getUpdates") is None
    assert faults.pick("getMe") is not None
    faults.clear()
    faults.share(1.0, [Fault()], ["getUpdates"])
    assert faults.pick("getUpdates") is not None
    assert faults.pick("getMe") is None
