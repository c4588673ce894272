"""Any answers in any order: the replay is total, steady and never asks in vain."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.services.engine import Outcome, UnknownAnswerError, replay
from core.services.model import Service
from tests.core.services.builders import LIBRARY

SERVICES = tuple(LIBRARY.services.values())


@st.composite
def enquiries(draw: st.DrawFn) -> tuple[Service, dict[str, str]]:
    """A service with answers to some of its questions, given in any order."""
    service = draw(st.sampled_from(SERVICES))
    questions = draw(st.permutations(service.questions))
    answers = {
        each.id: draw(st.sampled_from([option.id for option in each.options]))
        for each in questions
        if draw(st.booleans())
    }
    return service, answers


@given(enquiries())
def test_replay_is_total_and_drops_nothing(enquiry: tuple[Service, dict[str, str]]) -> None:
    service, answers = enquiry

    state = replay(service, answers)

    assert {**state.asked, **state.unused} == answers
    assert (state.question is None) is not (state.outcome is None)
    assert state.progress[0] <= state.progress[1]


@given(enquiries())
def test_order_of_answering_does_not_matter(enquiry: tuple[Service, dict[str, str]]) -> None:
    service, answers = enquiry
    backwards = dict(reversed(answers.items()))

    assert replay(service, answers).at == replay(service, backwards).at


@given(enquiries())
def test_unused_answers_change_nothing(enquiry: tuple[Service, dict[str, str]]) -> None:
    service, answers = enquiry
    state = replay(service, answers)

    assert replay(service, state.asked).at == state.at


@given(enquiries(), st.data())
def test_answering_on_always_ends(enquiry: tuple[Service, dict[str, str]], data: Any) -> None:
    service, answers = enquiry
    progress = (0, 0)
    for _ in range(len(service.questions) + 1):
        state = replay(service, answers)
        if state.question is None:
            break
        assert state.progress[0] > progress[0]
        assert progress == (0, 0) or state.progress[1] <= progress[1]
        progress = state.progress
        option = data.draw(st.sampled_from([each.id for each in state.question.options]))
        answers = answers | {state.question.id: option}

    assert isinstance(replay(service, answers).at, Outcome)


@given(st.sampled_from(SERVICES), st.text(min_size=1))
def test_unknown_names_are_told(service: Service, name: str) -> None:
    if service.question(name) is None:
        with pytest.raises(UnknownAnswerError) as raised:
            replay(service, {name: "unknown"})
        assert name in str(raised.value)
