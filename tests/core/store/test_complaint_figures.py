"""Complaints are counted without being opened, on both databases."""

from datetime import timedelta
from typing import Any

from core.complaints.model import By, Complaint, EventKind, Said
from core.store import complaint_figures, complaints, people
from core.store.complaints import What
from core.store.database import Database
from core.store.transaction import Transaction
from tests.core.store.conftest import MORNING

DAY = timedelta(days=1)


async def made(tx: Transaction, person: int, **more: Any) -> Complaint:
    await people.meet(tx, person, MORNING)
    return await complaints.begin(
        tx, person_id=person, language="kk", now=MORNING, said=Said(text="secret"), **more
    )


async def happens(
    tx: Transaction, complaint: Complaint, kind: EventKind, by: By, after: timedelta, **more: Any
) -> Complaint:
    happened = await complaints.happen(tx, complaint, What(kind, by), MORNING + after, **more)
    assert happened is not None
    return happened[0]


async def test_what_was_sent_or_is_open_is_read_with_its_first_answer(database: Database) -> None:
    async with database.writing() as tx:
        await made(tx, 1)
        old = await made(tx, 2, service="free_school_meals", office="of1")
        old = await happens(tx, old, "sent", "parent", -60 * DAY, sent_at=MORNING - 60 * DAY)
        done = await made(tx, 3, office="of2")
        done = await happens(tx, done, "sent", "parent", -60 * DAY, sent_at=MORNING - 60 * DAY)
        await happens(tx, done, "answered", "official", -59 * DAY)
        new = await made(tx, 4, office="of2")
        new = await happens(tx, new, "sent", "parent", -2 * DAY, sent_at=MORNING - 2 * DAY)
        new = await happens(tx, new, "answered", "official", -1 * DAY)
        new = await happens(tx, new, "reopened", "parent", 0 * DAY)
        new = await happens(tx, new, "closed", "admin", 1 * DAY)
        found = await complaint_figures.sent_or_open(tx, MORNING - 30 * DAY)
    assert [(each.id, answer) for each, answer in found] == [
        (old.id, None),
        (new.id, MORNING - DAY),
    ]
    assert all(each.said == Said() and each.person_id is None for each, _ in found)
    assert found[0][0].service == "free_school_meals"


async def test_what_the_parent_did_is_no_answer(database: Database) -> None:
    async with database.writing() as tx:
        mine = await made(tx, 4)
        mine = await happens(tx, mine, "sent", "parent", 0 * DAY, sent_at=MORNING)
        await happens(tx, mine, "withdrawn", "parent", 1 * DAY)
        ((_, answer),) = await complaint_figures.sent_or_open(tx, MORNING)
    assert answer is None
