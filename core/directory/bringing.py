"""A release meets the directory: a field that an admin edited stays, and the difference is offered.

The first release fills an empty directory and is no change; the later ones are, field by field.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from core.directory.bodies import Body, differences, value_of, with_values
from core.directory.changes import Hand, Move, adding, write
from core.store import offices
from core.store.changes import CHANGED
from core.store.offices import RELEASE, Entry
from core.store.revision import touch_knowledge
from core.store.transaction import Transaction

RELEASED = Hand("release")


async def bring_release(tx: Transaction, bodies: Sequence[Body], now: datetime) -> None:
    """Make the offices those of a release, but for what admins edited.

    An office that the release no longer has is closed, unless it merged into another: complaints
    may speak of it.
    """
    await touch_knowledge(tx)
    kept = await offices.every_entry(tx)
    if not kept:
        await offices.put(tx, added=[Entry(e["id"], e, RELEASE, None, None, now) for e in bodies])
        return
    moves = [
        adding(body, now, RELEASE) if body["id"] not in kept else _met(kept[body["id"]], body, now)
        for body in bodies
    ]
    merged = await offices.aliases(tx)
    gone = kept.keys() - {body["id"] for body in bodies} - merged.keys()
    moves += [_closed(kept[each], now) for each in sorted(gone)]
    quiet, told = [], []
    for each in moves:
        if each is not None and each.after is not None:
            told.append(each) if each.fields else quiet.append(each.after)
    await offices.put(tx, changed=quiet)
    await write(tx, RELEASED, told, now)


def _met(entry: Entry, body: Body, now: datetime) -> Move | None:
    """One office and what the release says of it."""
    said = differences(entry.body, body)
    if entry.origin == RELEASE:
        if not said:
            return None
        return Move(CHANGED, entry, Entry(entry.id, body, RELEASE, None, None, now), said)
    if entry.edited is None:
        # Nothing is known of what the release said before: all of it is for an admin to decide.
        offered = {name: new for name, (_, new) in said.items()}
        return _silently(entry, entry.body, None, offered)
    taken = {name: pair for name, pair in said.items() if name not in entry.edited}
    edited = {name: was for name, was in entry.edited.items() if name in said}
    offered = {
        name: new for name, (_, new) in said.items() if name in edited and new != edited[name]
    }
    after = with_values(entry.body, {name: new for name, (_, new) in taken.items()})
    if not taken:
        return _silently(entry, after, edited, offered)
    origin = entry.origin if edited else RELEASE
    renewed = Entry(entry.id, after, origin, edited or None, offered or None, now)
    return Move(CHANGED, entry, renewed, taken)


def _silently(
    entry: Entry, body: Body, edited: Mapping[str, Any] | None, offered: Mapping[str, Any]
) -> Move | None:
    """Nothing that anybody sees of the office changes, only what is offered of it."""
    origin = RELEASE if edited == {} else entry.origin
    after = Entry(entry.id, body, origin, edited or None, offered or None, entry.changed_at)
    return None if after == entry else Move(CHANGED, entry, after, {})


def _closed(entry: Entry, now: datetime) -> Move | None:
    if entry.origin != RELEASE or value_of(entry.body, "closed"):
        return None
    body = with_values(entry.body, {"closed": True})
    after = Entry(entry.id, body, RELEASE, None, None, now)
    return Move(CHANGED, entry, after, differences(entry.body, body))
