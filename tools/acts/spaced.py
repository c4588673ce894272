"""Tables in letter-spaced print, cells parted by empty lines (Almaty oblast, decree 420)."""

import re
from collections.abc import Sequence

from tools.acts.letters import Letters, tidy
from tools.acts.rows import PrintedRow, RowInProgress
from tools.acts.words import Words

OPENS_ROW = re.compile(r"^(\d{1,2})\s*(?=[^\W\d]|$)")
TWO_DIGITS_APART = re.compile(r"^(\d) (\d)$")
PHONE = re.compile(r"^8[\s-]*\(?7\d")
HEADER = "12345"


class SpacedReader:
    """Reads rows of name, address with site or e-mail, and phone."""

    def __init__(self, words: Words, letters: Letters) -> None:
        self._group_heading = re.compile(words.group)
        self._timetable = re.compile(words.timetable_block)
        self._name_end = re.compile(words.name_end)
        self._letters = letters

    def read(self, lines: Sequence[str], first_line: int) -> list[PrintedRow]:
        """The rows in the order printed."""
        rows: list[RowInProgress] = []
        group = ""
        in_timetable = False
        for at, raw in enumerate(lines):
            line = TWO_DIGITS_APART.sub(r"\1\2", self._letters.join_spaced(raw))
            if not line:
                in_timetable = False
                continue
            if self._group_heading.match(line):
                group = line
                continue
            in_timetable = in_timetable or bool(self._timetable.match(line))
            if in_timetable or line == HEADER:
                continue
            number = None if PHONE.match(line) else OPENS_ROW.match(line)
            if number and _follows(number.group(1), group, rows):
                rows.append(RowInProgress(number.group(1), group, first_line + at))
                line = line[number.end() :].strip()
            if rows and line:
                rows[-1].cells.append(line)
        return [self._in_columns(row) for row in rows]

    def _in_columns(self, row: RowInProgress) -> PrintedRow:
        text = "\n".join(row.cells)
        end = self._name_end.search(text)
        at = end.end() if end else 0
        name, rest = tidy(text[:at]), text[at:].strip()
        return PrintedRow(row.number, row.group, (name, rest), row.line)


def _follows(number: str, group: str, rows: list[RowInProgress]) -> bool:
    """The next number of the group: anything else at a line's start is a house or a phone."""
    if not rows or rows[-1].group != group:
        return int(number) == 1
    return int(number) == int(rows[-1].number) + 1
