"""Opening: whether an office is open at a moment, and when that changes next."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from core.calendar import Calendar
from core.directory.model import Hours
from core.kinds import Weekday

DAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FURTHEST_DAYS = 30


@dataclass(frozen=True, slots=True)
class Opening:
    """Open, at lunch or closed, and until when; no moment where none is near."""

    state: Literal["open", "pause", "closed"]
    until: dt.datetime | None


def opening(hours: Sequence[Hours], calendar: Calendar, now: dt.datetime) -> Opening | None:
    """Whether an office with these hours is open at a local moment; None where none are known."""
    if not hours:
        return None
    for begins, ends in _spans(hours, calendar, now):
        if begins <= now < ends:
            return Opening("open", ends)
        if now < begins:
            # A gap within one day is its lunch break; a longer one is being closed.
            worked = any(end.date() == now.date() for end in _ended(hours, calendar, now))
            pause = worked and begins.date() == now.date()
            return Opening("pause" if pause else "closed", begins)
    return Opening("closed", None)


def _ended(hours: Sequence[Hours], calendar: Calendar, now: dt.datetime) -> Iterator[dt.datetime]:
    """When it closed already today."""
    for begins, ends in _of_day(hours, calendar, now, now.date()):
        if ends <= now:
            yield ends
        elif begins > now:
            return


def _spans(
    hours: Sequence[Hours], calendar: Calendar, now: dt.datetime
) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """The spans in which it is open, from today on, in their order, leaving out what is over."""
    for ahead in range(FURTHEST_DAYS):
        day = now.date() + dt.timedelta(days=ahead)
        yield from (span for span in _of_day(hours, calendar, now, day) if span[1] > now)


def _of_day(
    hours: Sequence[Hours], calendar: Calendar, now: dt.datetime, day: dt.date
) -> list[tuple[dt.datetime, dt.datetime]]:
    """The spans of a day; on a holiday there are none, on a moved working day those of a Monday."""
    weekday = DAYS[day.weekday()]
    worked_otherwise = day.weekday() >= DAYS.index("sat") and calendar.is_working(day)
    if day.weekday() < DAYS.index("sat") and not calendar.is_working(day):
        return []
    if day.weekday() >= DAYS.index("sat") and calendar.is_holiday(day):
        return []
    if worked_otherwise and not any(weekday in each.days for each in hours):
        weekday = "mon"
    spans = []
    for each in hours:
        if weekday not in each.days:
            continue
        opens, closes = (_at(now, day, clock) for clock in (each.opens, each.closes))
        if each.pause:
            stops, goes_on = (_at(now, day, clock) for clock in each.pause)
            spans += [(opens, stops), (goes_on, closes)]
        else:
            spans.append((opens, closes))
    return sorted(spans)


def _at(now: dt.datetime, day: dt.date, clock: str) -> dt.datetime:
    hour, minute = map(int, clock.split(":"))
    # Midnight is written as 24:00 where an office is open to the end of the day.
    start = dt.datetime.combine(day, dt.time(), tzinfo=now.tzinfo)
    return start + dt.timedelta(hours=hour, minutes=minute)
