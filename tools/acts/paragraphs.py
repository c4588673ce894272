"""Offices that the acts name in their paragraphs, typed by eye."""

from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from core.directory import loading
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
    """The rows of `paragraphs.csv` with what they say beside their listings."""
    return [
        NamedInParagraph(
            listing,
            KINDS[row["kind"]],
            tuple(ROLES[role] for role in row["serves"].split()),
            row["region"],
        )
        for listing, row in loading.load_paragraphs(data)
    ]
