"""Deadlines: by when an official complaint must be answered, by the law in force.

The terms are a table with sources, data/appeals.yaml. A due date is computed from the day on which
the office registered the complaint and is never kept: before that there is none.
"""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field, HttpUrl

from core.calendar import Calendar, Unit, due
from core.complaints.model import Complaint
from core.kinds import OfficeKind
from core.services.sources import Confidence, Id, Record, Text, Words
from core.services.yaml_lines import read_sheet

APPEALS_FILE = "appeals.yaml"

Body = Literal["provider", "quality_body", "higher"]


class Ground(Record):
    """Where a law says something of complaints, and how surely that is known."""

    act: Text
    article: Words
    url: HttpUrl
    as_of: dt.date
    confidence: Confidence
    evidence: tuple[Words, ...]


class AnswerTerm(Record):
    """How long a body has for its answer, and by how much it may take longer."""

    body: Body
    amount: int = Field(gt=0)
    unit: Unit
    ground: Id


class Extension(Record):
    """By how much the answer may come later, who may do that and what must be told when."""

    most: int = Field(gt=0)
    unit: Unit
    kinds: tuple[OfficeKind, ...]
    bodies: tuple[Body, ...]
    reasons: tuple[Text, ...]
    tell_within: int
    ground: Id


class WayOut(Record):
    """Another way to complain that is open to everybody."""

    id: Id
    text: Text
    url: HttpUrl | None = None
    body: Body | None = None
    """In what part it answers there, where that has a term."""
    ground: Id


class Appeals(Record):
    """The file data/appeals.yaml."""

    grounds: dict[str, Ground]
    terms: tuple[AnswerTerm, ...]
    extension: Extension
    months_to_complain: int
    months_ground: Id
    unnamed: Text
    """That a complaint without a name may be left without consideration."""
    unnamed_ground: Id
    demands: tuple[Text, ...]
    """What a written complaint must hold."""
    demands_ground: Id
    ways: tuple[WayOut, ...]

    def term(self, body: Body) -> AnswerTerm:
        """The term of a body."""
        return next(each for each in self.terms if each.body == body)

    def may_extend(self, body: Body, kind: OfficeKind | None) -> bool:
        """Whether the law lets this office take longer."""
        return body in self.extension.bodies or (kind is not None and kind in self.extension.kinds)


@dataclass(frozen=True, slots=True)
class AnswerDue:
    """The day an answer is due, the term it was counted by, and whether the day may shift."""

    day: dt.date
    term: AnswerTerm
    may_shift: bool

    def is_over(self, today: dt.date) -> bool:
        """Whether the day has passed."""
        return today > self.day


def load_appeals(data: Path) -> Appeals:
    """The table of the data folder."""
    return Appeals.model_validate(read_sheet(data / APPEALS_FILE).data)


def answer_due(
    complaint: Complaint, body: Body, appeals: Appeals, calendar: Calendar
) -> AnswerDue | None:
    """When the answer to a registered complaint is due; None before an office registered it."""
    if complaint.registered_on is None:
        return None
    term = appeals.term(body)
    ends = due(calendar, complaint.registered_on, term.amount, term.unit)
    if complaint.extended_days:
        ends = due(calendar, ends.day, complaint.extended_days, appeals.extension.unit)
    return AnswerDue(ends.day, term, ends.may_shift)


def is_late(
    complaint: Complaint, body: Body, appeals: Appeals, calendar: Calendar, today: dt.date
) -> bool:
    """Whether an open complaint should have been answered before today, by the law in force."""
    ends = answer_due(complaint, body, appeals, calendar)
    return complaint.is_open and ends is not None and ends.is_over(today)
