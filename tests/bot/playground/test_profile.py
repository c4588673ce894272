"""What the bot says about itself, by scope and language."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
    MenuButtonWebApp,
    WebAppInfo,
)

from bot.playground.server import PlaygroundServer


def command(name: str, text: str = "x") -> BotCommand:
    return BotCommand(command=name, description=text)


async def test_commands_by_scope_and_language(
    bot: Bot, server: PlaygroundServer, parent: int
) -> None:
    await bot.set_my_commands([command("start", "Start")])
    await bot.set_my_commands([command("start", "Бастау")], language_code="kk")
    private = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([command("help")], scope=private, language_code="ru")
    await bot.set_my_commands([command("mine")], scope=BotCommandScopeChat(chat_id=parent))
    assert [item.command for item in await bot.get_my_commands()] == ["start"]
    assert (await bot.get_my_commands(language_code="kk"))[0].description == "Бастау"
    assert await bot.get_my_commands(language_code="ru") == []
    shown = server.town.as_json()["bot"]["commands"]
    assert {language: [item["command"] for item in items] for language, items in shown.items()} == {
        "": ["start"],
        "kk": ["start"],
        "ru": ["help"],
    }
    await bot.delete_my_commands(language_code="kk")
    assert await bot.get_my_commands(language_code="kk") == []
    assert (await server.next_event(0, ("commands",), after=0))["kind"] == "commands"


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ([command("Start")], "BOT_COMMAND_INVALID"),
        ([command("a" * 33)], "command length must not exceed 32"),
        ([command("a", "x" * 257)], "command description length must not exceed 256"),
        ([command("a", " ")], "command description must be non-empty"),
        ([command("a")] * 101, "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_wrong_commands_are_refused(bot: Bot, wrong: list[BotCommand], why: str) -> None:
    with pytest.raises(TelegramBadRequest) as error:
        await bot.set_my_commands(wrong)
    assert error.value.message == f"Bad Request: {why}"


async def test_texts_by_language(bot: Bot, server: PlaygroundServer) -> None:
    assert (await bot.get_my_name()).name == "Bagyt"
    await bot.set_my_name("Бағыт", language_code="kk")
    assert (await bot.get_my_name(language_code="kk")).name == "Бағыт"
    await bot.set_my_description("What it does")
    await bot.set_my_description("Не істейді", language_code="kk")
    assert (await bot.get_my_description(language_code="kk")).description == "Не істейді"
    assert (await bot.get_my_description(language_code="ru")).description == "What it does"
    await bot.set_my_short_description("Short")
    assert (await bot.get_my_short_description()).short_description == "Short"
    await bot.set_my_short_description("")
    assert (await bot.get_my_short_description()).short_description == ""
    assert server.town.as_json()["bot"]["descriptions"]["kk"] == "Не істейді"


async def test_longest_texts(bot: Bot) -> None:
    for setter, longest in (
        (bot.set_my_name, 64),
        (bot.set_my_description, 512),
        (bot.set_my_short_description, 120),
    ):
        assert await setter("x" * longest)
        with pytest.raises(TelegramBadRequest, match=f"at most {longest} characters"):
            await setter("x" * (longest + 1))


async def test_language_is_two_letters(bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="LANG_CODE_INVALID"):
        await bot.set_my_name("x", language_code="kaz")


async def test_menu_button(bot: Bot, parent: int) -> None:
    assert isinstance(await bot.get_chat_menu_button(parent), MenuButtonCommands)
    button = MenuButtonWebApp(text="x", web_app=WebAppInfo(url="https://e.kz"))
    assert await bot.set_chat_menu_button(menu_button=button)
    assert isinstance(await bot.get_chat_menu_button(parent), MenuButtonWebApp)
