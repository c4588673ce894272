"""Changing what was sent: texts, captions, files, keyboards; deleting, pinning, reacting."""

from typing import Any

from bot.playground.calls import Call, whole
from bot.playground.errors import bad_request
from bot.playground.exchange import Exchange
from bot.playground.files import FOLDERS
from bot.playground.keyboards import checked_inline
from bot.playground.methods.media import input_media
from bot.playground.methods.registry import method
from bot.playground.methods.sending import checked_caption, checked_text
from bot.playground.residents import Chat, Message

TARGET = ("chat_id", "message_id", "inline_message_id", "reply_markup")
DELETABLE_SECONDS = 48 * 3600
MOST_DELETED = 100
MEDIA = frozenset(FOLDERS)
CAPTIONED = MEDIA - {"sticker"}
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup "
    "are exactly the same as a current content and reply markup of the message"
)


def target(exchange: Exchange, call: Call) -> tuple[Chat, Message, bool]:
    """The message to edit, its chat, and whether it was sent through an inline query."""
    inline_id = call.text("inline_message_id")
    if inline_id:
        where = exchange.town.inline_messages.get(inline_id)
        if where is None:
            raise bad_request("MESSAGE_ID_INVALID")
        chat = exchange.town.chat(where[0])
        return chat, exchange.message(chat, where[1], "edit"), True
    chat = exchange.writable(call)
    message = exchange.message(chat, call.integer("message_id"), "edit")
    if message["from"]["id"] != exchange.town.bot_id or "forward_origin" in message:
        raise bad_request("message can't be edited")
    return chat, message, False


def edited(
    exchange: Exchange, call: Call, fields: frozenset[str], content: Message
) -> Message | bool:
    """Replace `fields` of a message by `content`, and its keyboard by the one given or none."""
    chat, old, inline = target(exchange, call)
    markup = checked_inline(call.json("reply_markup"))
    new = {key: value for key, value in old.items() if key not in fields and key != "reply_markup"}
    new |= content
    if markup:
        new["reply_markup"] = markup
    if new == old:
        raise bad_request(NOT_MODIFIED)
    new["edit_date"] = exchange.town.now()
    exchange.town.replace(chat, new, "edited" if fields else "markup")
    return True if inline else new


def edit_message_text(exchange: Exchange, call: Call) -> Message | bool:
    text, entities = checked_text(call, "MESSAGE_TOO_LONG")
    _, old, _ = target(exchange, call)
    if "text" not in old:
        raise bad_request("there is no text in the message to edit")
    content: Message = {"text": text}
    if entities:
        content["entities"] = entities
    options = call.json("link_preview_options")
    if options:
        content["link_preview_options"] = options
    elif call.flag("disable_web_page_preview"):
        content["link_preview_options"] = {"is_disabled": True}
    fields = frozenset({"text", "entities", "link_preview_options"})
    return edited(exchange, call, fields, content)


def edit_message_caption(exchange: Exchange, call: Call) -> Message | bool:
    content = checked_caption(
        call.text("caption"), call.text("parse_mode"), call.objects("caption_entities")
    )
    _, old, _ = target(exchange, call)
    if not CAPTIONED & old.keys():
        raise bad_request("there is no caption in the message to edit")
    return edited(exchange, call, frozenset({"caption", "caption_entities"}), content)


def edit_message_media(exchange: Exchange, call: Call) -> Message | bool:
    item = call.json("media")
    if not isinstance(item, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    _, old, _ = target(exchange, call)
    if "media_group_id" in old and str(item.get("type")) not in old:
        raise bad_request("message can't be edited")
    content = input_media(exchange, call, item)
    fields = MEDIA | {"text", "entities", "caption", "caption_entities", "link_preview_options"}
    return edited(exchange, call, frozenset(fields), content)


def edit_message_reply_markup(exchange: Exchange, call: Call) -> Message | bool:
    return edited(exchange, call, frozenset(), {})


def delete_message(exchange: Exchange, call: Call) -> bool:
    chat = exchange.writable(call)
    message = exchange.message(chat, call.integer("message_id"), "delete")
    _check_deletable(exchange, chat, message)
    exchange.town.remove(chat, message["message_id"])
    return True


def delete_messages(exchange: Exchange, call: Call) -> bool:
    chat = exchange.writable(call)
    wanted = call.json("message_ids")
    if not isinstance(wanted, list) or not wanted:
        raise bad_request("there are no message identifiers specified")
    if len(wanted) > MOST_DELETED:
        raise bad_request("too many message identifiers specified")
    found = [chat.messages[whole(item)] for item in wanted if whole(item) in chat.messages]
    for message in found:
        _check_deletable(exchange, chat, message)
    for message in found:
        exchange.town.remove(chat, message["message_id"])
    return True


def _check_deletable(exchange: Exchange, chat: Chat, message: Message) -> None:
    own = message["from"]["id"] == exchange.town.bot_id
    admin = chat.is_admin(exchange.town.bot_id)
    if not (own or admin or chat.is_private):
        raise bad_request("message can't be deleted")
    old = exchange.town.now() - message["date"] >= DELETABLE_SECONDS
    if old and not (admin and chat.type == "supergroup"):
        raise bad_request("message can't be deleted for everyone")


def pin_chat_message(exchange: Exchange, call: Call) -> bool:
    chat = _where_pins_are_allowed(exchange, call)
    message = exchange.message(chat, call.integer("message_id"), "pin")
    chat.pinned = message["message_id"]
    return True


def unpin_chat_message(exchange: Exchange, call: Call) -> bool:
    _where_pins_are_allowed(exchange, call).pinned = None
    return True


def _where_pins_are_allowed(exchange: Exchange, call: Call) -> Chat:
    chat = exchange.writable(call)
    if not chat.is_private and not chat.is_admin(exchange.town.bot_id):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat


def set_message_reaction(exchange: Exchange, call: Call) -> bool:
    chat = exchange.writable(call)
    message_id = call.integer("message_id")
    if message_id not in chat.messages:
        raise bad_request("message to react not found")
    reaction: list[dict[str, Any]] = call.objects("reaction")
    if len(reaction) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    bot = exchange.town.bot_id
    exchange.town.feed.add(
        "reaction", chat.id, message_id=message_id, person=bot, reaction=reaction
    )
    return True


METHODS = (
    method(
        "editMessageText",
        edit_message_text,
        *TARGET,
        "text",
        "parse_mode",
        "entities",
        "link_preview_options",
        "disable_web_page_preview",
    ),
    method(
        "editMessageCaption",
        edit_message_caption,
        *TARGET,
        "caption",
        "parse_mode",
        "caption_entities",
    ),
    method("editMessageMedia", edit_message_media, *TARGET, "media"),
    method("editMessageReplyMarkup", edit_message_reply_markup, *TARGET),
    method("deleteMessage", delete_message, "chat_id", "message_id"),
    method("deleteMessages", delete_messages, "chat_id", "message_ids"),
    method("pinChatMessage", pin_chat_message, "chat_id", "message_id", "disable_notification"),
    method("unpinChatMessage", unpin_chat_message, "chat_id", "message_id"),
    method("unpinAllChatMessages", unpin_chat_message, "chat_id"),
    method(
        "setMessageReaction", set_message_reaction, "chat_id", "message_id", "reaction", "is_big"
    ),
)
