"""Pace: how often one person is answered, so that nobody alone takes the time of all."""

from collections import OrderedDict, deque
from collections.abc import Callable
from time import monotonic

MOST_PEOPLE = 10_000
"""Whoever was quiet longest is forgotten first."""


class Pace:
    """So many answers within so many seconds for each person, by the clock of this copy."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = monotonic) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._given: OrderedDict[int, deque[float]] = OrderedDict()

    def allows(self, person: int) -> bool:
        """Whether this person may be answered now; if so it counts."""
        now = self._clock()
        given = self._given.setdefault(person, deque(maxlen=self._most))
        self._given.move_to_end(person)
        if len(self._given) > MOST_PEOPLE:
            self._given.popitem(last=False)
        if len(given) == self._most and now - given[0] < self._seconds:
            return False
        given.append(now)
        return True
