"""Whatever a bot asks, it gets an answer or a refusal in words; nothing breaks the town."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.calls import Call, Upload
from bot.playground.errors import ApiError
from bot.playground.exchange import Exchange
from bot.playground.limits import Limits
from bot.playground.methods import METHODS
from bot.playground.methods.registry import Method
from bot.playground.town import Town
from tests.bot.playground.helpers import GROUP, OFFICIAL, PARENT, Clock, png

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts)
NAMES = st.sampled_from(
    ["type", "text", "offset", "length", "inline_keyboard", "keyboard", "url", "id", "media"]
) | st.sampled_from(
    ["callback_data", "caption", "message_id", "input_message_content", "chat_id", "copy_text"]
)
structures = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=8,
)
entities = st.lists(
    st.fixed_dictionaries(
        {}, optional={"type": texts, "offset": scalars, "length": st.integers(-1, 5), "url": texts}
    ),
    max_size=3,
)
buttons = st.fixed_dictionaries(
    {"text": texts},
    optional={"callback_data": texts, "url": texts, "copy_text": structures, "pay": scalars},
)
keyboards = st.sampled_from(["inline_keyboard", "keyboard"]).flatmap(
    lambda name: st.fixed_dictionaries({name: st.lists(st.lists(buttons, max_size=2), max_size=2)})
)
LIKELY: dict[str, st.SearchStrategy[Any]] = {
    "chat_id": st.sampled_from([PARENT, GROUP, str(PARENT), "@aigul_play", "x", 5]),
    "from_chat_id": st.sampled_from([PARENT, GROUP]),
    "text": texts | st.sampled_from(["<b>x</b>", "/a", "<"]),
    "parse_mode": st.sampled_from(["HTML", "", "x"]),
    "entities": entities | structures,
    "caption_entities": entities | structures,
    "reply_markup": keyboards | structures,
    "media": st.lists(
        st.fixed_dictionaries(
            {"type": st.just("photo"), "media": st.just("attach://file")},
            optional={"caption": texts, "caption_entities": entities | structures},
        ),
        max_size=2,
    )
    | structures,
    "latitude": st.floats(-100, 100),
    "longitude": st.floats(-200, 200),
    "callback_query_id": st.sampled_from(["1", "press"]),
    "inline_query_id": st.sampled_from(["1", "ask"]),
    "document": st.sampled_from(["attach://file", "x"]),
    "photo": st.sampled_from(["attach://file", "x"]),
}


def small_town() -> tuple[Exchange, list[int]]:
    town = Town(Clock(), 1)
    ids = [
        town.say(PARENT, PARENT, "/start")["message_id"],
        town.say(GROUP, OFFICIAL, "/x")["message_id"],
    ]
    chat = town.chat(PARENT)
    own = town.compose(chat, town.bot, text="mine")
    town.post(chat, own)
    press, ask = (
        town.press(PARENT, PARENT, own["message_id"], data="a"),
        town.ask_inline(PARENT, ""),
    )
    town.presses["press"] = town.presses.pop(press)
    town.inline_asks["ask"] = town.inline_asks.pop(ask)
    return Exchange(town, Limits(town.clock, enforced=False)), [*ids, own["message_id"]]


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)
@settings(max_examples=30)
@given(data=st.data())
def test_junk_is_answered_or_refused(method: Method, data: st.DataObject) -> None:
    exchange, ids = small_town()
    known = {**LIKELY, "message_id": st.sampled_from(ids)}
    params: dict[str, Any] = {}
    for name in sorted(method.takes):
        value = data.draw(known.get(name, structures), label=name)
        if value is not None:
            as_text = isinstance(value, list | dict) and data.draw(st.booleans())
            params[name] = json.dumps(value) if as_text else value
    files = {"file": Upload("a.png", png())}
    outcome: Any = None
    try:
        outcome = method.handle(exchange, Call(method.name, method.takes, params, files))
    except ApiError as refused:
        outcome = refused.body()
    assert json.dumps(outcome) is not None
