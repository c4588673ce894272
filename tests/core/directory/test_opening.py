"""Whether an office is open: lunch, weekends, holidays, moved days, just before closing."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from core.calendar import Calendar
from core.directory.model import Hours, Text
from core.directory.opening import Opening, opening

ALMATY = ZoneInfo("Asia/Almaty")
WEEK = ("mon", "tue", "wed", "thu", "fri")
MOVED = dt.date(2026, 11, 28)
OFF = dt.date(2026, 11, 27)
CALENDAR = Calendar(
    confirmed_through=2026, days_off=frozenset({OFF}), working_days=frozenset({MOVED})
)
"""A made-up calendar: that Friday is off, and the Saturday after it is worked instead."""


def hours(*days: str, opens: str = "09:00", closes: str = "18:00", pause: bool = True) -> Hours:
    return Hours.model_validate(
        {
            "days": days or WEEK,
            "from": opens,
            "to": closes,
            "break": ("13:00", "14:00") if pause else None,
            "text": Text(kk="x", ru="x"),
        }
    )


def at(day: int, clock: str, month: int = 11, year: int = 2026) -> dt.datetime:
    hour, minute = map(int, clock.split(":"))
    return dt.datetime(year, month, day, hour, minute, tzinfo=ALMATY)


@pytest.mark.parametrize(
    ("now", "state", "until"),
    [
        # 23 November 2026 is a Monday.
        (at(23, "00:00"), "closed", at(23, "09:00")),
        (at(23, "08:59"), "closed", at(23, "09:00")),
        (at(23, "09:00"), "open", at(23, "13:00")),
        (at(23, "12:59"), "open", at(23, "13:00")),
        (at(23, "13:00"), "pause", at(23, "14:00")),
        (at(23, "13:59"), "pause", at(23, "14:00")),
        (at(23, "14:00"), "open", at(23, "18:00")),
        (at(23, "17:59"), "open", at(23, "18:00")),
        (at(23, "18:00"), "closed", at(24, "09:00")),
        # The Friday is off by decree, the Saturday is worked by the hours of a Monday.
        (at(26, "18:00"), "closed", at(28, "09:00")),
        (at(27, "11:00"), "closed", at(28, "09:00")),
        (at(28, "11:00"), "open", at(28, "13:00")),
        (at(28, "18:00"), "closed", at(30, "09:00")),
        (at(29, "11:00"), "closed", at(30, "09:00")),
        # The day of independence is a Wednesday in 2026.
        (at(16, "11:00", month=12), "closed", at(17, "09:00", month=12)),
        # 1 and 2 January are days off; in 2027 the second is a Saturday, and Monday is off for it.
        (at(31, "18:00", month=12), "closed", at(5, "09:00", month=1, year=2027)),
    ],
)
def test_it_knows_when_it_opens_and_closes(
    now: dt.datetime, state: str, until: dt.datetime
) -> None:
    found = opening((hours(),), CALENDAR, now)
    assert found is not None
    assert (found.state, found.until) == (state, until)


def test_on_a_saturday_of_its_own_hours_those_count() -> None:
    both = (hours(), hours("sat", closes="12:00", pause=False))
    assert opening(both, CALENDAR, at(21, "11:00")) == Opening("open", at(21, "12:00"))
    assert opening(both, CALENDAR, at(21, "12:00")) == Opening("closed", at(23, "09:00"))
    # On the Saturday that is worked for a Friday it keeps its own hours as well.
    assert opening(both, CALENDAR, at(28, "11:00")) == Opening("open", at(28, "12:00"))


def test_on_a_holiday_that_is_a_saturday_it_is_closed() -> None:
    found = opening((hours("sat", pause=False),), CALENDAR, at(8, "11:00", month=3, year=2025))
    # 8 March 2025 is a Saturday and a holiday.
    assert found == Opening("closed", at(15, "09:00", month=3, year=2025))


def test_open_round_the_clock_and_to_midnight() -> None:
    late = hours(*WEEK, "sat", "sun", opens="00:00", closes="24:00", pause=False)
    assert opening((late,), CALENDAR, at(23, "23:59")) == Opening("open", at(24, "00:00"))


def test_without_hours_nothing_is_said_and_without_days_no_moment() -> None:
    assert opening((), CALENDAR, at(23, "11:00")) is None
    never = Hours.model_validate(
        {"days": (), "from": "09:00", "to": "18:00", "break": None, "text": Text(kk="x", ru="x")}
    )
    assert opening((never,), CALENDAR, at(23, "11:00")) == Opening("closed", None)
