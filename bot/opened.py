"""Opened: the database for one command, up to date with this release, and closed behind it."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.secrets import sealer_of
from bot.settings import Settings
from core.clock import SystemClock
from core.release import apply_release
from core.store.database import Database
from core.store.start import open_ready

Done = TypeVar("Done")


async def opened(settings: Settings, work: Callable[[Database], Awaitable[Done]]) -> Done:
    """Do something with the database after bringing in what this release brings."""
    database = await open_ready(settings.database_url, sealer_of(settings))
    try:
        await apply_release(database, SystemClock().now())
        return await work(database)
    finally:
        await database.close()
