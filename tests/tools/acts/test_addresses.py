"""Addresses taken apart: post code, places, street, house, flat."""

import pytest

from tools.acts.addresses import AddressReader, NamedPlace
from tools.acts.streets import StreetPart, StreetReader
from tools.acts.words import Words


@pytest.fixture(scope="module")
def addresses(words: Words) -> AddressReader:
    return AddressReader(words)


@pytest.fixture(scope="module")
def streets(words: Words) -> StreetReader:
    return StreetReader(words)


def test_places_come_from_the_largest_down(addresses: AddressReader) -> None:
    address = addresses.read(
        "150900, Солтүстік Қазақстан облысы, Мамлют ауданы, Мамлютка қ., С. Мұқанов к., 12"
    )
    assert address.postcode == "150900"
    assert not address.postcode_doubtful
    assert [(place.kind, place.name) for place in address.places] == [
        ("region", "Солтүстік Қазақстан"),
        ("district", "Мамлют"),
        ("city", "Мамлютка"),
    ]
    assert address.street == "С. Мұқанов к., 12"


def test_a_post_code_of_five_digits_is_doubtful(addresses: AddressReader) -> None:
    address = addresses.read("04011, Ақсу ауданы, Қапал ауылы")
    assert (address.postcode, address.postcode_doubtful) == ("04011", True)


def test_a_micro_district_is_no_district(addresses: AddressReader) -> None:
    address = addresses.read("Самал шағын ауданы, 5")
    assert address.places == []
    assert address.street == "Самал шағын ауданы, 5"


def test_a_bare_name_is_a_settlement_only_where_said(addresses: AddressReader) -> None:
    text = "Қапал, Абай көшесі, 5"
    assert addresses.read(text).places == []
    found = addresses.read(text, bare_settlement=True)
    assert found.places == [NamedPlace("settlement", "Қапал", "Қапал")]


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        ("С. Мұқанов к., 12", [("street", "С. Мұқанов"), ("house", "12")]),
        ("Абай даңғылы 45 А", [("avenue", "Абай"), ("house", "45А")]),
        (
            "«Самал» шағын ауданы, 5-үй, 12, 14 пәтер",
            [("microdistrict", "«Самал»"), ("house", "5"), ("flat", "12, 14")],
        ),
        ("Достық көшесі, н/ж", [("street", "Достық"), ("no_number", "н/ж")]),
        ("408 квартал, 21 үй", [("quarter", "408"), ("house", "21")]),
        ("Сәтпаев, көшесі, 7", [("street", "Сәтпаев"), ("house", "7")]),
    ],
)
def test_streets(streets: StreetReader, printed: str, parts: list[tuple[str, str]]) -> None:
    assert [(part.kind, part.name) for part in streets.read(printed)] == parts


def test_a_lone_quote_is_a_slip(streets: StreetReader) -> None:
    assert streets.read("«Самал көшесі") == [StreetPart("street", "Самал")]
