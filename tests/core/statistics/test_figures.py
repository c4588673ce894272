"""Where people stop, how soon complaints are answered, how fresh the directory is."""

import datetime as dt
from typing import Any

import pytest

from core.complaints.model import Complaint, Said
from core.release import DATA, load_directory
from core.statistics.complaints import Handled, complaint_figures
from core.statistics.freshness import Freshness, by_region, freshness
from core.statistics.report import Enquiries, Period, last_days
from core.statistics.standings import Begun, key_of, read_key, standings, stands_at
from tests.core.services.builders import LIBRARY

MEALS = LIBRARY.services["free_school_meals"]
DAY = dt.date(2026, 11, 21)
SENT = dt.datetime(2026, 11, 21, 6, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("answers", "at"),
    [
        ({}, "school"),
        ({"school": "state"}, "family"),
        ({"school": "state", "family": "assistance"}, "=eligible"),
        ({"school": "not_state"}, "=not_eligible"),
        ({"school": "of another time"}, "school"),
        ({"no_such_question": "x", "school": "state"}, "family"),
    ],
)
def test_where_answers_stand(answers: dict[str, str], at: str) -> None:
    assert stands_at(MEALS, answers) == at


def test_standings_are_counted_by_day_and_service() -> None:
    begun = [
        Begun(DAY, MEALS.id, {"school": "state"}),
        Begun(DAY, MEALS.id, {"school": "state"}),
        Begun(DAY - dt.timedelta(1), MEALS.id, {"school": "not_state"}),
        Begun(DAY, "long_gone", {}),
    ]
    assert standings(begun, LIBRARY.services) == {
        (DAY, f"{MEALS.id}:family"): 2,
        (DAY - dt.timedelta(1), f"{MEALS.id}:=not_eligible"): 1,
    }
    assert read_key(key_of("meals", "=eligible")) == ("meals", "=eligible")


def test_stops_are_told_from_arrivals() -> None:
    known = Enquiries({"a": 1, "b": 5}, {"a": 1}, {"c": {"q": 2, "=eligible": 3, "=unknown": 1}})
    assert known.services == ["b", "a", "c"]
    assert known.stopped("c") == {"q": 2}
    assert known.arrived("c") == {"eligible": 3, "unknown": 1}
    assert known.stopped("a") == {}


def test_periods_count_both_ends() -> None:
    week = last_days(DAY, 7)
    assert week == Period(dt.date(2026, 11, 15), DAY)
    assert (week.days, week.before()) == (
        7,
        Period(dt.date(2026, 11, 8), dt.date(2026, 11, 14)),
    )


def handled(number: int, waited: float | None, *, late: bool = False, **more: Any) -> Handled:
    values: dict[str, Any] = {
        "service": None,
        "office": None,
        "addressee": "of1",
        "subject": "late",
        "state": "delivered",
        "place": None,
        "step": 1,
        "taken_by": None,
        "incoming_number": None,
        "registered_on": None,
        "extended_days": 0,
        "follows": None,
        "joined_to": None,
        "version": 0,
    }
    complaint = Complaint(
        id=number,
        person_id=None,
        language="kk",
        said=Said(),
        created_at=SENT,
        sent_at=SENT,
        changed_at=SENT,
        **{**values, **more},
    )
    return Handled(complaint, None if waited is None else SENT + waited * HOUR, late)


def test_complaints_are_told_by_what_they_have_in_common() -> None:
    figures = complaint_figures(
        [
            handled(1, 10, state="answered"),
            handled(2, 30, state="closed", addressee="of2", subject="rude"),
            handled(3, None, late=True, state="registered", addressee="of2"),
            handled(4, 20, state="taken"),
            handled(5, None, addressee=None),
        ]
    )
    whole = figures.whole
    assert (whole.sent, whole.open, whole.untaken, whole.late) == (5, 3, 1, 1)
    assert (whole.answered, whole.median) == (3, 20 * HOUR)
    assert [(each.key, each.sent) for each in figures.by_office] == [
        ("of2", 2),
        ("of1", 2),
        (None, 1),
    ]
    assert {each.key: each.sent for each in figures.by_subject} == {"late": 4, "rude": 1}
    assert [each.key for each in figures.by_service] == [None]


def test_no_complaints_are_no_trouble() -> None:
    figures = complaint_figures([])
    assert (figures.whole.sent, figures.whole.median, list(figures.by_office)) == (0, None, [])


def test_freshness_counts_open_offices_only() -> None:
    offices = list(load_directory(DATA).offices.values())[:6]
    verified = [None, DAY, DAY.replace(month=1, day=1), DAY.replace(year=2025), None, DAY]
    changed = [
        each.model_copy(update={"verified_on": day, "closed": number == 5})
        for number, (each, day) in enumerate(zip(offices, verified, strict=True))
    ]
    found = freshness(changed, DAY)
    assert found == Freshness(this_year=2, older=1, never=2)
    assert found.whole == 5
    assert sum(each.whole for each in by_region(changed, DAY).values()) == 5
