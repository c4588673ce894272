"""One call of the bot, its parameters read as Telegram reads them; and the record of past calls."""

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.playground.errors import bad_request

KEPT_CALLS = 10_000
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
TRUE = frozenset({"true", "yes", "1"})


@dataclass(slots=True, frozen=True)
class Upload:
    """A file that came with a call."""

    name: str
    content: bytes
    mime: str = ""


class Call:
    """Parameters by name; a handler may read only those its method declares."""

    __slots__ = ("files", "method", "params", "takes")

    def __init__(
        self,
        method: str,
        takes: frozenset[str],
        params: Mapping[str, Any],
        files: Mapping[str, Upload],
    ) -> None:
        self.method = method
        self.params = params
        self.files = files
        self.takes = takes

    def value(self, name: str) -> Any:
        if name not in self.takes:
            raise KeyError(f"{self.method} does not declare the parameter {name}")
        return self.params.get(name)

    def has(self, name: str) -> bool:
        return self.value(name) is not None

    def text(self, name: str) -> str:
        value = self.value(name)
        return "" if value is None else str(value)

    def integer(self, name: str, otherwise: int = 0) -> int:
        """A whole number; what is none counts as absent, as with Telegram."""
        return whole(self.value(name), otherwise)

    def number(self, name: str) -> float | None:
        value = self.value(name)
        try:
            return None if value is None else float(value)
        except ValueError:
            return None

    def flag(self, name: str) -> bool:
        return truth(self.value(name))

    def json(self, name: str) -> Any:
        """A structure, whether it came as JSON or as text that holds JSON."""
        value = self.value(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return parse_json(value)
        except ValueError as error:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from error

    def objects(self, name: str) -> list[dict[str, Any]]:
        """A list of structures; absent counts as empty."""
        value = self.json(name)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise bad_request(f"can't parse {name.replace('_', ' ')}: expected an Array of Objects")
        return value


def parse_json(source: str) -> Any:
    """A structure from JSON; half of a surrogate pair is no character and counts as an error."""
    value = json.loads(source)
    if _SURROGATE.search(source):
        json.dumps(value, ensure_ascii=False).encode()
    return value


def whole(value: Any, otherwise: int = 0) -> int:
    try:
        return otherwise if value is None else int(value)
    except (TypeError, ValueError, OverflowError):
        return otherwise


def truth(value: Any) -> bool:
    return value is True or (value is not None and str(value).lower() in TRUE)


@dataclass(slots=True, frozen=True)
class PastCall:
    """What the bot asked, and what it was answered (`error` is None when all went well)."""

    method: str
    params: dict[str, Any]
    at: float
    result: Any = None
    error: str | None = None
    files: tuple[str, ...] = ()


@dataclass(slots=True)
class Calls:
    """The latest calls, for assertions; recording can be switched off."""

    recording: bool = True
    _kept: deque[PastCall] = field(default_factory=lambda: deque(maxlen=KEPT_CALLS))

    def add(self, call: PastCall) -> None:
        self._kept.append(call)

    def of(self, method: str) -> list[PastCall]:
        return [call for call in self._kept if call.method.lower() == method.lower()]

    def clear(self) -> None:
        self._kept.clear()

    def __iter__(self) -> Iterator[PastCall]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def __getitem__(self, index: int) -> PastCall:
        return self._kept[index]
