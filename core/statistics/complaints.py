"""Complaints as figures: how many are open and late, and how soon they were answered."""

import datetime as dt
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.calendar import Calendar
from core.complaints.deadlines import Appeals, is_late
from core.complaints.model import Complaint
from core.complaints.routing import body_of
from core.directory.whole import Directory
from core.services.model import Service

_ARRIVED = frozenset({"sent", "delivered", "passed_on", "reopened"})


@dataclass(frozen=True, slots=True)
class Handled:
    """A complaint as the figures need it: nothing in it tells of its person."""

    complaint: Complaint
    first_answer: dt.datetime | None
    late: bool

    @property
    def waited(self) -> dt.timedelta | None:
        """How long the first answer took."""
        sent = self.complaint.sent_at
        return self.first_answer - sent if self.first_answer and sent else None


@dataclass(frozen=True, slots=True)
class Line:
    """What the complaints of one office, subject or service come to."""

    key: str | None
    sent: int
    open: int
    untaken: int
    """Open, and nobody has taken or registered them yet."""
    late: int
    answered: int
    median: dt.timedelta | None
    """Half of those that were answered had their first answer sooner than this."""


@dataclass(frozen=True, slots=True)
class ComplaintFigures:
    """All complaints together, and by what tells them apart."""

    whole: Line
    by_office: Sequence[Line]
    by_subject: Sequence[Line]
    by_service: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Law:
    """What lateness is judged by: terms, calendar, offices and services."""

    appeals: Appeals
    calendar: Calendar
    directory: Directory
    services: Mapping[str, Service]

    def is_late(self, complaint: Complaint, today: dt.date) -> bool:
        """Whether an answer is late by the law in force; never before an office registered it."""
        service = self.services.get(complaint.service or "")
        body = body_of(self.directory, complaint, service)
        return is_late(complaint, body, self.appeals, self.calendar, today)


def complaint_figures(handled: Iterable[Handled]) -> ComplaintFigures:
    """The figures of these complaints."""
    handled = list(handled)
    return ComplaintFigures(
        line_of(None, handled),
        _lines(handled, lambda each: each.addressee),
        _lines(handled, lambda each: each.subject),
        _lines(handled, lambda each: each.service),
    )


def _lines(handled: Sequence[Handled], key: Callable[[Complaint], str | None]) -> Sequence[Line]:
    """A line for each, what is late first, then what is open, then what there is most of."""
    together: dict[str | None, list[Handled]] = {}
    for each in handled:
        together.setdefault(key(each.complaint), []).append(each)
    lines = [line_of(name, group) for name, group in together.items()]
    return sorted(lines, key=lambda e: (-e.late, -e.open, -e.sent, e.key or ""))


def line_of(key: str | None, handled: Sequence[Handled]) -> Line:
    """What these complaints come to."""
    waits = [each.waited.total_seconds() for each in handled if each.waited is not None]
    still_open = [each for each in handled if each.complaint.is_open]
    return Line(
        key,
        sent=len(handled),
        open=len(still_open),
        untaken=sum(each.complaint.state in _ARRIVED for each in still_open),
        late=sum(each.late for each in handled),
        answered=len(waits),
        median=dt.timedelta(seconds=statistics.median(waits)) if waits else None,
    )
