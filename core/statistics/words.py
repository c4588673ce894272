"""Which words of a search that found nothing may be kept: none that could tell of a person.

What is kept is shown only once several people have typed the same; this here makes sure that what
is most surely somebody's own is not even written down.
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from core.services.sources import Record, Words
from core.services.yaml_lines import read_sheet

FILE = "statistics.yaml"
MOST_WORDS = 6
MOST_LETTERS = 60
MOST_DIGITS = 5
SHORTEST_NAME = 6
"""A shorter word that ends like a father's name is just a word."""

_NOT_WORDS = re.compile(r"[^\w\s-]+|_")
_ADDRESS = re.compile(r"@|://|www\.|\.(?:kz|ru|com)\b", re.IGNORECASE)


class NameSigns(Record):
    """The file data/statistics.yaml."""

    endings: tuple[Words, ...]
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class WordGuard:
    """Lets through what may be kept."""

    endings: tuple[str, ...]
    words: re.Pattern[str]

    def kept(self, typed: str) -> str | None:
        """The words as they are kept, in small letters; None if nothing of them may be."""
        if _ADDRESS.search(typed) or sum(map(str.isdigit, typed)) > MOST_DIGITS:
            return None
        words = _NOT_WORDS.sub(" ", typed.casefold()).split()
        said = " ".join(words)
        if not said or len(words) > MOST_WORDS or len(said) > MOST_LETTERS:
            return None
        if self.words.search(said) or any(map(self._is_name, words)) or _is_signed(typed):
            return None
        return said

    def _is_name(self, word: str) -> bool:
        return len(word) >= SHORTEST_NAME and word.endswith(self.endings)


@cache
def load_guard(data: Path) -> WordGuard:
    """The guard by the signs of the data folder."""
    signs = NameSigns.model_validate(read_sheet(data / FILE).data)
    words = "|".join(re.escape(each) for each in signs.words)
    return WordGuard(tuple(signs.endings), re.compile(rf"\b(?:{words})\b"))


def _is_signed(typed: str) -> bool:
    """Whether a capital begins two words running, behind the first: so people write their names."""
    words = [each for each in typed.split() if each[0].isalpha()]
    if typed.isupper():
        return False
    capitals = [each[0].isupper() and not each.isupper() for each in words]
    return any(first and second for first, second in pairwise(capitals))
