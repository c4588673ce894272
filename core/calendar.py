"""The calendar of Kazakhstan: which days are working days, and when a term ends.

The holidays come from the `holidays` library, moved days from data/calendar.yaml.
"""

import calendar as months
import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import holidays
import yaml
from pydantic import BaseModel, ConfigDict

Unit = Literal["working_day", "calendar_day", "day", "week", "month", "hour", "minute"]

_COUNTRY = "KZ"
_SATURDAY = 5


class Calendar(BaseModel):
    """The moved days, and the last year whose calendar is settled."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    confirmed_through: int
    evidence: tuple[str, ...] = ()
    days_off: frozenset[dt.date] = frozenset()
    working_days: frozenset[dt.date] = frozenset()

    def is_working(self, day: dt.date) -> bool:
        """Whether offices work on that day, five days a week."""
        if day in self.working_days:
            return True
        if day in self.days_off:
            return False
        off, worked = _holidays(day.year)
        return day in worked or (day.weekday() < _SATURDAY and day not in off)

    def is_holiday(self, day: dt.date) -> bool:
        """Whether that day is a holiday, or off by decree, whatever day of the week it is."""
        if day in self.working_days:
            return False
        off, worked = _holidays(day.year)
        return day in self.days_off or (day in off and day not in worked)

    def next_working(self, day: dt.date) -> dt.date:
        """That day if it is a working day, else the first one after it."""
        while not self.is_working(day):
            day += dt.timedelta(days=1)
        return day

    def working_days_after(self, day: dt.date, amount: int) -> dt.date:
        """The last of so many working days, the first of them after the given day."""
        for _ in range(amount):
            day = self.next_working(day + dt.timedelta(days=1))
        return day


@dataclass(frozen=True, slots=True)
class Due:
    """When a term ends: the day as counted, and the day it falls on if that is none to work on.

    Hours and minutes end at a moment. `may_shift` says that the calendar there is not settled.
    """

    counted: dt.date
    day: dt.date
    may_shift: bool
    moment: dt.datetime | None = None


def load_calendar(file: Path) -> Calendar:
    """The calendar that the file gives."""
    return Calendar.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


def due(calendar: Calendar, since: dt.datetime | dt.date, amount: int, unit: Unit) -> Due:
    """When a term that begins then is over; the day of beginning does not count itself.

    A term in calendar days, weeks or months whose last day is no working day ends on the next
    working day, as terms do by the Civil Code (article 175).
    """
    if unit in ("hour", "minute"):
        if not isinstance(since, dt.datetime):
            raise TypeError(f"a term in {unit}s begins at a moment, not on a day: {since}")
        moment = since + dt.timedelta(**{f"{unit}s": amount})
        return Due(moment.date(), moment.date(), _unsettled(calendar, moment.date()), moment)
    day = since.date() if isinstance(since, dt.datetime) else since
    counted = _counted(calendar, day, amount, unit)
    ends = calendar.next_working(counted)
    return Due(counted, ends, _unsettled(calendar, ends))


def _counted(calendar: Calendar, day: dt.date, amount: int, unit: Unit) -> dt.date:
    match unit:
        case "working_day":
            return calendar.working_days_after(day, amount)
        case "week":
            return day + dt.timedelta(weeks=amount)
        case "month":
            return _months_after(day, amount)
        case _:
            return day + dt.timedelta(days=amount)


def _months_after(day: dt.date, amount: int) -> dt.date:
    """The same day so many months on, or the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    last = months.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def _unsettled(calendar: Calendar, day: dt.date) -> bool:
    return day.year > calendar.confirmed_through


@cache
def _holidays(year: int) -> tuple[frozenset[dt.date], frozenset[dt.date]]:
    """The days off of a year, and its weekend days that are worked."""
    known = holidays.country_holidays(_COUNTRY, years=year)
    return frozenset(known), frozenset(known.weekend_workdays)
