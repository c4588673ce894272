"""Counters, searches that found nothing, and wishes, on both databases."""

import asyncio
import datetime as dt

import pytest

from core.store import counters, misses, people, wishes
from core.store.database import Database
from core.store.rotate import rotate
from core.store.sealing import Sealer
from core.store.tables import missed_searches
from tests.core.store.conftest import MORNING
from tests.databases import KEY

TODAY = dt.date(2026, 11, 21)
YESTERDAY = TODAY - dt.timedelta(days=1)


async def test_what_happens_is_added_up(database: Database) -> None:
    async with database.writing() as tx:
        await counters.add(tx, YESTERDAY, {("begun", "meals"): 1})
        await counters.add(tx, TODAY, {("begun", "meals"): 2, ("begun", "camp"): 1, ("x", "y"): 5})
        await counters.add(tx, TODAY, {("begun", "meals"): 1})
        await counters.add(tx, TODAY, {})
    async with database.reading() as tx:
        assert await counters.by_key(tx, "begun", YESTERDAY, TODAY) == {"meals": 4, "camp": 1}
        assert list(await counters.by_key(tx, "begun", YESTERDAY, TODAY)) == ["meals", "camp"]
        assert await counters.by_key(tx, "begun", TODAY, TODAY) == {"meals": 3, "camp": 1}
        assert await counters.by_day(tx, "begun", YESTERDAY, TODAY) == {
            (YESTERDAY, "meals"): 1,
            (TODAY, "meals"): 3,
            (TODAY, "camp"): 1,
        }
        assert await counters.by_key(tx, "nothing", YESTERDAY, TODAY) == {}


async def test_many_who_count_at_once_lose_nothing(database: Database) -> None:
    async def count(number: int) -> None:
        keys = [("begun", "meals"), ("office", "of1"), ("office", "of2")]
        if number % 2:
            keys.reverse()
        async with database.writing() as tx:
            await counters.add(tx, TODAY, dict.fromkeys(keys, 1))

    await asyncio.gather(*map(count, range(20)))
    async with database.reading() as tx:
        assert await counters.by_key(tx, "office", TODAY, TODAY) == {"of1": 20, "of2": 20}


async def test_what_is_counted_anew_takes_the_place_of_the_old(database: Database) -> None:
    async with database.writing() as tx:
        await counters.add(tx, YESTERDAY, {("stands", "meals:a"): 7, ("begun", "meals"): 7})
        await counters.add(tx, TODAY, {("stands", "meals:a"): 3})
        await counters.replace_since(tx, "stands", TODAY, {(TODAY, "meals:=eligible"): 2})
    async with database.reading() as tx:
        found = await counters.by_key(tx, "stands", YESTERDAY, TODAY)
        assert found == {"meals:a": 7, "meals:=eligible": 2}
        assert await counters.by_key(tx, "begun", YESTERDAY, TODAY) == {"meals": 7}


async def test_words_are_seen_only_when_several_typed_them(database: Database) -> None:
    async with database.writing() as tx:
        for person in (1, 1, 1, 2):
            await misses.note(tx, "паспорт", person, TODAY)
        assert await misses.of_several(tx, YESTERDAY, TODAY) == []
        await misses.note(tx, "паспорт", 3, TODAY)
        await misses.note(tx, "виза", 3, TODAY)
        assert await misses.of_several(tx, YESTERDAY, TODAY) == [misses.Missed("паспорт", 3)]
        assert await misses.of_several(tx, YESTERDAY, YESTERDAY) == []


async def test_nothing_there_names_words_or_people(database: Database) -> None:
    async with database.writing() as tx:
        for person in (700001, 700002):
            for words in ("паспорт", "виза"):
                await misses.note(tx, words, person, TODAY)
        rows = await tx.all(missed_searches.select())
    marks = {row.person_mark for row in rows}
    assert len(marks) == 4, "one person has another mark for every words"
    text = str(rows)
    assert not any(each in text for each in ("паспорт", "виза", "700001", "700002"))


async def test_old_words_are_forgotten(database: Database) -> None:
    async with database.writing() as tx:
        for person in (1, 2, 3):
            await misses.note(tx, "паспорт", person, YESTERDAY)
        await misses.note(tx, "паспорт", 1, TODAY)
        assert await misses.forget(tx, TODAY) == 2
        assert await misses.of_several(tx, YESTERDAY, TODAY) == []


async def test_a_new_key_counts_people_anew(database: Database) -> None:
    async with database.writing() as tx:
        await misses.note(tx, "паспорт", 1, TODAY)
    await rotate(database, Sealer.from_setting(f"another key of the tests,{KEY}"))
    async with database.reading() as tx:
        assert await tx.all(missed_searches.select()) == []


def test_a_mark_needs_the_key() -> None:
    sealer, other = Sealer.from_setting(KEY), Sealer.from_setting("another key of the tests")
    assert sealer.mark("паспорт") == Sealer.from_setting(KEY).mark("паспорт")
    assert sealer.mark("паспорт") != other.mark("паспорт")
    assert sealer.mark("паспорт") != sealer.mark("паспорт ")


async def test_nobody_is_sent_what_they_did_not_agree_to(database: Database) -> None:
    async with database.writing() as tx:
        for person in (1, 2):
            await people.meet(tx, person, MORNING)
        assert not await wishes.has(tx, 1, wishes.NEWS)
        await wishes.agree(tx, 1, wishes.NEWS, MORNING)
        await wishes.agree(tx, 1, wishes.NEWS, MORNING + dt.timedelta(days=1))
        await wishes.agree(tx, 2, wishes.DIGEST, MORNING)
        assert await wishes.has(tx, 1, wishes.NEWS)
        assert not await wishes.has(tx, 1, wishes.DIGEST)
        later = MORNING + dt.timedelta(seconds=1)
        assert list(await wishes.who(tx, wishes.NEWS, later)) == [1]
        assert list(await wishes.who(tx, wishes.DIGEST, MORNING)) == []
        assert await wishes.refuse(tx, 1, wishes.NEWS)
        assert not await wishes.refuse(tx, 1, wishes.NEWS)
        assert not await wishes.has(tx, 1, wishes.NEWS)


async def test_wishes_go_with_their_person(database: Database) -> None:
    async with database.writing() as tx:
        await people.meet(tx, 1, MORNING)
        await wishes.agree(tx, 1, wishes.NEWS, MORNING)
        await people.forget(tx, 1)
        assert list(await wishes.who(tx, wishes.NEWS, MORNING + dt.timedelta(days=9))) == []


@pytest.mark.parametrize("most", [1, 2])
async def test_the_words_of_most_people_come_first(database: Database, most: int) -> None:
    async with database.writing() as tx:
        for words, people_ in (("виза", 3), ("паспорт", 5), ("кредит", 4)):
            for person in range(people_):
                await misses.note(tx, words, person, TODAY)
        found = await misses.of_several(tx, TODAY, TODAY, most)
    assert [each.words for each in found] == ["паспорт", "кредит"][:most]
