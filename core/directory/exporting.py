"""The directory as files for others: lines of JSON, a table, or the files of data/ themselves."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from openpyxl import Workbook

from core.directory.as_json import office_json
from core.directory.loading import SEPARATOR
from core.directory.model import Hours, Office
from core.directory.whole import Directory
from core.places.loading import LIST_SEPARATOR
from core.places.model import Place

COLUMNS = (
    "id",
    "kind",
    "name_kk",
    "name_ru",
    "region",
    "district",
    "locality",
    "address_kk",
    "address_ru",
    "postcode",
    "phones",
    "faxes",
    "emails",
    "websites",
    "hours",
    "lat",
    "lon",
    "position",
    "closed",
    "verified_on",
)


def jsonl(offices: Iterable[Office]) -> str:
    """One office a line, as the contract shows it."""
    return "".join(f"{json.dumps(office_json(each), ensure_ascii=False)}\n" for each in offices)


def table(offices: Iterable[Office]) -> str:
    """One office a line, in columns, as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(each) for each in offices)
    return text.getvalue()


def write_workbook(offices: Iterable[Office], file: Path) -> None:
    """The same columns as a workbook; every cell is text, so that no program counts with it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("offices")
    sheet.freeze_panes = "B2"
    sheet.append(COLUMNS)
    for each in offices:
        sheet.append(_row(each))
    book.save(file)


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


def _row(office: Office) -> list[str | float | None]:
    return [
        office.id,
        office.kind,
        office.name.kk,
        office.name.ru,
        office.region,
        office.district,
        office.locality,
        office.address.kk,
        office.address.ru,
        office.postcode,
        SEPARATOR.join(office.phones),
        SEPARATOR.join(office.faxes),
        SEPARATOR.join(office.emails),
        SEPARATOR.join(office.websites),
        SEPARATOR.join(map(_hours, office.hours)),
        office.lat,
        office.lon,
        office.position,
        "1" if office.closed else "",
        office.verified_on.isoformat() if office.verified_on else "",
    ]


def _hours(hours: Hours) -> str:
    pause = f" ({'-'.join(hours.pause)})" if hours.pause else ""
    return f"{','.join(hours.days)} {hours.opens}-{hours.closes}{pause}"
