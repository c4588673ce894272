"""Reading a table that somebody sent: what it is shows in its bytes, not in its name."""

import io
from itertools import chain

from core.sheets.model import LARGEST_FILE, Refusal, Rows, SheetError
from core.sheets.text import read_text
from core.sheets.workbook import read_workbook

CHUNK = 4096
PACKAGE = b"PK"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED_INSIDE = "EncryptedPackage".encode("utf-16-le")
OTHERS = (
    b"%PDF",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
)
DISGUISED = (b"<html", b"<!doctype", b"<?xml", b"<table", b"<meta")
"""Pages that some programs save under the name of a workbook."""


def read_sheet(content: bytes) -> Rows:
    """The rows of a table, with blank ones left out; raises SheetError, also while it is read."""
    if not content[:CHUNK].strip() and not content.strip():
        raise SheetError(Refusal.EMPTY)
    if len(content) > LARGEST_FILE:
        raise SheetError(Refusal.TOO_LARGE, most=LARGEST_FILE // 2**20)
    rows = _rows(content)
    first = next(rows, None)
    if first is None:
        raise SheetError(Refusal.NO_ROWS)
    return chain([first], rows)


def _rows(content: bytes) -> Rows:
    for number, cells in _read(content):
        if any(each is not None and each != "" for each in cells):
            yield number, cells


def _read(content: bytes) -> Rows:
    beginning = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if content.startswith(PACKAGE):
        return read_workbook(io.BytesIO(content))
    if content.startswith(OLD_OFFICE):
        locked = LOCKED_INSIDE in content
        raise SheetError(Refusal.LOCKED if locked else Refusal.OLD_EXCEL)
    if content.startswith(OTHERS):
        raise SheetError(Refusal.OTHER_DOCUMENT)
    if beginning.startswith(DISGUISED):
        raise SheetError(Refusal.DISGUISED)
    return read_text(content)
