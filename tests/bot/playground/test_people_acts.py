"""What people do reaches the bot as updates, of Telegram's form."""

from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import InaccessibleMessage, InputTextMessageContent, Message, Update
from aiogram.types import InlineQueryResultArticle as Article

from bot.playground.errors import TownError
from bot.playground.server import PlaygroundServer
from tests.bot.playground.helpers import OTHER_PARENT, PARENT, Clock, keyboard, kinds, png

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def one(bot: Bot) -> Update:
    """The only update that waits; it is confirmed."""
    updates = await bot.get_updates()
    assert len(updates) == 1, kinds(updates)
    await bot.get_updates(offset=updates[0].update_id + 1)
    return updates[0]


async def message(bot: Bot) -> Message:
    received = (await one(bot)).message
    assert received is not None
    return received


async def test_text_with_a_command(bot: Bot, server: PlaygroundServer) -> None:
    server.town.say(PARENT, PARENT, "/start abc_1")
    received = await message(bot)
    assert received.text == "/start abc_1"
    assert received.entities is not None
    assert received.entities[0].type == "bot_command"
    assert received.from_user is not None
    assert received.from_user.language_code == "kk"
    assert received.chat.type == "private"


async def test_edited_message(bot: Bot, server: PlaygroundServer, parent: int) -> None:
    said = server.town.say(parent, parent, "a")
    await one(bot)
    server.town.edit(parent, parent, said["message_id"], "b")
    edited = (await one(bot)).edited_message
    assert edited is not None
    assert (edited.message_id, edited.text) == (said["message_id"], "b")
    assert edited.edit_date


async def test_press_and_its_answer(bot: Bot, server: PlaygroundServer, parent: int) -> None:
    sent = await bot.send_message(parent, "x", reply_markup=keyboard(["a", "b"]))
    query_id = server.town.press(parent, parent, sent.message_id, row=0, col=1)
    query = (await one(bot)).callback_query
    assert query is not None
    assert (query.id, query.data) == (query_id, "b")
    assert isinstance(query.message, Message)
    assert query.message.text == "x"
    await query.answer("done", show_alert=True)
    answer = await server.next_answer(query_id)
    assert (answer["person"], answer["text"], answer["alert"]) == (parent, "done", True)


async def test_press_on_a_deleted_message(bot: Bot, server: PlaygroundServer, parent: int) -> None:
    sent = await bot.send_message(parent, "x", reply_markup=keyboard(["a"]))
    await sent.delete()
    with pytest.raises(TownError, match="press by `data`"):
        server.town.press(parent, parent, sent.message_id, row=0, col=0)
    server.town.press(parent, parent, sent.message_id, data="a")
    query = (await one(bot)).callback_query
    assert query is not None
    assert isinstance(query.message, InaccessibleMessage)
    assert (query.message.chat.id, query.message.message_id) == (parent, sent.message_id)


async def test_press_is_answered_once_and_in_time(
    bot: Bot, server: PlaygroundServer, parent: int, clock: Clock
) -> None:
    sent = await bot.send_message(parent, "x", reply_markup=keyboard(["a"]))
    first = server.town.press(parent, parent, sent.message_id, row=0, col=0)
    assert await bot.answer_callback_query(first)
    late = server.town.press(parent, parent, sent.message_id, row=0, col=0)
    clock.pass_by(16)
    for query_id in (first, late, "never"):
        with pytest.raises(TelegramBadRequest) as error:
            await bot.answer_callback_query(query_id)
        assert error.value.message == TOO_OLD


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ({"text": "x" * 201}, "MESSAGE_TOO_LONG"),
        ({"url": "https://e.kz"}, "URL_INVALID"),
    ],
)
async def test_wrong_answer_is_refused(
    bot: Bot, server: PlaygroundServer, parent: int, answer: dict[str, str], why: str
) -> None:
    query_id = server.town.press(parent, parent, 1, data="a")
    with pytest.raises(TelegramBadRequest) as error:
        await bot.answer_callback_query(query_id, **answer)  # type: ignore[arg-type]
    assert error.value.message == f"Bad Request: {why}"


async def test_answer_may_open_a_deep_link(bot: Bot, server: PlaygroundServer, parent: int) -> None:
    query_id = server.town.press(parent, parent, 1, data="a")
    url = "https://t.me/bagyt_playground_bot?start=x"
    assert await bot.answer_callback_query(query_id, url=url)
    assert (await server.next_answer(query_id))["url"] == url


async def test_places_and_contacts(bot: Bot, server: PlaygroundServer, parent: int) -> None:
    server.town.share_location(parent, parent, 43.25, 76.95)
    location = (await message(bot)).location
    assert location is not None
    assert (location.latitude, location.longitude) == (43.25, 76.95)
    server.town.share_venue(parent, parent, 43.25, 76.95, title="A", address="B")
    venue = (await message(bot)).venue
    assert venue is not None
    assert venue.title == "A"
    for whose, owner in ((None, parent), (OTHER_PARENT, OTHER_PARENT), ("Әже", None)):
        server.town.share_contact(parent, parent, "+77010000000", whose)
        contact = (await message(bot)).contact
        assert contact is not None
        assert contact.user_id == owner


@pytest.mark.parametrize("place", [(91, 0), (0, 181)])
def test_place_must_be_on_the_globe(
    server: PlaygroundServer, parent: int, place: tuple[float, float]
) -> None:
    with pytest.raises(TownError, match="is not a place"):
        server.town.share_location(parent, parent, *place)


async def test_album_comes_as_separate_updates(
    bot: Bot, server: PlaygroundServer, parent: int
) -> None:
    for number in range(3):
        server.town.upload(parent, parent, "photo", png(), f"{number}.png", album="a1")
    updates = await bot.get_updates()
    photos = [update.message for update in updates if update.message]
    assert [photo.media_group_id for photo in photos] == ["a1"] * 3


@pytest.mark.parametrize("kind", ["photo", "document", "voice", "video", "audio", "sticker"])
async def test_files_of_every_kind(
    bot: Bot, server: PlaygroundServer, parent: int, kind: str
) -> None:
    server.town.upload(parent, parent, kind, png(400, 300), "a.png")
    received = await message(bot)
    found: Any = getattr(received, kind)
    assert found, kind
    file = await bot.get_file(found[-1].file_id if kind == "photo" else found.file_id)
    assert file.file_path is not None
    content = await bot.download_file(file.file_path)
    assert content is not None
    assert content.read() == png(400, 300)


async def test_photo_has_sizes(bot: Bot, server: PlaygroundServer, parent: int) -> None:
    server.town.upload(parent, parent, "photo", png(1600, 1200), "a.png")
    photo = (await message(bot)).photo
    assert photo is not None
    assert [(size.width, size.height) for size in photo] == [
        (90, 67),
        (320, 240),
        (800, 600),
        (1600, 1200),
    ]


def test_photo_must_be_a_picture(server: PlaygroundServer, parent: int) -> None:
    with pytest.raises(TownError, match="send it as a document"):
        server.town.upload(parent, parent, "photo", b"text", "a.png")


async def test_forwarded_messages(bot: Bot, server: PlaygroundServer, parent: int) -> None:
    server.town.say(parent, parent, "x", forward_from=OTHER_PARENT)
    origin = (await message(bot)).forward_origin
    assert origin is not None
    assert origin.type == "user"
    server.town.say(parent, parent, "x", forward_from="Біреу")
    origin = (await message(bot)).forward_origin
    assert origin is not None
    assert origin.type == "hidden_user"


async def test_reply(bot: Bot, server: PlaygroundServer, parent: int) -> None:
    sent = await bot.send_message(parent, "?")
    server.town.say(parent, parent, "!", reply_to=sent.message_id)
    replied = (await message(bot)).reply_to_message
    assert replied is not None
    assert replied.text == "?"
    assert replied.from_user is not None
    assert replied.from_user.id == bot.id


async def test_blocking_and_coming_back(bot: Bot, server: PlaygroundServer, parent: int) -> None:
    server.town.block(parent)
    server.town.block(parent)
    change = (await one(bot)).my_chat_member
    assert change is not None
    assert change.old_chat_member.status == "member"
    assert change.new_chat_member.status == "kicked"
    with pytest.raises(TownError, match="has blocked the bot"):
        server.town.say(parent, parent, "x")
    server.town.say(parent, parent, "/start again")
    updates = await bot.get_updates()
    assert kinds(updates) == ["my_chat_member", "message"]
    assert updates[0].my_chat_member is not None
    assert updates[0].my_chat_member.new_chat_member.status == "member"


async def test_inline_query_and_its_choice(bot: Bot, server: PlaygroundServer, parent: int) -> None:
    query_id = server.town.ask_inline(parent, "садик")
    query = (await one(bot)).inline_query
    assert query is not None
    assert (query.query, query.chat_type) == ("садик", "sender")
    content = InputTextMessageContent(message_text="<b>x</b>")
    result = Article(id="1", title="X", input_message_content=content, reply_markup=keyboard(["a"]))
    await query.answer([result])
    event = await server.next_event(parent, ("inline_results",))
    assert event["results"] == [{"id": "1", "type": "article", "title": "X", "description": ""}]
    server.town.choose_inline(parent, parent, query_id, "1")
    sent, chosen = await bot.get_updates()
    assert sent.message is not None
    assert sent.message.via_bot is not None
    assert sent.message.html_text == "<b>x</b>"
    assert chosen.chosen_inline_result is not None
    inline_id = chosen.chosen_inline_result.inline_message_id
    assert await bot.edit_message_text("y", inline_message_id=inline_id) is True
    await bot.get_updates(offset=chosen.update_id + 1)
    server.town.press(parent, parent, sent.message.message_id, data="a")
    press = (await one(bot)).callback_query
    assert press is not None
    assert press.inline_message_id == inline_id


async def test_late_inline_answer_is_refused(
    bot: Bot, server: PlaygroundServer, parent: int, clock: Clock
) -> None:
    query_id = server.town.ask_inline(parent, "x")
    clock.pass_by(11)
    with pytest.raises(TelegramBadRequest) as error:
        await bot.answer_inline_query(query_id, [])
    assert error.value.message == TOO_OLD


def test_strangers_do_not_write_in_others_chats(server: PlaygroundServer, parent: int) -> None:
    with pytest.raises(TownError, match="belongs to one person"):
        server.town.say(parent, OTHER_PARENT, "x")


def test_deactivated_people_do_nothing(server: PlaygroundServer, parent: int) -> None:
    server.town.change_person(parent, deactivated=True)
    with pytest.raises(TownError, match="is deactivated"):
        server.town.say(parent, parent, "x")


@pytest.mark.parametrize("text", ["", "  ", "x" * 4097])
def test_people_too_have_limits(server: PlaygroundServer, parent: int, text: str) -> None:
    with pytest.raises(TownError, match="1 to 4096"):
        server.town.say(parent, parent, text)


async def test_reaction_must_be_asked_for(bot: Bot, server: PlaygroundServer, parent: int) -> None:
    sent = await bot.send_message(parent, "x")
    server.town.react(parent, parent, sent.message_id, "👍")
    assert await bot.get_updates(allowed_updates=["message", "message_reaction"]) == []
    server.town.react(parent, parent, sent.message_id, "👎")
    reaction = (await one(bot)).message_reaction
    assert reaction is not None
    assert reaction.message_id == sent.message_id


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (lambda town: town.edit(PARENT, PARENT, 1, "x"), "there is no message 1"),
        (lambda town: town.edit(PARENT, PARENT, town.said, " "), "a text has 1 to 4096"),
        (lambda town: town.edit(PARENT, PARENT, town.sent, "x"), "only one's own messages"),
        (lambda town: town.press(PARENT, PARENT, town.sent, row=0, col=5), "no button at row 0"),
        (lambda town: town.press(PARENT, PARENT, town.said), "there is no button"),
        (lambda town: town.press(PARENT, PARENT, town.sent, row=0, col=0), "opens something"),
        (lambda town: town.say(PARENT, PARENT, "x", reply_to=1), "no message 1 to reply to"),
        (lambda town: town.say(PARENT, PARENT, "x", thread=5), "there is no topic 5"),
        (lambda town: town.upload(PARENT, PARENT, "song", b"x"), "a file is one of"),
        (lambda town: town.upload(PARENT, PARENT, "document", b""), "the file is empty"),
        (
            lambda town: town.upload(PARENT, PARENT, "document", b"x", caption="x" * 1025),
            "at most 1024",
        ),
        (lambda town: town.delete(PARENT, 1), "there is no message 1"),
        (lambda town: town.react(PARENT, PARENT, 1), "there is no message 1"),
        (lambda town: town.person(1), "nobody here has the id 1"),
        (lambda town: town.add_person("x", id=PARENT), "is taken"),
    ],
)
def test_impossible_acts_are_explained(
    server: PlaygroundServer, parent: int, act: Any, why: str
) -> None:
    town: Any = server.town
    chat = town.chat(parent)
    button = {"text": "x", "url": "https://e.kz"}
    sent = town.compose(chat, town.bot, text="x", reply_markup={"inline_keyboard": [[button]]})
    town.post(chat, sent)
    town.sent, town.said = sent["message_id"], next(iter(chat.messages))
    with pytest.raises(TownError, match=why):
        act(town)


async def test_people_edit_captions(bot: Bot, server: PlaygroundServer, parent: int) -> None:
    sent = server.town.upload(parent, parent, "document", b"x", "a.txt", caption="/a")
    edited = server.town.edit(parent, parent, sent["message_id"], "b /c")
    assert edited["caption"] == "b /c"
    assert edited["caption_entities"] == [{"type": "bot_command", "offset": 2, "length": 2}]
    assert kinds(await bot.get_updates()) == ["message", "edited_message"]


async def test_person_is_found_by_username(bot: Bot, parent: int) -> None:
    assert (await bot.send_message("@Aigul_Play", "x")).chat.id == parent
