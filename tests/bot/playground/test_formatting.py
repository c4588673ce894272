"""HTML becomes text and entities as Telegram's own parser makes them."""

import html
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.errors import ApiError
from bot.playground.formatting import automatic_entities, formatted
from bot.playground.html_mode import parse_html
from bot.playground.units import slice_utf16, utf16_length

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
TAGS = ["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "tg-spoiler", "blockquote"]


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@given(texts)
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_html(html.escape(text)) == (text, [])


@given(st.lists(st.tuples(st.sampled_from(TAGS), texts.filter(bool)), min_size=1, max_size=5))
def test_every_tag_becomes_one_entity_over_its_words(parts: list[tuple[str, str]]) -> None:
    source = "".join(f"<{tag}>{html.escape(text)}</{tag}>" for tag, text in parts)
    text, entities = parse_html(source)
    assert text == "".join(words for _, words in parts)
    covered = [slice_utf16(text, found["offset"], found["length"]) for found in entities]
    assert covered == [words for _, words in parts]


@given(texts)
def test_any_text_is_parsed_or_refused_with_words(text: str) -> None:
    parsed, why = text, ""
    entities: list[dict[str, Any]] = []
    try:
        parsed, entities = parse_html(text)
    except ApiError as refused:
        why = refused.description
    assert not why or why.startswith("Bad Request: can't parse entities: ")
    for found in entities:
        assert 0 <= found["offset"] < found["offset"] + found["length"] <= utf16_length(parsed)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<br>x", 'Unsupported start tag "br" at byte offset 0'),
        ("қыз <x>", 'Unsupported start tag "x" at byte offset 7'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<!-- x -->", 'Unsupported start tag "!--" at byte offset 0'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b ", 'Unclosed start tag "b" at byte offset 0'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        (
            "<a href>y</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
        ('<a href="x>y</a>', "Unclosed start tag at byte offset 0"),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_wrong_html_is_refused_in_telegrams_words(source: str, why: str) -> None:
    with pytest.raises(ApiError) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {why}"


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>a</b>", "a", [entity("bold", 0, 1)]),
        ("<B>a</B>", "a", [entity("bold", 0, 1)]),
        ("😀<i>қ</i>", "😀қ", [entity("italic", 2, 1)]),
        ("<b>a</>", "a", [entity("bold", 0, 1)]),
        ("<b></b>a", "a", []),
        ("&lt;b&gt; &amp;nbsp; &quot;", '<b> &nbsp; "', []),
        ("&nbsp;&#1178;&#x49A;&lt", "&nbsp;ҚҚ<", []),
        ("&#0;&#xD800;", "&#0;&#xD800;", []),
        (
            '<a href="https://e.kz/?a=1&amp;b=2">x</a>',
            "x",
            [entity("text_link", 0, 1, url="https://e.kz/?a=1&b=2")],
        ),
        ("<a>e.kz</a>", "e.kz", [entity("text_link", 0, 4, url="http://e.kz")]),
        ('<a href="javascript:alert(1)">x</a>', "x", []),
        ('<a href="tg://user?id=5">x</a>', "x", [entity("text_mention", 0, 1, user={"id": 5})]),
        ('<span class="tg-spoiler">x</span>', "x", [entity("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [entity("expandable_blockquote", 0, 1)]),
        (
            '<pre><code class="language-python">x</code></pre>',
            "x",
            [entity("pre", 0, 1, language="python")],
        ),
    ],
)
def test_html_becomes_text_and_entities(
    source: str, text: str, entities: list[dict[str, Any]]
) -> None:
    assert parse_html(source) == (text, entities)


def test_text_is_trimmed_and_entities_move_with_it() -> None:
    assert formatted("  \n<b> x </b>  ", "HTML", None) == ("x", [entity("bold", 0, 1)])


def test_code_holds_no_other_formatting() -> None:
    _, entities = formatted("<b>a<code>/x</code>b</b><code><i>y</i></code>", "HTML", None)
    assert entities == [
        entity("bold", 0, 1),
        entity("code", 1, 2),
        entity("bold", 3, 1),
        entity("code", 4, 1),
    ]


def test_only_a_hundred_entities_are_kept() -> None:
    _, entities = formatted("<b>a</b> " * 120, "HTML", None)
    assert len(entities) == 100


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start abc", [entity("bot_command", 0, 6)]),
        ("😀 /help@a_bot!", [entity("bot_command", 3, 11)]),
        ("a/b 1/2 //x", []),
        ("https://e.kz/a.", [entity("url", 0, 14)]),
        ("see gov.kz", [entity("url", 4, 6)]),
        ("a@b.kz", [entity("email", 0, 6)]),
        ("@bolat_play", [entity("mention", 0, 11)]),
        ("#қала", [entity("hashtag", 0, 5)]),
    ],
)
def test_commands_and_addresses_are_found(text: str, found: list[dict[str, Any]]) -> None:
    assert automatic_entities(text) == found


def test_nothing_is_found_inside_code_and_links() -> None:
    source = '<code>/a</code> <a href="https://e.kz">/b</a> /c'
    _, entities = formatted(source, "HTML", None)
    assert [found["type"] for found in entities] == ["code", "text_link", "bot_command"]


@pytest.mark.parametrize("mode", ["MarkdownV2", "Markdown"])
def test_markdown_is_refused_plainly(mode: str) -> None:
    with pytest.raises(ApiError, match="reads only the HTML parse mode"):
        formatted("*x*", mode, None)


def test_unknown_parse_mode_is_refused() -> None:
    with pytest.raises(ApiError, match="unsupported parse_mode"):
        formatted("x", "bbcode", None)


def test_control_characters_and_overrides_are_taken_out() -> None:
    assert formatted("a\tb\r\nc\u202ed\u2028\0e", "", None) == ("a b\ncd e", [])
