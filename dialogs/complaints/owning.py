"""Owning: who has a complaint just now, asked of the roles that people hold."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.complaints.model import Complaint, Event, is_held
from core.complaints.routing import Holder, Holders, Owners, Scope, owners
from core.store import complaints, roles
from dialogs.complaints.words import Facts, facts_of
from dialogs.desk import Desk
from dialogs.speech import Speech


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody who may have complaints."""

    officials: Holders
    admins: Sequence[int]


@dataclass(frozen=True, slots=True)
class Owned:
    """A complaint with its story, without words, and with who has it."""

    complaint: Complaint
    story: Sequence[Event]
    owners: Owners


async def staff_of(desk: Desk) -> Staff:
    """All officials with their scopes, and all admins."""
    officials = Holders(
        Holder(person, Scope.read(scope, desk.knowledge.directory))
        for person, scope in await roles.scopes(desk.tx, "official")
    )
    admins = dict.fromkeys(person for person, _ in await roles.scopes(desk.tx, "admin"))
    return Staff(officials, tuple(admins))


async def owners_of(desk: Desk, complaint: Complaint, events: Sequence[Event]) -> Owners:
    """The officials of its office, or of one above, or the admins; whoever gave it back is out."""
    return _owners(desk, await staff_of(desk), complaint, events)


async def owners_of_open(desk: Desk, staff: Staff) -> Sequence[Owned]:
    """The same for all that is open, the oldest first, with as few questions as for one."""
    stories = await complaints.open_stories(desk.tx)
    owned = []
    for each in await complaints.open_ones(desk.tx):
        story = stories.get(each.id, ())
        owned.append(Owned(each, story, _owners(desk, staff, each, story)))
    return owned


def _owners(desk: Desk, staff: Staff, complaint: Complaint, events: Sequence[Event]) -> Owners:
    return owners(
        desk.knowledge.directory,
        complaint,
        staff.officials,
        staff.admins,
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
