"""Conditions over answers, while some questions are still open."""

from typing import Any

import pytest

from core.services.conditions import (
    ALWAYS,
    ConditionError,
    holds,
    open_questions,
    read_condition,
    write_condition,
)

CASES: list[tuple[Any, dict[str, str], bool | None]] = [
    ({"q": "a"}, {"q": "a"}, True),
    ({"q": "a"}, {"q": "b"}, False),
    ({"q": "a"}, {}, None),
    ({"q": ["a", "b"]}, {"q": "b"}, True),
    ({"q": "a", "r": "x"}, {"q": "a"}, None),
    ({"q": "a", "r": "x"}, {"q": "b"}, False),
    ({"q": "a", "r": "x"}, {"q": "a", "r": "x"}, True),
    ({"any": [{"q": "a"}, {"r": "x"}]}, {"q": "a"}, True),
    ({"any": [{"q": "a"}, {"r": "x"}]}, {"q": "b"}, None),
    ({"any": [{"q": "a"}, {"r": "x"}]}, {"q": "b", "r": "y"}, False),
    ({"not": {"q": "a"}}, {"q": "b"}, True),
    ({"not": {"q": "a"}}, {}, None),
    ({"all": [{"q": "a"}, {"not": {"r": "x"}}]}, {"q": "a", "r": "y"}, True),
    ({"off": "a"}, {}, False),
    ({"not": {"off": "a"}}, {}, True),
]


@pytest.mark.parametrize(("written", "answers", "expected"), CASES)
def test_condition_holds_or_is_open(
    written: Any, answers: dict[str, str], expected: bool | None
) -> None:
    assert holds(read_condition(written), answers, {"off"}) is expected


@pytest.mark.parametrize(("written", "answers", "expected"), CASES)
def test_open_questions_are_those_it_hangs_on(
    written: Any, answers: dict[str, str], expected: bool | None
) -> None:
    still = set(open_questions(read_condition(written), answers, {"off"}))

    assert bool(still) is (expected is None)
    assert not still & {*answers, "off"}


@pytest.mark.parametrize("written", [case[0] for case in CASES])
def test_condition_is_the_same_written_and_read_again(written: Any) -> None:
    condition = read_condition(written)

    assert read_condition(write_condition(condition)) == condition


@pytest.mark.parametrize("wrong", ["far", [], {}, {"any": []}, {"any": {"q": "a"}}, {"q": [True]}])
def test_what_is_no_condition_is_refused(wrong: Any) -> None:
    with pytest.raises(ConditionError):
        read_condition(wrong)


def test_always_holds() -> None:
    assert holds(ALWAYS, {}, set()) is True
