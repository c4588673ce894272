"""Contacting: how the answer shall reach a parent, and only then who they are."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from core.complaints.deadlines import Appeals
from core.complaints.model import Contact, Said
from core.phones import read_phone
from dialogs.action import Action
from dialogs.complaints.actions import AskContact, AskOwn, OpenDraft, SetContact
from dialogs.complaints.drafting import facts_of_draft, keep, leaving, own_draft
from dialogs.complaints.words import Facts
from dialogs.markup import paragraphs
from dialogs.screen import Button, Screen
from dialogs.speech import Speech
from dialogs.turn import (
    Dialog,
    Given,
    GoneError,
    Input,
    Introduced,
    Reply,
    Step,
    Typed,
    View,
    Visit,
    aside,
)

LONGEST = 200
EXAMPLE = "+7 701 000 00 00"
OWN = ("name", "phone", "address")


@dataclass(frozen=True, slots=True)
class Choosing:
    """How the answer shall come; what the law in force says of complaints without a name."""

    facts: Facts
    appeals: Appeals


@dataclass(frozen=True, slots=True)
class OneOwn:
    """One thing that is asked of the person themselves."""

    facts: Facts
    what: str
    misread: bool


def show_contact(say: Speech, choosing: Choosing) -> Screen:
    """How the answer shall reach them, with the warning before the choice."""
    number, appeals = choosing.facts.complaint.id, choosing.appeals
    ground = appeals.grounds[appeals.unnamed_ground]
    warning = say(
        "{warning} ({act}, article {article}). Here in the bot the official sees what you wrote "
        "all the same.",
        warning=say.of(appeals.unnamed).rstrip("."),
        act=say.of(ground.act),
        article=ground.article,
    )
    text = paragraphs(warning, say("<b>How shall the answer reach you?</b>"))
    return Screen(
        text,
        (
            (Button(say.label("Only here in Telegram"), SetContact(number, "telegram")),),
            (Button(say.label("By post or call, with my name"), SetContact(number, "named")),),
            (Button(say.label("Without my name"), SetContact(number, "unnamed")),),
            leaving(say, choosing.facts),
        ),
    )


def show_own(say: Speech, one: OneOwn) -> Screen:
    """Their name, phone and address, one by one; each may be left out but the name."""
    number = one.facts.complaint.id
    questions: dict[str, Markup] = {
        "name": say("<b>What is your name?</b> Surname and first name."),
        "phone": say("<b>What is your phone number?</b> For example: {example}", example=EXAMPLE),
        "address": say("<b>What is your address?</b> For an answer by post."),
    }
    wrong = say("I could not read this. Please write it once more.") if one.misread else None
    skip = (
        ()
        if one.what == "name"
        else ((Button(say.label("Leave it out"), _after(number, one.what)),),)
    )
    return Screen(paragraphs(wrong, questions[one.what]), (*skip, leaving(say, one.facts)))


def _after(number: int, what: str) -> Action:
    place = OWN.index(what) + 1
    return AskOwn(number, OWN[place]) if place < len(OWN) else OpenDraft(number)


async def _contact(visit: Visit, said: SetContact) -> Reply:
    draft = await own_draft(visit, said.complaint)
    known: dict[str, Contact] = {
        "telegram": "telegram",
        "named": "named",
        "unnamed": "unnamed",
    }
    if said.contact not in known:
        raise GoneError(said.contact)
    spoken = replace(draft.said, contact=known[said.contact])
    if spoken.contact != "named":
        spoken = replace(spoken, name="", phone="", address="")
    kept = await keep(visit, replace(draft, said=spoken))
    if spoken.contact == "named":
        return Reply(AskOwn(kept.id, "name"), back_to=visit.where)
    return Reply(OpenDraft(kept.id), back_to=visit.where)


async def _typed(visit: Visit, asked: AskOwn, given: Given) -> Reply | None:
    draft = await own_draft(visit, asked.complaint)
    if asked.what not in OWN:
        raise GoneError(asked.what)
    match given:
        case Introduced(phone, own) if asked.what == "phone" and own:
            words = phone
        case Typed(text):
            words = " ".join(text.split())
        case _:
            return None
    read = read_phone(words) if asked.what == "phone" else words
    if not read or len(read) > LONGEST:
        return Reply(AskOwn(draft.id, asked.what, misread=True), back_to=visit.where)
    await keep(visit, replace(draft, said=_with(draft.said, asked.what, read)))
    return Reply(_after(draft.id, asked.what), back_to=visit.where)


def _with(said: Said, what: str, words: str) -> Said:
    match what:
        case "name":
            return replace(said, name=words)
        case "phone":
            return replace(said, phone=words)
        case _:
            return replace(said, address=words)


async def _asked(visit: Visit, asked: AskContact) -> Choosing:
    return Choosing(await facts_of_draft(visit, asked.complaint), visit.knowledge.appeals)


async def _asked_own(visit: Visit, asked: AskOwn) -> OneOwn:
    if asked.what not in OWN:
        raise GoneError(asked.what)
    return OneOwn(await facts_of_draft(visit, asked.complaint), asked.what, asked.misread)


DIALOG = Dialog(
    views=(View(AskContact, _asked, show_contact), View(AskOwn, _asked_own, show_own)),
    steps=(Step(AskContact, aside), Step(AskOwn, aside), Step(SetContact, _contact)),
    inputs=(Input(AskOwn, _typed),),
)
