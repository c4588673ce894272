"""What reaches the log: events and places in the code, never tokens or what people said."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from bot.watch.logs import set_up_logs, where_it_broke

TOKEN = "12345678:abcdefghijklmnopqrstuvwxyz_0123"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    set_up_logs("info", "json")
    handler = logging.getLogger().handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    stream = io.StringIO()
    before = handler.setStream(stream)
    yield stream
    handler.setStream(before)
    set_up_logs("warning", "json")


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(each) for each in stream.getvalue().splitlines()]


def breaks() -> None:
    raise ValueError("Айгүл, +7 701 000 00 00")


def test_an_event_is_one_line_of_json(written: io.StringIO) -> None:
    structlog.get_logger("bot.test").info("sent", chat="private", number=3)
    (line,) = lines(written)
    assert (line["event"], line["level"], line["number"]) == ("sent", "info", 3)


def test_a_fault_is_its_kind_and_its_way_without_its_words(written: io.StringIO) -> None:
    try:
        breaks()
    except ValueError:
        structlog.get_logger("bot.test").exception("fault")
    (line,) = lines(written)
    assert line["fault"] == "ValueError"
    assert line["at"][-1].startswith("tests/bot/watch/test_logs.py:")
    assert "Айгүл" not in written.getvalue()
    assert "701" not in written.getvalue()


def test_a_token_is_masked_wherever_it_comes_from(written: io.StringIO) -> None:
    structlog.get_logger("bot.test").warning("called", url=f"https://x/bot{TOKEN}/getMe")
    logging.getLogger("some.library").warning("called %s", f"bot{TOKEN}")
    assert len(lines(written)) == 2
    assert TOKEN not in written.getvalue()
    assert "<token>" in written.getvalue()


def test_a_place_in_the_code_names_no_folder_of_the_machine() -> None:
    with pytest.raises(ValueError, match="Айгүл") as caught:
        breaks()
    assert all(not each.startswith("/") for each in where_it_broke(caught.value))
