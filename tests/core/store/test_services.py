"""Versions of services: published, planned, taken back, and never lost to a release."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from core.publishing import Awaited, Faulty, Overtaken, Published, publish_draft
from core.release import body_of, keep_surroundings, read_library
from core.services.model import Service
from core.store import meta, services
from core.store.database import Database
from core.store.services import ADMIN, RELEASE, Draft
from tests.core.services.builders import LIBRARY
from tests.core.store.conftest import MORNING

MEALS = LIBRARY.services["free_school_meals"]
AROUND = LIBRARY.around
AIDA, BOLAT = 7000000004, 7000000005
TOMORROW = MORNING + timedelta(days=1)


def worded(word: str) -> Service:
    """The service with other words about it."""
    return MEALS.model_copy(update={"about": MEALS.about.model_copy(update={"kk": word})})


def release_of(service: Service, version: int = 1) -> dict[str, Any]:
    return body_of(service.model_copy(update={"version": version}))


async def drafted(database: Database, service: Service, person: int, based_on: str) -> Draft:
    async with database.writing() as tx:
        number = await services.keep_draft(
            tx, service.id, body_of(service), based_on=based_on, person=person, now=MORNING
        )
        draft = await services.own_draft(tx, number, person)
    assert draft is not None
    return draft


async def published(
    database: Database,
    service: Service,
    person: int = AIDA,
    based_on: str = "1",
    valid_from: datetime = MORNING,
) -> Any:
    draft = await drafted(database, service, person, based_on)
    async with database.writing() as tx:
        return await publish_draft(tx, draft, AROUND, valid_from, MORNING)


async def current(database: Database, now: datetime = MORNING) -> Service:
    async with database.reading() as tx:
        return (await read_library(tx, now)).services[MEALS.id]


@pytest.fixture
async def filled(database: Database) -> Database:
    """One service of a release, and the acts and situations that it points at."""
    async with database.writing() as tx:
        await keep_surroundings(tx, LIBRARY)
        await services.bring_release(tx, [release_of(MEALS)], MORNING - timedelta(days=9))
    return database


async def test_what_is_published_is_current_at_once_and_every_copy_learns(filled: Database) -> None:
    assert await published(filled, worded("Жаңа")) == Published(2)

    found = await current(filled)
    assert (found.version, found.about.kk) == (2, "Жаңа")
    async with filled.reading() as tx:
        assert await meta.get(tx, "knowledge revision") is not None
        assert await services.own_drafts(tx, AIDA) == []


async def test_a_planned_version_begins_on_its_day(filled: Database) -> None:
    assert await published(filled, worded("Ертең"), valid_from=TOMORROW) == Published(2)

    assert (await current(filled)).version == 1
    assert (await current(filled, TOMORROW - timedelta(seconds=1))).version == 1
    assert (await current(filled, TOMORROW)).version == 2


async def test_nothing_is_published_around_a_planned_one(filled: Database) -> None:
    await published(filled, worded("Ертең"), valid_from=TOMORROW)

    answer = await published(filled, worded("Бүгін"), BOLAT)

    assert isinstance(answer, Awaited)
    assert answer.planned.version == "2"
    async with filled.writing() as tx:
        assert await services.withdraw(tx, MEALS.id, "2", BOLAT, MORNING)
        assert not await services.withdraw(tx, MEALS.id, "2", BOLAT, MORNING)
    assert await published(filled, worded("Бүгін"), BOLAT) == Published(3)
    assert (await current(filled, TOMORROW)).version == 3
    async with filled.reading() as tx:
        assert (await services.body_of(tx, MEALS.id, "2") or {})["about"]["kk"] == "Ертең"


async def test_what_has_begun_is_not_taken_back(filled: Database) -> None:
    await published(filled, worded("Жаңа"))
    async with filled.writing() as tx:
        assert not await services.withdraw(tx, MEALS.id, "2", AIDA, MORNING)
        assert not await services.withdraw(tx, MEALS.id, "1", AIDA, MORNING)


async def test_of_two_admins_the_second_learns_of_the_first(filled: Database) -> None:
    first = await drafted(filled, worded("Бірінші"), AIDA, "1")
    second = await drafted(filled, worded("Екінші"), BOLAT, "1")

    async def publish(draft: Draft) -> Any:
        async with filled.writing() as tx:
            return await publish_draft(tx, draft, AROUND, MORNING, MORNING)

    answers = await asyncio.gather(publish(first), publish(second))

    assert sorted(type(each).__name__ for each in answers) == ["Overtaken", "Published"]
    assert (await current(filled)).version == 2
    lost = next(
        e
        for e, answer in zip((first, second), answers, strict=True)
        if isinstance(answer, Overtaken)
    )
    async with filled.reading() as tx:
        assert await services.own_draft(tx, lost.id, lost.person_id) == lost


async def test_what_fails_the_checks_is_not_published(filled: Database) -> None:
    broken = MEALS.model_copy(update={"refusals": ()})
    mixed = worded("Мeктеп")

    for each in (broken, mixed):
        answer = await published(filled, each)
        assert isinstance(answer, Faulty)
        assert answer.faults
    assert (await current(filled)).version == 1


async def test_a_draft_is_its_persons_alone(filled: Database) -> None:
    draft = await drafted(filled, worded("Жаңа"), AIDA, "1")
    async with filled.writing() as tx:
        assert await services.own_draft(tx, draft.id, BOLAT) is None
        assert not await services.drop_draft(tx, draft.id, BOLAT)
        again = await services.keep_draft(
            tx, MEALS.id, body_of(MEALS), based_on="1", person=AIDA, now=MORNING
        )
        assert again == draft.id
        assert len(await services.own_drafts(tx, AIDA)) == 1
        assert await services.drop_idle_drafts(tx, TOMORROW) == 1


async def test_a_release_leaves_an_admins_version_and_offers_its_own(filled: Database) -> None:
    await published(filled, worded("Әкімші"))
    async with filled.writing() as tx:
        await services.bring_release(tx, [release_of(worded("Шығарылым"), 2)], TOMORROW)

    assert (await current(filled, TOMORROW)).about.kk == "Әкімші"
    async with filled.writing() as tx:
        (offer,) = await services.all_offers(tx)
        assert offer.body["about"]["kk"] == "Шығарылым"
        assert await services.decline_offer(tx, MEALS.id, BOLAT, TOMORROW)
        assert not await services.decline_offer(tx, MEALS.id, BOLAT, TOMORROW)
        await services.bring_release(tx, [release_of(worded("Шығарылым"), 2)], TOMORROW)
        (offer,) = await services.all_offers(tx)
        assert offer.declined_by == BOLAT, "what was declined is not asked again"
        await services.bring_release(tx, [release_of(worded("Тағы"), 3)], TOMORROW)
        (offer,) = await services.all_offers(tx)
        assert offer.declined_by is None, "but what is new is"
        await services.bring_release(tx, [release_of(worded("Әкімші"), 4)], TOMORROW)
        assert await services.all_offers(tx) == []


async def test_what_an_admin_published_unchanged_in_a_release_is_no_offer(filled: Database) -> None:
    await published(filled, worded("Әкімші"))
    async with filled.writing() as tx:
        await services.bring_release(tx, [release_of(worded("Әкімші"), 1)], TOMORROW)
        assert await services.all_offers(tx) == []


async def test_a_release_goes_on_and_back_where_no_admin_published(filled: Database) -> None:
    async with filled.writing() as tx:
        await services.bring_release(tx, [release_of(worded("Екі"), 2)], MORNING)
        known = await services.versions_of(tx, MEALS.id)
        assert [(each.version, each.origin) for each in known] == [("2", RELEASE), ("1", RELEASE)]
        first = known[1].published_at
        await services.bring_release(tx, [release_of(worded("Екі"), 2)], TOMORROW)
        assert (await services.versions_of(tx, MEALS.id))[0].published_at == MORNING
        assert await services.all_offers(tx) == []
    assert (await current(filled)).about.kk == "Екі"
    async with filled.writing() as tx:
        await services.bring_release(tx, [release_of(MEALS, 1)], TOMORROW)
    assert (await current(filled, TOMORROW)).about == MEALS.about
    assert first < MORNING


async def test_a_tenth_version_follows_the_ninth(filled: Database) -> None:
    for number in range(2, 12):
        answer = await published(filled, worded(f"Нұсқа {number}"), based_on=str(number - 1))
        assert answer == Published(number)
    assert (await current(filled)).version == 11


async def test_a_version_that_cannot_be_read_gives_way_to_the_one_before(filled: Database) -> None:
    async with filled.writing() as tx:
        for number, body in ((2, release_of(worded("Екі"), 2)), (3, {"id": MEALS.id, "odd": 1})):
            assert await services.publish(
                tx, MEALS.id, number, body, valid_from=MORNING, now=MORNING, person=AIDA
            )
        known = await services.versions_of(tx, MEALS.id)
        assert [each.origin for each in known] == [ADMIN, ADMIN, RELEASE]
    assert (await current(filled)).about.kk == "Екі"
