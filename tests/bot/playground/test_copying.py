"""Copies and forwards: what they carry, and what protection refuses."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile, MessageOriginUser

from bot.playground.server import PlaygroundServer
from tests.bot.playground.helpers import GROUP, OFFICIAL, OTHER_PARENT, keyboard


async def test_copy_looks_new_and_has_its_own_keyboard(
    bot: Bot, server: PlaygroundServer, parent: int
) -> None:
    sent = await bot.send_message(parent, "<b>x</b>", reply_markup=keyboard(["a"]))
    copy = await bot.copy_message(GROUP, parent, sent.message_id, reply_markup=keyboard(["b"]))
    kept = server.town.chats[GROUP].messages[copy.message_id]
    assert (kept["text"], kept["entities"][0]["type"]) == ("x", "bold")
    assert kept["reply_markup"] == {"inline_keyboard": [[{"text": "b", "callback_data": "b"}]]}
    assert "forward_origin" not in kept


async def test_copied_file_may_get_another_caption(
    bot: Bot, server: PlaygroundServer, parent: int
) -> None:
    sent = await bot.send_document(parent, BufferedInputFile(b"a", "a.txt"), caption="<b>x</b>")
    copy = await bot.copy_message(GROUP, parent, sent.message_id, caption="y")
    kept = server.town.chats[GROUP].messages[copy.message_id]
    assert kept["caption"] == "y"
    assert "caption_entities" not in kept


async def test_forward_says_from_whom(bot: Bot, server: PlaygroundServer, parent: int) -> None:
    said = server.town.say(parent, parent, "x")
    forwarded = await bot.forward_message(GROUP, parent, said["message_id"])
    assert isinstance(forwarded.forward_origin, MessageOriginUser)
    assert forwarded.forward_origin.sender_user.id == parent
    again = await bot.forward_message(parent, GROUP, forwarded.message_id)
    assert isinstance(again.forward_origin, MessageOriginUser)
    assert again.forward_origin.sender_user.id == parent


async def test_anonymous_words_are_forwarded_from_the_group(
    bot: Bot, server: PlaygroundServer
) -> None:
    group = server.town.migrate(GROUP).id
    said = server.town.say(group, OFFICIAL, "/x", anonymous=True)
    forwarded = await bot.forward_message(group, group, said["message_id"])
    assert forwarded.forward_origin is not None
    assert forwarded.forward_origin.type == "chat"


async def test_protected_content_stays(bot: Bot, parent: int) -> None:
    sent = await bot.send_message(parent, "x", protect_content=True)
    assert sent.has_protected_content
    with pytest.raises(TelegramBadRequest) as error:
        await bot.forward_message(GROUP, parent, sent.message_id)
    assert error.value.message == "Bad Request: the message can't be forwarded"
    with pytest.raises(TelegramBadRequest) as error:
        await bot.copy_message(GROUP, parent, sent.message_id)
    assert error.value.message == "Bad Request: the message can't be copied"


async def test_missing_messages(bot: Bot, parent: int) -> None:
    with pytest.raises(TelegramBadRequest) as error:
        await bot.forward_message(GROUP, parent, 1)
    assert error.value.message == "Bad Request: message to forward not found"
    with pytest.raises(TelegramBadRequest) as error:
        await bot.copy_message(GROUP, parent, 1)
    assert error.value.message == "Bad Request: message to copy not found"


async def test_several_at_once_skip_what_cannot_go(bot: Bot, parent: int) -> None:
    one = await bot.send_document(parent, BufferedInputFile(b"a", "a.txt"), caption="x")
    two = await bot.send_message(parent, "x", protect_content=True)
    ids = [one.message_id, two.message_id]
    assert len(await bot.copy_messages(GROUP, parent, ids, remove_caption=True)) == 1
    assert len(await bot.forward_messages(GROUP, parent, ids)) == 1
    with pytest.raises(TelegramBadRequest, match="there are no messages to forward"):
        await bot.forward_messages(GROUP, parent, [two.message_id])


async def test_who_never_started_gets_no_copies(bot: Bot, parent: int) -> None:
    sent = await bot.send_message(parent, "x")
    with pytest.raises(Exception, match="can't initiate conversation"):
        await bot.copy_message(OTHER_PARENT, parent, sent.message_id)
