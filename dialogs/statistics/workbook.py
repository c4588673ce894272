"""The spreadsheet of a month: all the figures, a sheet a topic, for those who count themselves."""

import datetime as dt
from collections.abc import Mapping, Sequence

from core.knowledge import Knowledge
from core.papers.model import Cell, Sheet, Workbook
from core.statistics.complaints import Line
from core.statistics.kinds import Count
from core.statistics.report import Period
from core.store import counters
from core.store.transaction import Transaction
from dialogs.complaints.words import subjects
from dialogs.speech import Speech
from dialogs.statistics.facts import Facts, Topic, load_facts
from dialogs.statistics.saying import (
    office_name,
    poster_name,
    question_name,
    region_name,
    service_name,
    span,
)

Rows = Sequence[Sequence[Cell]]


async def workbook_of(
    tx: Transaction, knowledge: Knowledge, say: Speech, month: Period
) -> Workbook:
    """Everything that is counted, of one month."""
    loaded = {
        topic: await load_facts(tx, knowledge, say, topic, month)
        for topic in Topic
        if topic is not Topic.ALL
    }
    days = {
        what: await counters.by_day(tx, what, month.since, month.until)
        for what in (Count.BEGUN, Count.FINISHED, Count.MISSED, Count.OFFICE, Count.POSTER)
    }
    return Workbook(
        say.label("Statistics: {span}", span=span(say, month)),
        (
            _by_day(say, days),
            _enquiries(say, loaded[Topic.ENQUIRIES]),
            _stops(say, loaded[Topic.STOPS]),
            _searches(say, loaded[Topic.SEARCHES]),
            _offices(say, loaded[Topic.OFFICES]),
            *_complaints(say, loaded[Topic.COMPLAINTS]),
            _freshness(say, loaded[Topic.FRESHNESS]),
            _posters(say, loaded[Topic.POSTERS]),
        ),
    )


def _by_day(say: Speech, days: Mapping[Count, Mapping[tuple[dt.date, str], int]]) -> Sheet:
    sums: dict[dt.date, dict[Count, int]] = {}
    for what, counted in days.items():
        for (day, _), number in counted.items():
            of_day = sums.setdefault(day, dict.fromkeys(days, 0))
            of_day[what] += number
    head = (
        say.label("Day"),
        say.label("Enquiries begun"),
        say.label("Come to a result"),
        say.label("Searches in vain"),
        say.label("Offices looked at"),
        say.label("Posters scanned"),
    )
    return Sheet(
        say.label("Day by day"), head, [(day, *sums[day].values()) for day in sorted(sums)]
    )


def _enquiries(say: Speech, facts: Facts) -> Sheet:
    known = facts.enquiries
    rows: Rows = [
        (
            service_name(say, facts, each),
            known.begun.get(each, 0),
            known.finished.get(each, 0),
            known.arrived(each).get("eligible", 0),
            known.arrived(each).get("commission", 0),
            known.arrived(each).get("unknown", 0),
            known.arrived(each).get("not_eligible", 0),
            sum(known.stopped(each).values()),
        )
        for each in (known.services if known else ())
        if known
    ]
    head = (
        say.label("Service"),
        say.label("Begun"),
        say.label("Come to a result"),
        say.label("Now: it is for them"),
        say.label("Now: others decide"),
        say.label("Now: cannot be told"),
        say.label("Now: not for them"),
        say.label("Now: stopped on the way"),
    )
    note = say.label(
        "“Now” counts the enquiries begun in this month that have stood still for a day or longer."
    )
    return Sheet(say.label("Enquiries"), head, rows, note)


def _stops(say: Speech, facts: Facts) -> Sheet:
    known = facts.enquiries
    rows: Rows = [
        (service_name(say, facts, service), question_name(say, facts, service, question), number)
        for service in (known.services if known else ())
        for question, number in (known.stopped(service).items() if known else ())
    ]
    head = (say.label("Service"), say.label("Question"), say.label("Stopped here"))
    return Sheet(say.label("Where people stop"), head, rows)


def _searches(say: Speech, facts: Facts) -> Sheet:
    found = facts.searches.words if facts.searches else ()
    note = say.label(
        "Only words that at least three different people typed; what looks like a name, a number "
        "or an address is not kept."
    )
    head = (say.label("Words"), say.label("People"))
    rows: Rows = [(each.words, each.people) for each in found]
    return Sheet(say.label("Searches in vain"), head, rows, note)


def _offices(say: Speech, facts: Facts) -> Sheet:
    head = (say.label("Office"), say.label("Number"), say.label("Looked at"))
    rows: Rows = [
        (office_name(say, facts, each), each, number)
        for each, number in (facts.offices or {}).items()
    ]
    return Sheet(say.label("Offices"), head, rows)


def _complaints(say: Speech, facts: Facts) -> Sequence[Sheet]:
    known = facts.complaints
    if known is None:
        return ()
    known_subjects: Mapping[str, str] = {str(key): said for key, said in subjects(say).items()}
    other = say.label("Something else")
    return (
        _lines(
            say,
            say.label("Complaints by office"),
            say.label("Office"),
            [(office_name(say, facts, each.key), each) for each in known.by_office],
        ),
        _lines(
            say,
            say.label("Complaints by subject"),
            say.label("Subject"),
            [(known_subjects.get(each.key or "", other), each) for each in known.by_subject],
        ),
        _lines(
            say,
            say.label("Complaints by service"),
            say.label("Service"),
            [(service_name(say, facts, each.key), each) for each in known.by_service],
        ),
    )


def _lines(say: Speech, name: str, what: str, found: Sequence[tuple[str, Line]]) -> Sheet:
    head = (
        what,
        say.label("Sent or open"),
        say.label("Open"),
        say.label("Taken by nobody yet"),
        say.label("Late"),
        say.label("Answered"),
        say.label("Days to the first answer, median"),
    )
    rows: Rows = [
        (
            each,
            line.sent,
            line.open,
            line.untaken,
            line.late,
            line.answered,
            None if line.median is None else round(line.median / dt.timedelta(days=1), 1),
        )
        for each, line in found
    ]
    return Sheet(name, head, rows)


def _freshness(say: Speech, facts: Facts) -> Sheet:
    head = (
        say.label("Region"),
        say.label("Open offices"),
        say.label("Checked this year"),
        say.label("Checked earlier"),
        say.label("Never checked"),
    )
    rows: Rows = [
        (region_name(say, facts, region), each.whole, each.this_year, each.older, each.never)
        for region, each in (facts.regions or {}).items()
    ]
    return Sheet(say.label("Directory"), head, rows)


def _posters(say: Speech, facts: Facts) -> Sheet:
    head = (say.label("Poster"), say.label("Scanned"))
    rows: Rows = [
        (poster_name(say, facts, each), number) for each, number in (facts.posters or {}).items()
    ]
    return Sheet(say.label("Posters"), head, rows)
