"""The package that a workbook comes in: looked over before anything of it is unpacked."""

import zipfile
from collections.abc import Iterator
from zipfile import ZipInfo

from core.sheets.model import Refusal, SheetError

MOST_UNPACKED = 512 * 1024 * 1024
MOST_PARTS = 2_000
SUSPICIOUS_RATIO = 400
"""Tables shrink to a twentieth; even empty ones hardly to less than this part."""
SMALL = 4 * 1024 * 1024
"""What is no larger than this when unpacked does no harm, however well it was packed."""
CONTENT_TYPES = "[Content_Types].xml"
MACRO_PARTS = ("vbaproject.bin", "vbadata.xml")

BY_TYPE = (
    ("macroEnabled", Refusal.MACROS),
    ("/xl/macrosheets/", Refusal.MACROS),
    ("sheet.binary", Refusal.BINARY_EXCEL),
)


def look_over(package: zipfile.ZipFile) -> None:
    """Refuse what is no plain workbook."""
    for refusal in _refusals(package):
        raise SheetError(refusal)


def _refusals(package: zipfile.ZipFile) -> Iterator[Refusal]:
    parts = package.infolist()
    names = {each.filename for each in parts}
    if len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > MOST_UNPACKED:
        yield Refusal.BOMB
    if any(map(_is_bomb, parts)):
        yield Refusal.BOMB
    if any(each.flag_bits & 1 for each in parts):
        yield Refusal.LOCKED
    if any(each.lower().endswith(MACRO_PARTS) for each in names):
        yield Refusal.MACROS
    if {"mimetype", "content.xml"} <= names:
        yield Refusal.OPEN_DOCUMENT
    if any(each.endswith(".iwa") for each in names):
        yield Refusal.NUMBERS
    if CONTENT_TYPES not in names:
        yield Refusal.NO_TABLE
    types = package.read(CONTENT_TYPES).decode("utf-8", "replace")
    yield from (refusal for sign, refusal in BY_TYPE if sign in types)
    if "spreadsheetml" not in types:
        yield Refusal.OTHER_DOCUMENT


def _is_bomb(part: ZipInfo) -> bool:
    """Whether a part is packed better than any table is."""
    return part.file_size > SMALL and part.file_size > SUSPICIOUS_RATIO * max(part.compress_size, 1)
