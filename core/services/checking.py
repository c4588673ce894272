"""What a single fact cannot show: references, order, silence, and what no answer can reach.

Checks yield the path to the fault in the file and what would be right.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from core.services.acts import Act
from core.services.conditions import Condition, holds, named_in
from core.services.engine import Outcome, Walk, paths, replay
from core.services.mistakes import Mistake, mistake
from core.services.model import Document, NamedFact, Question, Service, Topic
from core.services.sources import Outside, Paragraph, Record
from core.services.yaml_lines import Where

Fault = tuple[Where, Mistake]

# A service that asks more than this many ways has questions that should hang on others.
MOST_PATHS = 1000

_LISTS = (
    "channels",
    "categories",
    "questions",
    "rules",
    "providers",
    "documents",
    "terms",
    "refusals",
    "routes",
    "forms",
    "notes",
    "conflicts",
)
_MUST_BE_SAID: tuple[Topic, ...] = (
    "categories",
    "providers",
    "documents",
    "terms",
    "fee",
    "hours",
    "result",
    "refusals",
    "routes",
    "slip",
    "complaint_slip",
)
_BLANK = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a service may point at."""

    acts: Mapping[str, Act]
    services: AbstractSet[str]
    situations: AbstractSet[str]


def faults_of(service: Service, around: Surroundings) -> Iterator[Fault]:
    """Everything wrong with a service; the ways through are walked only if all else is right."""
    found = list(check_service(service, around))
    yield from found or check_paths(service)


def check_service(service: Service, around: Surroundings) -> Iterator[Fault]:
    """Everything wrong that can be seen without walking the questions."""
    yield from _doubled_ids(service)
    yield from _conditions(service)
    yield from _references(service, around)
    yield from _sources(service, around)
    yield from _silence(service)
    yield from _documents(service)
    yield from _forms(service)


def _doubled_ids(service: Service) -> Iterator[Fault]:
    for name in _LISTS:
        ids = [each.id for each in getattr(service, name)]
        yield from _doubled((name,), ids)
    for index, question in enumerate(service.questions):
        yield from _doubled(("questions", index, "options"), [each.id for each in question.options])
    for index, form in enumerate(service.forms):
        yield from _doubled(("forms", index, "fields"), [each.id for each in form.fields])


def _doubled(where: Where, ids: list[str]) -> Iterator[Fault]:
    for index, each in enumerate(ids):
        if each in ids[:index]:
            yield (
                (*where, index),
                mistake("the id `{id}` stands twice here; ids are given once", id=each),
            )


def _conditions(service: Service) -> Iterator[Fault]:
    earlier: dict[str, Question] = {}
    for index, question in enumerate(service.questions):
        yield from _names(question.when, earlier, ("questions", index, "when"), earlier_only=True)
        earlier[question.id] = question
    for where, condition in _all_conditions(service):
        yield from _names(condition, earlier, where)


def _all_conditions(service: Service) -> Iterator[tuple[Where, Condition]]:
    for name in (*_LISTS, "see_also"):
        if name in ("questions", "conflicts", "routes", "rules", "forms"):
            continue
        for index, each in enumerate(getattr(service, name)):
            yield (name, index, "when"), each.when
    for index, rule in enumerate(service.rules):
        for at, verdict in enumerate(rule.verdicts):
            yield ("rules", index, "verdicts", at, "when"), verdict.when
    for index, form in enumerate(service.forms):
        for at, field in enumerate(form.fields):
            yield ("forms", index, "fields", at, "when"), field.when


def _names(
    condition: Condition,
    questions: Mapping[str, Question],
    where: Where,
    *,
    earlier_only: bool = False,
) -> Iterator[Fault]:
    for each in named_in(condition):
        question = questions.get(each.question)
        if question is None:
            yield where, _no_question(each.question, questions, earlier_only=earlier_only)
            continue
        options = {option.id for option in question.options}
        for unknown in sorted(each.options - options):
            yield (
                where,
                mistake(
                    "`{question}` has no option `{option}`; it has: {known}",
                    question=each.question,
                    option=unknown,
                    known=_listed(option.id for option in question.options),
                ),
            )


def _no_question(name: str, known: Iterable[str], *, earlier_only: bool) -> Mistake:
    if earlier_only:
        return mistake(
            "`{name}` is not an earlier question of this service; it has: {known}",
            name=name,
            known=_listed(known),
        )
    return mistake(
        "`{name}` is not a question of this service; it has: {known}",
        name=name,
        known=_listed(known),
    )


def _listed(names: Iterable[str]) -> str:
    """Names in a row; a dash where there is none."""
    return ", ".join(names) or "–"


def _references(service: Service, around: Surroundings) -> Iterator[Fault]:
    channels = {each.id for each in service.channels}
    categories = {each.id for each in service.categories}
    providers = {each.id for each in service.providers}
    forms = {each.id for each in service.forms}
    others = around.services - {service.id}
    yield from _known(("id",), [service.id], around.services, "service")
    yield from _known(("acts",), service.acts, around.acts.keys(), "act")
    yield from _known(("situations",), service.situations, around.situations, "life situation")
    yield from _known(("elsewhere",), service.elsewhere, others, "other service")
    for index, also in enumerate(service.see_also):
        yield from _known(("see_also", index), [also.service], others, "other service")
    for index, rule in enumerate(service.rules):
        for at, verdict in enumerate(rule.verdicts):
            where: Where = ("rules", index, "verdicts", at, "see_also")
            yield from _known(where, verdict.see_also, others, "other service")
    for index, document in enumerate(service.documents):
        where = ("documents", index)
        yield from _known((*where, "channels"), document.channels, channels, "channel")
        yield from _known((*where, "categories"), document.categories, categories, "category")
        yield from _known((*where, "application"), [document.application], forms, "form")
    for name in ("terms", "providers", "hours", "routes"):
        for index, each in enumerate(getattr(service, name)):
            yield from _known((name, index, "channel"), [each.channel], channels, "channel")
    for index, provider in enumerate(service.providers):
        where = ("providers", index, "instead_of")
        yield from _known(where, [provider.instead_of], providers - {provider.id}, "provider")
    yield from _aliases(service)


def _aliases(service: Service) -> Iterator[Fault]:
    questions = {each.id: each for each in service.questions}
    documents = {each.id for each in service.documents}
    aliases = service.aliases
    yield from _known(
        ("aliases", "questions"), aliases.questions.values(), questions.keys(), "question"
    )
    yield from _known(("aliases", "documents"), aliases.documents.values(), documents, "document")
    yield from _known(("aliases", "options"), aliases.options, questions.keys(), "question")
    for name, renamed in aliases.options.items():
        options = {each.id for each in questions[name].options} if name in questions else set()
        yield from _known(("aliases", "options", name), renamed.values(), options, "option")


def _known(
    where: Where, names: Iterable[str | None], known: Iterable[str], what: str
) -> Iterator[Fault]:
    known = tuple(known)
    for name in names:
        if name is not None and name not in known:
            yield (
                where,
                mistake(
                    "`{name}` is no {what} here; known: {known}",
                    name=name,
                    what=what,
                    known=_listed(sorted(known)),
                ),
            )


def _sources(service: Service, around: Surroundings) -> Iterator[Fault]:
    for where, source in _all_sources(service, ()):
        if isinstance(source, Outside):
            continue
        act = around.acts.get(source.act)
        if act is None:
            yield (
                where,
                mistake(
                    "`{act}` is no act of acts.yaml; known: {known}",
                    act=source.act,
                    known=_listed(around.acts),
                ),
            )
            continue
        regulation = act.regulation(source.service)
        if regulation is None:
            yield (
                where,
                mistake(
                    "`{act}` has no text of `{service}`; it has: {known}",
                    act=act.id,
                    service=source.service or "–",
                    known=_listed(each.service or "–" for each in act.regulations),
                ),
            )
        elif not regulation.has(source):
            yield where, _not_there(act, source)


def _not_there(act: Act, source: Paragraph) -> Mistake:
    if source.annex:
        return mistake(
            "`{act}` has no annex {number} in its list in acts.yaml; look at the act again",
            act=act.id,
            number=source.annex,
        )
    return mistake(
        "`{act}` has no paragraph {number} in its list in acts.yaml; look at the act again",
        act=act.id,
        number=source.para,
    )


def _all_sources(data: object, where: Where) -> Iterator[tuple[Where, Paragraph | Outside]]:
    if isinstance(data, Paragraph | Outside):
        yield where, data
    elif isinstance(data, Record):
        for name, field in type(data).model_fields.items():
            yield from _all_sources(getattr(data, name), (*where, field.alias or name))
    elif isinstance(data, tuple):
        for index, each in enumerate(data):
            yield from _all_sources(each, (*where, index))


def _silence(service: Service) -> Iterator[Fault]:
    silent = {each.fact for each in service.silent}
    elsewhere = {each.fact for each in service.referred}
    for topic in _MUST_BE_SAID:
        said = bool(getattr(service, topic))
        if not said and topic not in silent | elsewhere:
            yield (
                (topic,),
                mistake(
                    "nothing is said of `{topic}`; state it, or name it under `silent` or "
                    "`referred`",
                    topic=topic,
                ),
            )
        if said and topic in silent:
            yield (
                ("silent",),
                mistake("`{topic}` is stated above and yet called silent; drop one", topic=topic),
            )


def _documents(service: Service) -> Iterator[Fault]:
    groups = Counter(each.one_of for each in service.documents if each.one_of)
    left = {each.fact for each in service.referred}
    for index, document in enumerate(service.documents):
        where: Where = ("documents", index)
        if document.one_of and groups[document.one_of] == 1:
            yield (
                (*where, "one_of"),
                mistake("`{group}` has one member; alternatives are two", group=document.one_of),
            )
        yield from _basis(service, document, where, referred="documents" in left)


def _basis(
    service: Service, document: Document, where: Where, *, referred: bool
) -> Iterator[Fault]:
    cited = {each.act for each in document.source if isinstance(each, Paragraph)}
    own = service.acts[0] in cited
    outside = any(isinstance(each, Outside) for each in document.source)
    if document.basis == "own" and not own:
        yield (
            (*where, "basis"),
            mistake(
                "`{document}` cites no place in `{act}`; cite one, or say where else it is from: "
                "`basis: referred` or `basis: later_act`",
                document=document.id,
                act=service.acts[0],
            ),
        )
    if document.basis == "later_act" and not outside:
        yield (
            (*where, "source"),
            mistake(
                "`{document}` is of a later act; its source names it: kind, ref, as_of, confidence",
                document=document.id,
            ),
        )
    if document.basis == "referred" and not referred:
        yield (
            (*where, "basis"),
            mistake(
                "`{document}` is referred; say under `referred` to what the act points",
                document=document.id,
            ),
        )


def _forms(service: Service) -> Iterator[Fault]:
    for index, form in enumerate(service.forms):
        names = {each.id for each in form.fields}
        texts = (form.to, form.body)
        used = {
            blank
            for text in texts
            if text
            for said in (text.kk, text.ru)
            for blank in _BLANK.findall(said)
        }
        for blank in sorted(used - names):
            yield (
                ("forms", index, "body"),
                mistake(
                    "`{{{field}}}` is no field of the form; it has: {known}",
                    field=blank,
                    known=_listed(sorted(names)),
                ),
            )
        if form.kind == "application" and form.body:
            for unused in sorted(names - used):
                yield (
                    ("forms", index, "fields"),
                    mistake("`{field}` is not in `to` or `body`; put it in", field=unused),
                )


def check_paths(service: Service) -> Iterator[Fault]:
    """What no answer can reach, and what is asked in vain; walks every way through."""
    walked: list[Walk] = []
    for path in paths(service):
        walked.append(path)
        if len(walked) > MOST_PATHS:
            yield (
                ("questions",),
                mistake(
                    "there are more than {most} ways through the questions; let some hang on "
                    "others with `when`",
                    most=MOST_PATHS,
                ),
            )
            return
    for path in walked:
        if not path.outcome.reasons:
            yield (
                ("rules",),
                mistake(
                    "no rule says anything about {answers}; add a verdict",
                    answers=_spoken(path.answers),
                ),
            )
    yield from _unreached(service, [each.outcome for each in walked])
    yield from _nobody(service, walked)
    yield from _unasked(service, walked)
    vain: dict[str, str] = {}
    _effect(service, {}, vain)
    for question_id, where_in_vain in vain.items():
        index = [each.id for each in service.questions].index(question_id)
        yield (
            ("questions", index),
            mistake(
                "after {answers} the question `{question}` changes nothing; give it a `when`",
                answers=where_in_vain,
                question=question_id,
            ),
        )


def _spoken(answers: Mapping[str, str]) -> str:
    return _listed(f"{key}: {value}" for key, value in answers.items())


def _unreached(service: Service, outcomes: list[Outcome]) -> Iterator[Fault]:
    for name, reached in (
        ("documents", {d.id for o in outcomes for d in (*o.documents, *o.later_documents)}),
        ("terms", {each.id for o in outcomes for each in o.terms}),
        ("providers", {each.id for o in outcomes for each in o.providers}),
        ("refusals", {each.id for o in outcomes for each in o.refusals}),
        ("notes", {each.id for o in outcomes for each in o.notes}),
    ):
        facts: tuple[NamedFact, ...] = getattr(service, name)
        for index, fact in enumerate(facts):
            if fact.id not in reached:
                yield (name, index), mistake("no answers lead to this; look at its condition")
    said = {(each.rule, each.text) for o in outcomes for each in o.reasons}
    for index, rule in enumerate(service.rules):
        for at, verdict in enumerate(rule.verdicts):
            if (rule.id, verdict.text) not in said:
                yield (
                    ("rules", index, "verdicts", at),
                    mistake(
                        "no answers lead to this verdict; look at its condition and those before it"
                    ),
                )


def _nobody(service: Service, walked: list[Walk]) -> Iterator[Fault]:
    """The categories and channels that no answers choose."""
    questions = {each.id for each in service.questions}
    for name in ("categories", "channels"):
        for index, fact in enumerate(getattr(service, name)):
            if not any(holds(fact.when, walk.answers, questions) for walk in walked):
                yield (name, index), mistake("no answers put anybody here; look at its condition")


def _unasked(service: Service, walked: list[Walk]) -> Iterator[Fault]:
    asked = {each for path in walked for each in path.answers}
    for index, question in enumerate(service.questions):
        if question.id not in asked:
            yield (
                ("questions", index),
                mistake("this is never asked: nothing that is still open hangs on it"),
            )


Effect = tuple[object, ...]


def _effect(service: Service, answers: dict[str, str], vain: dict[str, str]) -> Effect:
    """What all ways on from these answers come to; notes the questions asked in vain."""
    at = replay(service, answers).at
    if isinstance(at, Outcome):
        return _decided(at)
    effects = [_effect(service, {**answers, at.id: option.id}, vain) for option in at.options]
    if all(each == effects[0] for each in effects):
        vain.setdefault(at.id, _spoken(answers))
        return effects[0]
    return (at.id, *effects)


def _decided(outcome: Outcome) -> Effect:
    """All of an outcome that a question may be asked for."""
    return (
        outcome.says,
        tuple((each.rule, each.text) for each in outcome.reasons),
        tuple(each.id for each in (*outcome.documents, *outcome.later_documents)),
        tuple(each.id for each in outcome.terms),
        tuple(each.id for each in outcome.providers),
    )
