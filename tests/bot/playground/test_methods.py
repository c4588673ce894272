"""Every method is one of Telegram's, and takes only parameters that Telegram knows."""

import aiogram.methods
import pytest

from bot.playground.calls import Call
from bot.playground.methods import METHODS
from bot.playground.methods.registry import Method
from bot.playground.polling import TAKES

TELEGRAMS = {
    model.__api_method__: frozenset(model.model_fields)
    for name in aiogram.methods.__all__
    if (model := getattr(aiogram.methods, name)) and hasattr(model, "model_fields")
    if isinstance(getattr(model, "__api_method__", None), str)
}


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)
def test_method_and_its_parameters_are_telegrams(method: Method) -> None:
    assert method.name in TELEGRAMS
    assert method.takes <= TELEGRAMS[method.name]


def test_polling_takes_telegrams_parameters() -> None:
    assert TELEGRAMS["getUpdates"] == TAKES


def test_reading_what_was_not_declared_fails_loudly() -> None:
    call = Call("getMe", frozenset({"a"}), {"b": 1}, {})
    with pytest.raises(KeyError, match="does not declare the parameter b"):
        call.text("b")
