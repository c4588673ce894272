"""Complaints in the database: drafted, sent, changed only together with the event that did it.

Each change names the version it was made upon: of two who press at once one wins, the other is
told that it was lost and can read who was quicker.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from core.complaints.model import (
    ENDED,
    OPEN,
    Attachment,
    By,
    Complaint,
    Event,
    EventKind,
    Said,
    after,
)
from core.store.tables import complaint_events, complaint_files, complaints
from core.store.transaction import Transaction

_CHANGED = (
    "language",
    "service",
    "place",
    "office",
    "addressee",
    "step",
    "subject",
    "state",
    "said",
    "taken_by",
    "incoming_number",
    "registered_on",
    "extended_days",
    "follows",
    "joined_to",
    "sent_at",
    "changed_at",
)
_one = complaints.c.id == bindparam("number")
_open = complaints.c.state.in_(sorted(OPEN))

DRAFT = (
    insert(complaints)
    .values(
        {name: bindparam(name) for name in (*_CHANGED, "person_id", "created_at")} | {"version": 0}
    )
    .returning(complaints)
)
FIND = select(complaints).where(_one)
DRAFT_OF = select(complaints).where(
    complaints.c.person_id == bindparam("person"), complaints.c.state == "draft"
)
OF = (
    select(complaints)
    .where(complaints.c.person_id == bindparam("person"), complaints.c.state != "draft")
    .order_by(complaints.c.id.desc())
    .limit(bindparam("most"))
)
KEEP = (
    update(complaints)
    .where(_one, complaints.c.version == bindparam("read_version"))
    .values({name: bindparam(f"new_{name}") for name in _CHANGED})
    .values(version=bindparam("read_version") + 1)
)
DISCARD = delete(complaints).where(_one, complaints.c.state == "draft")
OPEN_ONES = select(complaints).where(_open).order_by(complaints.c.id)
OPEN_OF = OPEN_ONES.where(complaints.c.addressee.in_(bindparam("offices", expanding=True)))
EVERY = select(complaints).where(complaints.c.state != "draft").order_by(complaints.c.id.desc())
SENT_SINCE = select(func.count()).where(
    complaints.c.person_id == bindparam("person"), complaints.c.sent_at >= bindparam("since")
)
ADD_EVENT = (
    insert(complaint_events)
    .values(
        {
            name: bindparam(name)
            for name in ("complaint", "kind", "at", "by", "person_id", "office", "words", "data")
        }
    )
    .returning(complaint_events.c.id)
)
EVENTS = (
    select(complaint_events)
    .where(complaint_events.c.complaint == bindparam("number"))
    .order_by(complaint_events.c.id)
)
OPEN_EVENTS = (
    select(complaint_events)
    .select_from(complaint_events.join(complaints))
    .where(_open)
    .order_by(complaint_events.c.id)
)
ADD_FILE = insert(complaint_files).values(
    {
        name: bindparam(name)
        for name in ("complaint", "event", "kind", "file_id", "name", "size", "added_at")
    }
)
FILES = (
    select(complaint_files)
    .where(complaint_files.c.complaint == bindparam("number"))
    .order_by(complaint_files.c.id)
)
DROP_FILE = delete(complaint_files).where(
    complaint_files.c.id == bindparam("file"),
    complaint_files.c.complaint == bindparam("number"),
    complaint_files.c.event.is_(None),
)
ERASE = (
    delete(complaint_files).where(complaint_files.c.complaint == bindparam("number")),
    delete(complaint_events).where(complaint_events.c.complaint == bindparam("number")),
    delete(complaints).where(_one),
)
ENDED_BEFORE = select(complaints.c.id).where(
    complaints.c.state.in_(bindparam("ended", expanding=True)),
    complaints.c.changed_at < bindparam("before"),
)
MOVE_FILES = (
    update(complaint_files)
    .where(complaint_files.c.complaint == bindparam("source"))
    .values(complaint=bindparam("target"), event=bindparam("new_event"))
)
FILES_SINCE = (
    select(func.count())
    .select_from(complaint_files.join(complaints))
    .where(
        complaints.c.person_id == bindparam("person"),
        complaint_files.c.added_at >= bindparam("since"),
    )
)


@dataclass(frozen=True, slots=True)
class What:
    """What happens to a complaint: by whom, for which office, with which words."""

    kind: EventKind
    by: By
    person_id: int | None = None
    office: str | None = None
    words: str | None = None
    data: Mapping[str, Any] | None = None


async def begin(
    tx: Transaction,
    *,
    person_id: int,
    language: str,
    now: datetime,
    service: str | None = None,
    office: str | None = None,
    said: Said | None = None,
) -> Complaint:
    """Begin a draft, in place of the one that the person may have had."""
    old = await draft_of(tx, person_id)
    if old is not None:
        await discard(tx, old)
    row = await tx.one(
        DRAFT,
        {
            **dict.fromkeys(_CHANGED),
            "person_id": person_id,
            "language": language,
            "service": service,
            "office": office,
            "step": 1,
            "state": "draft",
            "said": tx.sealer.seal_json((said or Said()).as_json()),
            "extended_days": 0,
            "created_at": now,
            "changed_at": now,
        },
    )
    return _complaint(tx, row)


async def draft_of(tx: Transaction, person_id: int) -> Complaint | None:
    """The draft of a person, if there is one."""
    row = await tx.first(DRAFT_OF, {"person": person_id})
    return _complaint(tx, row) if row else None


async def discard(tx: Transaction, draft: Complaint) -> None:
    """Erase a draft with its files; one that was sent meanwhile stays."""
    await tx.execute(DISCARD, {"number": draft.id})


async def find(tx: Transaction, number: int) -> Complaint | None:
    """Read one; whether the reader may see it is for the caller to ask."""
    row = await tx.first(FIND, {"number": number})
    return _complaint(tx, row) if row else None


async def of(tx: Transaction, person_id: int, most: int = 50) -> Sequence[Complaint]:
    """List what a person has sent, the newest first."""
    rows = await tx.all(OF, {"person": person_id, "most": most})
    return [_complaint(tx, row) for row in rows]


async def open_ones(tx: Transaction, offices: Sequence[str] | None = None) -> Sequence[Complaint]:
    """List the open complaints, of these offices or all, the oldest first."""
    if offices is None:
        rows = await tx.all(OPEN_ONES)
    else:
        rows = await tx.all(OPEN_OF, {"offices": list(offices)})
    return [_complaint(tx, row) for row in rows]


async def every(tx: Transaction) -> Sequence[Complaint]:
    """List all that was ever sent, the newest first."""
    return [_complaint(tx, row) for row in await tx.all(EVERY)]


async def sent_since(tx: Transaction, person_id: int, since: datetime) -> int:
    """Count what a person has sent since a moment."""
    number: int = await tx.scalar(SENT_SINCE, {"person": person_id, "since": since})
    return number


async def keep_draft(tx: Transaction, draft: Complaint, now: datetime) -> Complaint:
    """Write a draft as it is now."""
    return await _keep(tx, replace(draft, changed_at=now)) or draft


async def happen(
    tx: Transaction, complaint: Complaint, what: What, now: datetime, **changes: Any
) -> tuple[Complaint, Event] | None:
    """Let something happen to a complaint; None if somebody else changed it meanwhile.

    Raises NotPossibleError where it cannot happen in the complaint's state.
    """
    state = after(complaint.state, what.kind)
    changed = await _keep(tx, replace(complaint, **{"changed_at": now, **changes, "state": state}))
    if changed is None:
        return None
    return changed, await _note(tx, complaint.id, what, now)


async def events(tx: Transaction, number: int) -> Sequence[Event]:
    """All that happened to a complaint, in its order."""
    return [_event(tx, row) for row in await tx.all(EVENTS, {"number": number})]


async def open_stories(tx: Transaction) -> Mapping[int, Sequence[Event]]:
    """What happened to every open complaint, by its number; without the words, which are long."""
    stories: dict[int, list[Event]] = {}
    for row in await tx.all(OPEN_EVENTS):
        event = Event(**{**row._asdict(), "words": None})
        stories.setdefault(event.complaint, []).append(event)
    return stories


async def add_file(
    tx: Transaction,
    number: int,
    *,
    kind: str,
    file_id: str,
    now: datetime,
    name: str = "",
    size: int = 0,
    event: int | None = None,
) -> None:
    """Keep how to ask Telegram for a file."""
    values = {
        "complaint": number,
        "event": event,
        "kind": kind,
        "file_id": tx.sealer.seal(file_id),
        "name": tx.sealer.seal(name) if name else None,
        "size": size,
        "added_at": now,
    }
    await tx.execute(ADD_FILE, values)


async def drop_file(tx: Transaction, number: int, file: int) -> bool:
    """Take a file of a draft away; tell whether it was there."""
    return bool(await tx.execute(DROP_FILE, {"number": number, "file": file}))


async def files(tx: Transaction, number: int) -> Sequence[Attachment]:
    """The files of a complaint, in their order."""
    return [_file(tx, row) for row in await tx.all(FILES, {"number": number})]


async def files_since(tx: Transaction, person_id: int, since: datetime) -> int:
    """Count the files that came to the complaints of a person since a moment."""
    number: int = await tx.scalar(FILES_SINCE, {"person": person_id, "since": since})
    return number


async def move_files(tx: Transaction, source: int, target: int, event: int) -> None:
    """Give the files of a draft to what was added to another complaint."""
    await tx.execute(MOVE_FILES, {"source": source, "target": target, "new_event": event})


async def copy_files(tx: Transaction, source: int, target: int, now: datetime) -> None:
    """Let another complaint have the same files."""
    for each in await files(tx, source):
        await add_file(
            tx,
            target,
            kind=each.kind,
            file_id=each.file_id,
            name=each.name,
            size=each.size,
            now=now,
        )


async def erase(tx: Transaction, number: int) -> None:
    """Erase a complaint wholly: its words, its story and its files."""
    for statement in ERASE:
        await tx.execute(statement, {"number": number})


async def registered_of(tx: Transaction, person_id: int) -> Sequence[Complaint]:
    """The complaints of a person that an office registered: these are official."""
    return [each for each in await of(tx, person_id, most=10_000) if each.registered_on]


async def ended_before(tx: Transaction, before: datetime) -> Sequence[int]:
    """The complaints that ended before a moment, by number; drafts that old are over, too."""
    return await tx.scalars(ENDED_BEFORE, {"before": before, "ended": sorted(ENDED)})


async def _keep(tx: Transaction, complaint: Complaint) -> Complaint | None:
    values = {f"new_{name}": getattr(complaint, name) for name in _CHANGED}
    values |= {
        "number": complaint.id,
        "read_version": complaint.version,
        "new_said": tx.sealer.seal_json(complaint.said.as_json()),
        "new_registered_on": complaint.registered_on and complaint.registered_on.isoformat(),
        "new_incoming_number": complaint.incoming_number
        and tx.sealer.seal(complaint.incoming_number),
    }
    if not await tx.execute(KEEP, values):
        return None
    return replace(complaint, version=complaint.version + 1)


async def _note(tx: Transaction, number: int, what: What, now: datetime) -> Event:
    data = dict(what.data or {})
    values = {
        "complaint": number,
        "kind": what.kind,
        "at": now,
        "by": what.by,
        "person_id": what.person_id,
        "office": what.office,
        "words": tx.sealer.seal(what.words) if what.words else None,
        "data": data,
    }
    event: int = await tx.scalar(ADD_EVENT, values)
    return Event(
        event,
        number,
        what.kind,
        now,
        what.by,
        what.person_id,
        what.office,
        what.words or None,
        data,
    )


def _complaint(tx: Transaction, row: Row[Any]) -> Complaint:
    values = row._asdict()
    values["said"] = Said.from_json(tx.sealer.open_json(row.said))
    if row.registered_on is not None:
        values["registered_on"] = date.fromisoformat(row.registered_on)
    if row.incoming_number is not None:
        values["incoming_number"] = tx.sealer.open(row.incoming_number)
    return Complaint(**values)


def _event(tx: Transaction, row: Row[Any]) -> Event:
    values = row._asdict()
    values["words"] = None if row.words is None else tx.sealer.open(row.words)
    return Event(**values)


def _file(tx: Transaction, row: Row[Any]) -> Attachment:
    return Attachment(
        id=row.id,
        complaint=row.complaint,
        event=row.event,
        kind=row.kind,
        file_id=tx.sealer.open(row.file_id),
        name="" if row.name is None else tx.sealer.open(row.name),
        size=row.size,
    )
