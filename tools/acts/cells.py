"""Tables that print one cell a line, each begun by a tab, rows parted by an empty line."""

import re
from collections.abc import Sequence

from tools.acts.rows import PrintedRow, RowInProgress

NUMBER = re.compile(r"^\d{1,3}\s*\.?$")


def read_cells(lines: Sequence[str], first_line: int, *, numbered: bool) -> list[PrintedRow]:
    """The rows of a table; a cell keeps its line breaks. Headings of one cell name the group."""
    rows: list[PrintedRow] = []
    group = ""
    for at, cells in _raw_rows(lines):
        if len(cells) == 1:
            group = cells[0]
        elif _is_header(cells, numbered=numbered, first=not rows and not group):
            continue
        elif numbered:
            rows.append(PrintedRow(cells[0].rstrip(". "), group, tuple(cells[1:]), first_line + at))
        else:
            rows.append(PrintedRow("", group, tuple(cells), first_line + at))
    return rows


def _is_header(cells: list[str], *, numbered: bool, first: bool) -> bool:
    if numbered:
        return not NUMBER.match(cells[0]) or all(NUMBER.match(cell) for cell in cells)
    return first and not any(re.search(r"\d{3}", cell) for cell in cells)


def _raw_rows(lines: Sequence[str]) -> list[tuple[int, list[str]]]:
    found: list[RowInProgress] = []
    after_blank = True
    for at, line in enumerate(lines):
        if not line.strip():
            after_blank = True
            continue
        if line.startswith("\t"):
            if after_blank or not found:
                found.append(RowInProgress("", "", at))
            found[-1].cells.append(line.strip())
        elif found:
            found[-1].cells[-1] += "\n" + line.strip()
        after_blank = False
    return [(row.line, row.cells) for row in found]
