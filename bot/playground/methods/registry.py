"""What a method is: its name, what it does, and the parameters it reads."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.playground.calls import Call
from bot.playground.exchange import Exchange

Handler = Callable[[Exchange, Call], Any]


@dataclass(slots=True, frozen=True)
class Method:
    name: str
    handle: Handler
    takes: frozenset[str]


def method(name: str, handle: Handler, *takes: str) -> Method:
    return Method(name, handle, frozenset(takes))
