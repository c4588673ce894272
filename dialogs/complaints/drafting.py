"""Drafting a complaint: one small question after another, until it can be looked over and sent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from markupsafe import Markup

from core.complaints.model import (
    MOST_A_DAY,
    MOST_FILES,
    MOST_FILES_A_DAY,
    Attachment,
    Complaint,
    Contact,
    Said,
)
from core.services.model import Service
from core.store import complaints
from dialogs.action import Action
from dialogs.complaints.actions import (
    AskAbout,
    AskConsent,
    AskContact,
    AskFiles,
    AskOwn,
    AskService,
    AskSubject,
    AskWhichDraft,
    AskWords,
    BeginAnew,
    ClearWords,
    Consent,
    DropDraft,
    DropFile,
    NoOffice,
    OpenDraft,
    SetContact,
    SetService,
    SetSubject,
)
from dialogs.complaints.owning import whole
from dialogs.complaints.words import Facts, danger, matter, subjects
from dialogs.doors import FindOffice, GoOn, OpenComplaints, OpenMenu, StartComplaint
from dialogs.markup import italic, paragraphs
from dialogs.offices.looking import clipped
from dialogs.screen import Button, Screen
from dialogs.short_ids import name_of, short
from dialogs.speech import Speech
from dialogs.turn import (
    Dialog,
    Given,
    GoneError,
    Input,
    Introduced,
    Kind,
    Reply,
    Sent,
    Step,
    Typed,
    View,
    Visit,
)

LONGEST_WORDS = 3000
LONGEST_OWN = 200
LARGEST_FILE = 20 * 1024 * 1024
FILE_KINDS = frozenset({Kind.PHOTO, Kind.DOCUMENT, Kind.VIDEO, Kind.VOICE, Kind.AUDIO})
DAY = timedelta(days=1)
EXAMPLE = "+7 701 000 00 00"
LONGEST_SHOWN = 600
REFUSED = "refused file"
"""Under this name a person's memory holds why the last file was not taken."""

OWN = ("name", "phone", "address")
PHONE_DIGITS = range(10, 16)


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a draft."""

    facts: Facts
    files: Sequence[Attachment]
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Serving:
    """The services that a complaint about an office can be about."""

    facts: Facts
    services: Sequence[Service]


@dataclass(frozen=True, slots=True)
class OneOwn:
    """One thing that is asked of the person themselves."""

    facts: Facts
    what: str
    misread: bool


@dataclass(frozen=True, slots=True)
class TwoDrafts:
    """The draft that is there, and what a new one would be about."""

    facts: Facts
    asked: AskWhichDraft


def show_subjects(say: Speech, facts: Facts) -> Screen:
    """What happened, in a word."""
    number = facts.complaint.id
    rows = tuple(
        (Button(words, SetSubject(number, subject)),) for subject, words in subjects(say).items()
    )
    about = matter(say, facts) if facts.about or facts.service else None
    text = paragraphs(danger(say, facts.helplines), about, say("<b>What happened?</b>"))
    return Screen(text, (*rows, _leaving(say, facts)))


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
            _leaving(say, facts),
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
    return Screen(text, (*rows, none, _leaving(say, serving.facts)))


def show_consent(say: Speech, facts: Facts) -> Screen:
    """What is kept of a complaint, where, and who sees it."""
    number = facts.complaint.id
    text = paragraphs(
        matter(say, facts),
        say(
            "I will ask what happened, and your name and phone only if you want an answer by post "
            "or call. All of it is kept locked. It is seen by the officials of the office that "
            "gets it and of those above it, and by the admins of this bot. It is kept for three "
            "years after the end; /privacy tells more, /forget erases what need not be kept."
        ),
        say("<b>Do you agree?</b>"),
    )
    return Screen(
        text,
        (
            (Button(say.label("I agree, go on"), Consent(number)),),
            (Button(say.label("No, throw it away"), DropDraft(number)),),
            (Button(say.label("Main menu"), OpenMenu()),),
        ),
    )


def show_words(say: Speech, facts: Facts) -> Screen:
    """What happened, in their own words; several messages join."""
    number, words = facts.complaint.id, facts.complaint.said.text
    rows: list[tuple[Button, ...]] = []
    if words:
        rows.append((Button(say.label("That is all, go on"), AskFiles(number)),))
        rows.append((Button(say.label("Write it anew"), ClearWords(number)),))
        shown = words if len(words) <= LONGEST_SHOWN else "…" + words[-LONGEST_SHOWN:]
        text = paragraphs(
            italic(shown),
            say("<b>Anything more?</b> Just write on, or go on to the next step."),
        )
    else:
        text = paragraphs(
            matter(say, facts),
            say(
                "<b>Tell in your own words what happened.</b>\nWhen it was, who it was, what you "
                "asked for and what you were told. One message or several."
            ),
        )
    return Screen(text, (*rows, _leaving(say, facts)))


def show_files(say: Speech, files: Files) -> Screen:
    """Photos and papers that show it."""
    number = files.facts.complaint.id
    count = len(files.files)
    rows: list[tuple[Button, ...]] = [
        (
            Button(
                say.label("Done") if count else say.label("No photos or papers"),
                AskContact(number),
            ),
        )
    ]
    if count:
        rows.append((Button(say.label("Take the last one away"), _dropping(files)),))
    text = paragraphs(
        Markup.escape(files.refused) if files.refused else None,
        say.plural("{number} file is here.", "{number} files are here.", count) if count else None,
        say(
            "<b>Do you have photos or papers that show it?</b>\nSend up to {most}: photos, "
            "documents, videos or voice messages. Then press the button.",
            most=MOST_FILES,
        ),
    )
    return Screen(text, (*rows, _leaving(say, files.facts)))


def _dropping(files: Files) -> Action:
    return DropFile(files.facts.complaint.id, files.files[-1].id)


def show_contact(say: Speech, facts: Facts) -> Screen:
    """How the answer shall reach them."""
    number = facts.complaint.id
    text = paragraphs(
        say("<b>How shall the answer reach you?</b>"),
        say(
            "A complaint without a name and an address may lawfully be left without "
            "consideration. Here in the bot the official sees what you wrote all the same."
        ),
    )
    return Screen(
        text,
        (
            (Button(say.label("Only here in Telegram"), SetContact(number, "telegram")),),
            (Button(say.label("By post or call, with my name"), SetContact(number, "named")),),
            (Button(say.label("Without my name"), SetContact(number, "unnamed")),),
            _leaving(say, facts),
        ),
    )


def show_own(say: Speech, one: OneOwn) -> Screen:
    """Their name, phone and address, one by one; each may be left out but the name."""
    number = one.facts.complaint.id
    questions = {
        "name": say("<b>What is your name?</b> Surname and first name."),
        "phone": say("<b>What is your phone number?</b> For example: {example}", example=EXAMPLE),
        "address": say("<b>What is your address?</b> For an answer by post."),
    }
    wrong = say("I could not read this. Please write it once more.") if one.misread else None
    following = _after(one.what)
    skip = (
        ()
        if one.what == "name"
        else ((Button(say.label("Leave it out"), _own_or_draft(number, following)),),)
    )
    return Screen(paragraphs(wrong, questions[one.what]), (*skip, _leaving(say, one.facts)))


def show_two_drafts(say: Speech, two: TwoDrafts) -> Screen:
    """That something else was begun and not sent."""
    asked = two.asked
    text = paragraphs(
        say("You have begun a complaint that is not sent yet:"),
        matter(say, two.facts),
        say("<b>Go on with it, or throw it away and begin a new one?</b>"),
    )
    return Screen(
        text,
        (
            (Button(say.label("Go on with it"), _next(two.facts.complaint)),),
            (Button(say.label("Begin a new one"), BeginAnew(asked.service, asked.office)),),
            (Button(say.label("Main menu"), OpenMenu()),),
        ),
    )


def _leaving(say: Speech, facts: Facts) -> tuple[Button, ...]:
    """The draft stays where it is, whatever is pressed."""
    if facts.complaint.said.text or facts.complaint.said.consent:
        back = Button(say.label("Look it over"), OpenDraft(facts.complaint.id))
    else:
        back = Button(say.label("← Back"), GoOn())
    return (back, Button(say.label("Main menu"), OpenMenu()))


def _next(draft: Complaint) -> Action:
    """The question that is still open, or the whole to look over."""
    number, said = draft.id, draft.said
    if draft.subject is None:
        return AskSubject(number)
    if draft.office is None and not said.unknown_office:
        return AskAbout(number)
    if not said.consent:
        return AskConsent(number)
    if not said.text:
        return AskWords(number)
    return OpenDraft(number)


def _after(what: str) -> str | None:
    place = OWN.index(what) + 1
    return OWN[place] if place < len(OWN) else None


def _own_or_draft(number: int, what: str | None) -> Action:
    return OpenDraft(number) if what is None else AskOwn(number, what)


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


async def start(
    visit: Visit, service: str | None, office: str | None, said: Said | None = None
) -> Reply:
    """Begin a draft about this, or fill it into the one that waits for just that."""
    knowledge = visit.knowledge
    service = service if service in knowledge.library.services else None
    found = knowledge.directory.office(office) if office else None
    about = found.id if found else None
    draft = await complaints.draft_of(visit.tx, visit.person.id)
    if draft is not None:
        if draft.office is None and about is not None:
            filled = replace(draft, office=about, service=draft.service or service)
            filled = replace(filled, said=replace(draft.said, unknown_office=False))
            return await onwards_from(visit, filled)
        if (draft.office, draft.service) == (about, service) or about is service is None:
            return Reply(_next(draft), back_to=visit.where)
        if draft.said.text or await complaints.files(visit.tx, draft.id):
            return Reply(AskWhichDraft(service, about), back_to=visit.where)
    return await begin(visit, service, about, said)


async def begin(
    visit: Visit, service: str | None, office: str | None, said: Said | None = None
) -> Reply:
    """A new draft, unless too much was sent today already."""
    if await complaints.sent_since(visit.tx, visit.person.id, visit.now - DAY) >= MOST_A_DAY:
        toast = visit.say.label(
            "You have sent {most} complaints within a day. The next one can be written tomorrow.",
            most=MOST_A_DAY,
        )
        return Reply(OpenComplaints(), toast=toast, alert=True)
    draft = await complaints.begin(
        visit.tx,
        person_id=visit.person.id,
        language=visit.say.language,
        now=visit.now,
        service=service,
        office=office,
        said=said,
    )
    return Reply(_next(draft), back_to=visit.where)


async def onwards_from(visit: Visit, draft: Complaint) -> Reply:
    """Write the draft, and ask what is still open."""
    kept = await keep(visit, draft)
    return Reply(_next(kept), back_to=visit.where)


async def _start(visit: Visit, pressed: StartComplaint) -> Reply:
    return await start(visit, pressed.service, pressed.office)


async def _anew(visit: Visit, pressed: BeginAnew) -> Reply:
    return await begin(visit, pressed.service, pressed.office)


async def _subject(visit: Visit, said: SetSubject) -> Reply:
    draft = await own_draft(visit, said.complaint)
    known = {str(each): each for each in subjects(visit.say)}
    if said.subject not in known:
        raise GoneError(said.subject)
    draft = replace(draft, subject=known[said.subject])
    if draft.service is None and draft.office is not None and not draft.said.consent:
        kept = await keep(visit, draft)
        if _services_of(visit, kept):
            return Reply(AskService(kept.id), back_to=visit.where)
    return await onwards_from(visit, draft)


def _services_of(visit: Visit, draft: Complaint) -> list[Service]:
    office = visit.knowledge.directory.office(draft.office) if draft.office else None
    named = dict.fromkeys(each.service for each in office.serves) if office else {}
    library = visit.knowledge.library.services
    return [library[each] for each in named if each in library]


async def _no_office(visit: Visit, said: NoOffice) -> Reply:
    draft = await own_draft(visit, said.complaint)
    unknown = replace(draft, office=None, said=replace(draft.said, unknown_office=True))
    return await onwards_from(visit, unknown)


async def _service(visit: Visit, said: SetService) -> Reply:
    draft = await own_draft(visit, said.complaint)
    service = None
    if said.service is not None:
        service = name_of(said.service, visit.knowledge.library.services)
        if service is None:
            raise GoneError(said.service)
    return await onwards_from(visit, replace(draft, service=service))


async def _consent(visit: Visit, agreed: Consent) -> Reply:
    draft = await own_draft(visit, agreed.complaint)
    return await onwards_from(visit, replace(draft, said=replace(draft.said, consent=True)))


async def _clear(visit: Visit, cleared: ClearWords) -> Reply:
    draft = await own_draft(visit, cleared.complaint)
    await keep(visit, replace(draft, said=replace(draft.said, text="")))
    return Reply(AskWords(draft.id), back_to=visit.where)


async def _drop_file(visit: Visit, dropped: DropFile) -> Reply:
    draft = await own_draft(visit, dropped.complaint)
    await complaints.drop_file(visit.tx, draft.id, dropped.file)
    return Reply(AskFiles(draft.id), back_to=visit.where)


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


async def _drop(visit: Visit, dropped: DropDraft) -> Reply:
    draft = await own_draft(visit, dropped.complaint)
    await complaints.discard(visit.tx, draft)
    return Reply(OpenMenu(), toast=visit.say.label("I have thrown it away."))


async def _typed_words(visit: Visit, asked: AskWords, given: Given) -> Reply | None:
    draft = await own_draft(visit, asked.complaint)
    if isinstance(given, Sent) and given.kind in FILE_KINDS:
        return await _file(visit, AskFiles(draft.id), given)
    if not isinstance(given, Typed):
        return None
    said = draft.said
    words = f"{said.text}\n{given.text.strip()}" if said.text else given.text.strip()
    await keep(visit, replace(draft, said=replace(said, text=words[:LONGEST_WORDS])))
    return Reply(AskWords(draft.id), back_to=visit.where)


async def _file(visit: Visit, asked: AskFiles, given: Given) -> Reply | None:
    draft = await own_draft(visit, asked.complaint)
    if isinstance(given, Typed):
        # Whoever remembers something more writes it, whatever was asked.
        return await _typed_words(visit, AskWords(draft.id), given)
    if not isinstance(given, Sent):
        return None
    refused = await refusal(visit, draft, given)
    if refused is None:
        await complaints.add_file(
            visit.tx,
            draft.id,
            kind=given.kind.value,
            file_id=given.file_id,
            name=given.file_name[:LONGEST_OWN],
            size=given.size,
            now=visit.now,
        )
        if given.caption and len(draft.said.text) + len(given.caption) < LONGEST_WORDS:
            words = f"{draft.said.text}\n{given.caption}".strip()
            await keep(visit, replace(draft, said=replace(draft.said, text=words)))
    remember(visit, refused or "")
    return Reply(AskFiles(draft.id), back_to=visit.where)


def remember(visit: Visit, refused: str) -> None:
    """Keep for the next screen why a file was not taken."""
    memory = {key: value for key, value in visit.person.memory.items() if key != REFUSED}
    if refused:
        memory[REFUSED] = refused
    visit.person = replace(visit.person, memory=memory)


async def refusal(visit: Visit, complaint: Complaint, given: Sent) -> str | None:
    """Why a file is not taken, if it is not."""
    say = visit.say
    if given.kind not in FILE_KINDS or not given.file_id:
        return say.label("I can pass on photos, documents, videos and voice messages only.")
    if given.size > LARGEST_FILE:
        return say.label("This file is larger than 20 MB. Send a smaller one.")
    files = await complaints.files(visit.tx, complaint.id)
    if complaint.state == "draft" and len(files) >= MOST_FILES:
        return say.label("Ten files are here already; more cannot be sent at once.")
    since = visit.now - DAY
    if await complaints.files_since(visit.tx, visit.person.id, since) >= MOST_FILES_A_DAY:
        return say.label("You have sent 20 files within a day. More can be sent tomorrow.")
    return None


async def _typed_own(visit: Visit, asked: AskOwn, given: Given) -> Reply | None:
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
    if not _fits(asked.what, words):
        return Reply(AskOwn(draft.id, asked.what, misread=True), back_to=visit.where)
    said = _with(draft.said, asked.what, words)
    await keep(visit, replace(draft, said=said))
    return Reply(_own_or_draft(draft.id, _after(asked.what)), back_to=visit.where)


def _with(said: Said, what: str, words: str) -> Said:
    match what:
        case "name":
            return replace(said, name=words)
        case "phone":
            return replace(said, phone=words)
        case _:
            return replace(said, address=words)


def _fits(what: str, words: str) -> bool:
    if not words or len(words) > LONGEST_OWN:
        return False
    digits = sum(each.isdigit() for each in words)
    return what != "phone" or digits in PHONE_DIGITS


async def facts_of_draft(visit: Visit, number: int) -> Facts:
    """What the screens of a draft know."""
    return await whole(visit, visit.say, await own_draft(visit, number))


async def _asked(
    visit: Visit, asked: AskSubject | AskAbout | AskConsent | AskWords | AskContact
) -> Facts:
    return await facts_of_draft(visit, asked.complaint)


async def _asked_files(visit: Visit, asked: AskFiles) -> Files:
    facts = await facts_of_draft(visit, asked.complaint)
    files = await complaints.files(visit.tx, asked.complaint)
    return Files(facts, files, str(visit.person.memory.get(REFUSED, "")))


async def _asked_service(visit: Visit, asked: AskService) -> Serving:
    facts = await facts_of_draft(visit, asked.complaint)
    return Serving(facts, _services_of(visit, facts.complaint))


async def _asked_own(visit: Visit, asked: AskOwn) -> OneOwn:
    if asked.what not in OWN:
        raise GoneError(asked.what)
    return OneOwn(await facts_of_draft(visit, asked.complaint), asked.what, asked.misread)


async def _two(visit: Visit, asked: AskWhichDraft) -> TwoDrafts:
    draft = await complaints.draft_of(visit.tx, visit.person.id)
    if draft is None:
        raise GoneError(asked)
    return TwoDrafts(await whole(visit, visit.say, draft), asked)


async def aside(visit: Visit, opened: Action) -> Reply:
    """Beside whatever the person is doing, with one button back to it."""
    return Reply(opened, back_to=visit.where)


async def _complain(visit: Visit, _: str) -> Reply:
    return await start(visit, None, None)


ASKED = (AskSubject, AskAbout, AskService, AskConsent, AskWords, AskFiles, AskContact, AskOwn)

DIALOG = Dialog(
    views=(
        View(AskSubject, _asked, show_subjects),
        View(AskAbout, _asked, show_about),
        View(AskService, _asked_service, show_services),
        View(AskConsent, _asked, show_consent),
        View(AskWords, _asked, show_words),
        View(AskFiles, _asked_files, show_files),
        View(AskContact, _asked, show_contact),
        View(AskOwn, _asked_own, show_own),
        View(AskWhichDraft, _two, show_two_drafts),
    ),
    steps=(
        *(Step(each, aside) for each in ASKED),
        Step(StartComplaint, _start),
        Step(BeginAnew, _anew),
        Step(SetSubject, _subject),
        Step(NoOffice, _no_office),
        Step(SetService, _service),
        Step(Consent, _consent),
        Step(ClearWords, _clear),
        Step(DropFile, _drop_file),
        Step(SetContact, _contact),
        Step(DropDraft, _drop),
    ),
    inputs=(
        Input(AskWords, _typed_words),
        Input(AskFiles, _file),
        Input(AskOwn, _typed_own),
    ),
    commands={"complain": _complain},
    passing={REFUSED: (AskFiles,)},
)
