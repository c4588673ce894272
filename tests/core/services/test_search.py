"""Search in one's own words."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.services.meanings import load_habits
from core.services.search import ServiceSearch, load_search
from core.services.yaml_lines import read_sheet
from core.words.spelling import load_spelling
from tests.core.services.builders import DATA, LIBRARY, service, text

SPELLING = load_spelling(DATA)
HABITS = load_habits(DATA)
SEARCH = ServiceSearch(
    [
        service(
            id="kindergarten",
            title=text("Мектепке дейінгі білім беру ұйымдарына құжаттар қабылдау"),
            short={"kk": "Балабақша", "ru": "Детский сад"},
            search={"kk": ["балабақшаға орын"], "ru": ["садик", "устроить в детский сад"]},
        ),
        service(
            id="meals",
            title=text("Тегін тамақтандыру"),
            short={"kk": "Тегін тамақ", "ru": "Бесплатное питание"},
            search={"kk": ["мектепте тегін тамақ"], "ru": ["обеды в школе"]},
        ),
        service(
            id="guardianship",
            title=text("Қорғаншылық және қамқоршылық жөнінде анықтама беру"),
            short={"kk": "Қамқоршылық", "ru": "Опека"},
            search={"kk": ["қамқоршы болу"], "ru": ["опека над племянником"]},
        ),
    ],
    SPELLING,
    HABITS,
)


def first(typed: str) -> str | None:
    found = SEARCH.find(typed)
    return found[0].service if found else None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("садик", "kindergarten"),
        ("ДЕТСКИЙ САД", "kindergarten"),
        ("detskiy sad", "kindergarten"),
        ("detskij sad", "kindergarten"),
        ("balabaqsha", "kindergarten"),
        ("balabaksha", "kindergarten"),
        ("balabaqşa", "kindergarten"),
        ("балабакша", "kindergarten"),
        ("балабақшаға", "kindergarten"),
        ("ltncrbq cfl", "kindergarten"),
        (",fkf,f0if", "kindergarten"),
        ("децкий сад", "kindergarten"),
        ("хочу в садик", "kindergarten"),
        ("тегин тамак", "meals"),
        ("tegin tamaq kerek", "meals"),
        ("безплатное питание", "meals"),
        ("обед в школе", "meals"),
        ("опеку над племянницей", "guardianship"),
        ("опекунство", "guardianship"),
        ("qamqorshy", "guardianship"),
        ("камкоршылык", "guardianship"),
    ],
)
def test_found_in_own_words(typed: str, expected: str) -> None:
    assert first(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "!!!",
        "и",
        "погода завтра",
        "курс доллара",
        "сәлем",
        "купить машину",
        "12345",
        "qq",
    ],
)
def test_off_topic_finds_nothing(typed: str) -> None:
    assert SEARCH.find(typed) == []


@given(st.text())
def test_any_text_can_be_searched(typed: str) -> None:
    assert all(0 < each.score <= 1 for each in SEARCH.find(typed))


def test_scores_go_down() -> None:
    scores = [each.score for each in SEARCH.find("тегін балабақша")]

    assert scores == sorted(scores, reverse=True)
    assert all(0 < each <= 1 for each in scores)


def typed_by_parents() -> list[tuple[str, set[str]]]:
    told = read_sheet(Path(__file__).parents[2] / "data" / "searches.yaml").data
    return [
        (typed, set(services.split("|")))
        for services, wordings in told.items()
        for typed in wordings
    ]


def test_what_parents_type_finds_what_they_mean() -> None:
    search = load_search(LIBRARY.services.values(), DATA)
    meant = [each for each in typed_by_parents() if each[1] & set(LIBRARY.services)]
    found = [([f.service for f in search.find(typed)], services) for typed, services in meant]

    first_right = sum(bool(set(ids[:1]) & services) for ids, services in found)
    among_three = sum(bool(set(ids[:3]) & services) for ids, services in found)
    assert first_right >= 0.95 * len(meant)
    assert among_three >= 0.99 * len(meant)


def test_off_topic_finds_nothing_among_real_services() -> None:
    search = load_search(LIBRARY.services.values(), DATA)
    stray = {
        typed: search.find(typed) for typed, services in typed_by_parents() if "nothing" in services
    }

    assert {typed: found for typed, found in stray.items() if found} == {}


def real_wordings() -> Sequence[tuple[str, str]]:
    return [
        (wording, each.id)
        for each in LIBRARY.services.values()
        for wording in (*each.search.kk, *each.search.ru, each.short.kk, each.short.ru)
    ]


def test_services_are_found_by_their_own_wordings() -> None:
    search = load_search(LIBRARY.services.values(), DATA)
    missed = [
        (wording, service_id)
        for wording, service_id in real_wordings()
        if service_id not in [each.service for each in search.find(wording)[:3]]
    ]

    assert missed == []
