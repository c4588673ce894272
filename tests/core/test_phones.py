"""Phones are read however people write them, and what is none is not taken for one."""

import pytest

from core.phones import read_phone


@pytest.mark.parametrize(
    "text", ["+7 701 000 00 00", "8 (701) 000-00-00", "87010000000", "7010000000", "77010000000"]
)
def test_one_number_in_many_ways(text: str) -> None:
    assert read_phone(text) == "+7 701 000 0000"


@pytest.mark.parametrize("text", ["", "no number", "123", "+7 701", "8701000000000000", "<b>1</b>"])
def test_what_is_no_number(text: str) -> None:
    assert read_phone(text) is None


def test_a_number_of_another_country_is_one_too() -> None:
    assert read_phone("+996 555 000000") == "+996 555 000 000"
