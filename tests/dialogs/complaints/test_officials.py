"""An official handles a complaint: takes, registers, answers, asks, passes on, closes."""

from dataclasses import replace

import pytest

from core.complaints import number
from core.store import people, roles
from dialogs.complaints.actions import OpenStory
from dialogs.doors import OpenComplaint, OpenQueue
from dialogs.officials.actions import (
    AskAnswer,
    AskClose,
    AskExtend,
    AskPassOn,
    AskQuestion,
    AskRegister,
    CloseAs,
    NotOurs,
    PassTo,
    Read,
    ShowFiles,
    TakeOn,
)
from dialogs.officials.handling import read_registration
from dialogs.turn import Command, Typed
from tests.dialogs.complaints.steps import (
    ADMIN,
    OFFICIAL,
    OTHER,
    PARENT,
    WORDS,
    arrives,
    complaint_of,
    events_of,
    other,
    posted,
    role,
    sends,
    text_of,
)
from tests.dialogs.visits import LANGUAGES, NOW, Visitor

ACTIONS = (
    TakeOn,
    AskRegister,
    AskAnswer,
    AskQuestion,
    AskPassOn,
    NotOurs,
    AskClose,
    Read,
    ShowFiles,
)


@pytest.fixture(params=["kk", "ru"])
def official(request: pytest.FixtureRequest, visitor: Visitor) -> Visitor:
    return replace(visitor, id=OFFICIAL, language=request.param, shown=None)


@pytest.fixture
async def own(visitor: Visitor, official: Visitor) -> int:
    """A complaint that the official has."""
    await role(visitor, ADMIN, "admin")
    complaint = await sends(visitor)
    addressee = (await complaint_of(visitor, complaint)).addressee
    assert addressee is not None
    await role(visitor, OFFICIAL, "official", offices=[addressee])
    await role(visitor, OTHER, "official", offices=[addressee])
    await official.starts()
    return complaint


async def test_the_desk_shows_the_words_escaped_and_protected(official: Visitor, own: int) -> None:
    await official.opens(OpenComplaint(own))
    assert "&lt;b&gt;they" in official.screen.text
    assert official.screen.protect
    assert number.shown(own) in official.screen.text


async def test_of_two_who_take_it_one_gets_it_and_the_other_learns_who(
    visitor: Visitor, official: Visitor, own: int
) -> None:
    await official.opens(TakeOn(own))
    assert (await complaint_of(visitor, own)).taken_by == OFFICIAL
    second = other(visitor, OTHER)
    shown = await second.opens(TakeOn(own))
    assert shown.alert
    assert (await complaint_of(visitor, own)).taken_by == OFFICIAL
    assert f"Made-up {OFFICIAL}" in second.screen.text
    assert [each.kind for each in await events_of(visitor, own)] == ["sent", "taken"]


async def test_registering_starts_the_term_and_the_parent_is_told(
    visitor: Visitor, official: Visitor, own: int
) -> None:
    await official.opens(AskRegister(own))
    await official.types("no day")
    assert AskRegister(own, misread=True).pack() == (await official.person()).view
    await official.types("A-7, 20.11.2026")
    assert (await complaint_of(visitor, own)).state == "registered"
    _, told = await posted(visitor, PARENT)
    assert "A-7" in text_of(told)


def test_numbers_and_days_are_read_however_they_are_put() -> None:
    today = NOW.date()
    assert read_registration("№ A-15 20.11.2026", today) == ("A-15", today.replace(day=20))
    assert read_registration("20/11/2026, 77", today) == ("77", today.replace(day=20))
    for wrong in ("", "77", "20.11.2026", "77, 31.02.2026", "77, 20.11.2030", "77, 20.11.2020"):
        assert read_registration(wrong, today) is None


async def test_an_answer_goes_to_the_parent_in_their_language(
    visitor: Visitor, official: Visitor, own: int
) -> None:
    await official.opens(AskAnswer(own))
    await official.types("Made-up <i>answer</i>")
    _, told = await posted(visitor, PARENT)
    assert "&lt;i&gt;answer" in text_of(told)
    assert str(LANGUAGES["ru"]("The office has answered:")) in text_of(told)
    assert (await complaint_of(visitor, own)).state == "answered"


async def test_a_reply_to_the_notice_answers_and_a_reply_of_the_parent_adds(
    visitor: Visitor, official: Visitor, own: int
) -> None:
    await official.opens(AskQuestion(own))
    await official.types("Which day was it?")
    _, asked = await posted(visitor, PARENT)
    message = await arrives(visitor, asked)
    await visitor.does(Typed("It was Monday", reply_to=message))
    kinds = [each.kind for each in await events_of(visitor, own)]
    assert kinds == ["sent", "asked", "added"]
    notices = await posted(visitor, OFFICIAL)
    assert "It was Monday" in text_of(notices[-1])
    message = await arrives(visitor, notices[-1])
    await official.does(Typed("Made-up answer", reply_to=message))
    assert (await complaint_of(visitor, own)).state == "answered"
    # Words to the bot itself, in reply to nothing of ours, are a search as ever.
    await official.does(Typed("Made-up words", reply_to=12345))
    assert (await events_of(visitor, own))[-1].kind == "answered"


async def test_passing_on_needs_a_reason_and_keeps_the_story(
    visitor: Visitor, official: Visitor, own: int
) -> None:
    await official.opens(AskPassOn(own))
    await official.types("мектеп 41")
    choice = next(each.does for each in official.buttons() if isinstance(each.does, PassTo))
    await official.opens(choice)
    await official.types("A made-up reason")
    complaint = await complaint_of(visitor, own)
    assert (complaint.state, complaint.addressee) == ("passed_on", choice.office)
    assert complaint.taken_by is None
    shown = await official.opens(OpenComplaint(own))
    assert shown.alert
    _, told = await posted(visitor, PARENT)
    assert "A made-up reason" in text_of(told)
    assert [each.office for each in await events_of(visitor, own)][-1] != choice.office


async def test_given_back_it_goes_to_the_next_and_at_last_to_the_admins(
    visitor: Visitor, official: Visitor, own: int
) -> None:
    before = len(await posted(visitor, ADMIN))
    for person in (OFFICIAL, OTHER):
        each = replace(official, id=person, shown=None)
        await each.opens(NotOurs(own))
        await each.types("A made-up reason")
    assert len(await posted(visitor, ADMIN)) == before + 1
    admin = other(visitor, ADMIN)
    await admin.opens(OpenQueue())
    assert OpenComplaint(own) in [each.does for each in admin.buttons()]


async def test_closing_always_has_words_for_the_parent(
    visitor: Visitor, official: Visitor, own: int
) -> None:
    await official.opens(AskClose(own))
    await official.opens(CloseAs(own, "unfounded"))
    await official.types("Made-up words")
    assert (await complaint_of(visitor, own)).state == "closed"
    _, told = await posted(visitor, PARENT)
    assert "Made-up words" in text_of(told)
    shown = await official.opens(CloseAs(own, "no such way"))
    assert shown.alert


async def test_only_who_the_law_lets_may_take_longer(
    visitor: Visitor, official: Visitor, own: int
) -> None:
    shown = await official.opens(AskExtend(own, 5))
    complaint = await complaint_of(visitor, own)
    office = visitor.knowledge.directory.office(complaint.addressee or "")
    assert office is not None
    may = visitor.knowledge.appeals.may_extend("provider", office.kind)
    assert shown.alert is not may


async def test_the_queue_is_only_theirs(visitor: Visitor, official: Visitor, own: int) -> None:
    await official.does(Command("queue"))
    assert OpenComplaint(own) in [each.does for each in official.buttons()]
    stranger = other(visitor, 998)
    await stranger.starts()
    assert (await stranger.does(Command("queue"))).alert
    elsewhere = other(visitor, 997)
    await role(visitor, 997, "official", offices=["of0001"])
    await elsewhere.does(Command("queue"))
    assert OpenComplaint(own) not in [each.does for each in elsewhere.buttons()]
    for action in ACTIONS:
        assert (await elsewhere.opens(action(own))).alert


async def test_a_role_taken_back_ends_every_right_at_once(
    visitor: Visitor, official: Visitor, own: int
) -> None:
    await official.opens(TakeOn(own))
    async with visitor.database.writing() as tx:
        for each in await roles.of(tx, OFFICIAL):
            await roles.revoke(tx, each.id, NOW)
    for action in (*ACTIONS, OpenComplaint, OpenStory):
        assert (await official.opens(action(own))).alert
    async with visitor.database.reading() as tx:
        assert await people.find(tx, OFFICIAL) is not None
    assert WORDS not in official.screen.text
