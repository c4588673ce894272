"""Owning: who has a complaint just now, asked of the roles that people hold."""

from collections.abc import Sequence
from dataclasses import replace

from core.complaints.model import Complaint, Event, is_held
from core.complaints.routing import Holder, Owners, Scope, owners
from core.store import complaints, roles
from dialogs.complaints.words import Facts, facts_of
from dialogs.desk import Desk
from dialogs.speech import Speech


async def owners_of(desk: Desk, complaint: Complaint, events: Sequence[Event]) -> Owners:
    """The officials of its office, or of one above, or the admins; whoever gave it back is out."""
    officials = [
        Holder(person, Scope.read(scope, desk.knowledge.directory))
        for person, scope in await roles.scopes(desk.tx, "official")
    ]
    admins = dict.fromkeys(person for person, _ in await roles.scopes(desk.tx, "admin"))
    return owners(
        desk.knowledge.directory,
        complaint,
        officials,
        admins,
        barred=barred(events),
        held=is_held(each.kind for each in events),
    )


def barred(events: Sequence[Event]) -> frozenset[int]:
    """Who gave it back or cannot be reached, since it came to the office that has it."""
    out: set[int] = set()
    for each in events:
        if each.kind in ("passed_on", "reopened", "sent"):
            out.clear()
        elif each.kind in ("released", "undelivered") and each.data.get("gone") is not None:
            out.add(int(each.data["gone"]))
        elif each.kind in ("taken", "registered", "answered") and each.person_id is not None:
            out.discard(each.person_id)
    return frozenset(out)


async def whole(desk: Desk, say: Speech, complaint: Complaint) -> Facts:
    """All that the screens of a complaint are drawn from."""
    events = await complaints.events(desk.tx, complaint.id)
    files = await complaints.files(desk.tx, complaint.id)
    known = await owners_of(desk, complaint, events)
    facts = facts_of(say, desk.knowledge, complaint, known, desk.now)
    return replace(facts, events=events, files=len(files), bot_name=desk.bot_name)
