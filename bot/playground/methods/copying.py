"""Copying and forwarding messages, which protected ones refuse."""

from collections.abc import Callable

from bot.playground.calls import Call, whole
from bot.playground.errors import bad_request
from bot.playground.exchange import Exchange
from bot.playground.files import FOLDERS
from bot.playground.keyboards import checked_markup
from bot.playground.methods.registry import method
from bot.playground.methods.sending import checked_caption, envelope
from bot.playground.residents import Chat, Message

CONTENT = (
    "text",
    "entities",
    "caption",
    "caption_entities",
    "link_preview_options",
    "location",
    "venue",
    "contact",
    *FOLDERS,
)
SUBSTANCE = frozenset(CONTENT) - {"entities", "caption", "caption_entities", "link_preview_options"}
MOST_AT_ONCE = 100
WHERE = ("chat_id", "from_chat_id", "message_thread_id", "disable_notification", "protect_content")
REPLY = ("reply_parameters", "reply_markup", "allow_sending_without_reply", "reply_to_message_id")


def _source(exchange: Exchange, call: Call) -> Chat:
    return exchange.visible(call, "from_chat_id")


def _content_of(message: Message, verb: str) -> Message:
    if message.get("has_protected_content") or not SUBSTANCE & message.keys():
        raise bad_request(f"the message can't be {verb}")
    return {key: message[key] for key in CONTENT if key in message}


def _copied(call: Call, source: Message) -> Message:
    content = _content_of(source, "copied")
    if call.has("caption") and FOLDERS.keys() & content.keys():
        content = {key: value for key, value in content.items() if not key.startswith("caption")}
        content |= checked_caption(
            call.text("caption"), call.text("parse_mode"), call.objects("caption_entities")
        )
    return content


def _forwarded(source: Message) -> Message:
    content = _content_of(source, "forwarded")
    origin = source.get("forward_origin")
    if origin is None and "sender_chat" in source:
        origin = {"type": "chat", "sender_chat": source["sender_chat"], "date": source["date"]}
    if origin is None:
        origin = {"type": "user", "sender_user": source["from"], "date": source["date"]}
    if origin["type"] == "user":
        content["forward_from"] = origin["sender_user"]
    return {**content, "forward_origin": origin, "forward_date": origin["date"]}


def copy_message(exchange: Exchange, call: Call) -> dict[str, int]:
    town = exchange.town
    chat, source_chat = exchange.writable(call), _source(exchange, call)
    source = exchange.message(source_chat, call.integer("message_id"), "copy")
    content = _copied(call, source)
    markup = checked_markup(call.json("reply_markup"))
    extra = envelope(exchange, call, chat)
    exchange.limits.spend(chat.id)
    message = town.compose(chat, town.bot, **extra, **content)
    if markup and "inline_keyboard" in markup:
        message["reply_markup"] = markup
        markup = None
    town.post(chat, message, markup)
    return {"message_id": message["message_id"]}


def forward_message(exchange: Exchange, call: Call) -> Message:
    town = exchange.town
    chat, source_chat = exchange.writable(call), _source(exchange, call)
    source = exchange.message(source_chat, call.integer("message_id"), "forward")
    content = _forwarded(source)
    extra = envelope(exchange, call, chat)
    exchange.limits.spend(chat.id)
    message = town.compose(chat, town.bot, **extra, **content)
    town.post(chat, message)
    return message


def several(verb: str) -> Callable[[Exchange, Call], list[dict[str, int]]]:
    """The method that copies or forwards a list; messages that cannot go are skipped."""

    def handle(exchange: Exchange, call: Call) -> list[dict[str, int]]:
        town = exchange.town
        chat, source_chat = exchange.writable(call), _source(exchange, call)
        wanted = call.json("message_ids")
        if not isinstance(wanted, list) or not 1 <= len(wanted) <= MOST_AT_ONCE:
            raise bad_request("wrong number of message identifiers specified")
        sources = [source_chat.messages.get(whole(item)) for item in wanted]
        going = [
            source
            for source in sources
            if source and SUBSTANCE & source.keys() and not source.get("has_protected_content")
        ]
        if not going:
            raise bad_request(f"there are no messages to {verb}")
        extra = envelope(exchange, call, chat)
        exchange.limits.spend(chat.id, len(going))
        sent = []
        for source in going:
            content = _forwarded(source) if verb == "forward" else _content_of(source, "copied")
            if verb == "copy" and call.flag("remove_caption"):
                content.pop("caption", None)
                content.pop("caption_entities", None)
            message = town.compose(chat, town.bot, **extra, **content)
            town.post(chat, message)
            sent.append({"message_id": message["message_id"]})
        return sent

    return handle


METHODS = (
    method(
        "copyMessage",
        copy_message,
        *WHERE,
        *REPLY,
        "message_id",
        "caption",
        "parse_mode",
        "caption_entities",
    ),
    method("forwardMessage", forward_message, *WHERE, "message_id"),
    method("copyMessages", several("copy"), *WHERE, "message_ids", "remove_caption"),
    method("forwardMessages", several("forward"), *WHERE, "message_ids"),
)
