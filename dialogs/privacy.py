"""Privacy: what is kept of a person, why and for how long, and how to have it erased."""

from dataclasses import dataclass, replace
from typing import ClassVar

from core.complaints.model import Complaint, can
from core.forgetting import erase_complaint, forget_person
from core.keep import Keep
from core.store import complaints, wishes
from core.store.complaints import What
from dialogs.action import Action
from dialogs.doors import OpenComplaints, OpenNews, OpenPrivacy
from dialogs.homeward import home
from dialogs.markup import paragraphs
from dialogs.officials.telling import tell_owners
from dialogs.screen import Button, Screen
from dialogs.speech import Speech
from dialogs.turn import Dialog, Reply, Step, View, Visit, leads_to


@dataclass(frozen=True, slots=True)
class AskToForget(Action):
    """Ask whether everything shall be erased."""

    code: ClassVar[str] = "fg"


@dataclass(frozen=True, slots=True)
class Forget(Action):
    """Erase everything that need not be kept."""

    code: ClassVar[str] = "fy"


@dataclass(frozen=True, slots=True)
class Forgotten(Action):
    """What was erased, and what remains."""

    code: ClassVar[str] = "fz"


@dataclass(frozen=True, slots=True)
class Remaining:
    """What stays: complaints that an office registered are official."""

    official: int
    others: int
    keep: Keep


def show_privacy(say: Speech, keep: Keep) -> Screen:
    """Every stored thing with its reason and its term."""
    term = say.plural("{number} month", "{number} months", keep.enquiry_months)
    years = say.plural("{number} year", "{number} years", keep.complaint_years)
    return Screen(
        say(
            "<b>What I keep about you</b>\n\n"
            "• Your Telegram number (not your phone), so that I can answer you.\n"
            "• Your language, where we stopped, the place you looked for last, and when I am to "
            "remind you of which service.\n"
            "• Locked with a key, and deleted when you have not come back for {term}: your "
            "answers to the questions about a service, the names you gave to what you began, and "
            "the days on which you handed papers in.\n"
            "• What you type into an application, locked, until the paper is made, and no longer "
            "than a day; after that only if you ask me to.\n"
            "• Complaints, locked: what happened, the files, and your name and phone if you gave "
            "them. The officials who have the complaint and the admins see them. They are deleted "
            "{years} after the end.\n"
            "• What you say is wrong about an office, locked, for {term}. Those who keep the "
            "directory see the words, not your name.\n\n"
            "Nobody else sees any of it. How many people ask for what is counted without names.",
            term=term,
            years=years,
        ),
        (
            (Button(say.label("Erase it all"), AskToForget()),),
            (
                Button(say.label("News"), OpenNews()),
                home(say),
            ),
        ),
    )


def show_asking(say: Speech, remaining: Remaining) -> Screen:
    """What would go and what must stay."""
    text = paragraphs(
        say(
            "I will erase what you began, your answers, the papers you handed in, reminders, what "
            "you said is wrong about offices, and complaints that no office has registered; "
            "officials are told that you took them back."
        ),
        _staying(say, remaining),
        say("<b>Erase it?</b> It cannot be brought back."),
    )
    return Screen(
        text,
        (
            (Button(say.label("Yes, erase it"), Forget()),),
            (Button(say.label("No, keep it"), OpenPrivacy()),),
            (home(say),),
        ),
    )


def show_forgotten(say: Speech, remaining: Remaining) -> Screen:
    """That it is done, and what remains."""
    text = paragraphs(
        say(
            "<b>It is erased.</b> Your Telegram number and language stay, for without them I could "
            "not have told you."
        ),
        _staying(say, remaining),
    )
    rows = [(home(say),)]
    if remaining.official:
        rows.insert(0, (Button(say.label("My complaints"), OpenComplaints()),))
    return Screen(text, tuple(rows))


def _staying(say: Speech, remaining: Remaining) -> str | None:
    if not remaining.official:
        return None
    years = say.plural("{number} year", "{number} years", remaining.keep.complaint_years)
    return say.plural(
        "{number} complaint stays: an office has registered it, so it is an official one. It is "
        "erased {years} after its end.",
        "{number} complaints stay: an office has registered them, so they are official. They are "
        "erased {years} after their end.",
        remaining.official,
        years=years,
    )


async def _keep(visit: Visit, _: OpenPrivacy) -> Keep:
    return visit.knowledge.keep


async def _remaining(visit: Visit, _: AskToForget | Forgotten) -> Remaining:
    mine = await complaints.of(visit.tx, visit.person.id, most=10_000)
    official = sum(each.registered_on is not None for each in mine)
    return Remaining(official, len(mine) - official, visit.knowledge.keep)


async def _forget(visit: Visit, _: Forget) -> Reply:
    person = visit.person.id
    draft = await complaints.draft_of(visit.tx, person)
    if draft is not None:
        await complaints.discard(visit.tx, draft)
    for each in await complaints.of(visit.tx, person, most=10_000):
        if each.registered_on is None:
            await _take_back(visit, each)
    await forget_person(visit.tx, person)
    for wish in (wishes.NEWS, wishes.DIGEST):
        await wishes.refuse(visit.tx, person, wish)
    visit.enquiries.clear()
    visit.person = replace(visit.person, memory={})
    return Reply(Forgotten())


async def _take_back(visit: Visit, complaint: Complaint) -> None:
    """Whoever has it hears that it is gone; of its words nothing stays, in the queue either."""
    done = None
    if can(complaint.state, "withdrawn"):
        what = What("withdrawn", "parent", visit.person.id)
        done = await complaints.happen(visit.tx, complaint, what, visit.now)
    await erase_complaint(visit.tx, complaint.id)
    if done is not None:
        gone, event = done
        wordless = replace(gone, said=replace(gone.said, text="", name="", phone="", address=""))
        await tell_owners(
            visit,
            wordless,
            event,
            lambda say: say("The parent has taken the complaint back and had it erased."),
        )


DIALOG = Dialog(
    views=(
        View(OpenPrivacy, _keep, show_privacy),
        View(AskToForget, _remaining, show_asking),
        View(Forgotten, _remaining, show_forgotten),
    ),
    steps=(Step(Forget, _forget),),
    commands={"privacy": leads_to(OpenPrivacy()), "forget": leads_to(AskToForget())},
)
