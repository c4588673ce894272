"""A service and its facts, as the files in data/services hold them."""

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, PlainSerializer, PlainValidator, StringConstraints, model_validator

from core.kinds import OfficeKind, Weekday
from core.services.conditions import (
    ALWAYS,
    AllOf,
    Answered,
    AnyOf,
    Condition,
    ConditionError,
    Not,
    read_condition,
    write_condition,
)
from core.services.mistakes import mistake, unfit
from core.services.sources import Confidence, Id, PlaceId, Record, Sources, Text, Words

Says = Literal["eligible", "not_eligible", "commission", "unknown"]
Subject = Literal[
    "refused",
    "late",
    "rude",
    "extra_papers",
    "money",
    "not_taken",
    "no_receipt",
    "hours",
    "other",
]
DocumentForm = Literal[
    "original",
    "copy",
    "copy_with_original",
    "notarised_copy",
    "notarised",
    "shown",
    "oral",
]
Unit = Literal["working_day", "calendar_day", "day", "week", "month", "hour", "minute"]
Topic = Literal[
    "categories",
    "channels",
    "providers",
    "documents",
    "terms",
    "fee",
    "hours",
    "result",
    "collecting",
    "refusals",
    "routes",
    "slip",
    "complaint_slip",
    "complaint_term",
    "forms",
]


def _condition(data: Any) -> Condition:
    try:
        return read_condition(data)
    except ConditionError as wrong:
        raise unfit(wrong.mistake) from wrong


When = Annotated[
    Answered | AllOf | AnyOf | Not, PlainValidator(_condition), PlainSerializer(write_condition)
]
Clock = Annotated[dt.time, PlainSerializer(lambda at: at.strftime("%H:%M"))]
MonthDay = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
QuestionId = Annotated[Id, StringConstraints(max_length=24)]
OptionId = Annotated[Id, StringConstraints(max_length=20)]


class Fact(Record):
    """What an act, or something else that is named, says."""

    text: Text
    source: Sources


class NamedFact(Fact):
    """A fact that rows, buttons or texts may point at by its id."""

    id: Id


class Jurisdiction(Record):
    """Where the service's act applies; a region or a city is named by its place."""

    level: Literal["country", "region", "city"]
    place: PlaceId | None = None

    @model_validator(mode="after")
    def _place_where_needed(self) -> "Jurisdiction":
        if (self.place is None) is not (self.level == "country"):
            raise unfit(mistake("a region or a city names its `place`; a country names none"))
        return self


class Channel(NamedFact):
    """A way to apply; open to all unless `when` says which answers choose it."""

    when: When = ALWAYS


class Category(NamedFact):
    """A category of applicants, and the answers that put a person in it."""

    when: When = ALWAYS


class Option(Record):
    """One possible answer."""

    id: OptionId
    label: Text


class Question(Record):
    """What is asked; `when` limits it to some answers of earlier questions."""

    id: QuestionId
    text: Text
    help: Text | None = None
    when: When = ALWAYS
    options: Annotated[tuple[Option, ...], Field(min_length=2)]


class Verdict(Record):
    """What a rule says where its condition holds: the reason, in words, with its paragraph."""

    when: When = ALWAYS
    says: Says
    text: Text
    source: Sources | None = None
    see_also: tuple[Id, ...] = ()


class Rule(Record):
    """One requirement: the first verdict that holds is what it says."""

    id: Id
    source: Sources
    verdicts: Annotated[tuple[Verdict, ...], Field(min_length=1)]


class Document(NamedFact):
    """A document, with the cases in which it is asked for."""

    form: DocumentForm | None = None
    count: int | None = None
    when: When = ALWAYS
    when_text: Text | None = None
    channels: tuple[Id, ...] = ()
    categories: tuple[Id, ...] = ()
    one_of: Id | None = None
    given_by: Literal["applicant", "office"] = "applicant"
    basis: Literal["own", "referred", "later_act"] = "own"
    why: Text | None = None
    where_to_get: Text | None = None
    application: Id | None = None


class Term(NamedFact):
    """How long something takes, or the window in which it can be done."""

    what: Literal[
        "processing", "wait_to_submit", "wait_to_collect", "service", "final_result", "window"
    ]
    amount: int | None = None
    unit: Unit | None = None
    limit: Literal["at_most", "at_least", "at_once"] | None = None
    channel: Id | None = None
    when: When = ALWAYS
    when_text: Text | None = None
    counted_from: Text | None = None
    opens: MonthDay | None = None
    closes: MonthDay | None = None

    @model_validator(mode="after")
    def _says_how_long(self) -> "Term":
        if self.what == "window":
            if not self.opens and not self.closes:
                raise unfit(mistake("a window has `opens` or `closes`, as MM-DD"))
        elif (self.amount is None) is not (self.unit is None):
            raise unfit(mistake("`amount` and `unit` go together"))
        elif self.amount is None and self.limit != "at_once":
            raise unfit(mistake("a term has an `amount` with a `unit`, or is `limit: at_once`"))
        return self


class Fee(Fact):
    """Whether the service costs anything, as the act says it."""

    free: bool


class Hours(Fact):
    """When a door is open, for the service or for complaints."""

    purpose: Annotated[Literal["service", "complaint"], Field(alias="for")]
    channel: Id | None = None
    days: tuple[Weekday, ...] = ()
    opens: Annotated[Clock | None, Field(alias="from")] = None
    closes: Annotated[Clock | None, Field(alias="to")] = None
    pause: Annotated[tuple[Clock, Clock] | None, Field(alias="break")] = None


class Provider(NamedFact):
    """Who gives the service, and what it does in it."""

    kind: OfficeKind
    does: Annotated[tuple[Literal["accepts", "decides", "informs"], ...], Field(min_length=1)]
    channel: Id | None = None
    when: When = ALWAYS
    when_text: Text | None = None
    instead_of: Id | None = None
    annex: str | None = None
    list: str | None = None
    office: PlaceId | None = None
    place: PlaceId | None = None


class Refusal(NamedFact):
    """A ground on which the act lets the office refuse, and how to avoid it."""

    when: When = ALWAYS
    avoid: Text | None = None


class Addressee(Record):
    """To whom a complaint goes."""

    text: Text
    kind: OfficeKind | Literal["court"]
    annex: str | None = None
    list: str | None = None
    office: PlaceId | None = None


class Route(Record):
    """A way to complain; of the routes of one step the subject chooses."""

    id: Id
    subjects: Annotated[tuple[Subject, ...], Field(min_length=1)]
    step: Annotated[int, Field(ge=1)]
    channel: Id | None = None
    to: Addressee
    ways: tuple[Literal["post", "in_person", "online", "phone", "oral"], ...] = ()
    needs: Text | None = None
    address: Text | None = None
    phone: Words | None = None
    email: Words | None = None
    reception: Text | None = None
    source: Sources


class FormField(Record):
    """A blank in a form; `answered_by` fills it from an answer."""

    id: Id
    label: Text
    help: Text | None = None
    when: When = ALWAYS


class Form(Record):
    """A form of the act; an application has a body with the fields in braces."""

    id: Id
    kind: Literal["application", "result", "slip", "notice", "other"]
    title: Text
    to: Text | None = None
    body: Text | None = None
    fields: tuple[FormField, ...] = ()
    source: Sources


class Note(NamedFact):
    """Something else that is worth knowing and has no place of its own."""

    when: When = ALWAYS


class Conflict(NamedFact):
    """Where the act contradicts itself or another; both readings are told."""


class Silence(Record):
    """What the act says nothing about, and whom to ask."""

    fact: Topic
    text: Text | None = None


class Referral(Record):
    """A fact that the act leaves to another one."""

    fact: Topic
    to: Text
    source: Sources


class SeeAlso(Record):
    """Another service that may fit."""

    service: Id
    when: When = ALWAYS


class Change(Record):
    """What is different today, as seen in the evidence on the date of the successor."""

    text: Text
    evidence: tuple[str, ...] = ()
    confidence: Confidence


class Successor(Record):
    """What governs the service today; without a title none was found. Low is for admins only."""

    title: Text | None = None
    service_title: Text | None = None
    annex: str | None = None
    issuer: Text | None = None
    number: str | None = None
    date: dt.date | None = None
    in_force_from: dt.date | None = None
    url: str | None = None
    status: Text
    as_of: dt.date
    confidence: Confidence
    checked: dt.date | None = None
    changes: tuple[Change, ...] = ()
    chain: tuple[Text, ...] = ()
    evidence: tuple[str, ...] = ()


class SearchWords(Record):
    """What people type when they look for the service."""

    kk: Annotated[tuple[Words, ...], Field(min_length=1)]
    ru: Annotated[tuple[Words, ...], Field(min_length=1)]


class Aliases(Record):
    """Names of before, and what they are now; options by their question of now."""

    questions: dict[Id, Id] = Field(default_factory=dict)
    options: dict[Id, dict[Id, Id]] = Field(default_factory=dict)
    documents: dict[Id, Id] = Field(default_factory=dict)


class Service(Record):
    """One service, whole."""

    id: Id
    version: Annotated[int, Field(ge=1)]
    acts: Annotated[tuple[Id, ...], Field(min_length=1)]
    title: Text
    short: Text
    about: Text
    jurisdiction: Jurisdiction
    situations: Annotated[tuple[Id, ...], Field(min_length=1)]
    search: SearchWords
    channels: tuple[Channel, ...] = ()
    categories: tuple[Category, ...] = ()
    questions: tuple[Question, ...] = ()
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]
    providers: tuple[Provider, ...] = ()
    documents: tuple[Document, ...] = ()
    terms: tuple[Term, ...] = ()
    fee: Fee | None = None
    hours: tuple[Hours, ...] = ()
    result: Fact | None = None
    collecting: Fact | None = None
    slip: Fact | None = None
    complaint_slip: Fact | None = None
    refusals: tuple[Refusal, ...] = ()
    routes: tuple[Route, ...] = ()
    forms: tuple[Form, ...] = ()
    notes: tuple[Note, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    silent: tuple[Silence, ...] = ()
    referred: tuple[Referral, ...] = ()
    see_also: tuple[SeeAlso, ...] = ()
    elsewhere: tuple[Id, ...] = ()
    successor: Successor | None = None
    aliases: Aliases = Aliases()

    def __hash__(self) -> int:
        """What tells services apart well enough, at no cost."""
        return hash((self.id, self.version))

    def question(self, question_id: str) -> Question | None:
        """The question with this id."""
        return next((each for each in self.questions if each.id == question_id), None)

    @cached_property
    def deciding(self) -> tuple[Condition, ...]:
        """The conditions of all documents, terms and providers: what questions are asked for."""
        facts: tuple[Document | Term | Provider, ...] = (
            *self.documents,
            *self.terms,
            *self.providers,
        )
        conditions = (self.condition_of(each) for each in facts)
        return tuple(each for each in dict.fromkeys(conditions) if each != ALWAYS)

    def condition_of(self, fact: Document | Term | Provider) -> Condition:
        """When the fact applies: its own condition, its channels and its categories together."""
        channels = fact.channels if isinstance(fact, Document) else (fact.channel,)
        categories = fact.categories if isinstance(fact, Document) else ()
        parts = [fact.when]
        if any(channels):
            parts.append(AnyOf(tuple(_named(self.channels, channels))))
        if categories:
            parts.append(AnyOf(tuple(_named(self.categories, categories))))
        kept = tuple(each for each in parts if each != ALWAYS)
        return kept[0] if len(kept) == 1 else AllOf(kept)


def _named(
    facts: tuple[Channel, ...] | tuple[Category, ...], names: tuple[str | None, ...]
) -> Iterator[Condition]:
    return (each.when for each in facts if each.id in names)
