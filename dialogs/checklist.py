"""The checklist: exactly the documents of one case, each with its details, to be ticked off."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from markupsafe import Markup

from core.services.model import Document, DocumentForm, Service
from dialogs.action import Action
from dialogs.doors import (
    FillApplication,
    FindOffice,
    OpenEnquiry,
    OpenGlossary,
    OpenNextSteps,
    OpenPapers,
    StartWatch,
)
from dialogs.enquiry import show_enquiry
from dialogs.homeward import back_and_home
from dialogs.markup import bold, italic, lines, paragraphs
from dialogs.paging import Page, page_of, turning
from dialogs.screen import Button, Screen
from dialogs.speech import Speech
from dialogs.standing import Standing, called, keep, own_enquiry, standing
from dialogs.statements import for_people, marks, source_lines, state_of
from dialogs.turn import Dialog, GoneError, Reply, Step, View, Visit
from dialogs.watch.actions import AskReminder

ITEMS_A_PAGE = 6

Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class TurnPapers(Action):
    """Another page of the checklist."""

    code: ClassVar[str] = "cp"
    enquiry: int
    page: int


@dataclass(frozen=True, slots=True)
class Tick(Action):
    """A document is ready, or is not after all; says which, so that two taps are as one."""

    code: ClassVar[str] = "tk"
    enquiry: int
    document: str
    ready: bool


@dataclass(frozen=True, slots=True)
class OpenPaper(Action):
    """All that is known of one document."""

    code: ClassVar[str] = "pd"
    enquiry: int
    document: str


@dataclass(frozen=True, slots=True)
class SavePapers(Action):
    """The checklist as a PDF in this language."""

    code: ClassVar[str] = "ps"
    enquiry: int
    language: str


class Part(StrEnum):
    """The parts of a checklist, each under a heading of its own."""

    OWN = "own"
    REFERRED = "referred"
    OFFICE = "office"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist: a document, or several of which one is enough."""

    number: int
    part: Part
    documents: tuple[Document, ...]

    @property
    def first(self) -> Document:
        """The document by which the line is known."""
        return self.documents[0]

    @property
    def asked_for(self) -> bool:
        """Whether the parent must bring it for the list to be complete."""
        return self.part in {Part.OWN, Part.REFERRED}

    def ready(self, ticked: Sequence[str]) -> bool:
        """Whether it, or one of its alternatives, was ticked."""
        return any(each.id in ticked for each in self.documents)


@dataclass(frozen=True, slots=True)
class Checklist:
    """One page of the documents of a case."""

    standing: Standing
    page: int = 0


@dataclass(frozen=True, slots=True)
class Detail:
    """One document of a case."""

    standing: Standing
    document: Document


def items_of(standing: Standing) -> tuple[Item, ...]:
    """The lines in order: from this act, from one it points to, by the office, from later acts."""
    outcome = standing.outcome
    parts: dict[Part, dict[str, list[Document]]] = {each: {} for each in Part}
    for document in (*outcome.documents, *outcome.later_documents):
        if for_people(document.source):
            # An id can never begin with a bar, so a group and a document are told apart.
            key = f"|{document.one_of}" if document.one_of else document.id
            parts[_part_of(document)].setdefault(key, []).append(document)
    grouped = [(part, tuple(group)) for part in Part for group in parts[part].values()]
    return tuple(Item(n, part, group) for n, (part, group) in enumerate(grouped, start=1))


def all_ready(standing: Standing) -> bool:
    """Whether everything that the parent must bring is ticked; later acts do not count."""
    wanted = [each for each in items_of(standing) if each.asked_for]
    return bool(wanted) and all(each.ready(standing.enquiry.ticked) for each in wanted)


def left_to_another(say: Speech, service: Service) -> str | None:
    """The act that the list of documents is left to, if it is."""
    return next((say.of(each.to) for each in service.referred if each.fact == "documents"), None)


def leaving(say: Speech) -> Markup:
    """That the act itself does not list the documents."""
    return say("The act leaves the list of papers to another act: ask the office for it.")


def show_checklist(say: Speech, checklist: Checklist) -> Screen:
    """The documents to bring, and what of them is ready."""
    standing = checklist.standing
    if standing.state.outcome is None:
        return show_enquiry(say, standing)
    items = items_of(standing)
    page = page_of(items, checklist.page, ITEMS_A_PAGE)
    elsewhere = left_to_another(say, standing.service)
    text = paragraphs(
        italic(called(say, standing)),
        say("<b>The papers to bring</b>"),
        lines(leaving(say), italic(elsewhere)) if elsewhere else None,
        *_listed(say, standing, page.items),
        italic(state_of(say, standing.act, None)),
        _readiness(say, standing, items, elsewhere=elsewhere is not None),
    )
    number = standing.enquiry.id
    return Screen(
        text,
        (
            *_ticks(say, standing, page),
            *turning(say, page, lambda turned: TurnPapers(number, turned)),
            *_ways_on(say, standing, items),
            (Button(say.label("Find the office near us"), FindOffice(standing.service.id)),),
            (
                Button(say.label("Remind me"), AskReminder(number)),
                Button(say.label("I have handed the papers in"), StartWatch(number)),
            ),
            (Button(say.label("What do these words mean?"), OpenGlossary(standing.service.id)),),
            back_and_home(say, OpenEnquiry(number)),
        ),
    )


def show_paper(say: Speech, detail: Detail) -> Screen:
    """One document: why, in which form, how many, where to get it, and who says so."""
    standing, document = detail.standing, detail.document
    others = [
        each
        for each in standing.outcome.documents
        if document.one_of and each.one_of == document.one_of and each.id != document.id
    ]
    facts = [
        say("In which case: {text}", text=say.of(document.when_text))
        if document.when_text
        else None,
        say("Why: {text}", text=say.of(document.why)) if document.why else None,
        say("Form: {form}", form=form_of(say, document)) if form_of(say, document) else None,
        say("Where to get it: {text}", text=say.of(document.where_to_get))
        if document.where_to_get
        else None,
        say("Instead of it: {others}", others="; ".join(say.of(each.text) for each in others))
        if others
        else None,
    ]
    number = standing.enquiry.id
    rows: list[Row] = []
    if document.given_by == "applicant":
        ticked = document.id in standing.enquiry.ticked
        label = say.label("☑ Ready") if ticked else say.label("☐ Not yet")
        rows.append((Button(label, Tick(number, document.id, ready=not ticked)),))
    if document.application:
        rows.append(_filling(say, number, document.application))
    rows.append(back_and_home(say, page_with(standing, document.id)))
    return Screen(
        paragraphs(
            italic(called(say, standing)),
            bold(say.of(document.text)),
            lines(*(each for each in facts if each)),
            _heading(say, _part_of(document)),
            lines(*map(italic, source_lines(say, document.source, standing.citations))),
        ),
        tuple(rows),
    )


def form_of(say: Speech, document: Document) -> str:
    """Original or copy, and how many, in a few words; nothing if the act does not say."""
    said = [document_forms(say)[document.form]] if document.form else []
    if document.count is not None and document.count > 1:
        said.append(str(say.plural("{number} copy", "{number} copies", document.count)))
    return ", ".join(said)


def document_forms(say: Speech) -> dict[DocumentForm, str]:
    """In what form a document may be wanted."""
    return {
        "original": say.label("original"),
        "copy": say.label("copy"),
        "copy_with_original": say.label("copy, with the original to compare"),
        "notarised_copy": say.label("copy certified by a notary"),
        "notarised": say.label("certified by a notary"),
        "shown": say.label("only shown"),
        "oral": say.label("by word of mouth"),
    }


def heading_of(say: Speech, part: Part) -> str | None:
    """What stands over a part of the checklist; the act's own documents need no heading."""
    match part:
        case Part.OWN:
            return None
        case Part.REFERRED:
            return say.label("Named in the act that this one points to")
        case Part.OFFICE:
            return say.label("The office makes or asks for these itself")
        case Part.LATER:
            return say.label("Named in a later act – ask the office whether they want these")


def page_with(standing: Standing, document_id: str) -> Action:
    """The page of the checklist on which the document stands."""
    places = (
        place
        for place, item in enumerate(items_of(standing))
        if document_id in {each.id for each in item.documents}
    )
    page = next(places, 0) // ITEMS_A_PAGE
    number = standing.enquiry.id
    return TurnPapers(number, page) if page else OpenPapers(number)


def _part_of(document: Document) -> Part:
    if document.basis == "later_act":
        return Part.LATER
    if document.given_by == "office":
        return Part.OFFICE
    return Part.REFERRED if document.basis == "referred" else Part.OWN


def _heading(say: Speech, part: Part) -> Markup | None:
    heading = heading_of(say, part)
    return bold(say.label("{heading}:", heading=heading)) if heading else None


def _listed(say: Speech, standing: Standing, items: Sequence[Item]) -> Iterator[Markup]:
    part: Part | None = None
    for item in items:
        if item.part is not part:
            part = item.part
            heading = _heading(say, part)
            if heading:
                yield heading
        yield _line(say, standing, item)


def _line(say: Speech, standing: Standing, item: Item) -> Markup:
    found = marks(say, item.first.source, standing.citations)
    sign = "☑ " if item.ready(standing.enquiry.ticked) else ""
    names = [_named(say, each) for each in item.documents]
    if len(names) > 1:
        one_of = say("one of these: {papers}", papers=Markup("; ").join(names))
        return Markup("{}{}. {} ({})").format(sign, item.number, one_of, found)
    return Markup("{}{}. {} ({})").format(sign, item.number, names[0], found)


def _named(say: Speech, document: Document) -> Markup:
    form = form_of(say, document)
    name = Markup.escape(say.of(document.text))
    return Markup("{} – <i>{}</i>").format(name, form) if form else name


def _readiness(
    say: Speech, standing: Standing, items: Sequence[Item], *, elsewhere: bool
) -> Markup | None:
    wanted = [each for each in items if each.asked_for]
    ready = sum(each.ready(standing.enquiry.ticked) for each in wanted)
    if not wanted:
        return None
    if ready < len(wanted):
        return say(
            "Ready: {ready} of {whole}. <b>Tap what you have.</b>", ready=ready, whole=len(wanted)
        )
    if elsewhere:
        return say("✅ <b>All ready</b> of what this act names. Ask the office for the rest.")
    return say("✅ <b>All ready.</b> Shall we see what comes next?")


def _ticks(say: Speech, standing: Standing, page: Page[Item]) -> Iterator[Row]:
    number = standing.enquiry.id
    for item in page.items:
        ready = item.ready(standing.enquiry.ticked)
        label = (
            say.label("☑ {number}: ready", number=item.number)
            if ready
            else say.label("☐ {number}: not yet", number=item.number)
        )
        row: list[Button] = []
        if item.part is not Part.OFFICE:
            row.append(Button(label, Tick(number, item.first.id, ready=not ready)))
        for each in item.documents:
            more = (
                say.label("About {number}", number=item.number)
                if each is item.first
                else say.label("or instead of {number}", number=item.number)
            )
            row.append(Button(more, OpenPaper(number, each.id)))
        yield tuple(row)


def _ways_on(say: Speech, standing: Standing, items: Sequence[Item]) -> Iterator[Row]:
    number = standing.enquiry.id
    forms = dict.fromkeys(
        document.application
        for item in items
        for document in item.documents
        if document.application
    )
    for form in forms:
        yield _filling(say, number, form)
    if items:
        yield (
            Button(say.label("PDF in Kazakh"), SavePapers(number, "kk")),
            Button(say.label("PDF in Russian"), SavePapers(number, "ru")),
        )
    yield (Button(say.label("What comes next"), OpenNextSteps(number)),)


def _filling(say: Speech, number: int, form: str) -> Row:
    return (Button(say.label("Fill in the application"), FillApplication(number, form)),)


async def _tick(visit: Visit, ticked: Tick) -> Reply:
    where = await standing(visit, ticked.enquiry)
    kept = [each for each in where.enquiry.ticked if each not in _same_line(where, ticked.document)]
    if ticked.ready:
        kept.append(ticked.document)
    enquiry = await own_enquiry(visit, ticked.enquiry)
    renewed = await keep(visit, replace(enquiry, ticked=kept))
    place = page_with(where, ticked.document) if where.state.outcome else OpenPapers(enquiry.id)
    return Reply(place, toast=renewed, alert=bool(renewed))


def _same_line(where: Standing, document_id: str) -> set[str]:
    """The documents that stand for each other, of which a tick is meant for all."""
    document = next((each for each in where.service.documents if each.id == document_id), None)
    if document is None:
        raise GoneError(document_id)
    if document.one_of is None:
        return {document_id}
    return {each.id for each in where.service.documents if each.one_of == document.one_of}


async def _checklist(visit: Visit, opened: OpenPapers | TurnPapers) -> Checklist:
    page = opened.page if isinstance(opened, TurnPapers) else 0
    return Checklist(await standing(visit, opened.enquiry), page)


async def _detail(visit: Visit, opened: OpenPaper) -> Detail:
    where = await standing(visit, opened.enquiry)
    for item in items_of(where):
        for each in item.documents:
            if each.id == opened.document:
                return Detail(where, each)
    raise GoneError(opened.document)


DIALOG = Dialog(
    views=(
        View(OpenPapers, _checklist, show_checklist),
        View(TurnPapers, _checklist, show_checklist),
        View(OpenPaper, _detail, show_paper),
    ),
    steps=(Step(Tick, _tick),),
)
