"""The watch over the day an answer is due: what was handed in, what was promised, when to ask."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from core.calendar import Calendar, Unit, due
from core.services.model import Term
from core.services.sources import Confidence, Id, Record, Words
from core.services.yaml_lines import read_sheet

TERMS_FILE = "terms_today.yaml"
ASKED_AT = dt.time(10, 0)
"""When people are asked: late enough to be awake, early enough to call the office."""

WORKING_DAYS_LATER = 2

Basis = Literal["promised", "today", "act"]
State = Literal["waiting", "given", "refused", "stopped"]
_COUNTED_TERMS = ("processing", "final_result")


class TermToday(Record):
    """How long an answer may take by the law in force."""

    service: Id
    amount: int = Field(gt=0)
    unit: Unit
    as_of: dt.date
    confidence: Confidence
    evidence: tuple[Words, ...]


class TermsToday(Record):
    """The file data/terms_today.yaml."""

    terms: tuple[TermToday, ...]


@dataclass(frozen=True, slots=True)
class Watch:
    """Papers that were handed in; the days and the slip are sealed when kept."""

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


@dataclass(frozen=True, slots=True)
class AnswerDay:
    """When an answer is due, by what that is said, and whether the day may shift."""

    day: dt.date
    basis: Basis
    may_shift: bool

    @property
    def binds(self) -> bool:
        """Whether an office that misses it is late: not by a law that is dead."""
        return self.basis != "act"


def load_terms_today(data: Path) -> dict[str, TermToday]:
    """The terms in force by service; what is less than sure is left out."""
    sheet = TermsToday.model_validate(read_sheet(data / TERMS_FILE).data)
    return {each.service: each for each in sheet.terms if each.confidence == "high"}


def answer_day(
    watch: Watch, today: TermToday | None, terms: Sequence[Term], calendar: Calendar
) -> AnswerDay | None:
    """The promised day, else by the term in force, else by the repealed act's, else none.

    Of several terms of the act the longest counts: nobody shall ask too early.
    """
    if watch.promised is not None:
        return AnswerDay(watch.promised, "promised", may_shift=False)
    if today is not None:
        ends = due(calendar, watch.handed_in, today.amount, today.unit)
        return AnswerDay(ends.day, "today", ends.may_shift)
    counted = [
        due(calendar, watch.handed_in, each.amount, each.unit)
        for each in terms
        if each.what in _COUNTED_TERMS
        and each.amount is not None
        and each.unit not in (None, "hour", "minute")
        and each.limit != "at_least"
    ]
    if not counted:
        return None
    latest = max(counted, key=lambda each: each.day)
    return AnswerDay(latest.day, "act", latest.may_shift)


def asking_moments(
    found: AnswerDay, calendar: Calendar, timezone: dt.tzinfo, now: dt.datetime
) -> tuple[dt.datetime, ...]:
    """When to ask whether it came: on the day and two working days later, if that is ahead."""
    days = (found.day, calendar.working_days_after(found.day, WORKING_DAYS_LATER))
    moments = (dt.datetime.combine(each, ASKED_AT, tzinfo=timezone) for each in days)
    return tuple(each for each in moments if each > now)


def days_since(watch: Watch, today: dt.date) -> int:
    """How many days have gone by since the papers were handed in."""
    return max(0, (today - watch.handed_in).days)
