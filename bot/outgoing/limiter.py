"""The limiter: one gate for all that goes out, so that Telegram never has to say "too many".

Whoever wants to send asks for a slot, and gets it when the limits of the chat and of all messages
allow it: lower lanes first, in the order of asking within a lane. Nothing is polled: one alarm
stands at the next moment at which a slot can come free.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from math import inf
from typing import Protocol

from bot.outgoing.window import Window
from core.outgoing import Lane

# On the way to Telegram two messages may come a little closer together.
SLACK = 0.05
SECOND = 1 + SLACK
MINUTE = 60 + SLACK
TO_A_PERSON_A_SECOND = 1
TO_A_GROUP_A_MINUTE = 20
# The queue leaves the sixth part of every second to people who are waiting for a reply.
KEPT_FOR_REPLIES = 6
# Telegram does not say whether it means one chat or the whole bot; so many chats mean the bot.
CHATS_THAT_MEAN_ALL = 3


class Alarm(Protocol):
    """Something that will ring unless it is called off."""

    def cancel(self) -> None:
        """Call it off."""


class Timer(Protocol):
    """A monotonic clock that can ring; an event loop is one."""

    def time(self) -> float:
        """Tell the moment, in seconds."""
        ...

    def call_at(self, when: float, callback: Callable[[], object], /) -> Alarm:
        """Ring at a moment."""
        ...


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody who waits for a slot; the future holds the seconds still to wait, 0 for a slot."""

    lane: Lane
    number: int
    answer: asyncio.Future[float]


@dataclass(slots=True)
class Chat:
    """A chat that something went to lately, or that somebody waits for."""

    window: Window
    paused_until: float = -inf
    askings: dict[Lane, dict[int, Asking]] = field(default_factory=dict)

    @property
    def free_at(self) -> float:
        """The moment from which something may go there."""
        return max(self.paused_until, self.window.free_at())

    @property
    def idle_at(self) -> float:
        """The moment from which there is nothing to remember."""
        return max(self.paused_until, self.window.empty_at)

    @property
    def first(self) -> Asking | None:
        """Who is next."""
        return next(iter(self.askings[min(self.askings)].values())) if self.askings else None

    def add(self, asking: Asking) -> None:
        """Let one more wait."""
        self.askings.setdefault(asking.lane, {})[asking.number] = asking

    def remove(self, asking: Asking) -> None:
        """Let one wait no more."""
        lane = self.askings.get(asking.lane, {})
        lane.pop(asking.number, None)
        if not lane:
            self.askings.pop(asking.lane, None)


class Limiter:
    """Gives out slots; each costs the logarithm of how many wait."""

    def __init__(self, a_second: float, timer: Timer | None = None) -> None:
        self._timer = timer or asyncio.get_running_loop()
        self._all = Window(1, SECOND)
        self._all_paused_until = -inf
        self._chats: dict[int, Chat] = {}
        self._asked = 0
        # Heaps whose entries are checked when they come up: what has changed meanwhile is dropped,
        # since whatever changed it has put a newer entry in.
        self._ready: list[tuple[Lane, int, int]] = []
        self._later: list[tuple[float, int]] = []
        self._idle: list[tuple[float, int]] = []
        self._told_to_wait: deque[tuple[float, int]] = deque()
        self._alarm: Alarm | None = None
        self._alarm_at = inf
        self.share(a_second)

    def __len__(self) -> int:
        """How many chats are remembered."""
        return len(self._chats)

    def share(self, a_second: float) -> None:
        """From now on, so many messages a second in all."""
        self._all.most = max(1, int(a_second))
        self._all.period = max(1.0, 1 / a_second) + SLACK
        self._give()

    def pause(self, chat_id: int, seconds: float) -> None:
        """Telegram wants this long a pause after something meant for this chat."""
        now = self._timer.time()
        chat = self._chat(chat_id)
        chat.paused_until = max(chat.paused_until, now + seconds)
        self._place(chat_id, chat, now)
        self._told_to_wait.append((now, chat_id))
        while self._told_to_wait[0][0] <= now - SECOND:
            self._told_to_wait.popleft()
        if len({each for _, each in self._told_to_wait}) >= CHATS_THAT_MEAN_ALL:
            self._all_paused_until = max(self._all_paused_until, now + seconds)
        self._give()

    async def slot(self, chat_id: int, lane: Lane, patience: float = inf) -> float:
        """Wait for leave to send one message; gives 0, or the seconds to wait beyond patience."""
        now = self._timer.time()
        pause = self._pause(chat_id, now)
        if pause > patience:
            return pause
        chat = self._chat(chat_id)
        self._asked += 1
        asking = Asking(lane, self._asked, asyncio.get_running_loop().create_future())
        chat.add(asking)
        if chat.first is asking:
            self._place(chat_id, chat, now)
        self._give()
        if asking.answer.done():
            return asking.answer.result()
        return await self._wait(chat_id, chat, asking, now + patience)

    async def passage(self, chat_id: int, patience: float = inf) -> float:
        """Wait out a pause, for what Telegram does not count; gives as `slot` does."""
        while (pause := self._pause(chat_id, now := self._timer.time())) > 0:
            if pause > patience:
                return pause
            patience -= pause
            over = asyncio.Event()
            alarm = self._timer.call_at(now + pause, over.set)
            try:
                await over.wait()
            finally:
                alarm.cancel()
        return 0

    async def _wait(self, chat_id: int, chat: Chat, asking: Asking, until: float) -> float:
        gives_up = None
        if until < inf:
            gives_up = self._timer.call_at(until, lambda: self._disappoint(chat, asking))
        try:
            return await asking.answer
        finally:
            if gives_up:
                gives_up.cancel()
            was_first = chat.first is asking
            chat.remove(asking)
            if was_first:
                self._place(chat_id, chat, self._timer.time())
                self._give()

    def _disappoint(self, chat: Chat, asking: Asking) -> None:
        if not asking.answer.done():
            free_at = max(chat.free_at, self._all_paused_until)
            asking.answer.set_result(max(free_at - self._timer.time(), 1.0))

    def _pause(self, chat_id: int, now: float) -> float:
        chat = self._chats.get(chat_id)
        until = max(chat.paused_until if chat else -inf, self._all_paused_until)
        return max(until - now, 0)

    def _chat(self, chat_id: int) -> Chat:
        chat = self._chats.get(chat_id)
        if chat is None:
            window = (
                Window(TO_A_PERSON_A_SECOND, SECOND)
                if chat_id > 0
                else Window(TO_A_GROUP_A_MINUTE, MINUTE)
            )
            chat = self._chats[chat_id] = Chat(window)
        return chat

    def _place(self, chat_id: int, chat: Chat, now: float) -> None:
        """Put a chat into the heap where it belongs now."""
        first = chat.first
        if first is None:
            heappush(self._idle, (chat.idle_at, chat_id))
        elif chat.free_at > now:
            heappush(self._later, (chat.free_at, chat_id))
        else:
            heappush(self._ready, (first.lane, first.number, chat_id))

    def _give(self) -> None:
        """Give out every slot there is, and set the alarm for the next."""
        now = self._timer.time()
        self._forget_idle(now)
        while self._later and self._later[0][0] <= now:
            chat_id = heappop(self._later)[1]
            chat = self._chats.get(chat_id)
            if chat is not None:
                self._place(chat_id, chat, now)
        wake_at = self._give_ready(now)
        if self._later:
            wake_at = min(wake_at, self._later[0][0])
        self._wake_at(wake_at)

    def _give_ready(self, now: float) -> float:
        while self._ready:
            lane, number, chat_id = self._ready[0]
            chat = self._chats.get(chat_id)
            first = chat.first if chat else None
            if chat is None or first is None or first.number != number or chat.free_at > now:
                heappop(self._ready)
                continue
            free_at = max(self._all.free_at(self._most(lane)), self._all_paused_until)
            if free_at > now:
                return free_at
            heappop(self._ready)
            chat.remove(first)
            if not first.answer.done():
                chat.window.add(now)
                self._all.add(now)
                first.answer.set_result(0)
            self._place(chat_id, chat, now)
        return inf

    def _most(self, lane: Lane) -> int:
        most = self._all.most
        return most if lane is Lane.REPLY else most - most // KEPT_FOR_REPLIES

    def _forget_idle(self, now: float) -> None:
        while self._idle and self._idle[0][0] <= now:
            chat_id = heappop(self._idle)[1]
            chat = self._chats.get(chat_id)
            if chat is not None and not chat.askings and chat.idle_at <= now:
                del self._chats[chat_id]

    def _wake_at(self, when: float) -> None:
        if when == self._alarm_at:
            return
        if self._alarm:
            self._alarm.cancel()
        self._alarm_at = when
        self._alarm = self._timer.call_at(when, self._ring) if when < inf else None

    def _ring(self) -> None:
        self._alarm, self._alarm_at = None, inf
        self._give()


class OpenLimiter(Limiter):
    """Counts nothing, for a server that is not Telegram's; a pause it asks for is kept."""

    async def slot(
        self,
        chat_id: int,
        lane: Lane,  # noqa: ARG002 - nobody waits, so nobody goes first
        patience: float = inf,
    ) -> float:
        """Wait for nothing but the end of a pause."""
        return await self.passage(chat_id, patience)
