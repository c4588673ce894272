"""Telling people of roles: the admins of who opened a link, and the person of what they got."""

from collections.abc import Mapping, Sequence

from core.granting import Hand
from core.outgoing import Lane, Parcel
from core.store import people, roles
from core.store.invites import Invite
from core.store.roles import Role
from dialogs.desk import Desk, speech_of
from dialogs.doors import OpenAdmin, OpenQueue
from dialogs.markup import lines, paragraphs
from dialogs.people.actions import ConfirmInvite, OpenInvite, RefuseInvite
from dialogs.people.listing import OneLink, link_text
from dialogs.people.words import names_of, role_named, scope_lines
from dialogs.screen import Button, Screen
from dialogs.screen_json import screen_to_json
from dialogs.speech import Speech

CAUSE = "role"


def show_opened(say: Speech, one: OneLink) -> Screen:
    """Word to an admin that somebody opened a link."""
    number = one.invite.id
    return Screen(
        link_text(say, one),
        (
            (Button(say.label("Yes, give the role"), ConfirmInvite(number)),),
            (Button(say.label("No, I do not know them"), RefuseInvite(number)),),
            (Button(say.label("Look later"), OpenInvite(number)),),
        ),
    )


async def tell_opened(desk: Desk, invite: Invite) -> None:
    """Tell every admin who opened a link; whoever is first decides."""
    names = names_of(await roles.ever(desk.tx))
    one = OneLink(invite, waits=False, names=names, knowledge=desk.knowledge)
    for admin in dict.fromkeys(person for person, _ in await roles.scopes(desk.tx, "admin")):
        say = await speech_of(desk, admin)
        await _post(desk, admin, show_opened(say, one), f"invite:{invite.id}:{admin}")


async def tell_granted(
    desk: Desk, person: int, role: str, scope: Mapping[str, Sequence[str]]
) -> None:
    """Tell a person which role they have now, if they have ever opened the bot."""
    if await people.find(desk.tx, person) is None:
        return
    say = await speech_of(desk, person)
    door = (
        Button(say.label("The queue"), OpenQueue())
        if role == "official"
        else Button(say.label("What I can do"), OpenAdmin())
    )
    text = paragraphs(
        lines(
            say("You have a new role here: <b>{role}</b>", role=role_named(say, role)),
            *filter(None, [scope_lines(say, desk.knowledge, scope)]),
        ),
        say("An admin can take it back at any time.") if role != "admin" else None,
    )
    await _post(desk, person, Screen(text, ((door,),)))


async def tell_refused(desk: Desk, person: int) -> None:
    """Tell whoever opened a link that no admin knows them, and no more."""
    say = await speech_of(desk, person)
    await _post(desk, person, Screen(say("The admin did not confirm you. Ask for a new link.")))


async def tell_revoked(desk: Desk, role: Role, hand: Hand) -> None:
    """Tell a person that a role was taken back, unless it was they who did it."""
    if hand.by == role.person_id or await people.find(desk.tx, role.person_id) is None:
        return
    say = await speech_of(desk, role.person_id)
    text = say("Your role here was taken back: {role}", role=role_named(say, role.role))
    await _post(desk, role.person_id, Screen(text))


async def _post(desk: Desk, person: int, screen: Screen, once: str | None = None) -> None:
    await desk.post(
        Parcel(
            chat_id=person,
            body=screen_to_json(screen),
            lane=Lane.PERSONAL,
            cause=CAUSE,
            once=once,
        )
    )
