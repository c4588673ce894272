"""People in the database: met and read in one statement, kept in another."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Insert, Row, bindparam, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from core.people import Person
from core.store import tables
from core.store.transaction import Transaction

people = tables.people


class TurnLostError(Exception):
    """Somebody else changed the person during the turn, which the turn's lock should prevent."""


def _meeting(insert: Any) -> Insert:
    new = insert(people).values(
        id=bindparam("person_id"),
        language_asked=False,
        view="",
        seen="",
        version=0,
        created_at=bindparam("now"),
        active_at=bindparam("now"),
    )
    statement: Insert = new.on_conflict_do_update(
        index_elements=["id"], set_={"active_at": new.excluded.active_at}
    ).returning(people)
    return statement


MEET = {"sqlite": _meeting(sqlite.insert), "postgresql": _meeting(postgresql.insert)}

KEEP = (
    update(people)
    .where(people.c.id == bindparam("person_id"), people.c.version == bindparam("read_version"))
    .values(
        language=bindparam("language"),
        language_asked=bindparam("language_asked"),
        view=bindparam("view"),
        was=bindparam("was"),
        memory=bindparam("memory"),
        message_id=bindparam("message_id"),
        message_at=bindparam("message_at"),
        seen=bindparam("seen"),
        version=bindparam("read_version") + 1,
        active_at=bindparam("active_at"),
    )
)

KEEP_MESSAGE = (
    update(people)
    .where(people.c.id == bindparam("person_id"))
    .values(message_id=bindparam("message_id"), message_at=bindparam("now"))
)

FIND = select(people).where(people.c.id == bindparam("person_id"))

FORGET_MEMORY = (
    update(people)
    .where(people.c.active_at < bindparam("before"), people.c.memory.is_not(None))
    .values(memory=None)
)

FORGET = delete(people).where(people.c.id == bindparam("person_id"))


async def meet(tx: Transaction, person_id: int, now: datetime) -> Person:
    """Read a person, new or known, and lock the row until the transaction ends."""
    row = await tx.one(MEET[tx.dialect], {"person_id": person_id, "now": now})
    return _person(tx, row)


async def find(tx: Transaction, person_id: int) -> Person | None:
    """Read a person without meeting them."""
    row = await tx.first(FIND, {"person_id": person_id})
    return _person(tx, row) if row else None


async def keep(tx: Transaction, person: Person, now: datetime) -> None:
    """Write a person as they are now; `version` is the one that was read."""
    kept = await tx.execute(
        KEEP,
        {
            "person_id": person.id,
            "read_version": person.version,
            "language": person.language,
            "language_asked": person.language_asked,
            "view": person.view,
            "was": person.was,
            "memory": tx.sealer.seal_json(dict(person.memory)) if person.memory else None,
            "message_id": person.message_id,
            "message_at": person.message_at,
            "seen": person.seen,
            "active_at": now,
        },
    )
    if not kept:
        raise TurnLostError(f"version {person.version} of a person is not the one in the database")


async def keep_message(tx: Transaction, person_id: int, message_id: int, now: datetime) -> None:
    """Remember which message is the living one."""
    values = {"person_id": person_id, "message_id": message_id, "now": now}
    await tx.execute(KEEP_MESSAGE, values)


async def forget_memory(tx: Transaction, before: datetime, views: Sequence[str] = ()) -> int:
    """Erase what was remembered for people idle since a moment; tell for how many.

    With the codes of views only for those who stopped at one of them.
    """
    statement = FORGET_MEMORY
    if views:
        places = (people.c.view, people.c.was)
        statement = statement.where(
            or_(*(place.startswith(f"{code}:") for place in places for code in views))
        )
    return await tx.execute(statement, {"before": before})


async def forget(tx: Transaction, person_id: int) -> bool:
    """Erase a person's conversation and enquiries; tell whether there was anything."""
    return bool(await tx.execute(FORGET, {"person_id": person_id}))


def _person(tx: Transaction, row: Row[Any]) -> Person:
    values = row._asdict()
    values["memory"] = tx.sealer.open_json(row.memory) if row.memory else {}
    return Person(**values)
