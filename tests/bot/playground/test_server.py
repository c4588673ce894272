"""Waiting on the bot: the next message, screen or answer, and a bot that has nothing left to do."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot, Dispatcher
from aiogram.types import CallbackQuery, Message

from bot.playground.server import PlaygroundServer, fresh_token, main
from tests.bot.playground.helpers import PARENT, keyboard


@pytest.fixture
async def polling(bot: Bot) -> AsyncIterator[Dispatcher]:
    """A small bot that polls: it echoes, and its button counts."""
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.answer(message.html_text, reply_markup=keyboard(["0"]))

    @dispatcher.callback_query()
    async def count(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        label = str(int(query.data or "") + 1)
        await query.message.edit_text(label, reply_markup=keyboard([label]))
        await query.answer(label)

    running = asyncio.create_task(
        dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False)
    )
    yield dispatcher
    await dispatcher.stop_polling()
    await running


@pytest.mark.usefixtures("polling")
async def test_conversation_with_a_polling_bot(server: PlaygroundServer) -> None:
    town = server.town
    town.say(PARENT, PARENT, "/start")
    shown = await server.next_message(PARENT)
    for number in ("1", "2"):
        pressed = town.press(PARENT, PARENT, shown["message_id"], row=0, col=0)
        assert (await server.next_screen(PARENT))["text"] == number
        assert (await server.next_answer(pressed))["text"] == number
    await server.settled(all_answered=True)
    assert [call.method for call in server.calls if call.method != "getMe"] == [
        "sendMessage",
        "editMessageText",
        "answerCallbackQuery",
        "editMessageText",
        "answerCallbackQuery",
    ]


async def test_waiting_gives_up_in_the_end(server: PlaygroundServer, parent: int) -> None:
    for waiting in (
        server.next_message(parent, within=0.01),
        server.next_answer("none", within=0.01),
    ):
        with pytest.raises(TimeoutError):
            await waiting
    server.town.press(parent, parent, 1, data="a")
    with pytest.raises(TimeoutError):
        await server.settled(within=0.1)
    server.town.updates.clear()
    await server.settled(quiet=0.01)
    with pytest.raises(TimeoutError):
        await server.settled(all_answered=True, quiet=0.01, within=0.1)


def test_fresh_tokens_have_telegrams_form_and_differ() -> None:
    first, second = fresh_token(7), fresh_token(7)
    assert first.startswith("7:")
    assert len(first) > 30
    assert first != second


async def test_address_names_a_host_one_can_open() -> None:
    assert PlaygroundServer(host="::1", port=5).url == "http://[::1]:5"
    assert PlaygroundServer(host="::", port=5).url == "http://127.0.0.1:5"


def test_wrong_usage_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as error:
        main(["--port", "x"])
    assert error.value.code == 2
    assert "--port" in capsys.readouterr().err
