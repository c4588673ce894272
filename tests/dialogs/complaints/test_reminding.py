"""Officials are reminded before the term ends, on its last day and every day after, never twice."""

import datetime as dt
from dataclasses import replace

import pytest

from core.complaints.deadlines import answer_due
from core.complaints.routing import body_of
from core.store import roles
from dialogs.complaints.tending import check_owners
from dialogs.desk import OwnDesk
from dialogs.officials.actions import AskAnswer, AskRegister, CloseAs
from dialogs.officials.reminding import OVERDUE, remind
from tests.dialogs.complaints.steps import (
    ADMIN,
    OFFICIAL,
    WORDS,
    complaint_of,
    events_of,
    other,
    posted,
    role,
    sends,
    text_of,
)
from tests.dialogs.visits import LANGUAGES, Visitor

pytestmark = pytest.mark.usefixtures("speaks")

REGISTERED = "A-1, 20.11.2026"
ABOVE = 603
EIGHT, NINE = dt.time(3, 59, tzinfo=dt.UTC), dt.time(4, 1, tzinfo=dt.UTC)
"""A minute before nine by the clock of the country, and a minute after."""

DAY = dt.timedelta(days=1)


@pytest.fixture
async def own(visitor: Visitor) -> int:
    """A complaint that its office has registered."""
    await role(visitor, ADMIN, "admin")
    number = await sends(visitor)
    addressee = (await complaint_of(visitor, number)).addressee
    assert addressee is not None
    await role(visitor, OFFICIAL, "official", offices=[addressee])
    official = other(visitor, OFFICIAL)
    await official.starts()
    await official.opens(AskRegister(number))
    await official.types(REGISTERED)
    return number


async def due_of(visitor: Visitor, own: int) -> dt.date:
    complaint = await complaint_of(visitor, own)
    knowledge = visitor.knowledge
    service = knowledge.library.services[complaint.service or ""]
    body = body_of(knowledge.directory, complaint, service)
    due = answer_due(complaint, body, knowledge.appeals, knowledge.calendar)
    assert due is not None
    return due.day


def before(visitor: Visitor, day: dt.date, working_days: int) -> dt.date:
    """The day so many working days before another."""
    while working_days:
        day -= DAY
        working_days -= visitor.knowledge.calendar.is_working(day)
    return day


async def reminded(visitor: Visitor, day: dt.date, at: dt.time = NINE) -> int:
    """One round at a moment; of how many complaints officials were reminded."""
    async with visitor.database.writing() as tx:
        now = dt.datetime.combine(day, at)
        return await remind(OwnDesk(tx, now, LANGUAGES, visitor.knowledge, "bagyt_bot"))


async def said_of(visitor: Visitor, own: int) -> list[str]:
    return [
        str(each.data["of"]) for each in await events_of(visitor, own) if each.kind == "reminded"
    ]


async def test_the_whole_calendar_of_reminders(visitor: Visitor, own: int) -> None:
    due = await due_of(visitor, own)
    calendar = visitor.knowledge.calendar
    soon = before(visitor, due, 2)
    assert await reminded(visitor, before(visitor, due, 3)) == 0
    assert await reminded(visitor, soon, EIGHT) == 0
    assert await reminded(visitor, soon) == 1
    # However often the round comes, of one thing it speaks once.
    assert await reminded(visitor, soon) == 0
    assert await reminded(visitor, before(visitor, due, 1)) == 0
    assert await reminded(visitor, due) == 1
    assert await said_of(visitor, own) == ["soon", "today"]
    day, late = due, 0
    for _ in range(9):
        day += DAY
        expected = int(calendar.is_working(day))
        assert await reminded(visitor, day) == expected
        assert await reminded(visitor, day) == 0
        late += expected
    assert late >= 4
    assert await said_of(visitor, own) == ["soon", "today", *["late"] * late]


async def test_a_bot_that_was_down_says_only_what_is_true_now(visitor: Visitor, own: int) -> None:
    due = await due_of(visitor, own)
    next_working = visitor.knowledge.calendar.next_working(due + DAY)
    assert await reminded(visitor, next_working) == 1
    assert await said_of(visitor, own) == ["late"]


async def test_lateness_is_told_above_without_the_words(visitor: Visitor, own: int) -> None:
    await role(visitor, ABOVE, "official", regions=["karaganda"])
    await other(visitor, ABOVE).starts()
    due = await due_of(visitor, own)
    await reminded(visitor, visitor.knowledge.calendar.next_working(due + DAY))
    told = [each for each in await posted(visitor, ADMIN) if each.cause == OVERDUE]
    assert len(told) == 1
    assert "№" in text_of(told[0])
    assert WORDS[:20] not in text_of(told[0])
    for person in (ADMIN, ABOVE):
        assert not any(
            "would not take" in text_of(each)
            for each in await posted(visitor, person)
            if each.cause == OVERDUE
        )
    news = [each for each in await posted(visitor, OFFICIAL) if "⚠" in text_of(each)]
    assert news


async def test_of_what_is_answered_or_closed_nobody_is_reminded(visitor: Visitor, own: int) -> None:
    due = await due_of(visitor, own)
    official = other(visitor, OFFICIAL)
    await official.opens(AskAnswer(own))
    await official.types("A made-up answer")
    await official.opens(CloseAs(own, "answered"))
    await official.types("It is done, by a made-up office")
    assert (await complaint_of(visitor, own)).state == "closed"
    assert await reminded(visitor, due) == 0
    assert await reminded(visitor, visitor.knowledge.calendar.next_working(due + DAY)) == 0


async def test_before_an_office_registers_it_no_term_runs(visitor: Visitor) -> None:
    await role(visitor, ADMIN, "admin")
    number = await sends(visitor)
    for days in range(60):
        assert await reminded(visitor, dt.date(2026, 11, 21) + days * DAY) == 0
    assert await said_of(visitor, number) == []


async def test_nobody_handles_a_complaint_of_their_own(visitor: Visitor) -> None:
    """A parent who is an official of the very office: others have it, they see it as a parent."""
    await role(visitor, ADMIN, "admin")
    number = await sends(visitor)
    addressee = (await complaint_of(visitor, number)).addressee
    assert addressee is not None
    await role(visitor, visitor.id, "official", offices=[addressee])
    await visitor.opens(AskAnswer(number))
    await visitor.types("I answer myself")
    complaint = await complaint_of(visitor, number)
    assert complaint.state != "answered"
    assert "answered" not in [each.kind for each in await events_of(visitor, number)]


async def test_a_role_taken_back_gives_what_was_taken_to_the_next(
    visitor: Visitor, own: int
) -> None:
    assert (await complaint_of(visitor, own)).taken_by == OFFICIAL
    async with visitor.database.writing() as tx:
        for each in await roles.of(tx, OFFICIAL):
            await roles.revoke(tx, each.id, visitor_now(visitor))
        desk = OwnDesk(tx, visitor_now(visitor), LANGUAGES, visitor.knowledge, "bagyt_bot")
        checked = await check_owners(desk)
    assert checked.told == (own,)
    assert checked.unowned == ()
    assert (await complaint_of(visitor, own)).taken_by is None
    admin = replace(other(visitor, ADMIN), language="ru")
    await admin.starts()
    assert any(f"complaint:{own}" == each.about for each in await posted(visitor, ADMIN))


def visitor_now(visitor: Visitor) -> dt.datetime:
    return visitor.database.clock.now()
