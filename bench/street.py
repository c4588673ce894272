"""The street: the playground's server with a crowd that presses and waits for what it gets.

Server and crowd share one process, so that their share of a core is known and the bot has the rest.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.playground.server import PlaygroundServer

PATIENCE = 60.0
FIRST_PATIENCE = 5.0
TRIES = 30
MOVING_IN = 50


@dataclass(eq=False)
class Walker:
    """One person of the crowd, who acts and waits for all that the bot does about it."""

    id: int
    message: int = 0
    turn: int = 0
    markup: dict[str, Any] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    done: asyncio.Future[None] | None = None

    def saw(self, kind: str, message: dict[str, Any] | None) -> None:
        """The bot did something in this person's chat."""
        if message is not None:
            self.message = message["message_id"]
            self.markup = message.get("reply_markup", {})
        self.missing.discard(kind)
        if self.done and not self.missing and not self.done.done():
            self.done.set_result(None)


Act = Callable[["Street", Walker], None]


@dataclass(frozen=True)
class Walk:
    """What a person does at each turn, and by which events it is known to be done."""

    act: Act
    done_by: frozenset[str]


class Street:
    """A running server with people in it."""

    def __init__(self, server: PlaygroundServer) -> None:
        self.server = server
        self.walkers: list[Walker] = []
        self._by_chat: dict[int, Walker] = {}
        self._add_event = server.town.feed.add
        server.town.feed.add = self._watch  # type: ignore[method-assign]

    async def settle(self, number: int) -> None:
        """Let people move in, each with a message of the bot to press buttons on."""
        town = self.server.town
        for index in range(number):
            person = town.add_person(f"Walker {index}", language_code="ru")
            town.say(person.id, person.id, "/start")
            self.meets(Walker(person.id))
        town.updates.clear()
        url = f"{self.server.bot_api_url}/bot{self.server.token}/sendMessage"
        async with aiohttp.ClientSession() as http:
            for start in range(0, number, MOVING_IN):
                few = self.walkers[start : start + MOVING_IN]
                await asyncio.gather(*(self._greet(http, url, each) for each in few))

    def meets(self, walker: Walker) -> None:
        """Let somebody hear what the bot does in their chat."""
        self.walkers.append(walker)
        self._by_chat[walker.id] = walker

    async def woken(self, walk: Walk) -> None:
        """Wait for the bot: a press is answered only if that happens soon, so try until it is."""
        for _ in range(TRIES):
            try:
                await self.do(self.walkers[0], walk, FIRST_PATIENCE)
            except TimeoutError:
                continue
            return
        raise RuntimeError("the bot does not answer")

    async def do(self, walker: Walker, walk: Walk, patience: float = PATIENCE) -> float:
        """One act of one person; gives the seconds until all of the answer was there."""
        walker.missing = set(walk.done_by)
        walker.done = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        walker.turn += 1
        walk.act(self, walker)
        async with asyncio.timeout(patience):
            await walker.done
        return time.perf_counter() - began

    async def crowd(self, walk: Walk, updates: int, at_once: int) -> float:
        """So many updates, each person acting again as soon as answered; updates a second."""
        turns = iter(range(updates))

        async def go(walkers: list[Walker]) -> None:
            for number, _ in enumerate(turns):
                await self.do(walkers[number % len(walkers)], walk)

        shares = [self.walkers[start::at_once] for start in range(at_once)]
        began = time.perf_counter()
        await asyncio.gather(*(go(share) for share in shares))
        return updates / (time.perf_counter() - began)

    async def stream(self, walk: Walk, updates: int, a_second: float) -> list[float]:
        """So many updates at an even pace, whatever becomes of them; the seconds each one took."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        acts = []
        for turn in range(updates):
            await asyncio.sleep(max(0.0, began + turn / a_second - loop.time()))
            walker = self.walkers[turn % len(self.walkers)]
            acts.append(asyncio.create_task(self.do(walker, walk)))
        return list(await asyncio.gather(*acts))

    async def _greet(self, http: aiohttp.ClientSession, url: str, walker: Walker) -> None:
        message = {"chat_id": walker.id, "text": "."}
        async with http.post(url, json=message) as answer:
            walker.message = (await answer.json())["result"]["message_id"]

    def _watch(self, kind: str, chat: int, **rest: Any) -> int:
        number = self._add_event(kind, chat, **rest)
        walker = self._by_chat.get(chat)
        if walker is not None:
            message = rest.get("message")
            if message is None or message["from"]["id"] == self.server.town.bot_id:
                walker.saw(kind, message)
        return number
