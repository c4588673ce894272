"""The result: whether the service is for them and why, and what can be done next."""

from collections.abc import Iterator

from markupsafe import Markup

from core.services.engine import Outcome, Reason
from core.services.seasons import season_on
from dialogs.doors import (
    FindOffice,
    ManageEnquiry,
    OpenAnswers,
    OpenGrounds,
    OpenOwnTopic,
    OpenPapers,
    OpenRoutes,
    OpenService,
)
from dialogs.homeward import home
from dialogs.markup import bold, italic, lines, paragraphs
from dialogs.screen import Button, Screen
from dialogs.services import season_line
from dialogs.speech import Speech
from dialogs.standing import Standing, called
from dialogs.statements import for_people, marks, state_of
from dialogs.telling import Told, Topic, has
from dialogs.watch.actions import RemindSeason

ALSO_SHOWN = 4

Row = tuple[Button, ...]


def show_result(say: Speech, standing: Standing) -> Screen:
    """The verdict with its reasons and paragraphs, the season, and the ways on."""
    outcome, service = standing.outcome, standing.service
    number = standing.enquiry.id
    also = tuple(_also(say, standing))
    ruled_out = outcome.says == "not_eligible"
    text = paragraphs(
        italic(called(say, standing)),
        verdict(say, outcome),
        lines(*(_reason(say, standing, each) for each in outcome.reasons)),
        _season(say, standing),
        italic(state_of(say, standing.act, service.successor)),
        say("What else may fit: see the buttons with an arrow.") if also else None,
        say("<b>What would you like to see?</b>"),
    )
    return Screen(
        text,
        (
            *(also if ruled_out else ()),
            *_papers(say, standing),
            *_opening(say, standing),
            (Button(say.label("Find the office near us"), FindOffice(service.id)),),
            *_topics(say, standing),
            (
                Button(say.label("Where it is written"), OpenGrounds(number)),
                Button(say.label("Change an answer"), OpenAnswers(number)),
            ),
            *(() if ruled_out else also),
            (
                Button(say.label("Where to complain"), OpenRoutes(service.id)),
                Button(say.label("Name or delete"), ManageEnquiry(number)),
            ),
            (
                Button(say.label("← About the service"), OpenService(service.id)),
                home(say),
            ),
        ),
    )


def verdict(say: Speech, outcome: Outcome) -> Markup:
    """The outcome in a line."""
    match outcome.says:
        case "eligible":
            return say("✅ <b>Yes, this service is for you.</b>")
        case "not_eligible":
            return say("❌ <b>By this act, this service is not for you.</b>")
        case "commission":
            return say("⚖️ <b>A commission decides in your case.</b>")
        case _:
            return say("❓ <b>This cannot be told for sure.</b> Below is what to do.")


def _reason(say: Speech, standing: Standing, reason: Reason) -> Markup:
    sign = "✓" if reason.passed else "✗" if reason.says == "not_eligible" else "•"
    found = marks(say, reason.source, standing.citations)
    return Markup("{} {} ({})").format(sign, say.of(reason.text), found)


def _season(say: Speech, standing: Standing) -> Markup | None:
    season = season_on(standing.outcome.terms, standing.today)
    if season is None:
        return None
    found = marks(say, season.term.source, standing.citations)
    return Markup("{} ({})").format(bold(season_line(say, season)), found)


def _papers(say: Speech, standing: Standing) -> Iterator[Row]:
    outcome = standing.outcome
    left_to_another = "documents" in {each.fact for each in standing.service.referred}
    known = any(for_people(d.source) for d in (*outcome.documents, *outcome.later_documents))
    if known or (left_to_another and outcome.says != "not_eligible"):
        yield (Button(say.label("The papers to bring"), OpenPapers(standing.enquiry.id)),)


def _opening(say: Speech, standing: Standing) -> Iterator[Row]:
    season = season_on(standing.outcome.terms, standing.today)
    if season is not None and not season.open:
        yield (Button(say.label("Remind me when it opens"), RemindSeason(standing.enquiry.id)),)


def _topics(say: Speech, standing: Standing) -> Iterator[Row]:
    def button(label: str, topic: Topic) -> Row:
        number = standing.enquiry.id
        told = Told(topic, standing.service, standing.citations, standing.outcome, number)
        return (Button(label, OpenOwnTopic(number, topic.value)),) if has(say, told) else ()

    rows = (
        (
            *button(say.label("Where to go"), Topic.WHERE),
            *button(say.label("What to avoid"), Topic.AVOID),
        ),
        (
            *button(say.label("More about it"), Topic.MORE),
            *button(say.label("What is unclear"), Topic.UNSURE),
        ),
        button(say.label("What is different today"), Topic.TODAY),
    )
    yield from (row for row in rows if row)


def _also(say: Speech, standing: Standing) -> Iterator[Row]:
    """The services that may fit instead of this one or beside it."""
    services = standing.citations.library.services
    known = [each for each in standing.outcome.see_also if each in services]
    for each in known[:ALSO_SHOWN]:
        label = say.label("→ {service}", service=say.of(services[each].short))
        yield (Button(label, OpenService(each)),)
