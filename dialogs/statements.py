"""Statements: where a sentence comes from and what state its act is in, in words for people."""

from dataclasses import dataclass

from markupsafe import Markup

from core.services.acts import Act
from core.services.library import Library
from core.services.model import Service, Successor
from core.services.sources import Outside, Paragraph, Sources
from dialogs.speech import Speech


@dataclass(frozen=True, slots=True)
class Citations:
    """The acts to cite from; a paragraph of the service's own act needs no name of the act."""

    library: Library
    own: str

    @property
    def act(self) -> Act:
        """The act that the service was written from."""
        return self.library.acts[self.own]


def citations_of(service: Service, library: Library) -> Citations:
    """How to cite what is said of a service."""
    return Citations(library, service.acts[0])


def for_people(sources: Sources) -> Sources:
    """The sources that are sure enough to be shown to parents."""
    return tuple(
        each for each in sources if isinstance(each, Paragraph) or each.confidence != "low"
    )


def marks(say: Speech, sources: Sources, citations: Citations) -> str:
    """The short mark behind a statement: the paragraphs of the act that say it."""
    told = (_mark(say, each, citations) for each in for_people(sources))
    return ", ".join(dict.fromkeys(told))


def source_lines(say: Speech, sources: Sources, citations: Citations) -> list[Markup]:
    """The whole references: each act once with its places, and whether it still holds."""
    told = for_people(sources)
    places: dict[tuple[str, str | None], list[str]] = {}
    for each in told:
        if isinstance(each, Paragraph):
            places.setdefault((each.act, each.service), []).append(_place(say, each))
    library = citations.library
    paragraphs = [
        _act_line(say, library.acts[act], library.services.get(service or ""), found)
        for (act, service), found in places.items()
    ]
    return paragraphs + [_outside_line(say, each) for each in told if isinstance(each, Outside)]


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


def validity(say: Speech, act: Act) -> str:
    """Whether an act holds, and if not, since when."""
    if act.status == "in_force":
        return say.label("in force")
    if act.repealed is None:
        return say.label("no longer in force")
    return say.label("no longer in force since {day}", day=say.date(act.repealed.date))


def _mark(say: Speech, source: Paragraph | Outside, citations: Citations) -> str:
    if isinstance(source, Outside):
        return say.of(source.ref)
    mark = (
        say.label("para. {number}", number=source.para)
        if source.para is not None
        else say.label("annex {number}", number=source.annex or "")
    )
    if source.act == citations.own:
        return mark
    act = citations.library.acts[source.act]
    return say.label("{mark} of act No. {number}", mark=mark, number=act.number)


def _act_line(say: Speech, act: Act, service: Service | None, places: list[str]) -> Markup:
    line = say(
        "{title}, No. {number} of {date}: {place}; {state}",
        title=say.of(act.title),
        number=act.number,
        date=say.date(act.date),
        place="; ".join(dict.fromkeys(places)),
        state=validity(say, act),
    )
    if service is None:
        return line
    # Of an act that holds several regulations, which of them has this numbering.
    return say("On “{service}”: {line}", service=say.of(service.short), line=line)


def _outside_line(say: Speech, source: Outside) -> Markup:
    ref = Markup.escape(say.of(source.ref))
    return say(
        "{ref} (seen on {day})",
        ref=Markup('<a href="{}">{}</a>').format(source.url, ref) if source.url else ref,
        day=say.date(source.as_of),
    )


def _place(say: Speech, source: Paragraph) -> str:
    """The place within the act, as precisely as it is known."""
    parts = []
    if source.para is not None:
        parts.append(say.label("para. {number}", number=source.para))
    if source.annex is not None:
        parts.append(say.label("annex {number}", number=source.annex))
    if source.row is not None:
        parts.append(say.label("row {number}", number=source.row))
    return ", ".join(parts)
