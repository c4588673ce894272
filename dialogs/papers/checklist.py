"""The checklist on paper: every document with a box, where it goes, and the way back to the bot."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from core.papers.making import as_pdf
from core.papers.model import Box, Code, Heading, Paper, Part, Said, Title
from core.services.model import Document
from dialogs.checklist import (
    Item,
    SavePapers,
    form_of,
    heading_of,
    items_of,
    leaving,
    left_to_another,
)
from dialogs.checklist import Part as Place
from dialogs.doors import OpenPapers
from dialogs.markup import paragraphs
from dialogs.screen import File, FileKind, Screen
from dialogs.services import link_to
from dialogs.speech import LANGUAGES, Speech
from dialogs.standing import Standing, called, standing
from dialogs.statements import marks, state_of
from dialogs.telling import provider_line, term_line
from dialogs.turn import Dialog, GoneError, Making, Reply, Step, Visit

SAVED = "saved"
"""Under this name memory holds which paper was saved last, and when."""

TWO_TAPS = timedelta(seconds=5)
FILE_NAME = "{service}_{language}.pdf"


def checklist_paper(say: Speech, standing: Standing) -> Paper:
    """What stands on it, in this language."""
    service = standing.service
    parts: list[Part] = [
        Title(called(say, standing)),
        Said(say.of(service.title), quiet=True),
        Said(state_of(say, standing.act, service.successor).striptags(), quiet=True),
    ]
    elsewhere = left_to_another(say, service)
    parts.append(Heading(say.label("The papers to bring:")))
    if elsewhere:
        parts += [Said(leaving(say)), Said(elsewhere, quiet=True)]
    parts += _boxes(say, standing)
    parts += _what_next(say, standing)
    parts.append(
        Code(
            link_to(standing.bot_name, service),
            say.label("To go on in Telegram: @{bot}", bot=standing.bot_name),
        )
    )
    return Paper(say.of(service.short), say.language, tuple(parts))


def _boxes(say: Speech, standing: Standing) -> Iterator[Part]:
    part = None
    for item in items_of(standing):
        if item.part is not part:
            part = item.part
            heading = heading_of(say, part)
            if heading:
                yield Heading(heading)
        yield _line(say, standing, item)


def _line(say: Speech, standing: Standing, item: Item) -> Part:
    """A box to tick for what the parent brings; what the office makes itself is only named."""
    names = [_named(say, each) for each in item.documents]
    text = (
        str(say.label("one of these: {papers}", papers="; ".join(names)))
        if len(names) > 1
        else names[0]
    )
    where = [
        say.label("Where to get it: {text}", text=say.of(each.where_to_get))
        for each in item.documents
        if each.where_to_get
    ]
    found = marks(say, item.first.source, standing.citations)
    line = f"{item.number}. {text} ({found})"
    if item.part is Place.OFFICE:
        return Said(line)
    return Box(line, tuple(dict.fromkeys(where)), item.ready(standing.enquiry.ticked))


def _named(say: Speech, document: Document) -> str:
    form = form_of(say, document)
    name = say.of(document.text)
    return f"{name} – {form}" if form else name


def _what_next(say: Speech, standing: Standing) -> Iterator[Part]:
    outcome, service = standing.outcome, standing.service
    taking = [each for each in outcome.providers if "accepts" in each.does]
    if taking:
        yield Heading(say.label("Where to hand in the papers:"))
        for provider in taking:
            found = marks(say, provider.source, standing.citations)
            yield Said(f"{provider_line(say, provider).striptags()} ({found})")
    if service.slip is not None:
        found = marks(say, service.slip.source, standing.citations)
        yield Heading(say.label("The receipt to ask for:"))
        yield Said(f"{say.of(service.slip.text)} ({found})")
    terms = [each for each in outcome.terms if each.what in {"processing", "final_result"}]
    if terms:
        yield Heading(say.label("When the answer comes:"))
        for term in terms:
            found = marks(say, term.source, standing.citations)
            yield Said(f"{term_line(say, service, term).striptags()} ({found})")


async def _save(visit: Visit, wanted: SavePapers) -> Reply:
    if wanted.language not in LANGUAGES:
        raise GoneError(wanted.language)
    where = await standing(visit, wanted.enquiry)
    if where.state.outcome is None or _just_saved(visit, wanted):
        return Reply(OpenPapers(wanted.enquiry))
    say = visit.languages[wanted.language]
    paper = checklist_paper(say, where)
    caption = paragraphs(visit.say("Your list of papers, to print or to show."))
    name = FILE_NAME.format(service=where.service.id, language=wanted.language)

    def make() -> Screen:
        return Screen(caption, file=File(FileKind.DOCUMENT, name, as_pdf(paper)))

    return Reply(OpenPapers(wanted.enquiry), before=(Making(make),))


def _just_saved(visit: Visit, wanted: SavePapers) -> bool:
    """Whether this is the second of two quick taps, which are as one; remembers the first."""
    now = {"what": wanted.pack(), "at": visit.now.isoformat()}
    last = visit.person.memory.get(SAVED)
    visit.person = replace(visit.person, memory={**visit.person.memory, SAVED: now})
    if last is None or last["what"] != now["what"]:
        return False
    return visit.now - datetime.fromisoformat(last["at"]) < TWO_TAPS


DIALOG = Dialog(steps=(Step(SavePapers, _save),))
