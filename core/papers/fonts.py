"""The letters of the papers: two weights of Noto Sans, cut down to what is written here."""

import io
from functools import cache
from typing import Literal

import fontpkg_noto_sans
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FILE = fontpkg_noto_sans.ROOT / "files" / "NotoSans[wdth,wght].ttf"
"""All weights in one."""

POSTSCRIPT_NAME = 6
WINDOWS_ENGLISH = (3, 1, 0x409)
MACINTOSH_ENGLISH = (1, 0, 0)
Weight = Literal[400, 700]

# Latin with its accents, Cyrillic with the Kazakh letters, dashes, quotes, bullets, signs.
WRITTEN = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x400, 0x52F),
    (0x2010, 0x2027),
    (0x2030, 0x203A),
    (0x20AC, 0x20BD),
    (0x2116, 0x2116),
    (0x2122, 0x2122),
    (0x2212, 0x2212),
)

# What places letters finely and tells variants apart; papers are set without it.
UNUSED = ["GDEF", "GPOS", "GSUB", "STAT", "MVAR", "HVAR"]


@cache
def letters(weight: Weight) -> bytes:
    """A font file with one weight of every letter that papers use."""
    options = Options(layout_features=[], notdef_outline=True, drop_tables=UNUSED)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=written())
    with TTFont(FILE, lazy=True) as font:
        subsetter.subset(font)
        instance = instantiateVariableFont(font, {"wght": weight, "wdth": 100}, inplace=True)
        # A PDF tells the fonts in it apart by this name, which both weights have from the file.
        instance["name"].setName(f"Bagyt-{weight}", POSTSCRIPT_NAME, *WINDOWS_ENGLISH)
        instance["name"].setName(f"Bagyt-{weight}", POSTSCRIPT_NAME, *MACINTOSH_ENGLISH)
        made = io.BytesIO()
        instance.save(made)
    return made.getvalue()


@cache
def written() -> frozenset[int]:
    """The numbers of all letters and signs that a paper can show."""
    return frozenset(number for first, last in WRITTEN for number in range(first, last + 1))


def showable(text: str) -> str:
    """The text without what the letters do not have, such as pictures that people type."""
    return "".join(each for each in text if ord(each) in written() or each == "\n")
