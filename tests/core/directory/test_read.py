"""A hundred rows of each act, drawn by chance and read beside it: what was right stays right.

`docs/directory.md` tells how they were drawn and what was found.
"""

import csv
from collections import Counter
from pathlib import Path

import pytest

from core.directory.loading import SEPARATOR
from core.directory.model import Listing, ListingKey, Office

READ = Path(__file__).parent / "read"
SEVERAL = ("phones", "faxes", "emails", "websites")
ROWS_AN_ACT = 100


def rows_read() -> list[tuple[str, dict[str, str]]]:
    rows = []
    for path in sorted(READ.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += [(path.stem, row) for row in csv.DictReader(file)]
    return rows


@pytest.fixture(scope="module")
def listings(offices: dict[str, Office]) -> dict[ListingKey, Listing]:
    return {listing.key: listing for office in offices.values() for listing in office.listings}


def test_each_act_has_its_hundred() -> None:
    assert set(Counter(act for act, _ in rows_read()).values()) == {ROWS_AN_ACT}
    assert len(list(READ.glob("*.csv"))) == 5


def test_what_was_read_still_stands(listings: dict[ListingKey, Listing]) -> None:
    changed = []
    for act, row in rows_read():
        listing = listings[(act, row["service"], row["annex"], row["list"], row["place"])]
        held = {
            name: SEPARATOR.join(getattr(listing, name))
            if name in SEVERAL
            else str(getattr(listing, name) or "")
            for name in row
        }
        changed += [(act, row, name) for name in row if held[name] != row[name]]
    assert not changed
