"""A refusal: on which ground, what the act says to that, and a complaint that is written."""

import datetime as dt
from dataclasses import replace

import pytest

from core.store import complaints, reminders, watches
from core.watch import Watch
from dialogs.complaints.actions import AskConsent, AskWhichDraft, Consent, OpenDraft
from dialogs.doors import OpenPapers, OpenRoutes, StartComplaint, StartEnquiry
from dialogs.enquiry import Answer
from dialogs.turn import Kind, Sent
from dialogs.watch.actions import (
    ComplainRefused,
    Given,
    HandedIn,
    OpenRefusal,
    OpenWatch,
    Refused,
    RefusedFor,
)
from tests.dialogs.complaints.steps import draft_of
from tests.dialogs.test_every_path import assert_fits
from tests.dialogs.visits import LANGUAGES, NOW, Visitor

pytestmark = pytest.mark.usefixtures("speaks")

SCHOOL, MEALS = "school_admission", "free_school_meals"
TODAY = NOW.date()
OFFICE = "of0351"
PROMISED = TODAY - dt.timedelta(days=5)


@pytest.fixture
async def watch(visitor: Visitor) -> Watch:
    """Papers that were handed in to an office that promised a day."""
    await visitor.opens(StartEnquiry(SCHOOL))
    for question, option in (
        ("school", "state"),
        ("grade", "first"),
        ("age", "six_or_more"),
        ("territory", "outside"),
    ):
        await visitor.opens(Answer(1, question, option))
    await visitor.opens(HandedIn(1, TODAY.toordinal() - 20))
    async with visitor.database.writing() as tx:
        begun = (await watches.of(tx, visitor.id))[0]
        told = replace(begun, promised=PROMISED, slip="A-77", office=OFFICE)
        await watches.keep(tx, told, NOW)
    return told


async def watch_now(visitor: Visitor, number: int) -> Watch:
    async with visitor.database.reading() as tx:
        found = await watches.find(tx, number, visitor.id)
    assert found is not None
    return found


async def test_each_ground_that_the_act_knows_can_be_chosen(visitor: Visitor, watch: Watch) -> None:
    await visitor.opens(Refused(watch.id))
    say = visitor.say()
    service = visitor.knowledge.library.services[SCHOOL]
    offered = [e.does.ground for e in visitor.buttons() if isinstance(e.does, RefusedFor)]
    assert offered == [*(each.id for each in service.refusals), "other", "unsaid"]
    for each in service.refusals:
        assert say.of(each.text) in visitor.screen.text.unescape()
    assert (await watch_now(visitor, watch.id)).state == "refused"
    assert_fits(visitor.screen, LANGUAGES[visitor.language])


async def test_what_the_act_says_to_a_ground_and_what_helps(visitor: Visitor, watch: Watch) -> None:
    say = visitor.say()
    for each in visitor.knowledge.library.services[SCHOOL].refusals:
        await visitor.opens(RefusedFor(watch.id, each.id))
        text = visitor.screen.text.unescape()
        assert say.of(each.text) in text
        helps = [e.does for e in visitor.buttons() if e.does == OpenPapers(1)]
        if each.avoid is not None:
            assert say.of(each.avoid) in text
        assert bool(helps) is (each.avoid is not None)
        # What a dead act says is told as history.
        assert "4/1097" in text
        assert_fits(visitor.screen, LANGUAGES[visitor.language])
        assert (await watch_now(visitor, watch.id)).ground == each.id


async def test_a_complaint_holds_service_office_dates_and_the_ground(
    visitor: Visitor, watch: Watch
) -> None:
    ground = visitor.knowledge.library.services[SCHOOL].refusals[0]
    await visitor.opens(RefusedFor(watch.id, ground.id))
    await visitor.opens(ComplainRefused(watch.id))
    draft = await draft_of(visitor)
    say = visitor.say()
    assert (draft.subject, draft.office, draft.service) == ("refused", OFFICE, SCHOOL)
    assert (draft.said.handed_in, draft.said.promised) == (watch.handed_in, PROMISED)
    for each in ("A-77", say.of(ground.text), say.date(watch.handed_in), say.date(PROMISED)):
        assert each in draft.said.text
    assert (await visitor.person()).view == AskConsent(draft.id).pack()
    await visitor.opens(Consent(draft.id))
    assert (await visitor.person()).view == OpenDraft(draft.id).pack()


async def test_a_ground_in_their_own_words_goes_into_the_complaint(
    visitor: Visitor, watch: Watch
) -> None:
    await visitor.opens(Refused(watch.id))
    await visitor.types("  <b>No</b>   places  left ")
    assert (await visitor.person()).view == OpenRefusal(watch.id).pack()
    assert "&lt;b&gt;No&lt;/b&gt; places left" in visitor.screen.text
    kept = await watch_now(visitor, watch.id)
    assert (kept.ground, kept.reason) == ("other", "<b>No</b> places left")
    await visitor.opens(ComplainRefused(watch.id))
    assert "<b>No</b> places left" in (await draft_of(visitor)).said.text


@pytest.mark.parametrize("ground", ["other", "unsaid"])
async def test_another_ground_or_none(visitor: Visitor, watch: Watch, ground: str) -> None:
    await visitor.opens(RefusedFor(watch.id, ground))
    assert OpenRoutes(SCHOOL) in [each.does for each in visitor.buttons()]
    await visitor.opens(ComplainRefused(watch.id))
    say = visitor.say()
    unnamed = say.label("I was refused, and no ground was named to me.")
    assert (unnamed in (await draft_of(visitor)).said.text) is (ground == "unsaid")
    await visitor.opens(OpenWatch(watch.id))
    assert OpenRefusal(watch.id) in [each.does for each in visitor.buttons()]


async def test_wrong_turns(visitor: Visitor, watch: Watch) -> None:
    assert (await visitor.opens(RefusedFor(watch.id, "no_such_ground"))).alert
    # A second thought: another ground takes the place of the first one, words of theirs go.
    await visitor.opens(Refused(watch.id))
    await visitor.types("words")
    await visitor.opens(RefusedFor(watch.id, "incomplete"))
    assert (await watch_now(visitor, watch.id)).reason == ""
    # What is not words is no ground.
    await visitor.opens(Refused(watch.id))
    await visitor.does(Sent(Kind.STICKER))
    assert (await watch_now(visitor, watch.id)).ground == "incomplete"
    # It was given after all; an old button of the question changes nothing by itself.
    await visitor.opens(Given(watch.id))
    await visitor.opens(Refused(watch.id))
    assert (await watch_now(visitor, watch.id)).state == "given"
    visitor.id = 999
    await visitor.starts()
    for action in (RefusedFor(watch.id, "incomplete"), ComplainRefused(watch.id)):
        assert (await visitor.opens(action)).alert
    assert (await visitor.opens(OpenRefusal(watch.id))).alert


async def test_a_refusal_is_asked_about_no_more(visitor: Visitor, watch: Watch) -> None:
    await visitor.opens(RefusedFor(watch.id, "incomplete"))
    async with visitor.database.reading() as tx:
        assert not await reminders.to_come(tx, visitor.id)


async def test_a_draft_without_an_office_does_not_swallow_what_is_written(
    visitor: Visitor, watch: Watch
) -> None:
    """An empty draft makes way; one with words in it is asked about."""
    await visitor.opens(StartComplaint(None, None))
    await visitor.opens(RefusedFor(watch.id, "incomplete"))
    await visitor.opens(ComplainRefused(watch.id))
    draft = await draft_of(visitor)
    assert draft.subject == "refused"
    assert "A-77" in draft.said.text
    async with visitor.database.writing() as tx:
        worded = replace(draft, office=None, said=replace(draft.said, text="other words"))
        await complaints.keep_draft(tx, worded, NOW)
    await visitor.opens(ComplainRefused(watch.id))
    assert (await visitor.person()).view == AskWhichDraft(SCHOOL, OFFICE).pack()
