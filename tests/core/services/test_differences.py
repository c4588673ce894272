"""What differs between two versions is told fact by fact, whatever their order."""

from typing import Any

import pytest

from core.services.differences import Difference, differences
from core.services.model import Service
from tests.core.services.builders import LIBRARY, document, question, service_data, text

MEALS = LIBRARY.services["free_school_meals"]


def service(**changes: Any) -> Service:
    own = {"act": "act_1", "service": None}
    return Service.model_validate(service_data(**changes), context=own)


def told(old: Service, new: Service) -> list[tuple[str, str, str, str | None]]:
    """Kind, part, the ids that lead to the fact, field."""
    return [
        (
            each.kind,
            each.part,
            "/".join(str(getattr(item, "id", "–")) for item in each.items),
            each.field,
        )
        for each in differences(old, new)
    ]


@pytest.mark.parametrize("name", LIBRARY.services)
def test_the_same_has_no_differences(name: str) -> None:
    assert differences(LIBRARY.services[name], LIBRARY.services[name]) == []


def test_the_number_of_a_version_is_no_difference() -> None:
    assert told(service(), service(version=7)) == []


def test_documents_come_go_and_change() -> None:
    old = service(documents=[document("card"), document("guardianship")])
    new = service(documents=[document("photo"), document("card", form="copy", count=2)])

    assert told(old, new) == [
        ("removed", "documents", "guardianship", None),
        ("added", "documents", "photo", None),
        ("added", "documents", "card", "form"),
        ("added", "documents", "card", "count"),
    ]


def test_old_and_new_values_are_there() -> None:
    old = service(documents=[document("card", count=1)])
    new = service(documents=[document("card", count=2)])

    (found,) = differences(old, new)

    assert (found.old, found.new) == (1, 2)
    assert isinstance(found, Difference)


def test_options_are_told_under_their_question() -> None:
    old = service(questions=[question("distance", "far", "near"), question("who", "a", "b")])
    new = service(questions=[question("distance", "far", "next"), question("who", "a", "b")])

    assert told(old, new) == [
        ("removed", "questions", "distance/near", None),
        ("added", "questions", "distance/next", None),
    ]


def test_what_is_renamed_is_not_new() -> None:
    old = service(documents=[document("card"), document("paper")])
    new = service(
        documents=[document("id_card"), document("paper")],
        aliases={"documents": {"card": "id_card"}},
    )

    assert ("added", "documents", "id_card", None) not in told(old, new)
    assert ("changed", "documents", "id_card", "id") in told(old, new)


def test_another_order_is_told_once() -> None:
    old = service(documents=[document("a"), document("b"), document("c")])
    new = service(documents=[document("c"), document("a"), document("b")])

    assert told(old, new) == [("reordered", "documents", "", None)]


def test_single_facts_and_texts() -> None:
    fee = {"free": True, "text": text("free"), "source": ["7"]}
    old = service()
    new = service(fee=fee, short=text("coach"), silent=[{"fact": "hours"}, {"fact": "result"}])

    found = told(old, new)

    assert ("changed", "short", "", None) in found
    assert ("added", "fee", "", None) in found
    assert any(kind == "removed" and part == "silent" for kind, part, _, _ in found)


def test_a_changed_fee_is_told_by_its_keys() -> None:
    old = service(fee={"free": True, "text": text("free"), "source": ["7"]})
    new = service(fee={"free": False, "text": text("paid"), "source": ["7"]})

    assert [(part, field) for _, part, _, field in told(old, new)] == [
        ("fee", "text"),
        ("fee", "free"),
    ]


def test_every_change_of_a_real_service_is_seen() -> None:
    """Dropping any one fact of a real service is told as the loss of just that fact."""
    for part in ("documents", "terms", "providers", "refusals", "notes", "routes"):
        facts = getattr(MEALS, part)
        for fact in facts:
            left = tuple(each for each in facts if each is not fact)
            new = MEALS.model_copy(update={part: left})
            kind, where, item, _ = told(MEALS, new)[0]
            assert (kind, where) == ("removed", part)
            assert item in {fact.id, ""}
            assert len(told(MEALS, new)) == 1
