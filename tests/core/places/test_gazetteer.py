"""Settlements of open files: read in either form, put where they lie, or left out."""

import os
from pathlib import Path

import pytest

from core.places.boundaries import Boundaries, read_boundaries
from core.places.gazetteer import GazetteerFileError, Settled, read_gazetteer, settle
from core.places.loading import load_places
from core.places.nearest import NearDistricts
from core.places.search import PlaceSearch, load_habits
from core.release import DATA, with_settlements
from core.words.spelling import load_spelling

SPELLING = load_spelling(DATA)
PLACES = load_places(DATA)
BUKHAR = "karaganda.bukhar_zhyrau"
SQUARE = [[[73.0, 49.5], [74.5, 49.5], [74.5, 50.5], [73.0, 50.5], [73.0, 49.5]]]
CITY = [[[76.5, 43.0], [77.2, 43.0], [77.2, 43.5], [76.5, 43.5], [76.5, 43.0]]]
REAL = Path(os.environ.get("BAGYT_GEO", DATA.parent.parent / "shared/facts/geo"))


@pytest.fixture(scope="module")
def search() -> PlaceSearch:
    return PlaceSearch(PLACES, SPELLING, load_habits(DATA))


def dump(number: int, name: str, also: str = "", *, lat: float, lon: float, **more: str) -> str:
    """A line as GeoNames has it."""
    cells = [str(number), name, name, also, str(lat), str(lon), "P", "PPL", "KZ", *[""] * 10]
    cells[14] = more.get("people", "0")
    cells[7] = more.get("feature", "PPL")
    cells[8] = more.get("country", "KZ")
    return "\t".join(cells)


def settled(search: PlaceSearch, text: str, drawn: Boundaries | None = None) -> Settled:
    drawn = drawn or Boundaries({BUKHAR: SQUARE, "almaty_city": CITY})
    return settle(read_gazetteer(text), PLACES, drawn, search, SPELLING.sounds)


def test_a_settlement_of_the_dump_lies_in_the_district_drawn_around_it(search: PlaceSearch) -> None:
    line = dump(7, "Toymaköl", "Тоймакөл,Тоймаколь,Toymakol'", lat=50.0, lon=73.5)
    found = settled(search, line)
    (place,) = found.new.values()
    assert place.id == f"{BUKHAR}.gn7"
    assert (place.kk, place.ru, place.parent) == ("Тоймакөл", "Тоймаколь", BUKHAR)
    assert set(place.also) == {"Toymaköl", "Toymakol'"}
    assert (place.lat, place.lon, place.position_from) == (50.0, 73.5, "gn:7")


def test_a_settlement_that_nobody_can_place_is_left_out_and_counted(search: PlaceSearch) -> None:
    lines = [
        dump(1, "Алыскөл", lat=48.0, lon=60.0),
        dump(2, "Калкаман", lat=43.2, lon=76.8),
        dump(3, "Ескікөл", lat=50.0, lon=73.5, feature="PPLH"),
        dump(4, "Шетелкөл", lat=50.0, lon=73.5, country="RU"),
        dump(5, "Тоймакөл", lat=50.0, lon=73.5),
    ]
    found = settled(search, "\n".join(lines))
    assert [each.kk for each in found.new.values()] == ["Тоймакөл"]
    assert found.left_out == {"in no district that is drawn or named": 1, "inside a city": 1}


def test_of_two_with_one_name_the_larger_is_meant(search: PlaceSearch) -> None:
    lines = [
        dump(1, "Тоймакөл", lat=50.0, lon=73.5, people="20"),
        dump(2, "Тоймаколь", "Тоймакөл", lat=50.1, lon=73.6, people="900"),
    ]
    found = settled(search, "\n".join(lines))
    assert [each.position_from for each in found.new.values()] == ["gn:2"]


def test_a_known_place_is_known_again_and_gets_a_position_only_if_it_had_none(
    search: PlaceSearch,
) -> None:
    known = next(
        each
        for each in PLACES.values()
        if each.kind == "settlement" and each.lat is None and each.parent == BUKHAR
    )
    bare = known.kk.rsplit(" ", 1)[0]
    lines = [dump(1, bare, lat=50.0, lon=73.5), dump(2, "Ботақара", lat=50.2, lon=73.6)]
    found = settled(search, "\n".join(lines))
    assert not found.new
    assert found.known == 2
    assert list(found.placed) == [known.id]
    whole = with_settlements(PLACES, found.placed.values())
    assert (whole[known.id].lat, whole[known.id].kk) == (50.0, known.kk)
    seat = f"{BUKHAR}.botakara"
    assert whole[seat].lat == PLACES[seat].lat


def test_a_table_may_name_the_district_itself(search: PlaceSearch) -> None:
    text = (
        "\ufeffID,Lat,Lon,name_ru,oblast_ru,district_ru\n"
        "x:1,50.0,73.5,Тоймаколь,Карагандинская область,Бухар-Жырауский район\n"
        "x:2,50.0,73.5,Коптеколь,Карагандинская область,Абракадабрский район\n"
    ).removeprefix("\ufeff")
    found = settled(search, text, Boundaries({BUKHAR: CITY}))
    assert [each.id for each in found.new.values()] == [f"{BUKHAR}.x1"]
    assert sum(found.left_out.values()) == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "neither a GeoNames dump"),
        ("a,b\n1,2\n", "neither a GeoNames dump"),
        ("id,lat,lon,name\n", "lists no settlement"),
        ("id,lat,lon,name\n1,north,70,Ауыл\n", "line 2: 'north', '70'"),
        ("id,lat,lon,name\n1,95,70,Ауыл\n", "line 2"),
        (dump(1, "Ауыл", lat=50, lon=70) + "\n1\t2", "line 2: 2 columns"),
    ],
)
def test_other_files_are_refused_with_the_line(text: str, why: str) -> None:
    with pytest.raises(GazetteerFileError, match=why):
        read_gazetteer(text)


@pytest.mark.skipif(not REAL.is_dir(), reason="the open gazetteer is not here")
def test_with_real_files_villages_that_no_act_names_are_found_in_their_district(
    search: PlaceSearch,
) -> None:
    drawn = Boundaries(
        read_boundaries((REAL / "districts_2018.geojson").read_text("utf-8"), search).rings
    )
    text = (REAL / "places_kz.csv").read_text("utf-8")
    found = settle(read_gazetteer(text), PLACES, drawn, search, SPELLING.sounds)
    assert len(found.new) > 10_000
    # The town is drawn in the district around it, and is no second place.
    around = {each.kk for each in found.new.values() if each.parent == "almaty.koksu"}
    assert "Талдықорған" not in around
    for each in found.new.values():
        assert each.lat is not None
        assert each.lon is not None
        assert drawn.holding(each.lat, each.lon) in {None, each.parent}
    whole = with_settlements(PLACES, found.new.values())
    names = PlaceSearch(whole, SPELLING, load_habits(DATA))
    some = [each for each in found.new.values() if each.kk != each.ru][:1000]
    among = [
        any(
            one.place.id == each.id
            for one in names.find(f"{each.kk} {PLACES[each.parent or ''].kk}").results[:3]
        )
        for each in some
    ]
    assert sum(among) >= 0.95 * len(some)
    # The nearest settlement is more often of the right district than the few that acts name.
    near, far = NearDistricts(whole), NearDistricts(PLACES)
    points = [(each.lat + 0.05, each.lon, each) for each in some if each.lat and each.lon]
    truths = [(lat, lon, drawn.holding(lat, lon)) for lat, lon, _ in points]
    right = [
        sum(way.of(lat, lon, 1)[0].place == truth for lat, lon, truth in truths if truth)
        for way in (near, far)
    ]
    assert right[0] > right[1]
