"""Made-up districts: the point decides, but not near a border; and files that cannot be used."""

import json
import os
from pathlib import Path

import pytest

from core.places.boundaries import Boundaries, BoundaryFileError, read_boundaries
from core.places.loading import load_codes, load_places
from core.places.search import PlaceSearch, load_habits
from core.places.within import region_of
from core.release import DATA
from core.words.spelling import load_spelling

WEST = [[[70.0, 48.0], [71.0, 48.0], [71.0, 49.0], [70.0, 49.0], [70.0, 48.0]]]
HOLE = [[70.4, 48.4], [70.6, 48.4], [70.6, 48.6], [70.4, 48.6], [70.4, 48.4]]
EAST = [[[71.0, 48.0], [72.0, 48.0], [72.0, 49.0], [71.0, 49.0], [71.0, 48.0]]]
REAL = Path(os.environ.get("BAGYT_GEO", DATA.parent.parent / "shared/facts/geo"))


@pytest.fixture(scope="module")
def search() -> PlaceSearch:
    return PlaceSearch(load_places(DATA), load_spelling(DATA), load_habits(DATA))


def test_a_point_lies_in_one_district_and_borders_are_asked() -> None:
    boundaries = Boundaries({"west": [*WEST, HOLE], "east": EAST, "town": [HOLE]})
    assert boundaries.of(48.2, 70.2) == ["west"]
    assert boundaries.of(48.5, 71.5) == ["east"]
    assert boundaries.of(48.5, 70.5) == ["town"]
    assert boundaries.of(48.5, 71.01) == ["east", "west"]
    assert boundaries.of(48.5, 70.98) == ["west", "east"]
    assert boundaries.of(60.0, 71.5) == []
    assert Boundaries({}).of(48.5, 71.5) == []


def test_only_what_is_sure_is_decided() -> None:
    boundaries = Boundaries({"west": WEST, "east": EAST})
    assert boundaries.decide(48.2, 70.2) == "west"
    assert boundaries.decide(48.5, 71.01) is None
    assert boundaries.of(48.5, 69.99) == ["west"]
    assert boundaries.decide(48.5, 69.99) is None


def _feature(rings: list[list[list[float]]], **names: str) -> dict[str, object]:
    return {
        "type": "Feature",
        "properties": names,
        "geometry": {"type": "Polygon", "coordinates": rings},
    }


def test_a_file_is_matched_by_names_within_the_region(search: PlaceSearch) -> None:
    features = [
        _feature(WEST, ADM1_RU="Жамбылская", ADM2_RU="Жамбылский"),
        _feature(EAST, ADM1_RU="Алматинская", ADM2_RU="Жамбылский"),
        _feature(EAST, name="Шәлқыма ауданы"),
    ]
    found = read_boundaries(json.dumps({"features": features}), search)
    assert set(found.rings) == {"zhambyl.zhambyl_district", "almaty.zhambyl"}
    assert found.unknown == ("Шәлқыма ауданы",)


def test_a_code_decides_before_a_name(search: PlaceSearch) -> None:
    features = [
        _feature(WEST, KATO="395400000", ADM1_RU="Костанайская", ADM2_RU="Костанай"),
        _feature(EAST, kato="KZ391000000", name="что-то иное"),
    ]
    places = load_places(DATA)
    found = read_boundaries(json.dumps({"features": features}), search, load_codes(DATA, places))
    assert found.rings == {
        "kostanay.kostanay_district": WEST,
        "kostanay.kostanay_city": EAST,
    }


def test_of_a_city_and_a_district_of_one_name_the_district_is_the_larger(
    search: PlaceSearch,
) -> None:
    inner = [[[70.4, 48.4], [70.6, 48.4], [70.6, 48.6], [70.4, 48.6], [70.4, 48.4]]]
    for drawn in ([WEST, inner], [inner, WEST]):
        features = [_feature(each, ADM1_KK="Қостанай", ADM2_KK="Қостанай") for each in drawn]
        found = read_boundaries(json.dumps({"features": features}), search)
        assert found.rings == {
            "kostanay.kostanay_city": inner,
            "kostanay.kostanay_district": WEST,
        }


def test_every_code_is_that_of_a_district_or_a_city() -> None:
    places = load_places(DATA)
    codes = load_codes(DATA, places)
    assert len(codes) > 200
    assert {each.kind for each in codes.values()} == {"district", "city", "city_district"}
    # The first two digits are those of a region, but for regions that were taken from others.
    regions: dict[str, set[str]] = {}
    for code, place in codes.items():
        regions.setdefault(code[:2], set()).add(region_of(places, place))
    assert all(len(each) == 1 for each in regions.values())


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"features": [{"properties": {}}]}'])
def test_other_files_are_refused(search: PlaceSearch, text: str) -> None:
    with pytest.raises(BoundaryFileError):
        read_boundaries(text, search)


@pytest.mark.skipif(not REAL.is_dir(), reason="the open boundaries are not here")
def test_real_boundaries_give_the_district_that_the_acts_print(search: PlaceSearch) -> None:
    text = (REAL / "districts_2018.geojson").read_text(encoding="utf-8")
    boundaries = Boundaries(read_boundaries(text, search).rings)
    right = known = 0
    for place in load_places(DATA).values():
        if place.kind == "settlement" and place.lat is not None and place.lon is not None:
            known += 1
            right += place.parent in boundaries.of(place.lat, place.lon)
    assert known > 300
    assert right / known > 0.97
