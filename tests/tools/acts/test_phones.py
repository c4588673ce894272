"""Printed numbers as E.164."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.acts.phones import as_e164, last_area_code


@pytest.mark.parametrize(
    ("printed", "area_code", "e164", "added"),
    [
        ("8 (71541) 2-15-90", None, "+77154121590", False),
        ("8(7162)255511", None, "+77162255511", False),
        ("8-7212-42-10-76", None, "+77212421076", False),
        ("+7 727 255 44 11", None, "+77272554411", False),
        ("8 701 555 44 11", "727", "+77015554411", False),
        ("255-44-11", "727", "+77272554411", True),
        ("255-44-11", None, None, False),
        ("25-44", "727", None, False),
        ("8 (7162) 25-55-1", None, None, False),
    ],
)
def test_numbers(printed: str, area_code: str | None, e164: str | None, added: bool) -> None:
    [number] = as_e164([printed], area_code)
    assert (number.printed, number.e164, number.code_added) == (printed, e164, added)


def test_a_code_printed_once_holds_for_the_numbers_after_it() -> None:
    numbers = as_e164(["8 (71541) 2-15-90", "2-19-75"], "727")
    assert [number.e164 for number in numbers] == ["+77154121590", "+77154121975"]
    assert not numbers[1].code_added


def test_faxes_carry_the_code_of_the_phones() -> None:
    carried = last_area_code(["8 (71541) 2-15-90", "2-19-75"])
    [fax] = as_e164(["2-17-88"], None, carried)
    assert fax.e164 == "+77154121788"


@given(st.text(alphabet="0123456789 ()+-", max_size=20))
def test_any_digits_give_a_whole_number_or_none(text: str) -> None:
    [number] = as_e164([text], "7272")
    assert number.e164 is None or (number.e164.startswith("+7") and len(number.e164) == 12)
