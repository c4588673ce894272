"""Sending a complaint: looked over once more, the other ways beside it, and the receipt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from markupsafe import Markup

from core.complaints.deadlines import Appeals
from core.complaints.model import Complaint, NotPossibleError, alike
from core.complaints.routing import address
from core.papers.making import as_pdf
from core.services.model import Route
from core.store import complaints
from core.store.complaints import What
from dialogs.complaints.actions import (
    AskAbout,
    AskContact,
    AskFiles,
    AskSubject,
    AskWords,
    DropDraft,
    JoinTo,
    OpenDraft,
    OpenWays,
    SendComplaint,
)
from dialogs.complaints.drafting import aside, own_draft
from dialogs.complaints.instead import papers_row
from dialogs.complaints.owning import whole
from dialogs.complaints.papers import receipt_paper, what_it_is, who_has_it
from dialogs.complaints.words import Facts, danger, matter
from dialogs.doors import OpenComplaint, OpenMenu, OpenOffice
from dialogs.markup import bold, italic, lines, paragraphs
from dialogs.offices.looking import clipped
from dialogs.officials.notice import wish
from dialogs.officials.telling import added, tell_owners
from dialogs.paging import fitting_page, turning
from dialogs.screen import Button, File, FileKind, Link, Screen
from dialogs.speech import Speech
from dialogs.statements import citations_of, marks, state_of
from dialogs.turn import Dialog, GoneError, Making, Reply, Step, View, Visit

LONGEST_SHOWN = 900
RECENT = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft as it would be sent, and an earlier complaint that it may belong to."""

    facts: Facts
    earlier: Complaint | None


@dataclass(frozen=True, slots=True)
class Ways:
    """The other ways for one complaint."""

    facts: Facts
    appeals: Appeals
    told: Sequence[Markup]
    page: int


def show_preview(say: Speech, preview: Preview) -> Screen:
    """All of it once more, who will get it, and every part to be changed."""
    facts = preview.facts
    number, said = facts.complaint.id, facts.complaint.said
    words = said.text if len(said.text) <= LONGEST_SHOWN else said.text[:LONGEST_SHOWN] + "…"
    text = paragraphs(
        danger(say, facts.helplines),
        matter(say, facts),
        Markup("<blockquote>{}</blockquote>").format(words) if words else None,
        say.plural("{number} file is here.", "{number} files are here.", facts.files)
        if facts.files
        else None,
        lines(own_wish(say, facts), Markup.escape(who_will_have_it(say, facts))),
        _joining(say, preview.earlier),
        say("<b>Shall I send it?</b>")
        if ready(facts.complaint)
        else say("<b>Something is missing.</b> Fill it in with the buttons below."),
    )
    rows: list[tuple[Button, ...]] = []
    if ready(facts.complaint):
        rows.append((Button(say.label("Send it"), SendComplaint(number)),))
    if preview.earlier is not None:
        label = say.label("Add it to the earlier one")
        rows.append((Button(label, JoinTo(number, preview.earlier.id)),))
    return Screen(
        text,
        (
            *rows,
            (
                Button(say.label("The subject"), AskSubject(number)),
                Button(say.label("The office"), AskAbout(number)),
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
                Button(say.label("Throw it away"), DropDraft(number)),
                Button(say.label("Main menu"), OpenMenu()),
            ),
        ),
    )


def ready(draft: Complaint) -> bool:
    """Whether nothing is missing that a complaint must have."""
    known = draft.office is not None or draft.said.unknown_office
    return bool(draft.subject and draft.said.text and draft.said.consent and known)


def own_wish(say: Speech, facts: Facts) -> Markup:
    """How the answer shall come, as the parent reads it."""
    match facts.complaint.said.contact:
        case "named":
            return wish(say, facts)
        case "unnamed":
            return say("Without your name: it may be left without consideration.")
        case _:
            return say("The answer comes here in Telegram; your name is not given.")


def who_will_have_it(say: Speech, facts: Facts) -> str:
    """Who will get it, before it is sent."""
    office = facts.owners.office
    if facts.owners.has == "admins" or office is None:
        return say.label(
            "Nobody of that office uses this bot yet: the admins of this bot get it, and you get "
            "the paper to send to the office yourself."
        )
    return say.label("It goes to: {office}", office=say.of(office.name))


def _joining(say: Speech, earlier: Complaint | None) -> Markup | None:
    if earlier is None:
        return None
    return say(
        "You complained about this office on {day} already. You can add this to it.",
        day=say.date(earlier.created_at),
    )


def show_ways(say: Speech, ways: Ways) -> Screen:
    """What the act said of it, as history, and where else one can complain."""
    facts = ways.facts
    page = fitting_page(list(ways.told), ways.page, room=900)
    number = facts.complaint.id
    rows: list[tuple[Button, ...]] = list(
        turning(say, page, lambda turned: OpenWays(number, turned))
    )
    if facts.addressee is not None:
        label = clipped(say.of(facts.addressee.name))
        rows.append((Button(label, OpenOffice(facts.addressee.id, facts.complaint.service)),))
    rows += [
        (Button(_way_name(say, str(each.id)), Link(str(each.url))),)
        for each in ways.appeals.ways
        if each.url is not None
    ]
    rows.append(papers_row(say, number))
    back = (
        Button(say.label("← Back"), OpenDraft(number))
        if facts.complaint.state == "draft"
        else Button(say.label("← Back"), OpenComplaint(number))
    )
    return Screen(
        paragraphs(*page.items), (*rows, (back, Button(say.label("Main menu"), OpenMenu())))
    )


def _way_name(say: Speech, way: str) -> str:
    return say.label("Open {name}", name={"eotinish": "eOtinish"}.get(way, way))


def ways_told(visit: Visit, facts: Facts, appeals: Appeals) -> Iterator[Markup]:
    """The law of today first, then the act's routes as history, then what stands open to all."""
    say = visit.say
    term = appeals.term(facts.body)
    ground = appeals.grounds[term.ground]
    yield say(
        "By the law in force ({act}, article {article}, as seen on {day}) an answer is due in "
        "{amount} working days from the day the office registers the complaint.",
        act=say.of(ground.act),
        article=ground.article,
        day=say.date(ground.as_of),
        amount=term.amount,
    )
    yield say(
        "A complaint can be made within {months} months of learning of the matter.",
        months=appeals.months_to_complain,
    )
    service, subject = facts.service, facts.complaint.subject
    if service is not None:
        citations = citations_of(service, visit.knowledge.library)
        routes = [each for each in service.routes if subject in each.subjects]
        if routes:
            yield bold(say.label("What the act said, as history:"))
            for each in sorted(routes, key=lambda route: route.step):
                yield _route(say, each, marks(say, each.source, citations))
        yield italic(state_of(say, citations.act, service.successor))
    for way in appeals.ways:
        yield Markup("• {}").format(say.of(way.text))


def _route(say: Speech, route: Route, found: str) -> Markup:
    texts = [say.of(each) for each in (route.address, route.reception, route.needs) if each]
    texts += [each for each in (route.phone, route.email) if each]
    head = say(
        "Step {step}: {whom} ({marks})", step=route.step, whom=say.of(route.to.text), marks=found
    )
    return lines(head, *(Markup("   {}").format(each) for each in texts))


def show_receipt(say: Speech, facts: Facts) -> Markup:
    """The receipt as a message."""
    sent = facts.complaint.sent_at or facts.complaint.created_at
    return paragraphs(
        say("✅ <b>Receipt No. {number}</b>", number=facts.number),
        lines(
            say("{day}, {clock}", day=say.date(sent), clock=say.time(sent)),
            matter(say, facts),
        ),
        Markup.escape(who_has_it(say, facts)),
        italic(what_it_is(say)),
    )


def addressed(visit: Visit, draft: Complaint) -> Complaint:
    """The draft with the office that it goes to, by the act's routes or ours."""
    if draft.subject is None:
        return draft
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
    return replace(draft, addressee=found.office.id if found.office else None)


async def _preview(visit: Visit, opened: OpenDraft) -> Preview:
    draft = addressed(visit, await own_draft(visit, opened.complaint))
    facts = await whole(visit, visit.say, draft)
    mine = await complaints.of(visit.tx, visit.person.id)
    return Preview(facts, alike(draft, mine) if draft.follows is None else None)


async def _ways(visit: Visit, opened: OpenWays) -> Ways:
    complaint = await complaints.find(visit.tx, opened.complaint)
    if complaint is None or complaint.person_id != visit.person.id:
        raise GoneError(opened.complaint)
    if complaint.state == "draft":
        complaint = addressed(visit, complaint)
    facts = await whole(visit, visit.say, complaint)
    appeals = visit.knowledge.appeals
    return Ways(facts, appeals, list(ways_told(visit, facts, appeals)), opened.page)


async def _send(visit: Visit, pressed: SendComplaint) -> Reply:
    sent = await complaints.find(visit.tx, pressed.complaint)
    if sent is not None and sent.person_id == visit.person.id and sent.state != "draft":
        # A second tap: it is on its way already.
        return Reply(OpenComplaint(sent.id), back_to=visit.where)
    draft = await own_draft(visit, pressed.complaint)
    if not ready(draft):
        return Reply(OpenDraft(draft.id), back_to=visit.where)
    return await send(visit, addressed(visit, draft))


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
    attached = await complaints.files(visit.tx, complaint.id)
    await tell_owners(
        visit, complaint, event, lambda say: say("A new complaint has come."), attached
    )
    facts = await whole(visit, visit.say, complaint)
    return Reply(
        OpenComplaint(complaint.id), before=(receipt(visit.say, facts),), back_to=visit.where
    )


def receipt(say: Speech, facts: Facts) -> Making:
    """The receipt with its PDF, made after the turn has been written."""
    paper = receipt_paper(say, facts)
    caption = show_receipt(say, facts)
    name = f"bagyt_{facts.number}.pdf"
    return Making(lambda: Screen(caption, file=File(FileKind.DOCUMENT, name, as_pdf(paper))))


async def _join(visit: Visit, pressed: JoinTo) -> Reply:
    draft = await own_draft(visit, pressed.complaint)
    earlier = await complaints.find(visit.tx, pressed.earlier)
    if earlier is None or earlier.person_id != visit.person.id or not earlier.is_open:
        raise GoneError(pressed.earlier)
    what = What("added", "parent", visit.person.id, words=draft.said.text)
    done = await complaints.happen(visit.tx, earlier, what, visit.now)
    if done is None:
        raise GoneError(pressed.earlier)
    complaint, event = done
    await complaints.move_files(visit.tx, draft.id, complaint.id, event.id)
    await complaints.discard(visit.tx, draft)
    files = await complaints.files(visit.tx, complaint.id)
    attached = [each for each in files if each.event == event.id]
    await tell_owners(visit, complaint, event, added(draft.said.text), attached)
    toast = visit.say.label("Added to the earlier complaint.")
    return Reply(OpenComplaint(complaint.id), toast=toast, back_to=visit.where)


DIALOG = Dialog(
    views=(View(OpenDraft, _preview, show_preview), View(OpenWays, _ways, show_ways)),
    steps=(
        Step(OpenDraft, aside),
        Step(OpenWays, aside),
        Step(SendComplaint, _send),
        Step(JoinTo, _join),
    ),
)
