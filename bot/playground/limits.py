"""How much the bot may send: 30 messages a second, 1 a second to a person, 20 a minute to a group.

Telegram lets a short burst to one person pass; here the burst is three messages, after which one
a second is allowed. Only sending counts: edits and answers to presses are free.
"""

import math
from collections import deque
from collections.abc import Callable

from bot.playground.errors import too_many_requests

OVERALL_PER_SECOND = 30
GROUP_PER_MINUTE = 20
PERSON_BURST = 3
PERSON_PER_SECOND = 1.0


class Window:
    """At most `most` sends within any `seconds`."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._sent: deque[float] = deque()

    def wait(self, now: float, count: int) -> float:
        """How long to wait before `count` more sends fit; 0 when they fit now."""
        sent = self._sent
        while sent and sent[0] <= now - self._seconds:
            sent.popleft()
        if len(sent) + min(count, self._most) <= self._most:
            return 0.0
        last_in_the_way = sent[len(sent) + min(count, self._most) - self._most - 1]
        return last_in_the_way + self._seconds - now

    def take(self, now: float, count: int) -> None:
        self._sent.extend([now] * count)


class Bucket:
    """A burst, refilled at a steady rate."""

    def __init__(self, burst: float, rate: float, now: float) -> None:
        self._burst = burst
        self._rate = rate
        self._left = burst
        self._seen = now

    def wait(self, now: float, count: int) -> float:
        self._left = min(self._burst, self._left + (now - self._seen) * self._rate)
        self._seen = now
        missing = min(count, self._burst) - self._left
        return missing / self._rate if missing > 0 else 0.0

    def take(self, now: float, count: int) -> None:
        self._seen = now
        self._left -= count


class Limits:
    """All the limits on what one bot sends."""

    def __init__(self, clock: Callable[[], float], enforced: bool = True) -> None:
        self._clock = clock
        self.enforced = enforced
        self._overall = Window(OVERALL_PER_SECOND, 1.0)
        self._chats: dict[int, Window | Bucket] = {}

    def spend(self, chat: int, count: int = 1) -> None:
        """Count `count` messages to `chat`, or refuse them all with the time to wait."""
        if not self.enforced:
            return
        now = self._clock()
        limit = self._chats.get(chat)
        if limit is None:
            limit = (
                Bucket(PERSON_BURST, PERSON_PER_SECOND, now)
                if chat > 0
                else Window(GROUP_PER_MINUTE, 60.0)
            )
            self._chats[chat] = limit
        wait = max(self._overall.wait(now, count), limit.wait(now, count))
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        self._overall.take(now, count)
        limit.take(now, count)
