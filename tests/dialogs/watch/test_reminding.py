"""Reminders of parents: at a good hour of a working day, in the language of then, and once."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select

from core.hours import CLOSES_AT, OPENS_AT
from core.outgoing import Lane
from core.store import outgoing, people, reminders, tables, watches
from core.store.outgoing import Posting
from core.watch import Watch
from dialogs.desk import OwnDesk
from dialogs.doors import ComplainLate, OpenPapers
from dialogs.language import SetLanguage
from dialogs.naming import DeleteEnquiry
from dialogs.privacy import Forget
from dialogs.screen import Screen
from dialogs.screen_json import Packed, screen_from_json
from dialogs.watch.actions import (
    AskReminder,
    Given,
    HandedIn,
    NoReminders,
    OpenWatch,
    Remind,
    RemindPapers,
)
from dialogs.watch.reminding import CAUSE, remind, say_again
from tests.dialogs.visits import LANGUAGES, NOW, Visitor
from tests.dialogs.watch.steps import days, enquires, watch_of

pytestmark = pytest.mark.usefixtures("speaks")

MEALS = "free_school_meals"
TODAY = NOW.date()
"""A Saturday."""

PROMISED = dt.date(2026, 11, 30)
LATER = dt.date(2026, 12, 2)
DAY = dt.timedelta(days=1)
OTHER = {"kk": "ru", "ru": "kk"}


@pytest.fixture
async def enquiry(visitor: Visitor) -> int:
    return await enquires(visitor)


@pytest.fixture
async def watch(visitor: Visitor, enquiry: int) -> Watch:
    """Papers that were handed in, with a promised day."""
    await visitor.opens(HandedIn(enquiry, TODAY.toordinal()))
    await visitor.types("30.11.2026")
    return await watch_of(visitor)


def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """A moment by the clock of the country."""
    return LANGUAGES[None].beginning(day, hour) + dt.timedelta(minutes=minute)


async def round_at(visitor: Visitor, moment: dt.datetime) -> int:
    async with visitor.database.writing() as tx:
        return await remind(OwnDesk(tx, moment, LANGUAGES, visitor.knowledge, "bagyt_bot"))


async def sent(visitor: Visitor) -> list[Screen]:
    """What reminders were put into the queue, the first one first."""
    queue = tables.outgoing
    async with visitor.database.reading() as tx:
        rows = await tx.all(select(queue.c.body).where(queue.c.cause == CAUSE).order_by(queue.c.id))
        return [screen_from_json(tx.sealer.open_json(row.body)) for row in rows]


def held(screen: Screen) -> list[str]:
    """What the buttons of a reminder hold."""
    return [e.does.data for row in screen.rows for e in row if isinstance(e.does, Packed)]


async def test_on_the_day_and_two_working_days_later_and_no_third_time(
    visitor: Visitor, watch: Watch
) -> None:
    told = []
    for ahead in range(30):
        for hour in (0, 8, 9, 10, 19, 20, 23):
            moment = at(TODAY + ahead * DAY, hour)
            told += [moment] * await round_at(visitor, moment)
    assert told == [at(PROMISED, OPENS_AT), at(LATER, OPENS_AT)]
    first, second = await sent(visitor)
    assert ComplainLate(watch.id).pack() in held(first)
    assert first.text == second.text
    assert visitor.say().date(PROMISED) in first.text


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (at(PROMISED, 8, 59), 0),
        (at(PROMISED, OPENS_AT), 1),
        (at(PROMISED, 19, 59), 1),
        (at(PROMISED, CLOSES_AT), 0),
    ],
)
@pytest.mark.usefixtures("watch")
async def test_only_at_a_good_hour(visitor: Visitor, moment: dt.datetime, told: int) -> None:
    assert await round_at(visitor, moment) == told


@pytest.mark.usefixtures("watch")
async def test_a_bot_that_was_down_asks_once_in_the_next_morning(visitor: Visitor) -> None:
    # It comes back in the night before a Saturday, long after both days.
    friday = dt.date(2026, 12, 11)
    told = [
        moment
        for hours in range(24 * 5)
        for moment in [at(friday, 22) + dt.timedelta(hours=hours)]
        for _ in range(await round_at(visitor, moment))
    ]
    assert told == [at(dt.date(2026, 12, 14), OPENS_AT)]
    assert await days(visitor) == []


@pytest.mark.usefixtures("watch")
async def test_the_words_are_those_of_the_language_that_is_read_then(visitor: Visitor) -> None:
    await visitor.opens(SetLanguage(OTHER[visitor.language]))
    await round_at(visitor, at(PROMISED, OPENS_AT))
    (screen,) = await sent(visitor)
    say = LANGUAGES[OTHER[visitor.language]]
    assert say("<b>Did you get the answer?</b>") in screen.text
    assert say.date(PROMISED) in screen.text


async def test_what_has_been_said_today_is_not_said_again_whatever_changes(
    visitor: Visitor, watch: Watch
) -> None:
    assert await round_at(visitor, at(PROMISED, OPENS_AT)) == 1
    async with visitor.database.writing() as tx:
        row = await reminders.of_thing(tx, "answer", watch.id, visitor.id)
        assert row is not None
        await reminders.put(
            tx,
            person_id=visitor.id,
            kind="answer",
            of=watch.id,
            service=watch.service,
            day=PROMISED,
            now=NOW,
        )
    assert await round_at(visitor, at(PROMISED, 10)) == 0
    assert await round_at(visitor, at(PROMISED + DAY, OPENS_AT)) == 1


async def test_nothing_is_asked_once_the_answer_came_or_it_was_switched_off(
    visitor: Visitor, watch: Watch
) -> None:
    await visitor.opens(Remind(watch.id, on=False))
    assert await days(visitor) == []
    await visitor.opens(Remind(watch.id, on=True))
    assert await days(visitor) == [PROMISED]
    # What is on its way when the answer is told of is taken back, and nothing of it stays.
    await round_at(visitor, at(PROMISED, OPENS_AT))
    assert len(await sent(visitor)) == 1
    await visitor.opens(Given(watch.id))
    assert await sent(visitor) == []
    assert await round_at(visitor, at(LATER, OPENS_AT)) == 0


async def test_a_later_promise_moves_the_asking(visitor: Visitor, watch: Watch) -> None:
    later = replace(watch, promised=PROMISED + 7 * DAY)
    async with visitor.database.writing() as tx:
        # Written past the dialog, as knowledge may change past it.
        await watches.keep(tx, later, NOW)
    assert await round_at(visitor, at(PROMISED, OPENS_AT)) == 0
    assert await days(visitor) == [PROMISED + 7 * DAY]


@pytest.mark.usefixtures("watch")
async def test_what_was_not_sent_that_day_is_said_the_next_morning(visitor: Visitor) -> None:
    await round_at(visitor, at(LATER, OPENS_AT))
    assert await days(visitor) == []
    async with visitor.database.writing() as tx:
        (late,) = await outgoing.expire(tx, at(LATER, CLOSES_AT))
        desk = OwnDesk(tx, at(LATER, CLOSES_AT), LANGUAGES, visitor.knowledge, "bagyt_bot")
        await say_again(desk, late)
        await say_again(desk, replace(late, cause="another"))
    assert await days(visitor) == [LATER + DAY]
    assert await round_at(visitor, at(LATER + DAY, OPENS_AT)) == 1


@pytest.mark.usefixtures("watch")
async def test_a_reminder_waits_no_longer_than_its_day(visitor: Visitor) -> None:
    await round_at(visitor, at(PROMISED, OPENS_AT))
    async with visitor.database.writing() as tx:
        posting: Posting
        (posting,) = await outgoing.take(tx, at(PROMISED, OPENS_AT), 5)
    assert (posting.lane, posting.chat_id) == (Lane.REMINDER, visitor.id)
    assert posting.expires_at == at(PROMISED, CLOSES_AT)


async def test_missing_papers_are_reminded_of_once(visitor: Visitor, enquiry: int) -> None:
    await visitor.opens(AskReminder(enquiry))
    offered = [e.does for e in visitor.buttons() if isinstance(e.does, RemindPapers)]
    days_offered = [dt.date.fromordinal(each.day) for each in offered]
    assert days_offered == [dt.date(2026, 11, 23), dt.date(2026, 11, 25)]
    await visitor.opens(offered[0])
    told = [
        moment
        for hours in range(24 * 7)
        for moment in [NOW + dt.timedelta(hours=hours)]
        for _ in range(await round_at(visitor, moment))
    ]
    assert told == [at(dt.date(2026, 11, 23), OPENS_AT)]
    (screen,) = await sent(visitor)
    assert held(screen) == [OpenPapers(1).pack(), NoReminders(1).pack()]


@pytest.mark.usefixtures("watch")
async def test_what_is_erased_is_not_reminded_of(visitor: Visitor, enquiry: int) -> None:
    await visitor.opens(RemindPapers(enquiry, TODAY.toordinal() + 2))
    assert len(await days(visitor)) == 2
    await visitor.opens(DeleteEnquiry(enquiry))
    assert await days(visitor) == [PROMISED]
    await visitor.opens(Forget())
    async with visitor.database.reading() as tx:
        assert not await tx.all(select(tables.reminders))
    assert await round_at(visitor, at(PROMISED, OPENS_AT)) == 0


async def test_another_person_can_switch_nothing_off(
    visitor: Visitor, enquiry: int, watch: Watch
) -> None:
    await visitor.opens(RemindPapers(enquiry, TODAY.toordinal() + 2))
    before = await days(visitor)
    visitor.id = 999
    await visitor.starts()
    await visitor.opens(DeleteEnquiry(enquiry))
    for action in (NoReminders(enquiry), Remind(watch.id, on=False), OpenWatch(watch.id)):
        assert (await visitor.opens(action)).alert
    visitor.id = 501
    assert await days(visitor) == before


@pytest.mark.usefixtures("watch")
async def test_many_are_reminded_a_part_at_a_time(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dialogs.watch.reminding.MOST", 2)
    async with visitor.database.writing() as tx:
        for other in range(901, 904):
            await people.meet(tx, other, NOW)
            begun = await watches.begin(
                tx, person_id=other, service=MEALS, handed_in=TODAY, now=NOW
            )
            await watches.keep(tx, replace(begun, promised=PROMISED), NOW)
            await reminders.put(
                tx,
                person_id=other,
                kind="answer",
                of=begun.id,
                service=MEALS,
                day=PROMISED,
                now=NOW,
            )
    assert [await round_at(visitor, at(PROMISED, OPENS_AT)) for _ in range(3)] == [2, 2, 0]
