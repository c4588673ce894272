"""A page a service for those who check the rules without running anything: facts and a diagram.

`python -m core.services.pages data docs/services` writes them all, in Markdown with Mermaid.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from core.services.acts import Act
from core.services.conditions import ALWAYS, AllOf, Answered, AnyOf, Condition, Not
from core.services.engine import Outcome, replay
from core.services.library import Library, load_library
from core.services.model import Option, Route, Rule, Service, Successor, Verdict
from core.services.sources import Outside, Paragraph, Sources, Text

Step = str | tuple[str, tuple[tuple[str, "Step"], ...]]
Row = Iterable[str]


def write_pages(library: Library, folder: Path) -> None:
    """A page for each service, and one that leads to them."""
    folder.mkdir(parents=True, exist_ok=True)
    for service in library.services.values():
        page = service_page(service, library.acts)
        (folder / f"{service.id}.md").write_text(page, encoding="utf-8")
    (folder / "README.md").write_text(contents_page(library), encoding="utf-8")


def contents_page(library: Library) -> str:
    """The list of all services, by act."""
    lines = ["# Services", ""]
    for act in library.acts.values():
        lines += [f"## {_both(act.title)}", "", f"{_name(act)}, {act.status}", ""]
        for each in act.services:
            if each in library.services:
                lines.append(f"- [{_both(library.services[each].short)}]({each}.md)")
        lines.append("")
    return "\n".join(lines)


def service_page(service: Service, acts: Mapping[str, Act]) -> str:
    """Everything that is known of one service."""
    sections = [
        f"# {_both(service.short)}",
        _both(service.title),
        _both(service.about),
        _acts(service, acts),
        f"`{service.id}`, version {service.version}, {service.jurisdiction.level}",
        "## Flow",
        flow(service),
        *_tables(service),
        _today(service.successor),
    ]
    return "\n\n".join(each for each in sections if each) + "\n"


def flow(service: Service) -> str:
    """The way through the questions as a Mermaid diagram; ways on that are the same are one."""
    names: dict[Step, str] = {}
    lines = ["```mermaid", "flowchart TD"]
    _draw(service, _step(service, {}), names, lines)
    return "\n".join([*lines, "```"])


def _step(service: Service, answers: dict[str, str]) -> Step:
    at = replay(service, answers).at
    if isinstance(at, Outcome):
        return at.says
    ways = ((each.id, _step(service, {**answers, at.id: each.id})) for each in at.options)
    return (at.id, tuple(ways))


def _draw(service: Service, step: Step, names: dict[Step, str], lines: list[str]) -> str:
    if step in names:
        return names[step]
    name = f"n{len(names)}"
    names[step] = name
    if isinstance(step, str):
        lines.append(f"  {name}([{step}])")
        return name
    question_id, ways = step
    question = service.question(question_id)
    title = _both(question.text) if question else question_id
    lines.append(f'  {name}["{_quoted(title)}"]')
    options: dict[str, list[str]] = {}
    for option, following in ways:
        options.setdefault(_draw(service, following, names, lines), []).append(option)
    lines += [f'  {name} -->|"{" / ".join(each)}"| {to}' for to, each in options.items()]
    return name


def _tables(service: Service) -> Iterator[str]:
    yield _table(
        "Questions",
        ("id", "question", "options", "asked when"),
        (
            (f"`{q.id}`", _both(q.text), _options(q.options), spoken(q.when))
            for q in service.questions
        ),
    )
    yield _table(
        "Rules",
        ("rule", "when", "says", "reason", "source"),
        (_verdict(rule, verdict) for rule in service.rules for verdict in rule.verdicts),
    )
    yield _table(
        "Documents",
        ("id", "document", "form", "asked when", "basis", "source"),
        (
            (
                f"`{d.id}`",
                _both(d.text),
                " ".join(str(each) for each in (d.form, d.count) if each),
                spoken(service.condition_of(d)),
                d.basis + (f", one of `{d.one_of}`" if d.one_of else ""),
                cited(d.source),
            )
            for d in service.documents
        ),
    )
    yield _table(
        "Terms",
        ("id", "term", "what", "when", "source"),
        (
            (f"`{t.id}`", _both(t.text), t.what, spoken(service.condition_of(t)), cited(t.source))
            for t in service.terms
        ),
    )
    yield _table(
        "Providers",
        ("id", "who", "does", "when", "source"),
        (
            (
                f"`{p.id}`",
                _both(p.text),
                ", ".join(p.does),
                spoken(service.condition_of(p)),
                cited(p.source),
            )
            for p in service.providers
        ),
    )
    yield _facts(service)
    yield _table("Complaints", ("step", "subjects", "to", "source"), map(_route, service.routes))


def _facts(service: Service) -> str:
    said: list[tuple[str, Text, Sources | None]] = [
        (name, fact.text, fact.source)
        for name, facts in (
            ("category", service.categories),
            ("channel", service.channels),
            ("fee", (service.fee,)),
            ("hours", service.hours),
            ("result", (service.result,)),
            ("collecting", (service.collecting,)),
            ("slip", (service.slip,)),
            ("complaint slip", (service.complaint_slip,)),
            ("refusal", service.refusals),
            ("note", service.notes),
            ("conflict", service.conflicts),
        )
        for fact in facts
        if fact is not None
    ]
    said += [(f"form, {each.kind}", each.title, each.source) for each in service.forms]
    said += [(f"referred: {each.fact}", each.to, each.source) for each in service.referred]
    rows = [(name, _both(text), cited(source) if source else "") for name, text, source in said]
    rows += [
        (f"silent: {each.fact}", _both(each.text) if each.text else "", "")
        for each in service.silent
    ]
    return _table("Other facts", ("what", "text", "source"), rows)


def _today(successor: Successor | None) -> str:
    """What governs the service today, as far as it is known."""
    if successor is None:
        return ""
    title = _both(successor.title) if successor.title else "no act in force was found"
    lines = [
        f"## Today (seen {successor.as_of.isoformat()}, confidence {successor.confidence})",
        "",
        f"{title}, {successor.date or ''} № {successor.number}" if successor.number else title,
        "",
        _both(successor.status),
        "",
        *(f"- {_both(each.text)} ({each.confidence})" for each in successor.changes),
    ]
    return "\n".join(lines)


def _acts(service: Service, acts: Mapping[str, Act]) -> str:
    return "\n".join(f"- {_name(acts[each])}, {acts[each].status}" for each in service.acts)


def _name(act: Act) -> str:
    return f"{_both(act.issuer)}, {act.date.isoformat()}, № {act.number}"


def _verdict(rule: Rule, verdict: Verdict) -> Row:
    source = cited(verdict.source or rule.source)
    return (f"`{rule.id}`", spoken(verdict.when), verdict.says, _both(verdict.text), source)


def _route(route: Route) -> Row:
    to = _both(route.to.text)
    return (str(route.step), ", ".join(route.subjects), to, cited(route.source))


def _options(options: Iterable[Option]) -> str:
    return ", ".join(f"`{each.id}` {_both(each.label)}" for each in options)


def spoken(condition: Condition) -> str:
    """The condition in a line."""
    match condition:
        case Answered(question, options):
            return f"{question}: {' or '.join(sorted(options))}"
        case AllOf(parts):
            if condition == ALWAYS:
                return "always"
            return " and ".join(_in_brackets(each) for each in parts)
        case AnyOf(parts):
            return " or ".join(_in_brackets(each) for each in parts)
        case Not(part):
            return f"not ({spoken(part)})"


def _in_brackets(condition: Condition) -> str:
    simple = isinstance(condition, Answered) and len(condition.options) == 1
    return spoken(condition) if simple else f"({spoken(condition)})"


def cited(sources: Sources) -> str:
    """Where a fact comes from, in a line."""
    return "; ".join(_cited(each) for each in sources)


def _cited(source: Paragraph | Outside) -> str:
    if isinstance(source, Outside):
        return f"{_both(source.ref)} ({source.as_of.isoformat()}, {source.confidence})"
    parts = {
        "para": source.para,
        "annex": source.annex,
        "list": source.list,
        "group": source.group,
        "row": source.row,
        "part": source.part,
    }
    return " ".join([source.act, *(f"{name} {told}" for name, told in parts.items() if told)])


def _table(title: str, head: Row, rows: Iterable[Row]) -> str:
    lines = [_line(each) for each in rows]
    if not lines:
        return ""
    head = tuple(head)
    return "\n".join([f"## {title}", "", _line(head), _line("---" for _ in head), *lines])


def _line(cells: Row) -> str:
    return "| " + " | ".join(each.replace("|", "\\|").replace("\n", " ") for each in cells) + " |"


def _both(text: Text) -> str:
    return text.kk if text.kk == text.ru else f"{text.kk} / {text.ru}"


def _quoted(text: str) -> str:
    return text.replace('"', "#quot;")


if __name__ == "__main__":
    write_pages(load_library(Path(sys.argv[1])), Path(sys.argv[2]))
