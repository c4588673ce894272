"""Notices: what officials are told of a complaint: in private its words too, in a group not."""

from collections.abc import Iterator

from markupsafe import Markup

from core.complaints.model import Attachment
from dialogs.complaints.words import Facts, about_line, states, subjects
from dialogs.doors import OpenComplaint
from dialogs.markup import bold, clip, italic, lines, paragraphs, quote
from dialogs.screen import (
    TEXT_LIMIT,
    Button,
    File,
    FileKind,
    Link,
    Screen,
    visible_length,
)
from dialogs.speech import Speech

MARGIN = 10
SHORTEST_QUOTE = 100


def show_notice(say: Speech, facts: Facts, news: Markup) -> Screen:
    """What has happened, and all that an official needs to act; nothing of it can be forwarded."""
    above = (
        bold(say.label("Complaint No. {number}", number=facts.number)),
        news,
        lines(*matter_lines(say, facts)),
    )
    below = (
        wish(say, facts),
        due_line(say, facts),
        italic(say("To answer, reply to this message, or open the complaint.")),
    )
    room = TEXT_LIMIT - visible_length(paragraphs(*above, *below)) - MARGIN
    words = facts.complaint.said.text
    # News that quotes much leaves little room; whoever has the complaint was told its words before.
    told = quote(clip(words, room)) if words and room >= SHORTEST_QUOTE else None
    text = paragraphs(*above, told, *below)
    opens = Button(say.label("Open the complaint"), OpenComplaint(facts.complaint.id))
    return Screen(text, ((opens,),), protect=True)


def show_in_group(say: Speech, facts: Facts, news: Markup) -> Screen:
    """The same where strangers may read: no words of the parent and no name."""
    text = paragraphs(
        bold(say.label("Complaint No. {number}", number=facts.number)),
        news,
        lines(*_known_to_all(say, facts)),
        due_line(say, facts),
    )
    if not facts.bot_name:
        # Caused on a command line before the bot has ever run: it has no address yet.
        return Screen(text, protect=True)
    address = f"https://t.me/{facts.bot_name}?start=c-{facts.number}"
    opens = Button(say.label("Open in private"), Link(address))
    return Screen(text, ((opens,),), protect=True)


def show_overdue(say: Speech, facts: Facts) -> Screen:
    """That an office is late, for those above it: no words of the parent and no name."""
    office = facts.addressee
    text = paragraphs(
        bold(say.label("Complaint No. {number}", number=facts.number)),
        say("The answer is overdue at: {office}", office=say.of(office.name)) if office else None,
        lines(*_known_to_all(say, facts)),
        due_line(say, facts),
    )
    return Screen(text, protect=True)


def show_file(say: Speech, facts: Facts, file: Attachment) -> Screen:
    """A file that came with a complaint; Telegram sends it on only as what it came as."""
    caption = say("To complaint No. {number}", number=facts.number)
    return Screen(caption, file=File(FileKind(file.kind), telegram_id=file.file_id), protect=True)


def matter_lines(say: Speech, facts: Facts) -> Iterator[Markup]:
    """Subject, service, office, state and files, a line each."""
    yield from _known_to_all(say, facts)
    yield say("State: {state}", state=states(say)[facts.complaint.state])
    if facts.files:
        yield say("Files: {number}", number=facts.files)


def _known_to_all(say: Speech, facts: Facts) -> Iterator[Markup]:
    complaint = facts.complaint
    if complaint.subject is not None:
        subject = subjects(say)[complaint.subject]
        yield say("Subject: {subject}", subject=subject)
    if facts.service is not None:
        yield say("Service: {service}", service=say.of(facts.service.short))
    yield about_line(say, facts)


def wish(say: Speech, facts: Facts) -> Markup:
    """Whether and how the parent wants to be named and reached."""
    said = facts.complaint.said
    match said.contact:
        case "named":
            parts = [each for each in (said.name, said.phone, said.address) if each]
            return say("From: {person}", person=", ".join(parts))
        case "unnamed":
            return say("The parent does not give a name; the answer goes through this bot.")
        case _:
            return say("The parent wants the answer here in Telegram, without a name.")


def due_line(say: Speech, facts: Facts) -> Markup:
    """By when the answer is due, which is known once the complaint is registered."""
    if facts.due is None:
        return say("Not registered yet: there is no due date.")
    day = say.date(facts.due.day)
    if facts.late:
        return say("⚠ The answer was due on {day}.", day=day)
    return say("The answer is due by {day}.", day=day)
