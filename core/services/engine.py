"""The rules at work: a pure replay of answers gives the next question or the outcome."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from core.services.conditions import Condition, holds, open_questions
from core.services.model import (
    Document,
    Note,
    Provider,
    Question,
    Refusal,
    Rule,
    Says,
    Service,
    Term,
    Verdict,
)
from core.services.sources import Sources, Text

# What settles the outcome when rules say different things: the first of these that any says.
_WEIGHT: tuple[Says, ...] = ("not_eligible", "unknown", "commission", "eligible")


STATES_KEPT = 4096


class UnknownAnswerError(ValueError):
    """An answer to a question, or with an option, that the service does not have."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What one rule said, and on what ground."""

    rule: str
    says: Says
    text: Text
    source: Sources

    @property
    def passed(self) -> bool:
        """Whether the requirement is met."""
        return self.says == "eligible"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the answers lead to."""

    says: Says
    reasons: tuple[Reason, ...]
    documents: tuple[Document, ...]
    later_documents: tuple[Document, ...]
    terms: tuple[Term, ...]
    providers: tuple[Provider, ...]
    refusals: tuple[Refusal, ...]
    notes: tuple[Note, ...]
    see_also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """Where an enquiry stands: at a question, or at its outcome.

    `asked` are the answers that count, in the order of asking; `unused` those that were given but
    are not asked for now, kept in case they are again.
    """

    service: Service
    asked: Mapping[str, str]
    unused: Mapping[str, str]
    progress: tuple[int, int]
    at: Question | Outcome

    @property
    def question(self) -> Question | None:
        """The question to be asked next, if there is one."""
        return self.at if isinstance(self.at, Question) else None

    @property
    def outcome(self) -> Outcome | None:
        """The outcome, once no question is left."""
        return self.at if isinstance(self.at, Outcome) else None


@dataclass(frozen=True, slots=True)
class Walk:
    """One way through the questions, to its end."""

    answers: Mapping[str, str]
    outcome: Outcome


def replay(service: Service, answers: Mapping[str, str]) -> State:
    """Where these answers lead; raises UnknownAnswerError for one that cannot be."""
    return _replayed(_Asked(service, tuple(answers.items())))


def replay_what_is_left(service: Service, answers: Mapping[str, str]) -> State:
    """Where answers lead by the rules of today; those that no longer exist are asked anew."""
    try:
        return replay(service, answers)
    except UnknownAnswerError:
        return replay(service, {q: o for q, o in answers.items() if _exists(service, q, o)})


def _exists(service: Service, question: str, option: str) -> bool:
    try:
        return bool(current_answers(service, {question: option}))
    except UnknownAnswerError:
        return False


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """What a state is found by: answers to this very service.

    Two readings of one service are equal, but to see that takes longer than to think anew.
    """

    service: Service
    answers: tuple[tuple[str, str], ...]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Asked):
            return NotImplemented
        return self.service is other.service and self.answers == other.answers

    def __hash__(self) -> int:
        return hash((id(self.service), self.answers))


@lru_cache(maxsize=STATES_KEPT)
def _replayed(what: _Asked) -> State:
    """The same answers lead everybody to the same place, so that it is found once."""
    service = what.service
    given = current_answers(service, dict(what.answers))
    asked: dict[str, str] = {}
    undecided = service.deciding
    while True:
        off = _off(service, asked)
        undecided = tuple(each for each in undecided if holds(each, asked, off) is None)
        wanted = _wanted(service, asked, off, undecided)
        question = next((each for each in service.questions if each.id in wanted), None)
        if question is not None and question.id in given:
            asked[question.id] = given[question.id]
            continue
        unused = {key: option for key, option in given.items() if key not in asked}
        whole = len(asked) + len(wanted)
        at: Question | Outcome
        if question is not None:
            progress, at = (len(asked) + 1, whole), question
        else:
            progress, at = (whole, whole), _outcome(service, asked, off)
        return State(service, MappingProxyType(asked), MappingProxyType(unused), progress, at)


def paths(service: Service) -> Iterator[Walk]:
    """Every way through the questions, in the order of the file."""
    return _paths_from(service, {})


def _paths_from(service: Service, answers: dict[str, str]) -> Iterator[Walk]:
    at = replay(service, answers).at
    if isinstance(at, Outcome):
        yield Walk(answers, at)
        return
    for option in at.options:
        yield from _paths_from(service, {**answers, at.id: option.id})


def current_answers(service: Service, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers under the names of today, each checked against the service."""
    aliases = service.aliases
    current: dict[str, str] = {}
    for written, chosen in answers.items():
        name = aliases.questions.get(written, written)
        option = aliases.options.get(name, {}).get(chosen, chosen)
        question = service.question(name)
        if question is None:
            known = ", ".join(each.id for each in service.questions) or "no questions at all"
            raise UnknownAnswerError(f"{service.id} has no question `{written}`; it has: {known}")
        if option not in {each.id for each in question.options}:
            known = ", ".join(each.id for each in question.options)
            raise UnknownAnswerError(
                f"the question `{name}` of {service.id} has no option `{chosen}`; it has: {known}"
            )
        if name == written or name not in current:
            current[name] = option
    return current


def current_document(service: Service, document_id: str) -> str | None:
    """The id of today for a document that was ticked under this one; None if there is none."""
    current = service.aliases.documents.get(document_id, document_id)
    return current if current in {each.id for each in service.documents} else None


def _off(service: Service, asked: Mapping[str, str]) -> AbstractSet[str]:
    """The questions that these answers rule out."""
    off: set[str] = set()
    for question in service.questions:
        if question.id not in asked and holds(question.when, asked, off) is False:
            off.add(question.id)
    return off


def _wanted(
    service: Service,
    asked: Mapping[str, str],
    off: AbstractSet[str],
    undecided: tuple[Condition, ...],
) -> AbstractSet[str]:
    """The open questions that may still change the outcome or what comes with it."""
    wanted: set[str] = set()
    for rule in service.rules:
        verdict = verdict_of(rule, asked, off)
        if verdict is not None and verdict.says == "not_eligible":
            return set()
        if verdict is None:
            for each in rule.verdicts:
                wanted.update(open_questions(each.when, asked, off))
    for condition in undecided:
        wanted.update(open_questions(condition, asked, off))
    for question in reversed(service.questions):
        if question.id in wanted:
            wanted.update(open_questions(question.when, asked, off))
    return wanted


def verdict_of(rule: Rule, asked: Mapping[str, str], off: AbstractSet[str]) -> Verdict | None:
    """What the rule says; nothing while it hangs on an open question or where none fits."""
    for verdict in rule.verdicts:
        held = holds(verdict.when, asked, off)
        if held is None:
            return None
        if held:
            return verdict
    return None


def _outcome(service: Service, asked: Mapping[str, str], off: AbstractSet[str]) -> Outcome:
    verdicts = [(rule, verdict_of(rule, asked, off)) for rule in service.rules]
    said = [(rule, verdict) for rule, verdict in verdicts if verdict is not None]
    reasons = tuple(
        Reason(rule.id, verdict.says, verdict.text, verdict.source or rule.source)
        for rule, verdict in said
    )
    says = _heaviest(reasons)
    in_reach = says != "not_eligible"

    def applies(fact: Document | Term | Provider) -> bool:
        return holds(service.condition_of(fact), asked, off) is True

    documents = [each for each in service.documents if in_reach and applies(each)]
    also = [service_id for _, verdict in said for service_id in verdict.see_also]
    also += [each.service for each in service.see_also if holds(each.when, asked, off)]
    return Outcome(
        says=says,
        reasons=reasons,
        documents=tuple(each for each in documents if each.basis != "later_act"),
        later_documents=tuple(each for each in documents if each.basis == "later_act"),
        terms=tuple(each for each in service.terms if in_reach and applies(each)),
        providers=tuple(each for each in service.providers if applies(each)),
        refusals=tuple(
            each
            for each in service.refusals
            if in_reach and holds(each.when, asked, off) is not False
        ),
        notes=tuple(each for each in service.notes if holds(each.when, asked, off)),
        see_also=tuple(dict.fromkeys(also)),
    )


def _heaviest(reasons: tuple[Reason, ...]) -> Says:
    said = {each.says for each in reasons}
    return next((each for each in _WEIGHT if each in said), "unknown")
