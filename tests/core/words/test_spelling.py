"""Spelling: the same word in every alphabet and from every keyboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.words.spelling import load_spelling
from tests.core.services.builders import DATA

SPELLING = load_spelling(DATA)


@pytest.mark.parametrize(
    ("same", "as_this"),
    [
        ("Балабақша", "balabaqsha"),
        ("балабақша", "балабакша"),
        ("ұйым", "uyym"),
        ("ребёнок", "rebyonok"),
        ("щавель", "shchavel"),
        ("Қамқоршы", "Qamqorşı"),
        ("анықтама", "anyqtama"),
        ("сходить", "skhodit"),
        ("семья", "sem'ya"),
        ("помощь", "pomosh’"),
        ("класс", "klas"),
    ],
)
def test_sounds_are_the_same_in_both_alphabets(same: str, as_this: str) -> None:
    assert SPELLING.sounds(same) == SPELLING.sounds(as_this)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ltncrbq cfl", "детский сад"),
        (",fkf,f0if", "балабақша"),
        ("балаба0ша", "балабақша"),
        ("м2міле ж8ргізу", "мәміле жүргізу"),
        ("o4ered v 6kolu", "ochered v shkolu"),
    ],
)
def test_another_keyboard_or_habit_is_seen_through(typed: str, meant: str) -> None:
    assert meant in SPELLING.meant(typed)


@pytest.mark.parametrize("typed", ["9 класс", "1-сынып", "№ 41", "10 класса", "2005", "11 klass"])
def test_a_number_stays_a_number(typed: str) -> None:
    words = [reading for reading in SPELLING.meant(typed) if reading.isascii() == typed.isascii()]

    assert words == [typed]


@given(st.text())
def test_what_is_typed_is_always_read_as_it_stands_first(typed: str) -> None:
    assert next(iter(SPELLING.meant(typed))) == typed
