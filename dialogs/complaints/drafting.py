"""Drafting a complaint: what it is about, which office and service, where, and consent.

One small question after another; `onwards_from` knows which one is still open.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from core.complaints.model import MOST_A_DAY, Complaint, Said
from core.services.model import Service, Subject
from core.store import complaints
from dialogs.action import Action
from dialogs.complaints.actions import (
    AskAbout,
    AskConsent,
    AskPlace,
    AskService,
    AskSubject,
    AskWhichDraft,
    AskWords,
    BeginAnew,
    Consent,
    DropDraft,
    NoOffice,
    OpenDraft,
    SetService,
    SetSubject,
)
from dialogs.complaints.owning import whole
from dialogs.complaints.words import Facts, danger, matter, subjects
from dialogs.doors import FindOffice, GoOn, OpenComplaints, OpenMenu, StartComplaint
from dialogs.homeward import home
from dialogs.markup import paragraphs
from dialogs.offices.asking import LOOKING
from dialogs.offices.looking import remember
from dialogs.screen import Button, Screen, clipped
from dialogs.short_ids import name_of, short
from dialogs.speech import Speech
from dialogs.turn import Dialog, GoneError, Reply, Step, View, Visit, aside

DAY = timedelta(days=1)
BEGINNING = "complaint to begin"
"""What a new complaint is to begin with, while it is asked what becomes of the draft."""

CHOOSING = "complaint office"
"""The draft whose office is just being looked for, by the same search as any other."""


@dataclass(frozen=True, slots=True)
class Serving:
    """The services that a complaint about an office can be about."""

    facts: Facts
    services: Sequence[Service]


@dataclass(frozen=True, slots=True)
class Consenting:
    """What is kept of a complaint, and for how long after its end."""

    facts: Facts
    years: int


@dataclass(frozen=True, slots=True)
class TwoDrafts:
    """The draft that is there, where it goes on, and what a new one would begin with."""

    facts: Facts
    goes_on: Action
    anew: Action


def show_subjects(say: Speech, facts: Facts) -> Screen:
    """What happened, in a word."""
    number = facts.complaint.id
    rows = tuple(
        (Button(words, SetSubject(number, subject)),) for subject, words in subjects(say).items()
    )
    about = matter(say, facts) if facts.about or facts.service else None
    text = paragraphs(danger(say, facts.helplines), about, say("<b>What happened?</b>"))
    return Screen(text, (*rows, leaving(say, facts)))


def show_about(say: Speech, facts: Facts) -> Screen:
    """Which office it is about: found by the same search as any other."""
    number = facts.complaint.id
    text = paragraphs(
        danger(say, facts.helplines),
        say(
            "<b>Which office is it about?</b>\nFind it, open its card, and press “Complain about "
            "it” there: I remember what you have said so far."
        ),
    )
    service = facts.service.id if facts.service else None
    return Screen(
        text,
        (
            (Button(say.label("Find the office"), FindOffice(service)),),
            (Button(say.label("I do not know which one"), NoOffice(number)),),
            leaving(say, facts),
        ),
    )


def show_services(say: Speech, serving: Serving) -> Screen:
    """Which service it is about."""
    number = serving.facts.complaint.id
    rows = tuple(
        (Button(clipped(say.of(each.short)), SetService(number, short(each.id))),)
        for each in serving.services
    )
    none = (Button(say.label("None of these"), SetService(number, None)),)
    text = paragraphs(matter(say, serving.facts), say("<b>Which service is it about?</b>"))
    return Screen(text, (*rows, none, leaving(say, serving.facts)))


def show_consent(say: Speech, consenting: Consenting) -> Screen:
    """What is kept of a complaint, where, and who sees it."""
    facts = consenting.facts
    number = facts.complaint.id
    term = say.plural("{number} year", "{number} years", consenting.years)
    text = paragraphs(
        danger(say, facts.helplines),
        matter(say, facts),
        say(
            "I will ask what happened, and your name and phone only if you want an answer by post "
            "or call. I keep it locked; your photos and papers stay at Telegram. It is seen by the "
            "officials of the office that gets it and of those above it, and by the admins of this "
            "bot. It is kept for {term} after the end: see /privacy.",
            term=term,
        ),
        say("<b>Do you agree?</b>"),
    )
    return Screen(
        text,
        (
            (Button(say.label("I agree, go on"), Consent(number)),),
            (Button(say.label("No, throw it away"), DropDraft(number, sure=True)),),
            (home(say),),
        ),
    )


def show_two_drafts(say: Speech, two: TwoDrafts) -> Screen:
    """That something else was begun and not sent."""
    text = paragraphs(
        danger(say, two.facts.helplines),
        say("You have begun a complaint that is not sent yet:"),
        matter(say, two.facts),
        say("<b>Go on with it, or throw it away and begin a new one?</b>"),
    )
    return Screen(
        text,
        (
            (Button(say.label("Go on with it"), two.goes_on),),
            (Button(say.label("Begin a new one"), two.anew),),
            (home(say),),
        ),
    )


def show_dropping(say: Speech, facts: Facts) -> Screen:
    """Whether they are sure to throw away what they wrote."""
    number = facts.complaint.id
    text = paragraphs(
        matter(say, facts),
        say("What you wrote and the files are then gone for good."),
        say("<b>Throw the draft away?</b>"),
    )
    return Screen(
        text,
        (
            (Button(say.label("Yes, throw it away"), DropDraft(number, sure=True)),),
            leaving(say, facts),
        ),
    )


def leaving(say: Speech, facts: Facts) -> tuple[Button, ...]:
    """The draft stays where it is, whatever is pressed."""
    if facts.complaint.said.text or facts.complaint.said.consent:
        back = Button(say.label("Look it over"), OpenDraft(facts.complaint.id))
    else:
        back = Button(say.label("← Back"), GoOn())
    return (back, home(say))


def next_of(visit: Visit, draft: Complaint) -> Action:
    """The question that is still open, or the whole to look over."""
    number, said = draft.id, draft.said
    unknown = draft.office is None
    serves = draft.service is None and not said.no_service and bool(services_of(visit, draft))
    questions: tuple[tuple[bool, Action], ...] = (
        (draft.subject is None, AskSubject(number)),
        (unknown and not said.unknown_office, AskAbout(number)),
        (unknown and draft.place is None and not said.unknown_place, AskPlace(number)),
        (serves, AskService(number)),
        (not said.consent, AskConsent(number)),
        (not said.text, AskWords(number)),
    )
    return next((action for is_open, action in questions if is_open), OpenDraft(number))


async def own_draft(visit: Visit, number: int) -> Complaint:
    """The draft of this number, if it is this person's and still one."""
    draft = await complaints.draft_of(visit.tx, visit.person.id)
    if draft is None or draft.id != number:
        raise GoneError(number)
    return draft


async def keep(visit: Visit, draft: Complaint) -> Complaint:
    """Write the draft, in the language that its author reads now."""
    language = visit.say.language
    return await complaints.keep_draft(visit.tx, replace(draft, language=language), visit.now)


async def onwards_from(visit: Visit, draft: Complaint) -> Reply:
    """Write the draft and go to the question that is still open."""
    kept = await keep(visit, draft)
    return Reply(next_of(visit, kept), back_to=visit.where)


async def start(
    visit: Visit,
    service: str | None,
    office: str | None,
    *,
    subject: Subject | None = None,
    said: Said | None = None,
) -> Reply:
    """Begin a draft about this, or fill it into the one that waits for just that."""
    knowledge = visit.knowledge
    service = service if service in knowledge.library.services else None
    found = knowledge.directory.office(office) if office else None
    about = found.id if found else None
    draft = await complaints.draft_of(visit.tx, visit.person.id)
    if draft is not None:
        chosen = visit.person.memory.get(CHOOSING) == draft.id or draft.office is None
        if said is None and chosen and about is not None:
            remember(visit, **{CHOOSING: None})
            known = replace(draft.said, unknown_office=False, unknown_place=False)
            filled = replace(draft, office=about, service=draft.service or service, said=known)
            return await onwards_from(visit, filled)
        same = (draft.office, draft.service) == (about, service) or about is service is None
        if said is None and same:
            return Reply(next_of(visit, draft), back_to=visit.where)
        if draft.said.text or await complaints.files(visit.tx, draft.id):
            beginning = {"subject": subject, "said": (said or Said()).as_json()}
            remember(visit, **{BEGINNING: beginning})
            return Reply(AskWhichDraft(service, about), back_to=visit.where)
    return await begin(visit, service, about, subject=subject, said=said)


async def begin(
    visit: Visit,
    service: str | None,
    office: str | None,
    *,
    subject: Subject | None = None,
    said: Said | None = None,
) -> Reply:
    """A new draft in place of any other, unless too much was sent today already."""
    refused = await too_many(visit)
    if refused is not None:
        return refused
    draft = await complaints.begin(
        visit.tx,
        person_id=visit.person.id,
        language=visit.say.language,
        now=visit.now,
        service=service,
        office=office,
        said=said,
    )
    return await onwards_from(visit, replace(draft, subject=subject))


async def too_many(visit: Visit) -> Reply | None:
    """What is said to whoever has sent too much within a day."""
    if await complaints.sent_since(visit.tx, visit.person.id, visit.now - DAY) < MOST_A_DAY:
        return None
    toast = visit.say.label(
        "You have sent {most} complaints within a day. The next one can be written tomorrow.",
        most=MOST_A_DAY,
    )
    return Reply(OpenComplaints(), toast=toast, alert=True)


def services_of(visit: Visit, draft: Complaint) -> list[Service]:
    """The services that the office of a draft has to do with."""
    office = visit.knowledge.directory.office(draft.office) if draft.office else None
    named = dict.fromkeys(each.service for each in office.serves) if office else {}
    library = visit.knowledge.library.services
    return [library[each] for each in named if each in library]


async def facts_of_draft(visit: Visit, number: int) -> Facts:
    """What the screens of a draft know."""
    return await whole(visit, visit.say, await own_draft(visit, number))


async def _start(visit: Visit, pressed: StartComplaint) -> Reply:
    return await start(visit, pressed.service, pressed.office)


async def _anew(visit: Visit, pressed: BeginAnew) -> Reply:
    beginning = visit.person.memory.get(BEGINNING, {})
    return await begin(
        visit,
        pressed.service,
        pressed.office,
        subject=beginning.get("subject"),
        said=Said.from_json(beginning["said"]) if "said" in beginning else None,
    )


async def _subject(visit: Visit, said: SetSubject) -> Reply:
    draft = await own_draft(visit, said.complaint)
    known = {str(each): each for each in subjects(visit.say)}
    if said.subject not in known:
        raise GoneError(said.subject)
    return await onwards_from(visit, replace(draft, subject=known[said.subject]))


async def _ask_about(visit: Visit, asked: AskAbout) -> Reply:
    await own_draft(visit, asked.complaint)
    remember(visit, **{CHOOSING: asked.complaint})
    return Reply(asked, back_to=visit.where)


async def _no_office(visit: Visit, said: NoOffice) -> Reply:
    draft = await own_draft(visit, said.complaint)
    unknown = replace(draft.said, unknown_office=True, unknown_place=False)
    return await onwards_from(visit, replace(draft, office=None, place=None, said=unknown))


async def _service(visit: Visit, said: SetService) -> Reply:
    draft = await own_draft(visit, said.complaint)
    service = None
    if said.service is not None:
        service = name_of(said.service, visit.knowledge.library.services)
        if service is None:
            raise GoneError(said.service)
    none = replace(draft.said, no_service=service is None)
    return await onwards_from(visit, replace(draft, service=service, said=none))


async def _consent(visit: Visit, agreed: Consent) -> Reply:
    draft = await own_draft(visit, agreed.complaint)
    return await onwards_from(visit, replace(draft, said=replace(draft.said, consent=True)))


async def _drop(visit: Visit, dropped: DropDraft) -> Reply:
    draft = await own_draft(visit, dropped.complaint)
    if not dropped.sure:
        return Reply(dropped, back_to=visit.where)
    await complaints.discard(visit.tx, draft)
    return Reply(OpenMenu(), toast=visit.say.label("I have thrown it away."))


async def _asked(visit: Visit, asked: AskSubject | AskAbout | DropDraft) -> Facts:
    return await facts_of_draft(visit, asked.complaint)


async def _asked_service(visit: Visit, asked: AskService) -> Serving:
    facts = await facts_of_draft(visit, asked.complaint)
    return Serving(facts, services_of(visit, facts.complaint))


async def _asked_consent(visit: Visit, asked: AskConsent) -> Consenting:
    facts = await facts_of_draft(visit, asked.complaint)
    return Consenting(facts, visit.knowledge.keep.complaint_years)


async def _two(visit: Visit, asked: AskWhichDraft) -> TwoDrafts:
    draft = await complaints.draft_of(visit.tx, visit.person.id)
    if draft is None:
        raise GoneError(asked)
    facts = await whole(visit, visit.say, draft)
    return TwoDrafts(facts, next_of(visit, draft), BeginAnew(asked.service, asked.office))


async def _complain(visit: Visit, _: str) -> Reply:
    return await start(visit, None, None)


DIALOG = Dialog(
    views=(
        View(AskSubject, _asked, show_subjects),
        View(AskAbout, _asked, show_about),
        View(AskService, _asked_service, show_services),
        View(AskConsent, _asked_consent, show_consent),
        View(AskWhichDraft, _two, show_two_drafts),
        View(DropDraft, _asked, show_dropping),
    ),
    steps=(
        *(Step(each, aside) for each in (AskSubject, AskService, AskConsent)),
        Step(AskAbout, _ask_about),
        Step(StartComplaint, _start),
        Step(BeginAnew, _anew),
        Step(SetSubject, _subject),
        Step(NoOffice, _no_office),
        Step(SetService, _service),
        Step(Consent, _consent),
        Step(DropDraft, _drop),
    ),
    commands={"complain": _complain},
    passing={CHOOSING: (AskAbout, *LOOKING), BEGINNING: (AskWhichDraft,)},
)
