"""Groups: membership, privacy mode, anonymous admins, becoming a supergroup, topics."""

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
)
from aiogram.types import (
    BotCommandScopeAllGroupChats,
    ChatMemberAdministrator,
    ChatMemberOwner,
)

from bot.playground.errors import TownError
from bot.playground.residents import Chat
from bot.playground.server import PlaygroundServer
from tests.bot.playground.helpers import (
    ADMIN,
    ANONYMOUS,
    GROUP,
    OFFICIAL,
    PARENT,
    keyboard,
    kinds,
)


@pytest.fixture
def forum(server: PlaygroundServer) -> Chat:
    """A forum that the bot leads together with an official."""
    made = server.town.add_group(
        "Forum", [OFFICIAL, ADMIN], [OFFICIAL, server.town.bot_id], is_forum=True
    )
    server.town.updates.clear()
    return made


async def test_bot_is_told_when_it_comes_and_goes(bot: Bot, server: PlaygroundServer) -> None:
    town = server.town
    group = town.add_group("New", [OFFICIAL, ADMIN])
    assert await bot.get_updates() == []
    town.set_member(group.id, bot.id, "add")
    town.set_member(group.id, bot.id, "promote")
    town.set_member(group.id, bot.id, "remove")
    updates = await bot.get_updates()
    assert kinds(updates) == [
        "my_chat_member",
        "message",
        "my_chat_member",
        "message",
        "my_chat_member",
    ]
    statuses = [
        (update.my_chat_member.old_chat_member.status, update.my_chat_member.new_chat_member.status)
        for update in updates
        if update.my_chat_member
    ]
    assert statuses == [
        ("left", "member"),
        ("member", "administrator"),
        ("administrator", "left"),
    ]
    assert updates[1].message is not None
    assert updates[1].message.new_chat_members is not None
    assert updates[1].message.new_chat_members[0].id == bot.id


@pytest.mark.parametrize("forum", [False, True])
async def test_removed_bot_cannot_write(bot: Bot, server: PlaygroundServer, forum: bool) -> None:
    group = server.town.add_group("New", [OFFICIAL, bot.id], is_forum=forum)
    assert (await bot.send_message(group.id, "x")).chat.id == group.id
    server.town.set_member(group.id, bot.id, "remove")
    kind = "supergroup" if forum else "group"
    with pytest.raises(TelegramForbiddenError) as error:
        await bot.send_message(group.id, "x")
    assert error.value.message == f"Forbidden: bot was kicked from the {kind} chat"


async def test_bot_leaves_by_itself(bot: Bot) -> None:
    assert await bot.leave_chat(GROUP)
    with pytest.raises(TelegramForbiddenError) as error:
        await bot.send_message(GROUP, "x")
    assert error.value.message == "Forbidden: bot is not a member of the group chat"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("hello", False),
        ("/status", True),
        ("/status@bagyt_playground_bot now", True),
        ("/status@other_bot", False),
        ("see /status", False),
    ],
)
async def test_privacy_mode_hides_what_is_not_for_the_bot(
    bot: Bot, server: PlaygroundServer, text: str, seen: bool
) -> None:
    server.town.say(GROUP, OFFICIAL, text)
    assert len(await bot.get_updates()) == int(seen)


async def test_replies_to_the_bot_pass_privacy_mode(bot: Bot, server: PlaygroundServer) -> None:
    sent = await bot.send_message(GROUP, "?")
    other = server.town.say(GROUP, ADMIN, "talk")
    server.town.say(GROUP, OFFICIAL, "not to you", reply_to=other["message_id"])
    server.town.say(GROUP, OFFICIAL, "to you", reply_to=sent.message_id)
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "to you"


@pytest.mark.parametrize("way", ["admin", "privacy off"])
async def test_admins_and_bots_without_privacy_see_all(
    bot: Bot, server: PlaygroundServer, way: str
) -> None:
    if way == "admin":
        server.town.set_member(GROUP, bot.id, "promote")
        server.town.updates.clear()
    else:
        server.town.privacy_mode = False
        assert (await bot.get_me()).can_read_all_group_messages
    server.town.say(GROUP, OFFICIAL, "hello")
    assert len(await bot.get_updates()) == 1


async def test_members_can_be_looked_at(bot: Bot, server: PlaygroundServer) -> None:
    assert await bot.get_chat_member_count(GROUP) == 3
    (owner,) = await bot.get_chat_administrators(GROUP)
    assert isinstance(owner, ChatMemberOwner)
    assert owner.user.id == OFFICIAL
    assert (await bot.get_chat_member(GROUP, ADMIN)).status == "member"
    assert (await bot.get_chat_member(GROUP, PARENT)).status == "left"
    server.town.set_member(GROUP, ADMIN, "promote")
    assert isinstance(await bot.get_chat_member(GROUP, ADMIN), ChatMemberAdministrator)
    chat = await bot.get_chat(GROUP)
    assert (chat.type, chat.title) == ("group", "Білім бөлімі")
    with pytest.raises(TelegramBadRequest, match="PARTICIPANT_ID_INVALID"):
        await bot.get_chat_member(GROUP, 12345)


async def test_private_chat_can_be_looked_at(bot: Bot, parent: int) -> None:
    chat = await bot.get_chat(parent)
    assert (chat.type, chat.first_name) == ("private", "Айгүл")
    assert (await bot.get_chat_member(parent, parent)).status == "member"
    with pytest.raises(TelegramBadRequest, match="there are no administrators"):
        await bot.get_chat_administrators(parent)


async def test_group_becomes_a_supergroup(bot: Bot, server: PlaygroundServer) -> None:
    new = server.town.migrate(GROUP)
    assert str(new.id).startswith("-100")
    left, joined = await bot.get_updates()
    assert left.message is not None
    assert (left.message.chat.id, left.message.migrate_to_chat_id) == (GROUP, new.id)
    assert joined.message is not None
    assert (joined.message.chat.id, joined.message.migrate_from_chat_id) == (new.id, GROUP)
    assert joined.message.chat.type == "supergroup"
    with pytest.raises(TelegramMigrateToChat) as error:
        await bot.send_message(GROUP, "x")
    assert error.value.migrate_to_chat_id == new.id
    assert "group chat was upgraded to a supergroup chat" in error.value.message
    assert (await bot.send_message(new.id, "x")).chat.id == new.id
    with pytest.raises(TownError, match="became the supergroup"):
        server.town.say(GROUP, OFFICIAL, "x")
    with pytest.raises(TownError, match="supergroup already"):
        server.town.migrate(new.id)


async def test_supergroups_count_their_own_messages(bot: Bot, server: PlaygroundServer) -> None:
    first, second = (
        server.town.add_group(title, [OFFICIAL, bot.id], is_forum=True) for title in "ab"
    )
    one = await bot.send_message(first.id, "x")
    two = await bot.send_message(second.id, "x")
    assert one.message_id == two.message_id


async def test_anonymous_admin_writes_as_the_group(
    bot: Bot, server: PlaygroundServer, forum: Chat
) -> None:
    server.town.say(forum.id, OFFICIAL, "/x", anonymous=True)
    (update,) = await bot.get_updates(offset=-1)
    assert update.message is not None
    assert update.message.from_user is not None
    assert update.message.from_user.id == ANONYMOUS
    assert update.message.sender_chat is not None
    assert update.message.sender_chat.id == forum.id
    server.town.set_member(forum.id, OFFICIAL, "promote", anonymous=True)
    server.town.say(forum.id, OFFICIAL, "/y")
    (update,) = await bot.get_updates(offset=-1)
    assert update.message is not None
    assert update.message.sender_chat is not None
    for place, person in ((forum.id, ADMIN), (GROUP, OFFICIAL)):
        with pytest.raises(TownError, match="only an admin of a supergroup"):
            server.town.say(place, person, "x", anonymous=True)


async def test_pressing_anonymously_still_names_the_person(
    bot: Bot, server: PlaygroundServer, forum: Chat
) -> None:
    sent = await bot.send_message(forum.id, "x", reply_markup=keyboard(["a"]))
    server.town.set_member(forum.id, OFFICIAL, "promote", anonymous=True)
    server.town.press(forum.id, OFFICIAL, sent.message_id, row=0, col=0)
    (update,) = await bot.get_updates(offset=-1)
    assert update.callback_query is not None
    assert update.callback_query.from_user.id == OFFICIAL


async def test_topics_from_both_sides(bot: Bot, server: PlaygroundServer, forum: Chat) -> None:
    topic = await bot.create_forum_topic(forum.id, "Шағым 7")
    thread = topic.message_thread_id
    sent = await bot.send_message(forum.id, "x", message_thread_id=thread)
    assert (sent.message_thread_id, sent.is_topic_message) == (thread, True)
    server.town.say(forum.id, OFFICIAL, "y", thread=thread)
    (update,) = await bot.get_updates(offset=-1)
    assert update.message is not None
    assert update.message.message_thread_id == thread
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.forum_topic_created is not None
    server.town.say(forum.id, OFFICIAL, "z", reply_to=sent.message_id)
    (update,) = await bot.get_updates(offset=-1)
    assert update.message is not None
    assert update.message.message_thread_id == thread
    assert await bot.edit_forum_topic(forum.id, thread, name="Шағым 8")
    with pytest.raises(TelegramBadRequest, match="TOPIC_NOT_MODIFIED"):
        await bot.edit_forum_topic(forum.id, thread, name="Шағым 8")
    assert await bot.close_forum_topic(forum.id, thread)
    with pytest.raises(TownError, match="is closed"):
        server.town.say(forum.id, OFFICIAL, "y", thread=thread)
    assert await bot.reopen_forum_topic(forum.id, thread)
    assert await bot.delete_forum_topic(forum.id, thread)
    assert sent.message_id not in forum.messages
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await bot.send_message(forum.id, "x", message_thread_id=thread)
    with pytest.raises(TelegramBadRequest, match="TOPIC_ID_INVALID"):
        await bot.close_forum_topic(forum.id, thread)


async def test_closed_topic_takes_the_bot_only_as_admin(
    bot: Bot, server: PlaygroundServer, forum: Chat
) -> None:
    topic = server.town.add_topic(forum.id, "A")
    topic.closed = True
    sent = await bot.send_message(forum.id, "x", message_thread_id=topic.id)
    assert sent.message_thread_id == topic.id
    server.town.set_member(forum.id, bot.id, "demote")
    with pytest.raises(TelegramBadRequest, match="TOPIC_CLOSED"):
        await bot.send_message(forum.id, "x", message_thread_id=topic.id)
    with pytest.raises(TelegramBadRequest, match="not enough rights"):
        await bot.create_forum_topic(forum.id, "B")


async def test_only_forums_have_topics(bot: Bot, server: PlaygroundServer) -> None:
    with pytest.raises(TelegramBadRequest, match="the chat is not a forum"):
        await bot.create_forum_topic(GROUP, "A")
    with pytest.raises(TownError, match="is not a forum"):
        server.town.add_topic(GROUP, "A")


async def test_commands_for_groups_stay_out_of_private_chats(
    bot: Bot, server: PlaygroundServer
) -> None:
    scope = BotCommandScopeAllGroupChats()
    await bot.set_my_commands([], scope=scope)
    assert server.town.commands_by_language() == {"kk": [], "ru": [], "": []}


@pytest.mark.parametrize(
    ("member", "do", "why"),
    [
        (OFFICIAL, "add", "is already in the group"),
        (PARENT, "remove", "is not in the group"),
        (PARENT, "promote", "is not in the group"),
        (ADMIN, "demote", "is not an admin"),
        (ADMIN, "sing", "`do` is add, remove, promote or demote"),
    ],
)
def test_impossible_changes_are_explained(
    server: PlaygroundServer, member: int, do: str, why: str
) -> None:
    with pytest.raises(TownError, match=why):
        server.town.set_member(GROUP, member, do)


def test_outsiders_do_not_write_into_groups(server: PlaygroundServer) -> None:
    with pytest.raises(TownError, match="is not in the group"):
        server.town.say(GROUP, PARENT, "x")
