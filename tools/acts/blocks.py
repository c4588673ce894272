"""Tables whose cells came out as blocks of lines parted by empty lines (decree 283 of 2011)."""

import re
from collections.abc import Sequence

from tools.acts.rows import PrintedRow, RowInProgress
from tools.acts.words import Words

CELLS = 3
ONE_LINE = re.compile(r"^(\d{1,2})\s+(\S.*)$")


def read_blocks(lines: Sequence[str], first_line: int, words: Words) -> list[PrintedRow]:
    """Rows of number, name, address and contacts."""
    rows: list[RowInProgress] = []
    group = ""
    for at, block in _blocks(lines):
        number = re.match(r"^(\d{1,2})(\.|\s|$)\s*", block[0])
        if re.match(words.group, block[0]) and len(block) == 1:
            group = block[0]
        elif number and (not rows or len(rows[-1].cells) >= CELLS):
            rows.append(RowInProgress(number.group(1), group, first_line + at))
            rest = [block[0][number.end() :], *block[1:]]
            text = "\n".join(line for line in rest if line.strip())
            if text:
                rows[-1].cells.append(text)
        elif rows:
            rows[-1].cells.append("\n".join(block))
    return [row.done() for row in rows]


def read_lines(lines: Sequence[str], first_line: int) -> list[PrintedRow]:
    """Rows of one or more lines where the number opens a line and the rest is not parted."""
    rows: list[RowInProgress] = []
    for at, block in _blocks(lines):
        for line in block:
            number = re.match(r"^(\d{1,2})(?:\s+(?=\D)|$)", line)
            if number and _follows(number.group(1), rows):
                rows.append(RowInProgress(number.group(1), "", first_line + at, [""]))
                line = line[number.end() :]  # noqa: PLW2901
            if rows and line.strip():
                rows[-1].cells[0] = f"{rows[-1].cells[0]} {line.strip()}".strip()
    return [row.done() for row in rows]


def _follows(number: str, rows: list[RowInProgress]) -> bool:
    return int(number) == (int(rows[-1].number) if rows else 0) + 1


def _blocks(lines: Sequence[str]) -> list[tuple[int, list[str]]]:
    blocks: list[tuple[int, list[str]]] = []
    open_block = False
    for at, line in enumerate(lines):
        if not line.strip():
            open_block = False
        elif open_block:
            blocks[-1][1].append(line.strip())
        else:
            blocks.append((at, [line.strip()]))
            open_block = True
    return blocks
