"""Sending what is not a file: texts, places, contacts, and the signs of being busy."""

from typing import Any

from bot.playground.calls import Call, truth, whole
from bot.playground.errors import bad_request
from bot.playground.exchange import Exchange
from bot.playground.formatting import formatted
from bot.playground.keyboards import checked_markup
from bot.playground.methods.registry import method
from bot.playground.residents import GENERAL_TOPIC, Chat, Message
from bot.playground.talk import LONGEST_CAPTION, LONGEST_TEXT, quoted
from bot.playground.units import Parsed, utf16_length

ENVELOPE = (
    "chat_id",
    "message_thread_id",
    "disable_notification",
    "protect_content",
    "reply_parameters",
    "reply_markup",
    "allow_sending_without_reply",
    "reply_to_message_id",
)
CHAT_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def send(exchange: Exchange, call: Call, content: Message, chat: Chat | None = None) -> Message:
    """Post one message of the bot, with its envelope: thread, reply, keyboard, protection."""
    town = exchange.town
    chat = chat or exchange.writable(call)
    markup = checked_markup(call.json("reply_markup"))
    extra = envelope(exchange, call, chat)
    exchange.limits.spend(chat.id)
    message = town.compose(chat, town.bot, **extra, **content)
    keyboard = None
    if markup and "inline_keyboard" in markup:
        message["reply_markup"] = markup
    else:
        keyboard = markup
    town.post(chat, message, keyboard)
    return message


def envelope(exchange: Exchange, call: Call, chat: Chat) -> Message:
    """The part of a message that says where in the chat it stands."""
    extra: Message = {}
    thread = call.integer("message_thread_id")
    reply_to = _reply(call, chat)
    if reply_to is not None:
        extra["reply_to_message"] = quoted(chat, reply_to)
        thread = thread or extra["reply_to_message"].get("message_thread_id", 0)
    if thread and not (thread == GENERAL_TOPIC and chat.is_forum):
        topic = chat.topics.get(thread)
        if topic is None:
            raise bad_request("message thread not found")
        if topic.closed and not chat.is_admin(exchange.town.bot_id):
            raise bad_request("TOPIC_CLOSED")
        extra |= {"message_thread_id": thread, "is_topic_message": True}
        if reply_to is None and thread in chat.messages:
            extra["reply_to_message"] = quoted(chat, thread)
    if call.flag("protect_content"):
        extra["has_protected_content"] = True
    return extra


def _reply(call: Call, chat: Chat) -> int | None:
    if "reply_parameters" not in call.takes:
        return None
    parameters = call.json("reply_parameters")
    if isinstance(parameters, dict):
        wanted = whole(parameters.get("message_id"))
        lenient = truth(parameters.get("allow_sending_without_reply"))
    else:
        wanted = call.integer("reply_to_message_id")
        lenient = call.flag("allow_sending_without_reply")
    if not wanted:
        return None
    if wanted in chat.messages:
        return wanted
    if lenient:
        return None
    raise bad_request("message to be replied not found")


def checked_text(call: Call, too_long: str = "message is too long") -> Parsed:
    """The text of a message with its entities, within Telegram's length."""
    source = call.text("text")
    if not source.strip():
        raise bad_request("message text is empty")
    text, entities = formatted(source, call.text("parse_mode"), call.objects("entities"))
    if not text:
        raise bad_request("text must be non-empty")
    if utf16_length(text) > LONGEST_TEXT:
        raise bad_request(too_long)
    return text, entities


def checked_caption(source: str, parse_mode: str, entities: Any) -> Message:
    """The caption of a file with its entities, within Telegram's length."""
    text, found = formatted(source, parse_mode, entities)
    if utf16_length(text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    content: Message = {}
    if text:
        content["caption"] = text
    if found:
        content["caption_entities"] = found
    return content


def coordinates(call: Call) -> dict[str, float]:
    latitude, longitude = call.number("latitude"), call.number("longitude")
    if latitude is None:
        raise bad_request("latitude is empty")
    if longitude is None:
        raise bad_request("longitude is empty")
    if abs(latitude) > 90 or abs(longitude) > 180:  # noqa: PLR2004
        raise bad_request("wrong location specified")
    return {"latitude": latitude, "longitude": longitude}


def send_message(exchange: Exchange, call: Call) -> Message:
    text, entities = checked_text(call)
    content: Message = {"text": text}
    if entities:
        content["entities"] = entities
    options = call.json("link_preview_options")
    if options:
        content["link_preview_options"] = options
    elif call.flag("disable_web_page_preview"):
        content["link_preview_options"] = {"is_disabled": True}
    return send(exchange, call, content)


def send_location(exchange: Exchange, call: Call) -> Message:
    return send(exchange, call, {"location": coordinates(call)})


def send_venue(exchange: Exchange, call: Call) -> Message:
    location = coordinates(call)
    title, address = call.text("title"), call.text("address")
    if not title:
        raise bad_request("title is empty")
    if not address:
        raise bad_request("address is empty")
    venue = {"location": location, "title": title, "address": address}
    return send(exchange, call, {"venue": venue, "location": location})


def send_contact(exchange: Exchange, call: Call) -> Message:
    phone, first_name = call.text("phone_number"), call.text("first_name")
    if not phone:
        raise bad_request("phone number is empty")
    if not first_name:
        raise bad_request("first name is empty")
    contact = {"phone_number": phone, "first_name": first_name}
    for name in ("last_name", "vcard"):
        if value := call.text(name):
            contact[name] = value
    return send(exchange, call, {"contact": contact})


def send_chat_action(exchange: Exchange, call: Call) -> bool:
    chat = exchange.writable(call)
    action = call.text("action").lower()
    if action not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    thread = call.integer("message_thread_id")
    exchange.town.feed.add("action", chat.id, action=action, thread=thread or None)
    return True


METHODS = (
    method(
        "sendMessage",
        send_message,
        *ENVELOPE,
        "text",
        "parse_mode",
        "entities",
        "link_preview_options",
        "disable_web_page_preview",
    ),
    method("sendLocation", send_location, *ENVELOPE, "latitude", "longitude"),
    method("sendVenue", send_venue, *ENVELOPE, "latitude", "longitude", "title", "address"),
    method(
        "sendContact",
        send_contact,
        *ENVELOPE,
        "phone_number",
        "first_name",
        "last_name",
        "vcard",
    ),
    method("sendChatAction", send_chat_action, "chat_id", "message_thread_id", "action"),
)
