"""Words about services as admins see them: parts, facts, values, differences and mistakes."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from core.services.conditions import ALWAYS, AllOf, Answered, AnyOf, Condition, Not
from core.services.differences import Difference
from core.services.engine import Outcome, State
from core.services.families import Moved
from core.services.library import Library
from core.services.mistakes import Mistake
from core.services.model import (
    Document,
    Hours,
    Referral,
    SeeAlso,
    Service,
    Silence,
    Verdict,
)
from core.services.sources import Outside, Paragraph, Record, Text
from dialogs.checklist import document_forms
from dialogs.complaints.words import subjects
from dialogs.markup import lines
from dialogs.speech import Speech
from dialogs.statements import citations_of, marks
from dialogs.telling import topic_name

SIGNS = {"added": "+", "removed": "–", "changed": "✎", "reordered": "⇅"}
LONGEST_VALUE = 240
_CODE = re.compile(r"`([^`]*)`")


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions of a service, and the library that they are read with."""

    old: Service
    new: Service
    library: Library


def mistake_line(say: Speech, what: Mistake) -> Markup:
    """What is wrong and what would be right, with what stands in the file set off."""
    said = say(what.phrase, **dict(what.values))
    marked = Markup(_CODE.sub(r"<code>\1</code>", str(said)))  # noqa: S704 - escaped before
    return Markup("{}; {}").format(marked, mistake_line(say, what.hint)) if what.hint else marked


def difference_line(say: Speech, compared: Compared, found: Difference) -> Markup:
    """One difference: what it is about, and what was and is there."""
    named = _named(say, compared, found)
    if found.kind == "reordered":
        return say("{sign} {what}: in another order", sign=SIGNS[found.kind], what=named)
    head = Markup("{} {}").format(SIGNS[found.kind], named)
    if found.field is None and found.items and found.kind != "changed":
        return head
    if isinstance(found.old, Text) and isinstance(found.new, Text):
        return Markup("{}: {}").format(head, _reworded(say, found.old, found.new))
    old = _shown(say, compared.old, compared, found, found.old)
    new = _shown(say, compared.new, compared, found, found.new)
    match found.kind:
        case "added":
            return Markup("{}: <b>{}</b>").format(head, new)
        case "removed":
            return Markup("{}: <s>{}</s>").format(head, old)
        case _:
            return Markup("{}: <s>{}</s> → <b>{}</b>").format(head, old, new)


def moved_line(say: Speech, compared: Compared, moved: Moved) -> Markup:
    """A family by its answers, and what its result was and would be."""
    answers = "; ".join(
        _answer(say, compared.old, question, option) for question, option in moved.answers.items()
    )
    was, present = result_name(say, moved.before), result_name(say, moved.after)
    change = Markup("<s>{}</s> → <b>{}</b>") if was != present else Markup("{}")
    return lines(
        Markup("• <i>{}</i>").format(answers or say.label("no answers")),
        change.format(was, present),
        *_owed_otherwise(say, moved),
    )


def result_name(say: Speech, state: State) -> str:
    """Where answers lead, in a few words."""
    if isinstance(state.at, Outcome):
        return outcome_names(say)[state.at.says]
    return say.label("it is asked: {question}", question=say.of(state.at.text))


def outcome_names(say: Speech) -> dict[str, str]:
    """What an outcome says."""
    return {
        "eligible": say.label("the service is for them"),
        "not_eligible": say.label("the service is not for them"),
        "commission": say.label("others decide"),
        "unknown": say.label("it cannot be told"),
    }


def part_name(say: Speech, part: str) -> str:
    """What one fact of a part of a service is called."""
    return _parts(say).get(part, part)


def field_name(say: Speech, field: str) -> str:
    """What a key of a fact says."""
    return _fields(say).get(field, field)


def _named(say: Speech, compared: Compared, found: Difference) -> Markup:
    """The part, the facts that lead to what changed, and the key of it."""
    names = [part_name(say, found.part)]
    names += [each for each in (_name(say, compared, item) for item in found.items) if each]
    if found.field is not None:
        names.append(field_name(say, found.field))
    return Markup(" · ").join(Markup.escape(each) for each in dict.fromkeys(names))


def _name(say: Speech, compared: Compared, item: Record) -> str:
    """What a fact is called where it leads to something else."""
    match item:
        case Hours():
            return ""
        case Silence() | Referral():
            return topic_name(say, item.fact)
        case SeeAlso():
            known = compared.library.services.get(item.service)
            return say.of(known.short) if known else item.service
        case Verdict():
            return say.label("“{text}”", text=_cut(say.of(item.text)))
        case _:
            words = next(
                (
                    found
                    for name in ("label", "title", "text")
                    if isinstance(found := getattr(item, name, None), Text)
                ),
                None,
            )
            return say.label("“{text}”", text=_cut(say.of(words))) if words else ""


def _shown(
    say: Speech, service: Service, compared: Compared, found: Difference, value: object
) -> str:
    """A value in words."""
    return _cut(_value(say, service, compared, found.field or found.part, value))


def _value(say: Speech, service: Service, compared: Compared, field: str, value: object) -> str:
    match value:
        case tuple():
            return _values(say, service, compared, field, value)
        case Answered() | AllOf() | AnyOf() | Not():
            return condition_name(say, service, value)
        case Record():
            return _record(say, service, compared, value)
        case str():
            return _words(say, service, compared).get(field, {}).get(value, value)
        case _:
            return _plain(say, value)


def _plain(say: Speech, value: object) -> str:
    said = say.label("nothing")
    match value:
        case bool():
            said = say.label("yes") if value else say.label("no")
        case int():
            said = say.number(value)
        case dt.date():
            said = say.date(value)
        case dt.time():
            said = f"{value:%H:%M}"
    return said


def _reworded(say: Speech, old: Text, new: Text) -> Markup:
    """The words as they were and are; in the other language if only those have changed."""
    change = Markup("<s>{}</s> → <b>{}</b>")
    if say.of(old) != say.of(new):
        return change.format(_cut(say.of(old)), _cut(say.of(new)))
    if old.kk != new.kk:
        return say("in Kazakh: {change}", change=change.format(_cut(old.kk), _cut(new.kk)))
    if old.ru != new.ru:
        return say("in Russian: {change}", change=change.format(_cut(old.ru), _cut(new.ru)))
    return say("the same words, but now said to be of another hand")


def _values(
    say: Speech, service: Service, compared: Compared, field: str, values: tuple[object, ...]
) -> str:
    if not values:
        return say.label("nothing")
    if all(isinstance(each, Paragraph | Outside) for each in values):
        sources = tuple(each for each in values if isinstance(each, Paragraph | Outside))
        return marks(say, sources, citations_of(service, compared.library))
    return ", ".join(_value(say, service, compared, field, each) for each in values)


def _record(say: Speech, service: Service, compared: Compared, record: Record) -> str:
    """A record by the texts in it, or by all its values."""
    if isinstance(record, Text):
        return say.of(record)
    texts = [each for _, each in record if isinstance(each, Text)]
    if texts:
        return "; ".join(say.of(each) for each in texts)
    return ", ".join(
        _value(say, service, compared, name, each)
        for name, each in record
        if each is not None and each != ()
    )


def _words(say: Speech, service: Service, compared: Compared) -> dict[str, Mapping[str, str]]:
    """What the words of a file mean, by the key that they stand under."""
    services = {name: say.of(each.short) for name, each in compared.library.services.items()}
    return {
        "form": {str(key): words for key, words in document_forms(say).items()},
        "says": outcome_names(say),
        "unit": _units(say),
        "limit": {
            "at_most": say.label("at most"),
            "at_least": say.label("at least"),
            "at_once": say.label("at once"),
        },
        "given_by": {
            "applicant": say.label("the parent brings it"),
            "office": say.label("the office makes it itself"),
        },
        "basis": {
            "own": say.label("of this act"),
            "referred": say.label("of the act that this one points to"),
            "later_act": say.label("of a later act"),
        },
        "does": {
            "accepts": say.label("takes the papers"),
            "decides": say.label("decides"),
            "informs": say.label("informs"),
        },
        "subjects": {str(key): words for key, words in subjects(say).items()},
        "situations": {each.id: say.of(each.title) for each in compared.library.situations},
        "channel": {each.id: say.of(each.text) for each in service.channels},
        "channels": {each.id: say.of(each.text) for each in service.channels},
        "categories": {each.id: say.of(each.text) for each in service.categories},
        "instead_of": {each.id: say.of(each.text) for each in service.providers},
        "application": {each.id: say.of(each.title) for each in service.forms},
        "see_also": services,
        "elsewhere": services,
        "service": services,
        "acts": {name: say.of(each.title) for name, each in compared.library.acts.items()},
        "fact": {},
    }


def _units(say: Speech) -> dict[str, str]:
    return {
        "working_day": say.label("working days"),
        "calendar_day": say.label("calendar days"),
        "day": say.label("days"),
        "week": say.label("weeks"),
        "month": say.label("months"),
        "hour": say.label("hours"),
        "minute": say.label("minutes"),
    }


def condition_name(say: Speech, service: Service, condition: Condition) -> str:
    """For whom something applies, by questions and answers."""
    match condition:
        case Answered(question, options):
            known = service.question(question)
            labels = {each.id: say.of(each.label) for each in known.options} if known else {}
            chosen = say.label(" or ").join(labels.get(each, each) for each in sorted(options))
            asked = say.of(known.text) if known else question
            return say.label("{question} – {answer}", question=asked, answer=chosen)
        case AllOf(parts):
            if condition == ALWAYS:
                return say.label("always")
            return say.label(" and ").join(_bracketed(say, service, each) for each in parts)
        case AnyOf(parts):
            return say.label(" or ").join(_bracketed(say, service, each) for each in parts)
        case Not(part):
            return say.label("not ({condition})", condition=condition_name(say, service, part))


def _bracketed(say: Speech, service: Service, condition: Condition) -> str:
    said = condition_name(say, service, condition)
    return said if isinstance(condition, Answered) else f"({said})"


def _answer(say: Speech, service: Service, question: str, option: str) -> str:
    return condition_name(say, service, Answered(question, frozenset({option})))


def _owed_otherwise(say: Speech, moved: Moved) -> Iterator[Markup]:
    """What a family is asked for, or told, that it was not, and the other way round."""
    before, after = moved.before.at, moved.after.at
    if not isinstance(before, Outcome) or not isinstance(after, Outcome):
        return
    was, present = _papers(before), _papers(after)
    for name, each in was.items():
        if name not in present:
            yield Markup("{} {}").format(SIGNS["removed"], say.of(each.text))
    for name, each in present.items():
        if name not in was:
            yield Markup("{} {}").format(SIGNS["added"], say.of(each.text))
    terms_then = {each.id: (each.amount, each.unit) for each in before.terms}
    for term in after.terms:
        if terms_then.get(term.id, (term.amount, term.unit)) != (term.amount, term.unit):
            yield Markup("{} {}").format(SIGNS["changed"], say.of(term.text))


def _papers(outcome: Outcome) -> dict[str, Document]:
    return {each.id: each for each in (*outcome.documents, *outcome.later_documents)}


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST_VALUE else f"{words[: LONGEST_VALUE - 1]}…"


def _parts(say: Speech) -> dict[str, str]:
    return {
        "acts": say.label("Acts"),
        "title": say.label("Official name"),
        "short": say.label("Name on buttons"),
        "about": say.label("What it is"),
        "jurisdiction": say.label("Where it holds"),
        "situations": say.label("Situations in life"),
        "search": say.label("Words to be found by"),
        "channels": say.label("Way to apply"),
        "categories": say.label("Category"),
        "questions": say.label("Question"),
        "rules": say.label("Rule"),
        "providers": say.label("Who gives the service"),
        "documents": say.label("Document"),
        "terms": say.label("Term"),
        "fee": say.label("Price"),
        "hours": say.label("Hours"),
        "result": say.label("What is given in the end"),
        "collecting": say.label("How the result is collected"),
        "slip": say.label("Receipt for the papers"),
        "complaint_slip": say.label("Receipt for a complaint"),
        "refusals": say.label("Ground of refusal"),
        "routes": say.label("Way to complain"),
        "forms": say.label("Form"),
        "notes": say.label("Good to know"),
        "conflicts": say.label("Contradiction"),
        "silent": say.label("The act is silent"),
        "referred": say.label("Left to another act"),
        "see_also": say.label("What else may fit"),
        "elsewhere": say.label("The same elsewhere"),
        "successor": say.label("What holds today"),
    }


def _fields(say: Speech) -> dict[str, str]:
    return {
        "id": say.label("id"),
        "text": say.label("text"),
        "label": say.label("answer"),
        "title": say.label("name"),
        "help": say.label("help"),
        "when": say.label("for whom"),
        "when_text": say.label("for whom, in words"),
        "source": say.label("where it is written"),
        "options": say.label("answers"),
        "verdicts": say.label("reasons"),
        "says": say.label("what it says"),
        "form": say.label("in what form"),
        "count": say.label("how many"),
        "channel": say.label("way to apply"),
        "channels": say.label("ways to apply"),
        "categories": say.label("categories"),
        "one_of": say.label("one of several"),
        "given_by": say.label("who gives it"),
        "basis": say.label("by which act"),
        "why": say.label("what for"),
        "where_to_get": say.label("where to get it"),
        "application": say.label("form of the application"),
        "what": say.label("what for a term"),
        "amount": say.label("how long"),
        "unit": say.label("in what"),
        "limit": say.label("at most or at least"),
        "counted_from": say.label("counted from"),
        "opens": say.label("opens"),
        "closes": say.label("closes"),
        "free": say.label("free of charge"),
        "days": say.label("days"),
        "pause": say.label("break"),
        "kind": say.label("kind"),
        "does": say.label("what it does"),
        "instead_of": say.label("instead of"),
        "annex": say.label("annex"),
        "office": say.label("office"),
        "place": say.label("place"),
        "avoid": say.label("how to avoid it"),
        "subjects": say.label("about what"),
        "step": say.label("step"),
        "to": say.label("to whom"),
        "ways": say.label("how"),
        "needs": say.label("what it must hold"),
        "address": say.label("address"),
        "phone": say.label("phone"),
        "email": say.label("e-mail"),
        "reception": say.label("when they receive"),
        "body": say.label("wording"),
        "fields": say.label("blanks"),
        "see_also": say.label("what else may fit"),
        "service": say.label("service"),
        "status": say.label("whether it holds"),
        "changes": say.label("what is different today"),
        "number": say.label("number"),
        "date": say.label("date"),
        "url": say.label("web address"),
        "level": say.label("level"),
        "kk": say.label("in Kazakh"),
        "ru": say.label("in Russian"),
    }
