"""What the screens, pictures and spreadsheets of the statistics are drawn from."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.knowledge import Knowledge
from core.statistics import report
from core.statistics.complaints import ComplaintFigures, Law
from core.statistics.freshness import Freshness, by_region, freshness
from core.statistics.kinds import Count
from core.statistics.report import Enquiries, Period, Searches
from core.store.transaction import Transaction
from dialogs.speech import Speech


class Topic(StrEnum):
    """What can be looked at; persisted names."""

    ALL = "all"
    ENQUIRIES = "enq"
    STOPS = "stop"
    SEARCHES = "miss"
    OFFICES = "off"
    COMPLAINTS = "comp"
    FRESHNESS = "dir"
    POSTERS = "post"


@dataclass(frozen=True, slots=True)
class Facts:
    """The figures of a period; what a topic does not need is left out."""

    topic: Topic
    period: Period
    knowledge: Knowledge
    enquiries: Enquiries | None = None
    before: Enquiries | None = None
    """The same of as many days before."""
    searches: Searches | None = None
    offices: Mapping[str, int] | None = None
    posters: Mapping[str, int] | None = None
    complaints: ComplaintFigures | None = None
    fresh: Freshness | None = None
    regions: Mapping[str | None, Freshness] | None = None
    service: str | None = None
    """Whose questions are looked at."""
    page: int = 0
    digest: bool = False
    """Whether the reader gets the weekly summary."""


async def load_facts(
    tx: Transaction,
    knowledge: Knowledge,
    say: Speech,
    topic: Topic,
    period: Period,
) -> Facts:
    """The figures that a topic tells of."""
    whole = topic is Topic.ALL
    offices = knowledge.directory.offices.values()
    of_enquiries = whole or topic in {Topic.ENQUIRIES, Topic.STOPS}
    return Facts(
        topic,
        period,
        knowledge,
        enquiries=await report.enquiries(tx, period) if of_enquiries else None,
        before=await report.enquiries(tx, period.before()) if whole else None,
        searches=await report.searches(tx, period) if whole or topic is Topic.SEARCHES else None,
        offices=await _offices(tx, knowledge, period) if whole or topic is Topic.OFFICES else None,
        posters=await report.opened(tx, period, Count.POSTER)
        if whole or topic is Topic.POSTERS
        else None,
        complaints=await report.complained(
            tx, say.beginning(period.since), period.until, law_of(knowledge)
        )
        if whole or topic is Topic.COMPLAINTS
        else None,
        fresh=freshness(offices, period.until) if whole or topic is Topic.FRESHNESS else None,
        regions=by_region(offices, period.until) if topic is Topic.FRESHNESS else None,
    )


def law_of(knowledge: Knowledge) -> Law:
    """What lateness is judged by."""
    services = knowledge.library.services
    return Law(knowledge.appeals, knowledge.calendar, knowledge.directory, services)


async def _offices(tx: Transaction, knowledge: Knowledge, period: Period) -> Mapping[str, int]:
    """How often offices were looked at, those that merged as one."""
    together: dict[str, int] = {}
    for name, number in (await report.opened(tx, period, Count.OFFICE)).items():
        office = knowledge.directory.aliases.get(name, name)
        together[office] = together.get(office, 0) + number
    return dict(sorted(together.items(), key=lambda each: (-each[1], each[0])))


def month_of(day: dt.date) -> Period:
    """The whole month of a day, whether it is over or not."""
    first = day.replace(day=1)
    following = (first + dt.timedelta(days=32)).replace(day=1)
    return Period(first, following - dt.timedelta(days=1))
