"""Editing and deleting: what changes, what is the same, and what cannot be touched."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile, InputMediaDocument, Message, ReactionTypeEmoji

from bot.playground.server import PlaygroundServer
from tests.bot.playground.helpers import GROUP, OFFICIAL, Clock, keyboard

SAME = (
    "Bad Request: message is not modified: specified new message content and reply markup "
    "are exactly the same as a current content and reply markup of the message"
)


async def refusal(act: object) -> str:
    with pytest.raises(TelegramBadRequest) as error:
        await act  # type: ignore[misc]
    return error.value.message


@pytest.fixture
async def sent(bot: Bot, parent: int) -> Message:
    return await bot.send_message(parent, "<b>a</b>", reply_markup=keyboard(["x"]))


async def test_text_and_keyboard_change_in_place(server: PlaygroundServer, sent: Message) -> None:
    edited = await sent.edit_text("b", reply_markup=keyboard(["y"]))
    assert isinstance(edited, Message)
    assert (edited.message_id, edited.text, edited.entities) == (sent.message_id, "b", None)
    assert edited.edit_date is not None
    screen = await server.next_event(sent.chat.id, ("edited",))
    assert screen["message"]["text"] == "b"


async def test_keyboard_left_out_is_taken_away(sent: Message) -> None:
    edited = await sent.edit_text("<b>a</b>")
    assert isinstance(edited, Message)
    assert edited.reply_markup is None


async def test_same_content_is_refused(sent: Message) -> None:
    assert await refusal(sent.edit_text("<b>a</b> ", reply_markup=keyboard(["x"]))) == SAME
    assert await refusal(sent.edit_reply_markup(reply_markup=keyboard(["x"]))) == SAME
    await sent.edit_text("<i>a</i>", reply_markup=keyboard(["x"]))
    assert await refusal(sent.edit_text("<i>a</i>", reply_markup=keyboard(["x"]))) == SAME


async def test_markup_alone_changes(server: PlaygroundServer, sent: Message) -> None:
    await sent.edit_reply_markup(reply_markup=None)
    event = await server.next_event(sent.chat.id, ("markup",))
    assert "reply_markup" not in event["message"]
    assert event["message"]["text"] == "a"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "message text is empty"),
        ("x" * 4097, "MESSAGE_TOO_LONG"),
        ("<b>", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
    ],
)
async def test_wrong_text_is_refused(sent: Message, text: str, why: str) -> None:
    assert await refusal(sent.edit_text(text)) == f"Bad Request: {why}"


async def test_wrong_keyboard_is_refused(sent: Message) -> None:
    why = await refusal(sent.edit_text("b", reply_markup=keyboard(["x" * 65])))
    assert why == "Bad Request: BUTTON_DATA_INVALID"


async def test_unknown_deleted_and_foreign_messages(
    bot: Bot, server: PlaygroundServer, parent: int, sent: Message
) -> None:
    edit = bot.edit_message_text
    why = await refusal(edit("b", chat_id=parent, message_id=1))
    assert why == "Bad Request: message to edit not found"
    why = await refusal(edit("b", chat_id=parent))
    assert why == "Bad Request: message identifier is not specified"
    foreign = server.town.say(parent, parent, "mine")
    why = await refusal(edit("b", chat_id=parent, message_id=foreign["message_id"]))
    assert why == "Bad Request: message can't be edited"
    await sent.delete()
    why = await refusal(sent.edit_text("b"))
    assert why == "Bad Request: message to edit not found"


async def test_own_message_can_be_edited_however_old(sent: Message, clock: Clock) -> None:
    clock.pass_by(90 * 24 * 3600)
    assert await sent.edit_text("b")


async def test_caption_and_media_change(bot: Bot, parent: int) -> None:
    sent = await bot.send_document(parent, BufferedInputFile(b"a", "a.txt"), caption="one")
    why = await refusal(sent.edit_text("b"))
    assert why == "Bad Request: there is no text in the message to edit"
    captioned = await sent.edit_caption(caption="<b>two</b>")
    assert isinstance(captioned, Message)
    assert captioned.html_text == "<b>two</b>"
    why = await refusal(sent.edit_caption(caption="x" * 1025))
    assert why == "Bad Request: message caption is too long"
    media = InputMediaDocument(media=BufferedInputFile(b"bb", "b.txt"), caption="three")
    changed = await sent.edit_media(media)
    assert isinstance(changed, Message)
    assert changed.document is not None
    assert (changed.document.file_name, changed.caption) == ("b.txt", "three")


async def test_text_has_no_caption_to_edit(sent: Message) -> None:
    why = await refusal(sent.edit_caption(caption="x"))
    assert why == "Bad Request: there is no caption in the message to edit"


async def test_messages_are_deleted(
    bot: Bot, server: PlaygroundServer, parent: int, sent: Message
) -> None:
    theirs = server.town.say(parent, parent, "x")
    assert await bot.delete_messages(parent, [sent.message_id, theirs["message_id"], 1])
    assert sent.message_id not in server.town.chat(parent).messages
    why = await refusal(bot.delete_message(parent, sent.message_id))
    assert why == "Bad Request: message to delete not found"


async def test_old_message_cannot_be_deleted(sent: Message, clock: Clock) -> None:
    clock.pass_by(48 * 3600)
    why = await refusal(sent.delete())
    assert why == "Bad Request: message can't be deleted for everyone"


async def test_others_messages_in_a_group_need_rights(bot: Bot, server: PlaygroundServer) -> None:
    theirs = server.town.say(GROUP, OFFICIAL, "x")
    why = await refusal(bot.delete_message(GROUP, theirs["message_id"]))
    assert why == "Bad Request: message can't be deleted"
    server.town.set_member(GROUP, server.town.bot_id, "promote")
    assert await bot.delete_message(GROUP, theirs["message_id"])


async def test_pins_and_reactions(bot: Bot, server: PlaygroundServer, sent: Message) -> None:
    assert await sent.pin()
    chat = await bot.get_chat(sent.chat.id)
    assert chat.pinned_message is not None
    assert chat.pinned_message.message_id == sent.message_id
    assert await sent.unpin()
    assert (await bot.get_chat(sent.chat.id)).pinned_message is None
    assert await sent.react([ReactionTypeEmoji(emoji="👍")])
    event = await server.next_event(sent.chat.id, ("reaction",))
    assert event["reaction"] == [{"type": "emoji", "emoji": "👍"}]


async def test_blocked_bot_cannot_edit(
    server: PlaygroundServer, sent: Message, parent: int
) -> None:
    server.town.block(parent)
    with pytest.raises(Exception, match="bot was blocked by the user"):
        await sent.edit_text("b")
