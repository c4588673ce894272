"""The directory as files for others: lines of JSON, a table, or the files of data/ themselves."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from core.directory.as_json import office_json
from core.directory.bodies import Body
from core.directory.fields import FIELDS
from core.directory.model import Office
from core.directory.whole import Directory
from core.places.loading import LIST_SEPARATOR
from core.places.model import Place
from core.sheets.harmless import harmless
from core.sheets.writing import OutSheet
from core.sheets.writing import write_workbook as write_sheets

COLUMNS = ("id", *(each.name for each in FIELDS))
WIDTHS = {"name_kk": 50, "name_ru": 50, "address_kk": 40, "address_ru": 40}
WIDTH = 16


def jsonl(offices: Iterable[Office]) -> str:
    """One office a line, as the contract shows it."""
    return "".join(f"{json.dumps(office_json(each), ensure_ascii=False)}\n" for each in offices)


def table(offices: Iterable[Office]) -> str:
    """One office a line, in columns, as CSV; what a program would compute is made harmless."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in offices:
        row = row_of(office_json(each))
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue()


def write_workbook(offices: Iterable[Office], file: Path) -> None:
    """The same columns as a workbook; every text is one there, so that no program computes it."""
    with file.open("wb") as out:
        write_sheets(out, [_sheet(offices, COLUMNS)])


def workbook(offices: Iterable[Office], heads: Mapping[str, str]) -> bytes:
    """The same with headings in words."""
    out = io.BytesIO()
    write_sheets(out, [_sheet(offices, [heads[each] for each in COLUMNS])])
    return out.getvalue()


def _sheet(offices: Iterable[Office], heads: Sequence[str]) -> OutSheet:
    rows = chain([heads], (row_of(office_json(each)) for each in offices))
    return OutSheet("offices", [WIDTHS.get(each, WIDTH) for each in COLUMNS], rows)


def row_of(body: Body) -> list[str | float | None]:
    """An office as a row of a table."""
    return [body["id"], *(each.shown(body) for each in FIELDS)]


def write_data(directory: Directory, folder: Path) -> list[Path]:
    """The files of data/ that hold offices and places, under this folder; listings stay printed."""
    offices = folder / "directory" / "offices.jsonl"
    aliases = folder / "directory" / "aliases.csv"
    places = folder / "places" / "places.csv"
    for each in (offices, places):
        each.parent.mkdir(parents=True, exist_ok=True)
    offices.write_text("".join(_data_lines(directory.offices.values())), encoding="utf-8")
    with aliases.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("old", "office"))
        rows.writerows(directory.aliases.items())
    with places.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(Place.model_fields)
        rows.writerows(_place_row(each) for each in directory.places.values())
    return [offices, aliases, places]


def _data_lines(offices: Iterable[Office]) -> Iterator[str]:
    for each in offices:
        body = office_json(each)
        del body["listings"]
        yield f"{json.dumps(body, ensure_ascii=False)}\n"


def _place_row(place: Place) -> list[object]:
    values = {
        **place.model_dump(),
        "also": LIST_SEPARATOR.join(place.also),
        "lat": _degrees(place.lat),
        "lon": _degrees(place.lon),
    }
    return [values[name] for name in Place.model_fields]


def _degrees(value: float | None) -> str:
    """With as many digits as the file has throughout: a metre or so."""
    return "" if value is None else f"{value:.5f}"
