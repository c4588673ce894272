"""Chats, as far as the bot must know them: whether it can still write there."""

from enum import StrEnum


class ChatState(StrEnum):
    """Whether the bot can write to a chat, and if not, why."""

    ACTIVE = "active"
    BLOCKED = "blocked"
    """The person blocked the bot."""
    DELETED = "deleted"
    """The account or the chat is gone."""
    KICKED = "kicked"
    """The bot was put out of the group."""
    MIGRATED = "migrated"
    """The group lives on under another id."""
