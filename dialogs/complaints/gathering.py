"""Gathering: what happened, in the parent's own words, and the photos and papers that show it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from markupsafe import Markup

from core.complaints.model import MOST_FILES, MOST_FILES_A_DAY, Attachment, Complaint
from core.store import complaints
from dialogs.complaints.actions import (
    AskContact,
    AskFiles,
    AskMore,
    AskWords,
    ClearWords,
    DropFile,
)
from dialogs.complaints.drafting import facts_of_draft, keep, leaving, own_draft
from dialogs.complaints.words import LONGEST_WORDS, Facts, matter, said_by
from dialogs.markup import clip, paragraphs, quote
from dialogs.screen import Button, Screen, visible_length
from dialogs.speech import Speech
from dialogs.turn import (
    Dialog,
    Edited,
    Given,
    Input,
    Kind,
    Reply,
    Sent,
    Step,
    Typed,
    View,
    Visit,
    aside,
)

LARGEST_FILE_MB = 20
"""Telegram gives a bot no file larger than that, so that nobody could open it again."""

FILE_KINDS = frozenset(
    {
        Kind.PHOTO,
        Kind.DOCUMENT,
        Kind.VIDEO,
        Kind.VOICE,
        Kind.AUDIO,
        Kind.VIDEO_NOTE,
        Kind.ANIMATION,
    }
)
LONGEST_NAME = 200
LONGEST_SHOWN = 600
DAY = timedelta(days=1)
NOTICE = "complaint notice"
"""Under this name a person's memory holds what the next screen says of what was sent last."""

ALBUM = "complaint album"
"""The album whose first file was answered, so that the rest of it changes the same screen."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a draft so far, and what is to be said of those that came last."""

    facts: Facts
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a draft, and what is to be said of the one that came last."""

    facts: Facts
    files: Sequence[Attachment]
    notice: str = ""


def show_words(say: Speech, gathered: Words) -> Screen:
    """What happened, in their own words; several messages join."""
    facts = gathered.facts
    number, words = facts.complaint.id, facts.complaint.said.text
    rows: list[tuple[Button, ...]] = []
    notice = Markup.escape(gathered.notice) if gathered.notice else None
    if words:
        rows.append((Button(say.label("That is all, go on"), AskFiles(number)),))
        rows.append((Button(say.label("Write it anew"), ClearWords(number)),))
        text = paragraphs(
            quote(clip(words, LONGEST_SHOWN)),
            notice,
            say("<b>Anything more?</b> Just write on, or go on to the next step."),
        )
    else:
        text = paragraphs(
            matter(say, facts),
            notice,
            say(
                "<b>Tell in your own words what happened.</b>\nWhen it was, who it was, what you "
                "asked for and what you were told. One message or several."
            ),
        )
    return Screen(text, (*rows, leaving(say, facts)))


def show_files(say: Speech, gathered: Files) -> Screen:
    """Photos and papers that show it."""
    number = gathered.facts.complaint.id
    count = len(gathered.files)
    done = say.label("Done") if count else say.label("No photos or papers")
    rows: list[tuple[Button, ...]] = [(Button(done, AskContact(number)),)]
    if count:
        drop = DropFile(number, gathered.files[-1].id)
        rows.append((Button(say.label("Take the last one away"), drop),))
    text = paragraphs(
        Markup.escape(gathered.notice) if gathered.notice else None,
        say.plural("{number} file is here.", "{number} files are here.", count) if count else None,
        say(
            "<b>Do you have photos or papers that show it?</b>\nSend up to {most}: photos, "
            "documents, videos or voice messages. Then press the button.",
            most=MOST_FILES,
        ),
    )
    return Screen(text, (*rows, leaving(say, gathered.facts)))


def notices(visit: Visit, notice: str) -> None:
    """Keep for the next screen what is to be said of what came last."""
    remember(visit, NOTICE, notice or None)


def remember(visit: Visit, name: str, value: str | None) -> None:
    """Keep something in the person's memory, or let go of it."""
    memory = {key: kept for key, kept in visit.person.memory.items() if key != name}
    if value is not None:
        memory[name] = value
    visit.person = replace(visit.person, memory=memory)


def noticed(visit: Visit) -> str:
    """What is to be said of what came last."""
    return str(visit.person.memory.get(NOTICE, ""))


def belongs_to_album(visit: Visit, given: Sent) -> bool:
    """Whether it is the rest of the album that was answered last."""
    rest = bool(given.album) and given.album == visit.person.memory.get(ALBUM)
    remember(visit, ALBUM, given.album or None)
    return rest


async def refusal(visit: Visit, complaint: Complaint, given: Sent) -> str | None:
    """Why a file is not taken, if it is not."""
    say = visit.say
    if given.kind not in FILE_KINDS or not given.file_id:
        return say.label("I can pass on photos, documents, videos and voice messages only.")
    if given.size > LARGEST_FILE_MB * 1024 * 1024:
        return say.label(
            "This file is larger than {most} MB. Send a smaller one.", most=LARGEST_FILE_MB
        )
    files = await complaints.files(visit.tx, complaint.id)
    if complaint.state == "draft" and len(files) >= MOST_FILES:
        return say.label(
            "There are {most} files here already; more cannot be sent at once.", most=MOST_FILES
        )
    since = visit.now - DAY
    if await complaints.files_since(visit.tx, visit.person.id, since) >= MOST_FILES_A_DAY:
        return say.label(
            "You have sent {most} files within a day. More can be sent tomorrow.",
            most=MOST_FILES_A_DAY,
        )
    return None


def too_long(say: Speech) -> str:
    """That the end of what was written is not kept."""
    return say.label(
        "It is longer than the {most} signs that I can pass on: the end is left out. The rest can "
        "go into a document.",
        most=LONGEST_WORDS,
    )


async def _typed(visit: Visit, asked: AskWords, given: Given) -> Reply | None:
    draft = await own_draft(visit, asked.complaint)
    match given:
        case Sent(kind=kind) if kind in FILE_KINDS:
            return await _sent(visit, AskFiles(draft.id), given)
        case Typed():
            notices(visit, "")
            await _join(visit, draft, given)
            return Reply(AskWords(draft.id), back_to=visit.where)
        case Edited() if draft.said.text:
            notices(
                visit,
                visit.say.label(
                    "You have changed a message, but I keep what came first. Press the button "
                    "below to write it anew."
                ),
            )
            return Reply(AskWords(draft.id), back_to=visit.where, in_place=True)
        case _:
            return None


async def _join(visit: Visit, draft: Complaint, given: Given) -> None:
    """Put words behind those that are there, as far as there is room."""
    words = said_by(given)
    if not words:
        return
    whole = f"{draft.said.text}\n{words}" if draft.said.text else words
    kept = clip(whole, LONGEST_WORDS)
    cut = isinstance(given, Typed) and visible_length(Markup.escape(given.text)) > LONGEST_WORDS
    if kept != whole or cut:
        notices(visit, too_long(visit.say))
    await keep(visit, replace(draft, said=replace(draft.said, text=kept)))


async def _sent(visit: Visit, asked: AskFiles, given: Given) -> Reply | None:
    draft = await own_draft(visit, asked.complaint)
    match given:
        case Typed():
            # Whoever remembers something more writes it, whatever was asked.
            return await _typed(visit, AskWords(draft.id), given)
        case Sent() as file:
            rest = belongs_to_album(visit, file)
            refused = await refusal(visit, draft, file)
            if not rest or refused is not None:
                notices(visit, refused or "")
            if refused is None:
                await add_file(visit, draft.id, file)
                await _join(visit, draft, file)
            return Reply(AskFiles(draft.id), back_to=visit.where, in_place=rest)
        case _:
            return None


async def add_file(visit: Visit, complaint: int, file: Sent, event: int | None = None) -> None:
    """Keep a file with a complaint."""
    await complaints.add_file(
        visit.tx,
        complaint,
        kind=file.kind.value,
        file_id=file.file_id,
        name=file.file_name[:LONGEST_NAME],
        size=file.size,
        event=event,
        now=visit.now,
    )


async def _clear(visit: Visit, cleared: ClearWords) -> Reply:
    draft = await own_draft(visit, cleared.complaint)
    notices(visit, "")
    await keep(visit, replace(draft, said=replace(draft.said, text="")))
    return Reply(AskWords(draft.id), back_to=visit.where)


async def _drop_file(visit: Visit, dropped: DropFile) -> Reply:
    draft = await own_draft(visit, dropped.complaint)
    notices(visit, "")
    await complaints.drop_file(visit.tx, draft.id, dropped.file)
    return Reply(AskFiles(draft.id), back_to=visit.where)


async def _words(visit: Visit, asked: AskWords) -> Words:
    return Words(await facts_of_draft(visit, asked.complaint), noticed(visit))


async def _files(visit: Visit, asked: AskFiles) -> Files:
    facts = await facts_of_draft(visit, asked.complaint)
    files = await complaints.files(visit.tx, asked.complaint)
    return Files(facts, files, noticed(visit))


DIALOG = Dialog(
    views=(View(AskWords, _words, show_words), View(AskFiles, _files, show_files)),
    steps=(
        Step(AskWords, aside),
        Step(AskFiles, aside),
        Step(ClearWords, _clear),
        Step(DropFile, _drop_file),
    ),
    inputs=(Input(AskWords, _typed), Input(AskFiles, _sent)),
    passing={NOTICE: (AskWords, AskFiles, AskMore), ALBUM: (AskWords, AskFiles, AskMore)},
)
