"""What is told of a service: only what is sure enough, with its act, season and paragraph."""

import datetime as dt

import pytest

from core.services.library import Library
from core.services.model import Fee, Service, Successor
from core.services.sources import Outside, Paragraph, Text
from dialogs.services import Card, show_card
from dialogs.statements import citations_of, marks, source_lines, state_of
from dialogs.telling import Told, Topic, has, sections, show_topic
from tests.dialogs.visits import LANGUAGES, NOW

SAY = LANGUAGES["ru"]
MEALS, SCHOOL = "free_school_meals", "school_admission"


def changed(service: Service, **update: object) -> Service:
    return service.model_copy(update=update)


def sure(service: Service, confidence: str) -> Successor:
    assert service.successor is not None
    changes = tuple(
        each.model_copy(update={"confidence": confidence}) for each in service.successor.changes
    )
    return service.successor.model_copy(update={"confidence": confidence, "changes": changes})


def law(confidence: str) -> Outside:
    ref = Text(kk="Жаңа заң", ru="Новый закон")
    day = dt.date(2026, 11, 21)
    return Outside.model_validate(
        {"kind": "law", "ref": ref, "url": "https://example.kz/a?b=1&c=2", "as_of": day}
        | {"confidence": confidence}
    )


@pytest.mark.parametrize("confidence", ["high", "medium", "low"])
def test_what_governs_today_is_told_unless_it_is_a_guess(library: Library, confidence: str) -> None:
    service = library.services[MEALS]
    service = changed(service, successor=sure(service, confidence))
    citations = citations_of(service, library)
    told = Told(Topic.TODAY, service, citations)
    shown = "№ 158" in state_of(SAY, citations.act, service.successor)
    assert shown is (confidence != "low")
    assert has(SAY, told) is (confidence != "low")
    if confidence != "low":
        text = show_topic(SAY, told).text
        assert ("не подтверждено" in text) is (confidence == "medium")


def test_a_guess_alone_makes_no_statement(library: Library) -> None:
    service = library.services[MEALS]
    citations = citations_of(service, library)
    for confidence, told in (("low", False), ("medium", True)):
        fee = Fee.model_validate(
            {"free": True, "text": Text(kk="Ақысыз", ru="Даром"), "source": [law(confidence)]}
        )
        cheap = changed(service, fee=fee)
        said = [
            statement.text
            for section in sections(SAY, Told(Topic.MORE, cheap, citations))
            for statement in section.statements
        ]
        assert ("Даром" in said) is told


def test_a_paragraph_of_another_act_names_that_act(library: Library) -> None:
    service = library.services[MEALS]
    citations = citations_of(service, library)
    own = Paragraph(act=service.acts[0], para="11.1")
    other = next(act for act in library.acts.values() if act.id != service.acts[0])
    foreign = Paragraph(act=other.id, para="5")
    assert marks(SAY, (own, own), citations) == "п. 11.1"
    assert other.number in marks(SAY, (foreign,), citations)
    assert marks(SAY, (law("low"),), citations) == ""


def test_a_reference_names_each_act_once_with_its_state(library: Library) -> None:
    service = library.services[SCHOOL]
    citations = citations_of(service, library)
    first = service.rules[0].source[0]
    assert isinstance(first, Paragraph)
    second = first.model_copy(update={"para": None, "annex": "1", "row": 3})
    told = source_lines(SAY, (first, second, law("high")), citations)
    assert len(told) == 2
    assert SAY.of(service.short) in told[0]
    assert citations.act.number in told[0]
    assert "приложение 1" in told[0]
    assert "утратил силу" in told[0]
    assert '<a href="https://example.kz/a?b=1&amp;c=2">Новый закон</a>' in told[1]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2026, 5, 31), "1 июня 2026"),
        (dt.date(2026, 6, 1), "30 августа 2026"),
        (dt.date(2026, 8, 30), "30 августа 2026"),
        (dt.date(2026, 8, 31), "1 июня 2027"),
    ],
)
def test_the_card_says_when_one_can_apply(library: Library, day: dt.date, words: str) -> None:
    service = library.services[SCHOOL]
    card = Card(service, citations_of(service, library), day, "bagyt_bot")
    assert words in show_card(SAY, card).text


def test_a_silent_fee_is_said_to_be_silent(library: Library) -> None:
    service = library.services[MEALS]
    silent = service.silent[:0] + tuple(
        each for other in library.services.values() for each in other.silent if each.fact == "fee"
    )
    card = Card(
        changed(service, fee=None, silent=silent),
        citations_of(service, library),
        NOW.date(),
        "bagyt_bot",
    )
    assert silent
    assert "не сказано" in show_card(SAY, card).text


def test_terms_and_hours_of_two_channels_are_told_apart(library: Library) -> None:
    service = library.services["subsidiary_farm_certificate"]
    citations = citations_of(service, library)
    text = show_card(SAY, Card(service, citations, NOW.date(), "bagyt_bot")).text
    for term in service.terms:
        if term.what == "processing":
            channel = next(each for each in service.channels if each.id == term.channel)
            assert f"{SAY.of(channel.text)}: {SAY.of(term.text)}" in text
