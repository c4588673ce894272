"""Uploading: the file of a service, checked as the files of a release are, and made a draft."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from core.services.checking import Surroundings
from core.services.library import service_in
from core.services.model import Service
from core.services.yaml_lines import MOST_BYTES, DataError, Problem, sheet_of
from dialogs.doors import OpenPublishing
from dialogs.homeward import back_and_home
from dialogs.markup import lines, paragraphs
from dialogs.paging import fitting_page, turning
from dialogs.publishing.actions import AskFile, AskValue, OpenMistakes
from dialogs.publishing.facts import MISTAKES, MOST_MISTAKES, read_mistake, write_mistake
from dialogs.publishing.versions import PUBLISHERS, begin_draft
from dialogs.publishing.words import mistake_line
from dialogs.rights import guarded_input, guarded_view
from dialogs.screen import Rows, Screen
from dialogs.speech import Speech
from dialogs.turn import (
    Brought,
    Dialog,
    Fetch,
    Given,
    Kind,
    Reply,
    Sent,
    Trouble,
    Visit,
)

NO_FILE = "none"
"""Something else than a file was sent."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Where in a file something is wrong, and what; as memory holds it."""

    kept: Sequence[Any]
    whole: int
    page: int


def show_asking(say: Speech, asked: AskFile) -> Screen:
    """The question for a file, and what was wrong with what came instead."""
    troubles = {
        Trouble.LARGE.value: say(
            "This file is too large: a service has {most} kB at most.", most=MOST_BYTES // 1000
        ),
        Trouble.LOST.value: say("Telegram did not give me the file. Please send it again."),
        Trouble.BROKEN.value: say("I could not read this file. I have told the operators."),
        NO_FILE: say("Please send it as a file, not as a picture or as words."),
    }
    return Screen(
        paragraphs(
            troubles.get(asked.trouble or ""),
            say(
                "Send me the file of a service (YAML). You get the present one under the service: "
                "“Get the file”. I check it, show what differs, and publish nothing by myself."
            ),
            say("<b>Which file shall I read?</b>"),
        ),
        _ways_back(say),
    )


def show_mistakes(say: Speech, wrong: Wrong) -> Screen:
    """Everything that is wrong in the file, line by line."""
    page = fitting_page([_line(say, each) for each in wrong.kept], wrong.page)
    return Screen(
        paragraphs(
            say.plural(
                "I cannot take this file: {number} mistake is in it.",
                "I cannot take this file: {number} mistakes are in it.",
                wrong.whole,
            ),
            lines(*page.items),
            say("<b>Mend the file and send it again.</b>"),
        ),
        (*turning(say, page, OpenMistakes), *_ways_back(say)),
    )


def _line(say: Speech, kept: Sequence[Any]) -> Markup:
    number, where, what = kept
    said = mistake_line(say, read_mistake(what))
    if where:
        return say("• line {number}, <i>{where}</i>: {what}", number=number, where=where, what=said)
    return say("• line {number}: {what}", number=number, what=said)


def _ways_back(say: Speech) -> Rows:
    return (back_and_home(say, OpenPublishing()),)


def read_service(name: str, content: bytes, around: Surroundings) -> Service | DataError:
    """The service in a file, or everything that is wrong with it."""
    try:
        return service_in(sheet_of(name, content), around)
    except DataError as wrong:
        return wrong


async def _asked(_: Visit, asked: AskFile) -> AskFile:
    return asked


async def _wrong(visit: Visit, opened: OpenMistakes) -> Wrong:
    memory = visit.person.memory.get(MISTAKES) or {}
    kept = memory.get("lines", ())
    return Wrong(kept, memory.get("whole", len(kept)), opened.page)


async def _taken(visit: Visit, _: AskFile | OpenMistakes, given: Given) -> Reply | None:
    match given:
        case Sent():
            return _sent(visit, given)
        case Brought():
            return await _brought(visit, given)
        case _:
            return None


def _sent(visit: Visit, sent: Sent) -> Reply:
    if sent.kind is not Kind.DOCUMENT:
        return Reply(AskFile(NO_FILE))
    if sent.size > MOST_BYTES:
        return Reply(AskFile(Trouble.LARGE.value))
    around = visit.knowledge.library.around

    def read(content: bytes) -> object:
        return read_service(sent.file_name, content, around)

    return Reply(fetch=Fetch(sent.file_id, sent.file_name, MOST_BYTES, read))


async def _brought(visit: Visit, brought: Brought) -> Reply:
    match brought.holds:
        case Service() as service:
            return await begin_draft(visit, service)
        case DataError() as wrong:
            keep_mistakes(visit, wrong.problems)
            return Reply(OpenMistakes())
        case _:
            return Reply(AskFile((brought.trouble or Trouble.BROKEN).value))


def keep_mistakes(visit: Visit, problems: Sequence[Problem]) -> None:
    """Remember what is wrong, for as long as the person looks at it."""
    shown = sorted(problems, key=lambda each: each.line)[:MOST_MISTAKES]
    kept = [[each.line, each.where, write_mistake(each.what)] for each in shown]
    memory = {**visit.person.memory, MISTAKES: {"lines": kept, "whole": len(problems)}}
    visit.person = replace(visit.person, memory=memory)


DIALOG = Dialog(
    views=(
        guarded_view(AskFile, _asked, show_asking, *PUBLISHERS),
        guarded_view(OpenMistakes, _wrong, show_mistakes, *PUBLISHERS),
    ),
    inputs=(
        guarded_input(AskFile, _taken, *PUBLISHERS),
        guarded_input(OpenMistakes, _taken, *PUBLISHERS),
    ),
    passing={MISTAKES: (AskFile, OpenMistakes, AskValue)},
)
