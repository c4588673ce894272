"""Statements: where a sentence comes from and what state its act is in, in words for people."""

from collections.abc import Iterable

from markupsafe import Markup

from core.services.acts import Act
from core.services.model import Service, Successor
from core.services.sources import Outside, Paragraph, Sources
from dialogs.speech import Speech


def marks(say: Speech, sources: Sources) -> str:
    """The short mark behind a statement: the paragraphs of the act that say it."""
    return ", ".join(dict.fromkeys(_mark(say, each) for each in sources))


def source_line(say: Speech, source: Paragraph | Outside, act: Act | None) -> Markup:
    """The whole reference: act, number, date, paragraph."""
    if isinstance(source, Outside) or act is None:
        return Markup.escape(_mark(say, source))
    return say(
        "{title}, No. {number} of {date}: {place}",
        title=say.of(act.title),
        number=act.number,
        date=say.date(act.date),
        place=_mark(say, source),
    )


def state_of(say: Speech, act: Act, successor: Successor | None) -> Markup:
    """The one calm line on whether the act still holds, and what governs the matter today."""
    if act.status == "in_force":
        return say(
            "Taken from act No. {number} of {date}, which is in force.",
            number=act.number,
            date=say.date(act.date),
        )
    line = say(
        "Taken from act No. {number} of {date}. It is no longer in force; ask the office what is "
        "different now.",
        number=act.number,
        date=say.date(act.date),
    )
    today = _today(say, successor)
    return line + " " + today if today else line


def _today(say: Speech, successor: Successor | None) -> Markup | None:
    if successor is None or successor.confidence == "low" or successor.title is None:
        return None
    if successor.number and successor.date:
        return say(
            "Today, as seen on {seen}: {title}, No. {number} of {date}.",
            seen=say.date(successor.as_of),
            title=say.of(successor.title),
            number=successor.number,
            date=say.date(successor.date),
        )
    return say(
        "Today, as seen on {seen}: {title}.",
        seen=say.date(successor.as_of),
        title=say.of(successor.title),
    )


def _mark(say: Speech, source: Paragraph | Outside) -> str:
    if isinstance(source, Outside):
        return say.of(source.ref)
    if source.para is not None:
        return say.label("para. {number}", number=source.para)
    return say.label("annex {number}", number=source.annex or "")


def act_of(service: Service, acts: Iterable[Act]) -> Act:
    """The act that a service was written from."""
    return next(each for each in acts if each.id == service.acts[0])
