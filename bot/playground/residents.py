"""Who and what there is in the town: people, chats with their members and topics, files."""

from dataclasses import dataclass, field
from typing import Any

Message = dict[str, Any]

GROUP_ANONYMOUS_BOT = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
PRESENT = frozenset({"creator", "administrator", "member"})
ADMIN = frozenset({"creator", "administrator"})
GENERAL_TOPIC = 1


@dataclass(slots=True)
class Person:
    """Somebody who can write to the bot."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    role_hint: str = ""
    started: bool = False
    blocked_bot: bool = False
    deactivated: bool = False

    def as_user(self) -> dict[str, Any]:
        user: dict[str, Any] = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if value := getattr(self, name):
                user[name] = value
        return user

    def as_chat(self) -> dict[str, Any]:
        chat: dict[str, Any] = {"id": self.id, "type": "private", "first_name": self.first_name}
        if self.last_name:
            chat["last_name"] = self.last_name
        if self.username:
            chat["username"] = self.username
        return chat


@dataclass(slots=True)
class Topic:
    """A topic of a forum; its id is the message that opened it."""

    id: int
    name: str
    closed: bool = False


@dataclass(slots=True)
class Chat:
    """A private chat with a person (same id) or a group; messages by id, in order."""

    id: int
    type: str
    title: str = ""
    is_forum: bool = False
    statuses: dict[int, str] = field(default_factory=dict)
    anonymous: set[int] = field(default_factory=set)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    keyboards: dict[int, dict[str, Any]] = field(default_factory=dict)
    pinned: int | None = None
    migrated_to: int | None = None
    next_message_id: int = 0
    last_act: int = 0

    @property
    def is_private(self) -> bool:
        return self.type == "private"

    def present(self, member: int) -> bool:
        return self.statuses.get(member, "left") in PRESENT

    def is_admin(self, member: int) -> bool:
        return self.statuses.get(member, "left") in ADMIN


@dataclass(slots=True, frozen=True)
class StoredFile:
    """Something uploaded, by a person or by the bot."""

    id: str
    unique_id: str
    path: str
    content: bytes
    name: str
    mime: str
    kind: str

    @property
    def size(self) -> int:
        return len(self.content)
