"""Phones, faxes, e-mails and sites as cells print them."""

import pytest

from tools.acts.contacts import ContactReader, Contacts
from tools.acts.letters import Letters
from tools.acts.words import Words


@pytest.fixture(scope="module")
def reader(words: Words, letters: Letters) -> ContactReader:
    return ContactReader(words, letters)


def test_marks_part_phones_from_faxes(reader: ContactReader) -> None:
    text = "тел: 8 (71541) 2-15-90, 2-19-75, факс: 2-17-88\nE-mail: Maml_akimat@mail.ru"
    assert reader.read(text) == Contacts(
        phones=["8 (71541) 2-15-90", "2-19-75"],
        faxes=["2-17-88"],
        emails=["Maml_akimat@mail.ru"],
    )


def test_a_number_for_both_stands_in_both(reader: ContactReader) -> None:
    found = reader.read("тел/факс: 8 (7212) 42-10-76")
    assert found.phones == found.faxes == ["8 (7212) 42-10-76"]


def test_two_whole_numbers_side_by_side_are_two(reader: ContactReader) -> None:
    assert reader.read("2554411 2554412").phones == ["2554411", "2554412"]


def test_an_address_of_mail_torn_by_the_line_is_one(reader: ContactReader) -> None:
    assert reader.read("тел. 2-15-90 E-mail: aksu_akim@mail\n.ru").emails == ["aksu_akim@mail.ru"]


def test_what_cannot_be_read_is_kept(reader: ContactReader) -> None:
    assert reader.read("тел. 2-15-90, қабылдау бөлмесі").unread == ["қабылдау бөлмесі"]


def test_an_address_ends_where_its_phone_begins(reader: ContactReader) -> None:
    address, rest = reader.part("Абай к., 83 тел. 25-79-22", trailing_phone=False)
    assert address.strip() == "Абай к., 83"
    assert reader.read(rest).phones == ["25-79-22"]


def test_a_house_is_no_phone(reader: ContactReader) -> None:
    address, rest = reader.part("Абай көшесі, 83", trailing_phone=True)
    assert (address, rest) == ("Абай көшесі, 83", "")


def test_a_site_is_no_mail(reader: ContactReader) -> None:
    found = Contacts()
    reader.read_sites("http://www.akmo.kz, kense @akmo.kz", found)
    assert found.websites == ["http://www.akmo.kz"]
    assert found.emails == ["kense@akmo.kz"]


@pytest.mark.parametrize(
    ("text", "emails", "websites"),
    [
        ("www.a-\ntown.kz\na.town@mail.ru", ["a.town@mail.ru"], ["www.a-town.kz"]),
        ("www.akimat- town.kz", [], ["www.akimat-town.kz"]),
        ("www.town.kz\ntown_org@krg.\ngov.kz", ["town_org@krg.gov.kz"], ["www.town.kz"]),
        ("www.town.kz\ntown@mail.ru.", ["town@mail.ru"], ["www.town.kz"]),
        ("тоwn@mail.ru", ["town@mail.ru"], []),
    ],
)  # fmt: skip
def test_a_cell_of_sites_torn_by_print_is_whole(
    reader: ContactReader, text: str, emails: list[str], websites: list[str]
) -> None:
    found = Contacts()
    reader.read_sites(text, found)
    assert (found.emails, found.websites, found.unread) == (emails, websites, [])


def test_what_is_no_site_stays_as_printed(reader: ContactReader) -> None:
    found = Contacts()
    reader.read_sites("www.town_акимат.kz", found)
    assert found.unread == ["www.town_акимат.kz"]
