"""Topics of forums: opening, renaming, closing, deleting."""

from typing import Any

from bot.playground.calls import Call
from bot.playground.errors import bad_request
from bot.playground.exchange import Exchange
from bot.playground.groups import TOPIC_COLOR
from bot.playground.methods.registry import method
from bot.playground.residents import Chat, Topic

LONGEST_NAME = 128


def _forum(exchange: Exchange, call: Call) -> Chat:
    chat = exchange.writable(call)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not chat.is_admin(exchange.town.bot_id):
        raise bad_request("not enough rights to manage topics")
    return chat


def _topic(chat: Chat, call: Call) -> Topic:
    topic = chat.topics.get(call.integer("message_thread_id"))
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    return topic


def _name(call: Call) -> str:
    name = call.text("name").strip()
    if not name:
        raise bad_request("topic name is empty")
    return name[:LONGEST_NAME]


def create_forum_topic(exchange: Exchange, call: Call) -> dict[str, Any]:
    chat = _forum(exchange, call)
    color = call.integer("icon_color", TOPIC_COLOR)
    topic = exchange.town.open_topic(chat, exchange.town.bot, _name(call), color)
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": color}


def edit_forum_topic(exchange: Exchange, call: Call) -> bool:
    chat = _forum(exchange, call)
    topic = _topic(chat, call)
    name = call.text("name").strip()[:LONGEST_NAME]
    if not name or name == topic.name:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.name = name
    _say(exchange, chat, topic, forum_topic_edited={"name": name})
    return True


def set_closed(closed: bool) -> Any:
    """The method that closes topics, or opens them again."""

    def handle(exchange: Exchange, call: Call) -> bool:
        chat = _forum(exchange, call)
        topic = _topic(chat, call)
        if topic.closed == closed:
            raise bad_request("TOPIC_NOT_MODIFIED")
        topic.closed = closed
        event = "forum_topic_closed" if closed else "forum_topic_reopened"
        _say(exchange, chat, topic, **{event: {}})
        return True

    return handle


def delete_forum_topic(exchange: Exchange, call: Call) -> bool:
    """The topic goes with all that was written in it."""
    chat = _forum(exchange, call)
    topic = _topic(chat, call)
    del chat.topics[topic.id]
    inside = [
        number
        for number, message in chat.messages.items()
        if message.get("message_thread_id") == topic.id
    ]
    for number in inside:
        exchange.town.remove(chat, number)
    exchange.town.tell_group(chat)
    return True


def _say(exchange: Exchange, chat: Chat, topic: Topic, **content: Any) -> None:
    town = exchange.town
    place = {"message_thread_id": topic.id, "is_topic_message": True}
    town.post(chat, town.compose(chat, town.bot, **place, **content))
    town.tell_group(chat)


METHODS = (
    method(
        "createForumTopic",
        create_forum_topic,
        "chat_id",
        "name",
        "icon_color",
        "icon_custom_emoji_id",
    ),
    method(
        "editForumTopic",
        edit_forum_topic,
        "chat_id",
        "message_thread_id",
        "name",
        "icon_custom_emoji_id",
    ),
    method("closeForumTopic", set_closed(True), "chat_id", "message_thread_id"),
    method("reopenForumTopic", set_closed(False), "chat_id", "message_thread_id"),
    method("deleteForumTopic", delete_forum_topic, "chat_id", "message_thread_id"),
)
