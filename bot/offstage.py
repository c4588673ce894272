"""Offstage: work of the command line at a desk of its own, beside the running bot.

What is put into the queue there, the running bot sends.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.secrets import sealer_of
from bot.settings import Settings
from core.clock import SystemClock
from core.granting import seed_admins
from core.knowledge import read_knowledge
from core.release import apply_release
from core.store import meta
from core.store.start import open_ready
from dialogs.desk import OwnDesk
from dialogs.speech import Languages

Done = TypeVar("Done")


async def at_desk(settings: Settings, work: Callable[[OwnDesk], Awaitable[Done]]) -> Done:
    """Do something in one transaction, with all that is known."""
    database = await open_ready(settings.database_url, sealer_of(settings))
    now = SystemClock().now()
    try:
        await apply_release(database, now)
        knowledge = await read_knowledge(database, now, settings.keep)
        languages = Languages(settings.timezone, settings.default_language)
        async with database.writing() as tx:
            await seed_admins(tx, settings.admin_ids, now)
            name = await meta.get(tx, meta.BOT_NAME) or ""
            return await work(OwnDesk(tx, now, languages, knowledge, name))
    finally:
        await database.close()
