"""Moderating: an admin looks at complaints with insults first, where one has switched that on."""

from core.complaints.model import can
from core.store import complaints
from core.store.complaints import What
from dialogs.complaints.holding import is_on, switch
from dialogs.doors import OpenComplaint, OpenHolding, OpenQueue
from dialogs.homeward import home
from dialogs.markup import bold, paragraphs
from dialogs.officials.actions import LetOn, SwitchHolding
from dialogs.officials.handling import on_desk, told
from dialogs.officials.telling import new_complaint, tell_owners, tell_parent
from dialogs.rights import guarded_command, guarded_step, guarded_view
from dialogs.screen import Button, Screen
from dialogs.speech import Speech
from dialogs.turn import Dialog, GoneError, Reply, Visit


def show_holding(say: Speech, on: bool) -> Screen:
    """Whether it is on, and what that means."""
    state = say.label("Now it is on.") if on else say.label("Now it is off.")
    text = paragraphs(
        bold(say.label("Insults in complaints")),
        say(
            "If this is on, a complaint that holds insults comes to the admins first: no official "
            "is told of it before an admin lets it through. Nothing is refused because of its "
            "words, and the parent is told who has it."
        ),
        state,
        say("<b>Switch it off?</b>") if on else say("<b>Switch it on?</b>"),
    )
    label = say.label("Switch it off") if on else say.label("Switch it on")
    return Screen(
        text,
        (
            (Button(label, SwitchHolding(not on)),),
            (
                Button(say.label("The queue"), OpenQueue()),
                home(say),
            ),
        ),
    )


async def _holding(visit: Visit, _: OpenHolding) -> bool:
    return await is_on(visit.tx)


async def _switch(visit: Visit, pressed: SwitchHolding) -> Reply:
    await switch(visit.tx, on=pressed.on)
    return Reply(OpenHolding())


async def _let_on(visit: Visit, pressed: LetOn) -> Reply:
    desk = await on_desk(visit, pressed.complaint)
    complaint = desk.facts.complaint
    if not desk.facts.held or not can(complaint.state, "let_on"):
        return Reply(OpenComplaint(complaint.id), back_to=visit.where)
    what = What("let_on", "admin", visit.person.id, complaint.addressee)
    done = await complaints.happen(visit.tx, complaint, what, visit.now)
    if done is None:
        raise GoneError(pressed.complaint)
    files = await complaints.files(visit.tx, complaint.id)
    facts = await tell_owners(visit, *done, new_complaint, files)
    office = facts.owners.office
    if office is not None:
        passed = told(done[0], lambda say: say("It goes to: {office}", office=say.of(office.name)))
        await tell_parent(visit, *done, passed)
    toast = visit.say.label("Let through.")
    return Reply(OpenComplaint(complaint.id), toast=toast, back_to=visit.where)


async def _command(visit: Visit, _: str) -> Reply:
    return Reply(OpenHolding(), back_to=visit.where)


DIALOG = Dialog(
    views=(guarded_view(OpenHolding, _holding, show_holding, "admin"),),
    steps=(
        guarded_step(SwitchHolding, _switch, "admin"),
        guarded_step(LetOn, _let_on, "admin"),
    ),
    commands={"insults": guarded_command(_command, "admin")},
)
