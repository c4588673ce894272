"""The states of a complaint: everything ends, nothing is stuck, what is over stays over."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.complaints.model import (
    ENDED,
    EVENTS,
    OPEN,
    STATES,
    TRANSITIONS,
    NotPossibleError,
    Said,
    State,
    after,
    can,
    replayed,
)


def test_every_state_can_be_reached_and_every_event_can_happen() -> None:
    reached: set[State] = {"draft"}
    while True:
        more = {
            after(state, kind) for state in reached for kind in EVENTS if can(state, kind)
        } - reached
        if not more:
            break
        reached |= more
    assert reached == set(STATES)
    assert set(TRANSITIONS) == set(EVENTS)
    assert all(TRANSITIONS[kind] for kind in EVENTS)


def test_from_every_open_state_an_official_can_answer_and_a_parent_can_withdraw() -> None:
    for state in OPEN:
        assert after(state, "answered") == "answered"
        assert after(state, "closed") == "closed"
        assert after(state, "withdrawn") == "withdrawn"
        assert after(state, "passed_on") == "passed_on"


def test_a_draft_can_only_be_sent_and_a_withdrawn_one_stays_so() -> None:
    assert [kind for kind in EVENTS if can("draft", kind)] == ["sent"]
    assert not [kind for kind in EVENTS if can("withdrawn", kind)]
    with pytest.raises(NotPossibleError, match="taken cannot happen to a complaint that is draft"):
        after("draft", "taken")


@given(st.lists(st.sampled_from(EVENTS), max_size=40))
def test_whatever_happens_the_state_is_one_of_ours(kinds: list[str]) -> None:
    state: State = "draft"
    happened = []
    for kind in kinds or EVENTS:
        if can(state, kind):  # type: ignore[arg-type]
            state = after(state, kind)  # type: ignore[arg-type]
            happened.append(kind)
    assert state in OPEN | ENDED
    assert replayed(happened) == state  # type: ignore[arg-type]


def test_what_was_said_comes_back_as_it_was() -> None:
    said = Said(text="<b>x</b>", contact="named", name="y", due=date(2026, 11, 27))
    assert Said.from_json(said.as_json()) == said
    assert Said().as_json() == {"contact": "telegram"}
