"""Working days, holidays and the ends of terms."""

import datetime as dt
from pathlib import Path

import pytest

from core.calendar import Calendar, Unit, due, load_calendar

FILE = Path(__file__).parents[2] / "data" / "calendar.yaml"
CALENDAR = load_calendar(FILE)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("since", "amount", "unit", "ends"),
    [
        ("2026-02-02", 5, "working_day", "2026-02-09"),
        ("2026-02-06", 1, "working_day", "2026-02-09"),
        ("2026-03-19", 2, "working_day", "2026-03-26"),  # over Nauryz and its moved days
        ("2025-01-01", 1, "working_day", "2025-01-05"),  # a Sunday that was worked
        ("2025-12-31", 1, "working_day", "2026-01-05"),
        ("2026-02-02", 15, "calendar_day", "2026-02-17"),
        ("2026-02-02", 5, "day", "2026-02-09"),  # the 7th is a Saturday
        ("2026-02-02", 2, "week", "2026-02-16"),
        ("2026-01-30", 1, "month", "2026-03-02"),  # 28 February is a Saturday
        ("2026-02-16", 1, "month", "2026-03-16"),
        ("2026-11-10", 2, "month", "2027-01-11"),
    ],
)
def test_term_ends(since: str, amount: int, unit: Unit, ends: str) -> None:
    assert due(CALENDAR, day(since), amount, unit).day == day(ends)


def test_counted_day_is_kept_beside_the_working_one() -> None:
    ended = due(CALENDAR, day("2026-02-02"), 5, "day")

    assert (ended.counted, ended.day) == (day("2026-02-07"), day("2026-02-09"))


def test_hours_end_at_a_moment() -> None:
    begun = dt.datetime(2026, 2, 2, 23, 30, tzinfo=dt.UTC)

    ended = due(CALENDAR, begun, 2, "hour")

    assert ended.moment == dt.datetime(2026, 2, 3, 1, 30, tzinfo=dt.UTC)
    assert ended.day == day("2026-02-03")


def test_hours_need_a_moment_to_begin() -> None:
    with pytest.raises(TypeError, match="begins at a moment"):
        due(CALENDAR, day("2026-02-02"), 30, "minute")


def test_days_past_the_confirmed_year_may_shift() -> None:
    year = CALENDAR.confirmed_through

    assert not due(CALENDAR, dt.date(year, 3, 2), 5, "working_day").may_shift
    assert due(CALENDAR, dt.date(year, 12, 30), 5, "working_day").may_shift


def test_moved_days_are_heeded() -> None:
    moved = Calendar(
        confirmed_through=2026,
        days_off=frozenset({day("2026-02-03")}),
        working_days=frozenset({day("2026-02-07")}),
    )

    assert not moved.is_working(day("2026-02-03"))
    assert moved.is_working(day("2026-02-07"))
    assert due(moved, day("2026-02-02"), 1, "working_day").day == day("2026-02-04")


def test_unknown_key_in_the_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "calendar.yaml"
    file.write_text("confirmed_through: 2026\nholidays: []\n", encoding="utf-8")

    with pytest.raises(ValueError, match="holidays"):
        load_calendar(file)


def test_the_days_off_of_2026_are_those_of_the_published_calendar() -> None:
    """As the ministry of labour published it, but for 30 August, which is no holiday any more."""
    first, off = dt.date(2026, 1, 1), []
    for number in range(365):
        each = first + dt.timedelta(days=number)
        if each.weekday() < 5 and not CALENDAR.is_working(each):
            off.append(f"{each:%m-%d}")
    assert off == [
        *("01-01", "01-02", "01-07"),
        *("03-09", "03-23", "03-24", "03-25"),
        *("05-01", "05-07", "05-11", "05-27"),
        *("07-06", "10-26", "12-16"),
    ]
    assert not any(CALENDAR.is_working(first + dt.timedelta(days=2 + 7 * n)) for n in range(52))
