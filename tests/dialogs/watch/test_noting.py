"""Reminders of a season that opens and of missing papers: listed, said once, switched off."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select

from core.hours import OPENS_AT
from core.store import enquiries, reminders, tables
from core.store.reminders import Reminder
from dialogs.desk import OwnDesk
from dialogs.doors import OpenEnquiry, OpenPapers, OpenService, StartEnquiry
from dialogs.enquiry import Answer
from dialogs.naming import DeleteEnquiry
from dialogs.screen import Screen
from dialogs.screen_json import Packed, screen_from_json
from dialogs.watch.actions import (
    DropReminder,
    OpenReminder,
    OpenWatches,
    RemindPapers,
    RemindSeason,
)
from dialogs.watch.reminding import CAUSE, remind
from tests.dialogs.test_every_path import assert_fits
from tests.dialogs.visits import LANGUAGES, NOW, Visitor

pytestmark = pytest.mark.usefixtures("speaks")

SCHOOL, MEALS = "school_admission", "free_school_meals"
TODAY = NOW.date()
OPENS = dt.date(2027, 6, 1)
"""A Tuesday."""

DAY = dt.timedelta(days=1)


@pytest.fixture
async def first_class(visitor: Visitor) -> int:
    """An enquiry about the first class, in November: its papers are taken from June."""
    await visitor.opens(StartEnquiry(SCHOOL))
    for question, option in (
        ("school", "state"),
        ("grade", "first"),
        ("age", "six_or_more"),
        ("territory", "inside"),
    ):
        await visitor.opens(Answer(1, question, option))
    return 1


async def noted(visitor: Visitor) -> Reminder:
    async with visitor.database.reading() as tx:
        (only,) = await reminders.to_come(tx, visitor.id)
    return only


async def round_at(visitor: Visitor, day: dt.date, hour: int = OPENS_AT) -> int:
    moment = LANGUAGES[None].beginning(day, hour)
    async with visitor.database.writing() as tx:
        return await remind(OwnDesk(tx, moment, LANGUAGES, visitor.knowledge, "bagyt_bot"))


async def sent(visitor: Visitor) -> list[Screen]:
    queue = tables.outgoing
    async with visitor.database.reading() as tx:
        rows = await tx.all(select(queue.c.body).where(queue.c.cause == CAUSE))
        return [screen_from_json(tx.sealer.open_json(row.body)) for row in rows]


async def test_outside_the_season_the_result_offers_a_reminder(
    visitor: Visitor, first_class: int
) -> None:
    await visitor.opens(OpenEnquiry(first_class))
    label = visitor.say().label("Remind me when it opens")
    assert label in visitor.labels()
    shown = await visitor.presses(label)
    reminder = await noted(visitor)
    assert (reminder.kind, reminder.of, reminder.day) == ("season", first_class, OPENS)
    assert visitor.say().date(OPENS) in shown.toast
    assert (await visitor.person()).view == OpenReminder(reminder.id).pack()
    assert_fits(visitor.screen, LANGUAGES[visitor.language])
    # Again is once.
    await visitor.opens(RemindSeason(first_class))
    assert await noted(visitor) == reminder


async def test_a_service_without_a_season_offers_none(visitor: Visitor) -> None:
    await visitor.opens(StartEnquiry(MEALS))
    await visitor.opens(Answer(1, "school", "state"))
    await visitor.opens(Answer(1, "family", "assistance"))
    await visitor.opens(OpenEnquiry(1))
    assert visitor.say().label("Remind me when it opens") not in visitor.labels()
    await visitor.opens(RemindSeason(1))
    assert (await visitor.person()).view == OpenEnquiry(1).pack()
    async with visitor.database.reading() as tx:
        assert not await reminders.to_come(tx, visitor.id)


async def test_it_is_said_once_on_the_first_working_morning(
    visitor: Visitor, first_class: int
) -> None:
    await visitor.opens(RemindSeason(first_class))
    days = [OPENS + n * DAY for n in range(-3, 5)]
    told = [
        (day, hour) for day in days for hour in (8, 9, 12) if await round_at(visitor, day, hour)
    ]
    assert told == [(OPENS, OPENS_AT)]
    (screen,) = await sent(visitor)
    assert visitor.say().date(dt.date(2027, 8, 30)) in screen.text
    assert_fits(screen, LANGUAGES[visitor.language])
    async with visitor.database.reading() as tx:
        assert not await reminders.to_come(tx, visitor.id)


@pytest.mark.parametrize("question", ["day", "evening", "arts", "unknown"])
async def test_every_season_of_a_service_begins_on_a_working_day(
    visitor: Visitor, question: str
) -> None:
    """Colleges open on 20 June, which in 2027 is a Sunday."""
    async with visitor.database.writing() as tx:
        await reminders.forget(tx, visitor.id)
    await visitor.opens(StartEnquiry("college_admission"))
    service = visitor.knowledge.library.services["college_admission"]
    for each in service.questions:
        options = [option.id for option in each.options]
        await visitor.opens(Answer(1, each.id, question if question in options else options[0]))
    await visitor.opens(RemindSeason(1))
    assert (await noted(visitor)).day == dt.date(2027, 6, 21)


async def test_a_season_that_was_missed_as_a_whole_is_told_of_next_year(
    visitor: Visitor, first_class: int
) -> None:
    await visitor.opens(RemindSeason(first_class))
    assert await round_at(visitor, dt.date(2027, 11, 24)) == 0
    assert (await noted(visitor)).day == dt.date(2028, 6, 1)


async def test_all_that_is_to_come_is_listed_and_goes_with_one_tap(
    visitor: Visitor, first_class: int
) -> None:
    await visitor.opens(RemindSeason(first_class))
    await visitor.opens(RemindPapers(first_class, TODAY.toordinal() + 2))
    async with visitor.database.reading() as tx:
        papers, season = await reminders.to_come(tx, visitor.id)
    await visitor.opens(OpenWatches())
    listed = [each.does for each in visitor.buttons()]
    assert listed[:2] == [OpenReminder(papers.id), OpenReminder(season.id)]
    for each in (papers, season):
        await visitor.opens(OpenReminder(each.id))
        assert each.day is not None
        assert visitor.say().date(each.day) in visitor.screen.text
        assert_fits(visitor.screen, LANGUAGES[visitor.language])
        await visitor.presses(visitor.say().label("Do not remind me"))
        assert (await visitor.person()).view == OpenWatches().pack()
        # An old button says that it is gone.
        assert (await visitor.opens(OpenReminder(each.id))).alert
        assert (await visitor.opens(DropReminder(each.id))).alert
    async with visitor.database.reading() as tx:
        assert not await reminders.to_come(tx, visitor.id)
    assert await round_at(visitor, OPENS) == 0


async def test_wrong_turns(visitor: Visitor, first_class: int) -> None:
    for day in (0, TODAY.toordinal(), 10**9):
        assert (await visitor.opens(RemindPapers(first_class, day))).alert
    await visitor.opens(RemindSeason(first_class))
    reminder = await noted(visitor)
    visitor.id = 999
    await visitor.starts()
    for action in (
        RemindSeason(first_class),
        RemindPapers(first_class, TODAY.toordinal() + 2),
        OpenReminder(reminder.id),
        DropReminder(reminder.id),
    ):
        assert (await visitor.opens(action)).alert
    visitor.id = 501
    assert await noted(visitor) == reminder
    # An answer is changed: the first class is no longer meant, and nothing is said.
    await visitor.opens(Answer(first_class, "grade", "from_5_to_9"))
    assert await round_at(visitor, OPENS) == 0


async def test_it_goes_with_what_was_begun(visitor: Visitor, first_class: int) -> None:
    await visitor.opens(RemindSeason(first_class))
    reminder = await noted(visitor)
    await visitor.opens(DeleteEnquiry(first_class))
    assert (await visitor.opens(OpenReminder(reminder.id))).alert


async def test_a_season_is_told_of_though_the_enquiry_was_not_kept_so_long(
    visitor: Visitor, first_class: int
) -> None:
    await visitor.opens(RemindSeason(first_class))
    await visitor.opens(RemindPapers(first_class, TODAY.toordinal() + 2))
    async with visitor.database.writing() as tx:
        await enquiries.forget_idle(tx, NOW + DAY)
    await visitor.opens(OpenWatches())
    listed = [each.does for each in visitor.buttons() if isinstance(each.does, OpenReminder)]
    assert listed == [OpenReminder(1)]
    await visitor.opens(OpenReminder(1))
    assert visitor.say().date(OPENS) in visitor.screen.text
    assert await round_at(visitor, TODAY + 2 * DAY) == 0
    assert await round_at(visitor, OPENS) == 1
    (screen,) = await sent(visitor)
    assert OpenService(SCHOOL).pack() in [
        e.does.data for row in screen.rows for e in row if isinstance(e.does, Packed)
    ]


async def test_the_papers_can_be_opened_from_either(visitor: Visitor, first_class: int) -> None:
    await visitor.opens(RemindSeason(first_class))
    assert await round_at(visitor, OPENS) == 1
    await visitor.opens(OpenPapers(first_class))
    assert visitor.screen.text
    assert replace(await reminder_said(visitor), day=None).said_on == OPENS


async def reminder_said(visitor: Visitor) -> Reminder:
    async with visitor.database.reading() as tx:
        found = await reminders.find(tx, 1, visitor.id)
    assert found is not None
    return found
