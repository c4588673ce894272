"""Sending through a real aiogram bot: what comes back, and every refusal in Telegram's words."""

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyParameters,
)

from bot.playground.server import PlaygroundServer
from tests.bot.playground.helpers import GROUP, OTHER_PARENT, Clock, close, keyboard


async def refusal(sending: object) -> str:
    with pytest.raises(TelegramBadRequest) as error:
        await sending  # type: ignore[misc]
    return error.value.message


async def test_bot_knows_itself(bot: Bot) -> None:
    me = await bot.get_me()
    assert me.is_bot
    assert me.username == "bagyt_playground_bot"
    assert me.can_read_all_group_messages is False


async def test_message_comes_back_as_telegram_keeps_it(bot: Bot, parent: int) -> None:
    sent = await bot.send_message(
        parent,
        "<b>Сәлем</b> 😀 <a href='https://e.kz'>x</a>",
        reply_markup=keyboard(["a", "b"], ["c"]),
        protect_content=True,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    assert sent.text == "Сәлем 😀 x"
    assert sent.html_text == '<b>Сәлем</b> 😀 <a href="https://e.kz">x</a>'
    assert sent.from_user is not None
    assert sent.from_user.id == bot.id
    assert sent.chat.id == parent
    assert sent.reply_markup is not None
    assert sent.reply_markup.model_dump() == keyboard(["a", "b"], ["c"]).model_dump()
    assert sent.has_protected_content


async def test_reply_keyboard_reaches_the_page_but_not_the_bot(
    bot: Bot, server: PlaygroundServer, parent: int
) -> None:
    markup = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="x", request_location=True)]])
    sent = await bot.send_message(parent, "x", reply_markup=markup)
    assert sent.reply_markup is None
    event = await server.next_event(parent, ("message",))
    assert event["keyboard"]["keyboard"][0][0] == {"text": "x", "request_location": True}


@pytest.mark.parametrize("text", ["x" * 4096, "қ" * 4096, "😀" * 2048, f"<b>{'x' * 4096}</b>"])
async def test_longest_text_passes(bot: Bot, parent: int, text: str) -> None:
    assert (await bot.send_message(parent, text)).text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "message text is empty"),
        ("  \n ", "message text is empty"),
        ("<b></b>", "text must be non-empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
        ("<b>x", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
    ],
)
async def test_wrong_text_is_refused(bot: Bot, parent: int, text: str, why: str) -> None:
    assert await refusal(bot.send_message(parent, text)) == f"Bad Request: {why}"


@pytest.mark.parametrize("size", [0, 65])
async def test_callback_data_has_1_to_64_bytes(
    server: PlaygroundServer, parent: int, size: int
) -> None:
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "x" * size}]]}
    body = {"chat_id": parent, "text": "x", "reply_markup": markup}
    async with (
        aiohttp.ClientSession(server.url) as session,
        session.post(f"/bot{server.token}/sendMessage", json=body) as response,
    ):
        assert response.status == 400
        assert (await response.json())["description"] == "Bad Request: BUTTON_DATA_INVALID"


async def test_64_bytes_of_callback_data_pass_and_cyrillic_counts_twice(
    bot: Bot, parent: int
) -> None:
    await bot.send_message(parent, "x", reply_markup=keyboard(["қ" * 32]))
    why = await refusal(bot.send_message(parent, "x", reply_markup=keyboard(["қ" * 32 + "x"])))
    assert why == "Bad Request: BUTTON_DATA_INVALID"


async def test_hundred_buttons_pass_and_no_more(bot: Bot, parent: int) -> None:
    await bot.send_message(parent, "x", reply_markup=keyboard(*[["x"] * 4] * 25))
    why = await refusal(bot.send_message(parent, "x", reply_markup=keyboard(*[["x"]] * 101)))
    assert why == "Bad Request: reply markup is too long"


async def test_ten_thousand_bytes_of_buttons_are_too_many(bot: Bot, parent: int) -> None:
    markup = keyboard(*[["қ" * 30]] * 90)
    why = await refusal(bot.send_message(parent, "x", reply_markup=markup))
    assert why == "Bad Request: reply markup is too long"


@pytest.mark.parametrize(
    ("button", "why"),
    [
        (
            InlineKeyboardButton(text="x"),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            InlineKeyboardButton(text="x", url="javascript:alert(1)"),
            "inline keyboard button URL 'javascript:alert(1)' is invalid: Unsupported URL protocol",
        ),
        (
            InlineKeyboardButton(text="x", url="nowhere"),
            "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
        ),
    ],
)
async def test_wrong_buttons_are_refused(
    bot: Bot, parent: int, button: InlineKeyboardButton, why: str
) -> None:
    markup = InlineKeyboardMarkup(inline_keyboard=[[button]])
    assert (
        await refusal(bot.send_message(parent, "x", reply_markup=markup)) == f"Bad Request: {why}"
    )


@pytest.mark.parametrize("url", ["https://t.me/x?start=1", "tg://user?id=1", "gov.kz/a"])
async def test_buttons_with_addresses_pass(bot: Bot, parent: int, url: str) -> None:
    markup = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="x", url=url)]])
    kept = (await bot.send_message(parent, "x", reply_markup=markup)).reply_markup
    assert kept is not None
    assert kept.model_dump() == markup.model_dump()


async def test_reply_carries_the_message_replied_to(
    bot: Bot, server: PlaygroundServer, parent: int
) -> None:
    asked = server.town.say(parent, parent, "?")
    sent = await bot.send_message(
        parent, "!", reply_parameters=ReplyParameters(message_id=asked["message_id"])
    )
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "?"


async def test_reply_to_nothing_is_refused_unless_allowed(bot: Bot, parent: int) -> None:
    why = await refusal(bot.send_message(parent, "!", reply_to_message_id=5))
    assert why == "Bad Request: message to be replied not found"
    lenient = ReplyParameters(message_id=5, allow_sending_without_reply=True)
    assert (await bot.send_message(parent, "!", reply_parameters=lenient)).reply_to_message is None


async def test_unknown_thread_is_refused(bot: Bot, parent: int) -> None:
    why = await refusal(bot.send_message(parent, "!", message_thread_id=7))
    assert why == "Bad Request: message thread not found"


@pytest.mark.parametrize("chat", [5, -5, "@nobody_at_all"])
async def test_unknown_chat_is_not_found(bot: Bot, chat: int | str) -> None:
    assert await refusal(bot.send_message(chat, "x")) == "Bad Request: chat not found"


async def test_who_never_started_cannot_be_written_to(bot: Bot) -> None:
    with pytest.raises(TelegramForbiddenError) as error:
        await bot.send_message(OTHER_PARENT, "x")
    assert error.value.message == "Forbidden: bot can't initiate conversation with a user"


async def test_who_blocked_cannot_be_written_to(
    bot: Bot, server: PlaygroundServer, parent: int
) -> None:
    server.town.block(parent)
    with pytest.raises(TelegramForbiddenError) as error:
        await bot.send_message(parent, "x")
    assert error.value.message == "Forbidden: bot was blocked by the user"


async def test_deleted_account_cannot_be_written_to(
    bot: Bot, server: PlaygroundServer, parent: int
) -> None:
    server.town.change_person(parent, deactivated=True)
    with pytest.raises(TelegramForbiddenError) as error:
        await bot.send_message(parent, "x")
    assert error.value.message == "Forbidden: user is deactivated"


async def test_fourth_message_in_a_second_is_refused(bot: Bot, parent: int, clock: Clock) -> None:
    sent = [await bot.send_message(parent, "x") for _ in range(3)]
    with pytest.raises(TelegramRetryAfter) as error:
        await bot.send_message(parent, "x")
    assert error.value.retry_after == 1
    await bot.edit_message_text("y", chat_id=parent, message_id=sent[0].message_id)
    clock.pass_by(1)
    assert (await bot.send_message(parent, "x")).text == "x"


async def test_twenty_first_message_in_a_minute_to_a_group_is_refused(bot: Bot) -> None:
    for _ in range(20):
        await bot.send_message(GROUP, "x")
    with pytest.raises(TelegramRetryAfter) as error:
        await bot.send_message(GROUP, "x")
    assert error.value.retry_after == 60


async def test_places_and_contacts_are_sent(bot: Bot, parent: int, clock: Clock) -> None:
    clock.pass_by(10)
    location = await bot.send_location(parent, 43.2, 76.9)
    assert location.location is not None
    assert location.location.latitude == 43.2
    venue = await bot.send_venue(parent, 43.2, 76.9, "Акимат", "пр. Абая, 1")
    assert venue.venue is not None
    assert (venue.venue.title, venue.venue.address) == ("Акимат", "пр. Абая, 1")
    contact = await bot.send_contact(parent, "+77001112233", "Болат", last_name="А.")
    assert contact.contact is not None
    assert contact.contact.phone_number == "+77001112233"


async def test_place_off_the_globe_is_refused(bot: Bot, parent: int) -> None:
    why = await refusal(bot.send_location(parent, 91, 10))
    assert why == "Bad Request: wrong location specified"


async def test_chat_action_is_shown(bot: Bot, server: PlaygroundServer, parent: int) -> None:
    assert await bot.send_chat_action(parent, "typing")
    event = await server.next_event(parent, ("action",))
    assert event["action"] == "typing"
    why = await refusal(bot.send_chat_action(parent, "singing"))
    assert why == "Bad Request: wrong parameter action in request"


async def test_wrong_token_is_unauthorized(bot: Bot) -> None:
    stranger = Bot("1:wrong", session=bot.session)
    with pytest.raises(TelegramUnauthorizedError) as error:
        await stranger.get_me()
    assert error.value.message == "Unauthorized"
    await close(stranger)


async def test_unknown_method_is_not_found(
    web: aiohttp.ClientSession, server: PlaygroundServer
) -> None:
    async with web.get(f"/bot{server.token}/sendPigeon") as response:
        assert response.status == 404
        assert await response.json() == {
            "ok": False,
            "error_code": 404,
            "description": "Not Found: method not found",
        }


@pytest.mark.parametrize("way", ["query", "form", "json", "parts"])
async def test_parameters_come_in_any_of_telegrams_ways(
    web: aiohttp.ClientSession, server: PlaygroundServer, parent: int, way: str
) -> None:
    path = f"/bot{server.token}/SENDmessage"
    values = {"chat_id": str(parent), "text": "қала"}
    if way == "query":
        request = web.get(path, params=values)
    elif way == "form":
        request = web.post(path, data=values)
    elif way == "json":
        request = web.post(path, json=values)
    else:
        parts = aiohttp.MultipartWriter("form-data")
        for name, value in values.items():
            parts.append(value).set_content_disposition("form-data", name=name)
        request = web.post(path, data=parts)
    async with request as response:
        body = await response.json()
    assert body["ok"]
    assert body["result"]["text"] == "қала"


async def test_calls_are_recorded_with_their_outcome(
    bot: Bot, server: PlaygroundServer, parent: int
) -> None:
    sent = await bot.send_message(parent, "x")
    await refusal(bot.send_message(parent, "<b>"))
    good, bad = server.calls.of("sendMessage")
    assert good.params["text"] == "x"
    assert good.result["message_id"] == sent.message_id
    assert good.error is None
    assert bad.error is not None
    assert "can't parse entities" in bad.error


async def test_restarted_town_never_reuses_ids(clock: Clock) -> None:
    async with PlaygroundServer(clock=clock) as first:
        last = first.town.say(OTHER_PARENT, OTHER_PARENT, "x")
        seen = first.town.updates.first(1)[0]["update_id"]
    clock.pass_by(60)
    async with PlaygroundServer(clock=clock) as second:
        new = second.town.say(OTHER_PARENT, OTHER_PARENT, "x")
        assert new["message_id"] > last["message_id"]
        assert second.town.updates.first(1)[0]["update_id"] > seen
