"""Following a complaint: where it stands, what happened, writing more, going one step further."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from core.complaints import number
from core.complaints.model import Complaint, Event, EventKind, can
from core.complaints.routing import Addressed, ladder, next_step
from core.papers.making import as_docx, as_pdf
from core.store import complaints
from core.store.complaints import What
from dialogs.action import Action
from dialogs.complaints.actions import (
    AskMore,
    GoFurther,
    Helped,
    OpenDraft,
    OpenStory,
    OpenWays,
    SavePaper,
    SaveReceipt,
    TurnComplaints,
    Withdraw,
)
from dialogs.complaints.drafting import TwoDrafts, next_of, show_two_drafts, too_many
from dialogs.complaints.gathering import (
    add_file,
    belongs_to_album,
    noticed,
    notices,
    refusal,
    too_long,
)
from dialogs.complaints.holding import held_back, look_first
from dialogs.complaints.instead import papers_row
from dialogs.complaints.owning import whole
from dialogs.complaints.papers import complaint_paper
from dialogs.complaints.sending import addressed
from dialogs.complaints.words import (
    LONGEST_WORDS,
    Facts,
    danger,
    happening,
    matter,
    said_by,
    states,
    subject_of,
)
from dialogs.doors import OpenComplaint, OpenComplaints, StartComplaint
from dialogs.homeward import back_and_home, home
from dialogs.markup import bold, clip, italic, lines, paragraphs, quote
from dialogs.officials.notice import due_line
from dialogs.officials.telling import added, tell_of_file, tell_owners
from dialogs.paging import Page, fitting_page, page_of, turning
from dialogs.screen import Button, File, FileKind, Screen, clipped, visible_length
from dialogs.speech import LANGUAGES, Speech
from dialogs.turn import (
    Dialog,
    Given,
    GoneError,
    Input,
    Making,
    Reply,
    Sent,
    Step,
    Typed,
    View,
    Visit,
    aside,
)

COMPLAINTS_A_PAGE = 6
LONGEST_ANSWER = 600
SHORT = 300
"""Signs of each of the latest events; the rest is one tap away."""

LATER_EVENTS = 3


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a person's complaints, and their draft if there is one."""

    page: Page[Facts]
    draft: Complaint | None


@dataclass(frozen=True, slots=True)
class Story:
    """One page of all that happened."""

    facts: Facts
    page: int


@dataclass(frozen=True, slots=True)
class More:
    """Something is to be added, or was."""

    facts: Facts
    notice: str = ""


def show_complaints(say: Speech, listed: Listed) -> Screen:
    """All complaints of a person, the newest first."""
    rows: list[tuple[Button, ...]] = []
    if listed.draft is not None:
        rows.append((Button(say.label("Go on with the draft"), OpenDraft(listed.draft.id)),))
    for each in listed.page.items:
        label = f"№ {each.number} {subject_of(say, each)}"
        rows.append((Button(clipped(label), OpenComplaint(each.complaint.id)),))
    told = [
        lines(bold(f"№ {each.number}"), matter(say, each), state_line(say, each))
        for each in listed.page.items
    ]
    text = paragraphs(
        *(told or [say("You have not sent any complaint.")]),
        say("<b>Which one would you like to see?</b>") if told else None,
    )
    return Screen(
        text,
        (
            *rows,
            *turning(say, listed.page, TurnComplaints),
            (Button(say.label("A new complaint"), StartComplaint()),),
            (home(say),),
        ),
    )


def state_line(say: Speech, facts: Facts) -> Markup:
    """How it stands, in a line."""
    return say("State: {state}", state=states(say)[facts.complaint.state])


def show_complaint(say: Speech, facts: Facts) -> Screen:
    """One complaint as its author sees it."""
    complaint = facts.complaint
    latest = [event_line(say, each, SHORT) for each in facts.events[-LATER_EVENTS:]]
    text = paragraphs(
        danger(say, facts.helplines) if complaint.is_open else None,
        lines(bold(say.label("Complaint No. {number}", number=facts.number)), matter(say, facts)),
        lines(state_line(say, facts), *_terms(say, facts)),
        lines(*latest),
        say("<b>Did the answer help?</b>") if complaint.state == "answered" else None,
    )
    return Screen(text, (*_rows(say, facts), _back(say)))


def _terms(say: Speech, facts: Facts) -> Sequence[Markup]:
    complaint = facts.complaint
    if not complaint.is_open:
        return ()
    if complaint.incoming_number is not None and complaint.registered_on is not None:
        registered = say(
            "Registered at the office: No. {number} of {day}",
            number=complaint.incoming_number,
            day=say.date(complaint.registered_on),
        )
        return (registered, due_line(say, facts))
    return (italic(say("Not registered at the office yet: no term runs.")),)


def event_line(say: Speech, event: Event, room: int = LONGEST_WORDS) -> Markup:
    """One event with its day and hour, and as much of what was said as there is room for."""
    local = say.local(event.at)
    head = say(
        "{day}, {clock}: {what}",
        day=say.date(local.date()),
        clock=f"{local:%H:%M}",
        what=happening(say, event),
    )
    if not event.words:
        return head
    return lines(head, quote(clip(event.words, room)))


def _rows(say: Speech, facts: Facts) -> list[tuple[Button, ...]]:
    complaint = facts.complaint
    own = complaint.id
    rows: list[tuple[Button, ...]] = []
    if complaint.state == "answered":
        rows.append(
            (
                Button(say.label("Yes, it helped"), Helped(own, yes=True)),
                Button(say.label("No"), Helped(own, yes=False)),
            )
        )
    if can(complaint.state, "added"):
        rows.append((Button(say.label("Write more or add a file"), AskMore(own)),))
    if may_go_further(facts):
        rows.append((Button(say.label("Complain one step higher"), GoFurther(own)),))
    rows.append(
        (
            Button(say.label("All that happened"), OpenStory(own)),
            Button(say.label("Other ways"), OpenWays(own)),
        )
    )
    rows.append(papers_row(say, own))
    rows.append((Button(say.label("The receipt as a paper"), SaveReceipt(own)),))
    if can(complaint.state, "withdrawn"):
        rows.append((Button(say.label("Take it back"), Withdraw(own)),))
    return rows


def may_go_further(facts: Facts) -> bool:
    """Whether it is late by the law in force, did not help, or nobody took it."""
    complaint = facts.complaint
    kinds = {each.kind for each in facts.events}
    done = complaint.state in ("answered", "closed", "reopened")
    return "went_on" not in kinds and (facts.late or done or "untaken" in kinds)


def _back(say: Speech) -> tuple[Button, ...]:
    return (
        Button(say.label("My complaints"), OpenComplaints()),
        home(say),
    )


def show_story(say: Speech, story: Story) -> Screen:
    """All that happened, page by page."""
    facts = story.facts
    own = facts.complaint.id
    page = fitting_page([event_line(say, each) for each in facts.events], story.page)
    text = paragraphs(bold(say.label("Complaint No. {number}", number=facts.number)), *page.items)
    back = back_and_home(say, OpenComplaint(own))
    return Screen(text, (*turning(say, page, lambda turned: OpenStory(own, turned)), back))


def show_more(say: Speech, more: More) -> Screen:
    """What is to be added."""
    facts = more.facts
    asked = next((each for each in reversed(facts.events) if each.kind == "asked"), None)
    waiting = facts.complaint.state == "waiting"
    text = paragraphs(
        bold(say.label("Complaint No. {number}", number=facts.number)),
        event_line(say, asked) if asked and waiting else None,
        Markup.escape(more.notice) if more.notice else None,
        say("<b>Anything more?</b> Write it, or send a photo or a paper; or press the button.")
        if more.notice
        else say("<b>What would you like to add?</b> Write it, or send a photo or a paper."),
    )
    own = facts.complaint.id
    label = say.label("Done") if more.notice else say.label("← Back")
    back = (
        Button(label, OpenComplaint(own)),
        home(say),
    )
    return Screen(text, (back,))


def show_withdrawing(say: Speech, facts: Facts) -> Screen:
    """Whether they are sure."""
    own = facts.complaint.id
    text = paragraphs(
        bold(say.label("Complaint No. {number}", number=facts.number)),
        say("The officials are told that you take it back, and it is closed."),
        say("<b>Take it back?</b>"),
    )
    return Screen(
        text,
        (
            (Button(say.label("Yes, take it back"), Withdraw(own, sure=True)),),
            back_and_home(say, OpenComplaint(own)),
        ),
    )


async def own_complaint(visit: Visit, complaint: int) -> Complaint:
    """The complaint of this number, if this person sent it."""
    found = await complaints.find(visit.tx, complaint)
    if found is None or found.person_id != visit.person.id or found.state == "draft":
        raise GoneError(complaint)
    return found


async def own_facts(visit: Visit, complaint: int) -> Facts:
    """What the screens of one's own complaint know."""
    return await whole(visit, visit.say, await own_complaint(visit, complaint))


async def _listed(visit: Visit, opened: OpenComplaints | TurnComplaints) -> Listed:
    mine = await complaints.of(visit.tx, visit.person.id)
    page = page_of(mine, getattr(opened, "page", 0), COMPLAINTS_A_PAGE)
    facts = [await whole(visit, visit.say, each) for each in page.items]
    draft = await complaints.draft_of(visit.tx, visit.person.id)
    return Listed(Page(facts, page.number, page.last), draft)


async def _story(visit: Visit, opened: OpenStory) -> Story:
    return Story(await own_facts(visit, opened.complaint), opened.page)


async def _more(visit: Visit, opened: AskMore) -> More:
    return More(await own_facts(visit, opened.complaint), noticed(visit))


async def _withdrawing(visit: Visit, opened: Withdraw) -> Facts:
    return await own_facts(visit, opened.complaint)


async def _withdraw(visit: Visit, pressed: Withdraw) -> Reply:
    complaint = await own_complaint(visit, pressed.complaint)
    if not can(complaint.state, "withdrawn"):
        return Reply(OpenComplaint(complaint.id), back_to=visit.where)
    if not pressed.sure:
        return Reply(pressed, back_to=visit.where)
    done = await complaints.happen(
        visit.tx, complaint, What("withdrawn", "parent", visit.person.id), visit.now
    )
    if done is not None:
        await tell_owners(visit, *done, lambda say: say("The parent has taken the complaint back."))
    return Reply(OpenComplaint(complaint.id), back_to=visit.where)


async def _given_more(visit: Visit, asked: AskMore, given: Given) -> Reply | None:
    return await add(visit, asked.complaint, given)


async def add(visit: Visit, complaint_id: int, given: Given) -> Reply | None:
    """Words or a file that the parent adds to a complaint that was sent."""
    complaint = await own_complaint(visit, complaint_id)
    if not isinstance(given, Typed | Sent):
        return None
    if not can(complaint.state, "added"):
        return Reply(OpenComplaint(complaint.id), back_to=visit.where)
    rest = isinstance(given, Sent) and belongs_to_album(visit, given)
    again = Reply(AskMore(complaint.id), back_to=visit.where, in_place=rest)
    refused = await refusal(visit, complaint, given) if isinstance(given, Sent) else None
    if refused is not None:
        notices(visit, refused)
        return again
    words = said_by(given)
    if isinstance(given, Sent) and rest and await _joined_album(visit, complaint, given):
        return again
    album = {"album": given.album} if isinstance(given, Sent) and given.album else None
    what = What("added", "parent", visit.person.id, words=words, data=album)
    done = await complaints.happen(visit.tx, complaint, what, visit.now)
    if done is None:
        return again
    if isinstance(given, Sent):
        await add_file(visit, complaint.id, given, done[1].id)
    files = await complaints.files(visit.tx, complaint.id)
    attached = [each for each in files if each.event == done[1].id]
    held = await held_back(visit, done[0], words)
    if held is not None:
        await tell_owners(visit, *held, look_first, attached)
    else:
        await tell_owners(visit, *done, added(words), attached)
    cut = isinstance(given, Typed) and len(words) < len(given.text.strip())
    notices(
        visit, too_long(visit.say) if cut else visit.say.label("✓ Added; the official is told.")
    )
    return again


async def _joined_album(visit: Visit, complaint: Complaint, file: Sent) -> bool:
    """The rest of an album belongs to what its first file began."""
    story = await complaints.events(visit.tx, complaint.id)
    event = next((e for e in reversed(story) if e.data.get("album") == file.album), None)
    if event is None:
        return False
    await add_file(visit, complaint.id, file, event.id)
    files = [e for e in await complaints.files(visit.tx, complaint.id) if e.event == event.id]
    await tell_of_file(visit, complaint, event, files)
    return True


async def _helped(visit: Visit, said: Helped) -> Reply:
    complaint = await own_complaint(visit, said.complaint)
    kind: EventKind = "helped" if said.yes else "reopened"
    if not can(complaint.state, kind):
        return Reply(OpenComplaint(complaint.id), back_to=visit.where)
    done = await complaints.happen(
        visit.tx, complaint, What(kind, "parent", visit.person.id), visit.now
    )
    if done is None:
        return Reply(OpenComplaint(complaint.id), back_to=visit.where)
    if said.yes:
        toast = visit.say.label("Thank you. I am glad that it helped.")
    else:
        toast = visit.say.label("The officials are told. You can also complain one step higher.")
        await tell_owners(
            visit, *done, lambda say: say("The parent says that the answer did not help.")
        )
    return Reply(OpenComplaint(complaint.id), toast=toast, back_to=visit.where)


async def _further(visit: Visit, pressed: GoFurther) -> Reply:
    complaint = await own_complaint(visit, pressed.complaint)
    facts = await whole(visit, visit.say, complaint)
    if not may_go_further(facts):
        return Reply(OpenComplaint(complaint.id), back_to=visit.where)
    draft = await complaints.draft_of(visit.tx, visit.person.id)
    if draft is not None and draft.follows == complaint.id:
        return Reply(OpenDraft(draft.id), back_to=visit.where)
    following = _next_step(visit, complaint)
    if following is None:
        toast = visit.say.label("I know no office above it. Here are the other ways.")
        return Reply(OpenWays(complaint.id), toast=toast, alert=True, back_to=visit.where)
    if draft is not None and not pressed.anew and await _holds_something(visit, draft):
        return Reply(pressed, back_to=visit.where)
    refused = await too_many(visit)
    if refused is not None:
        return refused
    return await _step_up(visit, facts, following)


async def _holds_something(visit: Visit, draft: Complaint) -> bool:
    return bool(draft.said.text or await complaints.files(visit.tx, draft.id))


def _next_step(visit: Visit, complaint: Complaint) -> Addressed | None:
    """The office above the one that had it, by the act's routes or ours."""
    knowledge = visit.knowledge
    if complaint.subject is None:
        return None
    about = complaint.office or complaint.addressee
    steps = ladder(
        knowledge.finder,
        knowledge.directory,
        service=knowledge.library.services.get(complaint.service or ""),
        place=complaint.place,
        about=knowledge.directory.office(about) if about else None,
        subject=complaint.subject,
    )
    return next_step(steps, complaint)


async def _step_up(visit: Visit, facts: Facts, following: Addressed) -> Reply:
    """A draft for the office above, with all that was said and answered."""
    complaint = facts.complaint
    draft = await complaints.begin(
        visit.tx,
        person_id=visit.person.id,
        language=visit.say.language,
        now=visit.now,
        service=complaint.service,
        office=complaint.office,
    )
    said = replace(complaint.said, text=_with_answers(visit.say, facts))
    draft = replace(
        draft,
        subject=complaint.subject,
        place=complaint.place,
        step=following.step,
        follows=complaint.id,
        said=said,
    )
    await complaints.keep_draft(visit.tx, draft, visit.now)
    await complaints.copy_files(visit.tx, complaint.id, draft.id, visit.now)
    return Reply(OpenDraft(draft.id), back_to=visit.where)


def _with_answers(say: Speech, facts: Facts) -> str:
    """What was said before, and what came of it, as far as there is room for all."""
    complaint = facts.complaint
    came = [
        say.label(
            "My complaint No. {number} of {day} did not help.",
            number=facts.number,
            day=say.date(complaint.created_at),
        )
    ]
    for event in facts.events:
        if event.kind in ("answered", "closed") and event.words:
            day, words = say.date(event.at), clip(event.words, LONGEST_ANSWER)
            came.append(say.label("Answer of {day}: {words}", day=day, words=words))
        elif event.kind == "added" and event.words:
            came.append(clip(event.words, LONGEST_ANSWER))
    after = clip("\n".join(came), LONGEST_WORDS // 2)
    room = LONGEST_WORDS - visible_length(Markup.escape(after)) - 1
    return f"{clip(complaint.said.text, room)}\n{after}"


async def _two(visit: Visit, asked: GoFurther) -> TwoDrafts:
    draft = await complaints.draft_of(visit.tx, visit.person.id)
    if draft is None:
        raise GoneError(asked)
    facts = await whole(visit, visit.say, draft)
    return TwoDrafts(facts, next_of(visit, draft), GoFurther(asked.complaint, anew=True))


async def _save(visit: Visit, wanted: SavePaper) -> Reply:
    if wanted.language not in LANGUAGES:
        raise GoneError(wanted.language)
    complaint = await complaints.find(visit.tx, wanted.complaint)
    if complaint is None or complaint.person_id != visit.person.id:
        raise GoneError(wanted.complaint)
    if complaint.state == "draft":
        complaint, _ = addressed(visit, complaint)
    say = visit.languages[wanted.language]
    paper = complaint_paper(say, await whole(visit, say, complaint), visit.knowledge.appeals)
    name = f"bagyt_{number.shown(complaint.id)}_{wanted.language}"
    printed = visit.say("Print it, fill in what is missing and sign it by hand.")
    changeable = visit.say("The same to be changed in Word.")
    view: Action = (
        OpenDraft(complaint.id) if complaint.state == "draft" else OpenComplaint(complaint.id)
    )
    return Reply(
        view,
        before=(
            _made(printed, f"{name}.pdf", lambda: as_pdf(paper)),
            _made(changeable, f"{name}.docx", lambda: as_docx(paper)),
        ),
        back_to=visit.where,
    )


def _made(caption: Markup, name: str, content: Callable[[], bytes]) -> Making:
    return Making(lambda: Screen(caption, file=File(FileKind.DOCUMENT, name, content())))


async def _command(visit: Visit, _: str) -> Reply:
    return Reply(OpenComplaints(), back_to=visit.where)


DIALOG = Dialog(
    views=(
        View(OpenComplaints, _listed, show_complaints),
        View(TurnComplaints, _listed, show_complaints),
        View(OpenStory, _story, show_story),
        View(AskMore, _more, show_more),
        View(Withdraw, _withdrawing, show_withdrawing),
        View(GoFurther, _two, show_two_drafts),
    ),
    steps=(
        Step(OpenComplaints, aside),
        Step(TurnComplaints, aside),
        Step(OpenStory, aside),
        Step(AskMore, aside),
        Step(Withdraw, _withdraw),
        Step(Helped, _helped),
        Step(GoFurther, _further),
        Step(SavePaper, _save),
    ),
    inputs=(Input(AskMore, _given_more),),
    commands={"complaints": _command},
)
