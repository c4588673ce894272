"""What a complaint is: its parts, the closed list of what can happen to it, and its states.

The events are the record and are never changed; the state is what they lead to, one by one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, get_args

from core.services.model import Subject

State = Literal[
    "draft",
    "sent",
    "delivered",
    "registered",
    "taken",
    "waiting",
    "passed_on",
    "answered",
    "closed",
    "withdrawn",
    "reopened",
]
EventKind = Literal[
    "sent",
    "delivered",
    "undelivered",
    "untaken",
    "registered",
    "taken",
    "released",
    "extended",
    "asked",
    "added",
    "passed_on",
    "answered",
    "closed",
    "withdrawn",
    "helped",
    "reopened",
    "went_on",
    "reminded",
    "held",
    "let_on",
]
By = Literal["parent", "official", "admin", "bot"]
Contact = Literal["telegram", "named", "unnamed"]
Closing = Literal["answered", "unfounded", "withdrawn", "not_considered"]

STATES: tuple[State, ...] = get_args(State)
EVENTS: tuple[EventKind, ...] = get_args(EventKind)
ENDED: frozenset[State] = frozenset({"draft", "answered", "closed", "withdrawn"})
"""Nobody owes anything in these states; in all others somebody has the complaint in hand."""
OPEN: frozenset[State] = frozenset(STATES) - ENDED

_IN_HAND: tuple[State, ...] = ("registered", "taken", "waiting")
_ARRIVED: tuple[State, ...] = ("sent", "delivered", "passed_on", "reopened")
_ANY_OPEN: tuple[State, ...] = (*_ARRIVED, *_IN_HAND)

Moves = dict[State, State]


def _to(target: State, *states: State) -> Moves:
    return dict.fromkeys(states, target)


def _stays(*states: State) -> Moves:
    return {each: each for each in states}


# What can happen when, and where it leads.
TRANSITIONS: Mapping[EventKind, Moves] = {
    "sent": _to("sent", "draft"),
    "delivered": _to("delivered", *_ARRIVED) | _stays(*_IN_HAND),
    "undelivered": _stays(*_ANY_OPEN, "answered", "closed"),
    "untaken": _stays(*_ARRIVED),
    "registered": _to("registered", *_ARRIVED, "taken", "waiting"),
    "taken": _to("taken", *_ARRIVED, "registered"),
    "released": _to("delivered", *_IN_HAND) | _stays(*_ARRIVED),
    "extended": _stays(*_IN_HAND),
    "asked": _to("waiting", *_ANY_OPEN),
    "added": _stays(*_ANY_OPEN, "answered", "closed") | _to("taken", "waiting"),
    "passed_on": _to("passed_on", *_ANY_OPEN),
    "answered": _to("answered", *_ANY_OPEN),
    "closed": _to("closed", *_ANY_OPEN, "answered"),
    "withdrawn": _to("withdrawn", *_ANY_OPEN, "answered"),
    "helped": _to("closed", "answered", "closed"),
    "reopened": _to("reopened", "answered", "closed"),
    "went_on": _stays(*_ANY_OPEN, "answered", "closed"),
    "reminded": _stays(*_ANY_OPEN),
    "held": _stays(*_ANY_OPEN),
    "let_on": _stays(*_ANY_OPEN),
}


class NotPossibleError(Exception):
    """This cannot happen to a complaint in its state."""

    def __init__(self, kind: EventKind, state: State) -> None:
        """Say what was tried and where."""
        super().__init__(f"{kind} cannot happen to a complaint that is {state}")
        self.kind = kind
        self.state = state


def after(state: State, kind: EventKind) -> State:
    """The state that an event leads to; raises NotPossibleError where it cannot happen."""
    target = TRANSITIONS[kind].get(state)
    if target is None:
        raise NotPossibleError(kind, state)
    return target


def can(state: State, kind: EventKind) -> bool:
    """Whether an event can happen in a state."""
    return state in TRANSITIONS[kind]


def is_held(kinds: Iterable[EventKind]) -> bool:
    """Whether an admin is to look at it before an official, because of its words."""
    held = False
    for kind in kinds:
        held = kind == "held" or (held and kind != "let_on")
    return held


def replayed(kinds: Iterable[EventKind]) -> State:
    """The state that events lead to, from the draft on."""
    state: State = "draft"
    for kind in kinds:
        state = after(state, kind)
    return state


_YES_OR_NO = ("consent", "unknown_office", "unknown_place", "no_service")


@dataclass(frozen=True, slots=True)
class Said:
    """What a parent says, all of it personal: sealed when kept."""

    text: str = ""
    contact: Contact = "telegram"
    name: str = ""
    phone: str = ""
    address: str = ""
    handed_in: date | None = None
    promised: date | None = None
    due: date | None = None
    slip: str = ""
    consent: bool = False
    """Whether they agreed to what is kept and who sees it."""
    unknown_office: bool = False
    """Whether they do not know which office it is."""
    unknown_place: bool = False
    """Whether they do not want to say where that was."""
    no_service: bool = False
    """Whether it is about none of the services that the bot knows."""

    def as_json(self) -> dict[str, Any]:
        """As it is sealed; what is empty is left out."""
        values: dict[str, Any] = {
            name: getattr(self, name)
            for name in ("text", "contact", "name", "phone", "address", "slip")
        }
        days = {name: getattr(self, name) for name in ("handed_in", "promised", "due")}
        values |= {name: day.isoformat() for name, day in days.items() if day is not None}
        values |= {name: getattr(self, name) for name in _YES_OR_NO}
        return {name: value for name, value in values.items() if value}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Said":
        """As it was sealed."""
        days = {
            name: date.fromisoformat(values[name])
            for name in ("handed_in", "promised", "due")
            if name in values
        }
        return cls(**{**values, **days})


@dataclass(frozen=True, slots=True)
class Complaint:
    """One complaint as it stands now."""

    id: int
    person_id: int | None
    """Who made it; None once they asked to be forgotten."""
    language: str
    service: str | None
    place: str | None
    office: str | None
    """The office it is about."""
    addressee: str | None
    """The office that has it; None while the directory has none that could."""
    step: int
    """How far up the routes of its subject it has gone."""
    subject: Subject | None
    state: State
    said: Said
    taken_by: int | None
    incoming_number: str | None
    """What the office wrote into its journal, once it is an official complaint."""
    registered_on: date | None
    extended_days: int
    follows: int | None
    """The complaint of the step before."""
    joined_to: int | None
    """An earlier one about the same, to which the parent joined this."""
    version: int
    created_at: datetime
    sent_at: datetime | None
    changed_at: datetime

    @property
    def is_open(self) -> bool:
        """Whether somebody has to do something about it."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a complaint."""

    id: int
    complaint: int
    kind: EventKind
    at: datetime
    by: By
    person_id: int | None
    office: str | None
    """The office for which it was done, or to which it went."""
    words: str | None
    """What was said, sealed when kept."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """What else belongs to it; nothing personal."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a complaint or with something said later; it stays at Telegram."""

    id: int
    complaint: int
    event: int | None
    """The event it came with; None while the complaint is a draft, or with the complaint itself."""
    kind: str
    file_id: str
    name: str
    size: int


MOST_FILES = 10
"""Files of one complaint when it is sent."""
MOST_FILES_A_DAY = 20
MOST_A_DAY = 5
"""Complaints of one person in a day."""
ALIKE_DAYS = 7
"""Two complaints of one person about one office within so many days may be one."""


def alike(complaint: Complaint, others: Sequence[Complaint]) -> Complaint | None:
    """An earlier open complaint of the same person that this one may belong to."""
    for each in others:
        near = (complaint.created_at - each.created_at).days < ALIKE_DAYS
        same = each.office is not None and each.office == complaint.office
        if each.id != complaint.id and each.is_open and same and near:
            return each
    return None
