"""The figures in words: a line each, and the same as bars of a chart."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from core.papers.model import Bar, Chart
from core.statistics.complaints import Line
from core.statistics.freshness import Freshness
from core.statistics.report import Enquiries, Period
from dialogs.complaints.words import subjects
from dialogs.markup import bold, lines
from dialogs.offices.looking import place_name
from dialogs.speech import Speech
from dialogs.statistics.facts import Facts, Topic

BARS = 12
"""A phone shows no more of a picture at once."""

SERVICE_MARK = "s-"
"""Begins the key of a poster that is about a service and not in an office."""

TWO_DAYS = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is told: what it is, how much, and the numbers in words."""

    name: str
    value: float
    said: str
    part: float | None = None
    short: str = ""
    """The same in as few signs as a picture has room for."""


@dataclass(frozen=True, slots=True)
class Told:
    """A topic in words: what it is about, what must be known of its figures, the rows."""

    title: str
    note: str
    rows: Sequence[Row]
    legend: tuple[str, str] | None = None


def told(say: Speech, facts: Facts) -> Told:
    """What there is to say of the topic."""
    return _TOPICS[facts.topic](say, facts)


def chart_of(say: Speech, facts: Facts) -> Chart:
    """The topic as a picture."""
    spoken = told(say, facts)
    bars = [
        Bar(each.name, each.value, each.short or each.said, each.part)
        for each in spoken.rows[:BARS]
    ]
    note = "\n".join(each for each in (span(say, facts.period), spoken.note) if each)
    return Chart(spoken.title, note, bars, spoken.legend)


def row_line(say: Speech, row: Row) -> Markup:
    """A row as it stands in a message."""
    return say("• {name}: <b>{said}</b>", name=row.name, said=row.said)


def span(say: Speech, period: Period) -> str:
    """From which day to which."""
    if period.since == period.until:
        return say.date(period.since)
    return say.label(
        "{since} – {until}", since=say.date(period.since), until=say.date(period.until)
    )


def overview(say: Speech, facts: Facts) -> Markup:
    """Everything in a line each."""
    return lines(*_overview(say, facts))


def _overview(say: Speech, facts: Facts) -> Iterator[Markup]:
    if facts.enquiries is not None:
        begun, finished = _sums(facts.enquiries)
        was = _sums(facts.before)[0] if facts.before is not None else 0
        yield say(
            "Enquiries begun: <b>{begun}</b> (as many days before: {was}), come to a result: "
            "<b>{finished}</b>",
            begun=say.number(begun),
            was=say.number(was),
            finished=say.number(finished),
        )
    if facts.searches is not None:
        yield say("Searches in vain: <b>{number}</b>", number=say.number(facts.searches.whole))
    if facts.offices is not None:
        number = say.number(sum(facts.offices.values()))
        yield say("Offices looked at: <b>{number}</b>", number=number)
    if facts.posters is not None:
        number = say.number(sum(facts.posters.values()))
        yield say("Posters scanned: <b>{number}</b>", number=number)
    if facts.complaints is not None:
        whole = facts.complaints.whole
        yield say(
            "Complaints: <b>{sent}</b>, open <b>{open}</b>, late <b>{late}</b>",
            sent=say.number(whole.sent),
            open=say.number(whole.open),
            late=say.number(whole.late),
        )
    if facts.fresh is not None:
        yield say(
            "Offices checked this year: <b>{fresh}</b> of {whole}",
            fresh=say.number(facts.fresh.this_year),
            whole=say.number(facts.fresh.whole),
        )


def complaint_summary(say: Speech, line: Line) -> Markup:
    """What all complaints together come to."""
    said = say(
        "Sent or open: <b>{sent}</b>. Open: <b>{open}</b>, of these nobody has taken "
        "<b>{untaken}</b>, late <b>{late}</b>.",
        sent=say.number(line.sent),
        open=say.number(line.open),
        untaken=say.number(line.untaken),
        late=say.number(line.late),
    )
    if line.median is None:
        return said
    wait = say(
        "Half of the first answers came within <b>{time}</b>.", time=how_long(say, line.median)
    )
    return lines(said, wait)


def how_long(say: Speech, time: dt.timedelta) -> str:
    """A length of time as people say it."""
    if time < TWO_DAYS:
        hours = max(1, round(time.total_seconds() / 3600))
        return str(say.plural("{number} hour", "{number} hours", hours))
    return str(say.plural("{number} day", "{number} days", round(time / dt.timedelta(days=1))))


def service_name(say: Speech, facts: Facts, service: str | None) -> str:
    """What a service is called; its id if there is none of this name any more."""
    if service is None:
        return say.label("no service named")
    known = facts.knowledge.library.services.get(service)
    return say.of(known.short) if known else service


def office_name(say: Speech, facts: Facts, office: str | None) -> str:
    """What an office is called; its id if there is none of this name any more."""
    if office is None:
        return say.label("no office known")
    known = facts.knowledge.directory.office(office)
    return say.of(known.name) if known else office


def poster_name(say: Speech, facts: Facts, key: str) -> str:
    """Where a poster hangs, or what it is about."""
    if key.startswith(SERVICE_MARK):
        return service_name(say, facts, key.removeprefix(SERVICE_MARK))
    return office_name(say, facts, key)


def region_name(say: Speech, facts: Facts, region: str | None) -> str:
    """What a region is called."""
    place = facts.knowledge.directory.places.get(region or "")
    return place_name(say, place) if place else say.label("the whole country")


def question_name(say: Speech, facts: Facts, service: str, question: str) -> str:
    """What is asked; the id of a question that is not asked any more."""
    known = facts.knowledge.library.services.get(service)
    found = known.question(question) if known else None
    return say.of(found.text) if found else question


def _of_enquiries(say: Speech, facts: Facts) -> Told:
    known = facts.enquiries or Enquiries({}, {}, {})
    rows = []
    for each in known.services:
        begun, finished = known.begun.get(each, 0), known.finished.get(each, 0)
        if begun or finished:
            said = say.label(
                "{begun} / {finished}", begun=say.number(begun), finished=say.number(finished)
            )
            rows.append(Row(service_name(say, facts, each), begun, said, finished))
    return Told(
        say.label("Enquiries by service"),
        say.label("Who went on with an older enquiry may have come to a result in these days too."),
        rows,
        (say.label("begun"), say.label("come to a result")),
    )


def _of_stops(say: Speech, facts: Facts) -> Told:
    known = facts.enquiries or Enquiries({}, {}, {})
    services = [facts.service] if facts.service else known.services
    rows = [
        Row(
            _where(say, facts, service, question),
            number,
            say.number(number),
        )
        for service in services
        for question, number in known.stopped(service).items()
    ]
    rows.sort(key=lambda each: -each.value)
    title = say.label("Where people stop")
    if facts.service:
        title = f"{title}: {service_name(say, facts, facts.service)}"
    return Told(
        title,
        say.label(
            "Enquiries begun in these days that have stood still at this question for a day or "
            "longer."
        ),
        rows,
    )


def _where(say: Speech, facts: Facts, service: str, question: str) -> str:
    asked = question_name(say, facts, service, question)
    return asked if facts.service else f"{service_name(say, facts, service)}: {asked}"


def _of_searches(say: Speech, facts: Facts) -> Told:
    found = facts.searches.words if facts.searches else ()
    rows = [
        Row(
            say.label("“{words}”", words=each.words),
            each.people,
            str(say.plural("{number} person", "{number} people", each.people)),
        )
        for each in found
    ]
    return Told(
        say.label("Searches that found nothing"),
        say.label(
            "Only words that at least three different people typed; what looks like a name, a "
            "number or an address is not kept."
        ),
        rows,
    )


def _of_offices(say: Speech, facts: Facts) -> Told:
    rows = [
        Row(office_name(say, facts, each), number, say.number(number))
        for each, number in (facts.offices or {}).items()
    ]
    note = say.label("How often the card of an office was opened.")
    return Told(say.label("Offices most asked for"), note, rows)


def _of_posters(say: Speech, facts: Facts) -> Told:
    rows = [
        Row(poster_name(say, facts, each), number, say.number(number))
        for each, number in (facts.posters or {}).items()
    ]
    note = say.label("How often the code of a poster was scanned.")
    return Told(say.label("Posters"), note, rows)


def _of_complaints(say: Speech, facts: Facts) -> Told:
    known = facts.complaints
    rows = [
        _complaint_row(say, office_name(say, facts, each.key), each)
        for each in (known.by_office if known else ())
    ]
    return Told(
        say.label("Complaints by office"),
        say.label("Sent in these days, and all that are open. Late is said by the law in force."),
        rows,
        (say.label("all of them"), say.label("still open")),
    )


def complaint_rows(say: Speech, facts: Facts) -> Iterator[tuple[str, Sequence[Row]]]:
    """The complaints by each thing that tells them apart, under its name."""
    known = facts.complaints
    if known is None:
        return
    known_subjects: Mapping[str, str] = {str(key): said for key, said in subjects(say).items()}
    other = say.label("Something else")
    yield (
        say.label("By office"),
        [_complaint_row(say, office_name(say, facts, e.key), e) for e in known.by_office],
    )
    yield (
        say.label("By subject"),
        [_complaint_row(say, known_subjects.get(e.key or "", other), e) for e in known.by_subject],
    )
    yield (
        say.label("By service"),
        [_complaint_row(say, service_name(say, facts, e.key), e) for e in known.by_service],
    )


def _complaint_row(say: Speech, name: str, line: Line) -> Row:
    said = say.label(
        "{sent} (open {open}, late {late})",
        sent=say.number(line.sent),
        open=say.number(line.open),
        late=say.number(line.late),
    )
    short = say.label("{sent} / {open}", sent=say.number(line.sent), open=say.number(line.open))
    return Row(name, line.sent, said, line.open, short)


def _of_freshness(say: Speech, facts: Facts) -> Told:
    fresh = facts.fresh or Freshness(0, 0, 0)
    rows = [
        Row(say.label("Checked this year"), fresh.this_year, say.number(fresh.this_year)),
        Row(say.label("Checked earlier"), fresh.older, say.number(fresh.older)),
        Row(say.label("Never checked"), fresh.never, say.number(fresh.never)),
    ]
    rows += [
        Row(
            region_name(say, facts, region),
            each.whole,
            say.label(
                "{fresh} of {whole}", fresh=say.number(each.this_year), whole=say.number(each.whole)
            ),
            each.this_year,
        )
        for region, each in _regions(facts.regions or {})
    ]
    note = say.label("Open offices, by when somebody last made sure of what is known of them.")
    legend = (say.label("open offices"), say.label("checked this year"))
    return Told(say.label("How fresh the directory is"), note, rows, legend)


def _regions(
    regions: Mapping[str | None, Freshness],
) -> Sequence[tuple[str | None, Freshness]]:
    """The regions where most is still to be checked first."""
    return sorted(regions.items(), key=lambda e: (e[1].this_year - e[1].whole, e[0] or ""))


def _sums(known: Enquiries) -> tuple[int, int]:
    return sum(known.begun.values()), sum(known.finished.values())


def heading(say: Speech, facts: Facts, title: str) -> Markup:
    """The name of what is shown, and the days it is about."""
    return lines(bold(title), Markup("<i>{}</i>").format(span(say, facts.period)))


_TOPICS: Mapping[Topic, Callable[[Speech, Facts], Told]] = {
    Topic.ALL: _of_enquiries,
    Topic.ENQUIRIES: _of_enquiries,
    Topic.STOPS: _of_stops,
    Topic.SEARCHES: _of_searches,
    Topic.OFFICES: _of_offices,
    Topic.COMPLAINTS: _of_complaints,
    Topic.FRESHNESS: _of_freshness,
    Topic.POSTERS: _of_posters,
}
