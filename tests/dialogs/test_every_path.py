"""Every path of every service, in both languages: it ends, fits a phone, names its sources."""

import re
from collections.abc import Iterator, Sequence

import pytest

from core.calendar import load_calendar
from core.knowledge import CALENDAR_FILE
from core.papers.pdf import pdf_of
from core.release import DATA
from core.services.engine import paths, replay_what_is_left
from core.services.library import Library, load_library
from core.services.model import Service
from core.store.enquiries import Enquiry
from dialogs.application import Blank, Filling, show_field, show_preview
from dialogs.checklist import (
    Checklist,
    Detail,
    Part,
    all_ready,
    items_of,
    show_checklist,
    show_paper,
)
from dialogs.enquiry import Asking, show_answers, show_enquiry, show_grounds, show_question
from dialogs.mine import show_mine
from dialogs.next_steps import Handing, show_days, show_due, show_next_steps
from dialogs.paging import Page
from dialogs.papers.application import application_paper
from dialogs.papers.checklist import checklist_paper
from dialogs.routes import Routes, show_route, show_subjects
from dialogs.screen import Screen
from dialogs.services import Card, show_card
from dialogs.speech import Speech
from dialogs.standing import Standing
from dialogs.statements import citations_of, for_people
from dialogs.telling import Told, Topic, show_topic
from tests.dialogs.visits import LANGUAGES, NOW

SERVICES = sorted(each.stem for each in (DATA / "services").glob("*.yaml"))
LARGEST_NUMBER = 36**8 - 1
CALENDAR = load_calendar(DATA / CALENDAR_FILE)
TODAY = NOW.date()
KAZAKH_IN_RUSSIAN = re.compile("Ұлытау|Тереңкөл|Аққулы")
"""Places whose official Russian names are spelled with Kazakh letters."""


@pytest.fixture(scope="module")
def whole() -> Library:
    return load_library(DATA)


def standing_at(
    service: Service, library: Library, answers: dict[str, str], ticked: Sequence[str] = ()
) -> Standing:
    enquiry = Enquiry(
        LARGEST_NUMBER, 1, service.id, "1", answers, tuple(ticked), "Әлия", "open", NOW, NOW
    )
    state = replay_what_is_left(service, answers)
    citations = citations_of(service, library)
    return Standing(enquiry, state, citations, TODAY, CALENDAR, "bagyt_bot")


def standings(service: Service, library: Library) -> Iterator[Standing]:
    for path in paths(service):
        yield standing_at(service, library, dict(path.answers))


def distinct(service: Service, library: Library) -> list[Standing]:
    """One standing for every set of documents, terms and providers that any path leads to."""
    found: dict[object, Standing] = {}
    for each in standings(service, library):
        outcome = each.outcome
        facts = (*outcome.documents, *outcome.later_documents, *outcome.terms, *outcome.providers)
        found.setdefault((outcome.says, tuple(fact.id for fact in facts)), each)
    return list(found.values())


def assert_fits(screen: Screen, say: Speech) -> None:
    """Building it has checked Telegram's limits; here is what reads badly."""
    assert "None" not in screen.text
    assert "{" not in screen.text
    assert ".." not in screen.text
    assert "()" not in screen.text
    if say.language == "ru":
        letters = set(KAZAKH_IN_RUSSIAN.sub("", screen.text).lower())
        assert not set("ғқңөұүһ") & letters


@pytest.mark.parametrize("name", SERVICES)
def test_every_path_renders_in_both_languages(name: str, whole: Library) -> None:
    service = whole.services[name]
    walked = 0
    for standing in standings(service, whole):
        walked += 1
        assert standing.outcome.reasons
        assert all(each.source for each in standing.outcome.reasons)
        for say in LANGUAGES:
            assert_fits(show_enquiry(say, standing), say)
            assert_fits(show_answers(say, standing), say)
            assert_fits(show_checklist(say, Checklist(standing)), say)
    assert walked


@pytest.mark.parametrize("name", SERVICES)
def test_every_outcome_is_told_from_all_sides(name: str, whole: Library) -> None:
    service = whole.services[name]
    for standing in distinct(service, whole):
        for say in LANGUAGES:
            assert_fits(show_grounds(say, standing), say)
            assert_fits(show_next_steps(say, standing), say)
            assert_fits(show_days(say, Handing(standing, TODAY)), say)
            assert_fits(show_due(say, Handing(standing, TODAY)), say)
            assert_fits(show_mine(say, Page([standing], 0, 0)), say)
            for topic in Topic:
                for spelled in (False, True):
                    told = Told(
                        topic,
                        service,
                        standing.citations,
                        standing.outcome,
                        LARGEST_NUMBER,
                        spelled=spelled,
                    )
                    assert_fits(show_topic(say, told), say)


@pytest.mark.parametrize("name", SERVICES)
def test_every_document_has_its_line_and_its_details(name: str, whole: Library) -> None:
    service = whole.services[name]
    for standing in distinct(service, whole):
        outcome = standing.outcome
        items = items_of(standing)
        listed = [each.id for item in items for each in item.documents]
        declared = (*outcome.documents, *outcome.later_documents)
        assert sorted(listed) == sorted(each.id for each in declared if for_people(each.source))
        assert [each.number for each in items] == list(range(1, len(items) + 1))
        for say in LANGUAGES:
            for page in range(len(items) // 6 + 1):
                assert_fits(show_checklist(say, Checklist(standing, page)), say)
            for document in (each for item in items for each in item.documents):
                shown = show_paper(say, Detail(standing, document))
                assert_fits(shown, say)
                assert "№" in shown.text or "http" in shown.text


@pytest.mark.parametrize("name", SERVICES)
def test_all_ready_hangs_on_what_the_act_asks_of_the_parent_only(name: str, whole: Library) -> None:
    service = whole.services[name]
    for standing in distinct(service, whole):
        items = items_of(standing)
        wanted = [each.first.id for each in items if each.part in {Part.OWN, Part.REFERRED}]
        answers = dict(standing.enquiry.answers)
        assert all_ready(standing_at(service, whole, answers, wanted)) is bool(wanted)
        others = [each.first.id for each in items if each.first.id not in wanted]
        assert not all_ready(standing_at(service, whole, answers, others))
        for missing in wanted:
            short = [each for each in wanted if each != missing]
            assert not all_ready(standing_at(service, whole, answers, short))


@pytest.mark.parametrize("name", SERVICES)
def test_every_application_can_be_filled_in(name: str, whole: Library) -> None:
    service = whole.services[name]
    for standing in distinct(service, whole):
        forms = {each.application for each in standing.outcome.documents if each.application}
        for form in service.forms:
            if form.id not in forms:
                continue
            empty = Filling(standing, form, {}, keep=False)
            full = Filling(standing, form, {each.id: "Әә" for each in form.fields}, keep=True)
            assert empty.fields
            for say in LANGUAGES:
                for field in empty.fields:
                    assert_fits(show_field(say, Blank(empty, field, overlong=True)), say)
                assert_fits(show_preview(say, empty), say)
                show_preview(say, full)
                paper = application_paper(say, standing, form, full.values)
                assert not [each for each in paper.parts if "{" in str(vars_of(each))]


def vars_of(part: object) -> list[object]:
    """What a part of a paper holds."""
    return [getattr(part, each) for each in part.__dataclass_fields__]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", SERVICES)
def test_the_checklist_is_a_pdf_in_both_languages(name: str, whole: Library) -> None:
    service = whole.services[name]
    longest = max(distinct(service, whole), key=lambda each: len(items_of(each)))
    for say in LANGUAGES:
        made = pdf_of(checklist_paper(say, longest))
        assert made.startswith(b"%PDF")
        assert pages_in(made) <= 2


def pages_in(pdf: bytes) -> int:
    """How many pages a file says it has."""
    return pdf.count(b"/Type /Page\n")


@pytest.mark.parametrize("name", SERVICES)
def test_every_question_and_card_renders_in_both_languages(name: str, whole: Library) -> None:
    service = whole.services[name]
    citations = citations_of(service, whole)
    standing = standing_at(service, whole, {})
    for say in LANGUAGES:
        assert_fits(show_card(say, Card(service, citations, TODAY, "bagyt_bot")), say)
        for question in service.questions:
            assert_fits(show_question(say, Asking(standing, question)), say)
        assert_fits(show_subjects(say, Routes(service, citations)), say)
        for subject in {each for route in service.routes for each in route.subjects}:
            assert_fits(show_route(say, Routes(service, citations, subject)), say)
        for topic in Topic:
            for spelled in (False, True):
                told = Told(topic, service, citations, spelled=spelled)
                assert_fits(show_topic(say, told), say)
