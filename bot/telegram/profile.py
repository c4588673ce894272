"""The profile: gives Telegram the bot's descriptions and command list, in every language."""

from aiogram import Bot
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats

from dialogs import profile
from dialogs.speech import Languages


async def set_profile(bot: Bot, languages: Languages, default: str) -> None:
    """Say who we are; the default language also serves those whose phone speaks another."""
    for say in languages:
        for code in (say.language, *([""] if say.language == default else [])):
            await bot.set_my_commands(
                [
                    BotCommand(command=name, description=text)
                    for name, text in profile.commands(say)
                ],
                scope=BotCommandScopeAllPrivateChats(),
                language_code=code or None,
            )
            await bot.set_my_description(profile.description(say), language_code=code or None)
            await bot.set_my_short_description(
                profile.short_description(say), language_code=code or None
            )
