"""An enquiry: one parent's answers to one service, from the first question to the result.

Only answers are kept; what is asked next and what follows is replayed from them each time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from markupsafe import Markup

from core.services.acts import Act
from core.services.engine import Outcome, Reason, State, replay
from core.services.model import Document, Question, Service
from core.store import enquiries
from core.store.enquiries import Enquiry
from dialogs.action import Action
from dialogs.doors import OpenEnquiry, OpenMenu, OpenService, StartEnquiry
from dialogs.markup import bold, italic, lines, paragraphs
from dialogs.screen import Button, Rows, Screen
from dialogs.services import service_named
from dialogs.speech import Speech
from dialogs.statements import act_of, marks, source_line, state_of
from dialogs.turn import Dialog, GoneError, Reply, Step, View, Visit

OPEN = "open"
"""The state of an enquiry that its person can go on with."""


@dataclass(frozen=True, slots=True)
class Answer(Action):
    """An option chosen for a question; also a change of an earlier answer."""

    code: ClassVar[str] = "an"
    enquiry: int
    question: str
    option: str


@dataclass(frozen=True, slots=True)
class AskAgain(Action):
    """A question that was answered, to be answered anew."""

    code: ClassVar[str] = "aq"
    enquiry: int
    question: str


@dataclass(frozen=True, slots=True)
class OpenAnswers(Action):
    """All answers so far, each with a way to change it."""

    code: ClassVar[str] = "aa"
    enquiry: int


@dataclass(frozen=True, slots=True)
class OpenPapers(Action):
    """The checklist of documents."""

    code: ClassVar[str] = "ck"
    enquiry: int


@dataclass(frozen=True, slots=True)
class Tick(Action):
    """A document is ready, or is not after all; says which, so that two taps are as one."""

    code: ClassVar[str] = "tk"
    enquiry: int
    document: str
    ready: bool


@dataclass(frozen=True, slots=True)
class OpenGrounds(Action):
    """Where the statements of a result are written."""

    code: ClassVar[str] = "gr"
    enquiry: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What the screens of an enquiry are drawn from."""

    enquiry: Enquiry
    state: State
    act: Act

    @property
    def service(self) -> Service:
        """The service that is enquired about."""
        return self.state.service

    @property
    def outcome(self) -> Outcome:
        """The outcome; only asked for where there is one."""
        if self.state.outcome is None:
            raise GoneError(self.enquiry.id)
        return self.state.outcome


@dataclass(frozen=True, slots=True)
class Asking:
    """A question of an enquiry, with the answer it had."""

    standing: Standing
    question: Question


def show_enquiry(say: Speech, standing: Standing) -> Screen:
    """The next question, or the result."""
    if standing.state.question is not None:
        return show_question(say, Asking(standing, standing.state.question))
    return show_result(say, standing)


def show_question(say: Speech, asking: Asking) -> Screen:
    """One question, its help before it, its options below."""
    standing, question = asking.standing, asking.question
    given = standing.enquiry.answers.get(question.id)
    asked = list(standing.state.asked)
    again = question.id in standing.state.asked
    place = asked.index(question.id) + 1 if again else standing.state.progress[0]
    parts = [
        say(
            "<i>{service} · question {place} of {whole}</i>",
            service=say.of(standing.service.short),
            place=place,
            whole=max(place, standing.state.progress[1]),
        )
    ]
    if question.help is not None:
        parts.append(Markup.escape(say.of(question.help)))
    parts.append(bold(say.of(question.text)))
    number = standing.enquiry.id
    options: Rows = tuple(
        (
            Button(
                _marked(say.of(each.label), chosen=each.id == given),
                Answer(number, question.id, each.id),
            ),
        )
        for each in question.options
    )
    return Screen(paragraphs(*parts), (*options, _way_back(say, standing, place, asked)))


def show_result(say: Speech, standing: Standing) -> Screen:
    """Whether the service is for them, and why; then what to do next."""
    outcome, service = standing.outcome, standing.service
    parts = [
        italic(say.of(service.short)),
        _verdict(say, outcome),
        lines(*(_reason(say, each) for each in outcome.reasons)),
        italic(state_of(say, standing.act, service.successor)),
        say("<b>What would you like to see?</b>"),
    ]
    number = standing.enquiry.id
    rows: list[tuple[Button, ...]] = []
    if outcome.documents or outcome.later_documents:
        rows.append((Button(say.label("The papers to bring"), OpenPapers(number)),))
    rows += [
        (Button(say.label("Where it is written"), OpenGrounds(number)),),
        (Button(say.label("Change an answer"), OpenAnswers(number)),),
    ]
    rows.append((Button(say.label("Main menu"), OpenMenu()),))
    return Screen(paragraphs(*parts), tuple(rows))


def show_answers(say: Speech, standing: Standing) -> Screen:
    """What was answered; each line can be changed, the others stay."""
    given: list[Markup] = []
    rows: list[tuple[Button, ...]] = []
    for number, (question_id, option_id) in enumerate(standing.state.asked.items(), start=1):
        question = standing.service.question(question_id)
        if question is None:
            continue
        label = next(say.of(each.label) for each in question.options if each.id == option_id)
        given.append(
            say(
                "{number}. {question}\n– <b>{answer}</b>",
                number=number,
                question=say.of(question.text),
                answer=label,
            )
        )
        button = say.label("Change answer {number}", number=number)
        rows.append((Button(button, AskAgain(standing.enquiry.id, question_id)),))
    rows.append((Button(say.label("← Back"), OpenEnquiry(standing.enquiry.id)),))
    rows.append((Button(say.label("Main menu"), OpenMenu()),))
    heading = say("<b>Your answers</b>")
    return Screen(paragraphs(heading, *given), tuple(rows))


def show_papers(say: Speech, standing: Standing) -> Screen:
    """Exactly the documents of this case; a tap ticks one off."""
    if standing.state.outcome is None:
        return show_enquiry(say, standing)
    outcome, enquiry = standing.outcome, standing.enquiry
    parts = [say("<b>The papers to bring</b>")]
    if not outcome.documents:
        parts.append(
            say("The act leaves the list of papers to another act: ask the office for it.")
        )
    parts += [_paper(say, number, each) for number, each in enumerate(outcome.documents, start=1)]
    if outcome.documents and all(each.id in enquiry.ticked for each in outcome.documents):
        parts.append(
            say("✅ <b>All ready.</b> Ask the office for a receipt when you hand them in.")
        )
    if outcome.later_documents:
        parts.append(say("<b>Named in a later act</b> – ask the office whether they want these:"))
        parts += [
            _paper(say, number, each) for number, each in enumerate(outcome.later_documents, 1)
        ]
    rows: list[tuple[Button, ...]] = [
        (
            Button(
                _ticked(say, number, ticked=each.id in enquiry.ticked),
                Tick(enquiry.id, each.id, ready=each.id not in enquiry.ticked),
            ),
        )
        for number, each in enumerate(outcome.documents, start=1)
    ]
    rows.append((Button(say.label("← Back"), OpenEnquiry(enquiry.id)),))
    rows.append((Button(say.label("Main menu"), OpenMenu()),))
    return Screen(paragraphs(*parts), tuple(rows))


def show_grounds(say: Speech, standing: Standing) -> Screen:
    """Act, number, date and paragraph of every statement of the result."""
    if standing.state.outcome is None:
        return show_enquiry(say, standing)
    sources = dict.fromkeys(
        source for reason in standing.outcome.reasons for source in reason.source
    )
    text = paragraphs(
        say("<b>Where it is written</b>"),
        *(Markup("• ") + source_line(say, each, standing.act) for each in sources),
        italic(state_of(say, standing.act, standing.service.successor)),
    )
    return Screen(
        text,
        (
            (Button(say.label("← Back"), OpenEnquiry(standing.enquiry.id)),),
            (Button(say.label("Main menu"), OpenMenu()),),
        ),
    )


def _verdict(say: Speech, outcome: Outcome) -> Markup:
    match outcome.says:
        case "eligible":
            return say("✅ <b>Yes, this service is for you.</b>")
        case "not_eligible":
            return say("❌ <b>By this act, this service is not for you.</b>")
        case "commission":
            return say("⚖️ <b>A commission decides in your case.</b>")
        case _:
            return say("❓ <b>The act does not say. Ask the office.</b>")


def _reason(say: Speech, reason: Reason) -> Markup:
    sign = "✓" if reason.passed else "✗" if reason.says == "not_eligible" else "•"
    return Markup("{} {} ({})").format(sign, say.of(reason.text), marks(say, reason.source))


def _paper(say: Speech, number: int, document: Document) -> Markup:
    line = Markup("{}. {} ({})").format(number, say.of(document.text), marks(say, document.source))
    if document.where_to_get is not None:
        line += "\n" + italic(say.of(document.where_to_get))
    return line


def _ticked(say: Speech, number: int, *, ticked: bool) -> str:
    if ticked:
        return say.label("☑ {number}: ready", number=number)
    return say.label("☐ {number}: not yet", number=number)


def _marked(label: str, *, chosen: bool) -> str:
    return f"• {label}" if chosen else label


def _way_back(
    say: Speech, standing: Standing, place: int, asked: Sequence[str]
) -> tuple[Button, ...]:
    number = standing.enquiry.id
    before: Action = (
        AskAgain(number, asked[place - 2]) if place > 1 else OpenService(standing.service.id)
    )
    return (Button(say.label("← Back"), before), Button(say.label("Main menu"), OpenMenu()))


async def _start(visit: Visit, wanted: StartEnquiry) -> Reply:
    service = service_named(visit, wanted.service)
    begun = await enquiries.of(visit.tx, visit.person.id)
    # A second tap on the same button finds what the first one began.
    untouched = next((e for e in begun if e.service == service.id and not e.answers), None)
    if untouched is not None:
        return Reply(OpenEnquiry(untouched.id))
    enquiry = await enquiries.begin(
        visit.tx,
        person_id=visit.person.id,
        service=service.id,
        rules_version=str(service.version),
        state=OPEN,
        now=visit.now,
    )
    visit.enquiries[enquiry.id] = enquiry
    return Reply(OpenEnquiry(enquiry.id))


async def _answer(visit: Visit, given: Answer) -> Reply:
    enquiry = await _enquiry(visit, given.enquiry)
    service = service_named(visit, enquiry.service)
    question = service.question(given.question)
    if question is None or given.option not in {each.id for each in question.options}:
        raise GoneError(given.question)
    answers = {**enquiry.answers, given.question: given.option}
    await _keep(visit, replace(enquiry, answers=answers))
    return Reply(OpenEnquiry(enquiry.id))


async def _tick(visit: Visit, ticked: Tick) -> Reply:
    enquiry = await _enquiry(visit, ticked.enquiry)
    marks = [each for each in enquiry.ticked if each != ticked.document]
    if ticked.ready:
        marks.append(ticked.document)
    await _keep(visit, replace(enquiry, ticked=marks))
    return Reply(OpenPapers(enquiry.id))


async def _enquiry(visit: Visit, number: int) -> Enquiry:
    """The enquiry of this number, if it is this person's."""
    enquiry = visit.enquiries.get(number)
    if enquiry is None:
        enquiry = await enquiries.find(visit.tx, number, visit.person.id)
        if enquiry is None:
            raise GoneError(number)
        visit.enquiries[number] = enquiry
    return enquiry


async def _keep(visit: Visit, enquiry: Enquiry) -> None:
    await enquiries.keep(visit.tx, enquiry, visit.now)
    visit.enquiries[enquiry.id] = enquiry


async def standing(visit: Visit, number: int) -> Standing:
    """An enquiry replayed to where it stands."""
    enquiry = await _enquiry(visit, number)
    service = service_named(visit, enquiry.service)
    act = act_of(service, visit.knowledge.library.acts.values())
    return Standing(enquiry, replay(service, enquiry.answers), act)


async def _standing(
    visit: Visit, opened: OpenEnquiry | OpenAnswers | OpenPapers | OpenGrounds
) -> Standing:
    return await standing(visit, opened.enquiry)


async def _asking(visit: Visit, again: AskAgain) -> Asking:
    where = await standing(visit, again.enquiry)
    question = where.service.question(again.question)
    if question is None:
        raise GoneError(again.question)
    return Asking(where, question)


DIALOG = Dialog(
    views=(
        View(OpenEnquiry, _standing, show_enquiry),
        View(OpenAnswers, _standing, show_answers),
        View(OpenPapers, _standing, show_papers),
        View(OpenGrounds, _standing, show_grounds),
        View(AskAgain, _asking, show_question),
    ),
    steps=(Step(StartEnquiry, _start), Step(Answer, _answer), Step(Tick, _tick)),
)
