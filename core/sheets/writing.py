"""Workbooks (XLSX) written by hand, row by row: quickly, in little memory, every text as a text.

Excel shows a cell as a formula only where the file says that it is one, and this never says so.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import IO

from core.sheets.harmless import MARK, harmless
from core.sheets.model import LONGEST_CELL, column_letters

LEVEL = 1
"""How hard to pack: more takes longer than it saves."""
JOINED = 500
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
PECULIAR = re.compile(f"^{MARK}|[&<>]|{FORBIDDEN.pattern}")
"""What cannot be written just as it is."""
LONGEST_NAME = 31


class Look(IntEnum):
    """How a cell looks."""

    PLAIN = 0
    HEAD = 1
    NEW = 2
    CHANGED = 3
    WRONG = 4
    GONE = 5


FILLS = {
    Look.HEAD: "FFE7E6E6",
    Look.NEW: "FFC6EFCE",
    Look.CHANGED: "FFFFEB9C",
    Look.WRONG: "FFFFC7CE",
    Look.GONE: "FFD9D9D9",
}


@dataclass(frozen=True, slots=True)
class Marked:
    """A value in a cell that looks otherwise than the others."""

    value: str | float | None
    look: Look


Written = str | int | float | None | Marked


@dataclass(frozen=True, slots=True)
class OutSheet:
    """A sheet to write: its name, how wide its columns are, and its rows, the first one a head."""

    name: str
    widths: Sequence[int]
    rows: Iterable[Sequence[Written]]


def write_workbook(file: IO[bytes], sheets: Sequence[OutSheet]) -> None:
    """Write sheets one after another; what is to come of a sheet is asked for only then."""
    names = [each.name[:LONGEST_NAME] for each in sheets]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as package:
        for number, sheet in enumerate(sheets, start=1):
            with package.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as part:
                for piece in _sheet(sheet):
                    part.write(piece.encode("utf-8"))
        for name, content in _frame(names):
            package.writestr(name, content)


def _sheet(sheet: OutSheet) -> Iterator[str]:
    letters = [column_letters(each) for each in range(len(sheet.widths))]
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(sheet.widths, start=1)
    )
    yield (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{widths}</cols><sheetData>"
    )
    some: list[str] = []
    for number, row in enumerate(sheet.rows, start=1):
        some.append(_row(number, row, letters))
        if len(some) == JOINED:
            yield "".join(some)
            some.clear()
    yield "".join(some)
    yield "</sheetData></worksheet>"


def _row(number: int, row: Sequence[Written], letters: Sequence[str]) -> str:
    cells: list[str] = []
    for letter, cell in zip(letters, row, strict=False):
        value, look = (cell.value, cell.look) if isinstance(cell, Marked) else (cell, 0)
        if number == 1:
            look = Look.HEAD
        if value is None or value == "":
            if look:
                cells.append(f'<c r="{letter}{number}" s="{look}"/>')
        elif isinstance(value, str):
            cells.append(
                f'<c r="{letter}{number}" s="{look}" t="inlineStr">'
                f'<is><t xml:space="preserve">{_escaped(value)}</t></is></c>'
            )
        else:
            cells.append(f'<c r="{letter}{number}" s="{look}"><v>{value!r}</v></c>')
    return f'<row r="{number}">{"".join(cells)}</row>'


def _escaped(text: str) -> str:
    if len(text) <= LONGEST_CELL and not PECULIAR.search(text):
        return text
    if text.startswith(MARK):
        # Only so does it come back as it is; what begins with a sign of a formula is a text here.
        text = harmless(text)
    if len(text) > LONGEST_CELL:
        text = text[: LONGEST_CELL - 1] + "…"
    if FORBIDDEN.search(text):
        text = FORBIDDEN.sub("", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _frame(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What stands around the sheets: which there are, and how cells may look."""
    numbers = range(1, len(names) + 1)
    yield (
        "[Content_Types].xml",
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{each}.xml" '
            f'ContentType="{TYPE}.worksheet+xml"/>'
            for each in numbers
        )
        + "</Types>",
    )
    relation = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    yield "_rels/.rels", _relations(relation)
    yield (
        "xl/workbook.xml",
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        + "".join(
            f'<sheet name="{_escaped(name).replace(chr(34), "&quot;")}" sheetId="{number}" '
            f'r:id="rId{number}"/>'
            for number, name in zip(numbers, names, strict=True)
        )
        + "</sheets></workbook>",
    )
    relations = "".join(
        f'<Relationship Id="rId{each}" Type="{OFFICE}/worksheet" '
        f'Target="worksheets/sheet{each}.xml"/>'
        for each in numbers
    )
    styles = f'<Relationship Id="rId{len(names) + 1}" Type="{OFFICE}/styles" Target="styles.xml"/>'
    yield "xl/_rels/workbook.xml.rels", _relations(relations + styles)
    yield ("xl/styles.xml", _styles())


def _relations(inside: str) -> str:
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def _styles() -> str:
    """One style a look; every one is a text, with Excel's own sign that it is no formula."""
    fills = "".join(
        f'<fill><patternFill patternType="solid"><fgColor rgb="{color}"/></patternFill></fill>'
        for color in FILLS.values()
    )
    # Excel keeps the first two fills for itself.
    formats = "".join(
        f'<xf numFmtId="0" fontId="{int(look is Look.HEAD)}" fillId="{look + 1 if look else 0}" '
        'borderId="0" xfId="0" quotePrefix="1" applyFill="1" applyFont="1"/>'
        for look in Look
    )
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/>'
        '<name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        f'<fills count="{len(FILLS) + 2}"><fill><patternFill patternType="none"/></fill>'
        f'<fill><patternFill patternType="gray125"/></fill>{fills}</fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        f'</cellStyleXfs><cellXfs count="{len(Look)}">{formats}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )
