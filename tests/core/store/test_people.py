"""People are met, kept and forgotten, and their updates are told apart."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from core.clock import FixedClock
from core.people import UPDATES_REMEMBERED, already_seen, remember
from core.store import enquiries, people
from core.store.database import Database

WHO = 7_000_000_001


async def test_meets_a_stranger_once(database: Database, clock: FixedClock) -> None:
    async with database.writing() as tx:
        met = await people.meet(tx, WHO, clock.now())
    first = clock.now()
    assert met.id == WHO
    assert met.created_at == met.active_at == first
    assert (met.language, met.language_asked, met.view, met.memory) == (None, False, "", {})

    clock.forward(timedelta(hours=5))
    async with database.writing() as tx:
        again = await people.meet(tx, WHO, clock.now())
    assert again == replace(met, active_at=clock.now())
    assert again.created_at == first


async def test_keeps_everything_there_is(database: Database, clock: FixedClock) -> None:
    async with database.writing() as tx:
        met = await people.meet(tx, WHO, clock.now())
        person = replace(
            met,
            language="kk",
            language_asked=True,
            view="s:000",
            was="m",
            memory={"answers": {"age": "3"}, "сөз": "балабақша"},
            message_id=2**40,
            message_at=clock.now(),
            seen=remember(met.seen, 815),
        )
        await people.keep(tx, person, clock.now())
    async with database.reading() as tx:
        assert await people.find(tx, WHO) == replace(person, version=met.version + 1)
        assert await people.find(tx, WHO + 1) is None


async def test_keeps_the_living_message(database: Database, clock: FixedClock) -> None:
    async with database.writing() as tx:
        await people.meet(tx, WHO, clock.now())
        await people.keep_message(tx, WHO, 42, clock.now())
        person = await people.meet(tx, WHO, clock.now())
    assert (person.message_id, person.message_at) == (42, clock.now())


async def test_refuses_to_keep_what_somebody_else_changed(
    database: Database, clock: FixedClock
) -> None:
    async with database.writing() as tx:
        person = await people.meet(tx, WHO, clock.now())
        await people.keep(tx, person, clock.now())
        with pytest.raises(people.TurnLostError):
            await people.keep(tx, person, clock.now())


async def test_memory_is_not_readable_in_the_database(
    database: Database, clock: FixedClock
) -> None:
    async with database.writing() as tx:
        person = await people.meet(tx, WHO, clock.now())
        await people.keep(tx, replace(person, memory={"child": "Айша"}), clock.now())
        kept = await tx.scalar(text("SELECT memory FROM people"))
    assert kept.startswith("gAAAA")


async def test_forgets_a_person_with_their_enquiries(database: Database, clock: FixedClock) -> None:
    async with database.writing() as tx:
        await people.meet(tx, WHO, clock.now())
        begun = await enquiries.begin(
            tx,
            person_id=WHO,
            service="guardianship",
            rules_version="1",
            state="open",
            now=clock.now(),
        )
        assert await people.forget(tx, WHO)
        assert await people.find(tx, WHO) is None
        assert await enquiries.find(tx, begun.id, WHO) is None
        assert not await people.forget(tx, WHO)


def test_remembers_the_latest_updates_only() -> None:
    seen = ""
    for update_id in range(1000, 1000 + 2 * UPDATES_REMEMBERED):
        assert not already_seen(seen, update_id)
        seen = remember(seen, update_id)
    known = [update_id for update_id in range(900, 1300) if already_seen(seen, update_id)]
    assert known == list(range(1000 + UPDATES_REMEMBERED, 1000 + 2 * UPDATES_REMEMBERED))


def test_takes_no_part_of_a_number_for_an_update() -> None:
    seen = remember(remember("", 123456), 78)
    assert not already_seen(seen, 3456)
    assert not already_seen(seen, 7)
    assert already_seen(seen, 78)
