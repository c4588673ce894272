"""Groups: who is in them, who leads them, topics, and becoming a supergroup."""

from collections.abc import Sequence
from typing import Any

from bot.playground.errors import TownError
from bot.playground.members import described_member, user_json
from bot.playground.residents import Chat, Message, Topic
from bot.playground.state import SUPERGROUPS
from bot.playground.talk import Talk

TOPIC_COLOR = 7322096


class Groups(Talk):
    """The acts of people that concern a group as a whole."""

    def add_group(
        self,
        title: str,
        members: Sequence[int],
        admins: Sequence[int] = (),
        *,
        is_forum: bool = False,
    ) -> Chat:
        """A new group; the first admin (or member) made it; the bot is in it if listed."""
        for member in [*members, *admins]:
            user_json(self, member)
        people = [member for member in dict.fromkeys([*admins, *members]) if member != self.bot_id]
        if not title.strip() or not people:
            raise TownError("a group has a title and at least one person")
        leaders = [admin for admin in admins if admin != self.bot_id] or people[:1]
        number = self.fresh_id()
        group = self._open_group(
            id=SUPERGROUPS - number if is_forum else -number,
            title=title.strip(),
            members=people,
            admins=leaders,
            is_forum=is_forum,
            with_bot=False,
        )
        self.tell_group(group)
        if self.bot_id in members or self.bot_id in admins:
            self.set_member(group.id, self.bot_id, "add")
        if self.bot_id in admins:
            self.set_member(group.id, self.bot_id, "promote")
        return group

    def set_member(
        self,
        group: int,
        member: int,
        do: str,
        *,
        anonymous: bool | None = None,
        by: int | None = None,
    ) -> None:
        """Add, remove, promote or demote a person or the bot; make an admin anonymous."""
        chat = self.group(group)
        if chat.migrated_to is not None:
            raise TownError(f"this group became the supergroup {chat.migrated_to}")
        user = user_json(self, member)
        actor = user_json(self, self._leader(chat) if by is None else by)
        old = described_member(self, chat, member)
        if do == "add":
            self._demand(not chat.present(member), "is already in the group", user)
            chat.statuses[member] = "member"
        elif do == "remove":
            self._demand(chat.present(member), "is not in the group", user)
            self._service_of_leaving(chat, actor, user)
            chat.statuses[member] = "kicked"
            chat.anonymous.discard(member)
        elif do == "promote":
            self._demand(chat.present(member), "is not in the group", user)
            if chat.statuses[member] != "creator":
                chat.statuses[member] = "administrator"
        elif do == "demote":
            self._demand(chat.is_admin(member), "is not an admin of the group", user)
            chat.statuses[member] = "member"
            chat.anonymous.discard(member)
        else:
            raise TownError(f"`do` is add, remove, promote or demote, not {do!r}")
        if anonymous is not None:
            self._set_anonymous(chat, member, anonymous)
        self.tell_member(chat, member, actor, old)
        if do == "add":
            self.service(chat, actor, new_chat_members=[user], new_chat_member=user)

    def leave_as_bot(self, chat: Chat) -> None:
        """The bot goes by itself."""
        old = described_member(self, chat, self.bot_id)
        chat.statuses[self.bot_id] = "left"
        message = self.compose(chat, self.bot, left_chat_member=self.bot)
        self.post(chat, message)
        self.tell_member(chat, self.bot_id, self.bot, old)

    def migrate(self, group: int) -> Chat:
        """Make a group a supergroup, which has another id; both chats say so."""
        old = self.group(group)
        if old.type != "group":
            raise TownError(f"{old.title} is a supergroup already")
        if old.migrated_to is not None:
            raise TownError(f"this group became the supergroup {old.migrated_to}")
        new = Chat(SUPERGROUPS - self.fresh_id(), "supergroup", title=old.title)
        new.statuses = dict(old.statuses)
        new.anonymous = set(old.anonymous)
        self.chats[new.id] = new
        actor = user_json(self, self._leader(old))
        self.service(old, actor, migrate_to_chat_id=new.id)
        old.migrated_to = new.id
        self.service(new, actor, migrate_from_chat_id=old.id)
        self.tell_group(old)
        self.tell_group(new)
        return new

    def add_topic(self, group: int, name: str, *, by: int | None = None) -> Topic:
        """A new topic of a forum; its id is that of the message that opens it."""
        chat = self.group(group)
        if not chat.is_forum:
            raise TownError(f"{chat.title} is not a forum: it has no topics")
        if not name.strip():
            raise TownError("a topic has a name")
        actor = user_json(self, self._leader(chat) if by is None else by)
        return self.open_topic(chat, actor, name.strip(), TOPIC_COLOR)

    def open_topic(self, chat: Chat, actor: dict[str, Any], name: str, color: int) -> Topic:
        created = {"name": name, "icon_color": color}
        message: Message = self.compose(chat, actor, forum_topic_created=created)
        topic = Topic(message["message_id"], name)
        message |= {"message_thread_id": topic.id, "is_topic_message": True}
        chat.topics[topic.id] = topic
        chat.last_act = self.post(chat, message)
        if actor["id"] != self.bot_id and chat.present(self.bot_id):
            self.updates.add("message", message, ("chat", chat.id))
        self.tell_group(chat)
        return topic

    def group(self, group: int) -> Chat:
        chat = self.chats.get(group)
        if chat is None or chat.is_private:
            raise TownError(f"there is no group with the id {group}", 404)
        return chat

    def tell_member(
        self, chat: Chat, member: int, actor: dict[str, Any], old: dict[str, Any]
    ) -> None:
        """Say to the page, and to the bot where it concerns it, that a member's status changed."""
        new = described_member(self, chat, member)
        self.feed.add("membership", chat.id, person=member, status=new["status"])
        self.tell_group(chat)
        if new == old:
            return
        body = {
            "chat": self.chat_json(chat),
            "from": actor,
            "date": self.now(),
            "old_chat_member": old,
            "new_chat_member": new,
        }
        if member == self.bot_id:
            self.updates.add("my_chat_member", body, ("membership", chat.id))
        elif chat.is_admin(self.bot_id):
            self.updates.add("chat_member", body, ("membership", chat.id))

    def _service_of_leaving(self, chat: Chat, actor: dict[str, Any], user: dict[str, Any]) -> None:
        self.service(chat, actor, left_chat_member=user, left_chat_participant=user)

    def _set_anonymous(self, chat: Chat, member: int, anonymous: bool) -> None:
        if not anonymous:
            chat.anonymous.discard(member)
        elif chat.is_admin(member) and chat.type == "supergroup":
            chat.anonymous.add(member)
        else:
            raise TownError("only an admin of a supergroup can be anonymous")

    def _leader(self, chat: Chat) -> int:
        return next(
            member
            for member, status in sorted(
                chat.statuses.items(), key=lambda item: item[1] != "creator"
            )
            if status != "left" and member != self.bot_id
        )

    def _demand(self, holds: bool, otherwise: str, user: dict[str, Any]) -> None:
        if not holds:
            raise TownError(f"{user['first_name']} {otherwise}")

    def tell_group(self, chat: Chat) -> None:
        self.feed.add("group", chat.id, group=group_json(chat))


def group_json(chat: Chat) -> dict[str, Any]:
    """A group as the page sees it; the bot's id stands among the members while it is in."""
    return {
        "id": chat.id,
        "title": chat.title,
        "type": chat.type,
        "is_forum": chat.is_forum,
        "members": [member for member in chat.statuses if chat.present(member)],
        "admins": [member for member in chat.statuses if chat.is_admin(member)],
        "anonymous": sorted(chat.anonymous),
        "topics": [
            {"id": topic.id, "name": topic.name, "closed": topic.closed}
            for topic in chat.topics.values()
        ],
        "migrated_to": chat.migrated_to,
    }
