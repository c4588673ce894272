"""A new key takes the place of the old one for everything that is sealed."""

from dataclasses import replace

import pytest
from sqlalchemy import BigInteger, Integer

from core.clock import FixedClock
from core.outgoing import Lane, Parcel
from core.store import enquiries, outgoing, people, roles
from core.store.database import Database
from core.store.rotate import rotate, sealed_columns
from core.store.sealing import Sealer, SealingError
from core.store.start import open_ready
from core.store.tables import metadata
from tests.databases import KEY

NEW = "the key of tomorrow"


async def test_after_a_rotation_only_the_new_key_is_needed(
    database: Database, database_url: str, clock: FixedClock
) -> None:
    async with database.writing() as tx:
        for person_id in range(1, 8):
            person = await people.meet(tx, person_id, clock.now())
            await people.keep(tx, replace(person, memory={"n": person_id}), clock.now())
        await roles.grant(tx, person_id=1, role="admin", name="Айгүл", now=clock.now())
        begun = await enquiries.begin(
            tx, person_id=1, service="meals", rules_version="1", state="open", now=clock.now()
        )
        parcel = Parcel(chat_id=1, body={"text": "сәлем"}, lane=Lane.REPLY, cause="test")
        await outgoing.put(tx, parcel, clock.now())

    assert await rotate(database, Sealer.from_setting(f"{NEW},{KEY}"), batch=3) == 10

    with pytest.raises(SealingError):
        await open_ready(database_url, Sealer.from_setting(KEY))
    rotated = await open_ready(database_url, Sealer.from_setting(NEW))
    async with rotated.writing() as tx:
        for person_id in range(1, 8):
            assert (await people.meet(tx, person_id, clock.now())).memory == {"n": person_id}
        assert [role.name for role in await roles.of(tx, 1)] == ["Айгүл"]
        assert await enquiries.find(tx, begun.id, 1) == begun
        (posting,) = await outgoing.take(tx, clock.now(), 1)
        assert posting.body == {"text": "сәлем"}
    await rotated.close()


async def test_a_key_that_opens_nothing_changes_nothing(
    database: Database, clock: FixedClock
) -> None:
    async with database.writing() as tx:
        await roles.grant(tx, person_id=1, role="admin", name="Айгүл", now=clock.now())
    with pytest.raises(SealingError):
        await rotate(database, Sealer.from_setting(NEW))
    async with database.reading() as tx:
        assert [role.name for role in await roles.of(tx, 1)] == ["Айгүл"]


def test_every_table_with_sealed_words_is_numbered() -> None:
    sealed = [table for table in metadata.sorted_tables if sealed_columns(table)]
    assert {table.name for table in sealed} >= {"people", "outgoing", "roles", "enquiries"}
    for table in sealed:
        assert [column.name for column in table.primary_key] == ["id"]
        assert isinstance(table.c.id.type, BigInteger | Integer)
