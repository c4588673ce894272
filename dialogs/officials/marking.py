"""Marking: an official sees that what they wrote is on its way to the parent, and that it came."""

from markupsafe import Markup

from core.complaints import number
from core.complaints.model import Complaint, Event, EventKind
from core.outgoing import Lane, Parcel
from core.store import complaints
from core.store.outgoing import Posting
from dialogs.desk import Desk, speech_of
from dialogs.screen import Screen
from dialogs.screen_json import screen_to_json
from dialogs.speech import Speech

MARK, MARKED = "mark", "mark changed"
WRITTEN: frozenset[EventKind] = frozenset(
    {"answered", "asked", "added", "closed", "extended", "passed_on"}
)
"""With these an official writes something to the parent."""


async def promise(desk: Desk, complaint: Complaint, event: Event, about: str) -> None:
    """Tell an official that what they wrote is on its way; or that there is nobody to read it."""
    if event.person_id is None or event.by == "parent" or event.kind not in WRITTEN:
        return
    say = await speech_of(desk, event.person_id)
    shown, what = number.shown(complaint.id), _written(say, event.kind)
    text = (
        say("⚠ No. {number}: {what}: the parent has erased all of theirs.", number=shown, what=what)
        if complaint.person_id is None
        else say("⏳ No. {number}: {what}: on its way to the parent.", number=shown, what=what)
    )
    await _post(desk, event.person_id, text, (MARK, name_of(event), about))


async def keep(desk: Desk, posting: Posting, why: str | None = None) -> None:
    """Change the mark once the parent has it, or will not have it, and then why."""
    found = await _meant(desk, posting)
    if found is None:
        return
    event, about = found
    official = event.person_id
    if official is None:
        return
    say = await speech_of(desk, official)
    shown, what = number.shown(event.complaint), _written(say, event.kind)
    if why is None:
        text = say(
            "✓ No. {number}: {what}: delivered to the parent, {day}, {clock}",
            number=shown,
            what=what,
            day=say.date(desk.now),
            clock=say.time(desk.now),
        )
    elif why == "blocked":
        text = say(
            "⚠ No. {number}: {what}: not delivered, the parent has blocked the bot. They see it "
            "when they come back.",
            number=shown,
            what=what,
        )
    else:
        text = say(
            "⚠ No. {number}: {what}: not delivered. The parent sees it when they come back.",
            number=shown,
            what=what,
        )
    mark = name_of(event)
    name = f"{mark}:{'arrived' if why is None else 'lost'}"
    await _post(desk, official, text, (MARKED, name, about), edits=mark)


def name_of(event: Event) -> str:
    """The name of the mark of what an official wrote."""
    return f"{MARK}:{event.person_id}:{event.id}"


async def _meant(desk: Desk, posting: Posting) -> tuple[Event, str] | None:
    """What a message to a parent was of, if it was the words that an official wrote."""
    *_, written, place = (posting.once or "").split(":")
    if posting.about is None or place != "0" or not written.isdigit():
        return None
    _, _, subject = posting.about.partition(":")
    for each in await complaints.events(desk.tx, int(subject)):
        if each.id == int(written) and each.kind in WRITTEN and each.by != "parent":
            return each, posting.about
    return None


def _written(say: Speech, kind: EventKind) -> str:
    return {
        "answered": say.label("The answer"),
        "asked": say.label("The question"),
        "added": say.label("What you added"),
        "closed": say.label("The closing words"),
        "extended": say.label("Word of the longer term"),
        "passed_on": say.label("Word that it was passed on"),
    }[kind]


async def _post(
    desk: Desk, official: int, text: Markup, named: tuple[str, str, str], edits: str | None = None
) -> None:
    cause, once, about = named
    body = screen_to_json(Screen(text, protect=True))
    await desk.post(
        Parcel(
            chat_id=official,
            body=body if edits is None else {**body, "edits": edits},
            lane=Lane.PERSONAL,
            cause=cause,
            once=once,
            about=about,
        )
    )
