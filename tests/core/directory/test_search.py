"""Offices found by number, name, street and place, as people type them."""

from collections.abc import Callable

import pytest

from core.directory.search import FoundByWords, OfficeSearch, describe, load_habits
from core.directory.whole import Directory
from core.release import DATA, load_directory
from core.words.spelling import load_spelling

Find = Callable[[str], list[FoundByWords]]


@pytest.fixture(scope="module")
def directory() -> Directory:
    return load_directory(DATA)


@pytest.fixture(scope="module")
def find(directory: Directory) -> Find:
    described = map(describe, directory.offices.values())
    return OfficeSearch(described, directory.places, load_spelling(DATA), load_habits(DATA)).find


WORDINGS = [
    ("мектеп 41", "Общеобразовательная школа № 41 "),
    ("41 школа", "Общеобразовательная школа № 41 "),
    ("шк №41", "Общеобразовательная школа № 41 "),
    ("41-ші мектеп", "Общеобразовательная школа № 41 "),
    ("школа41", "Общеобразовательная школа № 41 "),
    ("mektep 41", "Общеобразовательная школа № 41 "),
    ("vtrntg 41", "Общеобразовательная школа № 41 "),
    ("шкла 41", "Общеобразовательная школа № 41 "),
    ("школа 041", "Общеобразовательная школа № 41 "),
    ("школа Хамраева", "№ 150 имени М. Хамраева"),
    ("садик 42", "Ясли-сад № 42»"),
    ("балабақша 185", "Ясли-сад № 185»"),
    ("детсад 185", "Ясли-сад № 185»"),
    ("лицей 173", "Лицей № 173»"),
    ("happy land", "Happy Land"),
    ("Дворец школьников", "«Дворец школьников»"),
    ("отдел образования Балхаш", "Отдел образования города Балхаш"),
    ("акимат Акколь", "Аппарат акима Аккольского района"),
    ("ЦОН Акмола", "Центр обслуживания населения Акмолинской"),
    ("собес Талдыкорган", "Отдел занятости и социальных программ города Талдыкорган"),
    ("аким Көксу Абай ауданы", "сельского округа Коксу Абайского района"),
]


@pytest.mark.parametrize(("typed", "expected"), WORDINGS)
def test_an_office_is_found_first_by_what_people_call_it(
    find: Find, directory: Directory, typed: str, expected: str
) -> None:
    found = find(typed)
    assert found, typed
    assert expected in directory.offices[found[0].office].name.ru


def test_a_street_or_micro_district_leads_to_what_stands_there(
    find: Find, directory: Directory
) -> None:
    for typed, street in (("сад на Клочкова", "Клочков"), ("балабақша Өжет", "Ожет")):
        office = directory.offices[find(typed)[0].office]
        assert street in office.address.ru


def test_every_school_with_a_number_of_its_own_is_found_by_it(
    find: Find, directory: Directory
) -> None:
    numbered: dict[str, list[str]] = {}
    for office in directory.offices.values():
        name = office.name.ru
        if office.kind == "school" and "№ " in name:
            number = name.split("№ ")[1].split()[0].strip("»")
            numbered.setdefault(number, []).append(office.id)
    missed = [
        number
        for number, offices in numbered.items()
        if number.isdigit() and find(f"мектеп {number}")[0].office not in offices
    ]
    assert missed == []
    assert len(numbered) > 150


def test_nonsense_finds_nothing(find: Find) -> None:
    assert find("") == []
    assert find("qqqq wwww") == []
    assert find("!!!") == []


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Балқаш қаласы әкімдігінің білім бөлімі", "of0351"),
        ("Балқаш ауданы әкімдігінің білім бөлімі", "of0274"),
        ("Отдел образования города Балхаш", "of0351"),
    ],
)
def test_a_city_and_a_district_of_one_name_are_told_apart_by_whole_names(
    find: Find, typed: str, first: str
) -> None:
    assert find(typed)[0].office == first
