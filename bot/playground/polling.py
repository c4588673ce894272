"""Long polling: getUpdates, one poller at a time."""

import time
from typing import Any

from bot.playground.bell import Bell
from bot.playground.calls import Call
from bot.playground.errors import conflict
from bot.playground.exchange import Exchange
from bot.playground.methods.connection import allow

MOST_UPDATES = 100
LONGEST_WAIT = 50
TAKES = frozenset({"offset", "limit", "timeout", "allowed_updates"})
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
ANOTHER_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_SET = "terminated by setWebhook request"


class Polling:
    """Hands updates to whoever polled last; the former poller is told of the conflict."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._newest = 0
        self._stopped = False
        self.waiting = 0
        self.idle = Bell()

    def stop(self) -> None:
        """Let a waiting poller go with nothing."""
        self._stopped = True
        self._exchange.town.updates.arrived.ring()

    async def get_updates(self, call: Call) -> list[dict[str, Any]]:
        exchange = self._exchange
        updates = exchange.town.updates
        if exchange.webhook.url:
            raise conflict(WEBHOOK_ACTIVE)
        self._newest += 1
        mine = self._newest
        updates.arrived.ring()
        allow(exchange, call)
        if offset := call.integer("offset"):
            updates.confirm_below(offset)
        limit = call.integer("limit", MOST_UPDATES)
        limit = limit if 1 <= limit <= MOST_UPDATES else MOST_UPDATES
        seconds = min(max(0, call.integer("timeout")), LONGEST_WAIT)
        deadline = time.monotonic() + seconds
        self.waiting += 1
        self.idle.ring()
        try:
            while not (found := updates.first(limit)) and not self._stopped:
                left = deadline - time.monotonic()
                if left <= 0 or not await updates.arrived.heard(left):
                    return []
                if exchange.webhook.url:
                    raise conflict(WEBHOOK_SET)
                if mine != self._newest:
                    raise conflict(ANOTHER_POLLER)
        finally:
            self.waiting -= 1
        return found
