"""The files that extraction writes: listings, ids for ever, offices."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from core.directory.loading import SEPARATOR
from core.directory.model import Listing, ListingKey, Office

LISTING_COLUMNS = (
    "place", "row", "group", "name", "address", "phones", "faxes", "emails", "websites",
    "reception", "note",
)  # fmt: skip
ID_COLUMNS = ("act", "service", "annex", "list", "place", "office")


def listing_path(data: Path, listing: Listing) -> Path:
    """The file of a listing's table."""
    name = "-".join(filter(None, (listing.service, listing.annex, listing.list)))
    return data / "directory" / "listings" / listing.act / f"{name}.csv"


def write_listings(data: Path, listings: Iterable[Listing]) -> None:
    """One file a table; paragraphs keep to their own file."""
    tables: dict[Path, list[Listing]] = {}
    for listing in listings:
        if listing.annex:
            tables.setdefault(listing_path(data, listing), []).append(listing)
    for path, rows in tables.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(LISTING_COLUMNS)
            writer.writerows([_cells(listing) for listing in rows])


def _cells(listing: Listing) -> list[str]:
    cells = []
    for column in LISTING_COLUMNS:
        value = getattr(listing, column)
        if value is None:
            cells.append("")
        elif isinstance(value, str | int):
            cells.append(str(value))
        else:
            cells.append(SEPARATOR.join(value))
    return cells


def read_ids(data: Path) -> dict[ListingKey, str]:
    """Office ids by listing; empty where no extraction ever ran."""
    path = data / "directory" / "ids.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["act"], row["service"], row["annex"], row["list"], row["place"]): row["office"]
            for row in csv.DictReader(file)
        }


def write_ids(data: Path, ids: Mapping[ListingKey, str]) -> None:
    """The id file, new lines after the old."""
    with (data / "directory" / "ids.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(ID_COLUMNS)
        writer.writerows([(*key, office) for key, office in ids.items()])


def add_aliases(data: Path, aliases: Mapping[str, str]) -> None:
    """Ids that merged away, each with the id that stands for it now."""
    path = data / "directory" / "aliases.csv"
    known: dict[str, str] = {}
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            known = {row["old"]: row["office"] for row in csv.DictReader(file)}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("old", "office"))
        writer.writerows({**known, **aliases}.items())


def write_offices(data: Path, offices: Sequence[Office]) -> None:
    """One office a line, without its listings: those have files of their own."""
    with (data / "directory" / "offices.jsonl").open("w", encoding="utf-8") as file:
        for office in offices:
            record = office.model_dump(mode="json", by_alias=True, exclude={"listings"})
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def read_offices(data: Path) -> dict[str, Office]:
    """The offices as their lines say them, without listings; none before the first run."""
    path = data / "directory" / "offices.jsonl"
    if not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    found = (Office.model_validate({**json.loads(line), "listings": []}) for line in lines)
    return {office.id: office for office in found}
