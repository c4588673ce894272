"""Tables as text: whatever of the usual encodings and separators they are in."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from core.sheets.harmless import as_meant
from core.sheets.model import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Refusal, Rows, SheetError

SEPARATORS = (";", ",", "\t")
LINES_LOOKED_AT = 20
CHUNK = 1 << 20
BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
UNUSED = re.compile(rb"\x00")
"""What no text holds, but every picture and archive does."""
FOREIGN = re.compile(
    "[\u0402-\u0405\u0407-\u040c\u040e\u040f\u0452-\u0455\u0457-\u045c\u045e\u045f\u0490\u0491]"
)
"""Letters of Windows-1251 that Kazakh and Russian lack; the Kazakh page has its own there."""
_EXCEL_HINT = re.compile(r"^sep=([;,\t])\s*$", re.IGNORECASE)


def read_text(content: bytes) -> Rows:
    """The rows of a table of text."""
    encoding = encoding_of(content)
    hint = _EXCEL_HINT.match(next(_lines(content, encoding), ""))
    if hint is None:
        separator = max(SEPARATORS, key=lambda each: _fits(content, encoding, each))
        return _rows(content, encoding, separator)
    rows = _rows(content, encoding, hint[1])
    next(rows)
    return rows


def encoding_of(content: bytes) -> str:
    """Which encoding a text is in."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            _decode(content, encoding)
            return encoding
    if UNUSED.search(content):
        raise SheetError(Refusal.NO_TABLE)
    try:
        _decode(content, "utf-8")
    except SheetError:
        # The Kazakh code page keeps Kazakh letters where Windows-1251 has Serbian ones.
        return "kz1048" if _decode(content, "cp1251", FOREIGN) else "cp1251"
    return "utf-8"


def _decode(content: bytes, encoding: str, wanted: re.Pattern[str] | None = None) -> bool:
    """Make sure that all of it can be decoded; tell whether what is looked for is in it."""
    decoder = codecs.getincrementaldecoder(encoding)()
    found = False
    try:
        for start in range(0, len(content), CHUNK):
            text = decoder.decode(content[start : start + CHUNK], start + CHUNK >= len(content))
            if "\0" in text:
                raise SheetError(Refusal.NO_TABLE)
            found = found or (wanted is not None and wanted.search(text) is not None)
    except UnicodeDecodeError as wrong:
        raise SheetError(Refusal.LETTERS) from wrong
    return found


def _lines(content: bytes, encoding: str) -> Iterator[str]:
    return io.TextIOWrapper(io.BytesIO(content), encoding, newline="")


def _fits(content: bytes, encoding: str, separator: str) -> tuple[int, int]:
    """Into how many pieces a separator cuts the first line, and how many others into as many."""
    try:
        first = list(islice(_records(content, encoding, separator), LINES_LOOKED_AT))
    except SheetError:
        return (0, 0)
    widths = [len(cells) for cells in first if cells]
    return (widths[0], sum(each == widths[0] for each in widths)) if widths else (0, 0)


def _rows(content: bytes, encoding: str, separator: str) -> Rows:
    for number, cells in enumerate(_records(content, encoding, separator), start=1):
        if number > MOST_ROWS + 1:
            raise SheetError(Refusal.TOO_MANY_ROWS, most=MOST_ROWS)
        if len(cells) > MOST_COLUMNS:
            raise SheetError(Refusal.TOO_MANY_COLUMNS, row=number, most=MOST_COLUMNS)
        if any(len(each) > LONGEST_CELL for each in cells):
            raise SheetError(Refusal.LONG_CELL, row=number, most=LONGEST_CELL)
        yield number, [as_meant(each) or None for each in cells]


def _records(content: bytes, encoding: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(_lines(content, encoding), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as wrong:
            raise SheetError(Refusal.QUOTES, row=number) from wrong
