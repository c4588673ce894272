"""The words of tables of offices: headings, kinds, days, yes and no, in both languages."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from core.directory.model import Kind, Position, Role, Text
from core.kinds import Weekday
from core.services.yaml_lines import read_sheet

COLUMNS_FILE = "directory/columns.yaml"
_OTHER_SIGNS = re.compile(r"[^\w+]+")

_LETTERS = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")

Word = Annotated[str, BeforeValidator(str)]


class Named(BaseModel):
    """What something is called in both languages, and what else people call it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kk: Word
    ru: Word
    also: tuple[Word, ...] = ()

    def every(self) -> Iterator[str]:
        """All of them."""
        yield from (self.kk, self.ru, *self.also)

    def said(self, language: str) -> str:
        """What it is called in one of the two languages."""
        return self.ru if language == "ru" else self.kk


class Words(BaseModel):
    """The file data/directory/columns.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    columns: Mapping[str, Named]
    kinds: Mapping[Kind, tuple[Word, ...]]
    positions: Mapping[Position, Named]
    roles: Mapping[Role, Named]
    yes: tuple[Word, ...]
    no: tuple[Word, ...]
    days: Mapping[Weekday, Named]
    every_day: Named
    working_days: Named
    pause: Named = Field(alias="break")
    alike: Mapping[str, str]
    """Latin letters, each with the Cyrillic one that looks the same."""

    @cached_property
    def _cyrillic(self) -> dict[int, str]:
        return str.maketrans(dict(self.alike))

    @cached_property
    def _latin(self) -> dict[int, str]:
        return str.maketrans({cyrillic: latin for latin, cyrillic in self.alike.items()})

    def folded(self, text: str) -> str:
        """A text whose Cyrillic words have only Cyrillic letters; Latin words stay as they are."""
        return _LETTERS.sub(lambda word: self._folded(word[0]), text)

    def _folded(self, word: str) -> str:
        return word.translate(self._cyrillic) if _CYRILLIC.search(word) else word

    def latin(self, text: str) -> str:
        """An address of the net in Latin letters, as far as others only look like them."""
        return text.translate(self._latin)


def load_words(data: Path) -> Words:
    """The words of the data folder."""
    return Words.model_validate(read_sheet(data / COLUMNS_FILE).data)


def plain(text: str) -> str:
    """A word as it is compared: without case, signs and double spaces."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("\u0451", "\u0435")
    return _OTHER_SIGNS.sub(" ", text).strip()


def by_word(named: Mapping[Any, Iterable[str]]) -> dict[str, Any]:
    """What each word stands for; of two meanings of a word the first counts."""
    found: dict[str, Any] = {}
    for meaning, words in named.items():
        for each in (str(meaning), *words):
            found.setdefault(plain(each), meaning)
    return found


def both(text: Text) -> tuple[str, str]:
    """A text in its two languages."""
    return text.kk, text.ru
