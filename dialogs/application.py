"""The application: its few blanks asked one by one, shown whole, made as PDF and Word, forgotten.

What is typed lives sealed in the person's memory, and only while they are filling in; it stays for
the next time only if they say so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from core.papers.making import as_docx, as_pdf
from core.services.conditions import holds
from core.services.model import Form, FormField
from dialogs.action import Action
from dialogs.doors import FillApplication, OpenPapers
from dialogs.homeward import back_and_home, home
from dialogs.markup import bold, italic, paragraphs
from dialogs.papers.application import application_paper, filled
from dialogs.screen import Button, File, FileKind, Screen
from dialogs.speech import LANGUAGES, Speech
from dialogs.standing import Standing, called, standing
from dialogs.statements import state_of
from dialogs.turn import Dialog, Given, GoneError, Input, Making, Reply, Step, Typed, View, Visit

FILLING = "filling"
"""Under this name memory holds what is being filled in."""

KEPT = "kept fields"
"""Under this name memory holds what the person asked to keep for the next application."""

LONGEST_FIELD = 150


@dataclass(frozen=True, slots=True)
class AskField(Action):
    """Ask for one blank of the application; `overlong` after words that do not fit it."""

    code: ClassVar[str] = "ff"
    enquiry: int
    field: str
    overlong: bool = False


@dataclass(frozen=True, slots=True)
class BlankField(Action):
    """Leave a blank to be filled in by hand."""

    code: ClassVar[str] = "fb"
    enquiry: int
    field: str


@dataclass(frozen=True, slots=True)
class OpenPreview(Action):
    """The application as it will be."""

    code: ClassVar[str] = "fp"
    enquiry: int


@dataclass(frozen=True, slots=True)
class KeepFields(Action):
    """Keep what was typed for the next application, or do not; says which."""

    code: ClassVar[str] = "fk"
    enquiry: int
    on: bool


@dataclass(frozen=True, slots=True)
class MakeApplication(Action):
    """Make the papers in this language, and forget what was typed."""

    code: ClassVar[str] = "fm"
    enquiry: int
    language: str


@dataclass(frozen=True, slots=True)
class StopFilling(Action):
    """Leave the application and forget what was typed."""

    code: ClassVar[str] = "fx"
    enquiry: int


FILLING_VIEWS = (AskField, OpenPreview)
PASSING_VIEWS = tuple(each.code for each in FILLING_VIEWS)
"""The codes of the views that hold what was typed, for those who erase it when it is left there."""


@dataclass(frozen=True, slots=True)
class Filling:
    """An application on its way: the form, what was typed, and whether it may be kept."""

    standing: Standing
    form: Form
    values: Mapping[str, str]
    keep: bool

    @property
    def fields(self) -> Sequence[FormField]:
        """The blanks that apply to these answers."""
        asked = self.standing.state.asked
        off = {each.id for each in self.standing.service.questions} - asked.keys()
        return [each for each in self.form.fields if holds(each.when, asked, off)]

    @property
    def packed(self) -> dict[str, Any]:
        """As memory holds it."""
        return {
            "enquiry": self.standing.enquiry.id,
            "form": self.form.id,
            "values": dict(self.values),
            "keep": self.keep,
        }

    def after(self, field_id: str) -> Action:
        """Where to go on behind this blank."""
        number = self.standing.enquiry.id
        names = [each.id for each in self.fields]
        following = names[names.index(field_id) + 1 :] if field_id in names else []
        return AskField(number, following[0]) if following else OpenPreview(number)


@dataclass(frozen=True, slots=True)
class Blank:
    """One blank that is asked for."""

    filling: Filling
    field: FormField
    overlong: bool


def show_field(say: Speech, blank: Blank) -> Screen:
    """One blank: what belongs there, what stands there now, and the ways past it."""
    filling, field = blank.filling, blank.field
    number = filling.standing.enquiry.id
    names = [each.id for each in filling.fields]
    place = names.index(field.id)
    now = filling.values.get(field.id)
    text = paragraphs(
        italic(
            say.label(
                "{form} · {place} of {whole}",
                form=say.of(filling.form.title),
                place=place + 1,
                whole=len(names),
            )
        ),
        say("What you write goes onto the paper only. I forget it as soon as the paper is made.")
        if place == 0
        else None,
        say("That is too long: {most} letters at most.", most=LONGEST_FIELD)
        if blank.overlong
        else None,
        say.of(field.help) if field.help else None,
        say("Now: {text}", text=now) if now else None,
        bold(say.of(field.label)),
    )
    row = [Button(say.label("Leave it blank"), BlankField(number, field.id))]
    if now:
        row.insert(0, Button(say.label("Leave it so"), filling.after(field.id)))
    stop = Button(say.label("Stop and forget"), StopFilling(number))
    back = AskField(number, names[place - 1]) if place else OpenPapers(number)
    return Screen(
        text,
        (
            tuple(row),
            (stop,),
            back_and_home(say, back),
        ),
    )


def show_preview(say: Speech, filling: Filling) -> Screen:
    """The application as it will be, and what shall become of what was typed."""
    number = filling.standing.enquiry.id
    form = filling.form
    text = paragraphs(
        italic(called(say, filling.standing)),
        filled(say, form.to, filling.values) if form.to else None,
        bold(say.of(form.title)),
        filled(say, form.body, filling.values) if form.body else None,
        italic(state_of(say, filling.standing.act, None)),
        say("<b>Is everything right?</b> You will get a PDF to print and a Word file to change."),
    )
    keeping = (
        say.label("☑ Keep what I typed for next time")
        if filling.keep
        else say.label("☐ Keep what I typed for next time")
    )
    rows = [
        (
            Button(say.label("Make it in Kazakh"), MakeApplication(number, "kk")),
            Button(say.label("Make it in Russian"), MakeApplication(number, "ru")),
        ),
        (Button(keeping, KeepFields(number, on=not filling.keep)),),
        (Button(say.label("Stop and forget"), StopFilling(number)),),
    ]
    if filling.fields:
        first = AskField(number, filling.fields[0].id)
        rows.insert(1, (Button(say.label("Go through it again"), first),))
    return Screen(text, (*rows, (home(say),)))


async def _begin(visit: Visit, wanted: FillApplication) -> Reply:
    where = await standing(visit, wanted.enquiry)
    form = next((each for each in where.service.forms if each.id == wanted.form), None)
    if form is None or form.kind != "application" or where.state.outcome is None:
        raise GoneError(wanted.form)
    kept = visit.person.memory.get(KEPT, {})
    known = {each.id: kept[each.id] for each in form.fields if each.id in kept}
    filling = Filling(where, form, known, keep=bool(kept))
    _remember(visit, filling)
    first = filling.fields[0].id if filling.fields else None
    return Reply(AskField(wanted.enquiry, first) if first else OpenPreview(wanted.enquiry))


async def _filling(visit: Visit, number: int) -> Filling:
    """The application that this person is filling in for this enquiry; gone if there is none."""
    packed = visit.person.memory.get(FILLING)
    if packed is None or packed["enquiry"] != number:
        raise GoneError(number)
    where = await standing(visit, number)
    form = next((each for each in where.service.forms if each.id == packed["form"]), None)
    if form is None:
        raise GoneError(packed["form"])
    return Filling(where, form, packed["values"], packed["keep"])


def _remember(visit: Visit, filling: Filling) -> None:
    memory = {**visit.person.memory, FILLING: filling.packed}
    visit.person = replace(visit.person, memory=memory)


async def _typed(visit: Visit, asked: AskField, given: Given) -> Reply | None:
    if not isinstance(given, Typed):
        return None
    words = " ".join(given.text.split())
    if len(words) > LONGEST_FIELD:
        return Reply(AskField(asked.enquiry, asked.field, overlong=True))
    return await _filled(visit, asked, words)


async def _blank(visit: Visit, left: BlankField) -> Reply:
    return await _filled(visit, left, "")


async def _filled(visit: Visit, at: AskField | BlankField, words: str) -> Reply:
    filling = await _filling(visit, at.enquiry)
    values = {**filling.values, at.field: words}
    if not words:
        del values[at.field]
    _remember(visit, replace(filling, values=values))
    return Reply(filling.after(at.field))


async def _keep(visit: Visit, wanted: KeepFields) -> Reply:
    filling = await _filling(visit, wanted.enquiry)
    _remember(visit, replace(filling, keep=wanted.on))
    return Reply(OpenPreview(wanted.enquiry))


async def _stop(visit: Visit, stopped: StopFilling) -> Reply:
    # What was typed goes as soon as the view is left; see `passing`.
    return Reply(OpenPapers(stopped.enquiry), toast=visit.say.label("I have forgotten it."))


async def _make(visit: Visit, wanted: MakeApplication) -> Reply:
    if wanted.language not in LANGUAGES:
        raise GoneError(wanted.language)
    if FILLING not in visit.person.memory:
        # A second tap: the first one has made the papers and forgotten what was typed.
        return Reply(OpenPapers(wanted.enquiry))
    filling = await _filling(visit, wanted.enquiry)
    say, form = visit.languages[wanted.language], filling.form
    paper = application_paper(say, filling.standing, form, filling.values)
    name = f"{filling.standing.service.id}_{form.id}_{wanted.language}"
    caption = visit.say("Print it, check it and sign it by hand.")

    def printed() -> Screen:
        return Screen(caption, file=File(FileKind.DOCUMENT, f"{name}.pdf", as_pdf(paper)))

    def changeable() -> Screen:
        caption = visit.say("The same to be changed in Word.")
        return Screen(caption, file=File(FileKind.DOCUMENT, f"{name}.docx", as_docx(paper)))

    return Reply(
        OpenPapers(wanted.enquiry),
        toast=_settle(visit, filling),
        before=(Making(printed), Making(changeable)),
    )


def _settle(visit: Visit, filling: Filling) -> str:
    """Keep what was typed, or forget it, as the person said; tell which."""
    kept = visit.person.memory.get(KEPT, {}) | dict(filling.values) if filling.keep else {}
    memory = {
        key: value for key, value in visit.person.memory.items() if key not in {FILLING, KEPT}
    }
    if kept:
        memory[KEPT] = kept
    visit.person = replace(visit.person, memory=memory)
    if kept:
        return visit.say.label("Done. What you typed is kept, locked, for next time.")
    return visit.say.label("Done. What you typed is forgotten.")


async def _asked(visit: Visit, asked: AskField) -> Blank:
    filling = await _filling(visit, asked.enquiry)
    for each in filling.fields:
        if each.id == asked.field:
            return Blank(filling, each, asked.overlong)
    raise GoneError(asked.field)


async def _preview(visit: Visit, opened: OpenPreview) -> Filling:
    return await _filling(visit, opened.enquiry)


DIALOG = Dialog(
    views=(View(AskField, _asked, show_field), View(OpenPreview, _preview, show_preview)),
    steps=(
        Step(FillApplication, _begin),
        Step(BlankField, _blank),
        Step(KeepFields, _keep),
        Step(StopFilling, _stop),
        Step(MakeApplication, _make),
    ),
    inputs=(Input(AskField, _typed),),
    passing={FILLING: FILLING_VIEWS},
)
