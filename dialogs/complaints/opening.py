"""Opening a complaint: its author sees their side, an official of it theirs, nobody else any."""

from core.complaints import number
from core.store import complaints
from dialogs.complaints.following import add, own_facts, show_complaint
from dialogs.complaints.words import Facts
from dialogs.doors import OpenComplaint
from dialogs.officials.handling import OnDesk, answer, on_desk, show_on_desk
from dialogs.screen import Screen
from dialogs.speech import Speech
from dialogs.turn import Dialog, Given, GoneError, Reply, Step, View, Visit, aside


def show(say: Speech, opened: Facts | OnDesk) -> Screen:
    """Either side of a complaint."""
    if isinstance(opened, OnDesk):
        return show_on_desk(say, opened)
    return show_complaint(say, opened)


async def _load(visit: Visit, opened: OpenComplaint) -> Facts | OnDesk:
    found = await complaints.find(visit.tx, opened.number)
    if found is not None and found.person_id == visit.person.id:
        return await own_facts(visit, opened.number)
    return await on_desk(visit, opened.number)


async def _replied(visit: Visit, complaint: int, given: Given) -> Reply | None:
    """A reply to news of a complaint: its author adds to it, an official answers it."""
    found = await complaints.find(visit.tx, complaint)
    if found is None:
        raise GoneError(complaint)
    if found.person_id == visit.person.id:
        return await add(visit, complaint, given)
    return await answer(visit, complaint, given)


async def _linked(visit: Visit, argument: str) -> Reply:
    found = number.read(argument)
    if found is None:
        raise GoneError(argument)
    return Reply(OpenComplaint(found), back_to=visit.where)


DIALOG = Dialog(
    views=(View(OpenComplaint, _load, show),),
    steps=(Step(OpenComplaint, aside),),
    links={"c": _linked},
    replies={"complaint": _replied},
)
