"""How what people type is made comparable: either alphabet, any way of writing, wrong keyboard.

Everything is compared as it sounds, in small Latin letters; the rules are the file spelling.yaml.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from core.services.yaml_lines import read_sheet
from core.words.endings import Endings

SPELLING_FILE = "spelling.yaml"

_REPEATED = re.compile(r"([a-zSC])\1+")
_LATIN = re.compile(r"[a-z]")
_DIGIT = re.compile(r"\d")


class Keyboard(BaseModel):
    """The keys of a keyboard that was set by mistake, and the letters that were meant."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    keys: str = Field(alias="from")
    letters: str = Field(alias="to")

    @cached_property
    def table(self) -> dict[int, int]:
        """What `str.translate` takes."""
        return str.maketrans(self.keys, self.letters)


class Spelling(BaseModel):
    """How letters sound, and what the keys of a wrong keyboard mean."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    letters: dict[str, str]
    spellings: dict[str, str]
    silent: str
    keyboards: dict[str, Keyboard]
    digits: dict[str, str]
    digits_in_latin: dict[str, str]
    endings: tuple[tuple[tuple[str, ...], ...], ...]

    def sounds(self, text: str) -> str:
        """The text as it sounds, in small Latin letters, doubled ones once."""
        text = unicodedata.normalize("NFC", text.lower())
        text = self._written.sub(lambda each: self._heard[each[0]], text)
        if not text.isascii():
            bare = unicodedata.normalize("NFKD", text)
            text = "".join(each for each in bare if not unicodedata.combining(each))
        return _REPEATED.sub(r"\1", text)

    def meant(self, text: str) -> Iterator[str]:
        """The text as typed, and what it would be if another keyboard or alphabet was meant."""
        yield text
        text = text.lower()
        cyrillic = any(each in self.letters for each in text)
        if not cyrillic and _LATIN.search(text):
            for keyboard in self.keyboards.values():
                yield text.translate(keyboard.table)
        if _DIGIT.search(text):
            beside, table = (
                (self._digits_in_cyrillic, self.digits)
                if cyrillic
                else (self._digits_in_latin, self.digits_in_latin)
            )
            other = beside.sub(lambda each: table[each[0]], text)
            if other != text:
                yield other

    def known_endings(self) -> Endings:
        """What words of either language may be followed by."""
        return Endings(
            [[[self.sounds(each) for each in row] for row in chain] for chain in self.endings]
        )

    @cached_property
    def _heard(self) -> dict[str, str]:
        return self.letters | self.spellings | dict.fromkeys(self.silent, "")

    @cached_property
    def _written(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, sorted(self._heard, key=len, reverse=True))))

    @cached_property
    def _digits_in_cyrillic(self) -> re.Pattern[str]:
        return _within(self.digits, "".join(self.letters))

    @cached_property
    def _digits_in_latin(self) -> re.Pattern[str]:
        return _within(self.digits_in_latin, "a-z")


def _within(digits: dict[str, str], letters: str) -> re.Pattern[str]:
    """One of the digits with a letter on either side, or at the end of a word."""
    some = "".join(digits)
    return re.compile(f"(?<=[{letters}])[{some}](?![0-9])|(?<![0-9])[{some}](?=[{letters}])")


def load_spelling(data: Path) -> Spelling:
    """The spelling rules of the data folder."""
    return Spelling.model_validate(read_sheet(data / SPELLING_FILE).data)
