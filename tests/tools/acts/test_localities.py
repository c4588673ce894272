"""Okrugs and settlements by the names that listings give them."""

from pathlib import Path

import pytest

from core.places.loading import load_places
from tools.acts.addresses import AddressReader
from tools.acts.localities import Localities
from tools.acts.words import Words


@pytest.fixture(scope="module")
def localities(data: Path, words: Words) -> Localities:
    return Localities(load_places(data), words)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("«Ақой селолық округі әкімінің аппараты» ММ", "karaganda.shet.akoy_okrug"),
        ("Ақшатау кенті әкімінің аппараты", "karaganda.shet.akshatau"),
        ("Жоқжер ауылдық округі", None),
    ],
)
def test_whose_akim(localities: Localities, name: str, place: str | None) -> None:
    found = localities.subject("karaganda.shet", name)
    assert (found.id if found else None) == place


def test_the_settlement_of_an_address(localities: Localities, words: Words) -> None:
    address = AddressReader(words).read("Қарағанды облысы, Шет ауданы, Ақой ауылы, Абай к., 5")
    found = localities.locality("karaganda", "karaganda.shet", address)
    assert found
    assert found.id == "karaganda.shet.akoy"


def test_a_city_is_its_own_settlement(localities: Localities, words: Words) -> None:
    address = AddressReader(words).read("Абай даңғылы, 5")
    found = localities.locality("karaganda", "karaganda.temirtau", address)
    assert found
    assert found.id == "karaganda.temirtau"


def test_a_seat_in_the_village_of_another_okrug_is_noticed(
    localities: Localities, data: Path
) -> None:
    places = load_places(data)
    own, other = places["karaganda.shet.akoy_okrug"], places["karaganda.shet.batyk_okrug"]
    assert localities.seat_of_another(own, places["karaganda.shet.akoy"]) is None
    assert localities.seat_of_another(own, places["karaganda.shet.batyk"]) == other
