"""Offices that the acts name in their paragraphs, typed by eye."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from core.directory.model import Kind, Listing, Role

KINDS: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}
ROLES: dict[str, Role] = {role: role for role in get_args(Role)}


@dataclass(frozen=True)
class NamedInParagraph:
    """One office of one paragraph."""

    listing: Listing
    kind: Kind
    serves: tuple[Role, ...]
    region: str


def load_paragraphs(data: Path) -> list[NamedInParagraph]:
    """The rows of `paragraphs.csv`; the place of each is its place in the act's service."""
    found: list[NamedInParagraph] = []
    places: dict[tuple[str, str], int] = {}
    with (data / "directory" / "paragraphs.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = (row["act"], row["service"])
            places[key] = places.get(key, 0) + 1
            listing = Listing(
                act=row["act"],
                service=row["service"],
                annex=None,
                list=None,
                group=None,
                row=None,
                para=row["para"],
                place=places[key],
                name=row["name"],
                address=row["address"],
                phones=_split(row["phones"]),
                faxes=_split(row["faxes"]),
                emails=_split(row["emails"]),
                websites=_split(row["websites"]),
                reception="",
                note="",
            )
            serves = tuple(ROLES[role] for role in row["serves"].split())
            found.append(NamedInParagraph(listing, KINDS[row["kind"]], serves, row["region"]))
    return found


def _split(text: str) -> list[str]:
    return text.split("; ") if text else []
