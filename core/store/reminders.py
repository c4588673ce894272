"""Reminders in the database: of what a person is to be reminded, and on which day next.

One row for each thing: an answer that is waited for, papers that are missing, a season to come.
What is said is drawn on the day itself; the row notes on which day it was said last.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Row, bindparam, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from core.store.tables import reminders
from core.store.transaction import Transaction

Kind = Literal["answer", "papers", "season"]
ANSWER: Kind = "answer"
PAPERS: Kind = "papers"
SEASON: Kind = "season"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One of a person; `of` is the number of the watch or of the enquiry.

    Without a `day` nothing more is to come.
    """

    id: int
    person_id: int
    kind: Kind
    of: int
    service: str
    day: dt.date | None
    said_on: dt.date | None


_named = ("person_id", "kind", "of", "service", "day", "changed_at")


def _setting(insert_into: Any) -> Any:
    new = insert_into(reminders).values({name: bindparam(name) for name in _named})
    return new.on_conflict_do_update(
        index_elements=["kind", "of"],
        set_={"day": new.excluded.day, "changed_at": new.excluded.changed_at},
    ).returning(reminders)


SET = {"sqlite": _setting(sqlite.insert), "postgresql": _setting(postgresql.insert)}
_thing = (reminders.c.kind == bindparam("which"), reminders.c.of == bindparam("number"))
_persons = reminders.c.person_id == bindparam("person")
FIND = select(reminders).where(reminders.c.id == bindparam("number"), _persons)
OF_THING = select(reminders).where(*_thing, _persons)
OF = (
    select(reminders)
    .where(_persons, reminders.c.day.is_not(None))
    .order_by(reminders.c.day, reminders.c.id)
)
DUE = (
    select(reminders)
    .where(
        reminders.c.day.is_not(None),
        reminders.c.day <= bindparam("today"),
        or_(reminders.c.said_on.is_(None), reminders.c.said_on < bindparam("today")),
    )
    .order_by(reminders.c.day, reminders.c.id)
    .limit(bindparam("most"))
)
# That the day is still the same is asked again: another copy may have been here.
MOVE = (
    update(reminders)
    .where(reminders.c.id == bindparam("number"), reminders.c.day == bindparam("was"))
    .values(day=bindparam("next_day"), said_on=bindparam("said"), changed_at=bindparam("now"))
)
AGAIN = (
    update(reminders)
    .where(
        reminders.c.id == bindparam("number"),
        or_(reminders.c.day.is_(None), reminders.c.day > bindparam("next_day")),
    )
    .values(day=bindparam("next_day"), changed_at=bindparam("now"))
)
DROP = delete(reminders).where(*_thing, _persons)
FORGET = delete(reminders).where(_persons)
FORGET_IDLE = (
    delete(reminders)
    .where(reminders.c.day.is_(None), reminders.c.changed_at < bindparam("before"))
    .returning(reminders)
)


async def put(
    tx: Transaction,
    *,
    person_id: int,
    kind: Kind,
    of: int,
    service: str,
    day: dt.date,
    now: dt.datetime,
) -> Reminder:
    """Remind of this on that day, and on no other that was named before."""
    row = await tx.one(
        SET[tx.dialect],
        {
            "person_id": person_id,
            "kind": kind,
            "of": of,
            "service": service,
            "day": day,
            "changed_at": now,
        },
    )
    return _reminder(row)


async def find(tx: Transaction, number: int, person_id: int) -> Reminder | None:
    """Read one of a person; another's is not found."""
    row = await tx.first(FIND, {"number": number, "person": person_id})
    return _reminder(row) if row else None


async def of_thing(tx: Transaction, kind: Kind, of: int, person_id: int) -> Reminder | None:
    """Read the one about this, if the person ever asked for it."""
    row = await tx.first(OF_THING, {"which": kind, "number": of, "person": person_id})
    return _reminder(row) if row else None


async def to_come(tx: Transaction, person_id: int) -> Sequence[Reminder]:
    """List what a person is still to be reminded of, the next one first."""
    return [_reminder(row) for row in await tx.all(OF, {"person": person_id})]


async def due(tx: Transaction, today: dt.date, most: int) -> Sequence[Reminder]:
    """List what is to be said today, the longest due first; what was said today is not."""
    return [_reminder(row) for row in await tx.all(DUE, {"today": today, "most": most})]


async def move(
    tx: Transaction,
    reminder: Reminder,
    day: dt.date | None,
    now: dt.datetime,
    said_on: dt.date | None = None,
) -> bool:
    """Note when it comes next, and that it was said; false if somebody else has done so."""
    values = {
        "number": reminder.id,
        "was": reminder.day,
        "next_day": day,
        "said": said_on or reminder.said_on,
        "now": now,
    }
    return bool(await tx.execute(MOVE, values))


async def again(tx: Transaction, number: int, day: dt.date, now: dt.datetime) -> bool:
    """Say it once more, for it did not arrive; not if it is gone, or comes earlier anyway."""
    return bool(await tx.execute(AGAIN, {"number": number, "next_day": day, "now": now}))


async def drop(tx: Transaction, kind: Kind, of: int, person_id: int) -> bool:
    """Do not remind of this; tell whether that was to come."""
    return bool(await tx.execute(DROP, {"which": kind, "number": of, "person": person_id}))


async def forget(tx: Transaction, person_id: int) -> int:
    """Erase all of a person's; tell how many."""
    return await tx.execute(FORGET, {"person": person_id})


async def forget_idle(tx: Transaction, before: dt.datetime) -> Sequence[Reminder]:
    """Erase those that were said for the last time before a moment; tell which."""
    return [_reminder(row) for row in await tx.all(FORGET_IDLE, {"before": before})]


def about(kind: Kind, of: int) -> str:
    """By what the messages of a reminder are known in the outgoing queue."""
    return f"{kind}:{of}"


def _reminder(row: Row[Any]) -> Reminder:
    return Reminder(
        id=row.id,
        person_id=row.person_id,
        kind=row.kind,
        of=row.of,
        service=row.service,
        day=row.day,
        said_on=row.said_on,
    )
