"""Rows read in the acts and typed by eye, field by field against the listings."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from core.directory.loading import load_offices
from core.directory.model import Listing

ROOT = Path(__file__).resolve().parents[3]
EYE = Path(__file__).parent / "eye"
LEAST_ROWS_AN_ACT = 30
NOT_TYPED = "?"

Key = tuple[str, str, str, str, str]


def typed_rows() -> list[tuple[str, dict[str, str]]]:
    rows = []
    for path in sorted(EYE.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += [(path.stem, row) for row in csv.DictReader(file)]
    return rows


@pytest.fixture(scope="module")
def listings() -> dict[Key, Listing]:
    return {
        (
            listing.act,
            listing.service,
            listing.annex or "",
            listing.list or "",
            str(listing.place),
        ): listing
        for office in load_offices(ROOT / "data").values()
        for listing in office.listings
    }


def digits(text: str) -> str:
    found = re.sub(r"\D", "", text)
    return found[1:] if len(found) == 11 else found


def test_every_act_has_its_rows() -> None:
    counted = Counter(act for act, _ in typed_rows())
    assert len(counted) == 5
    assert min(counted.values()) >= LEAST_ROWS_AN_ACT


@pytest.mark.parametrize(("act", "row"), typed_rows())
def test_listing_says_what_the_act_prints(
    act: str, row: dict[str, str], listings: dict[Key, Listing]
) -> None:
    listing = listings[(act, row["service"], row["annex"], row["list"], row["place"])]
    assert listing.name == row["name"]
    assert listing.address == row["address"]
    typed = [digits(phone) for phone in row["phones"].split("; ") if phone]
    assert [digits(phone) for phone in listing.phones] == typed
    if row["contacts"] != NOT_TYPED:
        contacts = set(filter(None, row["contacts"].split("; ")))
        assert {*listing.emails, *listing.websites} == contacts
