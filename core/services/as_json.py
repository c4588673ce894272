"""Services, answers and paths as the JSON that others rely on; its names are the contract's."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal

from core.services.acts import Act
from core.services.engine import Outcome, Reason, paths, replay
from core.services.library import Library
from core.services.model import (
    Document,
    Fact,
    Form,
    Hours,
    NamedFact,
    Provider,
    Question,
    Refusal,
    Route,
    Service,
    Successor,
    Term,
)
from core.services.search import Found
from core.services.seasons import season_on
from core.services.sources import Outside, Paragraph, Sources, Text

Json = dict[str, Any]
Territory = Literal["inside", "outside", "unknown"]


def services_json(library: Library) -> list[Json]:
    """All services in short: `services --json`."""
    return [
        {
            "id": each.id,
            "title": text_json(each.title),
            "short": text_json(each.short),
            "jurisdiction": _jurisdiction(each),
            "status": library.acts[each.acts[0]].status,
            "situations": list(each.situations),
        }
        for each in library.services.values()
    ]


def service_json(service: Service, acts: Mapping[str, Act]) -> Json:
    """One service with all its facts: `service ID --json`."""
    return {
        "id": service.id,
        "version": service.version,
        "title": text_json(service.title),
        "short": text_json(service.short),
        "about": text_json(service.about),
        "jurisdiction": _jurisdiction(service),
        "situations": list(service.situations),
        "acts": [
            _act(acts[each], service.successor if each == service.acts[0] else None)
            for each in service.acts
        ],
        "channels": [_named(each) for each in service.channels],
        "providers": [provider_json(each) for each in service.providers],
        "categories": [_named(each) for each in service.categories],
        "questions": [question_json(each) for each in service.questions],
        "documents": [document_json(service, each) for each in service.documents],
        "terms": [term_json(each) for each in service.terms],
        "fee": _fee(service),
        "hours": [_hours(each) for each in service.hours],
        "result": _fact(service.result),
        "collecting": _fact(service.collecting),
        "refusals": [refusal_json(each) for each in service.refusals],
        "routes": [_route(each) for each in service.routes],
        "slip": _fact(service.slip),
        "complaint_slip": _fact(service.complaint_slip),
        "forms": [_form(each) for each in service.forms],
        "notes": [_named(each) for each in service.notes],
        "conflicts": [_named(each) for each in service.conflicts],
        "silent": [each.fact for each in service.silent],
        "silent_texts": {each.fact: text_json(each.text) for each in service.silent if each.text},
        "referred": [
            {"fact": each.fact, "to": text_json(each.to), "source": source_json(each.source)}
            for each in service.referred
        ],
        "see_also": [each.service for each in service.see_also],
        "elsewhere": list(service.elsewhere),
    }


def ask_json(
    service: Service,
    answers: Mapping[str, str],
    on: dt.date,
    territory: Territory = "unknown",
) -> Json:
    """Where the answers lead, as seen on a day: `ask ID --json`."""
    state = replay(service, answers)
    answered = {"asked": dict(state.asked), "unused": dict(state.unused)}
    if isinstance(state.at, Outcome):
        outcome = _outcome(service, state.at, on, territory)
        return {"state": "outcome", **outcome, **answered}
    return {
        "state": "question",
        "question": question_json(state.at),
        "progress": list(state.progress),
        **answered,
    }


def paths_json(service: Service) -> list[Json]:
    """Every way through the questions: `paths ID --json`."""
    return [
        {
            "answers": dict(each.answers),
            "outcome": each.outcome.says,
            "documents": [document.id for document in each.outcome.documents],
        }
        for each in paths(service)
    ]


def search_json(found: list[Found]) -> Json:
    """What a search found, best first: `search TEXT --json`."""
    return {"results": [{"service": each.service, "score": each.score} for each in found]}


def text_json(text: Text | None) -> Json | None:
    """A text in both languages."""
    return text.model_dump(exclude_none=True) if text else None


def source_json(source: Sources) -> list[Json]:
    """Where a fact comes from."""
    return [_source(each) for each in source]


def question_json(question: Question) -> Json:
    """A question as it is asked."""
    return {
        "id": question.id,
        "text": text_json(question.text),
        "help": text_json(question.help),
        "options": [{"id": each.id, "label": text_json(each.label)} for each in question.options],
    }


def document_json(service: Service, document: Document) -> Json:
    """A document; what is not limited to some channels or categories names them all."""
    return {
        **_named(document),
        "form": document.form,
        "count": document.count,
        "when": text_json(document.when_text),
        "channels": list(document.channels or (each.id for each in service.channels)),
        "categories": list(document.categories or (each.id for each in service.categories)),
        "one_of": document.one_of,
        "given_by": document.given_by,
        "basis": document.basis,
        "why": text_json(document.why),
        "where_to_get": text_json(document.where_to_get),
        "application": document.application,
    }


def term_json(term: Term) -> Json:
    """A term."""
    return {
        **_named(term),
        "what": term.what,
        "amount": term.amount,
        "unit": term.unit,
        "limit": term.limit,
        "channel": term.channel,
        "when": text_json(term.when_text),
        "counted_from": text_json(term.counted_from),
        "opens": term.opens,
        "closes": term.closes,
    }


def provider_json(provider: Provider) -> Json:
    """A provider."""
    return {
        **_named(provider),
        "kind": provider.kind,
        "does": list(provider.does),
        "channel": provider.channel,
        "when": text_json(provider.when_text),
        "instead_of": provider.instead_of,
        "annex": provider.annex,
        "list": provider.list,
        "office": provider.office,
        "place": provider.place,
    }


def refusal_json(refusal: Refusal) -> Json:
    """A ground for refusal, and how to avoid it."""
    return {**_named(refusal), "avoid": text_json(refusal.avoid)}


def reason_json(reason: Reason) -> Json:
    """What one rule said."""
    return {
        "rule": reason.rule,
        "says": reason.says,
        "passed": reason.passed,
        "text": text_json(reason.text),
        "source": source_json(reason.source),
    }


def _outcome(service: Service, outcome: Outcome, on: dt.date, territory: Territory) -> Json:
    season = season_on(outcome.terms, on)
    elsewhere = service.elsewhere if territory == "outside" else ()
    return {
        "outcome": outcome.says,
        "reasons": [reason_json(each) for each in outcome.reasons],
        "documents": [document_json(service, each) for each in outcome.documents],
        "later_documents": [document_json(service, each) for each in outcome.later_documents],
        "terms": [term_json(each) for each in outcome.terms],
        "providers": [provider_json(each) for each in outcome.providers],
        "refusals": [refusal_json(each) for each in outcome.refusals],
        "notes": [_named(each) for each in outcome.notes],
        "season": None
        if season is None
        else {
            "open": season.open,
            "opens": season.term.opens,
            "closes": season.term.closes,
            "starts": season.starts.isoformat(),
            "ends": season.ends.isoformat(),
            "text": text_json(season.term.text),
            "source": source_json(season.term.source),
        },
        "territory": territory,
        "see_also": list(dict.fromkeys((*elsewhere, *outcome.see_also))),
    }


def _source(source: Paragraph | Outside) -> Json:
    if isinstance(source, Outside):
        return source.model_dump(mode="json", exclude={"ref"}) | {"ref": text_json(source.ref)}
    return source.model_dump(mode="json")


def _fact(fact: Fact | None) -> Json | None:
    return {"text": text_json(fact.text), "source": source_json(fact.source)} if fact else None


def _named(fact: NamedFact) -> Json:
    return {"id": fact.id, "text": text_json(fact.text), "source": source_json(fact.source)}


def _jurisdiction(service: Service) -> Json:
    return {"level": service.jurisdiction.level, "place": service.jurisdiction.place}


def _act(act: Act, successor: Successor | None) -> Json:
    repealed = act.repealed
    return {
        "id": act.id,
        "title": text_json(act.title),
        "issuer": text_json(act.issuer),
        "number": act.number,
        "date": act.date.isoformat(),
        "status": act.status,
        "repealed": {"date": repealed.date.isoformat(), "by": text_json(repealed.by)}
        if repealed
        else None,
        "note": text_json(act.note),
        "successor": successor_json(successor),
    }


def successor_json(successor: Successor | None) -> Json | None:
    """What governs the service today; with low confidence it is marked as for admins only."""
    if successor is None:
        return None
    told = successor.model_dump(mode="json", exclude={"changes"})
    return told | {
        "admins_only": successor.confidence == "low",
        "changes": [
            each.model_dump(mode="json", exclude_none=True)
            | {"admins_only": each.confidence == "low"}
            for each in successor.changes
        ],
    }


def _fee(service: Service) -> Json:
    if service.fee is not None:
        return {"free": service.fee.free, **(_fact(service.fee) or {})}
    silence = next((each.text for each in service.silent if each.fact == "fee"), None)
    return {"free": None, "text": text_json(silence), "source": []}


def _hours(hours: Hours) -> Json:
    opens, closes, pause = hours.opens, hours.closes, hours.pause
    return {
        "for": hours.purpose,
        "channel": hours.channel,
        "days": list(hours.days),
        "from": f"{opens:%H:%M}" if opens else None,
        "to": f"{closes:%H:%M}" if closes else None,
        "break": [f"{each:%H:%M}" for each in pause] if pause else None,
        "text": text_json(hours.text),
        "source": source_json(hours.source),
    }


def _route(route: Route) -> Json:
    return {
        "id": route.id,
        "subjects": list(route.subjects),
        "step": route.step,
        "channel": route.channel,
        "to": {
            "text": text_json(route.to.text),
            "kind": route.to.kind,
            "annex": route.to.annex,
            "list": route.to.list,
            "office": route.to.office,
        },
        "ways": list(route.ways),
        "needs": text_json(route.needs),
        "address": text_json(route.address),
        "phone": route.phone,
        "email": route.email,
        "reception": text_json(route.reception),
        "source": source_json(route.source),
    }


def _form(form: Form) -> Json:
    return {
        "id": form.id,
        "kind": form.kind,
        "title": text_json(form.title),
        "fields": [{"id": each.id, "label": text_json(each.label)} for each in form.fields],
        "source": source_json(form.source),
    }
