"""A miswritten number of a complaint is noticed and means none."""

from hypothesis import given
from hypothesis import strategies as st

from core.complaints.number import read, shown

NUMBERS = st.integers(1, 10**9)


@given(NUMBERS)
def test_a_number_means_its_complaint_however_it_is_written(number: int) -> None:
    written = shown(number)
    assert read(written) == number
    assert read(f" № {written.replace('-', ' – ')} ") == number
    assert read(written.replace("-", "")) == number


@given(NUMBERS, st.data())
def test_one_wrong_digit_is_noticed(number: int, data: st.DataObject) -> None:
    written = shown(number).replace("-", "")
    at = data.draw(st.integers(0, len(written) - 1))
    other = data.draw(st.sampled_from([each for each in "0123456789" if each != written[at]]))
    assert read(written[:at] + other + written[at + 1 :]) is None


@given(NUMBERS, st.data())
def test_two_digits_that_changed_places_are_noticed(number: int, data: st.DataObject) -> None:
    written = shown(number).replace("-", "")
    at = data.draw(st.integers(0, len(written) - 2))
    swapped = written[:at] + written[at + 1] + written[at] + written[at + 2 :]
    assert swapped == written or read(swapped) is None


def test_what_is_no_number_means_nothing() -> None:
    for text in ("", "-", "12a4-5", "1234-", "№", "1" * 30, "\u0661\u0662-5"):
        assert read(text) is None
