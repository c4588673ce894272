"""Which day an answer is due, by what, and on which mornings it is asked for."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import Unit, load_calendar
from core.hours import CLOSES_AT, OPENS_AT, is_hour_for_people, last_morning
from core.services.library import load_library
from core.services.model import Service, Term
from core.watch import (
    AnswerDay,
    TermToday,
    Watch,
    Way,
    answer_day,
    load_terms_today,
    next_asking,
    terms_in_force,
    ways_of,
)

DATA = Path(__file__).parents[2] / "data"
CALENDAR = load_calendar(DATA / "calendar.yaml")
SERVICES = load_library(DATA).services
FRIDAY = dt.date(2026, 11, 20)
DAY = dt.timedelta(days=1)
DUPLICATE = "education_document_duplicate"

DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))
UNITS: tuple[Unit, ...] = ("working_day", "calendar_day", "day", "week", "month", "hour", "minute")


def watch(handed_in: dt.date, promised: dt.date | None = None) -> Watch:
    return Watch(
        id=1,
        person_id=1,
        enquiry=None,
        service=DUPLICATE,
        office=None,
        handed_in=handed_in,
        promised=promised,
        slip="",
        state="waiting",
        reminds=True,
        created_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )


def terms_of(service: str) -> tuple[Term, ...]:
    return SERVICES[service].terms


def by(what: str, service: str) -> Term:
    return next(each for each in terms_of(service) if each.id == what)


def of(amount: int | None, unit: Unit | None) -> Term:
    """A term of the act that is this long; without an amount it is at once."""
    known = by("processing", DUPLICATE)
    limit = "at_once" if amount is None else "at_most"
    return known.model_copy(update={"amount": amount, "unit": unit, "limit": limit})


@pytest.mark.parametrize(
    ("amount", "unit", "day", "within"),
    [
        (None, None, dt.date(2026, 11, 23), True),
        (30, "minute", dt.date(2026, 11, 23), True),
        (4, "hour", dt.date(2026, 11, 23), True),
        (24, "hour", dt.date(2026, 11, 23), True),
        (72, "hour", dt.date(2026, 11, 23), False),
        (96, "hour", dt.date(2026, 11, 24), False),
        (1, "working_day", dt.date(2026, 11, 23), False),
    ],
)
def test_hours_minutes_and_at_once_are_the_same_day_or_the_next_working_one(
    amount: int | None, unit: Unit | None, day: dt.date, within: bool
) -> None:
    found = answer_day(watch(FRIDAY), None, [of(amount, unit)], CALENDAR)
    assert found is not None
    assert (found.day, found.within_a_day, found.basis) == (day, within, "act")


def test_every_service_whose_act_names_a_term_has_a_day() -> None:
    """Also where it is counted in minutes, or comes at once."""
    told = {"processing", "final_result"}
    for each in SERVICES.values():
        named = any(term.what in told for term in each.terms)
        assert (answer_day(watch(FRIDAY), None, each.terms, CALENDAR) is not None) is named, each.id


def test_a_village_akim_gives_the_certificate_at_once() -> None:
    at_once = by("at_once", "subsidiary_farm_certificate")
    found = answer_day(watch(FRIDAY), None, [at_once], CALENDAR)
    assert found is not None
    assert (found.day, found.within_a_day, found.term) == (dt.date(2026, 11, 23), True, at_once)


def test_the_slip_counts_before_the_term_in_force_and_that_before_the_act() -> None:
    (today,) = load_terms_today(DATA)["home_schooling"]
    act = terms_of("home_schooling")
    promised = answer_day(watch(FRIDAY, FRIDAY + 9 * DAY), today, act, CALENDAR)
    in_force = answer_day(watch(FRIDAY), today, act, CALENDAR)
    history = answer_day(watch(FRIDAY), None, act, CALENDAR)
    assert promised is not None
    assert in_force is not None
    assert history is not None
    assert (promised.basis, promised.day, promised.binds) == ("promised", FRIDAY + 9 * DAY, True)
    assert (in_force.basis, in_force.day, in_force.binds) == ("today", FRIDAY + 4 * DAY, True)
    assert (history.basis, history.day, history.binds) == ("act", FRIDAY + 5 * DAY, False)


def test_the_term_of_an_act_that_is_in_force_binds() -> None:
    act = terms_of("home_schooling")
    found = answer_day(watch(FRIDAY), None, act, CALENDAR, act_in_force=True)
    assert found is not None
    assert (found.basis, found.binds) == ("today", True)


def duplicate() -> tuple[Service, dict[str, tuple[TermToday, ...]]]:
    return SERVICES[DUPLICATE], load_terms_today(DATA)


@pytest.mark.parametrize(
    ("kinds", "office", "holds"),
    [
        ({"school"}, None, True),
        ({"college"}, None, False),
        ({"school", "college"}, None, False),
        ({"school", "college"}, "school", True),
        ({"school", "college"}, "college", False),
        # A service centre takes papers for both; for whose, the answers tell.
        ({"school"}, "service_centre", True),
        ({"college"}, "service_centre", False),
        (set(), "school", True),
        (set(), None, False),
    ],
)
def test_the_term_of_a_duplicate_in_force_is_that_of_schools(
    kinds: set[str], office: str | None, holds: bool
) -> None:
    service, known = duplicate()
    providers = [each for each in service.providers if each.kind in kinds]
    ways = ways_of(providers, office)  # type: ignore[arg-type]
    ours, others = terms_in_force(known, DUPLICATE, ways)
    assert (ours is not None) is holds
    assert (others is None) is holds


def test_a_term_may_hold_for_a_channel() -> None:
    (term,) = duplicate()[1][DUPLICATE]
    which = {"text": term.holds_for.text, "channels": ("portal",)} if term.holds_for else {}
    online = TermToday.model_validate({**dict(term), "holds_for": which})
    assert online.holds([Way(kind="school", channel="portal")])
    assert not online.holds([Way(kind="school", channel="portal"), Way(kind="school")])


def test_a_condition_that_names_nothing_is_refused() -> None:
    (term,) = duplicate()[1][DUPLICATE]
    assert term.holds_for is not None
    with pytest.raises(ValueError, match="kinds"):
        TermToday.model_validate({**dict(term), "holds_for": {"text": term.holds_for.text}})


@given(
    handed_in=DAYS,
    amount=st.integers(1, 60),
    unit=st.sampled_from(UNITS),
    promised=st.none() | st.integers(0, 60),
)
def test_every_asking_is_on_a_working_day_and_there_are_two(
    handed_in: dt.date, amount: int, unit: Unit, promised: int | None
) -> None:
    day = None if promised is None else handed_in + promised * DAY
    found = answer_day(watch(handed_in, day), None, [of(amount, unit)], CALENDAR)
    assert found is not None
    asked, after = [], handed_in - DAY
    while (on := next_asking(found, CALENDAR, after)) is not None:
        assert CALENDAR.is_working(on)
        # Never before the day itself, and never twice.
        assert on >= found.day
        assert on > after
        asked.append(on)
        after = on
    assert len(asked) == 2
    between = [asked[0] + n * DAY for n in range(1, (asked[1] - asked[0]).days + 1)]
    assert sum(CALENDAR.is_working(each) for each in between) == 2


@given(
    moment=st.datetimes(
        dt.datetime(2026, 1, 1),  # noqa: DTZ001 - the zone is given beside it
        dt.datetime(2027, 12, 31),  # noqa: DTZ001 - the zone is given beside it
        timezones=st.just(dt.timezone(dt.timedelta(hours=5))),
    )
)
def test_nobody_is_written_to_at_night_or_on_a_day_off(moment: dt.datetime) -> None:
    good = is_hour_for_people(moment, CALENDAR)
    assert good is (OPENS_AT <= moment.hour < CLOSES_AT and CALENDAR.is_working(moment.date()))
    # Whatever is noted for the next morning is still ahead.
    ahead = dt.datetime.combine(last_morning(moment) + DAY, dt.time(OPENS_AT), moment.tzinfo)
    assert ahead > moment - dt.timedelta(microseconds=1)


@given(handed_in=DAYS, late=st.integers(0, 400))
def test_who_comes_late_is_asked_once_or_not_at_all(handed_in: dt.date, late: int) -> None:
    """A bot that was down asks once; what is asked today is over for today."""
    found = AnswerDay(CALENDAR.next_working(handed_in), "promised", may_shift=False)
    today = found.day + late * DAY
    following = next_asking(found, CALENDAR, today)
    assert following is None or following > today
