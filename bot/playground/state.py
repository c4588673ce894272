"""The state of the town and the few moves everything else is made of: post, replace, remove."""

import base64
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.playground.errors import TownError
from bot.playground.feed import Feed
from bot.playground.files import FOLDERS, extension, guessed_mime
from bot.playground.residents import Chat, Message, Person, StoredFile
from bot.playground.updates import Updates

EPOCH = 1_767_225_600
IDS_PER_SECOND = 8
KEPT_MESSAGES = 2_000
FIRST_PERSON = 7_100_000_000
SUPERGROUPS = -1_000_000_000_000
HERE = Path(__file__).parent


@dataclass(slots=True)
class Press:
    """A press of a button that waits for the bot's answer."""

    person: int
    chat: int
    at: float
    answered: bool = False


@dataclass(slots=True)
class InlineAsk:
    """A query typed after the bot's name, and the results it got."""

    person: int
    query: str
    at: float
    results: dict[str, dict[str, Any]] = field(default_factory=dict)


class TownState:
    """People, chats, files, waiting updates and the feed of events of one town."""

    def __init__(
        self,
        clock: Callable[[], float],
        seed: int | None = None,
        cast: dict[str, Any] | None = None,
    ) -> None:
        cast = cast or json.loads((HERE / "cast.json").read_text(encoding="utf-8"))
        self.clock = clock
        self.random = random.Random(seed)  # noqa: S311 - ids, not secrets
        first = max(1, int(clock()) - EPOCH) * IDS_PER_SECOND
        self._next_id = first
        self._first_message_id = first
        self._next_shared_message_id = first
        self.updates = Updates(first, clock)
        self.feed = Feed()
        self.privacy_mode = True
        self.bot: dict[str, Any] = {**cast["bot"], "is_bot": True}
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.file_paths: dict[str, StoredFile] = {}
        self.presses: dict[str, Press] = {}
        self.inline_asks: dict[str, InlineAsk] = {}
        self.inline_messages: dict[str, tuple[int, int]] = {}
        self.places: list[dict[str, Any]] = json.loads(
            (HERE / "places.json").read_text(encoding="utf-8")
        )
        for person in cast["people"]:
            self.people[person["id"]] = Person(**person)
        for group in cast["groups"]:
            self._open_group(**group)

    @property
    def bot_id(self) -> int:
        return int(self.bot["id"])

    def now(self) -> int:
        return int(self.clock())

    def fresh_id(self) -> int:
        """A number that neither this town nor an earlier one has used."""
        self._next_id += 1
        return self._next_id

    def fresh_query_id(self) -> str:
        return str(self.random.getrandbits(62))

    def fresh_token(self, size: int) -> str:
        raw = base64.urlsafe_b64encode(self.random.randbytes(size))
        return raw.decode().rstrip("=").replace("-", "_")

    def person(self, person_id: int) -> Person:
        if person_id not in self.people:
            raise TownError(f"nobody here has the id {person_id}; see the list of people", 404)
        return self.people[person_id]

    def chat(self, chat_id: int) -> Chat:
        """The chat with this id; a private one begins when it is first looked for."""
        chat = self.chats.get(chat_id)
        if chat is None:
            if chat_id not in self.people:
                raise TownError(f"there is no chat with the id {chat_id}", 404)
            chat = self.chats[chat_id] = Chat(chat_id, "private")
        return chat

    def chat_json(self, chat: Chat) -> dict[str, Any]:
        if chat.type == "private":
            return self.people[chat.id].as_chat()
        body: dict[str, Any] = {"id": chat.id, "type": chat.type, "title": chat.title}
        if chat.is_forum:
            body["is_forum"] = True
        if chat.type == "group":
            body["all_members_are_administrators"] = False
        return body

    def next_message_id(self, chat: Chat) -> int:
        """Supergroups count their own messages; all other chats of the bot share one count."""
        if chat.type == "supergroup":
            chat.next_message_id = max(chat.next_message_id, self._first_message_id) + 1
            return chat.next_message_id
        self._next_shared_message_id += 1
        return self._next_shared_message_id

    def compose(self, chat: Chat, sender: dict[str, Any], **content: Any) -> Message:
        """A new message of this chat, not yet posted."""
        return {
            "message_id": self.next_message_id(chat),
            "from": sender,
            "chat": self.chat_json(chat),
            "date": self.now(),
            **content,
        }

    def post(self, chat: Chat, message: Message, keyboard: dict[str, Any] | None = None) -> int:
        """Put a message into its chat; the number of the event it makes."""
        chat.messages[message["message_id"]] = message
        if len(chat.messages) > KEPT_MESSAGES:
            oldest = next(iter(chat.messages))
            del chat.messages[oldest]
            chat.keyboards.pop(oldest, None)
        extra = {}
        if keyboard:
            chat.keyboards[message["message_id"]] = keyboard
            extra["keyboard"] = keyboard
        return self.feed.add("message", chat.id, message=message, **extra)

    def replace(self, chat: Chat, message: Message, kind: str = "edited") -> None:
        """Put a changed copy in the place of a message; earlier copies stay as they were."""
        chat.messages[message["message_id"]] = message
        self.feed.add(kind, chat.id, message=message)

    def remove(self, chat: Chat, message_id: int) -> None:
        del chat.messages[message_id]
        chat.keyboards.pop(message_id, None)
        self.feed.add("deleted", chat.id, message_id=message_id)

    def add_file(self, content: bytes, name: str, kind: str, mime: str = "") -> StoredFile:
        file_id = self.fresh_token(36)
        number = len(self.files)
        file = StoredFile(
            id=file_id,
            unique_id=self.fresh_token(9),
            path=f"{FOLDERS[kind]}/file_{number}{extension(name, kind)}",
            content=content,
            name=name,
            mime=guessed_mime(name, kind, mime),
            kind=kind,
        )
        self.files[file_id] = file
        self.file_paths[file.path] = file
        return file

    def file(self, file_id: str) -> StoredFile | None:
        """The file with this id; the smaller sizes of a photo lead to the same file."""
        return self.files.get(file_id) or self.files.get(file_id.rpartition("-")[0])

    def _open_group(
        self,
        *,
        id: int,  # noqa: A002 - named as in the cast file
        title: str,
        members: list[int],
        admins: list[int],
        is_forum: bool = False,
        with_bot: bool = True,
    ) -> Chat:
        group = Chat(id, "supergroup" if is_forum else "group", title=title, is_forum=is_forum)
        for member in members:
            group.statuses[member] = "administrator" if member in admins else "member"
        if admins:
            group.statuses[admins[0]] = "creator"
        if with_bot:
            group.statuses[self.bot_id] = "member"
        self.chats[id] = group
        return group
