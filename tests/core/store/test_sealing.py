"""Sealed words open with the right keys only, and nothing else reaches a sealed column."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import StatementError

from core.clock import FixedClock
from core.store import meta, tables
from core.store.database import Database
from core.store.sealing import Sealed, Sealer, SealingError, make_key_file
from core.store.start import open_ready

OLD, NEW = "the old key and long enough", "the new key and long enough"


def test_opens_what_it_sealed() -> None:
    sealer = Sealer.from_setting(OLD)
    assert sealer.open(sealer.seal("Айгүл")) == "Айгүл"
    assert sealer.open_json(sealer.seal_json({"ключ": [1, None, "ө"]})) == {"ключ": [1, None, "ө"]}
    assert sealer.seal("same") != sealer.seal("same")


def test_a_new_key_in_front_opens_what_the_old_one_sealed() -> None:
    token = Sealer.from_setting(OLD).seal("сөз")
    both = Sealer.from_setting(f"{NEW}, {OLD}")
    assert both.open(token) == "сөз"
    assert Sealer.from_setting(NEW).open(both.reseal(token)) == "сөз"
    with pytest.raises(SealingError, match="SECRET_KEY"):
        Sealer.from_setting(OLD).open(both.reseal(token))


@pytest.mark.parametrize("setting", ["", " , ", "short", f"{OLD},short"])
def test_refuses_weak_keys_without_repeating_them(setting: str) -> None:
    with pytest.raises(SealingError, match="at least 16") as caught:
        Sealer.from_setting(setting)
    assert "short" not in str(caught.value)


def test_shows_no_key() -> None:
    assert OLD not in repr(Sealer.from_setting(OLD))


def test_makes_a_key_once_for_the_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret.key"
    key = make_key_file(path)
    assert len(key) >= 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert make_key_file(path) == key
    assert [file.name for file in path.parent.iterdir()] == ["secret.key"]


def test_refuses_a_key_that_others_may_read(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    make_key_file(path)
    path.chmod(0o644)
    with pytest.raises(SealingError, match="chmod 600"):
        make_key_file(path)


async def test_a_sealed_column_refuses_clear_words(database: Database, clock: FixedClock) -> None:
    values = {
        "person_id": 1,
        "role": "admin",
        "scope": {},
        "granted_at": clock.now(),
    }
    for name in ("Айгүл", 5):
        async with database.writing() as tx:
            with pytest.raises(StatementError, match="sealed text only"):
                await tx.execute(insert(tables.roles), values | {"name": name})
    async with database.writing() as tx:
        await tx.execute(insert(tables.roles), values | {"name": tx.sealer.seal("Айгүл")})
        kept = await tx.scalar(tables.roles.select().with_only_columns(tables.roles.c.name))
    assert isinstance(kept, Sealed)
    assert database.sealer.open(kept) == "Айгүл"


async def test_the_wrong_key_is_found_out_at_the_start(
    database_url: str, sealer: Sealer, clock: FixedClock
) -> None:
    database = await open_ready(database_url, sealer, clock=clock)
    await database.close()
    with pytest.raises(SealingError, match="SECRET_KEY") as caught:
        await open_ready(database_url, Sealer.from_setting(NEW), clock=clock)
    assert NEW not in str(caught.value)
    database = await open_ready(database_url, sealer, clock=clock)
    async with database.reading() as tx:
        assert await meta.get(tx, meta.CANARY) is not None
    await database.close()


async def test_facts_about_the_database_are_replaced(database: Database) -> None:
    async with database.writing() as tx:
        assert await meta.get(tx, "data") is None
        await meta.put(tx, "data", "1")
        await meta.put(tx, "data", "2")
    async with database.reading() as tx:
        assert await meta.get(tx, "data") == "2"


async def test_moments_need_a_zone_and_come_back_in_utc(
    database: Database, clock: FixedClock
) -> None:
    values = {"id": "a", "started_at": clock.now(), "beat_at": clock.now() + timedelta(seconds=0.5)}
    async with database.writing() as tx:
        naive = clock.now().replace(tzinfo=None)
        with pytest.raises(StatementError, match="no time zone"):
            await tx.execute(insert(tables.copies), values | {"started_at": naive})
    async with database.writing() as tx:
        await tx.execute(insert(tables.copies), values)
        row = await tx.one(tables.copies.select())
    assert row._asdict() == values
    assert row.started_at.utcoffset() == timedelta(0)
