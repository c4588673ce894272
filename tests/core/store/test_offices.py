"""Merged ids and places in the database, in their order."""

from core.store import offices
from core.store.database import Database


async def test_aliases_and_places_are_replaced_in_order(database: Database) -> None:
    async with database.writing() as tx:
        await offices.bring_aliases(tx, {"old": "a", "older": "a"})
        await offices.bring_aliases(tx, {"old": "b"})
        assert await offices.aliases(tx) == {"old": "b"}
        await offices.bring_places(tx, [{"id": "z"}, {"id": "a"}])
        assert await offices.place_bodies(tx) == ['{"id":"z"}', '{"id":"a"}']
