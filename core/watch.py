"""The watch over the day an answer is due: what was handed in, what was promised, when to ask."""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from core.calendar import Calendar, Due, Unit, due
from core.kinds import OfficeKind
from core.services.mistakes import mistake, unfit
from core.services.model import Provider, Term
from core.services.sources import Confidence, Id, Record, Text, Words
from core.services.yaml_lines import read_sheet

TERMS_FILE = "terms_today.yaml"
WORKING_DAYS_LATER = 2
HOURS_A_DAY = 24
MINUTES_AN_HOUR = 60

Basis = Literal["promised", "today", "act"]
State = Literal["waiting", "given", "refused", "stopped"]
OTHER_GROUNDS = ("other", "unsaid")
"""It was refused on a ground that the act does not know, or none was named."""

_COUNTED_TERMS = ("processing", "final_result")
_WITHIN_A_DAY = ("hour", "minute")


class Way(Record):
    """By which the papers went: who took them, and through which channel."""

    kind: OfficeKind
    channel: Id | None = None


class HoldsFor(Record):
    """Of which papers a term in force is known, and by which ways those go."""

    text: Text
    kinds: tuple[OfficeKind, ...] = ()
    channels: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _says_which(self) -> "HoldsFor":
        if not self.kinds and not self.channels:
            raise unfit(mistake("`holds_for` names `kinds` of offices, or `channels`"))
        return self

    def holds(self, way: Way) -> bool:
        """Whether papers that went this way are meant."""
        return (not self.kinds or way.kind in self.kinds) and (
            not self.channels or way.channel in self.channels
        )


class TermToday(Record):
    """How long an answer may take by the law in force; of all papers, unless it says which."""

    service: Id
    amount: int = Field(gt=0)
    unit: Unit
    holds_for: HoldsFor | None = None
    as_of: dt.date
    confidence: Confidence
    evidence: tuple[Words, ...]

    def holds(self, ways: Sequence[Way]) -> bool:
        """Whether it holds, whichever of these ways the papers went."""
        which = self.holds_for
        return which is None or (bool(ways) and all(which.holds(each) for each in ways))


class TermsToday(Record):
    """The file data/terms_today.yaml."""

    terms: tuple[TermToday, ...]


@dataclass(frozen=True, slots=True)
class Watch:
    """Papers that were handed in; the days, the slip and why it was refused are sealed when kept.

    `ground` is one that the act knows, or one of OTHER_GROUNDS; `reason` is it in a person's words.
    """

    id: int
    person_id: int
    enquiry: int | None
    service: str
    office: str | None
    handed_in: dt.date
    promised: dt.date | None
    slip: str
    state: State
    reminds: bool
    created_at: dt.datetime
    ground: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AnswerDay:
    """When an answer is due, by what that is said, and whether the day may shift.

    `within_a_day` is what is counted in minutes or hours, or comes at once: the same day or the
    next working one, which is the day then.
    """

    day: dt.date
    basis: Basis
    may_shift: bool
    within_a_day: bool = False
    today: TermToday | None = None
    term: Term | None = None

    @property
    def binds(self) -> bool:
        """Whether an office that misses it is late: not by a law that is dead."""
        return self.basis != "act"


def load_terms_today(data: Path) -> dict[str, tuple[TermToday, ...]]:
    """The terms in force by service; what is less than sure is left out."""
    sheet = TermsToday.model_validate(read_sheet(data / TERMS_FILE).data)
    known: dict[str, tuple[TermToday, ...]] = {}
    for each in sheet.terms:
        if each.confidence == "high":
            known[each.service] = (*known.get(each.service, ()), each)
    return known


def ways_of(providers: Sequence[Provider], office: OfficeKind | None) -> tuple[Way, ...]:
    """The ways by which the papers may have gone, narrowed by the office if it is one of theirs."""
    ways = tuple(
        Way(kind=each.kind, channel=each.channel) for each in providers if "accepts" in each.does
    )
    if office is None:
        return ways
    return tuple(each for each in ways if each.kind == office) or ways or (Way(kind=office),)


def terms_in_force(
    known: Mapping[str, Sequence[TermToday]], service: str, ways: Sequence[Way]
) -> tuple[TermToday | None, TermToday | None]:
    """The term that holds for papers that went so; and if none does, one known for others."""
    terms = known.get(service, ())
    ours = next((each for each in terms if each.holds(ways)), None)
    return ours, None if ours is not None else next(iter(terms), None)


def answer_day(
    watch: Watch,
    today: TermToday | None,
    terms: Sequence[Term],
    calendar: Calendar,
    *,
    act_in_force: bool = False,
) -> AnswerDay | None:
    """The promised day, else by the term in force, else by the repealed act's, else none.

    Of several terms of the act the longest counts: nobody shall ask too early.
    """
    if watch.promised is not None:
        return AnswerDay(watch.promised, "promised", may_shift=False)
    if today is not None:
        ends, within = _ends(calendar, watch.handed_in, today.amount, today.unit)
        return AnswerDay(ends.day, "today", ends.may_shift, within, today=today)
    counted = [
        (*_ends(calendar, watch.handed_in, each.amount, each.unit), each)
        for each in terms
        if each.what in _COUNTED_TERMS
        # What takes at least some minutes is still a matter of the day; days are another thing.
        and (each.limit != "at_least" or each.unit in _WITHIN_A_DAY)
    ]
    if not counted:
        return None
    latest, within, term = max(counted, key=lambda each: each[0].day)
    basis: Basis = "today" if act_in_force else "act"
    return AnswerDay(latest.day, basis, latest.may_shift, within, term=term)


def _ends(
    calendar: Calendar, since: dt.date, amount: int | None, unit: Unit | None
) -> tuple[Due, bool]:
    """When a term is over, and whether it is one within a day.

    Nobody knows at which hour the papers were handed in, so that one ends on the next working day.
    """
    if amount is None or unit is None:
        return due(calendar, since, 1, "working_day"), True
    if unit not in _WITHIN_A_DAY:
        return due(calendar, since, amount, unit), False
    hours = amount if unit == "hour" else amount / MINUTES_AN_HOUR
    if hours <= HOURS_A_DAY:
        return due(calendar, since, 1, "working_day"), True
    return due(calendar, since, math.ceil(hours / HOURS_A_DAY), "calendar_day"), False


def next_asking(found: AnswerDay, calendar: Calendar, after: dt.date) -> dt.date | None:
    """When to ask whether it came: on the day and two working days later, whichever comes next.

    A day off puts it off to the next working one.
    """
    first = calendar.next_working(found.day)
    days = (first, calendar.working_days_after(first, WORKING_DAYS_LATER))
    return next((each for each in days if each > after), None)


def days_since(watch: Watch, today: dt.date) -> int:
    """How many days have gone by since the papers were handed in."""
    return max(0, (today - watch.handed_in).days)
