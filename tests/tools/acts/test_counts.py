"""As many rows in the data as the acts print, table by table."""

import csv
from pathlib import Path
from typing import Any

import pytest
import yaml

from core.directory.loading import load_aliases
from core.directory.model import Office
from tools.acts.__main__ import DATA, LISTS

LISTINGS = DATA / "directory" / "listings"
PARAGRAPHS = DATA / "directory" / "paragraphs.csv"

# Counted in the acts by eye and by a search of their row numbers, apart from the extraction.
PRINTED = {
    "decree_1119_2012": 445,
    "decree_283_2011": 220,
    "almaty_oblast_420": 273,
    "karaganda_35_01": 1986,
    "almaty_city_4_1097": 1552,
}


def tables() -> list[tuple[str, dict[str, Any]]]:
    acts = yaml.safe_load((LISTS / "annexes.yaml").read_text(encoding="utf-8"))
    return [(act["act"], annex) for act in acts for annex in act["annexes"]]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(("act", "annex"), tables())
def test_table_holds_every_row(act: str, annex: dict[str, Any]) -> None:
    name = "-".join(filter(None, (annex["service"], annex["annex"], annex.get("list"))))
    found = rows(LISTINGS / act / f"{name}.csv")
    assert [int(row["place"]) for row in found] == list(range(1, annex["rows"] + 1))
    assert all(row["name"] for row in found)


def test_acts_hold_every_row() -> None:
    counted = {
        folder.name: sum(len(rows(path)) for path in folder.glob("*.csv"))
        for folder in LISTINGS.iterdir()
    }
    assert counted == PRINTED


def test_every_listing_stands_with_one_office(offices: dict[str, Office]) -> None:
    ids = rows(DATA / "directory" / "ids.csv")
    assert len(ids) == sum(PRINTED.values()) + len(rows(PARAGRAPHS))
    assert sum(len(office.listings) for office in offices.values()) == len(ids)
    assert set(load_aliases(DATA).values()) <= offices.keys()
    assert not load_aliases(DATA).keys() & offices.keys()


def test_the_document_counts_what_the_data_hold() -> None:
    text = (DATA.parent / "docs" / "directory.md").read_text(encoding="utf-8")
    said = [
        (cells[0].strip("`"), cells[1], cells[2], int(cells[5]), int(cells[6]))
        for line in text.split("\n")
        if line.startswith("| `")
        and len(cells := [c.strip() for c in line.strip("|").split("|")]) == 7
    ]
    held = []
    for act, annex in tables():
        parts = [annex["annex"], annex.get("list")]
        name = "-".join(filter(None, (annex["service"], *parts)))
        found = len(rows(LISTINGS / act / f"{name}.csv"))
        held.append((act, annex["service"], ", ".join(filter(None, parts)), annex["rows"], found))
    assert said == held
