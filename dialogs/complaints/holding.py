"""Holding: where an admin switched that on, insults are looked at before an official is alarmed."""

from markupsafe import Markup

from core.complaints.abuse import SWITCH
from core.complaints.model import Complaint, Event, can, is_held
from core.store import complaints, meta
from core.store.complaints import What
from core.store.transaction import Transaction
from dialogs.desk import Desk
from dialogs.speech import Speech

ON, OFF = "on", "off"


async def is_on(tx: Transaction) -> bool:
    """Whether an admin looks at such complaints first; not unless one wanted that."""
    return await meta.get(tx, SWITCH) == ON


async def switch(tx: Transaction, *, on: bool) -> None:
    """Let an admin look first, or not."""
    await meta.put(tx, SWITCH, ON if on else OFF)


async def held_back(desk: Desk, complaint: Complaint, words: str) -> tuple[Complaint, Event] | None:
    """Hold a complaint whose newest words insult; None where it goes on as ever."""
    if not desk.knowledge.abuse.insults(words) or not await is_on(desk.tx):
        return None
    story = await complaints.events(desk.tx, complaint.id)
    if is_held(each.kind for each in story) or not can(complaint.state, "held"):
        return None
    return await complaints.happen(desk.tx, complaint, What("held", "bot"), desk.now)


def look_first(say: Speech) -> Markup:
    """What the admins are told of it."""
    return say(
        "It holds words that may insult. No official sees it before you let it through; you can "
        "also answer or close it yourself."
    )
