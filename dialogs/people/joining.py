"""Joining: a link is opened, an admin says whether that is who was meant.

Whoever opens a link is told nothing of the role, of the office or of anybody, before they have it.
"""

from markupsafe import Markup

from core.granting import Hand, confirm, open_link, refuse
from core.store.invites import Opening
from dialogs.complaints.tending import check_owners
from dialogs.doors import OpenAdmin
from dialogs.homeward import home
from dialogs.people.actions import ConfirmInvite, LinkOpened, OpenInvite, RefuseInvite
from dialogs.people.listing import invite_known
from dialogs.people.telling import tell_granted, tell_opened, tell_refused
from dialogs.rights import guarded_step
from dialogs.screen import Button, Screen
from dialogs.speech import Speech
from dialogs.turn import Dialog, Reply, Visit, page

LONGEST_TOKEN = 64


def show_opening(say: Speech, opened: LinkOpened) -> Screen:
    """What became of opening a link."""
    words = _words(say)
    text = words.get(opened.opening, words["unknown"])
    rows = [(home(say),)]
    if opened.opening == "confirmed":
        rows.insert(0, (Button(say.label("What I can do"), OpenAdmin()),))
    return Screen(text, tuple(rows))


def _words(say: Speech) -> dict[str, Markup]:
    waiting = say(
        "Thank you. An admin now sees your name as Telegram shows it, and your id, and says "
        "whether it is you who was invited. I will write to you then."
    )
    words: dict[Opening, Markup] = {
        "asked": waiting,
        "waiting": waiting,
        "confirmed": say("You have opened this link already, and an admin has confirmed you."),
        "refused": say("The admin did not confirm you. Ask for a new link."),
        "used": say("This link was opened before, and it works only once. Ask for a new one."),
        "expired": say("This link is too old: it worked for three days. Ask for a new one."),
        "withdrawn": say("This link was taken back. Ask for a new one."),
        "own": say(
            "You have made this link yourself. It is still good: send it to the person you mean."
        ),
        "unknown": say("I do not know this link. Perhaps it is not whole: ask for it once more."),
    }
    return {str(name): text for name, text in words.items()}


async def _linked(visit: Visit, token: str) -> Reply:
    if len(token) > LONGEST_TOKEN:
        return Reply(LinkOpened("unknown"), back_to=visit.where)
    opening, invite = await open_link(
        visit.tx, token, visit.person.id, visit.name or str(visit.person.id), visit.now
    )
    if opening == "asked" and invite is not None:
        await tell_opened(visit, invite)
    return Reply(LinkOpened(opening), back_to=visit.where)


async def _confirm(visit: Visit, pressed: ConfirmInvite) -> Reply:
    invite = await invite_known(visit, pressed.invite)
    hand = Hand(visit.person.id, "chat", visit.now)
    if not await confirm(visit.tx, hand, invite) or invite.opened_by is None:
        return _decided_before(visit, invite.id)
    await tell_granted(visit, invite.opened_by, invite.role, invite.scope)
    await check_owners(visit)
    return Reply(OpenInvite(invite.id), toast=visit.say.label("The role is given."))


async def _refuse(visit: Visit, pressed: RefuseInvite) -> Reply:
    invite = await invite_known(visit, pressed.invite)
    hand = Hand(visit.person.id, "chat", visit.now)
    if not await refuse(visit.tx, hand, invite) or invite.opened_by is None:
        return _decided_before(visit, invite.id)
    await tell_refused(visit, invite.opened_by)
    return Reply(OpenInvite(invite.id), toast=visit.say.label("They get nothing."))


def _decided_before(visit: Visit, invite: int) -> Reply:
    toast = visit.say.label("This was decided before: look how it stands.")
    return Reply(OpenInvite(invite), toast=toast)


DIALOG = Dialog(
    views=(page(LinkOpened, show_opening),),
    steps=(
        guarded_step(ConfirmInvite, _confirm, "admin"),
        guarded_step(RefuseInvite, _refuse, "admin"),
    ),
    links={"j": _linked},
)
