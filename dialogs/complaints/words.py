"""Words about complaints: subjects, states and events as people call them, and shared lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from core.complaints import number
from core.complaints.deadlines import AnswerDue, Body, answer_due
from core.complaints.helplines import Helpline
from core.complaints.model import Closing, Complaint, Event, EventKind, State, is_held
from core.complaints.routing import Owners, body_of
from core.directory.model import Office
from core.knowledge import Knowledge
from core.places.model import Place
from core.services.model import Service, Subject
from dialogs.markup import clip, italic, lines
from dialogs.offices.looking import place_name
from dialogs.speech import Speech
from dialogs.turn import Given, Sent, Typed


def subjects(say: Speech) -> dict[Subject, str]:
    """What a complaint can be about."""
    return {
        "refused": say.label("They refused"),
        "late": say.label("The answer is late"),
        "not_taken": say.label("They would not take the papers"),
        "extra_papers": say.label("They ask for papers not in the list"),
        "no_receipt": say.label("They gave no receipt"),
        "money": say.label("They asked for money"),
        "rude": say.label("They were rude"),
        "hours": say.label("They were closed in working hours"),
        "other": say.label("Something else"),
    }


def states(say: Speech) -> dict[State, str]:
    """How a complaint stands."""
    return {
        "draft": say.label("not sent yet"),
        "sent": say.label("sent"),
        "delivered": say.label("delivered to the official"),
        "registered": say.label("registered at the office"),
        "taken": say.label("an official works on it"),
        "waiting": say.label("the official waits for your answer"),
        "passed_on": say.label("passed on to another office"),
        "answered": say.label("answered"),
        "closed": say.label("closed"),
        "withdrawn": say.label("taken back by you"),
        "reopened": say.label("sent again: the answer did not help"),
    }


def happenings(say: Speech) -> dict[EventKind, str]:
    """What can happen to a complaint."""
    return {
        "sent": say.label("Sent"),
        "delivered": say.label("Delivered to the official"),
        "undelivered": say.label("Could not be delivered"),
        "untaken": say.label("Nobody has taken it yet"),
        "registered": say.label("Registered at the office"),
        "taken": say.label("An official has taken it"),
        "released": say.label("Given back"),
        "extended": say.label("The term was extended"),
        "asked": say.label("The official asks"),
        "added": say.label("The parent adds"),
        "passed_on": say.label("Passed on"),
        "answered": say.label("Answered"),
        "closed": say.label("Closed"),
        "withdrawn": say.label("Taken back"),
        "helped": say.label("The answer helped"),
        "reopened": say.label("The answer did not help"),
        "went_on": say.label("A complaint to the next step was made"),
        "reminded": say.label("Reminded of the term"),
        "held": say.label("An admin looks at the words first"),
        "let_on": say.label("An admin let it through"),
    }


def happening(say: Speech, event: Event) -> str:
    """What happened, with what is known of it besides."""
    if event.kind == "undelivered" and event.data.get("to") == "parent":
        return say.label("A message to the parent could not be delivered")
    if event.kind == "undelivered" and event.data.get("what") == "file":
        return say.label("A file could not be delivered")
    if event.kind == "added" and event.by != "parent":
        return say.label("The office adds to its answer")
    return happenings(say)[event.kind]


def closings(say: Speech) -> dict[Closing, str]:
    """In which ways a complaint is closed."""
    return {
        "answered": say.label("answered"),
        "unfounded": say.label("found groundless"),
        "withdrawn": say.label("taken back by the parent"),
        "not_considered": say.label("left without consideration"),
    }


LONGEST_WORDS = 3000
"""So much is kept of what somebody writes at once, as Telegram counts."""


def said_by(given: Given) -> str:
    """What somebody said in words, as much of it as is kept."""
    match given:
        case Typed(text):
            return clip(text.strip(), LONGEST_WORDS)
        case Sent(caption=caption):
            return clip(caption.strip(), LONGEST_WORDS)
        case _:
            return ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the screens of a complaint are drawn from."""

    complaint: Complaint
    service: Service | None
    about: Office | None
    addressee: Office | None
    owners: Owners
    body: Body
    due: AnswerDue | None
    late: bool
    helplines: Sequence[Helpline]
    place: Place | None = None
    """Where it was, of a parent who does not know the office."""
    events: Sequence[Event] = ()
    files: int = 0
    bot_name: str = ""

    @property
    def held(self) -> bool:
        """Whether an admin looks at it first, because of its words."""
        return is_held(each.kind for each in self.events)

    @property
    def number(self) -> str:
        """The number as people see it."""
        return number.shown(self.complaint.id)


def facts_of(
    say: Speech, knowledge: Knowledge, complaint: Complaint, owners: Owners, now: datetime
) -> Facts:
    """Everything about a complaint that is known without reading further."""
    service = knowledge.library.services.get(complaint.service or "")
    directory = knowledge.directory
    body = body_of(directory, complaint, service)
    ends = answer_due(complaint, body, knowledge.appeals, knowledge.calendar)
    today = say.day(now)
    return Facts(
        complaint=complaint,
        service=service,
        about=directory.office(complaint.office) if complaint.office else None,
        addressee=directory.office(complaint.addressee) if complaint.addressee else None,
        owners=owners,
        body=body,
        due=ends,
        late=complaint.is_open and ends is not None and ends.is_over(today),
        helplines=knowledge.helplines,
        place=directory.places.get(complaint.place or ""),
    )


def subject_of(say: Speech, facts: Facts) -> str:
    """What a complaint is about, in a word or two."""
    subject = facts.complaint.subject
    return subjects(say)[subject] if subject else ""


def matter(say: Speech, facts: Facts) -> Markup:
    """What a complaint is about, in two or three lines."""
    complaint = facts.complaint
    parts = []
    if complaint.subject is not None:
        parts.append(Markup.escape(subjects(say)[complaint.subject]))
    if facts.service is not None:
        parts.append(Markup.escape(say.of(facts.service.short)))
    parts.append(about_line(say, facts))
    return lines(*parts)


def about_line(say: Speech, facts: Facts) -> Markup:
    """Which office it is about."""
    if facts.about is not None:
        return say("About: {office}", office=say.of(facts.about.name))
    if facts.place is not None:
        return say("About: an office in {place}", place=place_name(say, facts.place))
    return say("About: an office that is not named")


def danger(say: Speech, helplines: Sequence[Helpline]) -> Markup:
    """The quiet line that every complaint begins with."""
    numbers = " · ".join(each.number for each in helplines)
    return italic(say("A child is in danger? Call at once: {numbers}", numbers=numbers))
