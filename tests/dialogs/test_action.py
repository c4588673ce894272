"""Actions pack into what a button can hold, and read back as what they were."""

from dataclasses import dataclass
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.action import LIMIT_BYTES, Action, ActionError, Codebook, base36
from dialogs.house import make_conversation


@dataclass(frozen=True, slots=True)
class Chosen(Action):
    code: ClassVar[str] = "ch"
    enquiry: int
    option: str
    sure: bool
    note: str | None = None


CODEBOOK = Codebook([Chosen])
words = st.text(
    st.characters(min_codepoint=32, max_codepoint=126, exclude_characters=":"),
    min_size=1,
    max_size=10,
)


@given(st.integers(min_value=-(10**12), max_value=10**12), words, st.booleans(), words | st.none())
def test_what_is_packed_reads_back_the_same(
    enquiry: int, option: str, sure: bool, note: str | None
) -> None:
    action = Chosen(enquiry, option, sure, note)
    assert CODEBOOK.unpack(action.pack()) == action


def test_packing_is_a_promise_kept_for_years() -> None:
    assert Chosen(1234567, "below", sure=True).pack() == "ch:qglj:below:1:"


def test_sixty_four_bytes_are_the_limit_and_letters_count_as_bytes() -> None:
    room = LIMIT_BYTES - len("ch:1::1:")
    assert len(Chosen(1, "a" * room, sure=True).pack()) == LIMIT_BYTES
    with pytest.raises(ActionError, match="65 bytes"):
        Chosen(1, "a" * (room + 1), sure=True).pack()
    with pytest.raises(ActionError):
        Chosen(1, "ы" * (room // 2 + 1), sure=True).pack()


@pytest.mark.parametrize("option", ["", "a:b", "a\x1fb"])
def test_a_field_that_could_not_be_read_back_is_refused(option: str) -> None:
    with pytest.raises(ActionError):
        Chosen(1, option, sure=True).pack()


@pytest.mark.parametrize(
    "packed",
    ["", "ch", "xx:1", "ch:1:a:1", "ch:1:a:1::", "ch:!:a:1:", "ch::a:1:", "ch:1::1:", "ch:1:a:7:"],
)
def test_text_that_is_no_action_is_refused(packed: str) -> None:
    with pytest.raises(ActionError):
        CODEBOOK.unpack(packed)


@given(st.text(max_size=80))
def test_whatever_a_button_holds_is_read_or_refused(packed: str) -> None:
    codebook = make_conversation().codebook
    try:
        action = codebook.unpack(packed)
    except ActionError:
        return
    assert isinstance(action, Action)


def test_two_actions_may_not_share_a_code() -> None:
    @dataclass(frozen=True, slots=True)
    class Other(Action):
        code: ClassVar[str] = "ch"

    with pytest.raises(ActionError, match="share the code"):
        Codebook([Chosen, Other])


def test_a_field_that_does_not_fit_a_button_is_refused_at_once() -> None:
    @dataclass(frozen=True, slots=True)
    class Heavy(Action):
        code: ClassVar[str] = "hv"
        items: list[str]

    with pytest.raises(ActionError, match=r"Heavy\.items"):
        Codebook([Heavy])


@pytest.mark.parametrize(("number", "text"), [(0, "0"), (35, "z"), (36, "10"), (-37, "-11")])
def test_numbers_take_little_room(number: int, text: str) -> None:
    assert base36(number) == text
    assert int(text, 36) == number
