"""Tables in whatever form they come are read as they were meant; what is none is refused."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from core.sheets.harmless import as_meant, harmless
from core.sheets.model import Formula, Refusal, SheetError, column_index, column_letters
from core.sheets.reading import read_sheet
from core.sheets.writing import Look, Marked, OutSheet, write_workbook


def read(content: bytes) -> list[list[Any]]:
    return [cells for _, cells in read_sheet(content)]


def made(*rows: list[Any], **sheets: list[list[Any]]) -> Workbook:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    for name, table in sheets.items():
        sheet = book.create_sheet(name)
        for row in table:
            sheet.append(row)
    return book


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def written(rows: list[list[Any]]) -> bytes:
    file = io.BytesIO()
    write_workbook(file, [OutSheet("offices", [20] * max(map(len, rows)), rows)])
    return file.getvalue()


def packed(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """A package with one part put in or in place of another."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, part)
    return file.getvalue()


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "kz1048"])
def test_text_is_read_in_every_usual_encoding(separator: str, encoding: str) -> None:
    lines = [f"id{separator}Атауы", f'of9001{separator}"Қалқаман{separator} ""1"""']
    content = "\r\n".join(lines).encode(encoding)
    assert read(content) == [["id", "Атауы"], ["of9001", f'Қалқаман{separator} "1"']]


def test_russian_of_an_old_windows_is_read() -> None:
    assert read("id;Название\nof9001;Школа №1\n".encode("cp1251"))[1] == ["of9001", "Школа №1"]


def test_the_hint_of_excel_is_no_row() -> None:
    assert read(b"sep=;\r\nid;kind\r\na;b,c\r\n") == [["id", "kind"], ["a", "b,c"]]


def test_blank_rows_are_left_out_and_numbers_of_rows_are_those_of_excel() -> None:
    assert list(read_sheet(b"\nid;kind\n\n;\na;b\n")) == [
        (2, ["id", "kind"]),
        (5, ["a", "b"]),
    ]


def test_a_workbook_of_excel_is_read_with_dates_numbers_and_formulas() -> None:
    content = saved(made(["id", 1.5, 7, True, date(2026, 5, 1), "=1+1", None, "a"]))
    assert read(content) == [["id", 1.5, 7, True, date(2026, 5, 1), Formula(""), None, "a"]]


@given(
    st.lists(
        st.lists(
            st.none() | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]))
        ),
        min_size=1,
        max_size=4,
    )
)
def test_what_is_written_is_read_back_and_excel_sees_texts(rows: list[list[str | None]]) -> None:
    table: list[list[Any]] = [["head", "x"], *([*row, "end"] for row in rows)]
    content = written(table)
    expected = [[each or None for each in row] for row in table]
    assert read(content) == expected
    kinds = {
        cell.data_type
        for row in load_workbook(io.BytesIO(content)).active.iter_rows()
        for cell in row
    }
    assert "f" not in kinds


def test_looks_are_fills_that_excel_knows() -> None:
    content = written([["id"], [Marked("a", Look.CHANGED)], [Marked("b", Look.WRONG)], ["c"]])
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    assert sheet["A2"].fill.fgColor.rgb == "FFFFEB9C"
    assert sheet["A3"].fill.fgColor.rgb == "FFFFC7CE"
    assert sheet["A4"].fill.fill_type is None
    assert sheet["A4"].quotePrefix


@given(st.text(st.sampled_from("'=+-@\t\rab"), max_size=6))
def test_harmless_texts_come_back_as_they_were(text: str) -> None:
    assert as_meant(harmless(text)) == text
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_only_one_sheet_may_hold_something() -> None:
    assert read(saved(made(["id"], empty=[]))) == [["id"]]
    with pytest.raises(SheetError) as refused:
        read(saved(made(["id"], other=[["id"]])))
    assert refused.value.refusal is Refusal.SEVERAL_SHEETS
    assert "other" in str(refused.value.facts["names"])


def merged() -> bytes:
    book = made(["id", "kind"], ["a", "b"])
    assert book.active is not None
    book.active.merge_cells("A2:B2")
    return saved(book)


PLAIN = saved(made(["id", "kind"], ["a", "b"]))
SHEET = "xl/worksheets/sheet1.xml"
ROOT = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
LAUGHS = f'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>{ROOT}<sheetData/></worksheet>'
LOST = f'{ROOT}<sheetData><row r="1"><c r="A1" t="s"><v>9</v></c></row></sheetData></worksheet>'
FAR = f'{ROOT}<sheetData><row r="1"><c r="ZZ1"><v>1</v></c></row></sheetData></worksheet>'

REFUSED = {
    "nothing": (b"", Refusal.EMPTY),
    "only spaces": (b" \r\n\t", Refusal.EMPTY),
    "only separators": (b";;\n;;\n", Refusal.NO_ROWS),
    "too many MB": (b"a;b\n" * (16 * 1024 * 1024 + 1), Refusal.TOO_LARGE),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Refusal.OLD_EXCEL),
    "locked Excel": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        Refusal.LOCKED,
    ),
    "a PDF": (b"%PDF-1.7\n", Refusal.OTHER_DOCUMENT),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(20), Refusal.OTHER_DOCUMENT),
    "a page": (b"<html><table><tr><td>id", Refusal.DISGUISED),
    "binary": (b"id;kind\n\x00\x01;b", Refusal.NO_TABLE),
    "half a letter": (b"\xff\xfei\x00d", Refusal.LETTERS),
    "open quotes": (b'id;kind\n"a;b\n', Refusal.QUOTES),
    "text after quotes": (b'id;kind\n"a"x;b\n', Refusal.QUOTES),
    "201 columns": (b";".join([b"a"] * 201), Refusal.TOO_MANY_COLUMNS),
    "200 002 rows": (b"a;b\n" * 200_002, Refusal.TOO_MANY_ROWS),
    "a long cell": (b"a;" + b"b" * 40_000, Refusal.LONG_CELL),
    "a broken zip": (PLAIN[: len(PLAIN) // 2], Refusal.BROKEN),
    "a zip of nothing ours": (packed(a=b"b"), Refusal.NO_TABLE),
    "a document": (
        packed(**{"[Content_Types].xml": b"<Types>wordprocessingml</Types>"}),
        Refusal.OTHER_DOCUMENT,
    ),
    "OpenDocument": (packed(mimetype=b"x", **{"content.xml": b"<a/>"}), Refusal.OPEN_DOCUMENT),
    "Numbers": (packed(**{"Index/Tables.iwa": b"x"}), Refusal.NUMBERS),
    "macros": (with_part(PLAIN, "xl/vbaProject.bin", b"x"), Refusal.MACROS),
    "macros by type": (
        packed(**{"[Content_Types].xml": b"application/x.sheet.macroEnabled.main+xml"}),
        Refusal.MACROS,
    ),
    "binary Excel": (
        packed(**{"[Content_Types].xml": b"application/x.sheet.binary.main"}),
        Refusal.BINARY_EXCEL,
    ),
    "a packed bomb": (packed(**{SHEET: bytes(50_000_000)}), Refusal.BOMB),
    "many parts": (packed(**{f"p{n}": b"" for n in range(2_001)}), Refusal.BOMB),
    "laughs": (with_part(PLAIN, SHEET, LAUGHS.encode()), Refusal.BOMB),
    "broken XML": (with_part(PLAIN, SHEET, f"{ROOT}<sheetData>".encode()), Refusal.BROKEN),
    "a text that is not there": (with_part(PLAIN, SHEET, LOST.encode()), Refusal.BROKEN),
    "a far column": (with_part(PLAIN, SHEET, FAR.encode()), Refusal.TOO_MANY_COLUMNS),
    "merged cells": (merged(), Refusal.MERGED),
    "an empty sheet": (saved(made()), Refusal.NO_ROWS),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table_is_refused_with_its_reason(name: str) -> None:
    content, refusal = REFUSED[name]
    with pytest.raises(SheetError) as refused:
        read(content)
    assert refused.value.refusal is refusal


def test_columns_are_called_as_excel_calls_them() -> None:
    assert [column_letters(each) for each in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert all(column_index(column_letters(each)) == each for each in range(800))
    for wrong in ("", "a", "1"):
        with pytest.raises(ValueError, match=f"^{wrong}$"):
            column_index(wrong)
