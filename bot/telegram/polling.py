"""Long polling that loses nothing: an update is acknowledged only when it was handled.

Telegram forgets every update below the offset that is asked for. So the offset never passes an
update that is still in hand, and a crash brings back all that was not finished. Updates that come
again meanwhile are passed over here; those of an earlier life are recognised by the turn.
"""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramConflictError,
    TelegramRetryAfter,
)
from aiogram.types import Update

from bot.telegram.intake import AwayError, Intake
from bot.telegram.session import session_of
from bot.telegram.unpacking import unpack

log = structlog.get_logger(__name__)

LONG_WAIT = 25
"""Seconds that Telegram holds a request open when nothing has happened."""
PATIENCE = 0.05
"""Seconds until Telegram is asked for more although something is still in hand."""
PAUSE_AFTER_FAULT = 1.0
LONGEST_PAUSE = 5.0
TO_SAY_GOODBYE = 5
TO_ANSWER = 10.0
"""Seconds that Telegram may take beyond the time it was told to wait."""


class Polling:
    """Fetches updates and hands them on, until it is stopped."""

    def __init__(
        self,
        bot: Bot,
        intake: Intake,
        allowed: list[str],
        on_alive: Callable[[], None],
    ) -> None:
        self._bot = bot
        self._session = session_of(bot)
        self._intake = intake
        self._allowed = allowed
        self._on_alive = on_alive
        self._in_hand: dict[int, asyncio.Task[None]] = {}
        self._done: set[int] = set()
        self._next: int | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until stopped; then finish what is in hand and acknowledge it."""
        stopping = asyncio.create_task(stop.wait(), name="polling-stop")
        try:
            while not stop.is_set():
                await self._round(stopping)
            await self._finish()
        finally:
            stopping.cancel()

    async def _round(self, stopping: asyncio.Task[bool]) -> None:
        fetching = asyncio.create_task(self._fetch(), name="polling-fetch")
        await asyncio.wait({fetching, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not fetching.done():
            fetching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await fetching
            return
        for update in await fetching:
            self._start(update)
        if self._in_hand:
            await asyncio.wait(self._in_hand.values(), timeout=PATIENCE)

    async def _fetch(self) -> list[Update]:
        patience = 0 if self._in_hand else LONG_WAIT
        try:
            found = await self._ask(patience, patience + TO_ANSWER)
        except TelegramConflictError:
            # Either a webhook is still set, and goes now, or another copy polls.
            log.warning("polling_conflict", advice="one token, one poller: stop the other copy")
            with contextlib.suppress(TelegramAPIError, ClientDecodeError):
                await self._bot.delete_webhook()
            await asyncio.sleep(PAUSE_AFTER_FAULT)
        except TelegramRetryAfter as wait:
            await asyncio.sleep(wait.retry_after)
        except (TelegramAPIError, ClientDecodeError) as fault:
            log.warning("polling_fault", kind=type(fault).__name__)
            await asyncio.sleep(PAUSE_AFTER_FAULT)
        else:
            self._on_alive()
            return self._new(found)
        return []

    async def _ask(self, patience: int, within: float) -> list[dict[str, Any]]:
        wanted = {"timeout": patience, "allowed_updates": self._allowed}
        offset = self._offset()
        if offset is not None:
            wanted["offset"] = offset
        found: list[dict[str, Any]] = await self._session.call(
            self._bot, "getUpdates", wanted, within
        )
        return found

    def _new(self, found: list[dict[str, Any]]) -> list[Update]:
        """Those that are neither in hand nor done; what cannot be read is done with."""
        new = []
        for each in found:
            number = each["update_id"]
            self._next = number + 1
            if number in self._in_hand or number in self._done:
                continue
            update = unpack(each, self._bot)
            if update is None:
                self._done.add(number)
            else:
                new.append(update)
        return new

    def _start(self, update: Update) -> None:
        number = update.update_id
        self._in_hand[number] = asyncio.create_task(self._take(update), name=f"update-{number}")

    async def _take(self, update: Update) -> None:
        """Handle an update, again and again while the database is away, and let go of it."""
        pause = PAUSE_AFTER_FAULT
        while True:
            try:
                await self._intake.take(update)
                break
            except AwayError:
                log.warning("database_away", update_id=update.update_id, again_in=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        del self._in_hand[update.update_id]
        self._done.add(update.update_id)

    def _offset(self) -> int | None:
        if not self._in_hand:
            self._done.clear()
            return self._next
        oldest = min(self._in_hand)
        self._done = {number for number in self._done if number > oldest}
        return oldest

    async def _finish(self) -> None:
        if self._in_hand:
            await asyncio.wait(self._in_hand.values())
        if self._next is not None:
            with contextlib.suppress(TelegramAPIError, ClientDecodeError):
                await self._ask(0, TO_SAY_GOODBYE)
