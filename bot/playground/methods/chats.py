"""Looking at chats and their members, and leaving."""

from typing import Any

from bot.playground.calls import Call
from bot.playground.errors import bad_request, forbidden
from bot.playground.exchange import Exchange
from bot.playground.members import described_member
from bot.playground.methods.registry import method

PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


def get_chat(exchange: Exchange, call: Call) -> dict[str, Any]:
    chat = exchange.visible(call)
    body = {
        **exchange.town.chat_json(chat),
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    if chat.is_private:
        if username := body.get("username"):
            body["active_usernames"] = [username]
    else:
        body["permissions"] = dict.fromkeys(PERMISSIONS, True)
    if chat.pinned in chat.messages:
        body["pinned_message"] = chat.messages[chat.pinned]
    return body


def get_chat_member(exchange: Exchange, call: Call) -> dict[str, Any]:
    town = exchange.town
    chat = exchange.visible(call)
    user = call.integer("user_id")
    if user <= 0:
        raise bad_request("invalid user_id specified")
    if user != town.bot_id and user not in town.people:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if chat.is_private:
        status = "member" if user in {chat.id, town.bot_id} else "left"
        return {**described_member(town, chat, user), "status": status}
    return described_member(town, chat, user)


def get_chat_administrators(exchange: Exchange, call: Call) -> list[dict[str, Any]]:
    chat = exchange.visible(call)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    return [
        described_member(exchange.town, chat, member)
        for member in chat.statuses
        if chat.is_admin(member)
    ]


def get_chat_member_count(exchange: Exchange, call: Call) -> int:
    chat = exchange.visible(call)
    if chat.is_private:
        return 2
    return sum(chat.present(member) for member in chat.statuses)


def leave_chat(exchange: Exchange, call: Call) -> bool:
    chat = exchange.visible(call)
    if chat.is_private:
        raise forbidden("bot can't leave private chats")
    exchange.town.leave_as_bot(chat)
    return True


METHODS = (
    method("getChat", get_chat, "chat_id"),
    method("getChatMember", get_chat_member, "chat_id", "user_id"),
    method("getChatAdministrators", get_chat_administrators, "chat_id"),
    method("getChatMemberCount", get_chat_member_count, "chat_id"),
    method("leaveChat", leave_chat, "chat_id"),
)
