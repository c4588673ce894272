"""Seasons: whether a service can be applied for on a day, by its terms of the kind `window`."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from core.services.model import Term

_FIRST, _LAST = "01-01", "12-31"


@dataclass(frozen=True, slots=True)
class Season:
    """The window in which one may apply, seen from one day: this one, or the next to come."""

    term: Term
    open: bool
    starts: dt.date
    ends: dt.date


def season_on(terms: Iterable[Term], day: dt.date) -> Season | None:
    """The season for applying; the first window is meant where there are several."""
    term = next((each for each in terms if each.what == "window"), None)
    if term is None:
        return None
    opens, closes = term.opens or _FIRST, term.closes or _LAST
    for year in (day.year - 1, day.year, day.year + 1):
        starts = _day(year, opens)
        ends = _day(year if opens <= closes else year + 1, closes)
        if day <= ends:
            return Season(term, starts <= day, starts, ends)
    raise AssertionError(f"the window {term.id} ends before it begins")


def _day(year: int, month_day: str) -> dt.date:
    """The day in that year; 29 February is the 28th where the year has none."""
    month, day = (int(each) for each in month_day.split("-"))
    try:
        return dt.date(year, month, day)
    except ValueError:
        return dt.date(year, month, day - 1)
