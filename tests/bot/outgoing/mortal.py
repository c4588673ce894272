"""A worker that dies by kill -9 at a given step: `python -m tests.bot.outgoing.mortal STEP …`."""

import asyncio
import sys
from typing import Any, NoReturn

from bot.outgoing.delivery import Delivery
from bot.telegram.session import Session
from core.clock import FixedClock
from core.store import outgoing
from core.store.sealing import Sealer
from core.store.start import open_ready
from tests.bot.mortal import die
from tests.bot.outgoing.post_office import PostOffice
from tests.bot.outgoing.timer import MORNING, QuickTimer

STEPS = ("before the mark", "after the mark", "after the receipt", "after it was sent")


def doom(step: str) -> None:
    """Put death behind one step of the work."""
    take: Any = outgoing.take
    call: Any = Session.call
    settle: Any = Delivery.settle

    async def take_and_die(*arguments: object) -> NoReturn:
        await take(*arguments)
        die()

    async def die_instead_of_sending(*_: object) -> NoReturn:
        die()

    async def call_and_die(*arguments: object) -> NoReturn:
        await call(*arguments)
        die()

    async def settle_and_die(*arguments: object) -> NoReturn:
        await settle(*arguments)
        die()

    fatal: dict[str, tuple[object, str, object]] = {
        "before the mark": (outgoing, "take", take_and_die),
        "after the mark": (Delivery, "send", die_instead_of_sending),
        "after the receipt": (Session, "call", call_and_die),
        "after it was sent": (Delivery, "settle", settle_and_die),
    }
    setattr(*fatal[step])


async def work(step: str, database_url: str, key: str, api: str, token: str) -> None:
    doom(step)
    database = await open_ready(database_url, Sealer.from_setting(key))
    office = PostOffice(database, FixedClock(MORNING), QuickTimer(), api, token)
    await office.worker("mortal").run(asyncio.Event())


if __name__ == "__main__":
    asyncio.run(work(*sys.argv[1:]))
