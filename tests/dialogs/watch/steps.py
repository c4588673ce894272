"""Steps that tests of the watch share: an enquiry that is done, and what is watched of it."""

import datetime as dt

from core.store import reminders, watches
from core.watch import Watch
from dialogs.doors import StartEnquiry
from dialogs.enquiry import Answer
from tests.dialogs.visits import Visitor

MEALS = "free_school_meals"


async def enquires(visitor: Visitor) -> int:
    """An enquiry about meals, with all its answers; gives its number."""
    await visitor.opens(StartEnquiry(MEALS))
    await visitor.opens(Answer(1, "school", "state"))
    await visitor.opens(Answer(1, "family", "assistance"))
    return 1


async def watch_of(visitor: Visitor) -> Watch:
    """The visitor's latest watch."""
    async with visitor.database.reading() as tx:
        return (await watches.of(tx, visitor.id))[0]


async def days(visitor: Visitor) -> list[dt.date | None]:
    """The days on which the visitor is to be reminded next."""
    async with visitor.database.reading() as tx:
        return [each.day for each in await reminders.to_come(tx, visitor.id)]
