"""What of a service can be changed without its file: its texts, and the numbers of its terms.

A slot is one such value; its path leads to it in the body that the database keeps. Rules,
conditions and sources are left to the file, where a change of one is seen beside the others.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from core.services.mistakes import Mistake, mistake
from core.services.model import MonthDay, Service
from core.services.sources import Outside, Paragraph, Record, Text

SlotKind = Literal["text", "number", "day"]
Path = tuple[str | int, ...]

SEPARATOR = "."
LONGEST_TEXT = 1500
LARGEST_NUMBER = 3650

_PARTS = (
    "short",
    "title",
    "about",
    "categories",
    "channels",
    "questions",
    "rules",
    "documents",
    "terms",
    "providers",
    "fee",
    "hours",
    "result",
    "collecting",
    "slip",
    "complaint_slip",
    "refusals",
    "routes",
    "notes",
    "conflicts",
    "silent",
    "referred",
)
_NUMBERS = frozenset({"amount", "count"})
_DAYS = frozenset({"opens", "closes"})
_DAY = re.compile(r"^\s*(\d{1,2})[.\-/ ](\d{1,2})\s*\.?\s*$")


@dataclass(frozen=True, slots=True)
class Slot:
    """A value that can be changed, and the facts that it belongs to."""

    part: str
    path: Path
    kind: SlotKind
    value: Text | int | str
    around: tuple[Record, ...]

    @property
    def written(self) -> str:
        """The path as a button holds it."""
        return SEPARATOR.join(map(str, self.path))

    @property
    def field(self) -> str:
        """The key under which the value stands."""
        return str(self.path[-1])


def slots(service: Service, part: str | None = None) -> Sequence[Slot]:
    """Everything that can be changed, of one part or all, in the order of the file."""
    parts = _PARTS if part is None else (part,)
    return [
        each
        for name in parts
        if name in _PARTS
        for each in _slots(name, (name,), getattr(service, name), ())
    ]


def slot_at(service: Service, written: str) -> Slot | None:
    """The slot of a path, if there is one."""
    part = written.split(SEPARATOR, 1)[0]
    return next((each for each in slots(service, part) if each.written == written), None)


def parts_of(service: Service) -> Sequence[str]:
    """The parts in which there is anything to change."""
    return [part for part in _PARTS if slots(service, part)]


def with_value(body: Mapping[str, Any], path: Path, value: Any) -> dict[str, Any]:
    """The body with another value at the end of a path; nothing else of it is touched."""
    changed: dict[str, Any] = _set(body, path, value)
    return changed


def read_number(typed: str) -> int | Mistake:
    """A whole number that somebody typed."""
    digits = typed.strip()
    if not digits.isascii() or not digits.isdigit() or not 0 < int(digits) <= LARGEST_NUMBER:
        return mistake("write a whole number from 1 to {most}", most=LARGEST_NUMBER)
    return int(digits)


def read_month_day(typed: str) -> MonthDay | Mistake:
    """A day of the year that somebody typed as day and month, as the files have it."""
    found = _DAY.match(typed)
    day, month = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 1 <= month <= len(_LAST) or not 1 <= day <= _LAST[month - 1]:
        return mistake("write the day and the month, such as 01.06")
    return f"{month:02}-{day:02}"


_LAST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _slots(part: str, path: Path, value: object, around: tuple[Record, ...]) -> Iterator[Slot]:
    name = path[-1]
    match value:
        case Text():
            yield Slot(part, path, "text", value, around)
        case Paragraph() | Outside():
            return
        case Record():
            for key, field in type(value).model_fields.items():
                found = getattr(value, key)
                yield from _slots(part, (*path, field.alias or key), found, (*around, value))
        case tuple():
            for index, each in enumerate(value):
                yield from _slots(part, (*path, index), each, around)
        case int() if name in _NUMBERS:
            yield Slot(part, path, "number", value, around)
        case str() if name in _DAYS:
            yield Slot(part, path, "day", value, around)


def _set(data: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        return [_set(each, rest, value) if at == step else each for at, each in enumerate(data)]
    return {**data, step: _set(data.get(step), rest, value)}
