"""Long polling as Telegram does it: confirming by offset, kinds asked for, one poller at a time."""

import asyncio

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError

from bot.playground.polling import ANOTHER_POLLER, WEBHOOK_ACTIVE, WEBHOOK_SET
from bot.playground.server import PlaygroundServer
from tests.bot.playground.helpers import Clock, kinds


async def waiting(server: PlaygroundServer) -> None:
    """Until a poller waits."""
    while not server._api.polling.waiting:
        await server._api.polling.idle.heard(5)


async def test_updates_come_again_until_confirmed(
    bot: Bot, server: PlaygroundServer, parent: int
) -> None:
    for text in "abc":
        server.town.say(parent, parent, text)
    first = await bot.get_updates(limit=2)
    assert [update.message.text for update in first if update.message] == ["a", "b"]
    assert await bot.get_updates(limit=2) == first
    (last,) = await bot.get_updates(offset=first[-1].update_id + 1)
    assert last.update_id == first[-1].update_id + 1
    assert await bot.get_updates(offset=last.update_id + 1) == []


async def test_negative_offset_keeps_the_last(
    bot: Bot, server: PlaygroundServer, parent: int
) -> None:
    for text in "abc":
        server.town.say(parent, parent, text)
    (last,) = await bot.get_updates(offset=-1)
    assert last.message is not None
    assert last.message.text == "c"
    assert len(await bot.get_updates()) == 1


async def test_poller_is_woken_by_news(bot: Bot, server: PlaygroundServer, parent: int) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=30))
    await waiting(server)
    server.town.say(parent, parent, "x")
    assert len(await polling) == 1


async def test_second_poller_sends_the_first_away(
    bot: Bot, server: PlaygroundServer, parent: int
) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await waiting(server)
    second = asyncio.create_task(bot.get_updates(timeout=30))
    with pytest.raises(TelegramConflictError) as error:
        await first
    assert error.value.message == f"Conflict: {ANOTHER_POLLER}"
    server.town.say(parent, parent, "x")
    assert len(await second) == 1


async def test_polling_and_webhook_exclude_each_other(bot: Bot, server: PlaygroundServer) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=30))
    await waiting(server)
    await bot.set_webhook("http://127.0.0.1:9/hook")
    with pytest.raises(TelegramConflictError) as error:
        await polling
    assert error.value.message == f"Conflict: {WEBHOOK_SET}"
    with pytest.raises(TelegramConflictError) as error:
        await bot.get_updates()
    assert error.value.message == f"Conflict: {WEBHOOK_ACTIVE}"
    await bot.delete_webhook()
    assert await bot.get_updates() == []


async def test_only_kinds_asked_for_come_from_then_on(
    bot: Bot, server: PlaygroundServer, parent: int
) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    server.town.say(parent, parent, "x")
    server.town.press(parent, parent, 1, data="a")
    assert kinds(await bot.get_updates()) == ["callback_query"]
    await bot.get_updates(allowed_updates=[], offset=-1)


async def test_old_updates_are_dropped(
    bot: Bot, server: PlaygroundServer, parent: int, clock: Clock
) -> None:
    server.town.say(parent, parent, "x")
    server.town.press(parent, parent, 1, data="a")
    server.town.ask_inline(parent, "q")
    clock.pass_by(30)
    assert kinds(await bot.get_updates()) == ["message", "callback_query"]
    clock.pass_by(120)
    assert kinds(await bot.get_updates()) == ["message"]
    clock.pass_by(24 * 3600)
    assert await bot.get_updates() == []


async def test_server_stops_while_a_poller_waits(bot: Bot, server: PlaygroundServer) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=30))
    await waiting(server)
    await server.stop()
    assert await polling == []


async def test_lost_confirmation_brings_updates_twice(
    bot: Bot, server: PlaygroundServer, parent: int
) -> None:
    server.town.say(parent, parent, "x")
    server.town.updates.lost_confirmations = 1
    (first,) = await bot.get_updates()
    (second,) = await bot.get_updates(offset=first.update_id + 1)
    assert second == first
    assert await bot.get_updates(offset=first.update_id + 1) == []
