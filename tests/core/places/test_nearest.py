"""The districts proposed for a point."""

from pathlib import Path

import pytest

from core.places.loading import load_places
from core.places.nearest import distance_km, nearest_districts

DATA = Path(__file__).resolve().parents[3] / "data"
PLACES = load_places(DATA)


def test_distance_over_the_ground() -> None:
    almaty, astana = (43.2566, 76.9285), (51.1892, 71.4321)
    assert distance_km(*almaty, *astana) == pytest.approx(974, abs=5)
    assert distance_km(*almaty, *almaty) == 0


@pytest.mark.parametrize(
    ("lat", "lon", "district"),
    [
        (48.77, 73.65, "karaganda.shet"),
        (49.41, 75.47, "karaganda.karkaraly"),
        (43.25, 76.93, "almaty_city"),
        (51.18, 71.43, "astana"),
        (43.65, 51.17, "mangystau.aktau"),
        (45.02, 78.38, "almaty.taldykorgan"),
    ],
)
def test_the_nearest_district_comes_first(lat: float, lon: float, district: str) -> None:
    near = nearest_districts(PLACES, lat, lon)
    assert len(near) == 3
    assert near[0].place == district
    assert [each.distance_km for each in near] == sorted(each.distance_km for each in near)


def test_no_region_is_proposed() -> None:
    for place in PLACES.values():
        if place.kind == "region" and place.lat is not None and place.lon is not None:
            near = nearest_districts(PLACES, place.lat, place.lon)
            assert all(PLACES[each.place].kind in ("district", "city") for each in near)
