"""Taking a role back, at once: what the person had in hand goes back to the others."""

from core.granting import Hand, revoke
from core.store.roles import LastAdminError, Role
from dialogs.complaints.tending import check_owners
from dialogs.desk import Desk
from dialogs.doors import OpenMenu
from dialogs.markup import bold, lines, paragraphs
from dialogs.people.actions import AskRevoke, OpenRole, RevokeRole
from dialogs.people.listing import OneRole, one_role, role_known, to_people
from dialogs.people.telling import tell_revoked
from dialogs.people.words import mention, role_named, scope_lines
from dialogs.rights import guarded_step, guarded_view
from dialogs.screen import Button, Screen
from dialogs.speech import Speech
from dialogs.turn import Dialog, Reply, Visit


def show_asking(say: Speech, one: OneRole) -> Screen:
    """Whether it is really to be taken back."""
    role = one.role
    text = paragraphs(
        lines(
            bold(role_named(say, role.role)),
            mention(role.name or "", role.person_id),
            *filter(None, [scope_lines(say, one.knowledge, role.scope)]),
        ),
        say("It ends at once. Open complaints that they have taken go back to the others."),
        say("<b>Take the role back?</b>"),
    )
    yes = Button(say.label("Yes, take the role back"), RevokeRole(role.id))
    return Screen(text, ((yes,), (Button(say.label("← Back"), OpenRole(role.id)),), to_people(say)))


async def take_back(desk: Desk, hand: Hand, role: Role) -> bool:
    """Take a role back, and tell the person and whoever has their complaints now.

    Tells whether it was held.
    Raises LastAdminError for the last admin.
    """
    if not await revoke(desk.tx, hand, role):
        return False
    await tell_revoked(desk, role, hand)
    await check_owners(desk)
    return True


async def _revoke(visit: Visit, pressed: RevokeRole) -> Reply:
    role = await role_known(visit, pressed.role)
    try:
        await take_back(visit, Hand(visit.person.id, "chat", visit.now), role)
    except LastAdminError:
        toast = visit.say.label("This is the last admin. Make somebody else an admin first.")
        return Reply(OpenRole(role.id), toast=toast, alert=True)
    if role.person_id == visit.person.id and role.role == "admin":
        return Reply(OpenMenu(), toast=visit.say.label("You are no longer an admin."))
    return Reply(OpenRole(role.id), toast=visit.say.label("The role is taken back."))


DIALOG = Dialog(
    views=(guarded_view(AskRevoke, one_role, show_asking, "admin"),),
    steps=(guarded_step(RevokeRole, _revoke, "admin"),),
)
