"""Handling: what an official sees of a complaint and does with it, every right asked each time."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from core.complaints import number
from core.complaints.model import (
    Attachment,
    By,
    Closing,
    Complaint,
    Event,
    EventKind,
    NotPossibleError,
    State,
    can,
)
from core.complaints.routing import Scope, may_judge
from core.directory.model import Office
from core.store import complaints, roles
from core.store.complaints import What
from core.store.roles import Role
from dialogs.action import Action
from dialogs.complaints.actions import AskMore, Helped
from dialogs.complaints.following import event_line
from dialogs.complaints.gathering import FILE_KINDS, belongs_to_album
from dialogs.complaints.owning import whole
from dialogs.complaints.words import Facts, closings, said_by
from dialogs.doors import OpenComplaint, OpenQueue
from dialogs.homeward import home
from dialogs.markup import bold, clip, lines, paragraphs, quote
from dialogs.offices.looking import office_named
from dialogs.officials.actions import (
    AskAnswer,
    AskClose,
    AskExtend,
    AskPassOn,
    AskQuestion,
    AskRegister,
    CloseAs,
    LetOn,
    NotOurs,
    PassTo,
    Read,
    ShowFiles,
    TakeOn,
)
from dialogs.officials.notice import due_line, matter_lines, show_file, wish
from dialogs.officials.telling import News, tell_owners, tell_parent
from dialogs.paging import fitting_page, turning
from dialogs.rights import held
from dialogs.screen import Button, Screen, clipped
from dialogs.speech import Speech
from dialogs.turn import (
    Dialog,
    Given,
    GoneError,
    Input,
    Reply,
    Sent,
    Step,
    Typed,
    View,
    Visit,
    aside,
)

LONGEST_QUOTE = 1500
LONGEST_LATEST = 600
OFFICES_SHOWN = 6
LONGEST_NUMBER = 60
ANSWERED: frozenset[State] = frozenset({"answered", "closed"})
FOUND = "office to pass on to"
OLDEST_DAYS = 370
_DAY = re.compile(r"(\d{1,2})[.\-/](\d{1,2})[.\-/](\d{4})")


@dataclass(frozen=True, slots=True)
class OnDesk:
    """A complaint before an official who may see it."""

    facts: Facts
    person: int
    taken_by: str
    """The name of whoever has taken it, if that is somebody else."""
    may_extend: int
    """By how many working days the law lets the office take longer; 0 if it does not."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the official, and whether what they wrote could not be read."""

    desk: OnDesk
    misread: bool = False
    days: int | None = None
    closing: str = ""


@dataclass(frozen=True, slots=True)
class Passing:
    """Offices to pass a complaint on to."""

    desk: OnDesk
    offices: Sequence[Office]
    missed: bool
    office: Office | None = None


@dataclass(frozen=True, slots=True)
class ReadOn:
    """One page of all that happened."""

    desk: OnDesk
    page: int


def show_on_desk(say: Speech, desk: OnDesk) -> Screen:
    """All that an official needs, and what can be done."""
    facts = desk.facts
    said = facts.complaint.said
    text = paragraphs(
        bold(say.label("Complaint No. {number}", number=facts.number)),
        lines(*matter_lines(say, facts)),
        quote(clip(said.text, LONGEST_QUOTE)),
        lines(wish(say, facts), due_line(say, facts)),
        say("Taken by: {name}", name=desk.taken_by) if desk.taken_by else None,
        lines(*(event_line(say, each, LONGEST_LATEST) for each in facts.events[-1:])),
        say("<b>What shall be done?</b>") if facts.complaint.is_open else None,
    )
    return Screen(text, _rows(say, desk), protect=True)


def _rows(say: Speech, desk: OnDesk) -> tuple[tuple[Button, ...], ...]:
    complaint = desk.facts.complaint
    own = complaint.id
    possible: tuple[tuple[EventKind, str, Action], ...] = (
        ("registered", _register_label(say, complaint), AskRegister(own)),
        *((("taken", say.label("Take it"), TakeOn(own)),) if complaint.taken_by is None else ()),
        ("answered", say.label("Answer"), AskAnswer(own)),
        ("asked", say.label("Ask the parent"), AskQuestion(own)),
        ("passed_on", say.label("Pass on"), AskPassOn(own)),
        ("released", say.label("Not ours"), NotOurs(own)),
        ("closed", say.label("Close"), AskClose(own)),
    )
    buttons = [
        Button(words, opens) for kind, words, opens in possible if can(complaint.state, kind)
    ]
    if desk.facts.held:
        buttons.insert(0, Button(say.label("Let it through"), LetOn(own)))
    if desk.may_extend and can(complaint.state, "extended"):
        buttons.append(Button(say.label("Extend the term"), AskExtend(own)))
    if desk.facts.files:
        buttons.append(Button(say.label("The files"), ShowFiles(own)))
    buttons.append(Button(say.label("All that happened"), Read(own)))
    pairs = [tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)]
    last = (Button(say.label("The queue"), OpenQueue()), home(say))
    return (*pairs, last)


def _register_label(say: Speech, complaint: Complaint) -> str:
    if complaint.registered_on is None:
        return say.label("Register")
    return say.label("Correct the number")


def _back(say: Speech, desk: OnDesk) -> tuple[Button, ...]:
    return (
        Button(say.label("← Back"), OpenComplaint(desk.facts.complaint.id)),
        Button(say.label("The queue"), OpenQueue()),
    )


def _question(say: Speech, asked: Asked, question: Markup, wrong: Markup | None = None) -> Screen:
    head = bold(say.label("Complaint No. {number}", number=asked.desk.facts.number))
    text = paragraphs(head, wrong if asked.misread else None, question)
    return Screen(text, (_back(say, asked.desk),), protect=True)


def show_register(say: Speech, asked: Asked) -> Screen:
    """The number and the day in the office's journal."""
    question = say(
        "<b>Under which number and on which day did the office register it?</b>\n"
        "For example: A-15, 27.11.2026"
    )
    wrong = say("I need a number and a day that is not in the future.")
    return _question(say, asked, question, wrong)


def show_answer(say: Speech, asked: Asked) -> Screen:
    """The answer to the parent."""
    return _question(
        say, asked, say("<b>What do you answer the parent?</b> Words, and a file if you like.")
    )


def show_asking(say: Speech, asked: Asked) -> Screen:
    """The question to the parent."""
    return _question(say, asked, say("<b>What do you ask the parent?</b>"))


def show_not_ours(say: Speech, asked: Asked) -> Screen:
    """Why it is given back."""
    return _question(
        say,
        asked,
        say("<b>Why is it not yours?</b> The next official or the admins get it with your words."),
    )


def show_closings(say: Speech, asked: Asked) -> Screen:
    """In which way it is closed."""
    own = asked.desk.facts.complaint.id
    rows = tuple((Button(words, CloseAs(own, kind)),) for kind, words in closings(say).items())
    head = bold(say.label("Complaint No. {number}", number=asked.desk.facts.number))
    text = paragraphs(head, say("<b>How is it closed?</b>"))
    return Screen(text, (*rows, _back(say, asked.desk)), protect=True)


def show_closing(say: Speech, asked: Asked) -> Screen:
    """The words to the parent when it is closed."""
    words = {str(kind): text for kind, text in closings(say).items()}[asked.closing]
    return _question(
        say,
        asked,
        say("Closing: {closing}\n\n<b>What shall the parent be told?</b>", closing=words),
    )


def show_extend(say: Speech, asked: Asked) -> Screen:
    """By how many days and why."""
    own = asked.desk.facts.complaint.id
    if asked.days is not None:
        return _question(
            say,
            asked,
            say(
                "Longer by {days} working days.\n\n<b>Why?</b> The parent is told the reason.",
                days=asked.days,
            ),
        )
    head = bold(say.label("Complaint No. {number}", number=asked.desk.facts.number))
    choices = sorted({max(1, asked.desk.may_extend // 2), asked.desk.may_extend})
    rows = tuple(
        (Button(say.label("{days} working days", days=each), AskExtend(own, each)),)
        for each in choices
    )
    text = paragraphs(head, say("<b>By how much longer does it take?</b>"))
    return Screen(text, (*rows, _back(say, asked.desk)), protect=True)


def show_passing(say: Speech, passing: Passing) -> Screen:
    """The offices that the words name."""
    own = passing.desk.facts.complaint.id
    rows = tuple(
        (Button(clipped(say.of(each.name)), PassTo(own, each.id)),) for each in passing.offices
    )
    text = paragraphs(
        bold(say.label("Complaint No. {number}", number=passing.desk.facts.number)),
        say("I know no such office.") if passing.missed and not rows else None,
        say("<b>Which office does it belong to?</b> Write its name, number or place."),
    )
    return Screen(text, (*rows, _back(say, passing.desk)), protect=True)


def show_reason(say: Speech, passing: Passing) -> Screen:
    """Why it belongs there."""
    office = say.of(passing.office.name) if passing.office else ""
    asked = Asked(passing.desk)
    return _question(
        say, asked, say("To: {office}\n\n<b>Why does it belong there?</b>", office=office)
    )


def show_read(say: Speech, read: ReadOn) -> Screen:
    """All that happened, page by page."""
    facts = read.desk.facts
    own = facts.complaint.id
    page = fitting_page([event_line(say, each) for each in facts.events], read.page)
    head = bold(say.label("Complaint No. {number}", number=facts.number))
    return Screen(
        paragraphs(head, *page.items),
        (*turning(say, page, lambda turned: Read(own, turned)), _back(say, read.desk)),
        protect=True,
    )


async def on_desk(visit: Visit, complaint_id: int) -> OnDesk:
    """The complaint, if this person may handle it now; as if it were not there if not.

    Nobody handles a complaint of their own.
    """
    complaint = await complaints.find(visit.tx, complaint_id)
    if complaint is None or complaint.state == "draft" or complaint.person_id == visit.person.id:
        raise GoneError(complaint_id)
    facts = await whole(visit, visit.say, complaint)
    if not _may(facts, visit, await held(visit)):
        raise GoneError(complaint_id)
    return OnDesk(facts, visit.person.id, await _other(visit, complaint), _extension(visit, facts))


def _may(facts: Facts, visit: Visit, roles_held: Sequence[Role]) -> bool:
    person, directory = visit.person.id, visit.knowledge.directory
    if any(each.role == "admin" for each in roles_held) or person in facts.owners.people:
        return bool(roles_held)
    scopes = [Scope.read(each.scope, directory) for each in roles_held if each.role == "official"]
    return not facts.held and any(
        may_judge(each, facts.complaint, facts.addressee, directory) for each in scopes
    )


async def _other(visit: Visit, complaint: Complaint) -> str:
    """The name of whoever has taken it, if it is not the person themselves."""
    if complaint.taken_by is None or complaint.taken_by == visit.person.id:
        return ""
    named = await roles.of(visit.tx, complaint.taken_by)
    return next((each.name for each in named if each.name), None) or visit.say.label(
        "another official"
    )


def _extension(visit: Visit, facts: Facts) -> int:
    kind = facts.addressee.kind if facts.addressee else None
    appeals = visit.knowledge.appeals
    left = appeals.extension.most - facts.complaint.extended_days
    return max(0, left) if appeals.may_extend(facts.body, kind) else 0


async def _happen(
    visit: Visit,
    complaint_id: int,
    kind: EventKind,
    *,
    words: str | None = None,
    data: dict[str, Any] | None = None,
    given: Sent | None = None,
    **changes: Any,
) -> tuple[Complaint, Event, list[Attachment]] | Reply:
    """Let it happen if it can; else say who was quicker, or that it cannot be any more."""
    desk = await on_desk(visit, complaint_id)
    complaint = desk.facts.complaint
    who: By = "official" if _is_official(await held(visit)) else "admin"
    office = complaint.addressee
    what = What(kind, who, visit.person.id, office, words, data)
    if kind in ("registered", "taken", "answered", "asked") and complaint.taken_by is None:
        changes = {"taken_by": visit.person.id, **changes}
    try:
        done = await complaints.happen(visit.tx, complaint, what, visit.now, **changes)
    except NotPossibleError:
        return _too_late(visit, desk)
    if done is None:
        return _too_late(visit, await on_desk(visit, complaint_id))
    changed, event = done
    attached: list[Attachment] = []
    if given is not None and given.file_id:
        await complaints.add_file(
            visit.tx,
            complaint_id,
            kind=given.kind.value,
            file_id=given.file_id,
            name=given.file_name[:200],
            size=given.size,
            event=event.id,
            now=visit.now,
        )
        files = await complaints.files(visit.tx, complaint_id)
        attached = [each for each in files if each.event == event.id]
    return changed, event, attached


def _too_late(visit: Visit, desk: OnDesk) -> Reply:
    """That somebody was quicker, and who if that is known."""
    say = visit.say
    toast = (
        say.label("{name} was quicker: look how it stands now.", name=desk.taken_by)
        if desk.taken_by
        else say.label("This cannot be done any more: look how it stands now.")
    )
    view = OpenComplaint(desk.facts.complaint.id)
    return Reply(view, toast=toast, alert=True, back_to=visit.where)


def _is_official(roles_held: Sequence[Role]) -> bool:
    return any(each.role == "official" for each in roles_held)


def told(
    complaint: Complaint, news: News, *, answered: bool = False, asked: bool = False
) -> Callable[[Speech], Screen]:
    """What the parent hears: the news, and what they can do about it."""

    def screen(say: Speech) -> Screen:
        own = complaint.id
        rows: tuple[tuple[Button, ...], ...] = ()
        if answered:
            rows = (
                (
                    Button(say.label("Yes, it helped"), Helped(own, yes=True)),
                    Button(say.label("No"), Helped(own, yes=False)),
                ),
            )
        if asked:
            rows = ((Button(say.label("Answer"), AskMore(own)),),)
        rows = (*rows, (Button(say.label("Open the complaint"), OpenComplaint(own)),))
        head = bold(say.label("Complaint No. {number}", number=number.shown(own)))
        question = say("<b>Did the answer help?</b>") if answered else None
        return Screen(paragraphs(head, news(say), question), rows)

    return screen


def quoting(head: Callable[[Speech], Markup], words: str) -> News:
    """News with what an official wrote."""

    def news(say: Speech) -> Markup:
        if not words:
            return head(say)
        return lines(head(say), quote(words))

    return news


async def _take(visit: Visit, pressed: TakeOn) -> Reply:
    desk = await on_desk(visit, pressed.complaint)
    if desk.taken_by:
        return _too_late(visit, desk)
    done = await _happen(visit, pressed.complaint, "taken", taken_by=visit.person.id)
    if isinstance(done, Reply):
        return done
    complaint, event, _ = done
    news: News = lambda say: say("An official has taken your complaint.")  # noqa: E731
    await tell_parent(visit, complaint, event, told(complaint, news))
    return _after(visit, complaint, visit.say.label("It is yours now."))


async def _register(visit: Visit, asked: AskRegister, given: Given) -> Reply | None:
    if not isinstance(given, Typed):
        return None
    read = read_registration(given.text, visit.say.day(visit.now))
    if read is None:
        return Reply(AskRegister(asked.complaint, misread=True), back_to=visit.where)
    incoming, day = read
    done = await _happen(
        visit, asked.complaint, "registered", incoming_number=incoming, registered_on=day
    )
    if isinstance(done, Reply):
        return done
    complaint, event, _ = done
    ends = (await whole(visit, visit.say, complaint)).due

    def news(say: Speech) -> Markup:
        return lines(
            say(
                "The office has registered your complaint: No. {number} of {day}. It is an "
                "official complaint now.",
                number=incoming,
                day=say.date(day),
            ),
            *([say("The answer is due by {day}.", day=say.date(ends.day))] if ends else []),
        )

    await tell_parent(visit, complaint, event, told(complaint, news))
    return _after(visit, complaint, visit.say.label("Registered."))


def read_registration(text: str, today: dt.date) -> tuple[str, dt.date] | None:
    """The office's number and the day, however they are put; a day to come is none."""
    found = list(_DAY.finditer(text))
    if not found:
        return None
    last = found[-1]
    try:
        day = dt.date(int(last[3]), int(last[2]), int(last[1]))
    except ValueError:
        return None
    incoming = (text[: last.start()] + text[last.end() :]).strip(" ,;\n\t№#")
    if not incoming or len(incoming) > LONGEST_NUMBER or not any(map(str.isdigit, incoming)):
        return None
    if day > today or (today - day).days > OLDEST_DAYS:
        return None
    return " ".join(incoming.split()), day


async def _answer(visit: Visit, asked: AskAnswer, given: Given) -> Reply | None:
    return await answer(visit, asked.complaint, given)


async def answer(visit: Visit, complaint_id: int, given: Given) -> Reply | None:
    """An answer to the parent: words, a file or both; what comes after it is added to it."""
    words = said_by(given)
    file = given if isinstance(given, Sent) and given.kind in FILE_KINDS else None
    if not words and file is None:
        return None
    rest = file is not None and belongs_to_album(visit, file)
    before = (await on_desk(visit, complaint_id)).facts.complaint
    kind: EventKind = "added" if before.state in ANSWERED else "answered"
    done = await _happen(visit, complaint_id, kind, words=words, given=file)
    if isinstance(done, Reply):
        return done
    complaint, event, attached = done
    news = quoting(_adds if kind == "added" else _answers, words)
    screen = told(complaint, news, answered=complaint.state == "answered")
    if rest and not words:
        # One of several files that were sent at once: what they are was said with the first.
        await tell_parent(visit, complaint, event, None, attached)
        return Reply(OpenComplaint(complaint.id), in_place=True)
    await tell_parent(visit, complaint, event, screen, attached)
    return _after(visit, complaint)


def _answers(say: Speech) -> Markup:
    return say("The office has answered:")


def _adds(say: Speech) -> Markup:
    return say("The office adds to its answer:")


async def _ask(visit: Visit, asked: AskQuestion, given: Given) -> Reply | None:
    words = said_by(given)
    if not words:
        return None
    done = await _happen(visit, asked.complaint, "asked", words=words)
    if isinstance(done, Reply):
        return done
    complaint, event, _ = done
    news = quoting(lambda say: say("The official asks. Reply to this message to answer:"), words)
    await tell_parent(visit, complaint, event, told(complaint, news, asked=True))
    return _after(visit, complaint)


async def _not_ours(visit: Visit, asked: NotOurs, given: Given) -> Reply | None:
    words = said_by(given)
    if not words:
        return None
    done = await _happen(
        visit,
        asked.complaint,
        "released",
        words=words,
        data={"gone": visit.person.id},
        taken_by=None,
    )
    if isinstance(done, Reply):
        return done
    complaint, event, _ = done
    given_back = quoting(lambda say: say("An official gave this complaint back:"), words)
    facts = await tell_owners(visit, complaint, event, given_back)
    news: News = lambda say: say("It was given back; somebody else has it now.")  # noqa: E731
    await tell_parent(visit, complaint, event, told(complaint, news))
    view: Action = OpenQueue()
    if visit.person.id in facts.owners.people:
        view = OpenComplaint(complaint.id)
    return Reply(view, toast=visit.say.label("Given back."), back_to=visit.where)


async def _look_up(visit: Visit, asked: AskPassOn, given: Given) -> Reply | None:
    if not isinstance(given, Typed):
        return None
    words = " ".join(given.text.split())[:100]
    memory = {**visit.person.memory, FOUND: words}
    visit.person = replace(visit.person, memory=memory)
    return Reply(AskPassOn(asked.complaint, missed=True), back_to=visit.where)


async def _pass_on(visit: Visit, asked: PassTo, given: Given) -> Reply | None:
    words = said_by(given)
    if not words:
        return None
    desk = await on_desk(visit, asked.complaint)
    office = office_to(visit, desk, asked.office)
    done = await _happen(
        visit,
        asked.complaint,
        "passed_on",
        words=words,
        data={"to": office.id},
        addressee=office.id,
        taken_by=None,
        registered_on=None,
        incoming_number=None,
        extended_days=0,
    )
    if isinstance(done, Reply):
        return done
    complaint, event, _ = done
    passed = quoting(lambda say: say("A complaint was passed on to you:"), words)
    files = await complaints.files(visit.tx, complaint.id)
    await tell_owners(visit, complaint, event, passed, files)

    def head(say: Speech) -> Markup:
        return say(
            "Your complaint was passed on to: {office}. The reason:", office=say.of(office.name)
        )

    await tell_parent(visit, complaint, event, told(complaint, quoting(head, words)))
    return Reply(OpenQueue(), toast=visit.say.label("Passed on."), back_to=visit.where)


async def _close(visit: Visit, asked: CloseAs, given: Given) -> Reply | None:
    words = said_by(given)
    if not words:
        return None
    kind = closing_named(visit.say, asked.closing)
    done = await _happen(visit, asked.complaint, "closed", words=words, data={"closing": kind})
    if isinstance(done, Reply):
        return done
    complaint, event, _ = done

    def head(say: Speech) -> Markup:
        return say("The complaint was closed: {closing}.", closing=closings(say)[kind])

    await tell_parent(visit, complaint, event, told(complaint, quoting(head, words)))
    return _after(visit, complaint, visit.say.label("Closed."))


async def _extend(visit: Visit, asked: AskExtend, given: Given) -> Reply | None:
    words = said_by(given)
    if not words or asked.days is None:
        return None
    desk = await on_desk(visit, asked.complaint)
    if not 0 < asked.days <= desk.may_extend:
        raise GoneError(asked.days)
    longer = desk.facts.complaint.extended_days + asked.days
    done = await _happen(
        visit,
        asked.complaint,
        "extended",
        words=words,
        data={"days": asked.days},
        extended_days=longer,
    )
    if isinstance(done, Reply):
        return done
    complaint, event, _ = done
    ends = (await whole(visit, visit.say, complaint)).due

    def head(say: Speech) -> Markup:
        day = say.date(ends.day) if ends else ""
        return say("The answer will take longer, until {day}. The reason:", day=day)

    await tell_parent(visit, complaint, event, told(complaint, quoting(head, words)))
    return _after(visit, complaint, visit.say.label("Extended."))


async def _files(visit: Visit, wanted: ShowFiles) -> Reply:
    desk = await on_desk(visit, wanted.complaint)
    files = await complaints.files(visit.tx, wanted.complaint)
    shown = tuple(show_file(visit.say, desk.facts, each) for each in files)
    return Reply(OpenComplaint(wanted.complaint), before=shown, back_to=visit.where)


def _after(visit: Visit, complaint: Complaint, toast: str = "") -> Reply:
    return Reply(OpenComplaint(complaint.id), toast=toast, back_to=visit.where)


def closing_named(say: Speech, name: str) -> Closing:
    """The way of closing of this name."""
    known = {str(each): each for each in closings(say)}
    if name not in known:
        raise GoneError(name)
    return known[name]


async def _asked(visit: Visit, asked: AskAnswer | AskQuestion | NotOurs | AskClose) -> Asked:
    return Asked(await on_desk(visit, asked.complaint))


async def _asked_number(visit: Visit, asked: AskRegister) -> Asked:
    return Asked(await on_desk(visit, asked.complaint), asked.misread)


async def _asked_longer(visit: Visit, asked: AskExtend) -> Asked:
    desk = await on_desk(visit, asked.complaint)
    if not desk.may_extend or (asked.days is not None and not 0 < asked.days <= desk.may_extend):
        raise GoneError(asked.days)
    return Asked(desk, days=asked.days)


async def _asked_closing(visit: Visit, asked: CloseAs) -> Asked:
    desk = await on_desk(visit, asked.complaint)
    return Asked(desk, closing=closing_named(visit.say, asked.closing))


async def _offices(visit: Visit, asked: AskPassOn) -> Passing:
    desk = await on_desk(visit, asked.complaint)
    words = str(visit.person.memory.get(FOUND, "")) if asked.missed else ""
    known = visit.knowledge.directory.offices
    places = visit.knowledge.places.find(words) if words else None
    found = [known[e.office] for e in visit.knowledge.offices.find(words) if e.office in known]
    if places is not None and places.results and desk.facts.service is not None:
        there = visit.knowledge.finder.find(
            desk.facts.service, place=places.results[0].place.id, purpose="complaint"
        )
        found = [*(each.office for each in there.offices), *found]
    here = desk.facts.complaint.addressee
    different = {each.id: each for each in found if not each.closed and each.id != here}
    return Passing(desk, list(different.values())[:OFFICES_SHOWN], asked.missed)


async def _reason(visit: Visit, asked: PassTo) -> Passing:
    desk = await on_desk(visit, asked.complaint)
    return Passing(desk, (), missed=False, office=office_to(visit, desk, asked.office))


def office_to(visit: Visit, desk: OnDesk, office_id: str) -> Office:
    """An office that a complaint can be passed on to: one that works, and another than has it."""
    office = office_named(visit, office_id)
    if office.closed or office.id == desk.facts.complaint.addressee:
        raise GoneError(office_id)
    return office


async def _read(visit: Visit, opened: Read) -> ReadOn:
    return ReadOn(await on_desk(visit, opened.complaint), opened.page)


QUESTIONS = (
    AskRegister,
    AskAnswer,
    AskQuestion,
    AskPassOn,
    PassTo,
    NotOurs,
    AskClose,
    CloseAs,
    AskExtend,
    Read,
)

DIALOG = Dialog(
    views=(
        View(AskRegister, _asked_number, show_register),
        View(AskAnswer, _asked, show_answer),
        View(AskQuestion, _asked, show_asking),
        View(AskPassOn, _offices, show_passing),
        View(PassTo, _reason, show_reason),
        View(NotOurs, _asked, show_not_ours),
        View(AskClose, _asked, show_closings),
        View(CloseAs, _asked_closing, show_closing),
        View(AskExtend, _asked_longer, show_extend),
        View(Read, _read, show_read),
    ),
    steps=(
        *(Step(each, aside) for each in QUESTIONS),
        Step(TakeOn, _take),
        Step(ShowFiles, _files),
    ),
    inputs=(
        Input(AskRegister, _register),
        Input(AskAnswer, _answer),
        Input(AskQuestion, _ask),
        Input(AskPassOn, _look_up),
        Input(PassTo, _pass_on),
        Input(NotOurs, _not_ours),
        Input(CloseAs, _close),
        Input(AskExtend, _extend),
    ),
    passing={FOUND: (AskPassOn, PassTo)},
)
