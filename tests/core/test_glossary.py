"""The glossary is whole in both languages, and knows which words a service makes people read."""

from collections.abc import Mapping
from typing import Any

import pytest
from pydantic import ValidationError

from core.glossary import Glossary, Seen, load_glossary, met_in
from core.release import DATA
from core.services.library import load_library

WORDS = load_glossary(DATA)
SERVICES = load_library(DATA).services
MOST = 260
"""Signs of an explanation: two plain sentences, at most three."""

ENTRY: Mapping[str, Any] = {
    "id": "made_up",
    "term": {"kk": "Қолхат", "ru": "Расписка"},
    "text": {"kk": "Ойдан шығарылған.", "ru": "Выдумано."},
    "seen": {"kk": ["қолхат"], "ru": ["расписк"]},
}


def test_there_is_a_word_for_each_that_parents_stumble_over() -> None:
    told = " ".join(f"{each.term.kk} {each.term.ru}" for each in WORDS)
    for term in ("Қорғаншылық", "попечительство", "АӘК", "АСП", "ХҚКО", "ЦОН", "ПМПК", "ДКК"):
        assert term in told
    assert len(WORDS) >= 20


def test_explanations_are_short_and_each_says_something_of_its_own() -> None:
    for language in ("kk", "ru"):
        texts = [each.text.said(language) for each in WORDS]
        assert max(map(len, texts)) <= MOST
        assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("part", ["term", "text", "seen"])
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_word_in_one_language_only_is_refused(part: str, language: str) -> None:
    Glossary.model_validate({"words": [ENTRY]})
    halved = {key: value for key, value in ENTRY[part].items() if key != language}
    with pytest.raises(ValidationError, match=language):
        Glossary.model_validate({"words": [{**ENTRY, part: halved}]})


def test_an_empty_explanation_and_an_unknown_key_are_refused() -> None:
    with pytest.raises(ValidationError):
        Glossary.model_validate({"words": [{**ENTRY, "text": {"kk": " ", "ru": "Выдумано."}}]})
    with pytest.raises(ValidationError, match="not known here"):
        Glossary.model_validate({"words": [{**ENTRY, "english": "slip"}]})


def test_a_word_is_explained_once() -> None:
    with pytest.raises(ValidationError, match="explained twice: made_up"):
        Glossary.model_validate({"words": [ENTRY, ENTRY]})


def test_a_full_stop_ends_the_whole_word() -> None:
    seen = Seen(kk=("шарт.",), ru=("акт.", "договор"))
    assert seen.pattern("ru").search("По договору")
    assert seen.pattern("ru").search("в этом АКТЕ") is None
    assert seen.pattern("ru").search("контакт") is None
    assert seen.pattern("kk").search("шарт жасайды")
    assert seen.pattern("kk").search("шартты") is None


def test_a_service_has_the_words_that_stand_in_it_and_no_others() -> None:
    for language in ("kk", "ru"):
        meals = {each.id for each in met_in(SERVICES["free_school_meals"], WORDS, language)}
        assert {"social_assistance", "income_each", "guardianship", "act"} <= meals
        assert not meals & {"subsidiary_farm", "learning_commission", "externat"}
        home = {each.id for each in met_in(SERVICES["home_schooling"], WORDS, language)}
        assert "doctors_commission" in home


def test_both_languages_of_a_service_have_nearly_the_same_words() -> None:
    for service in SERVICES.values():
        kk, ru = ({each.id for each in met_in(service, WORDS, lang)} for lang in ("kk", "ru"))
        assert len(kk ^ ru) <= 4, (service.id, kk ^ ru)
        assert kk & ru
