"""What an operator sees of complaints on the command line: masked, unless asked otherwise.

Whoever asks for what is personal is written down before they see it.
"""

import asyncio
import getpass
from collections.abc import Sequence
from typing import Any

from bot.input_error import InputError
from bot.offstage import at_desk
from bot.settings import Settings
from core.complaints import number
from core.complaints.model import Attachment, Complaint, Event
from core.store import complaints, lookups
from dialogs.complaints.owning import whole
from dialogs.complaints.words import Facts
from dialogs.desk import OwnDesk


def list_complaints(settings: Settings, *, only_open: bool, personal: bool) -> list[dict[str, Any]]:
    """Every complaint that was sent, the newest first."""

    async def read(desk: OwnDesk) -> list[dict[str, Any]]:
        found = await complaints.every(desk.tx)
        if personal:
            await _write_down(desk, "complaints list")
        return [
            _in_short(await whole(desk, desk.languages[None], each), personal=personal)
            for each in found
            if each.is_open or not only_open
        ]

    return asyncio.run(at_desk(settings, read))


def show_complaint(settings: Settings, written: str, *, personal: bool) -> dict[str, Any]:
    """One complaint with its story."""
    wanted = number.read(written) if "-" in written else _plain(written)
    if wanted is None:
        raise InputError(f"{written!r} is no number of a complaint; see `complaints list`")

    async def read(desk: OwnDesk) -> dict[str, Any]:
        found = await complaints.find(desk.tx, wanted)
        if found is None or found.state == "draft":
            raise InputError(f"there is no complaint {written!r}; see `complaints list`")
        if personal:
            await _write_down(desk, f"complaints show {number.shown(found.id)}")
        facts = await whole(desk, desk.languages[None], found)
        files = await complaints.files(desk.tx, found.id)
        return {
            **_in_short(facts, personal=personal),
            "events": [_event(each, personal=personal) for each in facts.events],
            "files": [_file(each, personal=personal) for each in files],
        }

    return asyncio.run(at_desk(settings, read))


def _plain(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdigit() else None


async def _write_down(desk: OwnDesk, what: str) -> None:
    await lookups.add(desk.tx, "command", getpass.getuser(), what, desk.now)


def _in_short(facts: Facts, *, personal: bool) -> dict[str, Any]:
    complaint = facts.complaint
    return {
        "number": facts.number,
        "state": complaint.state,
        "subject": complaint.subject,
        "service": complaint.service,
        "place": complaint.place,
        "office": complaint.office,
        "addressee": complaint.addressee,
        "has": facts.owners.has,
        "step": complaint.step,
        "language": complaint.language,
        "sent_at": complaint.sent_at and complaint.sent_at.isoformat(),
        "changed_at": complaint.changed_at.isoformat(),
        "registered_on": complaint.registered_on and complaint.registered_on.isoformat(),
        "due": facts.due.day.isoformat() if facts.due else None,
        "late": facts.late,
        "taken": complaint.taken_by is not None,
        "follows": complaint.follows and number.shown(complaint.follows),
        "personal": _personal(complaint) if personal else None,
    }


def _personal(complaint: Complaint) -> dict[str, Any]:
    return {
        **complaint.said.as_json(),
        "person": complaint.person_id,
        "taken_by": complaint.taken_by,
        "incoming_number": complaint.incoming_number,
    }


def _event(event: Event, *, personal: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "kind": event.kind,
        "at": event.at.isoformat(),
        "by": event.by,
        "office": event.office,
    }
    if personal:
        shown |= {"person": event.person_id, "words": event.words, "data": dict(event.data)}
    return shown


def _file(file: Attachment, *, personal: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {"kind": file.kind, "size": file.size}
    return {**shown, "name": file.name} if personal else shown


def told(found: Sequence[dict[str, Any]]) -> list[str]:
    """A complaint in a line."""
    return [
        f"{each['number']} {each['state']}{' LATE' if each['late'] else ''}: {each['subject']}, "
        f"{each['service'] or '-'}, {each['addressee'] or each['office'] or '-'}"
        for each in found
    ]
