"""What printing did to words and what is made of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.acts.letters import Letters, tidy


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        ("Бiлiм бөлiмi", "Білім бөлімі"),
        ("Ceмей қаласы", "Семей қаласы"),
        ("akimat@mail.ru", "akimat@mail.ru"),
        ("VII тарау", "VII тарау"),
        ("C. Сейфуллин", "С. Сейфуллин"),
    ],
)
def test_lookalikes_fold_only_among_cyrillic(letters: Letters, printed: str, right: str) -> None:
    assert letters.fold(printed) == right


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        ("А қ с у  а у д а н ы", "Ақсу ауданы"),
        ("К өл і ауылы", "К өлі ауылы"),
        ("Абай көшесі , 5", "Абай көшесі, 5"),
    ],
)
def test_spaced_words_join(letters: Letters, printed: str, right: str) -> None:
    assert letters.join_spaced(printed) == right


def test_digits_printed_apart_join(letters: Letters) -> None:
    assert letters.join_runs("Абай к. 4 5, тел. 3 9 1") == "Абай к. 45, тел. 391"


def test_short_words_side_by_side_stay_apart(letters: Letters) -> None:
    assert letters.join_runs("а мен ә") == "а мен ә"


def test_cyrillic_in_an_address_of_mail_becomes_latin(letters: Letters) -> None:
    assert letters.latin("аkimаt@mаil.ru") == "akimat@mail.ru"


@given(st.text())
def test_tidied_text_is_one_line_and_tidy_again(text: str) -> None:
    once = tidy(text)
    assert "\n" not in once
    assert tidy(once) == once
