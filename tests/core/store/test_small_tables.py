"""Leases, signs of life, faults, roles and enquiries."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import text

from core.clock import FixedClock
from core.store import copies, enquiries, faults, leases, people, roles
from core.store.database import Database

MINUTE = timedelta(minutes=1)


async def test_one_copy_holds_a_lease_until_it_ends(database: Database, clock: FixedClock) -> None:
    async with database.writing() as tx:
        assert await leases.hold(tx, "worker", "a", clock.now(), MINUTE)
        assert not await leases.hold(tx, "worker", "b", clock.now(), MINUTE)
        assert await leases.hold(tx, "other", "b", clock.now(), MINUTE)
        clock.forward(MINUTE / 2)
        assert await leases.hold(tx, "worker", "a", clock.now(), MINUTE)
        clock.forward(MINUTE / 2)
        assert not await leases.hold(tx, "worker", "b", clock.now(), MINUTE)
        assert await leases.holder(tx, "worker", clock.now()) == "a"
        clock.forward(MINUTE / 2)
        assert await leases.holder(tx, "worker", clock.now()) is None
        assert await leases.hold(tx, "worker", "b", clock.now(), MINUTE)
        assert not await leases.hold(tx, "worker", "a", clock.now(), MINUTE)


async def test_a_lease_is_given_back_by_its_holder_only(
    database: Database, clock: FixedClock
) -> None:
    async with database.writing() as tx:
        await leases.hold(tx, "worker", "a", clock.now(), MINUTE)
        await leases.release(tx, "worker", "b")
        assert await leases.holder(tx, "worker", clock.now()) == "a"
        await leases.release(tx, "worker", "a")
        assert await leases.hold(tx, "worker", "b", clock.now(), MINUTE)


async def test_of_many_at_once_one_gets_the_lease(database: Database, clock: FixedClock) -> None:
    async def ask(copy: str) -> bool:
        async with database.writing() as tx:
            return await leases.hold(tx, "worker", copy, clock.now(), MINUTE)

    assert sum(await asyncio.gather(*(ask(f"copy {number}") for number in range(12)))) == 1


async def test_copies_run_as_long_as_they_give_signs_of_life(
    database: Database, clock: FixedClock
) -> None:
    async with database.writing() as tx:
        await copies.beat(tx, "a", clock.now())
        clock.forward(copies.ALIVE_FOR / 2)
        await copies.beat(tx, "b", clock.now())
        assert await copies.running(tx, clock.now()) == ["a", "b"]
        clock.forward(copies.ALIVE_FOR / 2)
        assert await copies.running(tx, clock.now()) == ["b"]
        assert await copies.bury(tx, clock.now()) == 1
        await copies.beat(tx, "b", clock.now())
        await copies.stop(tx, "b")
        assert await copies.running(tx, clock.now()) == []


async def test_a_kind_of_error_is_news_once(database: Database, clock: FixedClock) -> None:
    async with database.writing() as tx:
        first = clock.now()
        assert await faults.happened(tx, "ValueError in menu", clock.now())
        clock.forward(MINUTE)
        assert not await faults.happened(tx, "ValueError in menu", clock.now())
        assert await faults.happened(tx, "KeyError in menu", clock.now())
        (other, fault) = sorted(await faults.latest(tx), key=lambda each: each.kind)
        assert fault == faults.Fault("ValueError in menu", first, clock.now(), 2, first)
        assert other.count == 1
        assert await faults.settle(tx, "ValueError in menu")
        assert not await faults.settle(tx, "ValueError in menu")
        assert await faults.happened(tx, "ValueError in menu", clock.now())


async def test_roles_are_held_until_they_are_taken_back(
    database: Database, clock: FixedClock
) -> None:
    scope = {"office": "almaty-001"}
    async with database.writing() as tx:
        number = await roles.grant(
            tx,
            person_id=5,
            role="official",
            scope=scope,
            name="Айгүл",
            granted_by=1,
            now=clock.now(),
        )
        assert number is not None
        again = await roles.grant(tx, person_id=5, role="official", scope=scope, now=clock.now())
        assert again is None
        elsewhere = await roles.grant(
            tx, person_id=5, role="official", scope={"office": "x"}, now=clock.now()
        )
        await roles.grant(tx, person_id=6, role="admin", now=clock.now())
        assert [each.id for each in await roles.of(tx, 5)] == [number, elsewhere]
        (first, _) = await roles.holders(tx, "official")
        assert first == roles.Role(
            number, 5, "official", scope, "Айгүл", 1, clock.now(), revoked_at=None
        )
        assert await roles.revoke(tx, number, clock.now())
        assert not await roles.revoke(tx, number, clock.now())
        assert [each.id for each in await roles.of(tx, 5)] == [elsewhere]
        assert len(await roles.ever(tx)) == 3
        assert await roles.grant(tx, person_id=5, role="official", scope=scope, now=clock.now())
        name = await tx.scalar(text("SELECT name FROM roles WHERE name IS NOT NULL"))
    assert "Айгүл" not in name


async def test_enquiries_belong_to_their_person(database: Database, clock: FixedClock) -> None:
    async with database.writing() as tx:
        await people.meet(tx, 1, clock.now())
        await people.meet(tx, 2, clock.now())
        first = await enquiries.begin(
            tx, person_id=1, service="meals", rules_version="1", state="open", now=clock.now()
        )
        clock.forward(MINUTE)
        second = await enquiries.begin(
            tx,
            person_id=1,
            service="queue",
            rules_version="1",
            state="open",
            label="Айша",
            now=clock.now(),
        )
        assert [each.id for each in await enquiries.of(tx, 1)] == [second.id, first.id]
        assert await enquiries.find(tx, first.id, 1) == first
        assert await enquiries.find(tx, first.id, 2) is None
        assert not await enquiries.keep(tx, replace(first, person_id=2), clock.now())

        clock.forward(MINUTE)
        answered = replace(first, answers={"age": "6"}, ticked=("id_card",), state="done")
        assert await enquiries.keep(tx, answered, clock.now())
        assert await enquiries.find(tx, first.id, 1) == replace(answered, active_at=clock.now())
        assert [each.id for each in await enquiries.of(tx, 1)] == [first.id, second.id]

        assert not await enquiries.forget(tx, first.id, 2)
        assert await enquiries.forget_idle(tx, clock.now()) == 1
        assert [each.id for each in await enquiries.of(tx, 1)] == [first.id]
        assert await enquiries.forget(tx, first.id, 1)
        assert await enquiries.of(tx, 1) == []
