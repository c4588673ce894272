"""Bindings in the database: which groups hear of the complaints that somebody has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from core.store.tables import bindings
from core.store.transaction import Transaction

Ending = Literal["unbound", "kicked", "revoked"]


@dataclass(frozen=True, slots=True)
class Binding:
    """A group, or one topic of it, that hears of what a person is told of."""

    id: int
    chat_id: int
    thread_id: int | None
    person_id: int
    bound_at: datetime


def _binding(insert: Any) -> Any:
    new = insert(bindings).values(
        {name: bindparam(name) for name in ("chat_id", "thread_id", "person_id", "bound_at")}
    )
    return new.on_conflict_do_update(
        index_elements=["chat_id", "person_id"],
        index_where=bindings.c.ended_at.is_(None),
        set_={"thread_id": new.excluded.thread_id},
    ).returning(bindings.c.id)


BIND = {"sqlite": _binding(sqlite.insert), "postgresql": _binding(postgresql.insert)}
_held = bindings.c.ended_at.is_(None)
_here = bindings.c.chat_id == bindparam("chat")
OF_PEOPLE = (
    select(bindings)
    .where(_held, bindings.c.person_id.in_(bindparam("people", expanding=True)))
    .order_by(bindings.c.id)
)
OF_CHAT = select(bindings).where(_held, _here).order_by(bindings.c.id)
_ending = update(bindings).values(ended_at=bindparam("now"), ended_why=bindparam("why"))
END_OF_CHAT = _ending.where(_held, _here)
END_OF_PERSON = _ending.where(_held, bindings.c.person_id == bindparam("person"))
# A group that became a supergroup has another id, and may have been bound again under it.
MOVE = (
    update(bindings)
    .where(
        _held,
        bindings.c.chat_id == bindparam("old"),
        bindings.c.person_id.not_in(
            select(bindings.c.person_id).where(_held, bindings.c.chat_id == bindparam("new"))
        ),
    )
    .values(chat_id=bindparam("new"), thread_id=None)
)


async def bind(
    tx: Transaction, chat_id: int, thread_id: int | None, person_id: int, now: datetime
) -> None:
    """Let a group hear of what a person is told of; in another topic than before, if so asked."""
    values = {"chat_id": chat_id, "thread_id": thread_id, "person_id": person_id, "bound_at": now}
    await tx.one(BIND[tx.dialect], values)


async def of_people(tx: Transaction, people: Sequence[int]) -> Sequence[Binding]:
    """The groups that these people have bound."""
    return [_read(row) for row in await tx.all(OF_PEOPLE, {"people": list(people)})]


async def of_chat(tx: Transaction, chat_id: int) -> Sequence[Binding]:
    """Who has bound a group."""
    return [_read(row) for row in await tx.all(OF_CHAT, {"chat": chat_id})]


async def end_of_chat(tx: Transaction, chat_id: int, why: Ending, now: datetime) -> int:
    """Let a group hear of nothing any more; tell how many bindings that were."""
    return await tx.execute(END_OF_CHAT, {"chat": chat_id, "why": why, "now": now})


async def end_of_person(tx: Transaction, person_id: int, why: Ending, now: datetime) -> int:
    """Let no group hear of what a person is told of; tell how many bindings that were."""
    return await tx.execute(END_OF_PERSON, {"person": person_id, "why": why, "now": now})


async def move(tx: Transaction, old: int, new: int) -> int:
    """Keep the bindings of a group that lives on under another id; tell how many that are."""
    return await tx.execute(MOVE, {"old": old, "new": new})


def _read(row: Row[Any]) -> Binding:
    return Binding(row.id, row.chat_id, row.thread_id, row.person_id, row.bound_at)
