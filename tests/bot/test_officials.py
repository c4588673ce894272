"""The official's side over HTTP: three people and a group, from the invite to the answer."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.app import App
from bot.playground.server import PlaygroundServer
from core.complaints import number
from dialogs.doors import OpenComplaint
from dialogs.officials.actions import AskQuestion
from dialogs.people.actions import Bound, ChooseRole
from dialogs.short_ids import short
from tests.bot.complaining import REGION, WORDS, Talker, gives, link_in, settled, stands
from tests.bot.running import (
    ADMIN,
    GROUP,
    OFFICIAL,
    PARENT_RU,
)

Someone = Callable[[int, str], Talker]


def talker(server: PlaygroundServer, person: int, language: str) -> Talker:
    return Talker(server, person, language=language)


def in_group(server: PlaygroundServer, chat: int = GROUP) -> list[str]:
    """All that the bot says in a group."""
    messages = server.town.chat(chat).messages.values()
    return [each["text"] for each in messages if each["from"]["id"] == server.town.bot_id]


async def bind(server: PlaygroundServer, app: App, person: int, chat: int = GROUP) -> None:
    server.town.say(chat, person, f"/bind@{server.town.bot['username']}")
    await settled(server, app)


async def invited(admin: Talker, official: Talker, app: App) -> None:
    """The admin makes a link, the official opens it, the admin says yes."""
    await admin.says("/people")
    for action in (ChooseRole("official"), Bound("p", short("karaganda"), on=True)):
        await admin.presses_data(admin.last()["message_id"], action.pack())
    await admin.taps("That is all, go on")
    await admin.taps("Make a link")
    await official.says(f"/start {link_in(admin.got('start=j-')['text'])}")
    before = official.text
    request = await admin.hears(f"id {OFFICIAL}")
    assert admin.say.label("Official") not in before
    await admin.presses_data(request["message_id"], data_of(request))
    await official.settled(app)


def data_of(message: dict[str, Any], row: int = 0, column: int = 0) -> str:
    """What a button of a message holds."""
    button = message["reply_markup"]["inline_keyboard"][row][column]
    return str(button.get("callback_data") or button["url"])


def newest_in(server: PlaygroundServer, chat: int) -> dict[str, Any]:
    messages = server.town.chat(chat).messages
    return dict(messages[max(messages)])


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_complaint_goes_the_whole_way_with_three_people_and_a_group(
    server: PlaygroundServer, app: App, language: str
) -> None:
    parent, official, admin = (
        talker(server, person, language) for person in (PARENT_RU, OFFICIAL, ADMIN)
    )
    for each in (parent, official, admin):
        await each.begins()
    await invited(admin, official, app)
    await bind(server, app, OFFICIAL)

    # The parent complains: in private all is told, in the group nothing of the parent.
    own = await parent.complains(app)
    shown = number.shown(own)
    notice = official.got(shown, "would not take my papers")
    assert notice["has_protected_content"]
    (_, told) = in_group(server)
    assert shown in told
    assert "papers" not in told
    link = data_of(newest_in(server, GROUP))
    assert link_in(link) == f"c-{shown}"

    # The link opens in the private chat of whoever may see it.
    await official.says(f"/start {link_in(link)}")
    assert "would not take my papers" in official.text
    await official.taps("Take it")
    await official.taps("Register")
    await official.says("A-7, 20.11.2026")
    await official.settled(app)
    assert parent.has("A-7")
    # In the group the same message has changed.
    assert len(in_group(server)) == 2
    assert in_group(server)[-1] != told
    await talk(parent, official, app, own)
    complaint, story = await stands(app, own)
    assert complaint.state == "closed"
    assert [each.kind for each in story] == [
        *("sent", "delivered", "taken", "registered", "asked", "added", "answered", "added"),
        "helped",
    ]


async def talk(parent: Talker, official: Talker, app: App, own: int) -> None:
    """A question, answered by a reply; an answer and a file, by replying to the notice."""
    shown = number.shown(own)
    await official.presses_data(official.last()["message_id"], AskQuestion(own).pack())
    await official.says("Which day was it, please?")
    await official.settled(app)
    await parent.replies(app, parent.got("Which day was it"), "On a made-up Monday")
    added = official.got("On a made-up Monday")
    await official.replies(app, added, "Come on Tuesday, room 5")
    answer = parent.got("Come on Tuesday, room 5")
    assert official.has("✓", shown, official.say.label("The answer")) == 1
    assert official.has("⏳") == 0
    await official.replies_with(app, added, "document", "answer.pdf", caption="The paper")
    assert parent.has("The paper")
    assert "document" in parent.messages()[-1]
    await parent.presses_data(answer["message_id"], data_of(answer))


async def test_a_group_is_bound_by_who_may_and_nobody_else(
    server: PlaygroundServer, app: App
) -> None:
    parent, official, admin = (
        talker(server, person, "ru") for person in (PARENT_RU, OFFICIAL, ADMIN)
    )
    for each in (parent, official, admin):
        await each.begins()
    await gives(app, OFFICIAL, "official", **REGION)
    town = server.town
    group = town.add_group("Strangers", [PARENT_RU, OFFICIAL, ADMIN, town.bot_id], [PARENT_RU])
    # Who leads the group but holds no role, and who holds the role but does not lead it.
    await bind(server, app, PARENT_RU, group.id)
    await bind(server, app, OFFICIAL, group.id)
    assert parent.say.label("Open a private chat")
    own = await parent.complains(app)
    assert not any(number.shown(own) in each for each in in_group(server, group.id))
    # An admin of the bot may; an anonymous admin of the group cannot be known.
    forum = town.add_group("Forum", [OFFICIAL, ADMIN], [OFFICIAL, town.bot_id], is_forum=True)
    town.set_member(forum.id, OFFICIAL, "promote", anonymous=True)
    town.say(forum.id, OFFICIAL, f"/bind@{town.bot['username']}", anonymous=True)
    await settled(server, app)
    assert any("Анонимді" in each for each in in_group(server, forum.id))
    town.set_member(forum.id, OFFICIAL, "promote", anonymous=False)
    topic = town.add_topic(forum.id, "Complaints")
    town.say(forum.id, OFFICIAL, f"/bind@{town.bot['username']}", thread=topic.id)
    await settled(server, app)
    second = await parent.complains(app, WORDS + " again")
    told = [
        each
        for each in town.chat(forum.id).messages.values()
        if number.shown(second) in each.get("text", "")
    ]
    assert [each["message_thread_id"] for each in told] == [topic.id]
    town.say(forum.id, OFFICIAL, f"/unbind@{town.bot['username']}")
    await settled(server, app)
    third = await parent.complains(app, WORDS + " and again")
    assert not any(number.shown(third) in each for each in in_group(server, forum.id))


async def test_a_group_keeps_its_binding_as_a_supergroup_and_its_people_hear_when_it_ends(
    server: PlaygroundServer, app: App
) -> None:
    parent, official = (talker(server, person, "ru") for person in (PARENT_RU, OFFICIAL))
    for each in (parent, official):
        await each.begins()
    await gives(app, OFFICIAL, "official", **REGION)
    await bind(server, app, OFFICIAL)
    moved = server.town.migrate(GROUP)
    await settled(server, app)
    own = await parent.complains(app)
    assert any(number.shown(own) in each for each in in_group(server, moved.id))
    server.town.set_member(moved.id, server.town.bot_id, "remove")
    await official.settled(app)
    assert official.has(moved.title)
    second = await parent.complains(app, WORDS + " again")
    assert official.has(number.shown(second))
    assert not any(number.shown(second) in each for each in in_group(server, moved.id))


async def test_a_parent_who_blocked_the_bot_is_shown_to_the_official(
    server: PlaygroundServer, app: App
) -> None:
    parent, official = (talker(server, person, "ru") for person in (PARENT_RU, OFFICIAL))
    for each in (parent, official):
        await each.begins()
    await gives(app, OFFICIAL, "official", **REGION)
    own = await parent.complains(app)
    server.town.block(PARENT_RU)
    await official.replies(app, official.got("would not take my papers"), "A made-up answer")
    assert official.has("⚠", number.shown(own), "заблокировал") == 1
    assert official.has("⏳") == 0
    server.town.unblock(PARENT_RU)
    await parent.says("/complaints")
    await parent.presses_data(parent.last()["message_id"], OpenComplaint(own).pack())
    assert "A made-up answer" in parent.text
