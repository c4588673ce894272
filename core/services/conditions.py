"""Declared conditions over answers: what a file may say under `when`, and whether it holds.

A question may still be open, so that a condition is true, false or not yet decided (None).
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from core.services.mistakes import Mistake, mistake, shown

WORDS = frozenset({"all", "any", "not"})


class ConditionError(ValueError):
    """What stands under `when` is no condition."""

    def __init__(self, what: Mistake) -> None:
        self.mistake = what
        super().__init__(str(what))


@dataclass(frozen=True, slots=True)
class Answered:
    """The question has one of these options as its answer."""

    question: str
    options: frozenset[str]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; with no part it always does."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Condition"


Condition = Answered | AllOf | AnyOf | Not
ALWAYS = AllOf(())


def read_condition(data: Any) -> Condition:
    """The condition that a file writes as `{question: [options]}`, with all, any and not."""
    if isinstance(data, Answered | AllOf | AnyOf | Not):
        return data
    if not isinstance(data, dict) or not data:
        raise ConditionError(
            mistake(
                "`{found}` is no condition; write `when: {{question: [option, option]}}`, joined "
                "by `all: […]`, `any: […]` or `not: {{…}}` where needed",
                found=shown(data),
            )
        )
    parts = tuple(_read_part(str(key), value) for key, value in data.items())
    return parts[0] if len(parts) == 1 else AllOf(parts)


def _read_part(key: str, value: Any) -> Condition:
    match key:
        case "not":
            return Not(read_condition(value))
        case "all" | "any":
            if not isinstance(value, list) or (not value and key == "any"):
                raise ConditionError(
                    mistake(
                        "`{key}` takes a list of conditions, here it has `{found}`",
                        key=key,
                        found=shown(value),
                    )
                )
            parts = tuple(read_condition(each) for each in value)
            return AllOf(parts) if key == "all" else AnyOf(parts)
        case _:
            options = value if isinstance(value, list) else [value]
            if not options or not all(isinstance(each, str) for each in options):
                raise ConditionError(
                    mistake(
                        "`{key}` takes options as text, here it has `{found}`; true and false are "
                        "written in quotes",
                        key=key,
                        found=shown(value),
                    )
                )
            return Answered(key, frozenset(options))


def write_condition(condition: Condition) -> dict[str, Any]:
    """The condition as a file writes it; reading it back gives the same."""
    match condition:
        case Answered(question, options):
            return {question: sorted(options)}
        case AllOf(parts):
            return {"all": [write_condition(each) for each in parts]}
        case AnyOf(parts):
            return {"any": [write_condition(each) for each in parts]}
        case Not(part):
            return {"not": write_condition(part)}


def named_in(condition: Condition) -> Iterator[Answered]:
    """Every place where the condition names a question and its options."""
    match condition:
        case Answered():
            yield condition
        case AllOf(parts) | AnyOf(parts):
            for each in parts:
                yield from named_in(each)
        case Not(part):
            yield from named_in(part)


def all_of(*conditions: Condition) -> Condition:
    """All of these together, as one."""
    parts = tuple(each for each in conditions if each != ALWAYS)
    return parts[0] if len(parts) == 1 else AllOf(parts)


def holds(condition: Condition, answers: Mapping[str, str], off: AbstractSet[str]) -> bool | None:
    """Whether the condition holds; None while that hangs on a question still open.

    The questions in `off` will not be asked: nothing about their answers is true.
    """
    match condition:
        case Answered(question, options):
            answer = answers.get(question)
            if answer is None:
                return False if question in off else None
            return answer in options
        case AllOf(parts):
            return _joined((holds(each, answers, off) for each in parts), decisive=False)
        case AnyOf(parts):
            return _joined((holds(each, answers, off) for each in parts), decisive=True)
        case Not(part):
            inner = holds(part, answers, off)
            return None if inner is None else not inner


def _joined(parts: Iterator[bool | None], *, decisive: bool) -> bool | None:
    undecided = False
    for part in parts:
        if part is decisive:
            return decisive
        undecided = undecided or part is None
    return None if undecided else not decisive


def open_questions(
    condition: Condition, answers: Mapping[str, str], off: AbstractSet[str]
) -> Iterator[str]:
    """The open questions on which the condition still hangs."""
    if holds(condition, answers, off) is not None:
        return
    match condition:
        case Answered(question, _):
            yield question
        case AllOf(parts) | AnyOf(parts):
            for each in parts:
                yield from open_questions(each, answers, off)
        case Not(part):
            yield from open_questions(part, answers, off)
