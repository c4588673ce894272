"""Words that could tell of a person are not even written down."""

import pytest

from core.release import DATA
from core.statistics.words import load_guard

GUARD = load_guard(DATA)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Паспорт", "паспорт"),
        ("  загран   паспорт!! ", "загран паспорт"),
        ("ЖЕКЕ КУӘЛІК", "жеке куәлік"),
        ("детский сад 25", "детский сад 25"),
        ("Пособие на Третьего ребёнка", "пособие на третьего ребёнка"),
        ("тіркеу-есеп", "тіркеу-есеп"),
        ("кров для семьи", "кров для семьи"),
        ("сова", "сова"),
    ],
)
def test_a_search_is_kept_in_small_letters(typed: str, kept: str) -> None:
    assert GUARD.kept(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "950101300123",
        "8 701 000 00 00",
        "дом 12 кв 3456 78",
        "мама@пример.kz",
        "https://example.kz/x",
        "t.me/somebody www.example",
        "Иванов Пётр",
        "иванов пётр сидорович",
        "Сидорова Анна Петровна",
        "серік болатұлы",
        "серик болатулы",
        "айгүл серікқызы",
        "aigul serikkyzy",
        "меня зовут Анна",
        "менің атым Айгүл",
        "мой иин потерялся",
        "очень длинный рассказ о том как мы искали садик",
        "а" * 61,
        "?!…",
        "",
    ],
)
def test_what_looks_personal_is_not_kept(typed: str) -> None:
    assert GUARD.kept(typed) is None
