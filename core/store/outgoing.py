"""The outgoing queue: what is to be said to somebody, from its cause to its delivery.

Messages for one chat go in their order: one that is on its way, or that has failed and is to be
tried again, holds back those behind it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    bindparam,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from core.outgoing import Lane, Parcel
from core.store import tables
from core.store.transaction import Transaction

queue = tables.outgoing
NAMES_AT_ONCE = 500
"""How many values one statement is given; both databases have their limits."""


@dataclass(frozen=True, slots=True)
class Posting:
    """A parcel in the queue, with its number and how often it was tried."""

    id: int
    chat_id: int
    thread_id: int | None
    lane: Lane
    body: Mapping[str, Any]
    cause: str
    once: str | None
    about: str | None
    created_at: datetime
    expires_at: datetime | None
    taken_at: datetime | None
    attempts: int


def _putting(insert: Any) -> Any:
    names = ("chat_id", "thread_id", "lane", "body", "cause", "once", "about")
    return (
        insert(queue)
        .values(
            {name: bindparam(name) for name in (*names, "created_at", "not_before", "expires_at")}
            | {"attempts": 0, "state": "waiting"}
        )
        .on_conflict_do_nothing(index_elements=["once"])
        .returning(queue.c.id)
    )


PUT = {"sqlite": _putting(sqlite.insert), "postgresql": _putting(postgresql.insert)}

# Written out, not passed along, or the planners would not know that the partial indexes serve.
WAITING: ColumnElement[str] = literal_column("'waiting'")
SENDING: ColumnElement[str] = literal_column("'sending'")

_one = queue.c.id == bindparam("posting_id")
_waiting = queue.c.state == WAITING
_candidate, _ahead = queue.alias("candidate"), queue.alias("ahead")
_held_back = exists().where(
    _ahead.c.chat_id == _candidate.c.chat_id,
    _ahead.c.state.in_((WAITING, SENDING)),
    or_(
        _ahead.c.state == SENDING,
        and_(
            tuple_(_ahead.c.lane, _ahead.c.id) < tuple_(_candidate.c.lane, _candidate.c.id),
            or_(_ahead.c.attempts > 0, _ahead.c.not_before <= bindparam("now")),
        ),
    ),
)
_due = (
    select(_candidate.c.id)
    .where(_candidate.c.state == WAITING, _candidate.c.not_before <= bindparam("now"), ~_held_back)
    .order_by(_candidate.c.lane, _candidate.c.id)
    .limit(bindparam("most"))
)

# That it still waits is asked again: two workers may have chosen the same rows.
TAKE = (
    update(queue)
    .where(_waiting, queue.c.id.in_(_due))
    .values(state="sending", taken_at=bindparam("now"), attempts=queue.c.attempts + 1)
    .returning(queue)
)
EXPIRE = (
    update(queue)
    .where(_waiting, queue.c.expires_at.is_not(None), queue.c.expires_at <= bindparam("now"))
    .values(state="cancelled", error="expired")
    .returning(queue)
)
NEXT_AT = select(func.min(queue.c.not_before)).where(_waiting)
SENT = (
    update(queue)
    .where(_one)
    .values(state="sent", sent_at=bindparam("now"), message_id=bindparam("message"), error=None)
)
FAILED = update(queue).where(_one).values(state="failed", error=bindparam("why"))
POSTPONED = (
    update(queue)
    .where(_one, queue.c.state == SENDING)
    .values(state="waiting", taken_at=None, not_before=bindparam("until"), error=bindparam("why"))
)
CANCEL = update(queue).where(_one, _waiting).values(state="cancelled", error=bindparam("why"))
CANCEL_ABOUT = (
    update(queue)
    .where(_waiting, queue.c.about == bindparam("subject"))
    .values(state="cancelled", error=bindparam("why"))
)
# The first condition says nothing new, but shows SQLite which index serves.
ORPHANS = select(queue).where(
    queue.c.state.in_((WAITING, SENDING)),
    queue.c.state == SENDING,
    queue.c.taken_at < bindparam("before"),
)
MOVE = (
    update(queue)
    .where(queue.c.state.in_((WAITING, SENDING)), queue.c.chat_id == bindparam("old"))
    .values(chat_id=bindparam("new"))
)
ABOUT = (
    select(queue.c.about)
    .where(queue.c.chat_id == bindparam("chat"), queue.c.message_id == bindparam("message"))
    .limit(1)
)
PUT_BEFORE = select(queue.c.once).where(queue.c.once.in_(bindparam("names", expanding=True)))
NAMED = select(queue.c.message_id).where(
    queue.c.once == bindparam("name"), queue.c.chat_id == bindparam("chat")
)
SHOWN = (
    select(queue.c.chat_id, queue.c.thread_id, queue.c.once)
    .where(queue.c.about == bindparam("subject"), queue.c.cause == bindparam("why"))
    .order_by(queue.c.id)
)
COUNT = select(func.count()).select_from(queue).where(_waiting)
SWEEP = delete(queue).where(
    queue.c.state.in_(("sent", "failed", "cancelled")),
    queue.c.about.is_(None),
    queue.c.created_at < bindparam("before"),
)
FORGET_ABOUT = delete(queue).where(queue.c.about == bindparam("subject"))
FORGET = delete(queue).where(queue.c.chat_id == bindparam("chat"))


async def put(tx: Transaction, parcel: Parcel, now: datetime) -> int | None:
    """Put a parcel into the queue; return its number, or None if `once` was put before."""
    number: int | None = await tx.scalar(
        PUT[tx.dialect],
        {
            "chat_id": parcel.chat_id,
            "thread_id": parcel.thread_id,
            "lane": int(parcel.lane),
            "body": tx.sealer.seal_json(dict(parcel.body)),
            "cause": parcel.cause,
            "once": parcel.once,
            "about": parcel.about,
            "created_at": now,
            "not_before": parcel.not_before or now,
            "expires_at": parcel.expires_at,
        },
    )
    return number


async def take(tx: Transaction, now: datetime, limit: int) -> Sequence[Posting]:
    """Take what is due, the most urgent first and one for each chat; it counts as a try."""
    rows = await tx.all(TAKE, {"now": now, "most": limit})
    return sorted((_posting(tx, row) for row in rows), key=lambda each: (each.lane, each.id))


async def expire(tx: Transaction, now: datetime) -> Sequence[Posting]:
    """Cancel what waited for too long; return it, for somebody may want to know."""
    return [_posting(tx, row) for row in await tx.all(EXPIRE, {"now": now})]


async def put_before(tx: Transaction, names: Sequence[str]) -> frozenset[str]:
    """Tell which of these names of parcels that go once were ever put."""
    found: set[str] = set()
    for start in range(0, len(names), NAMES_AT_ONCE):
        some = list(names[start : start + NAMES_AT_ONCE])
        found |= {row.once for row in await tx.all(PUT_BEFORE, {"names": some})}
    return frozenset(found)


async def next_at(tx: Transaction) -> datetime | None:
    """Tell when the next parcel falls due, or None if none waits."""
    moment: datetime | None = await tx.scalar(NEXT_AT)
    return moment


async def mark_sent(tx: Transaction, posting_id: int, message_id: int, now: datetime) -> None:
    """Note that Telegram took it, and under which number."""
    await tx.execute(SENT, {"posting_id": posting_id, "message": message_id, "now": now})


async def mark_failed(tx: Transaction, posting_id: int, error: str) -> None:
    """Give it up."""
    await tx.execute(FAILED, {"posting_id": posting_id, "why": error})


async def postpone(tx: Transaction, posting_id: int, until: datetime, error: str) -> None:
    """Give back what was taken, to be tried again later."""
    await tx.execute(POSTPONED, {"posting_id": posting_id, "until": until, "why": error})


async def cancel(tx: Transaction, posting_id: int, why: str) -> bool:
    """Withdraw a parcel that still waits; tell whether it did."""
    return bool(await tx.execute(CANCEL, {"posting_id": posting_id, "why": why}))


async def cancel_about(tx: Transaction, about: str, why: str) -> int:
    """Withdraw all that still waits and concerns one thing; tell how many that were."""
    return await tx.execute(CANCEL_ABOUT, {"subject": about, "why": why})


async def orphans(tx: Transaction, before: datetime) -> Sequence[Posting]:
    """List what was taken before a moment and not brought to an end: its worker is gone.

    Nobody can say whether Telegram received it.
    """
    rows = await tx.all(ORPHANS, {"before": before})
    return sorted((_posting(tx, row) for row in rows), key=lambda each: each.id)


async def move(tx: Transaction, old: int, new: int) -> int:
    """Send what is meant for one chat to another; tell how many parcels that are."""
    return await tx.execute(MOVE, {"old": old, "new": new})


async def about(tx: Transaction, chat_id: int, message_id: int) -> str | None:
    """Tell what a message that the queue sent is about, for a reply to it."""
    subject: str | None = await tx.scalar(ABOUT, {"chat": chat_id, "message": message_id})
    return subject


async def message_named(tx: Transaction, chat_id: int, once: str) -> int | None:
    """Under which number a message that goes once stands in its chat, if it was sent there."""
    number: int | None = await tx.scalar(NAMED, {"chat": chat_id, "name": once})
    return number


async def shown(tx: Transaction, about: str, cause: str) -> Sequence[tuple[int, int | None, str]]:
    """Chats, topics and names of the messages about something that go once, the oldest first."""
    rows = await tx.all(SHOWN, {"subject": about, "why": cause})
    return [(row.chat_id, row.thread_id, row.once) for row in rows if row.once is not None]


async def waiting(tx: Transaction) -> int:
    """Count what waits."""
    number: int = await tx.scalar(COUNT)
    return number


async def sweep(tx: Transaction, before: datetime) -> int:
    """Erase what is long done and no reply can refer to; tell how many parcels that were."""
    return await tx.execute(SWEEP, {"before": before})


async def forget_about(tx: Transaction, subject: str) -> int:
    """Erase everything that was or will be said about one thing; tell how many parcels."""
    return await tx.execute(FORGET_ABOUT, {"subject": subject})


async def forget(tx: Transaction, chat_id: int) -> int:
    """Erase everything that was or will be said in a chat; tell how many parcels that were."""
    return await tx.execute(FORGET, {"chat": chat_id})


def _posting(tx: Transaction, row: Row[Any]) -> Posting:
    return Posting(
        id=row.id,
        chat_id=row.chat_id,
        thread_id=row.thread_id,
        lane=Lane(row.lane),
        body=tx.sealer.open_json(row.body),
        cause=row.cause,
        once=row.once,
        about=row.about,
        created_at=row.created_at,
        expires_at=row.expires_at,
        taken_at=row.taken_at,
        attempts=row.attempts,
    )
