"""The replay of answers, on small services."""

import pytest

from core.services.engine import Outcome, UnknownAnswerError, current_document, paths, replay
from core.services.model import Question, Service
from tests.core.services.builders import document, question, service, verdict


def asked_next(of: Service, **answers: str) -> str:
    at = replay(of, answers).at
    assert isinstance(at, Question)
    return at.id


def outcome(of: Service, **answers: str) -> Outcome:
    at = replay(of, answers).at
    assert isinstance(at, Outcome)
    return at


def test_questions_come_in_the_order_of_the_file() -> None:
    bus = service()

    assert asked_next(bus) == "distance"
    assert asked_next(bus, distance="far") == "applicant"


def test_asking_ends_when_a_rule_says_no() -> None:
    ended = outcome(service(), distance="near")

    assert ended.says == "not_eligible"
    assert [each.passed for each in ended.reasons] == [False]
    assert [*ended.documents, *ended.terms, *ended.refusals] == []


def test_eligible_with_the_documents_that_apply() -> None:
    bus = service()

    parent = outcome(bus, distance="far", applicant="parent")
    guardian = outcome(bus, distance="far", applicant="guardian")

    assert parent.says == guardian.says == "eligible"
    assert [each.id for each in parent.documents] == ["card"]
    assert [each.id for each in guardian.documents] == ["card", "guardianship"]
    assert [each.id for each in parent.refusals] == ["papers"]


def test_not_knowing_leads_to_an_answer_of_its_own() -> None:
    unsure = outcome(service(), distance="unknown", applicant="parent")

    assert unsure.says == "unknown"
    assert [each.id for each in unsure.documents] == ["card"]


def test_weightiest_verdict_is_the_outcome() -> None:
    rules = [
        {"id": name, "source": ["6"], "verdicts": [verdict(says)]}
        for name, says in (("a", "eligible"), ("b", "unknown"), ("c", "commission"))
    ]
    ended = outcome(service(questions=[], rules=rules, documents=[document("card")]))

    assert ended.says == "unknown"
    assert [each.says for each in ended.reasons] == ["eligible", "unknown", "commission"]


def test_question_is_asked_only_where_its_condition_holds() -> None:
    questions = [
        question("family", "poor", "rich"),
        question("income", "below", "above", when={"family": "poor"}),
    ]
    rules = [
        {
            "id": "income",
            "source": ["6"],
            "verdicts": [verdict("eligible", {"income": "below"}), verdict("commission")],
        }
    ]
    poor = service(questions=questions, rules=rules, documents=[document("card")])

    assert asked_next(poor) == "family"
    assert asked_next(poor, family="poor") == "income"
    assert outcome(poor, family="rich").says == "commission"


def test_question_is_skipped_when_nothing_open_hangs_on_it() -> None:
    only_for_guardians = document(
        "guardianship", when={"distance": "unknown", "applicant": "guardian"}
    )
    bus = service(documents=[document("card"), only_for_guardians])

    assert outcome(bus, distance="far").says == "eligible"
    assert asked_next(bus, distance="unknown") == "applicant"


def test_question_is_asked_for_the_sake_of_a_later_one() -> None:
    questions = [
        question("family", "orphan", "other"),
        question("age", "small", "big", when={"family": "orphan"}),
    ]
    rules = [{"id": "anyone", "source": ["6"], "verdicts": [verdict("eligible")]}]
    bus = service(
        questions=questions, rules=rules, documents=[document("card", when={"age": "small"})]
    )

    assert asked_next(bus) == "family"
    assert asked_next(bus, family="orphan") == "age"
    assert outcome(bus, family="other").documents == ()


def test_changing_one_answer_keeps_the_later_ones() -> None:
    bus = service()
    answers = {"distance": "far", "applicant": "guardian"}

    nearer = replay(bus, answers | {"distance": "near"})
    again = replay(bus, answers | {"distance": "unknown"})

    assert nearer.unused == {"applicant": "guardian"}
    assert again.unused == {}
    assert again.asked == {"distance": "unknown", "applicant": "guardian"}


def test_later_answer_waits_for_the_earlier_question() -> None:
    state = replay(service(), {"applicant": "guardian"})

    assert state.question is not None
    assert state.question.id == "distance"
    assert state.unused == {"applicant": "guardian"}


def test_progress_counts_what_may_still_come() -> None:
    bus = service()

    assert replay(bus, {}).progress == (1, 2)
    assert replay(bus, {"distance": "far"}).progress == (2, 2)


@pytest.mark.parametrize(
    ("answers", "named"),
    [({"colour": "red"}, "colour"), ({"distance": "purple"}, "purple")],
)
def test_unknown_names_are_refused_and_named(answers: dict[str, str], named: str) -> None:
    with pytest.raises(UnknownAnswerError, match=named):
        replay(service(), answers)


def test_names_of_before_are_understood() -> None:
    renamed = service(
        aliases={"questions": {"way": "distance"}, "options": {"distance": {"remote": "far"}}}
    )

    assert replay(renamed, {"way": "remote"}).asked == {"distance": "far"}
    assert replay(renamed, {"way": "remote", "distance": "near"}).asked == {"distance": "near"}


def test_documents_ticked_under_an_old_name_are_known() -> None:
    renamed = service(aliases={"documents": {"passport": "card"}})

    assert current_document(renamed, "passport") == "card"
    assert current_document(renamed, "card") == "card"
    assert current_document(renamed, "diploma") is None


def test_documents_of_a_channel_and_a_category() -> None:
    bus = service(
        channels=[
            {"id": "office", "text": {"kk": "a", "ru": "a"}, "source": ["1"],
             "when": {"applicant": "parent"}},
        ],
        categories=[
            {"id": "far", "text": {"kk": "a", "ru": "a"}, "source": ["6.1"],
             "when": {"distance": "far"}},
        ],
        documents=[document("card", channels=["office"], categories=["far"])],
    )  # fmt: skip

    assert outcome(bus, distance="far", applicant="parent").documents != ()
    assert outcome(bus, distance="far", applicant="guardian").documents == ()
    assert outcome(bus, distance="unknown").documents == ()


def test_later_documents_stand_apart() -> None:
    law = {
        "kind": "law",
        "ref": {"kk": "a", "ru": "a"},
        "as_of": "2026-01-01",
        "confidence": "high",
    }
    later = document("photo", basis="later_act", source=[law])
    ended = outcome(service(documents=[document("card"), later]), distance="far")

    assert [each.id for each in ended.documents] == ["card"]
    assert [each.id for each in ended.later_documents] == ["photo"]


def test_paths_are_all_ways_through() -> None:
    walked = [(dict(each.answers), each.outcome.says) for each in paths(service())]

    assert walked == [
        ({"distance": "far", "applicant": "parent"}, "eligible"),
        ({"distance": "far", "applicant": "guardian"}, "eligible"),
        ({"distance": "near"}, "not_eligible"),
        ({"distance": "unknown", "applicant": "parent"}, "unknown"),
        ({"distance": "unknown", "applicant": "guardian"}, "unknown"),
    ]


def test_verdict_suggests_other_services() -> None:
    rules = [
        {"id": "a", "source": ["6"], "verdicts": [verdict("not_eligible", see_also=["coach"])]}
    ]

    assert outcome(service(questions=[], rules=rules, documents=[])).see_also == ("coach",)


def test_a_service_read_anew_is_thought_through_anew() -> None:
    """To find that two readings are equal would take far longer at every turn."""
    one = service()
    again = one.model_copy()
    assert replay(one, {}).service is one
    assert replay(again, {}).service is again
    assert replay(again, {}) is replay(again, {})
