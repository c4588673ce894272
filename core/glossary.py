"""The glossary: official words that people meet, explained, from data/glossary.yaml.

It tells also which of them stand in the texts of a service, so that those can come first.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from core.services.model import DocumentForm, Service
from core.services.sources import Id, Record, Text, Words
from core.services.yaml_lines import read_sheet

GLOSSARY_FILE = "glossary.yaml"
SEARCHED = "search"
"""What people may type to find a service; nobody reads it there."""


class Seen(Record):
    """The beginnings by which a word is known in a text; a full stop ends the whole word."""

    kk: tuple[Words, ...] = Field(min_length=1)
    ru: tuple[Words, ...] = Field(min_length=1)

    def pattern(self, language: str) -> re.Pattern[str]:
        """What finds the word in texts of this language."""
        begins = self.ru if language == "ru" else self.kk
        each = (
            re.escape(one.removesuffix(".")) + (r"\b" if one.endswith(".") else "")
            for one in begins
        )
        return re.compile(rf"\b(?:{'|'.join(each)})", re.IGNORECASE)


class Explained(Record):
    """One word, or a few that belong together, and what they mean."""

    id: Id
    term: Text
    text: Text
    seen: Seen
    forms: tuple[DocumentForm, ...] = ()
    always: bool = False


class Glossary(Record):
    """The whole file."""

    words: tuple[Explained, ...]

    @model_validator(mode="after")
    def _each_once(self) -> "Glossary":
        ids = [each.id for each in self.words]
        twice = sorted({each for each in ids if ids.count(each) > 1})
        if twice:
            raise PydanticCustomError("twice", "explained twice: {ids}", {"ids": ", ".join(twice)})
        return self


def load_glossary(data: Path) -> tuple[Explained, ...]:
    """The words of the data folder, in the order in which they are read best."""
    return Glossary.model_validate(read_sheet(data / GLOSSARY_FILE).data).words


def met_in(service: Service, glossary: Sequence[Explained], language: str) -> tuple[Explained, ...]:
    """The words that whoever reads about this service in this language meets."""
    whole = "\n".join(
        text.said(language)
        for name in type(service).model_fields
        if name != SEARCHED
        for text in _texts(getattr(service, name))
    )
    forms = {each.form for each in service.documents}
    return tuple(
        each
        for each in glossary
        if each.always or forms & set(each.forms) or each.seen.pattern(language).search(whole)
    )


def _texts(value: object) -> Iterator[Text]:
    """Every text within a part of a service."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _texts(each)
