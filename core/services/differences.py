"""Differences between two versions of a service, fact by fact, for those who must judge them.

Facts are told apart by their ids and not by their place in the file, so that what was put between
two others does not make all that follow look changed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from core.services.conditions import write_condition
from core.services.model import Aliases, Hours, Referral, SeeAlso, Service, Silence, Verdict
from core.services.sources import Record

Kind = Literal["added", "removed", "changed", "reordered"]

_NOT_TOLD = frozenset({"id", "version", "aliases"})
"""Keys that say nothing of a service to people; what was renamed is seen at the facts."""

_WHOLE = frozenset({"title", "short", "about"})
"""Keys that are one text each."""

_At = tuple[str, tuple[Record, ...]]
"""The part of a service, and what leads to a fact within it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was.

    `part` is the key of the service it stands under; `items` leads to the fact within it, such as
    a question and its option; `field` is the key of the fact that changed, none if the fact itself
    is new or gone.
    """

    kind: Kind
    part: str
    items: tuple[Record, ...] = ()
    field: str | None = None
    old: object = None
    new: object = None


def differences(old: Service, new: Service) -> Sequence[Difference]:
    """Everything that differs, in the order of the file."""
    return list(_Comparison(new.aliases).between(old, new))


class _Comparison:
    """Compares, and knows by `aliases` what was only renamed."""

    def __init__(self, aliases: Aliases) -> None:
        self._renamed = {"questions": aliases.questions, "documents": aliases.documents}
        self._options = aliases.options

    def between(self, old: Service, new: Service) -> Iterator[Difference]:
        """What differs between two versions."""
        for part in Service.model_fields:
            before, after = getattr(old, part), getattr(new, part)
            if part in _NOT_TOLD or before == after:
                continue
            if _is_list_of_facts(before) and _is_list_of_facts(after):
                yield from self._lists((part, ()), before, after, self._renamed.get(part, {}))
            elif isinstance(before, Record) and isinstance(after, Record) and part not in _WHOLE:
                yield from self._facts((part, (after,)), before, after)
            else:
                yield _plain((part, ()), None, before, after)

    def _lists(
        self,
        at: _At,
        before: tuple[Record, ...],
        after: tuple[Record, ...],
        renamed: Mapping[str, str],
    ) -> Iterator[Difference]:
        """What came, went and changed among facts of one kind, and whether their order did."""
        part, around = at
        was, present = _keyed(before, renamed), _keyed(after, {})
        for name, each in was.items():
            if name not in present:
                yield Difference("removed", part, (*around, each), old=each)
        for name, each in present.items():
            if name not in was:
                yield Difference("added", part, (*around, each), new=each)
            elif was[name] != each:
                yield from self._facts((part, (*around, each)), was[name], each)
        if [name for name in was if name in present] != [name for name in present if name in was]:
            yield Difference("reordered", part, around)

    def _facts(self, at: _At, before: Record, after: Record) -> Iterator[Difference]:
        """What differs within one fact."""
        for name in type(after).model_fields:
            was, present = getattr(before, name), getattr(after, name)
            if was == present:
                continue
            if _is_list_of_facts(was) and _is_list_of_facts(present):
                options = self._options.get(getattr(after, "id", ""), {})
                renamed = options if name == "options" else {}
                yield from self._lists(at, was, present, renamed)
            else:
                yield _plain(at, name, was, present)


def _plain(at: _At, field: str | None, old: object, new: object) -> Difference:
    kind: Kind = "changed"
    if _is_nothing(old):
        kind = "added"
    elif _is_nothing(new):
        kind = "removed"
    return Difference(kind, *at, field, old, new)


def _is_nothing(value: object) -> bool:
    return value is None or value == ()


def _is_list_of_facts(value: object) -> bool:
    """Whether this is a list of records that can be told apart; an empty one may be."""
    return isinstance(value, tuple) and all(_key(each) is not None for each in value)


def _keyed(records: tuple[Record, ...], renamed: Mapping[str, str]) -> dict[str, Record]:
    """The records under what tells them apart; one of a name that is taken gets its number."""
    keyed: dict[str, Record] = {}
    for each in records:
        name = renamed.get(cast("str", _key(each)), cast("str", _key(each)))
        unlike = name
        number = 1
        while unlike in keyed:
            number += 1
            unlike = f"{name} {number}"
        keyed[unlike] = each
    return keyed


def _key(record: object) -> str | None:
    match record:
        case Verdict():
            return str(write_condition(record.when))
        case Hours():
            return f"{record.purpose} {record.channel}"
        case Silence() | Referral():
            return record.fact
        case SeeAlso():
            return record.service
        case Record():
            name = getattr(record, "id", None)
            return name if isinstance(name, str) else None
        case _:
            return None
