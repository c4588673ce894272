"""One turn of a conversation: what a person did, what the dialogs may know, what they reply."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from core.knowledge import Knowledge
from core.outgoing import Parcel
from core.people import Person
from core.statistics.kinds import Count
from core.store import outgoing
from core.store.database import Transaction
from core.store.enquiries import Enquiry
from dialogs.action import Action
from dialogs.screen import Screen
from dialogs.speech import Languages, Speech


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button was pressed; `packed` may be anything, old buttons and forged data too."""

    packed: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command such as `/start`, with what was typed behind it."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """Words in the person's own hand; `reply_to` is the message they were a reply to."""

    text: str
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class Located:
    """A position or a venue was shared."""

    latitude: float
    longitude: float
    title: str = ""


@dataclass(frozen=True, slots=True)
class Introduced:
    """A contact was shared; `own` is true if it is the sender's own number."""

    phone: str
    own: bool


class Kind(StrEnum):
    """What else people send."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VIDEO = "video"
    VOICE = "voice"
    AUDIO = "audio"
    VIDEO_NOTE = "video_note"
    ANIMATION = "animation"
    STICKER = "sticker"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Sent:
    """A file or anything that is neither words nor a place."""

    kind: Kind
    file_id: str = ""
    file_name: str = ""
    size: int = 0
    caption: str = ""
    album: str = ""
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class Edited:
    """An earlier message was changed."""

    message_id: int
    text: str


class Trouble(StrEnum):
    """Why a file that was sent could not be taken in."""

    LARGE = "large"
    """It is larger than what was to be fetched, or than Telegram gives to bots."""
    LOST = "lost"
    """Telegram does not give it, now or any more."""
    BROKEN = "broken"
    """Reading it failed through a fault of ours, which was reported."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file that was sent holds, as the one who asked for it read it; or what went wrong."""

    name: str
    holds: object = None
    trouble: Trouble | None = None


Given = Typed | Located | Introduced | Sent | Edited | Brought
Event = Pressed | Command | Given


class GoneError(LookupError):
    """What a button speaks of is no longer there, or is not this person's."""


@dataclass(slots=True)
class Visit:
    """What a dialog has before it during one turn; its person is replaced, never mutated."""

    person: Person
    tx: Transaction
    now: datetime
    languages: Languages
    knowledge: Knowledge
    bot_name: str
    where: Action
    enquiries: dict[int, Enquiry] = field(default_factory=dict)
    """The person's enquiries as they are in this turn, so that none is read twice."""

    counted: Counter[tuple[str, str]] = field(default_factory=Counter)
    """What happened in this turn, for the statistics; of nobody in particular."""

    missed: str = ""
    """What was looked for in this turn and not found."""

    posted: bool = False
    """Whether something was put into the outgoing queue in this turn."""

    name: str = ""
    """What Telegram calls the person now; kept only where they ask for a role."""

    @property
    def say(self) -> Speech:
        """The person's language."""
        return self.languages[self.person.language]

    def count(self, what: Count, key: str) -> None:
        """Let the statistics know that something happened, once this turn is written."""
        self.counted[what.value, key] += 1

    def goes_to(self, view: Action) -> None:
        """Let the person be at a view that is shown only by what follows."""
        self.person = replace(self.person, view=view.pack())

    async def post(self, parcel: Parcel) -> int | None:
        """Say something to somebody else, once this turn is written; None if it was said before."""
        self.posted = True
        return await outgoing.put(self.tx, parcel, self.now)


@dataclass(frozen=True, slots=True)
class Making:
    """A screen that takes long to make, such as a paper; made after the turn has been written."""

    make: Callable[[], Screen]


@dataclass(frozen=True, slots=True)
class Fetch:
    """A file to bring from Telegram once this turn is written and shown.

    `read` makes of its bytes what the dialog needs, beside the loop and in no transaction; that
    comes back to the input of the view where the person then is, as `Brought`. A crash before loses
    it, and the person sends the file once more.
    """

    file_id: str
    name: str
    most: int
    """So many bytes it may have."""
    read: Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class Reply:
    """Where a step leads: the view to show, a toast to flash over it, screens to send before it.

    With `back_to` the view is an aside: `GoOn` leads from it to where the person was. With
    `in_place` the living message is changed even after something was sent: the rest of an album.
    """

    view: Action | None = None
    toast: str = ""
    alert: bool = False
    before: tuple[Screen | Making, ...] = ()
    back_to: Action | None = None
    fetch: Fetch | None = None
    in_place: bool = False


A = TypeVar("A", bound=Action)
F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class View(Generic[A, F]):
    """A place one can be at: its facts are fetched, then shown by a pure function."""

    action: type[A]
    load: Callable[[Visit, A], Awaitable[F]]
    show: Callable[[Speech, F], Screen]


@dataclass(frozen=True, slots=True)
class Step(Generic[A]):
    """Something a button does on the way to a view."""

    action: type[A]
    take: Callable[[Visit, A], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Input(Generic[A]):
    """What a person at this view may type or send; None means: not meant for this view."""

    action: type[A]
    take: Callable[[Visit, A, Given], Awaitable[Reply | None]]


ReplyStep = Callable[[Visit, int, Given], Awaitable[Reply | None]]
"""What a reply to a message of the queue leads to, by the number of what that was about."""

SentStep = Callable[[Visit, Sent], Awaitable[Reply | None]]

CommandStep = Callable[[Visit, str], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Dialog:
    """One conversation: its views, steps, inputs, and the commands and links that open it."""

    views: tuple[View[Any, Any], ...] = ()
    steps: tuple[Step[Any], ...] = ()
    inputs: tuple[Input[Any], ...] = ()
    commands: Mapping[str, CommandStep] = field(default_factory=dict)
    links: Mapping[str, CommandStep] = field(default_factory=dict)
    passing: Mapping[str, tuple[type[Action], ...]] = field(default_factory=dict)
    """What a person's memory holds only while they are at one of these views."""
    replies: Mapping[str, ReplyStep] = field(default_factory=dict)
    """What a reply to a message leads to, by the kind of thing that the message was about."""
    unasked: SentStep | None = None
    """What becomes of a file that nothing waited for; None of it leaves it to others."""


def page(action: type[A], show: Callable[[Speech, A], Screen]) -> View[A, A]:
    """A view that needs no facts but what its action says."""

    async def itself(_: Visit, opened: A) -> A:
        return opened

    return View(action, itself, show)


async def aside(visit: Visit, opened: Action) -> Reply:
    """A step beside whatever the person is doing, with one button back to it."""
    return Reply(opened, back_to=visit.where)


def leads_to(view: Action) -> CommandStep:
    """A command that does nothing but open this view."""

    async def lead(_: Visit, __: str) -> Reply:
        return Reply(view)

    return lead
