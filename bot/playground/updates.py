"""Updates waiting for the bot, in order, until the bot confirms them or they grow too old."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from bot.playground.bell import Bell

NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
KINDS = frozenset(
    {
        "message",
        "edited_message",
        "callback_query",
        "inline_query",
        "chosen_inline_result",
        "my_chat_member",
        "chat_member",
        "message_reaction",
    }
)
KEPT_SECONDS = {"callback_query": 150, "inline_query": 30, "chosen_inline_result": 600}
KEPT_SECONDS_OTHERWISE = 24 * 3600


class Waiting(NamedTuple):
    """One update; updates with the same `queue` reach a webhook one after another."""

    update: dict[str, Any]
    queue: tuple[str, int]
    until: float


class Updates:
    """The queue of one bot."""

    def __init__(self, first_id: int, clock: Callable[[], float]) -> None:
        self._next_id = first_id
        self._clock = clock
        self._waiting: OrderedDict[int, Waiting] = OrderedDict()
        self.allowed: frozenset[str] = frozenset()
        self.lost_confirmations = 0
        self.arrived = Bell()
        self.on_new: Callable[[Waiting], None] | None = None

    def __len__(self) -> int:
        return len(self._waiting)

    def allow(self, kinds: Iterable[str]) -> None:
        """Which kinds to keep from now on; none means all but the few that must be asked for."""
        self.allowed = frozenset(kinds) & KINDS

    def add(self, kind: str, body: dict[str, Any], queue: tuple[str, int]) -> int | None:
        """Queue an update; None when the bot did not ask for this kind."""
        if kind not in self.allowed if self.allowed else kind in NOT_BY_DEFAULT:
            return None
        update_id = self._next_id
        self._next_id += 1
        until = self._clock() + KEPT_SECONDS.get(kind, KEPT_SECONDS_OTHERWISE)
        waiting = Waiting({"update_id": update_id, kind: body}, queue, until)
        self._waiting[update_id] = waiting
        self.arrived.ring()
        if self.on_new:
            self.on_new(waiting)
        return update_id

    def all(self) -> list[Waiting]:
        self._drop_old()
        return list(self._waiting.values())

    def loses_confirmation(self) -> bool:
        """Whether a confirmation gets lost, as tests plan it, so that the bot gets things twice."""
        if self.lost_confirmations <= 0:
            return False
        self.lost_confirmations -= 1
        return True

    def is_waiting(self, update_id: int) -> bool:
        return update_id in self._waiting

    def forget(self, update_id: int) -> None:
        """The bot has this one."""
        self._waiting.pop(update_id, None)

    def clear(self) -> None:
        self._waiting.clear()

    def confirm_below(self, offset: int) -> None:
        """Forget what an offset confirms; a negative one keeps only so many from the end."""
        if self._waiting and self.loses_confirmation():
            return
        if offset < 0:
            for update_id in list(self._waiting)[:offset]:
                del self._waiting[update_id]
            return
        while self._waiting:
            first = next(iter(self._waiting))
            if first >= offset:
                return
            del self._waiting[first]

    def first(self, limit: int) -> list[dict[str, Any]]:
        self._drop_old()
        found: list[dict[str, Any]] = []
        for waiting in self._waiting.values():
            if len(found) == limit:
                break
            found.append(waiting.update)
        return found

    def _drop_old(self) -> None:
        now = self._clock()
        old = [update_id for update_id, waiting in self._waiting.items() if waiting.until <= now]
        for update_id in old:
            del self._waiting[update_id]
