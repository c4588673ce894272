"""The files of data/ as one library of acts, situations and services, or everything wrong in them.

Every message names the file, the line, what is wrong there and what would be right.
"""

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from core.services.acts import Act
from core.services.checking import Surroundings, faults_of
from core.services.model import Service
from core.services.sources import Id, Record, Text
from core.services.wording import wording_faults
from core.services.yaml_lines import DataError, Problem, Sheet, read_sheet, texts_in

ACTS_FILE = "acts.yaml"
SITUATIONS_FILE = "situations.yaml"
SERVICES_FOLDER = "services"

_HINTS = {
    "source": "every fact says where it stands; write `source: [11.1]` for paragraph 11.1",
    "kk": "write the text in Kazakh too",
    "ru": "write the text in Russian too",
    "by": "the only value is `us`: the wording is ours, not the act's",
    "says": "a verdict says eligible, not_eligible, commission or unknown",
    "version": "a whole number, 1 at first, one more with every change of the rules",
    "as_of": "the day on which the evidence was seen, as YYYY-MM-DD",
    "confidence": "high, medium or low",
    "step": "1 for the first complaint, 2 for the next one up",
}
_ID_RULE = "ids are lower-case Latin letters, digits and _, beginning with a letter"

T = TypeVar("T")


class Situation(Record):
    """A situation in life that joins services."""

    id: Id
    title: Text
    short: Text | None = None


@dataclass(frozen=True, slots=True)
class Library:
    """All that data/ says of services; services stand in the order of their acts."""

    acts: Mapping[str, Act]
    situations: tuple[Situation, ...]
    services: Mapping[str, Service]

    @property
    def around(self) -> Surroundings:
        """What a service may point at."""
        return surroundings(self.acts, self.situations)

    def in_situation(self, situation: str) -> tuple[Service, ...]:
        """The services of one life situation."""
        return tuple(each for each in self.services.values() if situation in each.situations)


def load_library(folder: Path) -> Library:
    """Everything under this folder; raises DataError with all problems at once."""
    acts = load_acts(folder / ACTS_FILE)
    situations = load_situations(folder / SITUATIONS_FILE)
    order = [service for act in acts.values() for service in act.services]
    files = sorted((folder / SERVICES_FOLDER).glob("*.yaml"))
    present = {each.stem for each in files}
    around = surroundings(acts, situations)
    services: dict[str, Service] = {}
    problems: list[Problem] = []
    for name in (*order, *sorted(present - set(order))):
        if name not in present:
            continue
        try:
            services[name] = load_service(folder / SERVICES_FOLDER / f"{name}.yaml", around)
        except DataError as wrong:
            problems += wrong.problems
    if problems:
        raise DataError(problems)
    return Library(acts, situations, services)


def surroundings(acts: Mapping[str, Act], situations: Iterable[Situation]) -> Surroundings:
    """What services may point at: the acts, the services that these are for, the situations."""
    return Surroundings(
        acts=acts,
        services=frozenset(service for act in acts.values() for service in act.services),
        situations=frozenset(each.id for each in situations),
    )


def load_service(file: Path, around: Surroundings) -> Service:
    """One service file, checked against what surrounds it."""
    sheet = read_sheet(file)
    problems = _wording_problems(sheet)
    data = sheet.data if isinstance(sheet.data, dict) else {}
    acts = data.get("acts")
    act_id = acts[0] if isinstance(acts, list) and acts else None
    act = around.acts.get(str(act_id))
    name = str(data.get("id"))
    context = {"act": act_id, "service": act.named_in_sources(name) if act else None}
    service = _validated(sheet, lambda: Service.model_validate(data, context=context), problems)
    if name != file.stem:
        problems.append(sheet.problem(("id",), f"the id is `{name}`, so call the file {name}.yaml"))
    problems += [sheet.problem(where, what) for where, what in faults_of(service, around)]
    if problems:
        raise DataError(problems)
    return service


def load_acts(file: Path) -> dict[str, Act]:
    """The acts, by id, in the order of the file."""
    return _by_id(file, load_list(file, Act))


def load_situations(file: Path) -> tuple[Situation, ...]:
    """The life situations, in the order of the file."""
    return tuple(_by_id(file, load_list(file, Situation)).values())


def load_list(file: Path, kind: type[T]) -> list[T]:
    """A file that is a list of records of one kind."""
    sheet = read_sheet(file)
    problems = _wording_problems(sheet)
    adapter = TypeAdapter(list[kind])  # type: ignore[valid-type]
    records = _validated(sheet, lambda: adapter.validate_python(sheet.data), problems)
    if problems:
        raise DataError(problems)
    return records


R = TypeVar("R", Act, Situation)


def _by_id(file: Path, records: Iterable[R]) -> dict[str, R]:
    by_id: dict[str, R] = {}
    for record in records:
        if record.id in by_id:
            raise DataError([Problem(file.name, 1, "", f"the id `{record.id}` stands twice")])
        by_id[record.id] = record
    return by_id


def _wording_problems(sheet: Sheet) -> list[Problem]:
    return [
        sheet.problem(where, fault)
        for where, text in texts_in(sheet.data)
        for fault in wording_faults(text, str(where[-1]) if where else "")
    ]


def _validated(sheet: Sheet, validate: Callable[[], T], problems: list[Problem]) -> T:
    try:
        return validate()
    except ValidationError as wrong:
        found = [_told(sheet, each) for each in wrong.errors()]
        raise DataError([*problems, *found]) from wrong


def _told(sheet: Sheet, error: ErrorDetails) -> Problem:
    """The problem that pydantic found, in the words of the file's author."""
    where = error["loc"]
    context: Mapping[str, Any] = error.get("ctx", {})
    name = next((str(each) for each in reversed(where) if isinstance(each, str)), "")
    match error["type"]:
        case "missing":
            what = f"`{name}` is missing"
        case "unknown_key":
            where = (*where, context["key"])
            return sheet.problem(where, _told_unknown_key(str(context["key"]), context["known"]))
        case "literal_error":
            what = f"`{error['input']}` is not known here; write {context['expected']}"
        case "string_pattern_mismatch" if "a-z" in context["pattern"]:
            what = f"`{error['input']}` is no id; {_ID_RULE}"
        case "string_pattern_mismatch":
            what = f"`{error['input']}` is no day of the year; write 06-01 for 1 June"
        case "string_too_long":
            what = (
                f"`{error['input']}` is longer than {context['max_length']} characters;"
                " a button has no room for more"
            )
        case "too_short" | "string_too_short":
            what = f"`{name}` is empty; it takes {context['min_length']} at least"
        case "model_type" | "model_attributes_type" | "dict_type":
            what = f"`{error['input']}` stands where keys with values are wanted"
        case "tuple_type" | "list_type":
            what = f"`{error['input']}` stands where a list is wanted; write [..] or lines with -"
        case _:
            what = error["msg"]
    hint = _HINTS.get(name)
    return sheet.problem(where, f"{what}; {hint}" if hint else what)


def _told_unknown_key(key: str, known: str) -> str:
    if " " in key or not key.isascii():
        return f"`{key}` is no key; a text with a comma or a colon inside is written in quotes"
    near = difflib.get_close_matches(key, known.split(", "), n=1)
    guess = f"did you mean `{near[0]}`?" if near else f"known are: {known}"
    return f"`{key}` is not known here; {guess}"
