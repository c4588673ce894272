"""Reports in the database: what parents say is wrong about offices; their words are sealed."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from core.reports import WAITING, Report, Said, State, Topic
from core.store import meta
from core.store.tables import reports
from core.store.transaction import Transaction

TURN = "reports"
"""Whoever adds a report writes this first, and so keeps all others who add waiting."""

_NEW = ("person_id", "language", "office", "topic", "said", "created_at", "changed_at")
_waits = reports.c.state.in_(sorted(WAITING))

ADD = (
    insert(reports)
    .values({name: bindparam(name) for name in _NEW})
    .values(state="open", version=1)
    .returning(reports)
)
FIND = select(reports).where(reports.c.id == bindparam("number"))
OPEN = select(reports).where(_waits).order_by(reports.c.id).limit(bindparam("most"))
COUNT_OPEN = select(func.count()).select_from(reports).where(_waits)
COUNT_SINCE = (
    select(func.count())
    .select_from(reports)
    .where(reports.c.person_id == bindparam("person"), reports.c.created_at > bindparam("since"))
)
TURN_OUT = (
    update(reports)
    .where(reports.c.id == bindparam("number"), reports.c.version == bindparam("was"), _waits)
    .values(
        state=bindparam("new_state"),
        said=bindparam("new_said"),
        asked_by=bindparam("new_asked_by"),
        decided_by=bindparam("new_decided_by"),
        changed_at=bindparam("now"),
        version=reports.c.version + 1,
    )
)
FORGET = delete(reports).where(reports.c.person_id == bindparam("person"))
IDLE = select(reports.c.id).where(reports.c.changed_at < bindparam("before"))
ERASE = delete(reports).where(reports.c.id == bindparam("number"))


async def add(
    tx: Transaction,
    *,
    person_id: int,
    language: str,
    office: str,
    topic: Topic,
    said: Said,
    now: datetime,
) -> tuple[Report, bool]:
    """Keep a new report; tell whether none waited before it."""
    await meta.put(tx, TURN, now.isoformat())
    first = not await tx.scalar(COUNT_OPEN)
    row = await tx.one(
        ADD,
        {
            "person_id": person_id,
            "language": language,
            "office": office,
            "topic": topic,
            "said": tx.sealer.seal_json(asdict(said)),
            "created_at": now,
            "changed_at": now,
        },
    )
    return _report(tx, row), first


async def find(tx: Transaction, number: int) -> Report | None:
    """The report of a number."""
    row = await tx.first(FIND, {"number": number})
    return None if row is None else _report(tx, row)


async def open_ones(tx: Transaction, most: int = 200) -> Sequence[Report]:
    """Those that wait, the oldest first."""
    return [_report(tx, row) for row in await tx.all(OPEN, {"most": most})]


async def count_open(tx: Transaction) -> int:
    """How many wait."""
    number: int = await tx.scalar(COUNT_OPEN)
    return number


async def count_since(tx: Transaction, person_id: int, since: datetime) -> int:
    """How many a person has sent since a moment."""
    number: int = await tx.scalar(COUNT_SINCE, {"person": person_id, "since": since})
    return number


async def turn_out(
    tx: Transaction,
    report: Report,
    state: State,
    now: datetime,
    *,
    said: Said | None = None,
    asked_by: int | None = None,
    decided_by: int | None = None,
) -> Report | None:
    """Let a waiting report come to another state; None if somebody else was faster."""
    after = replace(
        report,
        state=state,
        said=said or report.said,
        asked_by=asked_by or report.asked_by,
        decided_by=decided_by,
        version=report.version + 1,
        changed_at=now,
    )
    done = await tx.execute(
        TURN_OUT,
        {
            "number": report.id,
            "was": report.version,
            "new_state": after.state,
            "new_said": tx.sealer.seal_json(asdict(after.said)),
            "new_asked_by": after.asked_by,
            "new_decided_by": after.decided_by,
            "now": now,
        },
    )
    return after if done else None


async def forget(tx: Transaction, person_id: int) -> int:
    """Erase all of a person's; tell how many."""
    return await tx.execute(FORGET, {"person": person_id})


async def idle(tx: Transaction, before: datetime) -> Sequence[int]:
    """The numbers of those with which nothing has happened since a moment."""
    return await tx.scalars(IDLE, {"before": before})


async def erase(tx: Transaction, number: int) -> None:
    """Erase one."""
    await tx.execute(ERASE, {"number": number})


def _report(tx: Transaction, row: Row[Any]) -> Report:
    values = row._asdict()
    said = tx.sealer.open_json(values.pop("said"))
    point = said.pop("point")
    return Report(said=Said(**said, point=tuple(point) if point else None), **values)
