"""Binding: a group that hears of complaints, and what is said in it and to those who bound it.

A group may hold strangers: nobody is told there what somebody's role is, or what a complaint says.
"""

from dataclasses import dataclass

from core.granting import HEARING
from core.outgoing import Lane, Parcel
from core.store import bindings, roles
from dialogs.desk import Desk, speech_of
from dialogs.group import show_invitation
from dialogs.markup import lines, paragraphs
from dialogs.screen import Screen
from dialogs.screen_json import screen_to_json
from dialogs.speech import Speech

CAUSE = "group"


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for something in which group, as far as Telegram says."""

    chat_id: int
    thread_id: int | None
    person_id: int | None
    """Nobody in particular, where an admin stays anonymous or a channel speaks."""
    leads: bool | None
    """Whether they are an admin of the group; None where Telegram did not say."""


async def bind(desk: Desk, asking: Asking) -> Screen | None:
    """Let the group hear of the complaints of whoever asks; None where nothing is to be said."""
    if asking.person_id is None:
        return show_anonymous(desk.languages[None])
    say = await speech_of(desk, asking.person_id)
    held = [each for each in await roles.of(desk.tx, asking.person_id) if each.role in HEARING]
    if not held:
        return show_invitation(say, desk.bot_name)
    if all(each.role != "admin" for each in held) and not asking.leads:
        if asking.leads is None:
            return Screen(say("Telegram does not answer just now. Please write it once more."))
        return Screen(say("Only an admin of this group can do that, or an admin of mine."))
    person, chat = asking.person_id, asking.chat_id
    await bindings.bind(desk.tx, chat, asking.thread_id, person, desk.now)
    return show_bound(say)


async def unbind(desk: Desk, asking: Asking) -> Screen | None:
    """Let the group hear of nothing any more."""
    if asking.person_id is None:
        return show_anonymous(desk.languages[None])
    say = await speech_of(desk, asking.person_id)
    held = {each.role for each in await roles.of(desk.tx, asking.person_id)} & HEARING
    bound = [each.person_id for each in await bindings.of_chat(desk.tx, asking.chat_id)]
    may = "admin" in held or (bool(held) and (asking.leads is True or asking.person_id in bound))
    if not may:
        return show_invitation(say, desk.bot_name)
    await bindings.end_of_chat(desk.tx, asking.chat_id, "unbound", desk.now)
    return Screen(say("This group hears of no complaints any more."))


async def lost(desk: Desk, chat_id: int, title: str = "") -> None:
    """The bot was put out of a group: whoever had bound it is told in private."""
    bound = await bindings.of_chat(desk.tx, chat_id)
    if not await bindings.end_of_chat(desk.tx, chat_id, "kicked", desk.now):
        return
    for each in bound:
        say = await speech_of(desk, each.person_id)
        parcel = Parcel(
            chat_id=each.person_id,
            body=screen_to_json(show_lost(say, title)),
            lane=Lane.PERSONAL,
            cause=CAUSE,
            once=f"{CAUSE}:{each.id}:lost",
        )
        await desk.post(parcel)


def show_bound(say: Speech) -> Screen:
    """What the group will hear from now on."""
    return Screen(
        paragraphs(
            say("This group now hears of the complaints that come to you."),
            say(
                "Here stand only the number, the service, the office, the subject and the day by "
                "which the answer is due. Words, files and names open in the private chat of "
                "whoever may see them."
            ),
            say("/unbind ends it."),
        )
    )


def show_anonymous(say: Speech) -> Screen:
    """That nobody can be recognised."""
    return Screen(
        say(
            "I cannot see who you are. Turn off “Remain anonymous” for yourself in the rights of "
            "this group's admins, and write it once more."
        )
    )


def show_lost(say: Speech, title: str) -> Screen:
    """That a group hears nothing any more."""
    named = say("I was put out of the group “{title}”.", title=title)
    head = named if title else say("I was put out of a group that you had bound.")
    return Screen(lines(head, say("Complaints come to you only here now.")))
