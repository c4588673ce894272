"""The intake: every update goes through here, however it came, is counted, and never raises.

Only a database that is away is told to the caller, who then keeps the update or gives it back to
Telegram; any other fault has been reported and would only happen again.
"""

import time

from aiogram import Bot, Dispatcher
from aiogram.types import Update

from bot.watch.faults import Faults
from bot.watch.metrics import Metrics
from core.store.database import Database


class AwayError(Exception):
    """The database cannot be reached; the update was not handled."""


class Intake:
    """Hands updates to the dispatcher."""

    def __init__(
        self,
        *,
        bot: Bot,
        dispatcher: Dispatcher,
        database: Database,
        faults: Faults,
        metrics: Metrics,
    ) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._database = database
        self._faults = faults
        self._metrics = metrics

    async def take(self, update: Update) -> None:
        """Handle one update."""
        began = time.perf_counter()
        try:
            await self._dispatcher.feed_update(self._bot, update)
        except Exception as fault:
            if self._database.is_away(fault):
                raise AwayError from fault
            await self._faults.report("update", fault, update_id=update.update_id)
        finally:
            self._metrics.update(update.event_type, time.perf_counter() - began)
