"""Messages for the page are safe HTML whatever people and bots write."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.formatting import formatted
from bot.playground.rendering import render_html
from bot.playground.units import utf16_length

ALLOWED = {"b", "i", "u", "s", "code", "pre", "a", "tg-spoiler", "blockquote"}
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
kinds = st.sampled_from(
    ["bold", "italic", "code", "pre", "text_link", "url", "mention", "spoiler", "blockquote", "new"]
)


class Reader(HTMLParser):
    """Collects the tags, the words, and the tags that are closed out of order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.open: list[str] = []
        self.words = ""
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.open.append(tag)
        assert {name for name, _ in attrs} <= {"href", "expandable"}
        self.addresses += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[dict[str, Any]]]:
    text = draw(texts)
    length = utf16_length(text)
    place = st.integers(0, length)
    entities = [
        {
            "type": draw(kinds),
            "offset": draw(place),
            "length": draw(place),
            "url": draw(st.sampled_from(["https://e.kz", "javascript:alert(1)", '"><script>'])),
        }
        for _ in range(draw(st.integers(0, 5)))
    ]
    return text, entities


@given(marked())
def test_only_safe_tags_well_nested(message: tuple[str, list[dict[str, Any]]]) -> None:
    rendered = render_html(*message)
    reader = Reader()
    reader.feed(rendered)
    reader.close()
    assert reader.tags <= ALLOWED
    assert not reader.open
    assert all(re.match(r"(?i)(https?|tg|mailto|tel):", address) for address in reader.addresses)


@given(texts)
def test_plain_text_shows_what_was_written(text: str) -> None:
    reader = Reader()
    reader.feed(render_html(text, []).replace("\r", "&#13;"))
    reader.close()
    assert reader.words == text
    assert not reader.tags


@pytest.mark.parametrize(
    ("source", "rendered"),
    [
        ("<b>a<i>b</i></b>", "<b>a<i>b</i></b>"),
        ("<blockquote expandable>x</blockquote>", "<blockquote expandable>x</blockquote>"),
        ("<tg-spoiler>x</tg-spoiler> &lt;b&gt;", "<tg-spoiler>x</tg-spoiler> &lt;b&gt;"),
        ('<a href="https://e.kz/&quot;">x</a>', '<a href="https://e.kz/&quot;">x</a>'),
        ("gov.kz", '<a href="http://gov.kz">gov.kz</a>'),
        ("/start", "/start"),
    ],
)
def test_entities_become_tags(source: str, rendered: str) -> None:
    assert render_html(*formatted(source, "HTML", None)) == rendered


def test_overlapping_entities_are_closed_and_opened_again() -> None:
    entities = [
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "italic", "offset": 1, "length": 2},
    ]
    assert render_html("abc", entities) == "<b>a<i>b</i></b><i>c</i>"
