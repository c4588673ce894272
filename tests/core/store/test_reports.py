"""Reports: kept sealed, decided once, and erased when their time has come."""

import asyncio
from datetime import timedelta

import pytest

from core.clock import FixedClock
from core.forgetting import forget_old, forget_person
from core.keep import Keep
from core.outgoing import Lane, Parcel
from core.reports import Report, Said
from core.store import offices, outgoing, reports
from core.store.database import Database
from core.store.tables import reports as table

PARENT, ADMIN, EDITOR = 7000000003, 7000000004, 7000000005
SAID = Said("The number is another one", (46.85, 74.99))


async def added(database: Database, clock: FixedClock, person: int = PARENT) -> Report:
    async with database.writing() as tx:
        report, _ = await reports.add(
            tx,
            person_id=person,
            language="ru",
            office="of9001",
            topic="phones",
            said=SAID,
            now=clock.now(),
        )
    return report


async def test_what_is_said_comes_back_and_is_sealed(database: Database, clock: FixedClock) -> None:
    report = await added(database, clock)
    async with database.reading() as tx:
        assert await reports.find(tx, report.id) == report
        assert await reports.find(tx, report.id + 1) is None
        raw = await tx.scalar(table.select().with_only_columns(table.c.said))
    assert (report.said, report.state, report.waits) == (SAID, "open", True)
    assert "number" not in raw


async def test_only_the_first_that_waits_is_the_first(
    database: Database, clock: FixedClock
) -> None:
    async def add() -> tuple[Report, bool]:
        async with database.writing() as tx:
            return await reports.add(
                tx,
                person_id=PARENT,
                language="kk",
                office="of9001",
                topic="other",
                said=Said(),
                now=clock.now(),
            )

    one, first = await add()
    assert first
    two, first = await add()
    assert not first
    async with database.writing() as tx:
        assert [each.id for each in await reports.open_ones(tx)] == [one.id, two.id]
        assert await reports.count_open(tx) == 2
        for each in (one, two):
            assert await reports.turn_out(tx, each, "declined", clock.now(), decided_by=ADMIN)
        assert await reports.open_ones(tx) == []
    assert (await add())[1]


async def test_of_many_at_once_one_is_the_first(database: Database, clock: FixedClock) -> None:
    async def add(person: int) -> bool:
        async with database.writing() as tx:
            _, first = await reports.add(
                tx,
                person_id=person,
                language="kk",
                office="of9001",
                topic="other",
                said=Said(),
                now=clock.now(),
            )
        return first

    told = await asyncio.gather(*(add(PARENT + number) for number in range(6)))
    assert sum(told) == 1


async def test_of_two_who_decide_at_once_one_wins(database: Database, clock: FixedClock) -> None:
    report = await added(database, clock)

    async def decide(person: int) -> Report | None:
        async with database.writing() as tx:
            return await reports.turn_out(tx, report, "accepted", clock.now(), decided_by=person)

    done = [each for each in await asyncio.gather(*map(decide, (ADMIN, EDITOR))) if each]
    assert len(done) == 1
    async with database.reading() as tx:
        assert await reports.find(tx, report.id) == done[0]


async def test_of_two_who_decide_one_wins(database: Database, clock: FixedClock) -> None:
    report = await added(database, clock)
    async with database.writing() as tx:
        done = await reports.turn_out(tx, report, "accepted", clock.now(), decided_by=ADMIN)
    assert done is not None
    async with database.writing() as tx:
        for state in ("declined", "asked", "accepted"):
            late = await reports.turn_out(
                tx,
                report,
                state,
                clock.now(),
                decided_by=EDITOR,
            )
            assert late is None
        assert await reports.turn_out(tx, done, "declined", clock.now()) is None
        kept = await reports.find(tx, report.id)
    assert kept == done
    assert (done.state, done.decided_by, done.waits) == ("accepted", ADMIN, False)


async def test_a_question_and_its_answer_are_kept(database: Database, clock: FixedClock) -> None:
    report = await added(database, clock)
    async with database.writing() as tx:
        asked = await reports.turn_out(
            tx, report, "asked", clock.now(), said=Said(question="Which?"), asked_by=ADMIN
        )
        assert asked is not None
        again = await reports.turn_out(
            tx, asked, "open", clock.now(), said=Said(question="Which?", answer="This")
        )
        assert again is not None
        assert await reports.find(tx, report.id) == again
    assert (again.asked_by, again.said.answer) == (ADMIN, "This")


async def test_how_many_somebody_sent_within_a_day(database: Database, clock: FixedClock) -> None:
    await added(database, clock)
    await added(database, clock, EDITOR)
    begun = clock.now()
    clock.forward(timedelta(hours=23))
    await added(database, clock)
    async with database.reading() as tx:
        since = begun - timedelta(seconds=1)
        assert await reports.count_since(tx, PARENT, since) == 2
        assert await reports.count_since(tx, PARENT, begun) == 1


async def test_a_person_is_forgotten_with_what_they_said(
    database: Database, clock: FixedClock
) -> None:
    mine, others = await added(database, clock), await added(database, clock, EDITOR)
    async with database.writing() as tx:
        await forget_person(tx, PARENT)
        assert await reports.find(tx, mine.id) is None
        assert await reports.find(tx, others.id) == others


async def test_what_lay_long_goes_and_what_was_told_of_it(
    database: Database, clock: FixedClock
) -> None:
    old = await added(database, clock)
    parcel = Parcel(PARENT, {"text": "?"}, Lane.PERSONAL, "report", about=f"report:{old.id}")
    async with database.writing() as tx:
        await outgoing.put(tx, parcel, clock.now())
    clock.forward(Keep().idle + timedelta(days=1))
    young = await added(database, clock)
    async with database.writing() as tx:
        gone = await forget_old(tx, clock.now(), Keep())
        assert gone.reports == 1
        assert await reports.find(tx, old.id) is None
        assert await reports.find(tx, young.id) == young
        assert await outgoing.forget_about(tx, f"report:{old.id}") == 0


@pytest.mark.parametrize("office", ["of9001", "of9002"])
async def test_an_office_that_a_report_speaks_of_is_in_use(
    database: Database, clock: FixedClock, office: str
) -> None:
    await added(database, clock)
    async with database.reading() as tx:
        assert await offices.in_use(tx, [office]) == ({"of9001"} & {office})
