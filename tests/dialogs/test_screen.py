"""A screen refuses, where it is built, what Telegram would refuse later."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from dialogs.doors import OpenHelp, OpenMenu
from dialogs.screen import (
    Ask,
    Button,
    File,
    FileKind,
    Link,
    Request,
    Screen,
    ScreenError,
    visible_length,
)


def test_text_must_be_markup_so_that_nothing_typed_slips_through() -> None:
    with pytest.raises(ScreenError, match="Markup"):
        Screen("<b>hello</b>")  # type: ignore[arg-type]


def test_a_text_of_4096_signs_fits_and_one_more_does_not() -> None:
    assert visible_length(Screen(Markup("<b>" + "a" * 4096 + "</b>")).text) == 4096
    with pytest.raises(ScreenError, match="4097"):
        Screen(Markup("a" * 4097))


def test_a_caption_is_shorter() -> None:
    file = File(FileKind.DOCUMENT, "list.pdf", b"%PDF")
    assert Screen(Markup("a" * 1024), file=file).file is file
    with pytest.raises(ScreenError, match="1025"):
        Screen(Markup("a" * 1025), file=file)


def test_length_is_counted_as_telegram_counts() -> None:
    assert visible_length("&lt;b&gt;") == 3
    assert visible_length("😀") == 2
    assert visible_length('<a href="https://example.org">ә</a>') == 1


@given(st.text())
def test_escaped_text_counts_as_what_was_typed(text: str) -> None:
    assert visible_length(escape(text)) == len(text.encode("utf-16-le", "surrogatepass")) // 2


def test_a_screen_says_something() -> None:
    with pytest.raises(ScreenError, match="nothing"):
        Screen(Markup(""))


def test_a_hundred_buttons_are_the_limit() -> None:
    row = (Button("a", OpenMenu()),)
    assert len(Screen(Markup("a"), (row,) * 100).rows) == 100
    with pytest.raises(ScreenError, match="100"):
        Screen(Markup("a"), (row,) * 101)


@pytest.mark.parametrize("label", ["", "  ", "a" * 65])
def test_a_label_is_neither_empty_nor_too_long(label: str) -> None:
    with pytest.raises(ScreenError):
        Button(label, OpenHelp())


def test_a_message_has_one_kind_of_keyboard() -> None:
    with pytest.raises(ScreenError, match="either"):
        Screen(
            Markup("a"),
            ((Button("b", Link("https://example.org")),),),
            request=Request(Ask.LOCATION, "c"),
        )


def test_a_file_is_ours_or_known_to_telegram() -> None:
    with pytest.raises(ScreenError):
        File(FileKind.PHOTO)
    with pytest.raises(ScreenError):
        File(FileKind.PHOTO, "a.png", b"a", "AgAD")
