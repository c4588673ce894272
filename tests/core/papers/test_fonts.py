"""The letters of the papers: all that either language writes, in two weights."""

import io

import pytest
from fontTools.ttLib import TTFont

from core.papers.fonts import Weight, letters, showable

KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
RUSSIAN = "".join(chr(number) for number in range(0x410, 0x450)) + "Ёё"
SIGNS = "№«»–—…•·“”’°%+()/:;,.!?@0123456789"


@pytest.mark.parametrize("weight", [400, 700])
def test_every_letter_of_both_languages_is_there(weight: Weight) -> None:
    with TTFont(io.BytesIO(letters(weight))) as font:
        known = font.getBestCmap()
        assert not [each for each in KAZAKH + RUSSIAN + SIGNS if ord(each) not in known]
        assert font["OS/2"].usWeightClass == weight
        assert "fvar" not in font


def test_the_bold_letters_are_wider() -> None:
    widths = []
    for weight in (400, 700):
        with TTFont(io.BytesIO(letters(weight))) as font:
            widths.append(font["hmtx"][font.getBestCmap()[ord("Ш")]][0])
    assert widths[0] < widths[1]


def test_what_the_letters_do_not_have_is_left_out() -> None:
    assert showable("Қазақ 😀\nтіл\u200b") == "Қазақ \nтіл"
