"""Every path of every service, in both languages: it ends, fits a phone, names its sources."""

from collections.abc import Iterator

import pytest

from core.release import DATA
from core.services.engine import paths, replay
from core.services.library import Library, load_library
from core.services.model import Service
from core.store.enquiries import Enquiry
from dialogs.enquiry import (
    Asking,
    Standing,
    show_answers,
    show_enquiry,
    show_grounds,
    show_papers,
    show_question,
)
from dialogs.screen import Screen
from dialogs.services import Card, show_card
from dialogs.speech import Speech
from dialogs.statements import act_of
from tests.dialogs.visits import LANGUAGES, NOW

SERVICES = sorted(each.stem for each in (DATA / "services").glob("*.yaml"))
LARGEST_NUMBER = 36**8 - 1


@pytest.fixture(scope="module")
def whole() -> Library:
    return load_library(DATA)


def enquiry(service: Service, answers: dict[str, str]) -> Enquiry:
    return Enquiry(LARGEST_NUMBER, 1, service.id, "1", answers, (), None, "open", NOW, NOW)


def standings(service: Service, library: Library) -> Iterator[Standing]:
    act = act_of(service, library.acts.values())
    for path in paths(service):
        answers = dict(path.answers)
        yield Standing(enquiry(service, answers), replay(service, answers), act)


def assert_fits(screen: Screen, say: Speech) -> None:
    """Building it has checked Telegram's limits; here is what reads badly."""
    assert "None" not in screen.text
    assert "{" not in screen.text
    assert ".." not in screen.text
    if say.language == "ru":
        assert not set("әғқңөұүһ") & set(screen.text.lower())


@pytest.mark.parametrize("name", SERVICES)
def test_every_path_renders_in_both_languages(name: str, whole: Library) -> None:
    service = whole.services[name]
    walked = 0
    for standing in standings(service, whole):
        walked += 1
        outcome = standing.state.outcome
        assert outcome is not None
        assert outcome.reasons
        assert all(each.source for each in outcome.reasons)
        for say in LANGUAGES:
            for show in (show_enquiry, show_papers, show_grounds, show_answers):
                assert_fits(show(say, standing), say)
    assert walked


@pytest.mark.parametrize("name", SERVICES)
def test_every_question_and_card_renders_in_both_languages(name: str, whole: Library) -> None:
    service = whole.services[name]
    act = act_of(service, whole.acts.values())
    standing = Standing(enquiry(service, {}), replay(service, {}), act)
    for say in LANGUAGES:
        assert_fits(show_card(say, Card(service, act)), say)
        for question in service.questions:
            assert_fits(show_question(say, Asking(standing, question)), say)
