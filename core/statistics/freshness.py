"""How fresh the directory is: when somebody last made sure of an office."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from core.directory.model import Office


@dataclass(frozen=True, slots=True)
class Freshness:
    """Open offices by when they were verified last."""

    this_year: int
    older: int
    never: int

    @property
    def whole(self) -> int:
        """All open offices."""
        return self.this_year + self.older + self.never


def freshness(offices: Iterable[Office], today: dt.date) -> Freshness:
    """The freshness of these offices; those that were closed are not counted."""
    days = [each.verified_on for each in offices if not each.closed]
    never = sum(each is None for each in days)
    this_year = sum(each is not None and each.year == today.year for each in days)
    return Freshness(this_year, len(days) - never - this_year, never)


def by_region(offices: Iterable[Office], today: dt.date) -> dict[str | None, Freshness]:
    """The same, region by region."""
    together: dict[str | None, list[Office]] = {}
    for each in offices:
        together.setdefault(each.region, []).append(each)
    return {region: freshness(group, today) for region, group in together.items()}
