"""Places load whole, stand under each other, and a broken line is named."""

import re
from collections import Counter
from pathlib import Path

import pytest

from core.places.loading import PlaceFileError, load_places

DATA = Path(__file__).resolve().parents[3] / "data"
HEAD = (
    "id,kind,parent,kk,ru,also,today_kk,today_ru,today_parent,area_code,lat,lon,position_from,note"
)
ABOVE: dict[str, set[str | None]] = {
    "region": {None},
    "city": {None, "region", "district"},
    "district": {"region"},
    "city_district": {"city"},
    "okrug": {"district", "city"},
    "settlement": {"district", "city"},
}


def with_lines(tmp_path: Path, *lines: str) -> Path:
    (tmp_path / "places").mkdir()
    text = "\n".join((HEAD, *lines, ""))
    (tmp_path / "places" / "places.csv").write_text(text, encoding="utf-8")
    return tmp_path


def test_parents_are_of_the_right_kind() -> None:
    places = load_places(DATA)
    for place in places.values():
        above = places[place.parent].kind if place.parent else None
        assert above in ABOVE[place.kind], place.id


def test_ids_are_ascii_and_begin_with_their_parents() -> None:
    for place in load_places(DATA).values():
        assert re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)*", place.id)
        assert place.id.startswith(f"{place.parent}." if place.parent else "")


def test_every_region_district_and_okrug_is_there() -> None:
    kinds = Counter(place.kind for place in load_places(DATA).values())
    assert kinds["region"] == 17
    assert kinds["city_district"] == 19
    assert kinds["district"] >= 160


def test_names_of_today_lead_to_known_places() -> None:
    places = load_places(DATA)
    for place in places.values():
        assert place.today_parent is None or place.today_parent in places, place.id


def test_coordinates_lie_in_the_country_and_say_whence() -> None:
    for place in load_places(DATA).values():
        assert (place.lat is None) == (place.lon is None) == (place.position_from is None)
        if place.lat is not None and place.lon is not None:
            assert 40.5 < place.lat < 55.5, place.id
            assert 46.4 < place.lon < 87.4, place.id


def test_a_position_is_a_gazetteers_or_another_places() -> None:
    places = load_places(DATA)
    for place in places.values():
        if place.position_from and not place.position_from.startswith(("wof:", "gn:")):
            seat = places[place.position_from]
            assert (seat.lat, seat.lon) == (place.lat, place.lon), place.id


def test_two_places_of_one_kind_and_parent_have_two_names() -> None:
    counted = Counter((p.kind, p.parent, p.kk) for p in load_places(DATA).values())
    assert [key for key, times in counted.items() if times > 1] == []


def test_unknown_kind(tmp_path: Path) -> None:
    data = with_lines(tmp_path, "akmola,country,,Ақмола,Акмола,,,,,,,,,")
    with pytest.raises(PlaceFileError, match=r"places\.csv, line 2: kind: .* given 'country'"):
        load_places(data)


def test_parent_below_its_child(tmp_path: Path) -> None:
    line = "akmola.abay,district,akmola,Абай ауданы,Абайский район,,,,,,,,,"
    data = with_lines(tmp_path, line)
    with pytest.raises(
        PlaceFileError, match=r"line 2: parent 'akmola' .* must stand on a line above"
    ):
        load_places(data)


def test_id_twice(tmp_path: Path) -> None:
    line = "akmola,region,,Ақмола облысы,Акмолинская область,,,,,,,,,"
    with pytest.raises(PlaceFileError, match="line 3: id 'akmola' stands twice"):
        load_places(with_lines(tmp_path, line, line))


def test_other_spellings_are_a_list(tmp_path: Path) -> None:
    line = "akmola,region,,Ақмола облысы,Акмолинская область,Ақмола; Целиноград,,,,,,,,"
    assert load_places(with_lines(tmp_path, line))["akmola"].also == ("Ақмола", "Целиноград")
