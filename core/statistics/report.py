"""A report: what happened within some days, read from the counters."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.statistics.complaints import ComplaintFigures, Handled, Law, complaint_figures
from core.statistics.kinds import Count
from core.statistics.standings import ARRIVED, read_key
from core.store import complaint_figures as complaints
from core.store import counters, misses
from core.store.misses import Missed
from core.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Period:
    """Some days, the last one included."""

    since: dt.date
    until: dt.date

    @property
    def days(self) -> int:
        """How many days these are."""
        return (self.until - self.since).days + 1

    def before(self) -> "Period":
        """As many days just before."""
        return Period(self.since - dt.timedelta(self.days), self.since - dt.timedelta(1))


def last_days(today: dt.date, days: int) -> Period:
    """So many days up to today."""
    return Period(today - dt.timedelta(days - 1), today)


@dataclass(frozen=True, slots=True)
class Enquiries:
    """Enquiries by service: begun, finished, and where those that were begun stand."""

    begun: Mapping[str, int]
    finished: Mapping[str, int]
    standings: Mapping[str, Mapping[str, int]]

    @property
    def services(self) -> Sequence[str]:
        """All services that anything is known of, those begun most first."""
        known = {**self.begun, **self.finished, **self.standings}
        return sorted(known, key=lambda each: (-self.begun.get(each, 0), each))

    def stopped(self, service: str) -> Mapping[str, int]:
        """At which question how many stopped."""
        at = self.standings.get(service, {})
        return {key: number for key, number in at.items() if not key.startswith(ARRIVED)}

    def arrived(self, service: str) -> Mapping[str, int]:
        """At which outcome how many arrived."""
        at = self.standings.get(service, {})
        return {
            key.removeprefix(ARRIVED): number
            for key, number in at.items()
            if key.startswith(ARRIVED)
        }


async def enquiries(tx: Transaction, period: Period) -> Enquiries:
    """What became of enquiries."""
    span = (period.since, period.until)
    at: dict[str, dict[str, int]] = {}
    for key, number in (await counters.by_key(tx, Count.STANDS, *span)).items():
        service, where = read_key(key)
        at.setdefault(service, {})[where] = number
    return Enquiries(
        await counters.by_key(tx, Count.BEGUN, *span),
        await counters.by_key(tx, Count.FINISHED, *span),
        at,
    )


@dataclass(frozen=True, slots=True)
class Searches:
    """Searches that found nothing: how many, and what several people typed."""

    whole: int
    words: Sequence[Missed]


async def searches(tx: Transaction, period: Period) -> Searches:
    """What was looked for in vain."""
    span = (period.since, period.until)
    whole = sum((await counters.by_key(tx, Count.MISSED, *span)).values())
    return Searches(whole, await misses.of_several(tx, *span))


async def opened(tx: Transaction, period: Period, what: Count) -> Mapping[str, int]:
    """How often offices were looked at, or posters scanned."""
    return await counters.by_key(tx, what, period.since, period.until)


async def complained(
    tx: Transaction, since: dt.datetime, today: dt.date, law: Law
) -> ComplaintFigures:
    """What became of the complaints sent since a moment, and of all that are open."""
    return complaint_figures(
        Handled(each, answer, law.is_late(each, today))
        for each, answer in await complaints.sent_or_open(tx, since)
    )
