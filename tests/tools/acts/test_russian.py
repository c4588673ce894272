"""Russian names and addresses from rules and lists."""

from pathlib import Path

import pytest

from core.places.loading import load_places
from tests.tools.acts.placed import placed
from tools.acts.__main__ import LISTS
from tools.acts.reception import read_reception
from tools.acts.russian import Russian
from tools.acts.streets import StreetReader
from tools.acts.words import Words


@pytest.fixture(scope="module")
def russian() -> Russian:
    return Russian(LISTS)


@pytest.mark.parametrize(
    ("place", "genitive"),
    [
        ("karaganda", "Карагандинской области"),
        ("akmola.kokshetau", "города Кокшетау"),
        ("almaty_city.almaly", "Алмалинского района"),
    ],
)
def test_genitive(russian: Russian, data: Path, place: str, genitive: str) -> None:
    assert russian.genitive(load_places(data)[place]) == genitive


@pytest.mark.parametrize(
    ("printed", "ru"),
    [
        ("Абай көшесі, 5", "ул. Абая, 5"),
        ("Достық даңғылы, 36 А", "пр. Достык, 36А"),
        ("Абай көшесі, н/ж", "ул. Абая, б/н"),
        ("5 шағын ауданы, 12-үй", "мкр. 5, 12"),
    ],
)
def test_streets(russian: Russian, words: Words, printed: str, ru: str) -> None:
    said = russian.street(StreetReader(words).read(printed))
    assert said.text == ru
    assert said.covered


def test_an_unknown_street_is_written_in_russian_letters_and_said(
    russian: Russian, words: Words
) -> None:
    said = russian.street(StreetReader(words).read("Қырғауылқұс көшесі, 5"))
    assert said.text == "ул. Кыргауылкус, 5"
    assert not said.covered


OF_ALMATY = "Управления образования города Алматы"
BY_ALMATY = "Алматы қаласы Білім басқармасының"


@pytest.mark.parametrize(
    ("printed", "ru"),
    [
        ("«№ 12 гимназия» коммуналдық мемлекеттік мекемесі", "КГУ «Гимназия № 12»"),
        (
            f"{BY_ALMATY} «Қ. Сәтбаев атындағы № 56 гимназия» коммуналдық мемлекеттік мекемесі",
            f"КГУ «Гимназия № 56 имени К. Сатпаева» {OF_ALMATY}",
        ),
        (
            f"{BY_ALMATY} «№ 48 бөбекжай-балабақшасы» мемлекеттік коммуналдық қазыналық кәсіпорны",
            f"ГККП «Ясли-сад № 48» {OF_ALMATY}",
        ),
        (
            f"{BY_ALMATY} мамандандырылған «Жанұя» кешені коммуналдық мемлекеттік мекемесі",
            f"КГУ «Специализированный комплекс «Жануя» {OF_ALMATY}",
        ),
        ("«Құлагер» балабақшасы", "Детский сад «Кулагер»"),
        ("«Алматы индустриалды колледжі» Мекемесі", "Алматинский индустриальный колледж"),
        ("«Kaz бизнес консалтинг» ЖШС", "ТОО «Kaz бизнес консалтинг»"),
    ],
)
def test_institutions(russian: Russian, printed: str, ru: str) -> None:
    said = russian.institution(printed)
    assert (said.text, said.covered) == (ru, True)


def test_an_unknown_institution_is_said(russian: Russian) -> None:
    assert not russian.institution("«Қырғауылқұс» ғимараты").covered


@pytest.mark.parametrize(
    ("printed", "district", "ru"),
    [
        ("Атырау облысының ХҚҚО", None, "Центр обслуживания населения Атырауской области"),
        (
            "Атырау облысы № 2 ХҚҚО",
            None,
            "Центр обслуживания населения Атырауской области № 2",
        ),
        (
            "Атырау облысы ХҚКО мемлекеттік мекемесінің N 1 филиалы",
            "atyrau.atyrau_city",
            "Центр обслуживания населения Атырауской области, филиал № 1 в городе Атырау",
        ),
    ],
)
def test_service_centres(
    russian: Russian, data: Path, printed: str, district: str | None, ru: str
) -> None:
    said = russian.service_centre(printed, load_places(data), region="atyrau", district=district)
    assert said.text == ru


def test_reception_names_each_official(russian: Russian) -> None:
    listing = placed("Абай ауданының әкімі").listing
    text = (
        "Әкім: айына бір рет, сағат 17.00-ден бастап "
        "Орынбасары: апта сайын сейсенбі күндері, сағат 17.00-ден бастап"
    )
    first, second = read_reception(text, listing, russian)
    assert (first.who.ru, first.when.ru) == ("Аким", "раз в месяц, с 17.00")
    assert (second.who.ru, second.when.ru) == ("Заместитель", "каждый вторник, с 17.00")
    assert second.when.kk == "апта сайын сейсенбі күндері, сағат 17.00-ден бастап"
    assert first.source[0].annex == "1"
