"""What people do in a chat: write, edit, press, share a place or a contact, send files."""

import re
from typing import Any

from bot.playground.errors import TownError
from bot.playground.files import image_size, media_content
from bot.playground.formatting import automatic_entities
from bot.playground.members import member_json
from bot.playground.residents import (
    GENERAL_TOPIC,
    GROUP_ANONYMOUS_BOT,
    Chat,
    Message,
    Person,
)
from bot.playground.state import Press, TownState
from bot.playground.units import utf16_length

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
UPLOADS = frozenset(
    {"photo", "document", "voice", "video", "audio", "video_note", "animation", "sticker"}
)


WITHOUT_CAPTION = frozenset({"sticker", "video_note"})


class Talk(TownState):
    """The acts of people in chats; each returns the message or the id it made."""

    def say(
        self,
        chat: int,
        person: int,
        text: str,
        *,
        reply_to: int | None = None,
        thread: int | None = None,
        anonymous: bool = False,
        forward_from: int | str | None = None,
    ) -> Message:
        """Write a text; in a private chat `chat` and `person` are the same number."""
        text = text.strip()
        if not 1 <= utf16_length(text) <= LONGEST_TEXT:
            raise TownError(f"a message has 1 to {LONGEST_TEXT} characters")
        if chat == person and text.split(maxsplit=1)[0] == "/start":
            self.unblock(person)
        content: Message = {"text": text}
        if entities := automatic_entities(text):
            content["entities"] = entities
        return self._receive(
            chat,
            person,
            content,
            reply_to=reply_to,
            thread=thread,
            anonymous=anonymous,
            forward_from=forward_from,
        )

    def edit(self, chat: int, person: int, message: int, text: str) -> Message:
        """Change one's own message, or the caption of what one sent."""
        place = self.chat(chat)
        old = self._own_message(place, person, message)
        text = text.strip()
        field, most = ("text", LONGEST_TEXT) if "text" in old else ("caption", LONGEST_CAPTION)
        if not 1 <= utf16_length(text) <= most:
            raise TownError(f"a {field} has 1 to {most} characters")
        marks = "entities" if field == "text" else "caption_entities"
        new = {**old, field: text, "edit_date": self.now()}
        new.pop(marks, None)
        if entities := automatic_entities(text):
            new[marks] = entities
        self.replace(place, new)
        place.last_act = self.feed.last
        if self._bot_sees(place, new):
            self.updates.add("edited_message", new, ("chat", chat))
        return new

    def press(
        self,
        chat: int,
        person: int,
        message: int,
        *,
        row: int | None = None,
        col: int | None = None,
        data: str | None = None,
    ) -> str:
        """Press a button by its place or by its data (also one that is no longer there)."""
        place = self.chat(chat)
        who = self._present_person(place, person)
        shown = place.messages.get(message)
        if data is None:
            data = _data_at(shown, row, col)
        query_id = self.fresh_query_id()
        body: dict[str, Any] = {
            "id": query_id,
            "from": who.as_user(),
            "chat_instance": str(7_000_000_000_000_000 + place.id),
            "data": data,
        }
        inline_id = next(
            (key for key, at in self.inline_messages.items() if at == (chat, message)), None
        )
        if inline_id and shown and "via_bot" in shown:
            body["inline_message_id"] = inline_id
        else:
            body["message"] = shown or {
                "chat": self.chat_json(place),
                "message_id": message,
                "date": 0,
            }
        place.last_act = self.feed.last
        self.presses[query_id] = Press(person, chat, self.clock())
        self.updates.add("callback_query", body, ("callback", person))
        return query_id

    def share_location(
        self,
        chat: int,
        person: int,
        lat: float,
        lon: float,
        *,
        reply_to: int | None = None,
        thread: int | None = None,
    ) -> Message:
        content = {"location": _location(lat, lon)}
        return self._receive(chat, person, content, reply_to=reply_to, thread=thread)

    def share_venue(
        self,
        chat: int,
        person: int,
        lat: float,
        lon: float,
        *,
        title: str,
        address: str = "",
        reply_to: int | None = None,
        thread: int | None = None,
    ) -> Message:
        location = _location(lat, lon)
        venue = {"location": location, "title": title, "address": address}
        return self._receive(
            chat, person, {"venue": venue, "location": location}, reply_to=reply_to, thread=thread
        )

    def share_contact(
        self,
        chat: int,
        person: int,
        phone: str,
        whose: int | str | None = None,
        *,
        reply_to: int | None = None,
        thread: int | None = None,
    ) -> Message:
        """Share one's own contact, another person's (by id), or one not on Telegram (by name)."""
        contact: dict[str, Any] = {"phone_number": phone}
        if isinstance(whose, str):
            contact["first_name"] = whose
        else:
            owner = self.person(person if whose is None else whose)
            contact |= {"first_name": owner.first_name, "user_id": owner.id}
            if owner.last_name:
                contact["last_name"] = owner.last_name
        return self._receive(chat, person, {"contact": contact}, reply_to=reply_to, thread=thread)

    def upload(
        self,
        chat: int,
        person: int,
        kind: str,
        content: bytes,
        name: str = "",
        *,
        mime: str = "",
        caption: str = "",
        album: str = "",
        reply_to: int | None = None,
        thread: int | None = None,
    ) -> Message:
        """Send a file; files with the same `album` make one album."""
        if kind not in UPLOADS:
            raise TownError(f"a file is one of {', '.join(sorted(UPLOADS))}, not {kind!r}")
        if not content:
            raise TownError("the file is empty")
        size = image_size(content)
        if kind == "photo" and size is None:
            raise TownError("a photo is a PNG, JPEG, GIF or WebP picture; send it as a document")
        if caption and kind in WITHOUT_CAPTION:
            raise TownError(f"a {kind} has no caption")
        if utf16_length(caption) > LONGEST_CAPTION:
            raise TownError(f"a caption has at most {LONGEST_CAPTION} characters")
        self._present_person(self.chat(chat), person)
        body: Message = {}
        if album:
            body["media_group_id"] = album
        body |= media_content(self.add_file(content, name, kind, mime), size)
        if caption:
            body["caption"] = caption
            if entities := automatic_entities(caption):
                body["caption_entities"] = entities
        return self._receive(chat, person, body, reply_to=reply_to, thread=thread)

    def delete(self, chat: int, message: int) -> None:
        """Delete a message for everyone; the bot is not told, as in Telegram."""
        place = self.chat(chat)
        if message not in place.messages:
            raise TownError(f"there is no message {message} in this chat", 404)
        self.remove(place, message)

    def block(self, person: int) -> None:
        """Block the bot in the private chat."""
        who = self.person(person)
        if not who.blocked_bot:
            who.blocked_bot = True
            self._tell_membership(who, "member", "kicked")

    def unblock(self, person: int) -> None:
        who = self.person(person)
        if who.blocked_bot:
            who.blocked_bot = False
            self._tell_membership(who, "kicked", "member")

    def react(self, chat: int, person: int, message: int, emoji: str = "") -> None:
        """Put a reaction under a message, or take it away."""
        place = self.chat(chat)
        who = self._present_person(place, person)
        if message not in place.messages:
            raise TownError(f"there is no message {message} in this chat", 404)
        reaction = [{"type": "emoji", "emoji": emoji}] if emoji else []
        self.feed.add("reaction", chat, message_id=message, person=person, reaction=reaction)
        body = {
            "chat": self.chat_json(place),
            "message_id": message,
            "user": who.as_user(),
            "date": self.now(),
            "old_reaction": [],
            "new_reaction": reaction,
        }
        self.updates.add("message_reaction", body, ("chat", chat))

    def _receive(
        self,
        chat_id: int,
        person_id: int,
        content: Message,
        *,
        reply_to: int | None = None,
        thread: int | None = None,
        anonymous: bool = False,
        forward_from: int | str | None = None,
    ) -> Message:
        chat = self.chat(chat_id)
        person = self._present_person(chat, person_id)
        if chat.is_private:
            person.started = True
        sender, extra = self._sender(chat, person, anonymous)
        if thread is None and reply_to is not None:
            thread = chat.messages.get(reply_to, {}).get("message_thread_id")
        if thread is not None:
            extra |= self._thread(chat, thread, reply_to)
        if reply_to is not None:
            extra["reply_to_message"] = quoted(chat, reply_to)
        if forward_from is not None:
            extra |= self._forwarded(forward_from)
        message = self.compose(chat, sender, **extra, **content)
        chat.last_act = self.post(chat, message)
        if self._bot_sees(chat, message):
            self.updates.add("message", message, ("chat", chat.id))
        return message

    def service(self, chat: Chat, sender: dict[str, Any], **content: Any) -> Message:
        """A service message, which the bot always sees while it is in the chat."""
        message = self.compose(chat, sender, **content)
        chat.last_act = self.post(chat, message)
        if chat.present(self.bot_id):
            self.updates.add("message", message, ("chat", chat.id))
        return message

    def _present_person(self, chat: Chat, person_id: int) -> Person:
        person = self.person(person_id)
        if person.deactivated:
            raise TownError(f"the account of {person.first_name} is deactivated")
        if chat.migrated_to is not None:
            raise TownError(f"this group became the supergroup {chat.migrated_to}")
        if chat.is_private:
            if chat.id != person_id:
                raise TownError("a private chat belongs to one person: `chat` must equal `from`")
            if person.blocked_bot:
                raise TownError(
                    f"{person.first_name} has blocked the bot; unblock it or say /start"
                )
        elif not chat.present(person_id):
            raise TownError(f"{person.first_name} is not in the group {chat.title}", 403)
        return person

    def _sender(
        self, chat: Chat, person: Person, anonymous: bool
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        if not anonymous and person.id not in chat.anonymous:
            return person.as_user(), {}
        if not (chat.is_admin(person.id) and chat.type == "supergroup"):
            raise TownError("only an admin of a supergroup can write in its name")
        return GROUP_ANONYMOUS_BOT, {"sender_chat": self.chat_json(chat)}

    def _thread(self, chat: Chat, thread: int, reply_to: int | None) -> dict[str, Any]:
        if thread == GENERAL_TOPIC:
            return {}
        topic = chat.topics.get(thread)
        if topic is None:
            raise TownError(f"there is no topic {thread} in this chat", 404)
        if topic.closed:
            raise TownError(f"the topic {topic.name} is closed")
        extra: dict[str, Any] = {"message_thread_id": thread, "is_topic_message": True}
        if reply_to is None and thread in chat.messages:
            extra["reply_to_message"] = quoted(chat, thread)
        return extra

    def _forwarded(self, source: int | str) -> dict[str, Any]:
        date = self.now()
        if isinstance(source, str):
            origin = {"type": "hidden_user", "sender_user_name": source, "date": date}
            return {"forward_origin": origin, "forward_sender_name": source, "forward_date": date}
        user = self.bot if source == self.bot_id else self.person(source).as_user()
        origin = {"type": "user", "sender_user": user, "date": date}
        return {"forward_origin": origin, "forward_from": user, "forward_date": date}

    def _bot_sees(self, chat: Chat, message: Message) -> bool:
        """In a group with privacy mode on, a bot sees only what is meant for it."""
        if chat.is_private:
            return True
        if not chat.present(self.bot_id):
            return False
        if not self.privacy_mode or chat.is_admin(self.bot_id):
            return True
        replied = message.get("reply_to_message", {}).get("from", {})
        if replied.get("id") == self.bot_id or "via_bot" in message:
            return True
        command = re.match(r"/\w+(?:@(\w+))?", message.get("text", ""))
        username = str(self.bot["username"]).lower()
        return bool(command) and (command[1] or username).lower() == username  # type: ignore[index]

    def _own_message(self, chat: Chat, person: int, message_id: int) -> Message:
        message = chat.messages.get(message_id)
        if message is None:
            raise TownError(f"there is no message {message_id} in this chat", 404)
        self._present_person(chat, person)
        if message["from"]["id"] != person:
            raise TownError("only one's own messages can be edited")
        if not {"text", "caption", "photo", "document", "video", "audio"} & message.keys():
            raise TownError("this kind of message cannot be edited")
        return message

    def _tell_membership(self, person: Person, old: str, new: str) -> None:
        chat = self.chat(person.id)
        body = {
            "chat": person.as_chat(),
            "from": person.as_user(),
            "date": self.now(),
            "old_chat_member": member_json(self.bot, old),
            "new_chat_member": member_json(self.bot, new),
        }
        chat.last_act = self.feed.add("membership", person.id, person=self.bot_id, status=new)
        self.updates.add("my_chat_member", body, ("membership", person.id))


def quoted(chat: Chat, message_id: int) -> Message:
    """The message replied to, without what it itself replied to."""
    message = chat.messages.get(message_id)
    if message is None:
        raise TownError(f"there is no message {message_id} to reply to", 404)
    return {key: value for key, value in message.items() if key != "reply_to_message"}


def _location(lat: float, lon: float) -> dict[str, float]:
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):  # noqa: PLR2004
        raise TownError(f"{lat}, {lon} is not a place: latitude -90…90, longitude -180…180")
    return {"latitude": lat, "longitude": lon}


def _data_at(message: Message | None, row: int | None, col: int | None) -> str:
    if message is None:
        raise TownError("this message is gone; press by `data` to play an old button", 404)
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    if row is None or col is None or not (0 <= row < len(rows) and 0 <= col < len(rows[row])):
        raise TownError(f"there is no button at row {row}, col {col} of this message", 404)
    button = rows[row][col]
    if "callback_data" not in button:
        raise TownError("this button opens something by itself; the bot is not told")
    return str(button["callback_data"])
