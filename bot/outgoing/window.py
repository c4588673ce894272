"""A sliding window: when the latest messages went, and when the next may go."""

from collections import deque
from math import inf


class Window:
    """Lets so many through within any period."""

    def __init__(self, most: int, period: float) -> None:
        self.most = most
        self.period = period
        self._latest: deque[float] = deque()

    def add(self, now: float) -> None:
        """Note that one more went."""
        while self._latest and self._latest[0] + self.period <= now:
            self._latest.popleft()
        self._latest.append(now)

    def free_at(self, most: int | None = None) -> float:
        """The moment from which one more may go; with `most`, if fewer are to go in a period."""
        most = self.most if most is None else most
        return self._latest[-most] + self.period if len(self._latest) >= most else -inf

    @property
    def empty_at(self) -> float:
        """The moment from which all that went is past."""
        return self._latest[-1] + self.period if self._latest else -inf
