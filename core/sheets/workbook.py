"""Workbooks (XLSX) read by hand: quickly, in little memory, and without trusting the file.

What a bot needs of a workbook is small: the cells of one sheet, and which of them are dates. Every
part is read as a stream by expat with no document types allowed; sizes are looked at before, and
never more is unpacked than the file says of itself.
"""

import datetime as dt
import re
import zipfile
import zlib
from posixpath import dirname, join
from typing import IO
from xml.parsers import expat

from core.sheets.harmless import MARK, as_meant
from core.sheets.model import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Failure,
    Formula,
    Refusal,
    Row,
    Rows,
    SheetError,
    column_index,
)
from core.sheets.package import look_over
from core.sheets.parts import (
    Anything,
    Book,
    Given,
    Part,
    Relations,
    Styles,
    Texts,
    hear,
    hear_all,
)

USUAL_BOOK = "xl/workbook.xml"
PACKAGE_RELATIONS = "_rels/.rels"
TROUBLES = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    LookupError,
    ValueError,
    StopIteration,
    NotImplementedError,
    OverflowError,
    OSError,
    RuntimeError,
)
"""What a broken file may show as, wherever in it something is broken."""

LAST_DAY = 2_958_465
LARGEST_WHOLE = 2**53
DIGITS = "0123456789"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_workbook(file: IO[bytes]) -> Rows:
    """The rows of the only sheet that is shown and holds something."""
    try:
        with zipfile.ZipFile(file) as package:
            look_over(package)
            yield from _Workbook(package).rows()
    except SheetError:
        raise
    except TROUBLES as wrong:
        raise SheetError(Refusal.BROKEN) from wrong


class _Workbook:
    """A package that claims to be a workbook."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self._names = {each.lower(): each for each in package.namelist()}

    def rows(self) -> Rows:
        """The rows of the sheet that is meant."""
        book_name = self._relations(PACKAGE_RELATIONS, "").of_kind("officeDocument") or USUAL_BOOK
        folder, name = dirname(book_name), book_name.rpartition("/")[2]
        relations = self._relations(join(folder, "_rels", f"{name}.rels"), folder)
        book, texts, styles = Book(), Texts(), Styles()
        hear_all(book, self._stream(book_name))
        for part, kind in ((texts, "sharedStrings"), (styles, "styles")):
            target = relations.of_kind(kind)
            if target is not None:
                hear_all(part, self._stream(target))
        cells = _Cells(texts, frozenset(styles.dates), book.days_from)
        yield from _counted(cells, self._stream(self._meant(book, relations)))

    def _meant(self, book: Book, relations: Relations) -> str:
        """The part of the one sheet that is shown and holds something."""
        shown = {
            each.name: relations.found[each.relation][1]
            for each in book.sheets
            if not each.hidden and relations.found[each.relation][0].endswith("/worksheet")
        }
        if not shown:
            raise SheetError(Refusal.NO_SHEET)
        if len(shown) > 1:
            full = {name: part for name, part in shown.items() if self._holds_anything(part)}
            if len(full) > 1:
                raise SheetError(Refusal.SEVERAL_SHEETS, names=", ".join(full))
            shown = full or shown
        return next(iter(shown.values()))

    def _holds_anything(self, name: str) -> bool:
        anything = Anything()
        return any(anything.found for _ in hear(anything, self._stream(name)))

    def _relations(self, name: str, folder: str) -> Relations:
        relations = Relations(folder)
        if name.lower() in self._names:
            hear_all(relations, self._stream(name))
        return relations

    def _stream(self, name: str) -> IO[bytes]:
        return self._package.open(self._names[name.lstrip("/").lower()])


def _counted(cells: "_Cells", stream: IO[bytes]) -> Rows:
    """The rows as they come, but no more than there may be."""
    count = 0
    for _ in hear(cells, stream):
        count += len(cells.done)
        if count > MOST_ROWS + 1:
            raise SheetError(Refusal.TOO_MANY_ROWS, most=MOST_ROWS)
        yield from cells.done
        cells.done.clear()


class _Cells(Part):
    """The cells of one sheet, row by row; rows without any are left out."""

    def __init__(self, texts: Texts, dates: frozenset[int], days_from: dt.datetime) -> None:
        self.done: list[Row] = []
        self._texts = texts
        self._dates = dates
        self._days_from = days_from
        self._cells: list[Cell] = []
        self._row = 0
        self._column = -1
        self._kind = "n"
        self._style = "0"
        self._computed = False
        self._text: list[str] = []
        self._collecting = False
        self._phonetic = False
        self._columns: dict[str, int] = {}

    def begin(self, name: str, given: Given) -> None:
        """A row, a cell or something in a cell begins."""
        if name == "c":
            self._begin(given)
        elif name == "v":
            self._collecting = True
        elif name == "t":
            self._collecting = not self._phonetic
        elif name == "row":
            number = given.get("r")
            self._row = self._row + 1 if number is None else int(number)
            self._column = -1
        elif name == "f":
            self._computed = True
        elif name == "rPh":
            self._phonetic = True
        elif name == "mergeCell":
            raise SheetError(Refusal.MERGED, where=given.get("ref", ""))

    def end(self, name: str) -> None:
        """And it ends."""
        if name in {"v", "t"}:
            self._collecting = False
        elif name == "c":
            self._keep(self._value("".join(self._text)) if self._text or self._computed else None)
        elif name == "row":
            if self._cells:
                self.done.append((self._row, self._cells))
                self._cells = []
        elif name == "rPh":
            self._phonetic = False

    def letters(self, text: str) -> None:
        """Letters of a value."""
        if self._collecting:
            self._text.append(text)

    def _begin(self, given: Given) -> None:
        where = given.get("r")
        self._column = self._column + 1 if where is None else self._column_of(where)
        self._kind = given.get("t", "n")
        self._style = given.get("s", "0")
        self._computed = False
        self._text.clear()

    def _column_of(self, where: str) -> int:
        letters = where.rstrip(DIGITS)
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = column_index(letters)
        return column

    def _keep(self, value: Cell) -> None:
        if value is None:
            return
        if self._column >= MOST_COLUMNS:
            raise SheetError(Refusal.TOO_MANY_COLUMNS, row=self._row, most=MOST_COLUMNS)
        missing = self._column - len(self._cells)
        if missing < 0:
            self._cells[self._column] = value
            return
        if missing:
            self._cells += [None] * missing
        self._cells.append(value)

    def _value(self, text: str) -> Cell:
        if self._computed:
            return Formula(text)
        match self._kind:
            case "s":
                value: Cell = self._as_meant(self._texts[int(text)])
            case "inlineStr" | "str":
                value = self._as_meant(text)
            case "b":
                value = text.strip() in {"1", "true"}
            case "e":
                value = Failure(text)
            case "d":
                value = dt.datetime.fromisoformat(text.removesuffix("Z")).date()
            case _:
                value = self._number(text) if text.strip() else None
        return value

    def _number(self, text: str) -> Cell:
        number = float(text)
        if self._dates and int(self._style) in self._dates and 0 < number < LAST_DAY:
            return (self._days_from + dt.timedelta(days=int(number))).date()
        return int(number) if number.is_integer() and abs(number) < LARGEST_WHOLE else number

    def _as_meant(self, text: str) -> Cell:
        """A text with what XML cannot hold put back, and without the mark against formulas."""
        if len(text) > LONGEST_CELL:
            raise SheetError(Refusal.LONG_CELL, row=self._row, most=LONGEST_CELL)
        if "_x" in text:
            text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        if text.startswith(MARK):
            text = as_meant(text)
        return text or None
