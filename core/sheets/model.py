"""What a sheet is: rows of cells, read one after another; and why a file is refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LARGEST_FILE = 64 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 200
LONGEST_CELL = 32_767
"""As many letters as Excel puts into one cell."""


class Refusal(StrEnum):
    """Why a file cannot be read as a table; the values are names that words are kept under."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NO_TABLE = "no_table"
    OLD_EXCEL = "old_excel"
    OPEN_DOCUMENT = "open_document"
    NUMBERS = "numbers"
    LOCKED = "locked"
    MACROS = "macros"
    BROKEN = "broken"
    BOMB = "bomb"
    BINARY_EXCEL = "binary_excel"
    OTHER_DOCUMENT = "other_document"
    NO_SHEET = "no_sheet"
    SEVERAL_SHEETS = "several_sheets"
    NO_ROWS = "no_rows"
    MERGED = "merged"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    LONG_CELL = "long_cell"
    LETTERS = "letters"
    QUOTES = "quotes"
    DISGUISED = "disguised"


class SheetError(ValueError):
    """A file that cannot be read as a table: why, and where in it."""

    def __init__(self, refusal: Refusal, **facts: object) -> None:
        super().__init__(refusal.value, facts)
        self.refusal = refusal
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that is computed, so that what it holds is nobody's word."""

    text: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A cell in which Excel could not compute something, such as #REF!."""

    text: str


Cell = str | int | float | bool | date | Formula | Failure | None
Row = tuple[int, list[Cell]]
"""A row by the number that Excel shows beside it, and its cells."""
Rows = Iterator[Row]


def column_letters(index: int) -> str:
    """What Excel calls a column, from 0 on."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The column that Excel calls so, from 0 on."""
    index = 0
    for each in letters:
        if not "A" <= each <= "Z":
            raise ValueError(letters)
        index = index * 26 + ord(each) - ord("A") + 1
    if not index:
        raise ValueError(letters)
    return index - 1
