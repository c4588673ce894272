"""Sending a complaint: looked over once more, then gone, with a receipt and word to officials."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from core.complaints.deadlines import Appeals
from core.complaints.model import Complaint, NotPossibleError, alike
from core.complaints.routing import Addressed, address
from core.papers.making import as_pdf
from core.store import complaints
from core.store.complaints import What
from dialogs.complaints.actions import (
    AskAbout,
    AskContact,
    AskFiles,
    AskService,
    AskSubject,
    AskWords,
    DropDraft,
    JoinTo,
    OpenDraft,
    OpenWays,
    SaveReceipt,
    SendComplaint,
)
from dialogs.complaints.drafting import own_draft, services_of
from dialogs.complaints.history import history_in_short
from dialogs.complaints.holding import held_back, look_first
from dialogs.complaints.instead import by_oneself, yourself
from dialogs.complaints.owning import whole
from dialogs.complaints.papers import (
    complaint_paper,
    receipt_paper,
    what_it_is,
    who_has_it,
    whom_to_ask,
)
from dialogs.complaints.words import Facts, danger, matter
from dialogs.doors import OpenComplaint, OpenComplaints
from dialogs.homeward import home
from dialogs.markup import bold, clip, italic, lines, paragraphs, quote
from dialogs.officials.notice import wish
from dialogs.officials.telling import added, new_complaint, tell_owners, tell_parent
from dialogs.screen import Button, File, FileKind, Screen
from dialogs.speech import Speech
from dialogs.statements import Citations, citations_of
from dialogs.turn import Dialog, GoneError, Making, Reply, Step, View, Visit, aside

LONGEST_SHOWN = 600


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft as it would be sent, and an earlier complaint that it may belong to."""

    facts: Facts
    earlier: Complaint | None
    citations: Citations | None
    """How to cite the act of its service, if it is about one."""

    by_act: bool
    """Whether the act itself sends it to whoever gets it."""

    choice: bool
    """Whether the office has services to choose from."""


def show_preview(say: Speech, preview: Preview) -> Screen:
    """All of it once more, what the act said, who will get it, and every part to be changed."""
    facts = preview.facts
    number, said = facts.complaint.id, facts.complaint.said
    missing = lacking(say, facts.complaint)
    question = (
        say("<b>Still missing: {what}.</b>", what=", ".join(missing))
        if missing
        else say("<b>Shall I send it?</b>")
    )
    text = paragraphs(
        danger(say, facts.helplines),
        matter(say, facts),
        quote(clip(said.text, LONGEST_SHOWN)) if said.text else None,
        say.plural("{number} file is here.", "{number} files are here.", facts.files)
        if facts.files
        else None,
        own_wish(say, facts),
        _history(say, preview),
        who_will_have_it(say, preview),
        _joining(say, preview.earlier),
        question,
    )
    rows: list[tuple[Button, ...]] = []
    if not missing:
        rows.append((Button(say.label("Send it"), SendComplaint(number)),))
        if preview.earlier is not None:
            label = say.label("Add it to the earlier one")
            rows.append((Button(label, JoinTo(number, preview.earlier.id)),))
    service = Button(say.label("The service"), AskService(number))
    return Screen(
        text,
        (
            *rows,
            (
                Button(say.label("The subject"), AskSubject(number)),
                Button(say.label("The office"), AskAbout(number)),
                *((service,) if preview.choice else ()),
            ),
            (
                Button(say.label("The words"), AskWords(number)),
                Button(say.label("The files"), AskFiles(number)),
            ),
            (
                Button(say.label("How to answer"), AskContact(number)),
                Button(say.label("Other ways"), OpenWays(number)),
            ),
            (
                Button(say.label("My complaints"), OpenComplaints()),
                Button(say.label("Throw it away"), DropDraft(number)),
            ),
            (home(say),),
        ),
    )


def lacking(say: Speech, draft: Complaint) -> list[str]:
    """What a complaint must have and this one has not."""
    said = draft.said
    known = draft.office is not None or said.unknown_office
    wanted = (
        (draft.subject is not None, say.label("the subject")),
        (known, say.label("the office")),
        (bool(said.text), say.label("the words")),
        (said.contact != "named" or bool(said.name), say.label("your name")),
        (said.consent, say.label("your consent")),
    )
    return [words for there, words in wanted if not there]


def own_wish(say: Speech, facts: Facts) -> Markup:
    """How the answer shall come, as the parent reads it."""
    match facts.complaint.said.contact:
        case "named":
            return wish(say, facts)
        case "unnamed":
            return say("Without your name: it may be left without consideration.")
        case _:
            return say("The answer comes here in Telegram; your name is not given.")


def who_will_have_it(say: Speech, preview: Preview) -> Markup:
    """Who will get it, before it is sent, and why that office."""
    facts = preview.facts
    meant, office = facts.addressee, facts.owners.office
    parts = []
    if meant is not None and preview.by_act and meant != facts.about:
        parts.append(say("The act sends such complaints to: {office}", office=say.of(meant.name)))
    if facts.owners.has == "admins" or office is None:
        parts.append(
            say(
                "Nobody of that office uses this bot yet: the admins of this bot get it, and you "
                "get the paper to send to the office yourself."
            )
        )
    elif facts.owners.has == "above":
        parts.append(
            say(
                "Nobody of that office uses this bot yet. It goes to the office above: {office}",
                office=say.of(office.name),
            )
        )
    else:
        parts.append(say("It goes to: {office}", office=say.of(office.name)))
    return lines(*parts)


def _history(say: Speech, preview: Preview) -> Markup | None:
    facts = preview.facts
    if facts.service is None or preview.citations is None:
        return None
    return history_in_short(say, facts.service, facts.complaint.subject, preview.citations)


def _joining(say: Speech, earlier: Complaint | None) -> Markup | None:
    if earlier is None:
        return None
    return say(
        "You complained about this office on {day} already. You can add this to it.",
        day=say.date(earlier.created_at),
    )


def show_receipt(say: Speech, facts: Facts, appeals: Appeals) -> Screen:
    """The receipt as a message; where no official of the office has it, what else to do."""
    sent = facts.complaint.sent_at or facts.complaint.created_at
    own = facts.complaint.id
    alone = is_alone(facts)
    text = paragraphs(
        say("✅ <b>Receipt No. {number}</b>", number=facts.number),
        lines(
            say("{day}, {clock}", day=say.date(sent), clock=say.time(sent)),
            matter(say, facts),
        ),
        lines(
            *(Markup.escape(each) for each in (who_has_it(say, facts), *whom_to_ask(say, facts)))
        ),
        italic(what_it_is(say)),
        *(yourself(say, facts, appeals) if alone else ()),
    )
    rows = by_oneself(say, facts, appeals) if alone else ()
    last = (
        (Button(say.label("The receipt as a paper"), SaveReceipt(own)),),
        (Button(say.label("Open the complaint"), OpenComplaint(own)),),
    )
    return Screen(text, (*rows, *last))


def is_alone(facts: Facts) -> bool:
    """Whether no official of the office that is meant has it, so that the parent better writes."""
    return facts.owners.has != "officials" and not facts.held


def addressed(visit: Visit, draft: Complaint) -> tuple[Complaint, Addressed | None]:
    """The draft with the office that it goes to, by the act's routes or ours."""
    if draft.subject is None:
        return draft, None
    knowledge = visit.knowledge
    found = address(
        knowledge.finder,
        knowledge.directory,
        service=knowledge.library.services.get(draft.service or ""),
        place=draft.place,
        about=knowledge.directory.office(draft.office) if draft.office else None,
        subject=draft.subject,
        step=draft.step,
    )
    return replace(draft, addressee=found.office.id if found.office else None), found


async def _preview(visit: Visit, opened: OpenDraft) -> Preview:
    draft, found = addressed(visit, await own_draft(visit, opened.complaint))
    facts = await whole(visit, visit.say, draft)
    mine = await complaints.of(visit.tx, visit.person.id)
    library = visit.knowledge.library
    return Preview(
        facts,
        alike(draft, mine) if draft.follows is None else None,
        citations_of(facts.service, library) if facts.service else None,
        by_act=found is not None and found.by_act,
        choice=bool(services_of(visit, draft)),
    )


async def _send(visit: Visit, pressed: SendComplaint) -> Reply:
    sent = await complaints.find(visit.tx, pressed.complaint)
    if sent is not None and sent.person_id == visit.person.id and sent.state != "draft":
        # A second tap: it is on its way already.
        return Reply(OpenComplaint(sent.id), back_to=visit.where)
    draft = await own_draft(visit, pressed.complaint)
    if lacking(visit.say, draft):
        return Reply(OpenDraft(draft.id), back_to=visit.where)
    return await send(visit, addressed(visit, draft)[0])


async def send(visit: Visit, draft: Complaint) -> Reply:
    """Let it go: the event, the notices and the receipt, all or nothing."""
    what = What("sent", "parent", visit.person.id, draft.addressee)
    try:
        done = await complaints.happen(
            visit.tx, draft, what, visit.now, sent_at=visit.now, language=visit.say.language
        )
    except NotPossibleError:
        return Reply(OpenComplaint(draft.id), back_to=visit.where)
    if done is None:
        return Reply(OpenComplaint(draft.id), back_to=visit.where)
    complaint, event = done
    await _note_that_it_went_on(visit, complaint)
    attached = await complaints.files(visit.tx, complaint.id)
    held = await held_back(visit, complaint, complaint.said.text)
    if held is not None:
        complaint, event_held = held
        await tell_owners(visit, complaint, event_held, look_first, attached)
    else:
        await tell_owners(visit, complaint, event, new_complaint, attached)
    facts = await whole(visit, visit.say, complaint)
    appeals = visit.knowledge.appeals
    # The receipt is part of the sending, so it goes through the queue and cannot be lost.
    await tell_parent(visit, complaint, event, lambda say: show_receipt(say, facts, appeals))
    papers = [receipt(visit.say, facts)]
    if is_alone(facts):
        papers.append(_to_send_oneself(visit.say, facts, appeals))
    return Reply(OpenComplaint(complaint.id), before=tuple(papers), back_to=visit.where)


async def _note_that_it_went_on(visit: Visit, complaint: Complaint) -> None:
    """The complaint of the step before knows of the one that follows it."""
    if complaint.follows is None:
        return
    before = await complaints.find(visit.tx, complaint.follows)
    if before is not None:
        what = What("went_on", "parent", visit.person.id, data={"to": complaint.id})
        await complaints.happen(visit.tx, before, what, visit.now)


def receipt(say: Speech, facts: Facts) -> Making:
    """The receipt as a PDF with its code, made after the turn has been written."""
    paper = receipt_paper(say, facts)
    caption = bold(say.label("Receipt No. {number}", number=facts.number))
    name = f"bagyt_{facts.number}.pdf"
    return Making(lambda: Screen(caption, file=File(FileKind.DOCUMENT, name, as_pdf(paper))))


def _to_send_oneself(say: Speech, facts: Facts, appeals: Appeals) -> Making:
    paper = complaint_paper(say, facts, appeals)
    caption = say("Print it, fill in what is missing and sign it by hand.")
    name = f"bagyt_{facts.number}_{say.language}.pdf"
    return Making(lambda: Screen(caption, file=File(FileKind.DOCUMENT, name, as_pdf(paper))))


async def _receipt(visit: Visit, wanted: SaveReceipt) -> Reply:
    complaint = await complaints.find(visit.tx, wanted.complaint)
    if complaint is None or complaint.person_id != visit.person.id or complaint.state == "draft":
        raise GoneError(wanted.complaint)
    facts = await whole(visit, visit.say, complaint)
    return Reply(
        OpenComplaint(complaint.id), before=(receipt(visit.say, facts),), back_to=visit.where
    )


async def _join(visit: Visit, pressed: JoinTo) -> Reply:
    draft = await own_draft(visit, pressed.complaint)
    earlier = await complaints.find(visit.tx, pressed.earlier)
    if earlier is None or earlier.person_id != visit.person.id or not earlier.is_open:
        raise GoneError(pressed.earlier)
    if lacking(visit.say, draft):
        return Reply(OpenDraft(draft.id), back_to=visit.where)
    what = What("added", "parent", visit.person.id, words=draft.said.text)
    done = await complaints.happen(visit.tx, earlier, what, visit.now)
    if done is None:
        raise GoneError(pressed.earlier)
    complaint, event = done
    await complaints.move_files(visit.tx, draft.id, complaint.id, event.id)
    await complaints.discard(visit.tx, draft)
    files = await complaints.files(visit.tx, complaint.id)
    attached = [each for each in files if each.event == event.id]
    held = await held_back(visit, complaint, draft.said.text)
    if held is not None:
        await tell_owners(visit, *held, look_first, attached)
    else:
        await tell_owners(visit, complaint, event, added(draft.said.text), attached)
    toast = visit.say.label("Added to the earlier complaint.")
    return Reply(OpenComplaint(complaint.id), toast=toast, back_to=visit.where)


DIALOG = Dialog(
    views=(View(OpenDraft, _preview, show_preview),),
    steps=(
        Step(OpenDraft, aside),
        Step(SendComplaint, _send),
        Step(SaveReceipt, _receipt),
        Step(JoinTo, _join),
    ),
)
