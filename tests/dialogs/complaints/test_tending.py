"""What the bot itself does for complaints: deliveries noted, nobody forgotten, never at night."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest

from core.store import complaints, roles
from core.store.complaints import What
from core.store.outgoing import Posting
from dialogs.complaints.tending import check_owners, note_arrival, note_undelivered, tell_untaken
from dialogs.desk import OwnDesk
from dialogs.officials.actions import AskAnswer, AskPassOn, PassTo, TakeOn
from tests.dialogs.complaints.steps import (
    ADMIN,
    OFFICIAL,
    OTHER,
    PARENT,
    WORDS,
    complaint_of,
    events_of,
    kinds,
    other,
    posted,
    role,
    sends,
    text_of,
)
from tests.dialogs.visits import LANGUAGES, NOW, Visitor

pytestmark = pytest.mark.usefixtures("speaks")

ABOVE = 603
# NOW is a Saturday: the next working day is Monday, and on Tuesday at nine people are told.
MONDAY_NIGHT = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
TUESDAY_EARLY = datetime(2026, 11, 24, 3, 59, tzinfo=UTC)
TUESDAY_NINE = datetime(2026, 11, 24, 4, 1, tzinfo=UTC)

Done = TypeVar("Done")


@asynccontextmanager
async def desk(visitor: Visitor, now: datetime = NOW) -> AsyncIterator[OwnDesk]:
    """A desk of the bot's own."""
    async with visitor.database.writing() as tx:
        yield OwnDesk(tx, now, LANGUAGES, visitor.knowledge, "bagyt_bot")


async def at(visitor: Visitor, do: Callable[[OwnDesk], Awaitable[Done]], now: datetime) -> Done:
    """One round at a moment."""
    async with desk(visitor, now) as own:
        return await do(own)


async def official_of(visitor: Visitor, own: int, person: int = OFFICIAL) -> str:
    """Make somebody an official of the office that has a complaint; gives the office."""
    addressee = (await complaint_of(visitor, own)).addressee
    assert addressee is not None
    await role(visitor, person, "official", offices=[addressee])
    return addressee


async def sent_to(visitor: Visitor, *people: int) -> int:
    """A complaint that officials of its office were told of."""
    await role(visitor, ADMIN, "admin")
    probe = await sends(visitor)
    for each in people:
        await official_of(visitor, probe, each)
    async with visitor.database.writing() as tx:
        complaint = await complaints.find(tx, probe)
        assert complaint is not None
        await complaints.happen(tx, complaint, What("withdrawn", "parent", PARENT), NOW)
    return await sends(visitor)


async def notice(visitor: Visitor, chat: int, own: int) -> Posting:
    """The newest message about a complaint for somebody."""
    return [each for each in await posted(visitor, chat) if each.about == f"complaint:{own}"][-1]


async def arrives(visitor: Visitor, posting: Posting) -> None:
    async with desk(visitor) as own:
        await note_arrival(own, posting)


async def fails(visitor: Visitor, posting: Posting, why: str = "blocked") -> None:
    async with desk(visitor) as own:
        await note_undelivered(own, posting, why)


async def test_the_first_notice_that_arrives_delivers_it(visitor: Visitor) -> None:
    own = await sent_to(visitor, OFFICIAL, OTHER)
    for person in (OFFICIAL, OTHER):
        await arrives(visitor, await notice(visitor, person, own))
    assert await kinds(visitor, own) == ["sent", "delivered"]
    assert (await complaint_of(visitor, own)).state == "delivered"


async def test_what_reaches_only_the_admins_is_not_called_delivered(visitor: Visitor) -> None:
    own = await sent_to(visitor)
    await arrives(visitor, await notice(visitor, ADMIN, own))
    assert await kinds(visitor, own) == ["sent"]


async def test_a_notice_that_arrives_after_it_was_passed_on_delivers_nothing(
    visitor: Visitor,
) -> None:
    own = await sent_to(visitor, OFFICIAL)
    late = await notice(visitor, OFFICIAL, own)
    official = other(visitor, OFFICIAL)
    offices = visitor.knowledge.directory.offices.values()
    school = next(each.id for each in offices if each.kind == "school")
    await official.opens(AskPassOn(own))
    await official.opens(PassTo(own, school))
    await official.types("A made-up reason")
    await arrives(visitor, late)
    assert (await complaint_of(visitor, own)).state == "passed_on"


async def test_of_a_stranger_chat_or_another_cause_nothing_is_noted(visitor: Visitor) -> None:
    own = await sent_to(visitor, OFFICIAL)
    posting = await notice(visitor, OFFICIAL, own)
    for odd in (
        replace(posting, cause="fault"),
        replace(posting, about=None),
        replace(posting, about="complaint:999999"),
        replace(posting, about="complaint:x"),
        replace(posting, chat_id=987),
    ):
        await arrives(visitor, odd)
    assert await kinds(visitor, own) == ["sent"]


async def test_whoever_cannot_be_reached_makes_room_for_the_next(visitor: Visitor) -> None:
    own = await sent_to(visitor, OFFICIAL)
    assert not [each for each in await posted(visitor, ADMIN) if each.about == f"complaint:{own}"]
    await fails(visitor, await notice(visitor, OFFICIAL, own))
    event = (await events_of(visitor, own))[-1]
    assert (event.kind, event.data["why"], event.data["to"]) == (
        "undelivered",
        "blocked",
        "official",
    )
    told = await notice(visitor, ADMIN, own)
    assert WORDS.split(":", maxsplit=1)[0] in text_of(told)
    assert str(LANGUAGES["kk"]("This complaint is with you now.")) in text_of(told)


async def test_colleagues_who_were_told_are_not_told_twice(visitor: Visitor) -> None:
    own = await sent_to(visitor, OFFICIAL, OTHER)
    before = len(await posted(visitor, OTHER))
    await fails(visitor, await notice(visitor, OFFICIAL, own))
    assert len(await posted(visitor, OTHER)) == before


async def test_what_was_taken_by_whoever_is_gone_is_free_again(visitor: Visitor) -> None:
    own = await sent_to(visitor, OFFICIAL, OTHER)
    await other(visitor, OFFICIAL).opens(TakeOn(own))
    before = len(await posted(visitor, OTHER))
    await fails(visitor, await notice(visitor, OFFICIAL, own), "refused")
    complaint = await complaint_of(visitor, own)
    assert (complaint.state, complaint.taken_by) == ("delivered", None)
    assert await kinds(visitor, own) == ["sent", "taken", "undelivered", "released"]
    assert len(await posted(visitor, OTHER)) == before + 1


async def test_a_file_that_cannot_be_sent_bars_nobody(visitor: Visitor) -> None:
    own = await sent_to(visitor, OFFICIAL)
    posting = await notice(visitor, OFFICIAL, own)
    file = {"text": "x", "file": {"kind": "photo", "name": "", "telegram_id": "made-up"}}
    await fails(visitor, replace(posting, body=file), "refused")
    event = (await events_of(visitor, own))[-1]
    assert (event.kind, event.data.get("what")) == ("undelivered", "file")
    assert "gone" not in event.data
    assert not [each for each in await posted(visitor, ADMIN) if each.about == f"complaint:{own}"]


async def test_the_official_learns_that_the_parent_cannot_be_reached(visitor: Visitor) -> None:
    own = await sent_to(visitor, OFFICIAL)
    official = other(visitor, OFFICIAL)
    await official.opens(AskAnswer(own))
    await official.types("Made-up answer")
    await fails(visitor, await notice(visitor, PARENT, own))
    assert (await kinds(visitor, own))[-2:] == ["answered", "undelivered"]
    assert (await complaint_of(visitor, own)).state == "answered"
    told = text_of(await notice(visitor, OFFICIAL, own))
    phrase = str(visitor.say()("A message to the parent could not be delivered"))
    assert phrase in told


@pytest.mark.parametrize(
    ("moment", "told"), [(MONDAY_NIGHT, 0), (TUESDAY_EARLY, 0), (TUESDAY_NINE, 1)]
)
async def test_the_parent_is_told_after_the_next_working_day_and_not_at_night(
    visitor: Visitor, moment: datetime, told: int
) -> None:
    own = await sent_to(visitor, OFFICIAL)
    assert await at(visitor, tell_untaken, moment) == told
    assert ("untaken" in await kinds(visitor, own)) is bool(told)
    if told:
        words = text_of(await notice(visitor, PARENT, own))
        assert "eOtinish" in words
        assert await at(visitor, tell_untaken, moment + timedelta(days=1)) == 0


async def test_of_what_was_taken_or_is_over_nobody_is_told(visitor: Visitor) -> None:
    own = await sent_to(visitor, OFFICIAL)
    await other(visitor, OFFICIAL).opens(TakeOn(own))
    assert await at(visitor, tell_untaken, TUESDAY_NINE) == 0


async def test_every_open_complaint_has_somebody_who_knows_of_it(visitor: Visitor) -> None:
    own = await sent_to(visitor, OFFICIAL)
    checked = await at(visitor, check_owners, NOW)
    assert (checked.open, checked.unowned, checked.told) == (1, (), ())
    async with visitor.database.writing() as tx:
        for each in await roles.of(tx, OFFICIAL):
            await roles.revoke(tx, each.id, NOW)
    checked = await at(visitor, check_owners, NOW)
    assert checked.told == (own,)
    assert (await notice(visitor, ADMIN, own)).about == f"complaint:{own}"
    assert (await at(visitor, check_owners, NOW)).told == ()


async def test_what_a_former_official_had_taken_is_free_again(visitor: Visitor) -> None:
    own = await sent_to(visitor, OFFICIAL)
    await other(visitor, OFFICIAL).opens(TakeOn(own))
    async with visitor.database.writing() as tx:
        for each in await roles.of(tx, OFFICIAL):
            await roles.revoke(tx, each.id, NOW)
    assert (await at(visitor, check_owners, NOW)).told == (own,)
    complaint = await complaint_of(visitor, own)
    assert (complaint.taken_by, complaint.state) == (None, "delivered")
    assert (await at(visitor, check_owners, NOW)).told == ()


async def test_an_admin_who_took_it_keeps_it(visitor: Visitor) -> None:
    own = await sent_to(visitor, OFFICIAL)
    await other(visitor, ADMIN).opens(TakeOn(own))
    await at(visitor, check_owners, NOW)
    assert (await complaint_of(visitor, own)).taken_by == ADMIN


async def test_a_complaint_that_nobody_has_is_found(visitor: Visitor) -> None:
    own = await sends(visitor)
    checked = await at(visitor, check_owners, NOW)
    assert checked.unowned == (own,)
    await role(visitor, ADMIN, "admin")
    checked = await at(visitor, check_owners, NOW)
    assert (checked.unowned, checked.told) == ((), (own,))
