"""YAML read with the line of every value, so that an error can say where to look.

Plain words stay what they look like: only true, false, null and whole numbers are not text. So
`no`, `11.1`, `09:00` and `06-01` need no quotes. A file may come from anybody: what would take
much memory or time, or mean more than it shows, is refused before anything is built of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from core.services.mistakes import Mistake, mistake, shown

Where = tuple[str | int, ...]

MOST_BYTES = 300_000
"""No service of ours has a fourth of it."""

MOST_VALUES = 30_000
DEEPEST = 32

_NOT_TEXT = {"null": None, "~": None, "": None, "true": True, "false": False}
_INTEGER = re.compile(r"^(0|-?[1-9]\d{0,17})$")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one file: where, and what would be right."""

    file: str
    line: int
    where: str
    what: Mistake

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}"
        return f"{place}: {self.where}: {self.what}" if self.where else f"{place}: {self.what}"


class DataError(ValueError):
    """Files that cannot be used, with everything that is wrong in them."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(each) for each in problems))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as read: its data, and the line of each value by the path to it."""

    file: str
    data: Any
    lines: dict[Where, int]

    def problem(self, where: Where, what: Mistake) -> Problem:
        """This problem at the nearest value that the file really has on this path."""
        known = self._known(where)
        return Problem(self.file, self.lines.get(known, 1), self._spoken(known), what)

    def _known(self, where: Where) -> Where:
        """The path without the steps that the file does not have (names of variants)."""
        known: Where = ()
        for step in where:
            if (*known, step) in self.lines:
                known = (*known, step)
        return known

    def _spoken(self, where: Where) -> str:
        """The path as a person would name it: items of lists by their id where they have one."""
        spoken, data = "", self.data
        for step in where:
            data = data[step]
            if isinstance(step, str):
                spoken += f".{step}" if spoken else step
            else:
                name = data.get("id") if isinstance(data, dict) else None
                spoken += f"[{name or step + 1}]"
        return spoken


def read_sheet(path: Path) -> Sheet:
    """The file with the lines of its values; raises DataError where it is no YAML."""
    return sheet_of(path.name, path.read_bytes())


def sheet_of(name: str, content: bytes) -> Sheet:
    """The same of a file that is not on a disk."""
    text = _decoded(name, content)
    try:
        _look_through(name, text)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark
        raise DataError([_no_yaml(name, mark.line if mark else 0, wrong)]) from wrong
    except yaml.YAMLError as wrong:
        # A sign that no YAML may hold; the parser says which, and not where.
        raise DataError([_no_yaml(name, 0, wrong)]) from wrong
    lines: dict[Where, int] = {}
    doubled: list[Problem] = []
    data = _read_node(node, (), lines, doubled, name) if node else {}
    if doubled:
        raise DataError(doubled)
    return Sheet(name, data, lines)


def _decoded(name: str, content: bytes) -> str:
    if len(content) > MOST_BYTES:
        what = mistake("the file is larger than {most} bytes", most=MOST_BYTES)
        raise DataError([Problem(name, 1, "", what)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].count(b"\n") + 1
        what = mistake("this is no text in UTF-8; save the file in the encoding UTF-8")
        raise DataError([Problem(name, line, "", what)]) from wrong


def _no_yaml(name: str, line: int, wrong: yaml.YAMLError) -> Problem:
    said = getattr(wrong, "problem", None) or getattr(wrong, "context", None) or wrong
    what = mistake("this is no YAML ({said}); check colons, quotes and indents", said=shown(said))
    return Problem(name, line + 1, "", what)


@dataclass(slots=True)
class _Open:
    """A list or keys that is being read: how much it holds so far, and how deep."""

    anchor: str | None
    size: int = 1
    height: int = 0

    def take(self, value: "_Open") -> None:
        """Count a value that stands in it."""
        self.size += value.size
        self.height = max(self.height, value.height + 1)


def _look_through(name: str, text: str) -> None:
    """Refuse what no file of ours has, event by event, before anything is built of it."""
    look = _Look()
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        what = look.at(event) or look.too_much()
        if what is not None:
            line = event.start_mark.line if event.start_mark else 0
            raise DataError([Problem(name, line + 1, "", what)])


class _Look:
    """What was seen of a file so far; what `*` repeats counts as often as it stands there."""

    def __init__(self) -> None:
        self._opened = [_Open(None)]
        self._anchored: dict[str, _Open] = {}
        self._documents = 0

    def at(self, event: yaml.Event) -> Mistake | None:
        """Take in the next thing; tell what is wrong with it."""
        if getattr(event, "tag", None):
            return mistake("`!` is not used here; put the text in quotes if it begins with it")
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
            case yaml.AliasEvent():
                repeated = self._anchored.get(str(event.anchor))
                if repeated is None:
                    return mistake(
                        "`*{name}` repeats nothing that stands before", name=event.anchor
                    )
                self._opened[-1].take(repeated)
            case yaml.CollectionStartEvent():
                self._opened.append(_Open(event.anchor))
            case yaml.CollectionEndEvent():
                self._close(self._opened.pop())
            case yaml.ScalarEvent():
                self._close(_Open(event.anchor))
        return None

    def too_much(self) -> Mistake | None:
        """What there is too much of by now."""
        inmost = self._opened[-1]
        if len(self._opened) + inmost.height > DEEPEST:
            return mistake("lists and keys stand more than {most} deep here", most=DEEPEST)
        if sum(each.size for each in self._opened) > MOST_VALUES:
            return mistake("the file has more than {most} values", most=MOST_VALUES)
        if self._documents > 1:
            return mistake("`---` begins a second file here; one file is one service")
        return None

    def _close(self, value: _Open) -> None:
        self._opened[-1].take(value)
        if value.anchor:
            self._anchored[value.anchor] = value


def _read_node(
    node: yaml.Node, where: Where, lines: dict[Where, int], doubled: list[Problem], file: str
) -> Any:
    lines[where] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in mapping:
                line = key_node.start_mark.line + 1
                doubled.append(
                    Problem(file, line, "", mistake("`{key}` stands here twice; keep one", key=key))
                )
            mapping[key] = _read_node(value_node, (*where, key), lines, doubled, file)
            lines[*where, key] = key_node.start_mark.line + 1
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [
            _read_node(each, (*where, index), lines, doubled, file)
            for index, each in enumerate(node.value)
        ]
    return _read_scalar(str(node.value), plain=not getattr(node, "style", None))


def _read_scalar(text: str, *, plain: bool) -> Any:
    if not plain:
        return text
    if text in _NOT_TEXT:
        return _NOT_TEXT[text]
    return int(text) if _INTEGER.match(text) else text


def texts_in(data: Any, where: Where = ()) -> Iterator[tuple[Where, str]]:
    """Every text in the data, with the path to it."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from texts_in(value, (*where, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from texts_in(value, (*where, index))
    elif isinstance(data, str):
        yield where, data
