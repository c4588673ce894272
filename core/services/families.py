"""Golden families: made-up families of the files, what each is owed, and whom new rules move.

They were written from the acts before anything was run, so they show better than any reading
what a changed rule does to people.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.services.engine import Outcome, State, paths, replay_what_is_left
from core.services.library import load_list
from core.services.model import Provider, Says, Service, Term
from core.services.sources import Id, Record, Words

FOLDER = "families"


class Family(Record):
    """One family: its answers, and what the act gives it."""

    name: Words
    answers: dict[Id, Id]
    outcome: Says
    documents: tuple[Id, ...]
    terms: tuple[Id, ...] = ()
    providers: tuple[Id, ...] = ()
    not_providers: tuple[Id, ...] = ()
    see_also: tuple[Id, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """A family, or a way through the questions, that two versions lead to different results."""

    answers: dict[str, str]
    before: State
    after: State


def load_families(data: Path, service_id: str) -> Sequence[Family]:
    """The families of a service, in the order of the file; none where there is no file."""
    file = data / FOLDER / f"{service_id}.yaml"
    return load_list(file, Family) if file.is_file() else ()


def moved_families(old: Service, new: Service, families: Sequence[Family]) -> Sequence[Moved]:
    """The families whose result is not what it was."""
    told = (_seen(old, new, dict(each.answers)) for each in families)
    return [each for each in told if _result(each.before) != _result(each.after)]


def moved_ways(old: Service, new: Service) -> tuple[int, int]:
    """How many ways through the old questions end elsewhere now, and how many there are."""
    told = Counter(
        _result(seen.before) != _result(seen.after)
        for seen in (_seen(old, new, dict(walk.answers)) for walk in paths(old))
    )
    return told[True], told.total()


def _seen(old: Service, new: Service, answers: dict[str, str]) -> Moved:
    return Moved(answers, replay_what_is_left(old, answers), replay_what_is_left(new, answers))


def _result(state: State) -> tuple[object, ...]:
    """What of a result makes a difference to a family; other words for it make none."""
    if not isinstance(state.at, Outcome):
        return ("asks", state.at.id)
    return (state.at.says, *_owed(state.at))


def _owed(outcome: Outcome) -> Iterator[tuple[object, ...]]:
    yield tuple(_paper(each.id, each.form, each.count) for each in outcome.documents)
    yield tuple(_paper(each.id, each.form, each.count) for each in outcome.later_documents)
    yield tuple(_term(each) for each in outcome.terms)
    yield tuple(_provider(each) for each in outcome.providers)
    yield tuple((each.rule, each.says) for each in outcome.reasons)
    yield tuple(outcome.see_also)


def _paper(document: str, form: str | None, count: int | None) -> tuple[object, ...]:
    return (document, form, count)


def _term(term: Term) -> tuple[object, ...]:
    return (term.id, term.amount, term.unit, term.limit, term.opens, term.closes)


def _provider(provider: Provider) -> tuple[object, ...]:
    return (provider.id, provider.kind, provider.does, provider.office)
