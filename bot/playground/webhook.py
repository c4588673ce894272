"""Sending updates to the bot's webhook: in order within each chat, retried until taken.

Like Telegram's own server: updates of one queue (a chat, a person's presses) follow one another,
different queues go at the same time up to `max_connections`, anything but a 2xx answer is tried
again with growing pauses, and a method in the body of the answer is carried out.
"""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import aiohttp

from bot.playground.bell import Bell
from bot.playground.calls import Upload
from bot.playground.exchange import Exchange, Webhook
from bot.playground.reading import read_parameters
from bot.playground.updates import Waiting

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
LONGEST_PAUSE = 60.0
ANSWER_SECONDS = 60.0
NOT_IN_ANSWER = frozenset({"setwebhook", "deletewebhook", "close", "logout"})

Perform = Callable[[str, dict[str, Any], dict[str, Upload]], Awaitable[Any]]


class WebhookSender:
    """Delivers updates while a webhook is set; several targets take turns, one per update."""

    def __init__(self, exchange: Exchange, perform: Perform, first_pause: float = 1.0) -> None:
        self._exchange = exchange
        self._perform = perform
        self._first_pause = first_pause
        self._queues: dict[tuple[str, int], deque[Waiting]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None
        self._free: asyncio.Semaphore = asyncio.Semaphore(1)
        self._turn = 0
        self.targets: Sequence[str] = ()
        self.settled = Bell()

    @property
    def busy(self) -> bool:
        """Whether any update is on its way."""
        return bool(self._queues)

    def connect(self, webhook: Webhook) -> None:
        """Begin to send to this webhook everything that waits; an empty one sends nothing."""
        self._cancel()
        updates = self._exchange.town.updates
        updates.arrived.ring()
        updates.on_new = None
        if not webhook.url:
            return
        self._free = asyncio.Semaphore(webhook.max_connections)
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0),
                timeout=aiohttp.ClientTimeout(total=ANSWER_SECONDS),
            )
        updates.on_new = self._take
        for waiting in updates.all():
            self._take(waiting)

    async def stop(self) -> None:
        self._exchange.town.updates.on_new = None
        tasks = list(self._tasks)
        self._cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _cancel(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._queues.clear()

    def _take(self, waiting: Waiting) -> None:
        queue = self._queues.get(waiting.queue)
        if queue is not None:
            queue.append(waiting)
            return
        queue = self._queues[waiting.queue] = deque([waiting])
        task = asyncio.get_running_loop().create_task(self._drain(waiting.queue, queue))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drain(self, key: tuple[str, int], queue: deque[Waiting]) -> None:
        while queue:
            await self._deliver(queue[0])
            queue.popleft()
        if self._queues.get(key) is queue:
            del self._queues[key]
        self.settled.ring()

    async def _deliver(self, waiting: Waiting) -> None:
        """Offer one update until it is taken or grows too old."""
        town = self._exchange.town
        update_id = waiting.update["update_id"]
        pause = self._first_pause
        while town.updates.is_waiting(update_id) and waiting.until > town.clock():
            async with self._free:
                error, retry_after = await self._offer(waiting)
            if error is None:
                if town.updates.loses_confirmation():
                    continue
                break
            webhook = self._exchange.webhook
            webhook.last_error_date = town.now()
            webhook.last_error_message = error
            await asyncio.sleep(retry_after or pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        town.updates.forget(update_id)

    async def _offer(self, waiting: Waiting) -> tuple[str | None, float]:
        """What went wrong (None: nothing) and how long the bot asked to wait."""
        webhook = self._exchange.webhook
        session = self._session
        if session is None:
            return "webhook is closed", 0.0
        headers = {"Content-Type": "application/json"}
        if webhook.secret_token:
            headers[SECRET_HEADER] = webhook.secret_token
        body = json.dumps(waiting.update, separators=(",", ":")).encode()
        try:
            async with session.post(
                self._next_target(webhook), data=body, headers=headers, allow_redirects=False
            ) as response:
                asked = await read_parameters(response.headers, response.content)
                status, reason = response.status, response.reason
                retry_after = response.headers.get("Retry-After", "")
        except aiohttp.ClientConnectorError:
            return "Connection refused", 0.0
        except aiohttp.ClientError:
            return "Webhook connection closed", 0.0
        except TimeoutError:
            return "Read timeout expired", 0.0
        if not 200 <= status <= 299:  # noqa: PLR2004
            wait = float(retry_after) if retry_after.isdigit() else 0.0
            return f"Wrong response from the webhook: {status} {reason}", wait
        await self._carry_out(*asked)
        return None, 0.0

    def _next_target(self, webhook: Webhook) -> str:
        if not self.targets:
            return webhook.url
        self._turn += 1
        return self.targets[(self._turn - 1) % len(self.targets)]

    async def _carry_out(self, params: dict[str, Any], files: dict[str, Upload]) -> None:
        """Do what the body of the answer asks; its outcome is told to nobody, as with Telegram."""
        method = str(params.pop("method", "")).lower()
        if method and method not in NOT_IN_ANSWER and not method.startswith("get"):
            await self._perform(method, params, files)
