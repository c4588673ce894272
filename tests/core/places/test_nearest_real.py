"""Settlements of an open gazetteer, where one is at hand: the right district is proposed."""

import csv
import os
import re
from collections import defaultdict
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from core.places.loading import load_places
from core.places.nearest import nearest_districts

ROOT = Path(__file__).resolve().parents[3]
GEO = Path(os.environ.get("BAGYT_GEO", ROOT.parent / "shared" / "facts" / "geo"))
POINTS = 1000
AMONG_THREE = 0.93
PLACES = load_places(ROOT / "data")


def bare(name: str) -> str:
    return re.sub(r"[\W_]+", "", re.sub(r"\s(ауданы|қаласы|облысы)$", "", name).casefold())


def districts_by_name() -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for place in PLACES.values():
        above = PLACES.get(place.parent or "")
        if place.kind not in ("district", "city") or above is None or above.kind != "region":
            continue
        for region in filter(None, (above.kk, above.today_kk)):
            for name in filter(None, (place.kk, *place.also, place.today_kk)):
                found[bare(region), bare(name)].add(place.id)
    return found


@pytest.mark.skipif(not (GEO / "places_kz.csv").exists(), reason="no gazetteer at hand")
def test_the_right_district_is_among_three() -> None:
    names = districts_by_name()
    with (GEO / "places_kz.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    Random(1).shuffle(rows)
    known = ((row, names.get((bare(row["oblast_kk"]), bare(row["district_kk"])))) for row in rows)
    right = [
        any(
            near.place in truth
            for near in nearest_districts(PLACES, float(row["lat"]), float(row["lon"]))
        )
        for row, truth in islice(((row, truth) for row, truth in known if truth), POINTS)
    ]
    assert len(right) == POINTS
    assert sum(right) >= AMONG_THREE * POINTS
