"""Offstage: work of the command line at a desk of its own, beside the running bot.

What is put into the queue there, the running bot sends.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.opened import opened
from bot.settings import Settings
from core.clock import SystemClock
from core.granting import seed_admins
from core.knowledge import read_knowledge
from core.store import meta
from core.store.database import Database
from dialogs.desk import OwnDesk
from dialogs.speech import Languages

Done = TypeVar("Done")


async def at_desk(settings: Settings, work: Callable[[OwnDesk], Awaitable[Done]]) -> Done:
    """Do something in one transaction, with all that is known."""

    async def do(database: Database) -> Done:
        now = SystemClock().now()
        knowledge = await read_knowledge(database, now, settings.keep)
        languages = Languages(settings.timezone, settings.default_language)
        async with database.writing() as tx:
            await seed_admins(tx, settings.admin_ids, now)
            name = await meta.get(tx, meta.BOT_NAME) or ""
            return await work(OwnDesk(tx, now, languages, knowledge, name))

    return await opened(settings, do)
