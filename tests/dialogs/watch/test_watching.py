"""The watch over an answer: which day counts, when it is asked, and what a late one leads to."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest

from core.store import complaints, reminders, watches
from core.watch import Watch
from dialogs.action import Action
from dialogs.complaints.actions import AskConsent, Consent, OpenDraft
from dialogs.doors import ComplainLate, OpenPapers, StartEnquiry, StartWatch
from dialogs.enquiry import Answer
from dialogs.watch.actions import (
    AskDecision,
    AskPromised,
    AskReminder,
    AskSlip,
    AskWhere,
    Given,
    HandedIn,
    ItWas,
    NoReminders,
    OpenRefusal,
    OpenReminder,
    OpenWatch,
    OpenWatches,
    Refused,
    Remind,
    RemindPapers,
)
from dialogs.watch.watching import read_past_day
from tests.dialogs.test_every_path import assert_fits
from tests.dialogs.visits import LANGUAGES, NOW, Visitor
from tests.dialogs.watch.steps import days, enquires, watch_of

pytestmark = pytest.mark.usefixtures("speaks")

MEALS, HOME_SCHOOLING = "free_school_meals", "home_schooling"
TODAY = NOW.date()


def of_a_watch(number: int, enquiry: int, reminder: int = 1) -> Sequence[Action]:
    """Every view of the watch."""
    return (
        StartWatch(enquiry),
        AskReminder(enquiry),
        AskPromised(number),
        AskPromised(number, misread=True),
        AskSlip(number),
        AskWhere(number),
        AskWhere(number, missed=True),
        OpenWatch(number),
        OpenWatches(),
        AskDecision(number),
        Refused(number),
        OpenRefusal(number),
        OpenReminder(reminder),
    )


async def test_the_promised_day_counts_before_any_term(visitor: Visitor) -> None:
    enquiry = await enquires(visitor)
    await visitor.opens(HandedIn(enquiry, TODAY.toordinal()))
    watch = await watch_of(visitor)
    await visitor.types("30.11.2026")
    await visitor.types("A-77")
    assert (await visitor.person()).view == AskWhere(watch.id).pack()
    await visitor.opens(ItWas(watch.id, "of0351"))
    watch = await watch_of(visitor)
    assert (watch.promised, watch.slip, watch.office) == (dt.date(2026, 11, 30), "A-77", "of0351")
    assert visitor.say().date(dt.date(2026, 11, 30)) in visitor.screen.text
    assert await days(visitor) == [dt.date(2026, 11, 30)]


async def test_a_second_tap_begins_no_second_watch_and_reminds_no_second_time(
    visitor: Visitor,
) -> None:
    enquiry = await enquires(visitor)
    await visitor.opens(HandedIn(enquiry, TODAY.toordinal()))
    before = await days(visitor)
    await visitor.opens(HandedIn(enquiry, TODAY.toordinal()))
    async with visitor.database.reading() as tx:
        assert len(await watches.of(tx, visitor.id)) == 1
    assert await days(visitor) == before


async def test_reminders_go_with_one_tap_and_with_the_answer(visitor: Visitor) -> None:
    enquiry = await enquires(visitor)
    await visitor.opens(HandedIn(enquiry, TODAY.toordinal()))
    watch = await watch_of(visitor)
    await visitor.opens(AskPromised(watch.id))
    await visitor.types("30.11.2026")
    assert await days(visitor) == [dt.date(2026, 11, 30)]
    await visitor.opens(Remind(watch.id, on=False))
    assert not await days(visitor)
    await visitor.opens(Remind(watch.id, on=True))
    assert await days(visitor) == [dt.date(2026, 11, 30)]
    await visitor.opens(Given(watch.id))
    assert not await days(visitor)
    assert (await watch_of(visitor)).state == "given"


async def test_a_broken_promise_becomes_a_complaint_that_is_already_written(
    visitor: Visitor,
) -> None:
    enquiry = await enquires(visitor)
    await visitor.opens(HandedIn(enquiry, TODAY.toordinal() - 20))
    watch = await watch_of(visitor)
    async with visitor.database.writing() as tx:
        await watches.keep(
            tx,
            Watch(
                **{
                    **{name: getattr(watch, name) for name in watch.__slots__},
                    "promised": TODAY - dt.timedelta(days=5),
                    "slip": "A-77",
                    "office": "of0351",
                }
            ),
            NOW,
        )
    await visitor.opens(OpenWatch(watch.id))
    assert ComplainLate(watch.id) in [each.does for each in visitor.buttons()]
    await visitor.opens(ComplainLate(watch.id))
    async with visitor.database.reading() as tx:
        draft = await complaints.draft_of(tx, visitor.id)
    assert draft is not None
    assert (draft.subject, draft.office, draft.service) == ("late", "of0351", MEALS)
    assert "A-77" in draft.said.text
    assert (await visitor.person()).view == AskConsent(draft.id).pack()
    await visitor.opens(Consent(draft.id))
    assert (await visitor.person()).view == OpenDraft(draft.id).pack()


async def test_a_promise_that_was_broken_already_is_not_read_as_one_for_next_year(
    visitor: Visitor,
) -> None:
    enquiry = await enquires(visitor)
    await visitor.opens(HandedIn(enquiry, TODAY.toordinal() - 20))
    watch = await watch_of(visitor)
    await visitor.opens(AskPromised(watch.id))
    await visitor.types("15.11")
    assert (await watch_of(visitor)).promised == dt.date(2026, 11, 15)
    await visitor.opens(OpenWatch(watch.id))
    assert ComplainLate(watch.id) in [each.does for each in visitor.buttons()]


async def test_nobody_is_called_late_by_a_dead_law(visitor: Visitor) -> None:
    enquiry = await enquires(visitor)
    await visitor.opens(HandedIn(enquiry, TODAY.toordinal() - 300))
    watch = await watch_of(visitor)
    await visitor.opens(ComplainLate(watch.id))
    async with visitor.database.reading() as tx:
        draft = await complaints.draft_of(tx, visitor.id)
    assert draft is not None
    assert draft.subject == "other"
    assert draft.said.due is None


async def test_the_term_in_force_counts_where_it_is_known(visitor: Visitor) -> None:
    assert HOME_SCHOOLING in visitor.knowledge.terms_today
    assert MEALS not in visitor.knowledge.terms_today
    assert all(
        visitor.knowledge.library.services[each].successor is not None
        for each in visitor.knowledge.terms_today
    )


async def test_papers_are_reminded_of_once_until_switched_off(visitor: Visitor) -> None:
    enquiry = await enquires(visitor)
    day = TODAY + dt.timedelta(days=1)
    for _ in range(2):
        await visitor.opens(RemindPapers(enquiry, day.toordinal()))
    # The next day is a Sunday, on which nobody is reminded.
    assert await days(visitor) == [TODAY + dt.timedelta(days=2)]
    await visitor.opens(NoReminders(enquiry))
    assert not await days(visitor)
    assert (await visitor.person()).view == OpenPapers(enquiry).pack()


async def test_another_persons_watch_is_not_there(visitor: Visitor) -> None:
    enquiry = await enquires(visitor)
    await visitor.opens(HandedIn(enquiry, TODAY.toordinal()))
    watch = await watch_of(visitor)
    visitor.id = 999
    await visitor.starts()
    for action in (OpenWatch(watch.id), Given(watch.id), ComplainLate(watch.id), StartWatch(1)):
        assert (await visitor.opens(action)).alert
    visitor.id = 501
    for day in (0, 10**9, TODAY.toordinal() + 1):
        assert (await visitor.opens(HandedIn(enquiry, day))).alert


async def test_every_screen_of_the_watch(visitor: Visitor) -> None:
    enquiry = await enquires(visitor)
    await visitor.opens(HandedIn(enquiry, TODAY.toordinal()))
    watch = await watch_of(visitor)
    await visitor.opens(RemindPapers(enquiry, TODAY.toordinal() + 1))
    async with visitor.database.reading() as tx:
        papers = await reminders.of_thing(tx, "papers", enquiry, visitor.id)
    assert papers is not None
    for action in of_a_watch(watch.id, enquiry, papers.id):
        shown = await visitor.opens(action)
        assert not shown.alert, action
        assert_fits(visitor.screen, LANGUAGES[visitor.language])
        assert (await visitor.looks_again()).screen is not None


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("20.11.2026", dt.date(2026, 11, 20)),
        ("20.11", dt.date(2026, 11, 20)),
        ("22.11", dt.date(2025, 11, 22)),
        ("30.11.2026", None),
        ("words", None),
    ],
)
def test_a_day_that_has_been_is_read(typed: str, day: dt.date | None) -> None:
    assert read_past_day(typed, TODAY) == day


async def hands_in(visitor: Visitor, service: str, **answers: str) -> int:
    """The first way through the questions but for these answers, and the papers handed in."""
    await visitor.opens(StartEnquiry(service))
    for each in visitor.knowledge.library.services[service].questions:
        options = [option.id for option in each.options]
        await visitor.opens(Answer(1, each.id, answers.get(each.id, options[0])))
    await visitor.opens(HandedIn(1, TODAY.toordinal()))
    await visitor.opens(OpenWatch(1))
    return 1


async def test_the_act_and_the_day_of_knowledge_stand_with_the_term_in_force(
    visitor: Visitor,
) -> None:
    await hands_in(visitor, HOME_SCHOOLING)
    say, text = visitor.say(), visitor.screen.text
    assert say.date(dt.date(2026, 11, 24)) in text
    for each in ("223", say.date(dt.date(2020, 5, 27)), say.date(dt.date(2026, 11, 21))):
        assert each in text
    assert say.plural("{number} working day", "{number} working days", 2) in text


async def test_a_repealed_act_is_told_as_history(visitor: Visitor) -> None:
    await hands_in(visitor, MEALS)
    act = visitor.knowledge.library.acts["decree_1119_2012"]
    text, say = visitor.screen.text, visitor.say()
    assert act.repealed is not None
    for each in (act.number, say.date(act.date), say.date(act.repealed.date)):
        assert each in text
    assert "158" not in text


async def test_a_promise_says_that_it_is_on_the_slip(visitor: Visitor) -> None:
    own = await hands_in(visitor, HOME_SCHOOLING)
    await visitor.opens(AskPromised(own))
    await visitor.types("30.11.2026")
    await visitor.opens(OpenWatch(own))
    text = visitor.screen.text
    assert visitor.say()("This day is on the office's slip; it counts before any term.") in text
    assert "223" not in text


@pytest.mark.parametrize(("issuer", "known"), [("state_school", True), ("college", False)])
async def test_the_term_of_schools_is_not_told_to_those_who_wait_for_a_college(
    visitor: Visitor, issuer: str, known: bool
) -> None:
    own = await hands_in(visitor, "education_document_duplicate", issuer=issuer)
    say, text = visitor.say(), visitor.screen.text
    (term,) = visitor.knowledge.terms_today["education_document_duplicate"]
    assert term.holds_for is not None
    assert (say.of(term.holds_for.text) in text) is not known
    assert (say.date(dt.date(2026, 12, 11)) in text) is known
    assert_fits(visitor.screen, LANGUAGES[visitor.language])
    # Nor is a college late by it.
    visitor.shown = None
    await visitor.opens(ComplainLate(own))
    async with visitor.database.reading() as tx:
        draft = await complaints.draft_of(tx, visitor.id)
    assert draft is not None
    assert (draft.said.due is not None) is known
    assert ("39" in draft.said.text) is known


async def test_what_comes_at_once_is_asked_about_on_the_next_working_day(visitor: Visitor) -> None:
    service = visitor.knowledge.library.services["subsidiary_farm_certificate"]
    question = next(e for e in service.questions if "akim" in {o.id for o in e.options})
    await hands_in(visitor, service.id, **{question.id: "akim"})
    monday = dt.date(2026, 11, 23)
    say = visitor.say()
    assert say.date(monday) in visitor.screen.text
    assert await days(visitor) == [monday]


async def test_a_screen_says_when_it_asks_only_where_it_does(visitor: Visitor) -> None:
    own = await hands_in(visitor, HOME_SCHOOLING)
    asks = visitor.say()("I will ask you on {day}, from nine o'clock.", day="|").split("|")[0]
    assert asks in visitor.screen.text
    await visitor.opens(AskPromised(own))
    await visitor.types("21.11.2026")
    async with visitor.database.writing() as tx:
        watch = (await watches.of(tx, visitor.id))[0]
        long_ago = replace(watch, handed_in=TODAY - dt.timedelta(days=20))
        await watches.keep(tx, replace(long_ago, promised=TODAY - dt.timedelta(days=10)), NOW)
    await visitor.opens(OpenWatch(own))
    assert asks not in visitor.screen.text
