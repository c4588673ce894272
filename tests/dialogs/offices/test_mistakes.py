"""Every mistake that an office's field can have is said in both languages, with its facts."""

import string

import pytest

from core.directory.mistakes import MistakeError, Wrong
from dialogs.offices.mistakes import mistake_phrases, mistake_said
from tests.dialogs.visits import LANGUAGES

FACTS = {"given", "most", "ids", "into", "office"}


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_mistake_is_said_and_asks_for_known_facts_only(language: str) -> None:
    phrases = mistake_phrases(LANGUAGES[language])
    assert phrases.keys() == set(Wrong)
    for phrase in phrases.values():
        named = {name for _, name, _, _ in string.Formatter().parse(phrase) if name}
        assert named <= FACTS


def test_a_long_value_is_told_as_far_as_there_is_room() -> None:
    said = mistake_said(LANGUAGES["ru"], MistakeError(Wrong.EMAIL, given="почта" * 100))
    assert "напишите так: office@example.kz" in said
    assert len(said) < 200
