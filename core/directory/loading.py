"""The directory from its files, with errors that name file and line."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from core.directory.model import Listing, Office

SEPARATOR = "; "


class DirectoryFileError(ValueError):
    """A line of a directory file that cannot be used."""

    def __init__(self, file: str, line: int, why: str) -> None:
        super().__init__(f"{file}, line {line}: {why}")
        self.file = file
        self.line = line


def load_offices(data: Path) -> dict[str, Office]:
    """All offices by id, each with its listings."""
    ids = _read_ids(data / "directory")
    listings = _listings_by_office(data / "directory", ids)
    offices: dict[str, Office] = {}
    path = data / "directory" / "offices.jsonl"
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        office = _read_office(path.name, number, line, listings)
        if office.id in offices:
            raise DirectoryFileError(path.name, number, f"id {office.id!r} stands twice")
        offices[office.id] = office
    for number, row in ids:
        if row["office"] not in offices:
            raise DirectoryFileError("ids.csv", number, f"no office has the id {row['office']!r}")
    return offices


def load_aliases(data: Path) -> dict[str, str]:
    """Ids that merged away, with the id that stands for each."""
    with (data / "directory" / "aliases.csv").open(encoding="utf-8", newline="") as file:
        return {row["old"]: row["office"] for row in csv.DictReader(file)}


def _read_office(
    file: str, number: int, line: str, listings: Mapping[str, list[Listing]]
) -> Office:
    try:
        record = json.loads(line)
        record["listings"] = listings.get(record["id"], [])
        return Office.model_validate(record)
    except json.JSONDecodeError as error:
        raise DirectoryFileError(file, number, f"not JSON: {error.msg}") from error
    except (KeyError, TypeError) as error:
        raise DirectoryFileError(file, number, f"not an office: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        why = f"{field}: {first['msg']}, given {first['input']!r}"
        raise DirectoryFileError(file, number, why) from error


def _listings_by_office(
    folder: Path, ids: Sequence[tuple[int, Mapping[str, str]]]
) -> dict[str, list[Listing]]:
    by_key = {listing.key: listing for listing in _all_listings(folder)}
    found: dict[str, list[Listing]] = {}
    for number, row in ids:
        key = (row["act"], row["service"], row["annex"], row["list"], row["place"])
        if key not in by_key:
            why = f"there is no listing {' '.join(filter(None, key))}"
            raise DirectoryFileError("ids.csv", number, why)
        found.setdefault(row["office"], []).append(by_key[key])
    return found


def _read_ids(folder: Path) -> list[tuple[int, dict[str, str]]]:
    with (folder / "ids.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return [(reader.line_num, row) for row in reader]


def _all_listings(folder: Path) -> list[Listing]:
    found: list[Listing] = []
    for path in sorted((folder / "listings").glob("*/*.csv")):
        service, annex, *rest = path.stem.split("-")
        named = {"act": path.parent.name, "service": service, "annex": annex}
        named["list"] = rest[0] if rest else ""
        found += _read_table(path, named)
    return [*found, *(listing for listing, _ in load_paragraphs(folder.parent))]


def _read_table(path: Path, named: Mapping[str, str]) -> list[Listing]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return [_listing(path.name, reader.line_num, {**named, **row}) for row in reader]


def load_paragraphs(data: Path) -> list[tuple[Listing, dict[str, str]]]:
    """Offices that acts name in their paragraphs, each with its whole row.

    The place of each is its place among those of the act's service.
    """
    path = data / "directory" / "paragraphs.csv"
    places: dict[tuple[str, str], int] = {}
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            key = (row["act"], row["service"])
            places[key] = places.get(key, 0) + 1
            placed = {**row, "place": str(places[key])}
            found.append((_listing(path.name, reader.line_num, placed), row))
    return found


def _listing(file: str, line: int, row: Mapping[str, str]) -> Listing:
    def one(field: str) -> str | None:
        return row.get(field) or None

    def several(field: str) -> list[str]:
        return row[field].split(SEPARATOR) if row[field] else []

    given = {
        "act": row["act"],
        "service": row["service"],
        "annex": one("annex"),
        "list": one("list"),
        "group": one("group"),
        "row": one("row"),
        "para": one("para"),
        "place": row["place"],
        "name": row["name"],
        "address": row["address"],
        "phones": several("phones"),
        "faxes": several("faxes"),
        "emails": several("emails"),
        "websites": several("websites"),
        "reception": row.get("reception", ""),
        "note": row.get("note", ""),
    }
    try:
        return Listing.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise DirectoryFileError(
            file, line, f"{field}: {first['msg']}, given {first['input']!r}"
        ) from error
