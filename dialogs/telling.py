"""Telling: what is known of one side of a service, statement by statement, each with its source."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup

from core.services.engine import Outcome
from core.services.model import Change, Provider, Service, Term
from core.services.sources import Sources, Text
from dialogs.action import Action
from dialogs.doors import (
    OpenEnquiry,
    OpenOwnTopic,
    OpenService,
    OpenTopic,
)
from dialogs.homeward import back_and_home
from dialogs.markup import bold, italic, lines, paragraphs
from dialogs.paging import fitting_page, turning
from dialogs.screen import Button, Screen
from dialogs.speech import Speech
from dialogs.standing import service_named, standing
from dialogs.statements import (
    Citations,
    citations_of,
    for_people,
    marks,
    source_lines,
    state_of,
)
from dialogs.turn import Dialog, GoneError, View, Visit


class Topic(StrEnum):
    """The sides of a service that have a screen of their own; persisted names."""

    WHY = "why"
    WHERE = "where"
    MORE = "more"
    AVOID = "avoid"
    UNSURE = "unsure"
    TODAY = "today"


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that is said, and where it stands; ours if nowhere."""

    text: Markup
    sources: Sources = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Statements under a heading."""

    heading: Markup
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a topic is told from; with the outcome of an enquiry only what applies to it."""

    topic: Topic
    service: Service
    citations: Citations
    outcome: Outcome | None = None
    enquiry: int | None = None
    page: int = 0
    spelled: bool = False


def show_topic(say: Speech, told: Told) -> Screen:
    """The topic page by page, with the short marks of the sources or with the whole of them."""
    parts: list[Markup] = []
    cited = False
    for section in sections(say, told):
        cited = cited or any(each.sources for each in section.statements)
        heading = bold(section.heading)
        for statement in section.statements:
            said = _said(say, statement, told)
            parts.append(lines(heading, said) if heading else said)
            heading = Markup()
    page = fitting_page(parts, told.page)
    back: Action = (
        OpenEnquiry(told.enquiry) if told.enquiry is not None else OpenService(told.service.id)
    )
    other = say.label("Without the sources") if told.spelled else say.label("Where it is written")
    return Screen(
        paragraphs(
            italic(say.of(told.service.short)),
            *page.items,
            italic(state_of(say, told.citations.act, None)),
        ),
        (
            *turning(say, page, lambda number: _at(told, number, spelled=told.spelled)),
            *(((Button(other, _at(told, 0, spelled=not told.spelled)),),) if cited else ()),
            back_and_home(say, back),
        ),
    )


def sections(say: Speech, told: Told) -> Iterator[Section]:
    """What there is to say on the topic, as far as it is sure enough for parents."""
    for section in _SECTIONS[told.topic](say, told):
        sure = (s for s in section.statements if not s.sources or for_people(s.sources))
        different = tuple(dict.fromkeys(sure))
        if different:
            yield Section(section.heading, different)


def has(say: Speech, told: Told) -> bool:
    """Whether there is anything to tell."""
    return next(sections(say, told), None) is not None


def term_line(say: Speech, service: Service, term: Term) -> Markup:
    """How long something takes, by which channel, in which case, and from when it counts."""
    line = Markup.escape(say.of(term.text))
    if term.when_text is None:
        line = by_channel(say, service, term.channel, line)
    aside = [say.of(each) for each in (term.when_text, term.counted_from) if each is not None]
    return Markup("{} – {}").format(line, ", ".join(aside)) if aside else line


def by_channel(say: Speech, service: Service, channel_id: str | None, line: Markup) -> Markup:
    """The line with the channel to which it is limited, if it is."""
    channel = next((each for each in service.channels if each.id == channel_id), None)
    return line if channel is None else Markup("{}: {}").format(say.of(channel.text), line)


def provider_line(say: Speech, provider: Provider) -> Markup:
    """Who it is, and in which case."""
    line = Markup.escape(say.of(provider.text))
    if provider.when_text is None:
        return line
    return Markup("{} – {}").format(line, say.of(provider.when_text))


def topic_name(say: Speech, fact: str) -> str:
    """What an act may be silent about or leave to another, in words."""
    names = {
        "categories": say.label("who may apply"),
        "channels": say.label("how to apply"),
        "providers": say.label("who gives the service"),
        "documents": say.label("which papers are needed"),
        "terms": say.label("how long it takes"),
        "fee": say.label("whether it costs anything"),
        "hours": say.label("the hours of work"),
        "result": say.label("what is given in the end"),
        "collecting": say.label("how the result is collected"),
        "refusals": say.label("when it may be refused"),
        "routes": say.label("where to complain"),
        "slip": say.label("the receipt for the papers"),
        "complaint_slip": say.label("the receipt for a complaint"),
        "complaint_term": say.label("how long a complaint takes"),
        "forms": say.label("the form of the application"),
    }
    return names[fact]


def _said(say: Speech, statement: Statement, told: Told) -> Markup:
    if not statement.sources:
        return Markup("• {}").format(statement.text)
    if not told.spelled:
        found = marks(say, statement.sources, told.citations)
        return Markup("• {} ({})").format(statement.text, found)
    where = source_lines(say, statement.sources, told.citations)
    return lines(
        Markup("• {}").format(statement.text), *(italic(Markup("– ") + each) for each in where)
    )


def _at(told: Told, page: int, *, spelled: bool) -> Action:
    if told.enquiry is not None:
        return OpenOwnTopic(told.enquiry, told.topic.value, page, spelled)
    return OpenTopic(told.service.id, told.topic.value, page, spelled)


def _why(say: Speech, told: Told) -> Iterator[Section]:
    reasons = told.outcome.reasons if told.outcome else ()
    statements = tuple(Statement(Markup.escape(say.of(r.text)), r.source) for r in reasons)
    yield Section(say("Where it is written"), statements)


def _where(say: Speech, told: Told) -> Iterator[Section]:
    providers = told.outcome.providers if told.outcome else told.service.providers
    roles = {
        "accepts": say("Where to hand in the papers"),
        "decides": say("Who decides"),
        "informs": say("Who tells more"),
    }
    named: set[str] = set()
    for role, heading in roles.items():
        having = [each for each in providers if role in each.does and each.id not in named]
        named |= {each.id for each in having}
        yield Section(heading, tuple(Statement(provider_line(say, p), p.source) for p in having))
    channels = {None, *(each.channel for each in providers)}
    hours = (h for h in told.service.hours if h.purpose == "service" and h.channel in channels)
    yield Section(
        say("Hours"),
        tuple(
            Statement(by_channel(say, told.service, h.channel, _text(say, h.text)), h.source)
            for h in hours
        ),
    )
    terms = told.outcome.terms if told.outcome else told.service.terms
    waits = (t for t in terms if t.what in {"wait_to_submit", "wait_to_collect", "service"})
    yield Section(
        say("Waiting"), tuple(Statement(term_line(say, told.service, t), t.source) for t in waits)
    )


def _more(say: Speech, told: Told) -> Iterator[Section]:
    service = told.service
    yield Section(
        say("For whom"),
        tuple(Statement(_text(say, c.text), c.source) for c in service.categories),
    )
    yield Section(
        say("How to apply"),
        tuple(Statement(_text(say, c.text), c.source) for c in service.channels),
    )
    if service.fee is not None:
        fee = Statement(_text(say, service.fee.text), service.fee.source)
        yield Section(say("What it costs"), (fee,))
    long = (t for t in service.terms if t.what in {"window", "processing", "final_result"})
    yield Section(
        say("By when"), tuple(Statement(term_line(say, told.service, t), t.source) for t in long)
    )
    results = (each for each in (service.result, service.collecting) if each is not None)
    yield Section(
        say("What you get"), tuple(Statement(_text(say, r.text), r.source) for r in results)
    )
    if service.slip is not None:
        slip = Statement(_text(say, service.slip.text), service.slip.source)
        yield Section(say("The receipt for your papers"), (slip,))
    notes = told.outcome.notes if told.outcome else service.notes
    yield Section(
        say("Good to know"), tuple(Statement(_text(say, n.text), n.source) for n in notes)
    )


def _avoid(say: Speech, told: Told) -> Iterator[Section]:
    refusals = told.outcome.refusals if told.outcome else told.service.refusals
    statements = []
    for each in refusals:
        text = _text(say, each.text)
        if each.avoid is not None:
            text = lines(text, Markup("→ {}").format(say.of(each.avoid)))
        statements.append(Statement(text, each.source))
    yield Section(say("When it may be refused, and what helps"), tuple(statements))


def _unsure(say: Speech, told: Told) -> Iterator[Section]:
    service = told.service
    yield Section(
        say("Where the act says two things"),
        tuple(Statement(_text(say, c.text), c.source) for c in service.conflicts),
    )
    silences = []
    for each in service.silent:
        text = say("Not said: {what}.", what=topic_name(say, each.fact))
        whom = each.text
        text += " " + (_text(say, whom) if whom else say("Ask the office."))
        silences.append(Statement(text))
    yield Section(say("What the act does not say"), tuple(silences))
    left = tuple(
        Statement(
            say("{what}: see {act}", what=topic_name(say, each.fact), act=say.of(each.to)),
            each.source,
        )
        for each in service.referred
    )
    yield Section(say("What the act leaves to another"), left)


def _today(say: Speech, told: Told) -> Iterator[Section]:
    successor = told.service.successor
    if successor is None or successor.confidence == "low":
        return
    changes = [each for each in successor.changes if each.confidence != "low"]
    statements = [Statement(_change(say, each)) for each in changes]
    if statements:
        statements.append(Statement(_text(say, successor.status)))
    day = say.date(successor.as_of)
    yield Section(say("What is different today, as seen on {day}", day=day), tuple(statements))


def _change(say: Speech, change: Change) -> Markup:
    """What is different, how sure that is, and where it was seen."""
    said = _text(say, change.text)
    if change.confidence != "high":
        said = say("{text} (not confirmed)", text=said)
    seen = (
        Markup('<a href="{}">[{}]</a>').format(url, number)
        for number, url in enumerate(change.evidence, start=1)
    )
    return Markup(" ").join((said, *seen))


def _text(say: Speech, text: Text) -> Markup:
    return Markup.escape(say.of(text))


_SECTIONS: Mapping[Topic, Callable[[Speech, Told], Iterator[Section]]] = {
    Topic.WHY: _why,
    Topic.WHERE: _where,
    Topic.MORE: _more,
    Topic.AVOID: _avoid,
    Topic.UNSURE: _unsure,
    Topic.TODAY: _today,
}


def _topic(name: str) -> Topic:
    try:
        return Topic(name)
    except ValueError as unknown:
        raise GoneError(name) from unknown


async def _of_service(visit: Visit, opened: OpenTopic) -> Told:
    service = service_named(visit, opened.service)
    citations = citations_of(service, visit.knowledge.library)
    return Told(_topic(opened.topic), service, citations, page=opened.page, spelled=opened.spelled)


async def _of_enquiry(visit: Visit, opened: OpenOwnTopic) -> Told:
    where = await standing(visit, opened.enquiry)
    return Told(
        _topic(opened.topic),
        where.service,
        where.citations,
        where.state.outcome,
        opened.enquiry,
        opened.page,
        opened.spelled,
    )


DIALOG = Dialog(
    views=(
        View(OpenTopic, _of_service, show_topic),
        View(OpenOwnTopic, _of_enquiry, show_topic),
    ),
)
