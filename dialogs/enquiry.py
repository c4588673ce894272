"""An enquiry: one parent's answers to one service, from the first question to the result.

Only answers are kept; what is asked next and what follows is replayed from them each time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import ClassVar

from markupsafe import Markup

from core.services.engine import replay_what_is_left
from core.services.model import Question
from core.statistics.kinds import Count
from core.store import enquiries
from core.store.enquiries import Enquiry
from dialogs.action import Action
from dialogs.doors import (
    NameEnquiry,
    OpenAnswers,
    OpenEnquiry,
    OpenGrounds,
    OpenService,
    StartEnquiry,
)
from dialogs.homeward import back_and_home
from dialogs.markup import bold, italic, paragraphs
from dialogs.result import show_result
from dialogs.screen import Button, Rows, Screen
from dialogs.speech import Speech
from dialogs.standing import Standing, called, keep, own_enquiry, service_named, standing
from dialogs.telling import Told, Topic, show_topic
from dialogs.turn import Dialog, GoneError, Reply, Step, View, Visit

A_DAY = timedelta(days=1)
OPEN = "open"
"""The state of an enquiry that has not come to its result yet."""

FINISHED = "finished"
"""The state of one that has, once; its answers can still be changed."""


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
    given = standing.state.asked.get(question.id) or standing.state.unused.get(question.id)
    asked = list(standing.state.asked)
    again = question.id in standing.state.asked
    place = asked.index(question.id) + 1 if again else standing.state.progress[0]
    where = say(
        "<i>{service} · question {place} of {whole}</i>",
        service=called(say, standing),
        place=place,
        whole=max(place, standing.state.progress[1]),
    )
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
    help_text = Markup.escape(say.of(question.help)) if question.help else None
    return Screen(
        paragraphs(where, help_text, bold(say.of(question.text))),
        (*options, _way_back(say, standing, place, asked)),
    )


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
    rows.append(back_and_home(say, OpenEnquiry(standing.enquiry.id)))
    where = italic(called(say, standing))
    return Screen(paragraphs(where, say("<b>Your answers</b>"), *given), tuple(rows))


def show_grounds(say: Speech, standing: Standing) -> Screen:
    """Act, number, date and paragraph of every statement of the result."""
    if standing.state.outcome is None:
        return show_enquiry(say, standing)
    return show_topic(
        say,
        Told(
            Topic.WHY,
            standing.service,
            standing.citations,
            standing.outcome,
            standing.enquiry.id,
            spelled=True,
        ),
    )


def _marked(label: str, *, chosen: bool) -> str:
    return f"• {label}" if chosen else label


def _way_back(
    say: Speech, standing: Standing, place: int, asked: Sequence[str]
) -> tuple[Button, ...]:
    number = standing.enquiry.id
    before: Action = (
        AskAgain(number, asked[place - 2]) if place > 1 else OpenService(standing.service.id)
    )
    return back_and_home(say, before)


async def _start(visit: Visit, wanted: StartEnquiry) -> Reply:
    service = service_named(visit, wanted.service)
    begun = [
        each for each in await enquiries.of(visit.tx, visit.person.id) if each.service == service.id
    ]
    # A second tap on the same button finds what the first one began.
    enquiry = next((each for each in begun if not each.answers), None)
    if enquiry is None:
        enquiry = await enquiries.begin(
            visit.tx,
            person_id=visit.person.id,
            service=service.id,
            rules_version=str(service.version),
            state=OPEN,
            now=visit.now,
        )
        visit.enquiries[enquiry.id] = enquiry
        visit.count(Count.BEGUN, service.id)
    return Reply(_beginning(enquiry, begun))


def _beginning(enquiry: Enquiry, begun: Sequence[Enquiry]) -> Action:
    """The first question; where there is another enquiry of the service, first a name for it."""
    others = any(each.id != enquiry.id for each in begun)
    return NameEnquiry(enquiry.id) if others and not enquiry.label else OpenEnquiry(enquiry.id)


async def _answer(visit: Visit, given: Answer) -> Reply:
    enquiry = await own_enquiry(visit, given.enquiry)
    service = service_named(visit, enquiry.service)
    question = service.question(given.question)
    if question is None or given.option not in {each.id for each in question.options}:
        raise GoneError(given.question)
    answers = {**enquiry.answers, given.question: given.option}
    state = enquiry.state
    if state == OPEN and replay_what_is_left(service, answers).outcome is not None:
        state = FINISHED
        visit.count(Count.FINISHED, service.id)
    renewed = await keep(visit, replace(enquiry, answers=answers, state=state))
    return Reply(OpenEnquiry(enquiry.id), toast=renewed, alert=bool(renewed))


async def _open(visit: Visit, opened: OpenEnquiry) -> Reply:
    """Say once when the service has been updated; coming back counts, or it would be erased."""
    enquiry = await own_enquiry(visit, opened.enquiry)
    same = enquiry.rules_version == str(service_named(visit, enquiry.service).version)
    if same and visit.now - enquiry.active_at < A_DAY:
        return Reply(opened)
    renewed = await keep(visit, enquiry)
    return Reply(opened, toast=renewed, alert=bool(renewed))


async def _standing(visit: Visit, opened: OpenEnquiry | OpenAnswers | OpenGrounds) -> Standing:
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
        View(OpenGrounds, _standing, show_grounds),
        View(AskAgain, _asking, show_question),
    ),
    steps=(Step(StartEnquiry, _start), Step(OpenEnquiry, _open), Step(Answer, _answer)),
)
