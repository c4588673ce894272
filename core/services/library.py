"""The files of data/ as one library of acts, situations and services, or everything wrong in them.

Every message names the file, the line, what is wrong there and what would be right.
"""

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from core.services.acts import Act
from core.services.checking import Surroundings, faults_of
from core.services.mistakes import Mistake, mistake, shown
from core.services.model import Service
from core.services.sources import Id, Record, Text
from core.services.wording import wording_faults
from core.services.yaml_lines import DataError, Problem, Sheet, read_sheet, texts_in

ACTS_FILE = "acts.yaml"
SITUATIONS_FILE = "situations.yaml"
SERVICES_FOLDER = "services"

_HINTS = {
    "source": mistake("every fact says where it stands; write `source: [11.1]` for paragraph 11.1"),
    "kk": mistake("write the text in Kazakh too"),
    "ru": mistake("write the text in Russian too"),
    "by": mistake("the only value is `us`: the wording is ours, not the act's"),
    "version": mistake("a whole number, 1 at first, one more with every change of the rules"),
    "as_of": mistake("the day on which the evidence was seen, as YYYY-MM-DD"),
    "confidence": mistake("high, medium or low"),
    "step": mistake("1 for the first complaint, 2 for the next one up"),
}

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
    """One service file, checked against what surrounds it; it is called after its service."""
    sheet = read_sheet(file)
    problems: list[Problem] = []
    data = sheet.data if isinstance(sheet.data, dict) else {}
    if str(data.get("id")) != file.stem:
        what = mistake("the id is `{id}`, so call the file {id}.yaml", id=shown(data.get("id")))
        problems.append(sheet.problem(("id",), what))
    return service_in(sheet, around, problems)


def service_in(sheet: Sheet, around: Surroundings, found: Iterable[Problem] = ()) -> Service:
    """The service that a sheet holds; raises DataError with all that is wrong in it."""
    problems = [*found, *_wording_problems(sheet)]
    data = sheet.data if isinstance(sheet.data, dict) else {}
    acts = data.get("acts")
    act_id = acts[0] if isinstance(acts, list) and acts else None
    act = around.acts.get(str(act_id))
    name = str(data.get("id"))
    context = {"act": act_id, "service": act.named_in_sources(name) if act else None}
    service = _validated(sheet, lambda: Service.model_validate(data, context=context), problems)
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
            raise DataError(
                [
                    Problem(
                        file.name,
                        1,
                        "",
                        mistake(
                            "the id `{id}` stands twice here; ids are given once", id=record.id
                        ),
                    )
                ]
            )
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
    if error["type"] == "unknown_key":
        where = (*where, context["key"])
        return sheet.problem(where, _told_unknown_key(str(context["key"]), context["known"]))
    name = next((str(each) for each in reversed(where) if isinstance(each, str)), "")
    what = _told_plainly(error, name, context)
    return sheet.problem(where, replace(what, hint=what.hint or _HINTS.get(name)))


def _told_plainly(error: ErrorDetails, name: str, context: Mapping[str, Any]) -> Mistake:
    found = shown(error["input"])
    told = None
    match error["type"]:
        case "mistake":
            told = cast("Mistake", context["mistake"])
        case "missing":
            told = mistake("`{name}` is missing", name=name)
        case "literal_error":
            expected = context["expected"].replace(" or ", ", ").replace("'", "")
            told = mistake(
                "`{found}` is not known here; write {expected}", found=found, expected=expected
            )
        case "string_pattern_mismatch":
            told = _told_pattern(found, context["pattern"])
        case "string_too_long":
            told = mistake(
                "`{found}` is longer than {most} characters; a button has no room for more",
                found=found,
                most=context["max_length"],
            )
        case "too_short" | "string_too_short":
            told = mistake(
                "`{name}` is empty; it takes {least} at least",
                name=name,
                least=context["min_length"],
            )
    return told or _told_kind(error, found, context)


def _told_pattern(found: str, pattern: str) -> Mistake:
    if "a-z" in pattern:
        return mistake(
            "`{found}` is no id; ids are lower-case Latin letters, digits and _, beginning with a "
            "letter",
            found=found,
        )
    return mistake("`{found}` is no day of the year; write 06-01 for 1 June", found=found)


def _told_kind(error: ErrorDetails, found: str, context: Mapping[str, Any]) -> Mistake:
    """What stands there is of another kind than what is wanted."""
    keys = mistake("`{found}` stands where keys with values are wanted", found=found)
    items = mistake(
        "`{found}` stands where a list is wanted; write [..] or lines with -", found=found
    )
    wanted = {
        "model": keys,
        "dict": keys,
        "tuple": items,
        "list": items,
        "greater": mistake(
            "`{found}` is too small; it should be greater than or equal to {least}",
            found=found,
            least=context.get("ge", context.get("gt")),
        ),
        "int": mistake("`{found}` is no whole number", found=found),
        "bool": mistake("`{found}` is neither true nor false", found=found),
        "date": mistake("`{found}` is no day; write it as YYYY-MM-DD", found=found),
        "time": mistake("`{found}` is no time of day; write it as 09:00", found=found),
    }
    kind = error["type"]
    other = mistake("`{found}` does not fit here ({kind})", found=found, kind=kind)
    return wanted.get(kind.partition("_")[0], other)


def _told_unknown_key(key: str, known: str) -> Mistake:
    if " " in key or not key.isascii():
        return mistake(
            "`{key}` is no key; a text with a comma or a colon inside is written in quotes",
            key=shown(key),
        )
    near = difflib.get_close_matches(key, known.split(", "), n=1)
    if near:
        return mistake(
            "`{key}` is not known here; did you mean `{near}`?", key=shown(key), near=near[0]
        )
    return mistake("`{key}` is not known here; known are: {known}", key=shown(key), known=known)
