"""A workbook as an XLSX file. Every text is just a text: none is ever read as a formula."""

import io
from datetime import UTC, date, datetime

from openpyxl import Workbook as Opened
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from core.papers.model import Cell, Sheet, Workbook

HEAD = PatternFill("solid", fgColor="0A3D5C")
LONGEST_NAME = 31
NARROWEST, WIDEST = 10, 60
LONGEST_CELL = 32_000

# The file says when it was made in its own words; what stands here would differ every time.
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def xlsx_of(workbook: Workbook) -> bytes:
    """The workbook as a file, its heads frozen and its columns as wide as what is in them."""
    opened = Opened()
    opened.properties.title = workbook.title
    opened.properties.creator = "Bagyt"
    opened.properties.created = opened.properties.modified = _NO_DAY
    del opened[opened.active.title]
    for each in workbook.sheets:
        _fill(opened.create_sheet(_name(each.name)), each)
    made = io.BytesIO()
    opened.save(made)
    return made.getvalue()


def _fill(page: Worksheet, sheet: Sheet) -> None:
    page.append([_cell(page, each) for each in sheet.head])
    for cell in page[1]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    for row in sheet.rows:
        page.append([_cell(page, each) for each in row])
    if sheet.note:
        page.append([])
        page.append([_cell(page, sheet.note)])
    page.freeze_panes = "A2"
    if sheet.rows:
        last = get_column_letter(len(sheet.head))
        page.auto_filter.ref = f"A1:{last}{len(sheet.rows) + 1}"
    for number, head in enumerate(sheet.head):
        texts = [head, *(_shown(row[number]) for row in sheet.rows)]
        width = max(map(len, texts)) + 2
        letter = get_column_letter(number + 1)
        page.column_dimensions[letter].width = min(max(width, NARROWEST), WIDEST)


def _cell(page: Worksheet, value: Cell) -> WriteOnlyCell:
    cell = WriteOnlyCell(page)
    if isinstance(value, str):
        cell.value = _writable(value)
        # What begins with an equals sign was taken for a formula.
        cell.data_type = "s"
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "DD.MM.YYYY"
    return cell


def _writable(text: str) -> str:
    """The text without signs that no XML may hold, as long as a cell may be."""
    kept = "".join(each for each in text if each.isprintable() or each == "\n")
    return kept[:LONGEST_CELL]


def _shown(value: Cell) -> str:
    return "" if value is None else str(value)


def _name(name: str) -> str:
    """The name as a sheet may have it."""
    return "".join(each for each in name if each not in r"[]:*?/\\")[:LONGEST_NAME]
