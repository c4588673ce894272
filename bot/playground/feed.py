"""What happened in the town, numbered: the page and the tests read it and wait on it."""

from collections import deque
from typing import Any

from bot.playground.bell import Bell

KEPT_EVENTS = 20_000

Event = dict[str, Any]


class Feed:
    """The latest events, each with its number `n`."""

    def __init__(self, kept: int = KEPT_EVENTS) -> None:
        self._events: deque[Event] = deque(maxlen=kept)
        self._last = 0
        self.grew = Bell()

    @property
    def last(self) -> int:
        """The number of the latest event; 0 before the first."""
        return self._last

    def add(self, kind: str, chat: int, **rest: Any) -> int:
        self._last += 1
        self._events.append({"n": self._last, "kind": kind, "chat": chat, **rest})
        self.grew.ring()
        return self._last

    def after(self, number: int) -> list[Event]:
        """The events that came after the one numbered so, as far as they are kept."""
        missing = self._last - number
        if missing <= 0:
            return []
        if missing >= len(self._events):
            return list(self._events)
        return [
            self._events[index] for index in range(len(self._events) - missing, len(self._events))
        ]
