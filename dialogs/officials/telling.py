"""Telling: puts into the outgoing queue what officials and parents must hear of a complaint.

Everything goes in the transaction of its cause, once for each person, and is about its complaint,
so that a reply to it finds its way.
"""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from core.complaints.model import Attachment, Complaint, Event
from core.outgoing import Lane, Parcel
from dialogs.complaints.owning import whole
from dialogs.complaints.words import Facts
from dialogs.desk import Desk, speech_of
from dialogs.markup import lines, quote
from dialogs.officials.grouping import tell_groups
from dialogs.officials.marking import promise
from dialogs.officials.notice import show_file, show_notice
from dialogs.screen import Screen
from dialogs.screen_json import screen_to_json
from dialogs.speech import Speech

TO_OFFICIAL, TO_PARENT = "complaint to official", "complaint to parent"
News = Callable[[Speech], Markup]


def about(complaint: int) -> str:
    """By what a message of the queue is known to be about a complaint."""
    return f"complaint:{complaint}"


def complaint_in(subject: str | None) -> int | None:
    """The complaint that a message of the queue is about, if it is about one."""
    kind, _, number = (subject or "").partition(":")
    return int(number) if kind == "complaint" and number.isdigit() else None


def new_complaint(say: Speech) -> Markup:
    """What the officials hear of a complaint that has come."""
    return say("A new complaint has come.")


def added(words: str) -> News:
    """What the officials hear of something that was added."""

    def news(say: Speech) -> Markup:
        head = say("The parent has added something.")
        if not words:
            return head
        return lines(head, quote(words))

    return news


async def tell_owners(
    desk: Desk,
    complaint: Complaint,
    event: Event,
    news: News,
    attached: Sequence[Attachment] = (),
) -> Facts:
    """Tell everyone who has the complaint; in the language of each."""
    facts = await whole(desk, desk.languages[complaint.language], complaint)
    for person in _concerned(facts):
        say = await speech_of(desk, person)
        screens = [show_notice(say, facts, news(say))]
        screens += [show_file(say, facts, each) for each in attached]
        await _post(desk, complaint, event, (person, TO_OFFICIAL), screens)
    await tell_groups(desk, facts, event, about(complaint.id))
    return facts


async def tell_of_file(
    desk: Desk, complaint: Complaint, event: Event, files: Sequence[Attachment]
) -> None:
    """One file more came with something that whoever has the complaint was told of."""
    facts = await whole(desk, desk.languages[complaint.language], complaint)
    for person in _concerned(facts):
        say = await speech_of(desk, person)
        screen = show_file(say, facts, files[-1])
        await _post(desk, complaint, event, (person, TO_OFFICIAL), [screen], first=len(files))


async def tell_parent(
    desk: Desk,
    complaint: Complaint,
    event: Event,
    screen: Callable[[Speech], Screen] | None,
    attached: Sequence[Attachment] = (),
) -> None:
    """The parent hears of an event, in their own language; nobody if they were forgotten."""
    say = desk.languages[complaint.language]
    facts = await whole(desk, say, complaint)
    await tell_groups(desk, facts, event, about(complaint.id))
    await promise(desk, complaint, event, about(complaint.id))
    if complaint.person_id is None:
        return
    screens = [] if screen is None else [screen(say)]
    screens += [show_file(say, facts, each) for each in attached]
    await _post(desk, complaint, event, (complaint.person_id, TO_PARENT), screens)


def _concerned(facts: Facts) -> Sequence[int]:
    """Whoever has taken it; all who have it, if nobody has."""
    taken = facts.complaint.taken_by
    return (taken,) if taken in facts.owners.people and taken else facts.owners.people


def once(cause: str, chat: int, event: int, place: int = 0) -> str:
    """The name under which one person hears of one event, once: its words, then its files."""
    return f"{cause}:{chat}:{event}:{place}"


async def _post(
    desk: Desk,
    complaint: Complaint,
    event: Event,
    to: tuple[int, str],
    screens: Sequence[Screen],
    *,
    first: int = 0,
) -> None:
    """One person hears of one event, once."""
    chat, cause = to
    for place, screen in enumerate(screens, start=first):
        await desk.post(
            Parcel(
                chat_id=chat,
                body=screen_to_json(screen),
                lane=Lane.PERSONAL,
                cause=cause,
                once=once(cause, chat, event.id, place),
                about=about(complaint.id),
            )
        )
