"""Known words, found by their forms, their beginnings and the slips of a finger."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein

from core.words.endings import Endings
from core.words.vocabulary import Vocabulary

ENDINGS = Endings([[["lar", "ler"], ["im", "imiz"], ["ga", "ka", "dan"]], [["a", "u", "oi"]]])
WORDS = ["mektep", "mekteptep", "bala", "balalar", "Skola", "Skolnik", "sadik", "41"]
VOCABULARY = Vocabulary(WORDS, ENDINGS, shortest_stem=3)


def test_endings_follow_one_another_in_their_order() -> None:
    assert set(ENDINGS.stems("balalarimizdan", 3)) >= {"bala", "balalar"}
    assert "bala" not in set(ENDINGS.stems("baladanlar", 3))


def test_an_ending_may_begin_with_the_last_letter_of_the_stem() -> None:
    # "sadikka" sounds as "sadika": two letters k are heard as one.
    assert "sadik" in set(ENDINGS.stems("sadika", 3))


@pytest.mark.parametrize(
    ("typed", "word"),
    [("balalarga", "bala"), ("balalarga", "balalar"), ("Skolu", "Skola"), ("sadik", "sadik")],
)
def test_a_word_is_known_by_its_stem(typed: str, word: str) -> None:
    assert word in set(VOCABULARY.same_stem(typed))


def test_another_word_is_not_known_by_its_beginning_alone() -> None:
    assert set(VOCABULARY.same_stem("mektepte")) == set()


def test_words_that_begin_so() -> None:
    assert list(VOCABULARY.beginning("Skol")) == ["Skola", "Skolnik"]
    assert list(VOCABULARY.begun_alike("Skoln", 4, 0.7)) == ["Skolnik", "Skola"][::-1]
    assert list(VOCABULARY.begun_alike("Sk", 4, 0.7)) == []


@pytest.mark.parametrize(
    ("typed", "word", "slips"),
    [("sadki", "sadik", 1), ("sdik", "sadik", 1), ("saddik", "sadik", 1), ("mektep", "mektep", 0)],
)
def test_slips_are_counted(typed: str, word: str, slips: int) -> None:
    assert VOCABULARY.slipped(typed, 1)[word] == slips


def test_numbers_are_never_a_slip_of_one_another() -> None:
    assert VOCABULARY.slipped("42", 1) == {}
    assert "41" in VOCABULARY


@given(st.text("adiks", max_size=7))
def test_one_slip_is_never_missed(typed: str) -> None:
    near = {word for word in WORDS[:-1] if DamerauLevenshtein.distance(word, typed) <= 1}

    assert {word for word in near if typed and word} == set(VOCABULARY.slipped(typed, 1))
