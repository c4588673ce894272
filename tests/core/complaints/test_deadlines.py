"""By when a registered complaint is due, by the table of the law in force."""

from datetime import UTC, date, datetime

import pytest

from core.calendar import Calendar, load_calendar
from core.complaints.deadlines import Appeals, Body, answer_due, is_late, load_appeals
from core.complaints.model import Complaint, Said, State
from core.knowledge import CALENDAR_FILE
from core.release import DATA

MADE = datetime(2026, 11, 27, 6, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def appeals() -> Appeals:
    return load_appeals(DATA)


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return load_calendar(DATA / CALENDAR_FILE)


def complaint(registered: date | None, *, state: State = "taken", extended: int = 0) -> Complaint:
    return Complaint(
        id=1,
        person_id=7000000001,
        language="kk",
        service=None,
        place=None,
        office=None,
        addressee=None,
        step=1,
        subject="late",
        state=state,
        said=Said(),
        taken_by=None,
        incoming_number=None,
        registered_on=registered,
        extended_days=extended,
        follows=None,
        joined_to=None,
        version=0,
        created_at=MADE,
        sent_at=MADE,
        changed_at=MADE,
    )


@pytest.mark.parametrize(
    ("body", "registered", "due"),
    [
        # Monday and five working days.
        ("provider", date(2026, 11, 30), date(2026, 12, 7)),
        # Over the day of independence, Wednesday the 16th of December.
        ("provider", date(2026, 12, 11), date(2026, 12, 21)),
        ("quality_body", date(2026, 11, 2), date(2026, 11, 23)),
        ("higher", date(2026, 11, 2), date(2026, 11, 30)),
    ],
)
def test_due_days_are_counted_in_working_days(
    appeals: Appeals, calendar: Calendar, body: Body, registered: date, due: date
) -> None:
    ends = answer_due(complaint(registered), body, appeals, calendar)
    assert ends is not None
    assert ends.day == due
    assert not ends.is_over(due)


def test_nothing_is_due_before_an_office_registered_it(
    appeals: Appeals, calendar: Calendar
) -> None:
    assert answer_due(complaint(None), "provider", appeals, calendar) is None
    assert not is_late(complaint(None), "provider", appeals, calendar, date(2030, 1, 1))


def test_an_extension_adds_working_days(appeals: Appeals, calendar: Calendar) -> None:
    longer = complaint(date(2026, 11, 2), extended=10)
    ends = answer_due(longer, "quality_body", appeals, calendar)
    assert ends is not None
    assert ends.day == date(2026, 12, 7)


def test_what_is_answered_is_never_late(appeals: Appeals, calendar: Calendar) -> None:
    old = complaint(date(2026, 11, 2))
    assert is_late(old, "provider", appeals, calendar, date(2026, 11, 10))
    assert not is_late(old, "provider", appeals, calendar, date(2026, 11, 9))
    answered = complaint(date(2026, 11, 2), state="answered")
    assert not is_late(answered, "provider", appeals, calendar, date(2026, 12, 30))


def test_the_table_says_where_each_term_is_written(appeals: Appeals) -> None:
    named = {
        *(each.ground for each in appeals.terms),
        *(each.ground for each in appeals.ways),
        appeals.extension.ground,
        appeals.months_ground,
        appeals.unnamed_ground,
        appeals.demands_ground,
    }
    assert named <= set(appeals.grounds)
    assert {each.body for each in appeals.terms} == {"provider", "quality_body", "higher"}
    assert [each.id for each in appeals.ways if each.body == "quality_body"] == ["quality_body"]
    assert not appeals.may_extend("provider", "school")
    assert appeals.may_extend("higher", "district_akimat")
