"""Planning an import: what a table would change, row by row, without changing anything.

It runs beside the bot, in a process of its own: it reads a table and the offices as files, keeps
little in memory, and writes the plan, the list of what changes and the marked table as files.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Self

from core.directory.bodies import value_of, with_values
from core.directory.fields import BY_NAME, FIELDS, Around, Field, text_of
from core.directory.mistakes import MistakeError, Wrong
from core.directory.settling import EMPTY, disagreements, position_of, settled
from core.directory.words import by_word, plain
from core.sheets.model import Cell, Formula
from core.sheets.reading import read_sheet
from core.sheets.writing import Look, Marked, Written

ID = "id"
NEEDED_OF_NEW = ("kind", "name_kk", "name_ru", "region")
WHOLE_SHARE = 0.8
"""A table with at least this part of the open offices is taken for the whole directory."""

TAB = b"\t"
CLOSED = b'"closed":true'
PROGRESS_EVERY = 1000
MOST_PROBLEMS = 1000
"""So many mistakes are told one by one; the others are counted."""

USUAL_SHARE = 0.5
_written_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
Raw = dict[str, Any]
Progress = Callable[[int], None]


class HeadError(ValueError):
    """A table whose columns cannot be told: why."""

    def __init__(self, wrong: str, **facts: object) -> None:
        super().__init__(wrong, facts)
        self.wrong = wrong
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in one cell: where, what stands there, and what is wrong with it."""

    row: int
    column: str
    value: str
    wrong: str
    facts: Mapping[str, object]


@dataclass(slots=True)
class Summary:
    """What came of planning, in numbers."""

    rows: int = 0
    added: int = 0
    changed: int = 0
    """Offices in which something changes."""
    removed: int = 0
    """Open offices that the table no longer has, and that would be closed."""
    untouched: int = 0
    absent: int = 0
    """Open offices that the table does not have, because it is only a part; they stay."""
    errors: int = 0
    ignored: list[str] = field(default_factory=list)
    """Headings of columns that are none of ours."""
    by_field: dict[str, int] = field(default_factory=dict)


class Existing:
    """The offices as they are, one a line of a file behind its id, each read when asked for."""

    def __init__(self, path: Path) -> None:
        """Look up where each stands."""
        self._file = path.open("rb")
        self._at: dict[str, tuple[int, int]] = {}
        self.closed: set[str] = set()
        at = 0
        for line in self._file:
            office = line[: line.index(TAB)].decode()
            self._at[office] = (at + len(office) + 1, len(line) - len(office) - 1)
            if CLOSED in line:
                self.closed.add(office)
            at += len(line)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __contains__(self, office: object) -> bool:
        return office in self._at

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)

    def __getitem__(self, office: str) -> Raw:
        body: Raw = json.loads(os.pread(self._file.fileno(), *reversed(self._at[office])))
        return body


@dataclass(frozen=True, slots=True)
class Ground:
    """What a table is held against."""

    existing: Existing
    aliases: Mapping[str, str]
    around: Around
    next_number: int
    """The first number that an office added now would get."""
    prefix: str
    whole: bool | None = None
    """Whether the table is the whole directory, if somebody said so."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of a marked table, in one language."""

    columns: Mapping[str, str]
    new: str
    changed: str
    closes: str
    wrong: str
    what: str
    was: str
    row: str
    office: str
    column: str
    old: str
    now: str
    sheet: str
    list_sheet: str
    wrongs: Mapping[str, str]
    """A sentence for each mistake, with places for its facts."""

    def told(self, problem: Problem) -> str:
        """What is wrong, in words."""
        return self.wrongs[problem.wrong].format_map(problem.facts)


@dataclass(slots=True)
class Column:
    """A column of the table: where it is, and which field it has."""

    index: int
    name: str
    field: Field | None
    """None for the ids."""


class Planner:
    """Holds a table against the offices; `rows` does it, row by row, as the marked table."""

    def __init__(
        self,
        content: bytes,
        ground: Ground,
        *,
        labels: Labels,
        plan: IO[str],
        told: IO[str],
        progress: Progress,
        marks: bool = True,
    ) -> None:
        self._marks = marks
        self.summary = Summary()
        self.problems: list[Problem] = []
        self._content = content
        self._ground = ground
        self._labels = labels
        self._plan = plan
        self._told = told
        self._progress = progress
        self._seen: set[str] = set()
        self._fields: Counter[str] = Counter()
        self._next = ground.next_number
        self._twins: dict[str, str] | None = None
        self._usual: dict[tuple[str, str | None], list[dict[str, str]]] = {}
        self._columns: list[Column] = []

    def rows(self) -> Iterator[Sequence[Written]]:
        """Plan everything; each row comes out marked with what becomes of it."""
        table = read_sheet(self._content)
        number, head = next(table)
        self._columns = self._head(number, head)
        names = [self._labels.columns[each.name] for each in self._columns]
        yield [self._labels.what, self._labels.was, *names]
        for number, cells in table:
            self.summary.rows += 1
            if self.summary.rows % PROGRESS_EVERY == 0:
                self._progress(self.summary.rows)
            yield self._row(number, cells)
        yield from self._gone()
        self.summary.by_field = dict(self._fields.most_common())
        self._progress(self.summary.rows)

    def _head(self, number: int, head: Sequence[Cell]) -> list[Column]:
        words = self._ground.around.words.columns
        known = by_word({name: named.every() for name, named in words.items()})
        columns: dict[str, Column] = {}
        for index, cell in enumerate(head):
            text = text_of(cell)
            name = known.get(plain(text))
            if name is None:
                if text:
                    self.summary.ignored.append(text)
            elif name in columns:
                raise HeadError("two_columns", name=text, row=number)
            else:
                columns[name] = Column(index, name, BY_NAME.get(name))
        if not columns.keys() - {ID}:
            given = ", ".join(text_of(each) for each in head if each is not None)
            raise HeadError("no_columns", given=given[:200], row=number)
        missing = [each for each in NEEDED_OF_NEW if each not in columns]
        if ID not in columns and missing:
            named = ", ".join(self._labels.columns[each] for each in missing)
            raise HeadError("no_ids", id=self._labels.columns[ID], missing=named)
        order = {each.name: place for place, each in enumerate(FIELDS)}
        return sorted(columns.values(), key=lambda each: order.get(each.name, -1))

    def _row(self, number: int, cells: Sequence[Cell]) -> Sequence[Written]:
        given = {
            each.name: cells[each.index] if each.index < len(cells) else None
            for each in self._columns
        }
        found = _Found(number)
        office = self._office(given.get(ID), found)
        if office is not None and not found.problems:
            if found.is_new:
                self._added(office, given, found)
            elif office in self._ground.existing:
                self._edited(office, given, found)
            else:
                self._unknown(office, given, found)
        self._keep(found)
        return self._marked(given, found) if self._marks else ()

    def _office(self, cell: Cell, found: "_Found") -> str | None:
        """Which office a row is about; a new id where it has none."""
        text = text_of(cell)
        if isinstance(cell, Formula):
            found.wrong(ID, cell, MistakeError(Wrong.FORMULA))
        elif not text:
            found.is_new = True
            self._next += 1
            return f"{self._ground.prefix}{self._next - 1:04d}"
        elif text in self._ground.aliases:
            into = self._ground.aliases[text]
            found.wrong(ID, cell, MistakeError(Wrong.ID_MERGED, given=text, into=into))
        elif text in self._seen:
            found.wrong(ID, cell, MistakeError(Wrong.ID_TWICE, given=text))
        self._seen.add(text)
        return text

    def _edited(self, office: str, given: Mapping[str, Cell], found: "_Found") -> None:
        body = self._ground.existing[office]
        values = self._values(body, given, found)
        if found.problems:
            return
        if not values:
            self.summary.untouched += 1
            return
        found.look = Look.CHANGED
        self.summary.changed += 1
        self._change(found, office, body, values)

    def _added(self, office: str, given: Mapping[str, Cell], found: "_Found") -> None:
        body = {**EMPTY, "id": office}
        values = self._values(body, given, found)
        for each in NEEDED_OF_NEW:
            if not value_of(values, BY_NAME[each].at) and BY_NAME[each].at not in values:
                found.wrong(each, None, MistakeError(Wrong.MISSING))
        if found.problems:
            return
        after = with_values(body, values)
        twin = self._twin(after)
        if twin is not None:
            found.wrong(ID, given.get(ID), MistakeError(Wrong.ID_MISTYPED, office=twin))
            return
        self._known_by_identity()[_identity(after)] = office
        if after["lat"] is None:
            after |= position_of(after, self._ground.around.places)
        if not after["serves"]:
            after["serves"] = self._usually(after["kind"], after["region"])
        found.look = Look.NEW
        self.summary.added += 1
        self._write_plan({"add": after})
        name = after["name"]
        self._tell({"what": "added", "row": found.row, "id": office, "name": name})

    def _unknown(self, office: str, given: Mapping[str, Cell], found: "_Found") -> None:
        """An id that none has; if the rest of the row is an office that there is, it is told."""
        scratch = _Found(found.row)
        body: Raw = {**EMPTY, "id": office}
        after = with_values(body, self._values(body, given, scratch))
        twin = None if scratch.problems or after["kind"] is None else self._twin(after)
        if twin is None:
            found.wrong(ID, given[ID], MistakeError(Wrong.ID, given=office))
        else:
            found.wrong(ID, given[ID], MistakeError(Wrong.ID_MISTYPED, office=twin))

    def _values(self, body: Raw, given: Mapping[str, Cell], found: "_Found") -> Raw:
        """The values that a row gives otherwise than the office has them, and what goes along."""
        values: Raw = {}
        draft = body
        for column in self._columns:
            each = column.field
            if each is None or each.is_shown_so(body, given[column.name]):
                continue
            try:
                value = each.taken(given[column.name], draft, self._ground.around)
            except MistakeError as mistake:
                found.wrong(each.name, given[column.name], mistake)
                continue
            if value != value_of(body, each.at):
                values[each.at] = value
                draft = with_values(draft, {each.at: value})
                found.fields.append(each)
        if not values or found.problems:
            return values
        places = self._ground.around.places
        for name, disagreement in disagreements(body, values, places):
            found.wrong(name, given.get(name), disagreement)
        return settled(body, values, places)

    def _change(self, found: "_Found", office: str, body: Raw, values: Raw) -> None:
        after = with_values(body, values)
        self._write_plan({"id": office, "values": values})
        for each in found.fields:
            old, new = each.shown(body), each.shown(after)
            found.was[each.name] = old
            self._fields[each.name] += 1
            told = {"row": found.row, "id": office, "field": each.name, "old": old, "new": new}
            self._tell({"what": "changed", **told})

    def _gone(self) -> Iterator[Sequence[Written]]:
        """The open offices that the table does not have: closed, if it is a whole directory."""
        existing = self._ground.existing
        if not any(each.name == ID for each in self._columns):
            return
        here = existing.closed | self._seen
        missing = [each for each in existing if each not in here]
        open_ones = len(existing) - len(existing.closed)
        whole = self._ground.whole
        if whole is None:
            whole = open_ones - len(missing) >= open_ones * WHOLE_SHARE
        if not whole:
            self.summary.absent = len(missing)
            return
        self.summary.removed = len(missing)
        for office in missing:
            body = existing[office]
            self._write_plan({"id": office, "values": {"closed": True}})
            self._tell({"what": "removed", "id": office, "name": body["name"]})
            shown = (body["id"] if e.field is None else e.field.shown(body) for e in self._columns)
            marked = [Marked(each, Look.GONE) for each in shown]
            yield [Marked(self._labels.closes, Look.GONE), None, *marked]

    def _keep(self, found: "_Found") -> None:
        self.summary.errors += len(found.problems)
        room = MOST_PROBLEMS - len(self.problems)
        self.problems += found.problems[:room]

    def _marked(self, given: Mapping[str, Cell], found: "_Found") -> Sequence[Written]:
        labels = self._labels
        if found.problems:
            wrong = {each.column: each for each in found.problems}
            said = "; ".join(
                f"{labels.columns[each.column]}: {labels.told(each)}" for each in found.problems
            )
            cells = [
                Marked(_written(given[e.name]), Look.WRONG)
                if e.name in wrong
                else _written(given[e.name])
                for e in self._columns
            ]
            return [Marked(labels.wrong, Look.WRONG), said, *cells]
        if found.look is Look.NEW:
            cells = [Marked(_written(given[each.name]), Look.NEW) for each in self._columns]
            return [Marked(labels.new, Look.NEW), None, *cells]
        cells = [
            Marked(_written(given[e.name]), Look.CHANGED)
            if e.name in found.was
            else _written(given[e.name])
            for e in self._columns
        ]
        if not found.was:
            return [None, None, *cells]
        was = "; ".join(
            f"{labels.columns[n]}: {'' if o is None else o}" for n, o in found.was.items()
        )
        return [Marked(labels.changed, Look.CHANGED), was, *cells]

    def _twin(self, body: Raw) -> str | None:
        """An open office of the same kind, names and place: the same one, most likely."""
        return self._known_by_identity().get(_identity(body))

    def _known_by_identity(self) -> dict[str, str]:
        if self._twins is None:
            self._twins = {}
            for office in self._ground.existing:
                if office not in self._ground.existing.closed:
                    self._twins.setdefault(_identity(self._ground.existing[office]), office)
        return self._twins

    def _usually(self, kind: str, region: str | None) -> list[dict[str, str]]:
        """What most open offices of this kind there are for."""
        known = self._usual.get((kind, region))
        if known is None:
            existing = self._ground.existing
            bodies = (existing[each] for each in existing if each not in existing.closed)
            known = self._usual[kind, region] = usual_services(bodies, kind, region)
        return known

    def _write_plan(self, step: Raw) -> None:
        self._plan.write(_written_json(step) + "\n")

    def _tell(self, what: Raw) -> None:
        self._told.write(_written_json(what) + "\n")


@dataclass(slots=True)
class _Found:
    """What was found about one row."""

    row: int
    is_new: bool = False
    look: Look = Look.PLAIN
    problems: list[Problem] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    was: dict[str, Any] = field(default_factory=dict)

    def wrong(self, column: str, cell: Cell, mistake: MistakeError) -> None:
        """Something is wrong in this cell."""
        value = cell.text if isinstance(cell, Formula) else text_of(cell)
        problem = Problem(self.row, column, value, mistake.wrong.value, mistake.facts)
        self.problems.append(problem)


def usual_services(bodies: Iterable[Raw], kind: str, region: str | None) -> list[dict[str, str]]:
    """The services that at least half of the offices of a kind in a region are for."""
    counts: Counter[tuple[str, str]] = Counter()
    offices = 0
    for body in bodies:
        if body["kind"] == kind and body["region"] == region:
            offices += 1
            counts.update((each["service"], each["as"]) for each in body["serves"])
    return [
        {"service": service, "as": role}
        for (service, role), count in sorted(counts.items())
        if count >= offices * USUAL_SHARE
    ]


def _identity(body: Raw) -> str:
    return "\t".join(
        (body["kind"], body["region"] or "", body["name"]["kk"], body["name"]["ru"])
    ).casefold()


def _written(cell: Cell) -> str | float:
    if isinstance(cell, str) or (isinstance(cell, int | float) and not isinstance(cell, bool)):
        return cell
    return text_of(cell)
