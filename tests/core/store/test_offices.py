"""Offices and places in the database, and what a release may not touch."""

from datetime import timedelta
from typing import Any

from core.clock import FixedClock
from core.store import offices
from core.store.database import Database


def _office(office_id: str, phone: str) -> dict[str, Any]:
    return {
        "id": office_id,
        "kind": "school",
        "region": "almaty_city",
        "district": None,
        "locality": None,
        "phones": [phone],
    }


async def test_a_release_adds_changes_and_removes(database: Database, clock: FixedClock) -> None:
    async with database.writing() as tx:
        first = [_office("a", "+77010000001"), _office("b", "+77010000002")]
        await offices.bring_release(tx, first, clock.now())
        clock.forward(timedelta(days=1))
        second = [_office("a", "+77010000009"), _office("c", "+77010000003")]
        await offices.bring_release(tx, second, clock.now())
        bodies = await offices.office_bodies(tx)
        assert ["+77010000009" in bodies[0], '"id":"c"' in bodies[1], len(bodies)] == [
            True,
            True,
            2,
        ]
        assert await offices.offers(tx) == {}


async def test_what_an_admin_changed_stays_and_the_difference_is_kept(
    database: Database, clock: FixedClock
) -> None:
    async with database.writing() as tx:
        await offices.bring_release(tx, [_office("a", "+77010000001")], clock.now())
        assert await offices.change_by_admin(tx, _office("a", "+77010000005"), clock.now())
        assert not await offices.change_by_admin(tx, _office("z", "+77010000005"), clock.now())
        newer = _office("a", "+77010000007")
        await offices.bring_release(tx, [newer], clock.now())
        assert "+77010000005" in (await offices.office_bodies(tx))[0]
        assert await offices.offers(tx) == {"a": newer}
        await offices.bring_release(tx, [_office("a", "+77010000005")], clock.now())
        assert await offices.offers(tx) == {}
        await offices.bring_release(tx, [], clock.now())
        assert len(await offices.office_bodies(tx)) == 1


async def test_aliases_and_places_are_replaced_in_order(database: Database) -> None:
    async with database.writing() as tx:
        await offices.bring_aliases(tx, {"old": "a", "older": "a"})
        await offices.bring_aliases(tx, {"old": "b"})
        assert await offices.aliases(tx) == {"old": "b"}
        await offices.bring_places(tx, [{"id": "z"}, {"id": "a"}])
        assert await offices.place_bodies(tx) == ['{"id":"z"}', '{"id":"a"}']
