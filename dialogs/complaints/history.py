"""History: what the act said of the matter of a complaint, told as that and as no accusation."""

from collections.abc import Callable, Iterator, Mapping

from markupsafe import Markup

from core.services.model import Fact, Service, Subject
from dialogs.markup import bold, clip, lines
from dialogs.speech import Speech
from dialogs.statements import Citations, for_people, marks
from dialogs.telling import Statement, by_channel, term_line

SHORT = 240
"""Signs of the one statement that is told before sending; the rest is one tap away."""

ANSWERING = frozenset({"processing", "final_result"})


def said_by_act(say: Speech, service: Service, subject: Subject | None) -> tuple[Statement, ...]:
    """What the act said of this, as far as it is sure enough for parents."""
    told = _statements(say, service, subject)
    return tuple(each for each in told if not each.sources or for_people(each.sources))


def history_heading(say: Speech, citations: Citations) -> Markup:
    """From which act it is, and that it is history if it is."""
    act = citations.act
    if act.status == "in_force":
        words = say.label(
            "Act No. {number} of {date} says:", number=act.number, date=say.date(act.date)
        )
    else:
        words = say.label(
            "As act No. {number} of {date} said (history, not an accusation):",
            number=act.number,
            date=say.date(act.date),
        )
    return bold(words)


def history_lines(
    say: Speech, service: Service, subject: Subject | None, citations: Citations
) -> Iterator[Markup]:
    """Each statement with its paragraph."""
    for each in said_by_act(say, service, subject):
        yield _line(say, each.text, each, citations)


def history_in_short(
    say: Speech, service: Service, subject: Subject | None, citations: Citations
) -> Markup | None:
    """The first statement, and that there are more; None where the act says nothing."""
    told = said_by_act(say, service, subject)
    if not told:
        return None
    first = Markup.escape(clip(told[0].text.striptags(), SHORT))
    parts = [history_heading(say, citations), _line(say, first, told[0], citations)]
    if len(told) > 1:
        more = say.plural(
            "and {number} more: press “Other ways”",
            "and {number} more: press “Other ways”",
            len(told) - 1,
        )
        parts.append(more)
    return lines(*parts)


def _line(say: Speech, text: Markup, statement: Statement, citations: Citations) -> Markup:
    if not statement.sources:
        return Markup("• {}").format(text)
    return Markup("• {} ({})").format(text, marks(say, statement.sources, citations))


def _statements(say: Speech, service: Service, subject: Subject | None) -> Iterator[Statement]:
    telling = _TELLING.get(subject) if subject else None
    if telling is not None:
        yield from telling(say, service)


def _terms(say: Speech, service: Service) -> Iterator[Statement]:
    for each in service.terms:
        if each.what in ANSWERING:
            yield Statement(term_line(say, service, each), each.source)


def _grounds(say: Speech, service: Service) -> Iterator[Statement]:
    for each in service.refusals:
        yield _said(say, each)


def _papers(say: Speech, service: Service) -> Iterator[Statement]:
    for each in service.documents:
        if each.basis == "own":
            yield _said(say, each)


def _fee(say: Speech, service: Service) -> Iterator[Statement]:
    if service.fee is not None:
        yield _said(say, service.fee)


def _slip(say: Speech, service: Service) -> Iterator[Statement]:
    if service.slip is not None:
        yield _said(say, service.slip)


def _hours(say: Speech, service: Service) -> Iterator[Statement]:
    for each in service.hours:
        if each.purpose == "service":
            text = Markup.escape(say.of(each.text))
            yield Statement(by_channel(say, service, each.channel, text), each.source)


def _said(say: Speech, fact: Fact) -> Statement:
    return Statement(Markup.escape(say.of(fact.text)), fact.source)


_TELLING: Mapping[Subject, Callable[[Speech, Service], Iterator[Statement]]] = {
    "late": _terms,
    "refused": _grounds,
    "not_taken": _grounds,
    "extra_papers": _papers,
    "money": _fee,
    "no_receipt": _slip,
    "hours": _hours,
}
