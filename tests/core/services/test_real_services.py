"""Every way through every real service, and the golden families written from the acts."""

import csv
from functools import cache
from typing import Any

import pytest

from core.services.conditions import holds
from core.services.engine import Outcome, Walk, paths, replay
from core.services.families import FOLDER, Family, load_families
from core.services.model import NamedFact, Service
from core.services.sources import Outside, Paragraph
from tests.core.services.builders import DATA, LIBRARY

SERVICES = [pytest.param(each, id=each.id) for each in LIBRARY.services.values()]
LANGUAGES = ("kk", "ru")


def families() -> list[Any]:
    return [
        pytest.param(service, family, id=f"{service.id}: {family.name}")
        for service in LIBRARY.services.values()
        for family in load_families(DATA, service.id)
    ]


@cache
def walked(service_id: str) -> tuple[Walk, ...]:
    return tuple(paths(LIBRARY.services[service_id]))


def told_facts(outcome: Outcome) -> list[NamedFact]:
    return [
        *outcome.documents,
        *outcome.later_documents,
        *outcome.terms,
        *outcome.providers,
        *outcome.refusals,
        *outcome.notes,
    ]


@pytest.mark.parametrize("service", SERVICES)
def test_every_path_ends_with_sourced_words_in_both_languages(service: Service) -> None:
    for walk in walked(service.id):
        outcome = walk.outcome
        assert outcome.reasons, walk.answers
        said = [(each.text, each.source) for each in outcome.reasons]
        said += [(each.text, each.source) for each in told_facts(outcome)]
        for text, source in said:
            assert source, (walk.answers, text)
            assert all(text.said(language) for language in LANGUAGES)
            assert all(isinstance(e, Outside) or e.act in LIBRARY.acts for e in source)


@pytest.mark.parametrize("service", SERVICES)
def test_everything_declared_is_on_some_path(service: Service) -> None:
    reached = {
        (type(fact), fact.id) for walk in walked(service.id) for fact in told_facts(walk.outcome)
    }
    declared = (
        *service.documents,
        *service.terms,
        *service.providers,
        *service.refusals,
        *service.notes,
    )

    assert {(type(each), each.id) for each in declared} == reached


@pytest.mark.parametrize("service", SERVICES)
def test_every_category_is_somebodys(service: Service) -> None:
    questions = {each.id for each in service.questions}

    groups = [(each.id, each.when) for each in service.categories]
    groups += [(each.id, each.when) for each in service.channels]
    for group, when in groups:
        assert any(holds(when, walk.answers, questions) for walk in walked(service.id)), group


@pytest.mark.parametrize("service", SERVICES)
def test_jurisdiction_is_a_place_of_that_level(service: Service) -> None:
    with (DATA / "places" / "places.csv").open(encoding="utf-8", newline="") as file:
        kinds = {each["id"]: each["kind"] for each in csv.DictReader(file)}
    place = service.jurisdiction.place

    assert place is None or kinds[place] == service.jurisdiction.level


@pytest.mark.parametrize("service", SERVICES)
def test_buttons_fit_into_telegram(service: Service) -> None:
    for question in service.questions:
        for option in question.options:
            assert len(f"an:zzzzzzzz:{question.id}:{option.id}".encode()) <= 64
            assert all(len(option.label.said(each)) <= 64 for each in LANGUAGES), option.id


@pytest.mark.parametrize("service", SERVICES)
def test_no_path_asks_in_vain(service: Service) -> None:
    for walk in walked(service.id):
        for dropped in walk.answers:
            rest = {key: value for key, value in walk.answers.items() if key != dropped}
            question = replay(service, rest).question
            assert question is not None, (walk.answers, dropped)


@pytest.mark.parametrize("service", SERVICES)
def test_service_has_families_enough(service: Service) -> None:
    told = load_families(DATA, service.id)
    met = {replay(service, each.answers).at for each in told}
    outcomes = {walk.outcome.says for walk in walked(service.id)}

    assert len(told) >= 6 or len(walked(service.id)) < 6
    assert {each.says for each in met if isinstance(each, Outcome)} == outcomes


def test_no_file_of_families_is_without_its_service() -> None:
    assert {each.stem for each in (DATA / FOLDER).glob("*.yaml")} == LIBRARY.services.keys()


@pytest.mark.parametrize(("service", "family"), families())
def test_golden_family(service: Service, family: Family) -> None:
    state = replay(service, family.answers)

    assert isinstance(state.at, Outcome), f"the next question is {state.question}"
    assert not state.unused
    outcome = state.at
    providers = {each.id for each in outcome.providers}
    assert outcome.says == family.outcome
    assert tuple(each.id for each in outcome.documents) == family.documents
    assert set(family.terms) <= {each.id for each in outcome.terms}
    assert set(family.providers) <= providers
    assert not set(family.not_providers) & providers
    assert set(family.see_also) <= set(outcome.see_also)
    cited = {
        each.para
        for reason in outcome.reasons
        for each in reason.source
        if isinstance(each, Paragraph)
    }
    assert set(family.reasons) <= cited
