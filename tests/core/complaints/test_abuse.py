"""Words that insult are found however they are disguised, and ordinary ones are let alone."""

import pytest

from core.complaints.abuse import Abuse, load_abuse
from core.release import DATA


@pytest.fixture(scope="module")
def abuse() -> Abuse:
    return load_abuse(DATA)


@pytest.mark.parametrize(
    "text",
    ["Мудаки сидят", "вы СУКА!", "х*й вам", "cука", "м-у-д-а-к", "бл@ять, хуйня", "(мудак)"],
)
def test_insults_are_found(abuse: Abuse, text: str) -> None:
    assert abuse.insults(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Справку не дали, сказали прийти завтра",
        "Сукно, суконный, рубля, корабля, употреблять, оскорблять",
        "Құжатымды алмады, балабақшаға қабылдамады",
        "страхуй, подстраховать, художник",
        "Email: made-up@example.org, 87010000000",
        "себе, тебе, учебник, потребовали, ребёнок",
    ],
)
def test_ordinary_words_are_let_alone(abuse: Abuse, text: str) -> None:
    assert not abuse.insults(text)
