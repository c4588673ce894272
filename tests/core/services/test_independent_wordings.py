"""Search, measured with wordings of people who had not seen the words of the services."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from core.services.search import ServiceSearch, load_search
from core.services.yaml_lines import read_sheet
from tests.core.services.builders import DATA, LIBRARY

TOLD = Path(__file__).parents[2] / "data"
WORDINGS = read_sheet(TOLD / "wordings_independent.yaml").data
UNSEEN = read_sheet(TOLD / "wordings_unseen.yaml").data
NOTHING = "nothing"
LANGUAGES = ("kk", "ru")


@cache
def search() -> ServiceSearch:
    return load_search(LIBRARY.services.values(), DATA)


def found(typed: str) -> list[str]:
    return [each.service for each in search().find(typed)]


def typed_for_services(told: Any) -> list[tuple[str, str]]:
    return [
        (typed, service)
        for service, wordings in told.items()
        if service != NOTHING
        for typed in wordings
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("told", [WORDINGS, UNSEEN], ids=["independent", "unseen"])
def test_what_is_meant_comes_first_or_among_three(told: Any, language: str) -> None:
    typed_for = typed_for_services(told[language])
    answers = [(typed, service, found(typed)) for typed, service in typed_for]

    not_first = [each for each in answers if each[1] not in each[2][:1]]
    not_in_three = [each for each in answers if each[1] not in each[2][:3]]
    assert len(not_first) <= 0.05 * len(answers), not_first
    assert len(not_in_three) <= 0.01 * len(answers), not_in_three


@pytest.mark.parametrize("language", LANGUAGES)
def test_off_topic_finds_nothing(language: str) -> None:
    stray = {typed: found(typed) for typed in WORDINGS[language][NOTHING]}

    assert {typed: services for typed, services in stray.items() if services} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_off_topic_that_speaks_of_schools_and_children_seldom_finds_anything(language: str) -> None:
    stray = [typed for typed in UNSEEN[language][NOTHING] if found(typed)]

    assert len(stray) <= 0.1 * len(UNSEEN[language][NOTHING]), stray


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_service_has_wordings_of_its_own(language: str) -> None:
    assert set(UNSEEN[language]) - {NOTHING} == set(LIBRARY.services)
    assert set(WORDINGS[language]) - {NOTHING} == set(LIBRARY.services)


@pytest.mark.parametrize(
    ("with_place", "without"),
    [
        ("где подать на асп в талдыкоргане", "где подать на асп"),
        ("садик в караганде очередь", "садик очередь"),
        ("түркістанда атаулы көмек", "атаулы көмек"),
    ],
)
def test_a_place_beside_the_matter_does_not_hide_it(with_place: str, without: str) -> None:
    assert found(with_place)[:1] == found(without)[:1] != []


@pytest.mark.parametrize("typed", ["потерял", "жоғалттым", "подать", "алу", "потерял телефон"])
def test_what_people_do_finds_nothing_alone(typed: str) -> None:
    assert found(typed) == []


@pytest.mark.parametrize(
    ("typed", "service"),
    [
        ("опекун деген справка", "guardianship_certificate"),
        ("асқа ақша жоқ мектепте", "free_school_meals"),
        ("школу для глухой", "special_school_admission"),
    ],
)
def test_endings_on_both_sides_and_short_words(typed: str, service: str) -> None:
    assert found(typed)[:1] == [service]
