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
from pydantic import ValidationError

from bot.telegram.intake import AwayError, Intake

log = structlog.get_logger(__name__)

LONG_WAIT = 25
"""Seconds that Telegram holds a request open when nothing has happened."""
PATIENCE = 0.05
"""Seconds until Telegram is asked for more although something is still in hand."""
PAUSE_AFTER_FAULT = 1.0
LONGEST_PAUSE = 5.0
TO_SAY_GOODBYE = 5


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
        try:
            updates = await self._bot.get_updates(
                offset=self._offset(),
                timeout=0 if self._in_hand else LONG_WAIT,
                allowed_updates=self._allowed,
                request_timeout=LONG_WAIT + 10,
            )
        except TelegramConflictError:
            # Either a webhook is still set, and goes now, or another copy polls.
            log.warning("polling_conflict", advice="one token, one poller: stop the other copy")
            with contextlib.suppress(TelegramAPIError):
                await self._bot.delete_webhook()
            await asyncio.sleep(PAUSE_AFTER_FAULT)
        except TelegramRetryAfter as wait:
            await asyncio.sleep(wait.retry_after)
        except ClientDecodeError as unreadable:
            match unreadable.data:
                case {"ok": True, "result": list(found)}:
                    return self._readable(found)
                case _:
                    # A page of some gateway before Telegram.
                    await self._rest_after(unreadable)
        except TelegramAPIError as fault:
            await self._rest_after(fault)
        else:
            self._on_alive()
            if updates:
                self._next = updates[-1].update_id + 1
            return updates
        return []

    async def _rest_after(self, fault: Exception) -> None:
        log.warning("polling_fault", kind=type(fault).__name__)
        await asyncio.sleep(PAUSE_AFTER_FAULT)

    def _readable(self, found: list[dict[str, Any]]) -> list[Update]:
        """The updates of a batch that holds some of a kind which this release cannot read."""
        readable = []
        for each in found:
            self._next = each["update_id"] + 1
            try:
                readable.append(Update.model_validate(each, context={"bot": self._bot}))
            except ValidationError:
                if each["update_id"] not in self._done:
                    log.warning("update_unreadable", update_id=each["update_id"])
                    self._done.add(each["update_id"])
        return readable

    def _start(self, update: Update) -> None:
        number = update.update_id
        if number in self._in_hand or number in self._done:
            return
        task = asyncio.create_task(self._take(update), name=f"update-{number}")
        self._in_hand[number] = task

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
            with contextlib.suppress(TelegramAPIError):
                await self._bot.get_updates(
                    offset=self._next, limit=1, timeout=0, request_timeout=TO_SAY_GOODBYE
                )
