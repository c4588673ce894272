"""Words for people stay in locales/, data/ and lists, and are written with one alphabet each."""

import re
from collections.abc import Iterator

import pytest

from tests.house.tree import files_of, name_of, text_files

CODE_ENDINGS = {"", ".css", ".html", ".js", ".mako", ".py", ".service", ".sh", ".toml", ".yaml"}
WHERE_WORDS_LIVE = ("tests/", "data/", "locales/", "tools/acts/lists/")
CYRILLIC = re.compile("[\u0400-\u04ff]")

# Latin letters that look like Cyrillic ones; the last two are how the Kazakh schwa and barred o
# come out of badly made documents.
LOOKALIKES = "aceiopxyhABCEHIKMOPTXYh\u0259\u0275"
MIXED_WORD = re.compile(
    rf"[^\W\d_]*(?:[\u0400-\u04ff][{LOOKALIKES}]|[{LOOKALIKES}][\u0400-\u04ff])[^\W\d_]*"
)
# A pattern may name both letters on purpose, to read what others wrote.
LETTER_CLASS = re.compile(r"\[\w{2,4}\]")
OTHER_LATIN = re.compile(rf"(?![{LOOKALIKES}])[A-Za-z]")


def mixed_words(text: str) -> Iterator[str]:
    """Find words in which Latin letters pass for Cyrillic ones; "SMS" with an ending is no such."""
    for match in MIXED_WORD.finditer(LETTER_CLASS.sub("", text)):
        if not OTHER_LATIN.search(match[0]):
            yield match[0]


def test_code_holds_no_cyrillic() -> None:
    found = [
        f"{name_of(path)}:{number}"
        for path in text_files()
        if path.suffix in CODE_ENDINGS and not name_of(path).startswith(WHERE_WORDS_LIVE)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if CYRILLIC.search(line)
    ]
    assert not found, "Words for people belong into locales/ or data/"


def test_words_for_people_are_of_one_alphabet() -> None:
    found = {
        name_of(path): words
        for path in files_of("data", "locales", "tools")
        if (words := sorted(set(mixed_words(path.read_text("utf-8")))))
    }
    assert not found, "Latin letters stand where Cyrillic ones are meant"


@pytest.mark.parametrize("word", ["бiлiм", "Білiм", "iс", "кeзек", "Мeктеп", "жəрдем", "көмeк"])
def test_mixed_word_is_found(word: str) -> None:
    assert list(mixed_words(f"Бұл {word} емес.")) == [word]


@pytest.mark.parametrize("text", ["білім", "SMS хабар", "PDFке", "eGov-та", "[EЕ]-mail", "III топ"])
def test_honest_word_passes(text: str) -> None:
    assert list(mixed_words(text)) == []
