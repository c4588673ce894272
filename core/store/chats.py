"""Chats in the database: where the bot can still write."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from core.chats import ChatState
from core.store import bindings, outgoing
from core.store.tables import chats
from core.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat as the bot last found it."""

    id: int
    kind: str
    state: ChatState
    migrated_to: int | None
    changed_at: datetime


def _setting(insert: Any) -> Any:
    new = insert(chats).values(
        id=bindparam("chat_id"),
        kind=bindparam("kind"),
        state=bindparam("state"),
        migrated_to=bindparam("migrated_to"),
        changed_at=bindparam("now"),
    )
    return new.on_conflict_do_update(
        index_elements=["id"],
        set_={name: new.excluded[name] for name in ("kind", "state", "migrated_to", "changed_at")},
        where=(chats.c.state != new.excluded.state)
        | chats.c.migrated_to.is_distinct_from(new.excluded.migrated_to),
    )


SET = {"sqlite": _setting(sqlite.insert), "postgresql": _setting(postgresql.insert)}
FIND = select(chats).where(chats.c.id == bindparam("chat_id"))


async def set_state(
    tx: Transaction, chat_id: int, kind: str, state: ChatState, now: datetime
) -> bool:
    """Note what became of a chat; tell whether that is news."""
    return await _set(tx, Chat(chat_id, kind, state, None, now))


async def migrate(tx: Transaction, old: int, new: int, now: datetime) -> None:
    """Note that a group lives on under another id, and send there what waits."""
    await _set(tx, Chat(old, "group", ChatState.MIGRATED, new, now))
    await _set(tx, Chat(new, "supergroup", ChatState.ACTIVE, None, now))
    await outgoing.move(tx, old, new)
    await bindings.move(tx, old, new)


async def find(tx: Transaction, chat_id: int) -> Chat | None:
    """Read what is known of a chat."""
    row = await tx.first(FIND, {"chat_id": chat_id})
    if row is None:
        return None
    return Chat(row.id, row.kind, ChatState(row.state), row.migrated_to, row.changed_at)


async def _set(tx: Transaction, chat: Chat) -> bool:
    values = {
        "chat_id": chat.id,
        "kind": chat.kind,
        "state": chat.state.value,
        "migrated_to": chat.migrated_to,
        "now": chat.changed_at,
    }
    return bool(await tx.execute(SET[tx.dialect], values))
