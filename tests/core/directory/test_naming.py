"""Short names say who receives there, and leave out the legal form."""

import pytest

from core.directory.model import Office, Text
from core.directory.naming import ShortNames, load_short_names
from core.directory.whole import Directory
from core.release import DATA, load_directory

OWNER = "Алматы қаласы Білім басқармасының "


@pytest.fixture(scope="module")
def directory() -> Directory:
    return load_directory(DATA)


@pytest.fixture(scope="module")
def names() -> ShortNames:
    return load_short_names(DATA)


@pytest.fixture
def office(directory: Directory) -> Office:
    return directory.offices["of0001"]


@pytest.mark.parametrize(
    ("whole", "short"),
    [
        ("ГУ «Отдел образования города Балхаш»", "Отдел образования города Балхаш"),
        ("КГУ «Гимназия № 60» Управления образования города Алматы", "Гимназия № 60"),
        ("Частная гимназия «Лика»", "Частная гимназия «Лика»"),
        ("ТОО «Бецалель»", "ТОО «Бецалель»"),
        (
            "ГККП «Станция юных туристов «Медеу» Управления образования города Алматы",
            "Станция юных туристов «Медеу»",
        ),
    ],
)
def test_russian_names(names: ShortNames, office: Office, whole: str, short: str) -> None:
    named = office.model_copy(update={"name": Text(kk="x", ru=whole)})
    assert names.of(named).ru == short


@pytest.mark.parametrize(
    ("whole", "short"),
    [
        (
            "«Арал ауданы әкімдігінің білім бөлімі» мемлекеттік мекемесі",
            "Арал ауданы әкімдігінің білім бөлімі",
        ),
        ("«Қостанай облысы әкімінің аппараты» ММ", "Қостанай облысы әкімінің аппараты"),
        (
            OWNER + "«Медеу» жас туристер станциясы» мемлекеттік коммуналдық қазыналық кәсіпорны",
            "«Медеу» жас туристер станциясы",
        ),
        ("«Сенім» жеке меншік мектеп-колледжі", "«Сенім» жеке меншік мектеп-колледжі"),
        (
            OWNER + "мамандандырылған «Жанұя» кешені коммуналдық мемлекеттік мекемесі",
            "Мамандандырылған «Жанұя» кешені",
        ),
    ],
)
def test_kazakh_names(names: ShortNames, office: Office, whole: str, short: str) -> None:
    named = office.model_copy(update={"name": Text(kk=whole, ru="x")})
    assert names.of(named).kk == short


def test_every_office_keeps_a_name_with_whole_marks(
    names: ShortNames, directory: Directory
) -> None:
    for office in directory.offices.values():
        short = names.of(office)
        for words, whole in ((short.kk, office.name.kk), (short.ru, office.name.ru)):
            assert words.strip()
            assert len(words) <= len(whole)
            # A name that is misprinted already stays as it is.
            assert words == whole or words.count("«") == words.count("»"), words
