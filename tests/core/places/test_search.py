"""Places found by what people call them."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.places.loading import load_places
from core.places.search import FoundPlaces, PlaceSearch, load_habits
from core.words.spelling import load_spelling

DATA = Path(__file__).resolve().parents[3] / "data"
SEARCH = PlaceSearch(load_places(DATA), load_spelling(DATA), load_habits(DATA))
WORDINGS = Path(__file__).parent / "wordings.csv"
FIRST, AMONG_THREE = 0.95, 0.99


def ids(found: FoundPlaces) -> list[str]:
    return [each.place.id for each in found.results]


def wordings() -> list[tuple[str, str]]:
    with WORDINGS.open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["place"]) for row in csv.DictReader(file)]


def test_what_people_type_finds_what_they_mean() -> None:
    typed = wordings()
    assert len(typed) >= 200
    found = [(text, place, ids(SEARCH.find(text))) for text, place in typed]
    not_first = [(text, list_[:3]) for text, place, list_ in found if list_[:1] != [place]]
    not_in_three = [(text, list_[:3]) for text, place, list_ in found if place not in list_[:3]]
    assert len(not_first) <= (1 - FIRST) * len(typed), not_first
    assert len(not_in_three) <= (1 - AMONG_THREE) * len(typed), not_in_three


def test_every_place_is_found_by_its_own_names() -> None:
    places = load_places(DATA)
    for place in places.values():
        for name in (place.kk, place.ru, place.today_kk):
            if name:
                found = SEARCH.find(name, limit=60)
                assert place.id in ids(found), (place.id, name)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Абай ауданы", {"karaganda.abay", "shygys.abay_district"}),
        ("Ақсу", {"pavlodar.aksu_city", "almaty.aksu"}),
        ("Балқаш", {"karaganda.balkash_city", "almaty.balkash"}),
        ("Топар", {"karaganda.abay.topar", "almaty.balkash.topar"}),
        ("Жамбыл ауданы", {"almaty.zhambyl", "soltustik.zhambyl", "zhambyl.zhambyl_district"}),
    ],
)
def test_namesakes_are_ambiguous(typed: str, meant: set[str]) -> None:
    found = SEARCH.find(typed)
    assert found.ambiguous
    assert meant <= set(ids(found)[: len(meant) + 2])


@pytest.mark.parametrize(
    "typed", ["Алматы", "Қарағанды", "Шет ауданы", "Абай ауданы Қарағанды облысы", "Шымкент"]
)
def test_one_place_is_not_ambiguous(typed: str) -> None:
    assert not SEARCH.find(typed).ambiguous


def test_a_place_says_where_it_lies() -> None:
    first = SEARCH.find("Ақсу-Аюлы").results[0]
    assert (first.region, first.district) == ("karaganda", "karaganda.shet")
    first = SEARCH.find("Бостандық ауданы").results[0]
    assert (first.region, first.district) == ("almaty_city", "almaty_city.bostandyk")
    first = SEARCH.find("Қарағанды облысы").results[0]
    assert (first.region, first.district) == ("karaganda", None)


@pytest.mark.parametrize("typed", ["", "  ", "ауданы", "қдлрпғ", "балабақшаға қалай тұруға болады"])
def test_nothing_is_found_where_no_place_is_named(typed: str) -> None:
    assert ids(SEARCH.find(typed)) == []


@given(st.text(max_size=40))
def test_anything_may_be_typed(text: str) -> None:
    found = SEARCH.find(text)
    scores = [each.score for each in found.results]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_the_answer_in_json_shows_todays_name_first() -> None:
    answer = SEARCH.find("Қонаев қаласы").as_json()
    assert not answer["ambiguous"]
    first = answer["results"][0]
    assert first["id"] == "almaty.kapshagay"
    assert first["name"]["kk"] == "Қонаев қаласы (Қапшағай қаласы)"
    assert first["name"]["ru"] == "город Конаев (город Капшагай)"
    assert first["kind"] == "city"
    assert (first["region"], first["district"]) == ("almaty", "almaty.kapshagay")
    assert first["lat"] == pytest.approx(43.87, abs=0.01)
    assert first["lon"] == pytest.approx(77.06, abs=0.01)
    assert first["score"] == 1.0
