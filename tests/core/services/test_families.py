"""Which families a changed rule moves, and which it leaves where they were."""

from core.release import DATA
from core.services.engine import Outcome
from core.services.families import load_families, moved_families, moved_ways
from core.services.model import Document, Service
from tests.core.services.builders import LIBRARY

MEALS = LIBRARY.services["free_school_meals"]
FAMILIES = load_families(DATA, MEALS.id)


def without_document(name: str) -> Service:
    left = tuple(each for each in MEALS.documents if each.id != name)
    return MEALS.model_copy(update={"documents": left})


def test_every_service_has_its_families() -> None:
    assert all(load_families(DATA, name) for name in LIBRARY.services)
    assert load_families(DATA, "nothing_of_ours") == ()


def test_the_same_rules_move_nobody() -> None:
    for name, service in LIBRARY.services.items():
        assert moved_families(service, service, load_families(DATA, name)) == []


def test_other_words_move_nobody() -> None:
    documents = tuple(
        each.model_copy(update={"text": each.text.model_copy(update={"ru": "Иначе"})})
        for each in MEALS.documents
    )
    new = MEALS.model_copy(update={"documents": documents})

    assert moved_families(MEALS, new, FAMILIES) == []
    assert moved_ways(MEALS, new)[0] == 0


def test_a_document_that_goes_moves_those_who_had_it() -> None:
    new = without_document("application")
    asked = [each for each in FAMILIES if "application" in each.documents]

    moved = moved_families(MEALS, new, FAMILIES)

    assert asked
    assert [each.answers for each in moved] == [dict(each.answers) for each in asked]
    for each in moved:
        assert isinstance(each.before.at, Outcome)
        assert isinstance(each.after.at, Outcome)
        gone = set(ids(each.before.at.documents)) - set(ids(each.after.at.documents))
        assert gone == {"application"}


def ids(documents: tuple[Document, ...]) -> list[str]:
    return [each.id for each in documents]


def test_a_term_that_grows_moves_families() -> None:
    terms = tuple(
        each.model_copy(update={"amount": each.amount + 1}) if each.amount else each
        for each in MEALS.terms
    )
    assert moved_families(MEALS, MEALS.model_copy(update={"terms": terms}), FAMILIES)


def test_a_question_that_goes_asks_nobody_in_vain() -> None:
    """Answers that no longer exist are left out, as in the enquiries of parents."""
    new = MEALS.model_copy(update={"questions": MEALS.questions[1:]})

    moved, whole = moved_ways(MEALS, new)

    assert whole > 0
    assert 0 <= moved <= whole
