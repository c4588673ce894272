"""A screen that went through the queue shows the same as before."""

import json
from dataclasses import dataclass, replace
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from dialogs.action import Action
from dialogs.screen import (
    Ask,
    Button,
    File,
    FileKind,
    Inline,
    Link,
    Request,
    Screen,
    ScreenError,
)
from dialogs.screen_json import Packed, screen_from_json, screen_to_json


@dataclass(frozen=True, slots=True)
class Open(Action):
    code: ClassVar[str] = "test-open"
    number: int


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(
    str.strip
)
buttons = st.builds(
    Button,
    label=words,
    does=st.builds(Open, number=st.integers(0, 10**9))
    | st.builds(Link, url=words)
    | st.builds(Inline, query=words),
)
files = st.builds(
    File, kind=st.sampled_from(FileKind), name=words, content=st.binary(min_size=1)
) | st.builds(File, kind=st.sampled_from(FileKind), name=words, telegram_id=words)
screens = st.builds(
    Screen,
    text=words.map(lambda text: Markup("<b>{}</b>").format(text)),
    rows=st.lists(st.lists(buttons, max_size=3).map(tuple), max_size=3).map(tuple),
    file=st.none() | files,
    protect=st.booleans(),
    quiet=st.booleans(),
) | st.builds(
    Screen,
    text=words.map(Markup.escape),
    request=st.builds(Request, what=st.sampled_from(Ask), label=words),
)


def packed(screen: Screen) -> Screen:
    """The screen with its actions as a button holds them."""
    rows = tuple(
        tuple(
            replace(each, does=Packed(each.does.pack())) if isinstance(each.does, Action) else each
            for each in row
        )
        for row in screen.rows
    )
    return replace(screen, rows=rows)


@given(screens)
def test_what_is_read_back_shows_the_same(screen: Screen) -> None:
    written = json.loads(json.dumps(screen_to_json(screen)))
    assert screen_from_json(written) == packed(screen)


def test_a_plain_screen_is_nothing_but_its_text() -> None:
    assert screen_to_json(Screen(Markup("Сәлем"))) == {"text": "Сәлем"}


def test_what_is_no_screen_is_refused() -> None:
    with pytest.raises(ScreenError):
        screen_from_json({"text": ""})
