"""Seasons: the window in which one may apply, seen from a day."""

import datetime as dt
from typing import Any

import pytest

from core.services.model import Term
from core.services.seasons import season_on


def window(**days: str) -> Term:
    return term(what="window", **days)


def term(**changes: Any) -> Term:
    told = {"id": "a", "text": {"kk": "a", "ru": "a"}, "source": [{"act": "act_1", "para": "9"}]}
    return Term.model_validate(told | changes)


@pytest.mark.parametrize(
    ("days", "on", "is_open", "starts", "ends"),
    [
        (("06-01", "08-30"), "2026-05-31", False, "2026-06-01", "2026-08-30"),
        (("06-01", "08-30"), "2026-06-01", True, "2026-06-01", "2026-08-30"),
        (("06-01", "08-30"), "2026-08-30", True, "2026-06-01", "2026-08-30"),
        (("06-01", "08-30"), "2026-08-31", False, "2027-06-01", "2027-08-30"),
        (("12-15", "01-20"), "2027-01-10", True, "2026-12-15", "2027-01-20"),
        (("12-15", "01-20"), "2026-12-14", False, "2026-12-15", "2027-01-20"),
        (("06-01", None), "2026-07-01", True, "2026-06-01", "2026-12-31"),
        ((None, "08-30"), "2026-07-01", True, "2026-01-01", "2026-08-30"),
        (("01-15", "02-29"), "2026-02-28", True, "2026-01-15", "2026-02-28"),
    ],
)
def test_season(
    days: tuple[str | None, str | None], on: str, is_open: bool, starts: str, ends: str
) -> None:
    told = {key: day for key, day in zip(("opens", "closes"), days, strict=True) if day}

    season = season_on([window(**told)], dt.date.fromisoformat(on))

    assert season is not None
    assert season.open is is_open
    assert (season.starts.isoformat(), season.ends.isoformat()) == (starts, ends)


def test_no_window_is_no_season() -> None:
    processing = term(what="processing", amount=5, unit="day")

    assert season_on([processing], dt.date(2026, 1, 1)) is None
