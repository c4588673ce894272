"""YAML read with the line of every value, so that an error can say where to look.

Plain words stay what they look like: only true, false, null and whole numbers are not text. So
`no`, `11.1`, `09:00` and `06-01` need no quotes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Where = tuple[str | int, ...]

_NOT_TEXT = {"null": None, "~": None, "": None, "true": True, "false": False}
_INTEGER = re.compile(r"^(0|-?[1-9]\d*)$")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one file: where, and what would be right."""

    file: str
    line: int
    where: str
    what: str

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

    def problem(self, where: Where, what: str) -> Problem:
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
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark
        line = mark.line + 1 if mark else 1
        what = f"this is no YAML: {wrong.problem or wrong.context}; check colons, quotes, indents"
        raise DataError([Problem(path.name, line, "", what)]) from wrong
    lines: dict[Where, int] = {}
    doubled: list[Problem] = []
    data = _read_node(node, (), lines, doubled, path.name) if node else {}
    if doubled:
        raise DataError(doubled)
    return Sheet(path.name, data, lines)


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
                doubled.append(Problem(file, line, "", f"`{key}` stands here twice; keep one"))
            mapping[key] = _read_node(value_node, (*where, key), lines, doubled, file)
            lines[*where, key] = key_node.start_mark.line + 1
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [
            _read_node(each, (*where, index), lines, doubled, file)
            for index, each in enumerate(node.value)
        ]
    return _read_scalar(str(node.value), plain=getattr(node, "style", None) is None)


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
