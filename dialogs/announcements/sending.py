"""Sending: puts announcements into the outgoing queue, a few people at a time.

Only so many wait in the queue at once that whoever presses pause stops nearly everything, and
that others' messages are never far behind. Parents are not written to at night.
"""

import datetime as dt
from collections.abc import Sequence

from core.announcements import Announcement
from core.knowledge import Knowledge
from core.outgoing import Lane, Parcel
from core.roles import EVERY_ROLE
from core.store import announcements, outgoing, roles
from core.store.announcements import Reader
from core.store.transaction import Transaction
from dialogs.announcements.news import show_announcement
from dialogs.screen_json import screen_to_json
from dialogs.speech import Languages, Speech

MOST_WAITING = 120
"""Looked at every ten seconds, this is twelve messages a second at most."""

EVERY = dt.timedelta(seconds=10)
FIRST_HOUR, LAST_HOUR = 9, 21
SETTLED_AFTER = dt.timedelta(days=7)


async def send_some(
    tx: Transaction, now: dt.datetime, languages: Languages, knowledge: Knowledge
) -> None:
    """Put the next few messages of each announcement that is going out."""
    for each in await announcements.sending(tx):
        if each.audience.parents and not is_day(languages[None], now):
            continue
        await _send_some_of(tx, each, now, languages, knowledge)
    for each in await announcements.unsettled(tx, now - SETTLED_AFTER):
        await announcements.settle(tx, each.id)


def is_day(say: Speech, now: dt.datetime) -> bool:
    """Whether parents may be written to."""
    return FIRST_HOUR <= say.local(now).hour < LAST_HOUR


async def readers(
    tx: Transaction, announcement: Announcement, knowledge: Knowledge, most: int
) -> Sequence[Reader]:
    """The next people to tell, in the order of their ids."""
    if announcement.audience.parents:
        return await announcements.parents(tx, announcement.reached, most)
    meant = [
        each for each in await staff(tx, announcement, knowledge) if each > announcement.reached
    ]
    return (await announcements.reachable(tx, meant))[:most]


async def staff(tx: Transaction, announcement: Announcement, knowledge: Knowledge) -> Sequence[int]:
    """Everybody with a role that is meant, whether they can be reached or not."""
    held = [role for name in EVERY_ROLE for role in await roles.holders(tx, name)]
    meant = (
        each.person_id for each in held if announcement.audience.means(each, knowledge.directory)
    )
    return sorted(set(meant))


async def how_many(tx: Transaction, announcement: Announcement, knowledge: Knowledge) -> int:
    """How many people it is for and can be reached."""
    if announcement.audience.parents:
        return await announcements.how_many_parents(tx)
    meant = await staff(tx, announcement, knowledge)
    return len(await announcements.reachable(tx, meant))


async def _send_some_of(
    tx: Transaction,
    announcement: Announcement,
    now: dt.datetime,
    languages: Languages,
    knowledge: Knowledge,
) -> None:
    fates = await announcements.progress(tx, announcement.id)
    waiting = fates.get("waiting", 0) + fates.get("sending", 0)
    room = MOST_WAITING - waiting
    found = await readers(tx, announcement, knowledge, room) if room > 0 else ()
    put = 0
    for each in found:
        screen = show_announcement(languages[each.language], announcement)
        parcel = Parcel(
            chat_id=each.person_id,
            body=screen_to_json(screen),
            lane=Lane.REMINDER,
            cause="announcement",
            once=f"{announcements.about(announcement.id)}:{each.person_id}",
            about=announcements.about(announcement.id),
        )
        put += await outgoing.put(tx, parcel, now) is not None
    if found:
        await announcements.advance(tx, announcement, put, found[-1].person_id)
    elif not waiting:
        await announcements.finish(tx, announcement.id, now)
