"""Keyboards as Telegram reads them, given as plain structures."""

from typing import Any

import pytest

from bot.playground.errors import ApiError
from bot.playground.keyboards import checked_inline, checked_markup

BUTTON = {"text": "x", "callback_data": "x"}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (None, None),
        ({}, None),
        ({"inline_keyboard": []}, None),
        ({"inline_keyboard": [[], [BUTTON]]}, {"inline_keyboard": [[BUTTON]]}),
        (
            {"keyboard": [["a", {"text": "b"}]], "resize_keyboard": True},
            {"keyboard": [[{"text": "a"}, {"text": "b"}]], "resize_keyboard": True},
        ),
        ({"remove_keyboard": True}, {"remove_keyboard": True}),
        ({"force_reply": True}, {"force_reply": True}),
    ],
)
def test_keyboards_are_kept_as_telegram_keeps_them(given: Any, kept: Any) -> None:
    assert checked_markup(given) == kept


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ([], "object expected as reply markup"),
        ({"x": 1}, "can't parse reply markup"),
        (
            {"inline_keyboard": [BUTTON]},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (
            {"keyboard": "x"},
            'field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays',
        ),
        ({"inline_keyboard": [["x"]]}, "InlineKeyboardButton must be an Object"),
        ({"inline_keyboard": [[{"url": "https://e.kz"}]]}, 'Can\'t find field "text"'),
        ({"inline_keyboard": [[{"text": " ", "callback_data": "x"}]]}, "BUTTON_TEXT_INVALID"),
        (
            {"inline_keyboard": [[{"text": "x", "copy_text": {"text": "y" * 257}}]]},
            "BUTTON_COPY_TEXT_INVALID",
        ),
        ({"keyboard": [[{}]]}, 'Can\'t find field "text"'),
        ({"keyboard": [[{"text": ""}]]}, "Text must be non-empty"),
        ({"keyboard": [["x"]] * 301}, "reply markup is too long"),
    ],
)
def test_wrong_keyboards_are_refused(given: Any, why: str) -> None:
    with pytest.raises(ApiError) as refused:
        checked_markup(given)
    assert why in refused.value.description


def test_only_inline_keyboards_stand_under_edited_messages() -> None:
    with pytest.raises(ApiError, match="inline keyboard expected"):
        checked_inline({"keyboard": [["x"]]})
