"""Inline results of every kind that the town can send, and their refusals."""

from typing import Any

import pytest

from bot.playground.calls import Call
from bot.playground.errors import ApiError
from bot.playground.exchange import Exchange
from bot.playground.limits import Limits
from bot.playground.methods import METHODS
from bot.playground.town import Town
from tests.bot.playground.helpers import PARENT, Clock


@pytest.fixture
def town() -> Town:
    return Town(Clock(), 1)


def answer(town: Town, query_id: str, results: list[dict[str, Any]]) -> None:
    method = METHODS["answerinlinequery"]
    params = {"inline_query_id": query_id, "results": results}
    exchange = Exchange(town, Limits(town.clock))
    method.handle(exchange, Call(method.name, method.takes, params, {}))


@pytest.mark.parametrize(
    ("result", "content"),
    [
        ({"input_message_content": {"message_text": "қ"}}, {"text": "қ"}),
        ({"latitude": 1.5, "longitude": 2.5}, {"location": {"latitude": 1.5, "longitude": 2.5}}),
        (
            {"latitude": 1.5, "longitude": 2.5, "title": "T", "address": "A"},
            {
                "venue": {
                    "location": {"latitude": 1.5, "longitude": 2.5},
                    "title": "T",
                    "address": "A",
                }
            },
        ),
        (
            {"input_message_content": {"phone_number": "+7", "first_name": "A"}},
            {"contact": {"phone_number": "+7", "first_name": "A"}},
        ),
    ],
)
def test_chosen_result_is_sent(town: Town, result: dict[str, Any], content: dict[str, Any]) -> None:
    query_id = town.ask_inline(PARENT, "x")
    answer(town, query_id, [{"type": "article", "id": "1", **result}])
    sent = town.choose_inline(PARENT, PARENT, query_id, "1")
    assert content.items() <= sent.items()
    assert sent["via_bot"]["id"] == town.bot_id


TEXT = {"input_message_content": {"message_text": "x"}}


@pytest.mark.parametrize(
    ("results", "why"),
    [
        ([{"id": "", **TEXT}], "RESULT_ID_INVALID"),
        ([{"id": "x" * 65, **TEXT}], "RESULT_ID_INVALID"),
        ([{"id": "1", **TEXT}] * 2, "RESULT_ID_DUPLICATE"),
        ([{"id": str(number), **TEXT} for number in range(51)], "RESULTS_TOO_MUCH"),
        ([{"id": "1", "input_message_content": {"message_text": " "}}], "message text is empty"),
        ([{"id": "1"}], 'Can\'t find field "input_message_content"'),
    ],
)
def test_wrong_results_are_refused(town: Town, results: list[dict[str, Any]], why: str) -> None:
    with pytest.raises(ApiError) as refused:
        answer(town, town.ask_inline(PARENT, "x"), results)
    assert why in refused.value.description
