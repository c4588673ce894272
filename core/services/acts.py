"""Acts: what each is, whether it is in force, and which paragraphs and annexes it has."""

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import BeforeValidator

from core.services.mistakes import mistake, unfit
from core.services.sources import Id, Paragraph, Record, Text

_NUMBER = re.compile(r"^(\d+)(?:\.(\d+))?$")


def read_paragraphs(written: object) -> frozenset[str]:
    """The paragraphs meant by a list such as "1..5, 6.1..6.5, 7": as printed, one by one."""
    if isinstance(written, frozenset | set | list | tuple):
        return frozenset(str(each) for each in written)
    paragraphs: set[str] = set()
    for piece in str(written).split(","):
        first, dash, last = (each.strip() for each in piece.partition(".."))
        paragraphs |= _span(first, last) if dash else {first}
    return frozenset(paragraphs)


def _span(first: str, last: str) -> set[str]:
    start, end = _NUMBER.match(first), _NUMBER.match(last)
    if not start or not end or bool(start[2]) != bool(end[2]):
        raise unfit(
            mistake("`{range}` is no range; write 1..5 or 6.1..6.5", range=f"{first}..{last}")
        )
    if start[2]:
        if start[1] != end[1]:
            raise unfit(
                mistake(
                    "`{range}` crosses paragraphs; write one range for each",
                    range=f"{first}..{last}",
                )
            )
        return {f"{start[1]}.{each}" for each in range(int(start[2]), int(end[2]) + 1)}
    return {str(each) for each in range(int(start[1]), int(end[1]) + 1)}


class Regulation(Record):
    """One regulation or standard within an act, with what it numbers.

    An act with a single one names no service here, and neither do the sources that point at it.
    """

    service: Id | None = None
    paragraphs: Annotated[frozenset[str], BeforeValidator(read_paragraphs)]
    annexes: tuple[str, ...] = ()

    def has(self, source: Paragraph) -> bool:
        """Whether the place that the source names is there."""
        if source.annex is not None:
            return source.annex in self.annexes
        return source.para in self.paragraphs


class Repeal(Record):
    """When the act ceased, and by what."""

    date: dt.date
    by: Text


class Act(Record):
    """One act, whole."""

    id: Id
    title: Text
    issuer: Text
    number: str
    date: dt.date
    status: Literal["repealed", "in_force"]
    repealed: Repeal | None = None
    note: Text | None = None
    services: tuple[Id, ...]
    regulations: tuple[Regulation, ...]

    def regulation(self, service: str | None) -> Regulation | None:
        """The regulation of this service within the act."""
        return next((each for each in self.regulations if each.service == service), None)

    def named_in_sources(self, service: str) -> str | None:
        """What a source within this act gives as `service`: nothing if there is only one text."""
        return service if len(self.regulations) > 1 else None
