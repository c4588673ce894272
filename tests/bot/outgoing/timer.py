"""Timers for tests: one stands still until it is moved, one jumps ahead, one runs very fast."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import count

MORNING = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


@dataclass
class StillAlarm:
    """An alarm that knows whether it was called off."""

    callback: Callable[[], object]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


@dataclass
class StillTimer:
    """A monotonic clock in the hands of a test."""

    now: float = 1000.0
    _alarms: list[tuple[float, int, StillAlarm]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    def time(self) -> float:
        return self.now

    def call_at(self, when: float, callback: Callable[[], object], /) -> StillAlarm:
        alarm = StillAlarm(callback)
        heappush(self._alarms, (when, next(self._numbers), alarm))
        return alarm

    def next_at(self) -> float | None:
        """When the next alarm rings, if any is set."""
        while self._alarms and self._alarms[0][2].cancelled:
            heappop(self._alarms)
        return self._alarms[0][0] if self._alarms else None

    def forward_to(self, moment: float) -> None:
        """Let time pass up to a moment, ringing at each alarm on the way."""
        while (when := self.next_at()) is not None and when <= moment:
            alarm = heappop(self._alarms)[2]
            self.now = max(self.now, when)
            alarm.callback()
        self.now = max(self.now, moment)


class HastyTimer(StillTimer):
    """A clock that jumps to the next alarm as soon as one is set, so that nobody ever waits."""

    def call_at(self, when: float, callback: Callable[[], object], /) -> StillAlarm:
        alarm = super().call_at(when, callback)
        asyncio.get_running_loop().call_soon(self._jump)
        return alarm

    def _jump(self) -> None:
        when = self.next_at()
        if when is not None:
            self.forward_to(when)


@dataclass
class QuickTimer:
    """The loop's own clock, a hundred times as fast; it tells the date as well."""

    speed: float = 100.0

    def __post_init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._start = self.time()

    def time(self) -> float:
        return self._loop.time() * self.speed

    def call_at(self, when: float, callback: Callable[[], object], /) -> asyncio.TimerHandle:
        return self._loop.call_at(when / self.speed, callback)

    def now(self) -> datetime:
        return MORNING + timedelta(seconds=self.time() - self._start)
