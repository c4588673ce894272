"""Tables that print a row a line, columns parted by tabs, rows torn apart where pages end."""

import re
from collections.abc import Sequence

from tools.acts.rows import PrintedRow, RowInProgress
from tools.acts.words import Words

NAME, ADDRESS = 0, 1
AREA_CODE_ALONE = re.compile(r"^\((\d[\d ]*)\)")


class ColumnReader:
    """Puts the rows of one table together; `width` is the number of columns after the number."""

    def __init__(self, words: Words, width: int) -> None:
        self._group_heading = re.compile(words.group)
        self._timetable = re.compile(words.timetable)
        self._new_organisation = re.compile(words.new_organisation)
        self._address_start = re.compile(words.address_start)
        self._width = width
        self._rows: list[RowInProgress] = []
        self._loose: list[tuple[int, list[str]]] = []
        self._group = ""
        self.unread: list[tuple[int, str]] = []

    def read(self, lines: Sequence[str], first_line: int) -> list[PrintedRow]:
        """The rows; lines that belong nowhere are kept in `unread` for the eye."""
        for at, line in enumerate(lines):
            if line.strip():
                self._take(line, first_line + at)
        for _, cells in self._loose:
            self._append(self._rows[-1], cells)
        return [row.done() for row in self._rows]

    def _take(self, line: str, at: int) -> None:
        cells = [cell.strip(" *") for cell in line.split("\t")]
        text = " ".join(cell for cell in cells if cell)
        if self._group_heading.match(text) and not cells[0].isdigit():
            self._close()
            torn = " " not in text and self.unread and self.unread[-1][0] < at
            self._group = f"{self.unread.pop()[1]} {text}" if torn else text
        elif cells[0].isdigit() and len(cells) > 1 and not all(map(str.isdigit, cells)):
            self._open_row(cells[0], self._columns(cells[1:]), at)
        elif not cells[0] and len(cells) > 1:
            self._loose.append((at, self._columns(cells[1:])))
            self._settle_backwards()
        elif not self._timetable.search(text):
            self.unread.append((at, text))

    def _columns(self, cells: list[str]) -> list[str]:
        """The first columns up to the timetable, an area code printed apart put back."""
        cells = [re.sub(r"^(\(\d[\d ]*\)) .*$", r"\1", cell) for cell in cells]
        kept = [cell for cell in cells if not self._timetable.search(cell) or "@" in cell]
        columns: list[str] = []
        for cell in [*kept, *[""] * self._width][: self._width + 1]:
            code = AREA_CODE_ALONE.match(cell)
            if code and len(cells) - 1 >= self._width and len(columns) == self._width:
                number = columns[-1].removeprefix("8 ").replace(" ", "")
                columns[-1] = f"8 ({code.group(1).replace(' ', '')}) {number}"
            elif len(columns) < self._width:
                columns.append(cell)
        return columns

    def _open_row(self, number: str, cells: list[str], at: int) -> None:
        row = RowInProgress(number, self._group, at, cells)
        pending, self._loose = self._loose, []
        for _, loose in pending:
            if self._belongs_to_next(loose, row):
                row.cells = _joined(loose, row.cells)
            elif self._rows:
                self._append(self._rows[-1], loose)
        self._rows.append(row)

    def _belongs_to_next(self, loose: list[str], row: RowInProgress) -> bool:
        if not self._rows:
            return True
        previous = self._rows[-1]
        if loose[NAME]:
            return bool(previous.cells[NAME] and self._new_organisation.match(loose[NAME]))
        if loose[ADDRESS]:
            return bool(previous.cells[ADDRESS] and self._address_start.match(loose[ADDRESS]))
        return any(
            piece and previous.cells[column] and not row.cells[column]
            for column, piece in enumerate(loose)
        )

    def _settle_backwards(self) -> None:
        """A loose line that plainly continues the row above is joined at once."""
        _, loose = self._loose[-1]
        if not self._rows or not any(loose):
            if not any(loose):
                self._loose.pop()
            return
        name = loose[NAME]
        if name and not self._new_organisation.match(name):
            self._loose.pop()
            self._append(self._rows[-1], loose)

    def _close(self) -> None:
        for _, loose in self._loose:
            if self._rows:
                self._append(self._rows[-1], loose)
        self._loose = []

    def _append(self, row: RowInProgress, loose: list[str]) -> None:
        row.cells = _joined(row.cells, loose)


def _joined(first: list[str], second: list[str]) -> list[str]:
    return [_join(one, other) for one, other in zip(first, second, strict=True)]


def _join(one: str, other: str) -> str:
    if one.endswith("-") and other:
        return one + other
    return f"{one} {other}".strip()
