"""Which listings are one organisation, and which never are."""

from itertools import chain

import pytest

from core.directory.model import Office
from tests.tools.acts.placed import placed
from tools.acts.organisations import Organisation, Organisations
from tools.acts.words import Words


@pytest.fixture(scope="module")
def organisations(words: Words) -> Organisations:
    return Organisations(words)


def names(found: list[Organisation]) -> list[list[str]]:
    return [[member.listing.name for member in item.members] for item in found]


def test_one_school_in_two_tables_is_one(organisations: Organisations) -> None:
    one = placed("«№ 12 гимназия» КММ")
    other = placed("№ 12 жалпы білім беретін мектеп", annex="2")
    assert len(organisations.gather([one, other])) == 1


def test_two_rows_of_one_table_are_two_and_the_second_says_so(
    organisations: Organisations,
) -> None:
    first, second = organisations.gather(
        [placed("№ 12 мектеп"), placed("№ 12 мектеп", place=2, phones=("255-44-11",))]
    )
    assert first.same_name_as is None
    assert second.same_name_as is first


def test_a_boarding_school_is_another_school(organisations: Organisations) -> None:
    found = organisations.gather([placed("№ 12 мектеп"), placed("№ 12 мектеп-интернат", annex="2")])
    assert len(found) == 2


def test_a_department_of_one_district_is_one_whatever_its_name(
    organisations: Organisations,
) -> None:
    found = organisations.gather(
        [
            placed("Абай ауданының білім бөлімі", kind="district_education_department"),
            placed("Абай ауд. ББ", kind="district_education_department", annex="2"),
        ]
    )
    assert len(found) == 1


def test_two_spellings_join_by_phone(organisations: Organisations) -> None:
    one = placed("«Балбөбек» бөбекжайы", kind="kindergarten", phones=("255-44-11",))
    other = placed("«Бал бөбек» бөбекжай", kind="kindergarten", annex="2", phones=("2554411",))
    assert len(organisations.gather([one, other])) == 1


def test_one_phone_does_not_join_other_names(organisations: Organisations) -> None:
    one = placed("«Балбөбек» бөбекжайы", kind="kindergarten", phones=("255-44-11",))
    other = placed("«Айгөлек» балабақшасы", kind="kindergarten", annex="2", phones=("2554411",))
    assert names(organisations.gather([one, other])) == [
        ["«Балбөбек» бөбекжайы"],
        ["«Айгөлек» балабақшасы"],
    ]


def test_one_name_in_two_districts_is_two_akims(organisations: Organisations) -> None:
    found = organisations.gather(
        [
            placed("Ақтоғай ауылдық округі әкімінің аппараты", kind="rural_akim", district="a"),
            placed("Ақтоғай ауылдық округі", kind="rural_akim", annex="2", district="b"),
        ]
    )
    assert len(found) == 2


def test_no_office_holds_two_rows_of_one_table(offices: dict[str, Office]) -> None:
    for office in offices.values():
        tables = [
            (listing.act, listing.service, listing.annex, listing.list)
            for listing in office.listings
            if listing.annex
        ]
        assert len(tables) == len(set(tables)), office.id


def test_every_listing_has_one_office(offices: dict[str, Office]) -> None:
    listings = chain.from_iterable(office.listings for office in offices.values())
    keys = [listing.key for listing in listings]
    assert len(keys) == len(set(keys))
