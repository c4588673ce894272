"""The JSON that others rely on."""

import datetime as dt
import json
from typing import Any

import pytest

from core.services.as_json import (
    ask_json,
    paths_json,
    search_json,
    service_json,
    services_json,
    successor_json,
)
from core.services.engine import UnknownAnswerError
from core.services.model import Successor
from core.services.search import Found
from tests.core.services.builders import ACT, LIBRARY, service

TODAY = dt.date(2026, 11, 21)
MEALS = LIBRARY.services["free_school_meals"]


def ask(**answers: str) -> dict[str, Any]:
    return ask_json(MEALS, answers, TODAY)


def test_services_in_short() -> None:
    meals = services_json(LIBRARY)[0]

    assert meals["id"] == "free_school_meals"
    assert meals["short"] == {"kk": "Мектептегі тегін тамақ", "ru": "Бесплатное питание в школе"}
    assert meals["jurisdiction"] == {"level": "country", "place": None}
    assert meals["status"] == "repealed"
    assert "low_income" in meals["situations"]


@pytest.mark.parametrize("service_id", LIBRARY.services)
def test_service_has_every_key_of_the_contract(service_id: str) -> None:
    told = service_json(LIBRARY.services[service_id], LIBRARY.acts)

    assert {
        "id", "title", "short", "jurisdiction", "acts", "channels", "providers", "categories",
        "questions", "documents", "terms", "fee", "hours", "result", "refusals", "routes", "slip",
        "complaint_slip", "forms", "conflicts", "silent", "referred",
    } <= set(told)  # fmt: skip
    assert {
        "id", "title", "issuer", "number", "date", "status", "repealed", "successor",
    } <= set(told["acts"][0])  # fmt: skip
    assert json.loads(json.dumps(told)) == told


def test_facts_of_free_school_meals() -> None:
    told = service_json(MEALS, LIBRARY.acts)
    document = next(each for each in told["documents"] if each["id"] == "guardianship_decision")
    term = next(each for each in told["terms"] if each["id"] == "processing")

    assert document["categories"] == ["orphan"]
    assert document["source"][0] == {
        "act": "decree_1119_2012", "service": None, "annex": None, "list": None, "group": None,
        "row": None, "para": "11.3", "part": None,
    }  # fmt: skip
    assert (term["amount"], term["unit"], term["limit"]) == (5, "working_day", "at_most")
    assert told["fee"]["free"] is True
    assert told["hours"][0]["from"] == "09:00"
    assert told["acts"][0]["repealed"]["date"] == "2014-02-19"
    assert told["acts"][0]["successor"]["number"] == "158"


def test_silent_fee_is_neither_free_nor_paid() -> None:
    quiet = service(silent=[{"fact": "fee", "text": {"kk": "Сұраңыз", "ru": "Спросите"}}])

    assert service_json(quiet, {"act_1": ACT})["fee"] == {
        "free": None,
        "text": {"kk": "Сұраңыз", "ru": "Спросите"},
        "source": [],
    }


def test_asking_shows_the_question_and_the_progress() -> None:
    told = ask()

    assert told["state"] == "question"
    assert told["question"]["id"] == "school"
    assert [each["id"] for each in told["question"]["options"]] == ["state", "not_state", "unknown"]
    assert told["progress"] == [1, 3]


def test_asking_ends_in_the_outcome() -> None:
    told = ask(school="state", family="orphan")

    assert told["state"] == "outcome"
    assert told["outcome"] == "eligible"
    assert [each["passed"] for each in told["reasons"]] == [True, True]
    assert [each["id"] for each in told["documents"]] == ["application", "guardianship_decision"]
    assert told["later_documents"] == []
    assert told["season"] is None
    assert told["territory"] == "unknown"
    assert "guardianship_certificate" in told["see_also"]


def test_outside_its_territory_another_service_is_first() -> None:
    far = service(elsewhere=["coach"])
    answers = {"distance": "far", "applicant": "parent"}

    assert ask_json(far, answers, TODAY, "outside")["see_also"] == ["coach"]
    assert ask_json(far, answers, TODAY, "inside")["see_also"] == []


def test_season_is_told_with_its_source() -> None:
    window = {
        "id": "summer", "what": "window", "opens": "06-01", "closes": "08-30",
        "text": {"kk": "жаз", "ru": "лето"}, "source": ["9"],
    }  # fmt: skip
    told = ask_json(service(terms=[window]), {"distance": "far", "applicant": "parent"}, TODAY)

    assert told["season"]["open"] is False
    assert (told["season"]["opens"], told["season"]["closes"]) == ("06-01", "08-30")
    assert told["season"]["starts"] == "2027-06-01"
    assert told["season"]["source"][0]["para"] == "9"


def test_unknown_option_is_named() -> None:
    with pytest.raises(UnknownAnswerError, match="aunt"):
        ask(family="aunt")


def test_paths_with_their_documents() -> None:
    told = paths_json(MEALS)

    assert {"school", "family"} == set(told[0]["answers"])
    assert told[0]["documents"] == ["application", "assistance_certificate"]
    assert told[-1]["outcome"] == "unknown"


def test_low_confidence_is_for_admins() -> None:
    low = Successor.model_validate(
        {
            "status": {"kk": "a", "ru": "a"},
            "as_of": "2026-11-21",
            "confidence": "low",
            "changes": [{"text": {"kk": "a", "ru": "a"}, "confidence": "high"}],
        }
    )

    told = successor_json(low)

    assert told is not None
    assert told["admins_only"] is True
    assert told["changes"][0]["admins_only"] is False
    assert successor_json(None) is None


def test_search_results() -> None:
    assert search_json([Found("a", 0.5)]) == {"results": [{"service": "a", "score": 0.5}]}
