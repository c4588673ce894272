"""Complaints on both databases: one draft a person, one winner of two, every event kept."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.clock import FixedClock
from core.complaints.model import Complaint, NotPossibleError, Said, replayed
from core.store import complaints
from core.store.complaints import What
from core.store.database import Database

PARENT, OFFICIAL, OTHER = 7000000001, 7000000003, 7000000005
TEXT = "The made-up words of a test"


async def sent(database: Database, clock: FixedClock) -> Complaint:
    async with database.writing() as tx:
        draft = await complaints.begin(tx, person_id=PARENT, language="kk", now=clock.now())
        draft = replace(draft, subject="late", said=Said(text=TEXT), addressee="of0001")
        draft = await complaints.keep_draft(tx, draft, clock.now())
        done = await complaints.happen(
            tx, draft, What("sent", "parent", PARENT), clock.now(), sent_at=clock.now()
        )
    assert done is not None
    return done[0]


async def test_a_person_has_one_draft_and_it_comes_back_whole(
    database: Database, clock: FixedClock
) -> None:
    async with database.writing() as tx:
        first = await complaints.begin(tx, person_id=PARENT, language="ru", now=clock.now())
        await complaints.add_file(
            tx, first.id, kind="photo", file_id="a file", name="x.jpg", size=5, now=clock.now()
        )
        second = await complaints.begin(
            tx, person_id=PARENT, language="ru", service="s", office="o", now=clock.now()
        )
        kept = await complaints.keep_draft(
            tx, replace(second, said=Said(text=TEXT, due=date(2026, 12, 1))), clock.now()
        )
        assert await complaints.find(tx, first.id) is None
        assert await complaints.draft_of(tx, PARENT) == kept
        assert not await complaints.of(tx, PARENT)


async def test_of_two_who_act_at_once_one_wins(database: Database, clock: FixedClock) -> None:
    complaint = await sent(database, clock)
    async with database.writing() as tx:
        taken = await complaints.happen(
            tx, complaint, What("taken", "official", OFFICIAL), clock.now(), taken_by=OFFICIAL
        )
        late = await complaints.happen(
            tx, complaint, What("taken", "official", OTHER), clock.now(), taken_by=OTHER
        )
        assert taken is not None
        assert late is None
        now = await complaints.find(tx, complaint.id)
        assert now is not None
        assert now.taken_by == OFFICIAL
        events = await complaints.events(tx, complaint.id)
    assert [each.kind for each in events] == ["sent", "taken"]
    assert replayed(each.kind for each in events) == now.state


async def test_what_cannot_happen_changes_nothing(database: Database, clock: FixedClock) -> None:
    complaint = await sent(database, clock)
    async with database.writing() as tx:
        with pytest.raises(NotPossibleError):
            await complaints.happen(tx, complaint, What("helped", "parent", PARENT), clock.now())
        assert await complaints.find(tx, complaint.id) == complaint


async def test_words_numbers_and_files_are_sealed_and_come_back(
    database: Database, clock: FixedClock
) -> None:
    complaint = await sent(database, clock)
    async with database.writing() as tx:
        done = await complaints.happen(
            tx,
            complaint,
            What("registered", "official", OFFICIAL, "of0001", "Our words", {"a": 1}),
            clock.now(),
            incoming_number="77-made-up",
            registered_on=date(2026, 11, 23),
        )
        assert done is not None
        await complaints.add_file(
            tx, complaint.id, kind="voice", file_id="f", event=done[1].id, now=clock.now()
        )
        now = await complaints.find(tx, complaint.id)
        assert now == done[0]
        assert await complaints.events(tx, complaint.id) == [
            (await complaints.events(tx, complaint.id))[0],
            done[1],
        ]
        assert [each.event for each in await complaints.files(tx, complaint.id)] == [done[1].id]


async def test_open_ones_are_found_by_office_and_counted_by_person(
    database: Database, clock: FixedClock
) -> None:
    complaint = await sent(database, clock)
    async with database.writing() as tx:
        assert await complaints.open_ones(tx) == [complaint]
        assert await complaints.open_ones(tx, ["of0001", "of0002"]) == [complaint]
        assert not await complaints.open_ones(tx, ["of0002"])
        assert not await complaints.open_ones(tx, [])
        assert await complaints.sent_since(tx, PARENT, clock.now()) == 1
        assert not await complaints.sent_since(tx, PARENT, clock.now() + timedelta(seconds=1))
        await complaints.happen(tx, complaint, What("withdrawn", "parent", PARENT), clock.now())
        assert not await complaints.open_ones(tx)
        assert len(await complaints.of(tx, PARENT)) == 1
        assert len(await complaints.every(tx)) == 1


async def test_a_file_of_a_draft_can_be_taken_away_by_its_own_number(
    database: Database, clock: FixedClock
) -> None:
    async with database.writing() as tx:
        draft = await complaints.begin(tx, person_id=PARENT, language="kk", now=clock.now())
        await complaints.add_file(tx, draft.id, kind="photo", file_id="a", now=clock.now())
        (file,) = await complaints.files(tx, draft.id)
        assert await complaints.files_since(tx, PARENT, clock.now()) == 1
        assert not await complaints.drop_file(tx, draft.id + 1, file.id)
        assert await complaints.drop_file(tx, draft.id, file.id)
        assert not await complaints.files(tx, draft.id)


async def test_what_happened_to_all_open_ones_is_read_at_once_without_words(
    database: Database, clock: FixedClock
) -> None:
    complaint = await sent(database, clock)
    async with database.writing() as tx:
        what = What("asked", "official", OFFICIAL, "of0001", TEXT, {"a": 1})
        assert await complaints.happen(tx, complaint, what, clock.now())
        await complaints.begin(tx, person_id=OTHER, language="kk", now=clock.now())
        (story,) = (await complaints.open_stories(tx)).values()
        assert [(each.kind, each.words) for each in story] == [("sent", None), ("asked", None)]
        assert story[1].data == {"a": 1}
        asked = await complaints.find(tx, complaint.id)
        assert asked is not None
        await complaints.happen(tx, asked, What("withdrawn", "parent", PARENT), clock.now())
        assert not await complaints.open_stories(tx)
