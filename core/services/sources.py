"""Texts in two languages, and where a fact comes from: a paragraph of an act, or evidence outside.

A service file may write a paragraph short ("11.1", "annex 6"); what it leaves out is then the
service's own act and text, given to pydantic as the context of reading.
"""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from core.services.mistakes import mistake, shown, unfit

Confidence = Literal["high", "medium", "low"]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=48)]
PlaceId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.-]*$", max_length=64)]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]

_NUMBER = r"\d+(?:-\d+)?"
_SHORT = re.compile(rf"^(?:annex (?P<annex>{_NUMBER})|(?P<para>{_NUMBER}(?:\.{_NUMBER})?))$")


class Record(BaseModel):
    """The base of everything read from a file: closed against unknown keys, and never changed."""

    model_config = ConfigDict(frozen=True, populate_by_name=True, coerce_numbers_to_str=True)

    @model_validator(mode="before")
    @classmethod
    def _known_keys_only(cls, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return data
        known = {field.alias or name for name, field in cls.model_fields.items()}
        for key in data:
            if key not in known and key not in cls.model_fields:
                raise PydanticCustomError(
                    "unknown_key",
                    "`{key}` is not known here; known are: {known}",
                    {"key": str(key), "known": ", ".join(sorted(known))},
                )
        return data


class Text(Record):
    """The same said in Kazakh and in Russian; `by: us` where the wording is not the act's."""

    kk: Words
    ru: Words
    by: Literal["us"] | None = None

    def said(self, language: str) -> str:
        """The wording in one of the two languages."""
        return self.ru if language == "ru" else self.kk


class Paragraph(Record):
    """A place in an act: paragraph, or annex with its list, group and row."""

    act: Id
    service: Id | None = None
    annex: str | None = None
    list: str | None = None
    group: str | None = None
    row: int | None = None
    para: str | None = None
    part: str | None = None

    @model_validator(mode="after")
    def _points_somewhere(self) -> "Paragraph":
        if self.para is None and self.annex is None:
            raise unfit(mistake("the source names neither a paragraph (`para`) nor an `annex`"))
        return self


class Outside(Record):
    """Evidence outside the five acts: another law, a page, a person; always with its date."""

    kind: Literal["law", "page", "gazetteer", "person", "import"]
    ref: Text
    url: str | None = None
    as_of: dt.date
    confidence: Confidence
    checked: dt.date | None = None


def _kind_of_source(source: Any) -> str:
    if isinstance(source, Outside) or (isinstance(source, Mapping) and "kind" in source):
        return "outside"
    return "paragraph"


def _written_out(source: Any, info: ValidationInfo) -> Any:
    """A source in full, from the short way of writing it."""
    own = info.context or {}
    if isinstance(source, str | int):
        short = _SHORT.match(str(source))
        if not short or "act" not in own:
            raise unfit(
                mistake(
                    "`{found}` is no source; write 11.1 for paragraph 11 subparagraph 1, annex 6, "
                    "or a mapping with `act` and `para`, or with `kind`, `ref`, `as_of`",
                    found=shown(source),
                )
            )
        source = {key: value for key, value in short.groupdict().items() if value}
    if isinstance(source, Mapping) and not {"kind", "act"} & set(source) and "act" in own:
        return {"act": own["act"], "service": own.get("service"), **source}
    return source


_Either = Annotated[
    Annotated[Paragraph, Tag("paragraph")] | Annotated[Outside, Tag("outside")],
    Discriminator(_kind_of_source),
]
Source = Annotated[_Either, BeforeValidator(_written_out)]


def _as_list(sources: Any) -> Any:
    return sources if isinstance(sources, list | tuple) else [sources]


Sources = Annotated[tuple[Source, ...], Field(min_length=1), BeforeValidator(_as_list)]
