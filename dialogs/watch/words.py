"""The words of a watch: the day of the answer, and by which of three things it is said."""

from markupsafe import Markup

from core.watch import AnswerDay, TermToday
from dialogs.markup import italic, lines
from dialogs.speech import Speech
from dialogs.statements import marks, validity
from dialogs.watch.knowing import Watched


def by_what(say: Speech, seen: Watched) -> Markup | None:
    """The day, what says so, and whether a term in force is known for others only."""
    told = []
    if seen.found is not None:
        told = [_day(say, seen.found), italic(_basis(say, seen, seen.found))]
    if seen.elsewhere is not None and seen.elsewhere.holds_for is not None:
        told.append(
            say(
                "The term in force that I know is for something else – {which}: {length}. For "
                "yours I know none.",
                which=say.of(seen.elsewhere.holds_for.text),
                length=length(say, seen.elsewhere),
            )
        )
    return lines(*told) if told else None


def act_today(say: Speech, seen: Watched) -> str | None:
    """The act that sets the term in force, shortly, if it is known."""
    act = seen.citations.act
    if seen.found is None or seen.found.basis != "today":
        return None
    if seen.found.term is not None:
        return say.label("act No. {number} of {date}", number=act.number, date=say.date(act.date))
    successor = seen.service.successor
    if successor is None or successor.number is None or successor.date is None:
        return None
    return say.label(
        "act No. {number} of {date}", number=successor.number, date=say.date(successor.date)
    )


def length(say: Speech, term: TermToday) -> Markup:
    """How long a term is."""
    return _LENGTHS[term.unit](say, term.amount)


def _day(say: Speech, found: AnswerDay) -> Markup:
    day = say.date(found.day)
    match found.basis, found.within_a_day:
        case "promised", _:
            return say("The office promised the answer by <b>{day}</b>.", day=day)
        case "today", True:
            return say(
                "By the term in force today the answer is due the same day or the next working "
                "day: <b>{day}</b>.",
                day=day,
            )
        case "today", _:
            return say("By the term in force today the answer is due by <b>{day}</b>.", day=day)
        case _, True:
            return say(
                "The act of then wanted the answer the same day or the next working day: "
                "<b>{day}</b>. It is no longer in force, so ask the office how long it takes now.",
                day=day,
            )
        case _:
            return say(
                "The act of then would have wanted the answer by <b>{day}</b>; it is no longer in "
                "force, so ask the office how long it takes now.",
                day=day,
            )


def _basis(say: Speech, seen: Watched, found: AnswerDay) -> Markup:
    """Which of the three the day is."""
    if found.basis == "promised":
        return say("This day is on the office's slip; it counts before any term.")
    if found.today is not None:
        return say(
            "Term in force: {length}, {act}, as seen on {seen}.",
            length=length(say, found.today),
            act=act_today(say, seen) or say.label("act unknown"),
            seen=say.date(found.today.as_of),
        )
    act = seen.citations.act
    where = marks(say, found.term.source, seen.citations) if found.term is not None else ""
    return say(
        "Act No. {number} of {date} ({where}): {state}.",
        number=act.number,
        date=say.date(act.date),
        where=where,
        state=validity(say, act),
    )


def _working_days(say: Speech, amount: int) -> Markup:
    return say.plural("{number} working day", "{number} working days", amount)


def _days(say: Speech, amount: int) -> Markup:
    return say.plural("{number} calendar day", "{number} calendar days", amount)


def _weeks(say: Speech, amount: int) -> Markup:
    return say.plural("{number} week", "{number} weeks", amount)


def _months(say: Speech, amount: int) -> Markup:
    return say.plural("{number} month", "{number} months", amount)


def _hours(say: Speech, amount: int) -> Markup:
    return say.plural("{number} hour", "{number} hours", amount)


def _minutes(say: Speech, amount: int) -> Markup:
    return say.plural("{number} minute", "{number} minutes", amount)


_LENGTHS = {
    "working_day": _working_days,
    "calendar_day": _days,
    "day": _days,
    "week": _weeks,
    "month": _months,
    "hour": _hours,
    "minute": _minutes,
}
