"""Faults on purpose, for tests of retries: errors, broken connections, answers that never come."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

TEXTS = {500: "Internal Server Error", 502: "Bad Gateway", 504: "Gateway Timeout"}

Kind = Literal["error", "close", "silence"]


@dataclass(slots=True, frozen=True)
class Fault:
    """What goes wrong; with `after` the call is carried out and only its answer is lost."""

    kind: Kind = "error"
    code: int = 500
    retry_after: int = 1
    after: bool = False


@dataclass(slots=True)
class _Planned:
    method: str | None
    fault: Fault
    times: int


@dataclass(slots=True)
class _Chance:
    portion: float
    faults: Sequence[Fault]
    methods: frozenset[str]


class Faults:
    """The faults still to come; none unless a test asks."""

    def __init__(self, seed: int | None = None) -> None:
        self._planned: list[_Planned] = []
        self._chances: list[_Chance] = []
        self._random = random.Random(seed)  # noqa: S311 - chance, not secrets

    def next(self, method: str | None, fault: Fault | int, times: int = 1) -> None:
        """The next `times` calls of `method` (None: of any but polling) go wrong like this."""
        planned = Fault(code=fault) if isinstance(fault, int) else fault
        self._planned.append(_Planned(method.lower() if method else None, planned, times))

    def share(self, portion: float, faults: Sequence[Fault], methods: Sequence[str] = ()) -> None:
        """A random portion of calls (of these methods; none: all but polling) goes wrong."""
        names = frozenset(method.lower() for method in methods)
        self._chances.append(_Chance(portion, faults, names))

    def clear(self) -> None:
        self._planned.clear()
        self._chances.clear()

    def pick(self, method: str) -> Fault | None:
        """The fault of this call, if it is to have one."""
        if not self._planned and not self._chances:
            return None
        name = method.lower()
        for planned in self._planned:
            if planned.method == name or (planned.method is None and name != "getupdates"):
                planned.times -= 1
                if planned.times <= 0:
                    self._planned.remove(planned)
                return planned.fault
        for chance in self._chances:
            meant = name in chance.methods if chance.methods else name != "getupdates"
            if meant and self._random.random() < chance.portion:
                return self._random.choice(chance.faults)
        return None
