"""The parts of a workbook beside its sheets: what points where, shared texts, styles of dates."""

import datetime as dt
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from posixpath import join, normpath
from typing import IO, Any
from xml.parsers import expat

from core.sheets.model import Refusal, SheetError

CHUNK = 1 << 16
DAY_ZERO = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - Excel's days have no zone
DAY_ZERO_1904 = dt.datetime(1904, 1, 1)  # noqa: DTZ001
DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_DATE_SIGNS = re.compile(r"[dmyhs]", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')

Given = dict[str, str]


class Part:
    """What hears a part of a package while it is read; names come without the prefix of its root.

    There may be millions of elements, and every step between expat and here is felt.
    """

    def begin(self, name: str, given: Given) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def letters(self, text: str) -> None:
        """Letters inside an element."""


def hear(part: Part, stream: IO[bytes]) -> Iterator[None]:
    """Read a stream piece by piece, so that what was heard can be taken in between."""
    parser: Any = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = partial(_begin_root, parser, part)
    parser.CharacterDataHandler = part.letters
    parser.StartDoctypeDeclHandler = _refuse_types
    with stream:
        while chunk := stream.read(CHUNK):
            parser.Parse(chunk, False)
            yield
        parser.Parse(b"", True)
        yield


def _begin_root(parser: Any, part: Part, root: str, given: Given) -> None:
    """The first element: what prefix it has is that of all others of its kind."""
    prefix = root.rpartition(":")[0]
    parser.StartElementHandler, parser.EndElementHandler = part.begin, part.end
    if prefix:
        cut = f"{prefix}:"
        parser.StartElementHandler = lambda name, given: part.begin(name.removeprefix(cut), given)
        parser.EndElementHandler = lambda name: part.end(name.removeprefix(cut))
    part.begin(root.removeprefix(f"{prefix}:"), given)


def hear_all(part: Part, stream: IO[bytes]) -> None:
    """Read a stream to its end."""
    for _ in hear(part, stream):
        pass


def _refuse_types(*_: object) -> None:
    raise SheetError(Refusal.BOMB)


class Relations(Part):
    """The parts that a part points at, each by its id: what it is, and its name."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.found: dict[str, tuple[str, str]] = {}

    def begin(self, name: str, given: Given) -> None:
        """Keep a relation."""
        if name == "Relationship":
            target = given["Target"]
            whole = target if target.startswith("/") else normpath(join(self._folder, target))
            self.found[given["Id"]] = (given["Type"], whole)

    def of_kind(self, kind: str) -> str | None:
        """The first part of a kind."""
        parts = (part for each, part in self.found.values() if each.endswith(f"/{kind}"))
        return next(parts, None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet that a workbook names."""

    name: str
    relation: str
    hidden: bool


class Book(Part):
    """Which sheets there are, and from which day days are counted."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.days_from = DAY_ZERO

    def begin(self, name: str, given: Given) -> None:
        """Keep a sheet, or the day."""
        if name == "sheet":
            relation = next(v for k, v in given.items() if k.endswith(":id"))
            hidden = given.get("state", "visible") != "visible"
            self.sheets.append(Sheet(given.get("name", ""), relation, hidden))
        elif name == "workbookPr" and given.get("date1904", "0") in {"1", "true"}:
            self.days_from = DAY_ZERO_1904


class Texts(Part):
    """The texts that cells share, as bytes: a workbook may have a million of them."""

    def __init__(self) -> None:
        self._words = bytearray()
        self._ends = array("Q")
        self._text: list[str] = []
        self._collecting = False
        self._phonetic = False

    def begin(self, name: str, given: Given) -> None:  # noqa: ARG002 - as all parts hear it
        """Collect a text, but not how it is spoken in Japanese."""
        if name == "t":
            self._collecting = not self._phonetic
        elif name == "rPh":
            self._phonetic = True

    def end(self, name: str) -> None:
        """Keep a text."""
        if name == "t":
            self._collecting = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            self._words += "".join(self._text).encode("utf-8", "replace")
            self._ends.append(len(self._words))
            self._text.clear()

    def letters(self, text: str) -> None:
        """Collect letters."""
        if self._collecting:
            self._text.append(text)

    def __getitem__(self, number: int) -> str:
        if not 0 <= number < len(self._ends):
            raise ValueError(number)
        start = self._ends[number - 1] if number else 0
        return self._words[start : self._ends[number]].decode()


class Styles(Part):
    """Which styles show a number as a date."""

    def __init__(self) -> None:
        self.dates: set[int] = set()
        self._custom: set[int] = set()
        self._style: int | None = None

    def begin(self, name: str, given: Given) -> None:
        """Keep a format, or a style with a format of dates."""
        if name == "numFmt":
            if _DATE_SIGNS.search(_QUOTED.sub("", given.get("formatCode", ""))):
                self._custom.add(int(given["numFmtId"]))
        elif name == "cellXfs":
            self._style = 0
        elif name == "xf" and self._style is not None:
            number = int(given.get("numFmtId", "0"))
            if number in DATE_FORMATS or number in self._custom:
                self.dates.add(self._style)
            self._style += 1

    def end(self, name: str) -> None:
        """The styles of cells end."""
        if name == "cellXfs":
            self._style = None


class Anything(Part):
    """Whether a sheet holds anything at all."""

    def __init__(self) -> None:
        self.found = False

    def begin(self, name: str, given: Given) -> None:  # noqa: ARG002 - as all parts hear it
        """Take note of a value."""
        self.found = self.found or name in {"v", "is", "f"}
