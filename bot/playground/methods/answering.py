"""Answering presses of buttons and inline queries.

Telegram does not say how long a query lives; bots report about fifteen seconds for a press and
about ten for an inline query, though the update itself waits longer for a bot that is away.
"""

import re
from typing import Any

from bot.playground.calls import Call
from bot.playground.errors import bad_request
from bot.playground.exchange import Exchange
from bot.playground.formatting import formatted
from bot.playground.keyboards import checked_inline
from bot.playground.methods.registry import method
from bot.playground.residents import Message

LONGEST_ANSWER = 200
PRESS_LIVES_SECONDS = 15
INLINE_LIVES_SECONDS = 10
MOST_RESULTS = 50
LONGEST_RESULT_ID = 64
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer_callback_query(exchange: Exchange, call: Call) -> bool:
    """Each press is answered once, in time."""
    town = exchange.town
    query_id = call.text("callback_query_id")
    press = town.presses.get(query_id)
    if press is None or press.answered or town.clock() - press.at > PRESS_LIVES_SECONDS:
        raise bad_request(TOO_OLD)
    text, url = call.text("text"), call.text("url")
    if len(text) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    username = re.escape(str(town.bot["username"]))
    if url and not re.match(rf"(?i)(https?://)?t\.me/{username}\?start=", url):
        raise bad_request("URL_INVALID")
    press.answered = True
    del town.presses[query_id]
    town.feed.add(
        "callback_answer",
        press.chat,
        callback=query_id,
        person=press.person,
        text=text,
        alert=call.flag("show_alert"),
        url=url,
    )
    return True


def answer_inline_query(exchange: Exchange, call: Call) -> bool:
    town = exchange.town
    query_id = call.text("inline_query_id")
    ask = town.inline_asks.get(query_id)
    if ask is None or town.clock() - ask.at > INLINE_LIVES_SECONDS:
        raise bad_request(TOO_OLD)
    results = call.objects("results")
    if len(results) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    kept: dict[str, dict[str, Any]] = {}
    for result in results:
        result_id = str(result.get("id", ""))
        if not 1 <= len(result_id.encode()) <= LONGEST_RESULT_ID:
            raise bad_request("RESULT_ID_INVALID")
        if result_id in kept:
            raise bad_request("RESULT_ID_DUPLICATE")
        kept[result_id] = {
            "title": str(result.get("title", "")),
            "description": str(result.get("description", "")),
            "type": str(result.get("type", "")),
            "content": _content(result),
            "reply_markup": checked_inline(result.get("reply_markup")),
        }
    ask.results = kept
    shown = [
        {"id": key, **{name: value[name] for name in ("type", "title", "description")}}
        for key, value in kept.items()
    ]
    button = call.json("button")
    town.feed.add(
        "inline_results",
        ask.person,
        person=ask.person,
        query_id=query_id,
        results=shown,
        button=button,
    )
    return True


def _content(result: dict[str, Any]) -> Message:
    """What the chosen result will say."""
    given = result.get("input_message_content")
    if isinstance(given, dict) and "message_text" in given:
        text, entities = formatted(
            str(given["message_text"]), str(given.get("parse_mode") or ""), given.get("entities")
        )
        if not text:
            raise bad_request("message text is empty")
        return {"text": text, "entities": entities} if entities else {"text": text}
    place = given if isinstance(given, dict) and "latitude" in given else result
    if "latitude" in place and "longitude" in place:
        location = {"latitude": place["latitude"], "longitude": place["longitude"]}
        if "address" in place:
            title = str(place.get("title", ""))
            venue = {"location": location, "title": title, "address": place["address"]}
            return {"venue": venue, "location": location}
        return {"location": location}
    if isinstance(given, dict) and "phone_number" in given:
        return {"contact": given}
    raise bad_request("can't parse inline query result: Can't find field \"input_message_content\"")


METHODS = (
    method(
        "answerCallbackQuery",
        answer_callback_query,
        "callback_query_id",
        "text",
        "show_alert",
        "url",
        "cache_time",
    ),
    method(
        "answerInlineQuery",
        answer_inline_query,
        "inline_query_id",
        "results",
        "cache_time",
        "is_personal",
        "next_offset",
        "button",
    ),
)
