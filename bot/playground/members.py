"""Members of a chat as Telegram describes them, by status."""

from typing import Any

from bot.playground.residents import Chat
from bot.playground.state import TownState

RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)


def member_json(user: dict[str, Any], status: str, anonymous: bool = False) -> dict[str, Any]:
    member: dict[str, Any] = {"user": user, "status": status}
    if status == "creator":
        member["is_anonymous"] = anonymous
    elif status == "administrator":
        member |= {"can_be_edited": False, "is_anonymous": anonymous}
        member |= dict.fromkeys(RIGHTS, True)
    elif status == "kicked":
        member["until_date"] = 0
    return member


def described_member(town: TownState, chat: Chat, member: int) -> dict[str, Any]:
    """How `member` stands in `chat` now; who was removed from a basic group counts as gone."""
    status = chat.statuses.get(member, "left")
    if status == "kicked" and chat.type == "group":
        status = "left"
    return member_json(user_json(town, member), status, member in chat.anonymous)


def user_json(town: TownState, user: int) -> dict[str, Any]:
    return town.bot if user == town.bot_id else town.person(user).as_user()
