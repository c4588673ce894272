"""The methods of the Bot API by name, in lower case, as Telegram looks them up."""

from bot.playground.methods import (
    answering,
    chats,
    connection,
    copying,
    editing,
    media,
    profile,
    sending,
    topics,
)
from bot.playground.methods.registry import Method

METHODS: dict[str, Method] = {
    method.name.lower(): method
    for module in (
        answering,
        chats,
        connection,
        copying,
        editing,
        media,
        profile,
        sending,
        topics,
    )
    for method in module.METHODS
}
