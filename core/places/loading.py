"""Places from `data/places/places.csv`, with errors that name the line."""

import csv
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from core.places.model import Place

LIST_SEPARATOR = "; "


class PlaceFileError(ValueError):
    """A line of the place file that cannot be used."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"places.csv, line {line}: {why}")
        self.line = line


def load_places(data: Path) -> dict[str, Place]:
    """Places by id, in the order of the file; a parent stands before its children."""
    places: dict[str, Place] = {}
    with (data / "places" / "places.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            place = _read_row(reader.line_num, row)
            if place.id in places:
                raise PlaceFileError(reader.line_num, f"id {place.id!r} stands twice; give another")
            if place.parent and place.parent not in places:
                raise PlaceFileError(
                    reader.line_num,
                    f"parent {place.parent!r} of {place.id!r} is not known; "
                    "it must stand on a line above",
                )
            places[place.id] = place
    return places


def load_codes(data: Path, places: Mapping[str, Place]) -> dict[str, Place]:
    """Districts and cities by their codes in KATO, the state's classifier of territories."""
    with (data / "places" / "kato.csv").open(encoding="utf-8", newline="") as file:
        return {row["kato"]: places[row["place"]] for row in csv.DictReader(file)}


def _read_row(line: int, row: dict[str, str]) -> Place:
    given: dict[str, object] = {name: value or None for name, value in row.items()}
    given["also"] = row["also"].split(LIST_SEPARATOR) if row.get("also") else []
    given["note"] = row.get("note") or ""
    try:
        return Place.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise PlaceFileError(line, f"{field}: {first['msg']}, given {first['input']!r}") from error
