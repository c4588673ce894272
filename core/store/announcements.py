"""Announcements in the database: written, begun, held back, and how far each has gone.

It goes out to people in the order of their ids, some at a time; up to whom is written in the same
transaction as what was put into the queue, and the queue takes nothing twice for one person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, delete, func, insert, or_, select, update

from core.announcements import Announcement, Audience
from core.chats import ChatState
from core.store.tables import announcements, chats, people, wishes
from core.store.tables import outgoing as queue
from core.store.transaction import Transaction
from core.store.wishes import NEWS


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody to tell, and in which language."""

    person_id: int
    language: str | None


_one = announcements.c.id == bindparam("number")
BEGIN = (
    insert(announcements)
    .values(
        audience=bindparam("whom"),
        state="draft",
        created_by=bindparam("person"),
        created_at=bindparam("now"),
        expected=0,
        put=0,
        reached=0,
    )
    .returning(announcements.c.id)
)
FIND = select(announcements).where(_one)
ALL = select(announcements).order_by(announcements.c.id.desc()).limit(bindparam("most"))
SENDING = select(announcements).where(announcements.c.state == "sending")
UNSETTLED = select(announcements).where(
    announcements.c.state.in_(("sent", "stopped")),
    announcements.c.counted.is_(None),
    announcements.c.ended_at < bindparam("before"),
)
WRITE = {
    language: update(announcements)
    .where(_one, announcements.c.state == "draft")
    .values({language: bindparam("words")})
    for language in ("kk", "ru")
}
START = (
    update(announcements)
    .where(
        _one,
        announcements.c.state == "draft",
        announcements.c.kk.is_not(None),
        announcements.c.ru.is_not(None),
    )
    .values(state="sending", begun_at=bindparam("now"), expected=bindparam("people"))
)
PAUSE = (
    update(announcements)
    .where(_one, announcements.c.state == "sending")
    .values(state="paused")
    .returning(announcements.c.reached, announcements.c.put)
)
RESUME = (
    update(announcements).where(_one, announcements.c.state == "paused").values(state="sending")
)
END = (
    update(announcements)
    .where(_one, announcements.c.state.in_(("sending", "paused")))
    .values(state=bindparam("which"), ended_at=bindparam("now"))
)
DROP = delete(announcements).where(_one, announcements.c.state == "draft")
ADVANCE = update(announcements).where(_one).values(put=bindparam("many"), reached=bindparam("whom"))
SETTLE = update(announcements).where(_one).values(counted=bindparam("figures"))

_about = queue.c.about == bindparam("subject")
PROGRESS = select(queue.c.state, func.count().label("many")).where(_about).group_by(queue.c.state)
TAKE_BACK = delete(queue).where(_about, queue.c.state == "waiting").returning(queue.c.chat_id)
LET_GO = update(queue).where(_about).values(about=None)

_reachable = and_(
    wishes.c.wish == NEWS, or_(chats.c.state.is_(None), chats.c.state == ChatState.ACTIVE)
)
_parents = wishes.join(people, people.c.id == wishes.c.person_id).outerjoin(
    chats, chats.c.id == wishes.c.person_id
)
PARENTS = (
    select(wishes.c.person_id, people.c.language)
    .select_from(_parents)
    .where(_reachable, wishes.c.person_id > bindparam("after"))
    .order_by(wishes.c.person_id)
    .limit(bindparam("most"))
)
HOW_MANY = select(func.count()).select_from(_parents).where(_reachable)
LANGUAGES = (
    select(people.c.id, people.c.language)
    .select_from(people.outerjoin(chats, chats.c.id == people.c.id))
    .where(
        people.c.id.in_(bindparam("ids", expanding=True)),
        or_(chats.c.state.is_(None), chats.c.state == ChatState.ACTIVE),
    )
    .order_by(people.c.id)
)


def about(number: int) -> str:
    """What the messages of an announcement are about, as the queue knows it."""
    return f"news:{number}"


async def begin(tx: Transaction, audience: Audience, person_id: int, now: datetime) -> int:
    """Begin a draft."""
    values = {"whom": audience.as_json(), "person": person_id, "now": now}
    number: int = await tx.scalar(BEGIN, values)
    return number


async def find(tx: Transaction, number: int) -> Announcement | None:
    """Read one."""
    row = await tx.first(FIND, {"number": number})
    return _announcement(row) if row else None


async def latest(tx: Transaction, most: int = 50) -> Sequence[Announcement]:
    """The newest ones, the newest first."""
    return [_announcement(row) for row in await tx.all(ALL, {"most": most})]


async def sending(tx: Transaction) -> Sequence[Announcement]:
    """Those that are going out."""
    return [_announcement(row) for row in await tx.all(SENDING)]


async def unsettled(tx: Transaction, before: datetime) -> Sequence[Announcement]:
    """Those that ended before a moment and whose figures were not kept yet."""
    return [_announcement(row) for row in await tx.all(UNSETTLED, {"before": before})]


async def write(tx: Transaction, number: int, language: str, words: str) -> bool:
    """Put the words of one language into a draft; tell whether it still is one."""
    return bool(await tx.execute(WRITE[language], {"number": number, "words": words}))


async def start(tx: Transaction, number: int, expected: int, now: datetime) -> bool:
    """Let a draft go out; tell whether it was one, with words in both languages."""
    return bool(await tx.execute(START, {"number": number, "people": expected, "now": now}))


async def pause(tx: Transaction, number: int) -> bool:
    """Hold back what has not gone out yet; tell whether it was going out.

    What waits in the queue is taken out again, so that nothing goes after this.
    """
    row = await tx.first(PAUSE, {"number": number})
    if row is None:
        return False
    waiting = await tx.scalars(TAKE_BACK, {"subject": about(number)})
    if waiting:
        reached = min(min(waiting) - 1, row.reached)
        values = {"number": number, "many": row.put - len(waiting), "whom": reached}
        await tx.execute(ADVANCE, values)
    return True


async def resume(tx: Transaction, number: int) -> bool:
    """Let it go on; tell whether it was held back."""
    return bool(await tx.execute(RESUME, {"number": number}))


async def stop(tx: Transaction, number: int, now: datetime) -> bool:
    """End it for good, wherever it is; tell whether there was anything to end."""
    await pause(tx, number)
    values = {"number": number, "which": "stopped", "now": now}
    return bool(await tx.execute(END, values))


async def finish(tx: Transaction, number: int, now: datetime) -> None:
    """Note that it has gone out to all."""
    await tx.execute(END, {"number": number, "which": "sent", "now": now})


async def drop(tx: Transaction, number: int) -> bool:
    """Throw a draft away; tell whether it was one."""
    return bool(await tx.execute(DROP, {"number": number}))


async def advance(tx: Transaction, announcement: Announcement, put: int, reached: int) -> None:
    """Note that it was put into the queue for some more, up to this person."""
    values = {"number": announcement.id, "many": announcement.put + put, "whom": reached}
    await tx.execute(ADVANCE, values)


async def progress(tx: Transaction, number: int) -> Mapping[str, int]:
    """What has become of what was put into the queue, by state."""
    rows = await tx.all(PROGRESS, {"subject": about(number)})
    return {row.state: int(row.many) for row in rows}


async def settle(tx: Transaction, number: int) -> None:
    """Keep the figures, and let go of the rows of the queue, which are then swept away."""
    await tx.execute(SETTLE, {"number": number, "figures": dict(await progress(tx, number))})
    await tx.execute(LET_GO, {"subject": about(number)})


async def parents(tx: Transaction, after: int, most: int) -> Sequence[Reader]:
    """Some parents who agreed and can be reached, after a person."""
    rows = await tx.all(PARENTS, {"after": after, "most": most})
    return [Reader(row.person_id, row.language) for row in rows]


async def how_many_parents(tx: Transaction) -> int:
    """How many agreed and can be reached."""
    number: int = await tx.scalar(HOW_MANY)
    return number


async def reachable(tx: Transaction, ids: Sequence[int]) -> Sequence[Reader]:
    """Those of these people who can be reached, in the order of their ids."""
    rows = await tx.all(LANGUAGES, {"ids": list(ids)})
    return [Reader(row.id, row.language) for row in rows]


def _announcement(row: Row[Any]) -> Announcement:
    values = row._asdict()
    values["audience"] = Audience.read(row.audience)
    return Announcement(**values)
