"""Undoing: what was there comes back exactly; what was edited since stays, and is told.

A field counts as edited since when it no longer has what the change gave it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from core.directory.bodies import differences, value_of, with_values
from core.directory.changes import Hand, Move, editing, removing, state_of, write
from core.store import changes, offices
from core.store.changes import ADDED, CHANGED, DECLINED, MERGED, PARTED, REMOVED, Change
from core.store.offices import Entry
from core.store.revision import touch_knowledge
from core.store.transaction import Transaction

Why = Literal["edited_since", "in_use", "gone"]

AT_ONCE = 100
"""So many changes are undone between two breaths of the loop."""


@dataclass(frozen=True, slots=True)
class Left:
    """What could not be undone without losing something: a field, or a whole office."""

    office: str
    field: str
    why: Why
    wanted: Any = None
    present: Any = None


@dataclass(slots=True)
class Undone:
    """What came of undoing: how many changes of offices it took, and what was left."""

    changes: int = 0
    left: list[Left] = field(default_factory=list)


async def undo(
    tx: Transaction, hand: Hand, change: Change, now: datetime, *, force: bool = False
) -> Undone:
    """Undo a change, with all that was changed as one with it."""
    await touch_knowledge(tx)
    result = Undone()
    for each in reversed(await changes.together(tx, change)):
        await _undo(tx, hand, [each], now, result, force=force)
    return result


async def undo_import(
    tx: Transaction, hand: Hand, import_id: int, now: datetime, *, force: bool = False
) -> Undone:
    """Undo all that an import changed."""
    await touch_knowledge(tx)
    result = Undone()
    before = changes.NO_LIMIT
    while True:
        some = await changes.of_import(tx, import_id, before=before, most=AT_ONCE)
        if not some:
            return result
        await _undo(tx, hand, some, now, result, force=force)
        before = some[-1].id


@dataclass(frozen=True, slots=True)
class _Ground:
    """What must be known of offices to undo changes of them."""

    entries: Mapping[str, Entry]
    last: Mapping[str, int]
    used: frozenset[str]
    now: datetime
    force: bool


async def _undo(
    tx: Transaction,
    hand: Hand,
    some: Sequence[Change],
    now: datetime,
    result: Undone,
    *,
    force: bool,
) -> None:
    """Undo changes of different offices."""
    ids = [each.office for each in some]
    added = [each.office for each in some if each.kind == ADDED]
    ground = _Ground(
        await offices.entries(tx, ids),
        await changes.last_of(tx, ids),
        frozenset(await offices.in_use(tx, added)),
        now,
        force,
    )
    moves: list[Move] = []
    for each in some:
        move = (
            await _unmerged(tx, each, ground, result)
            if each.kind in {MERGED, PARTED}
            else (_UNDO[each.kind](each, ground, result))
        )
        if move is not None:
            moves.append(replace(move, undoes=each.id))
    await write(tx, hand, moves, now)
    result.changes += len(moves)


def _unadded(change: Change, ground: _Ground, result: Undone) -> Move | None:
    entry = ground.entries.get(change.office)
    if entry is None:
        return None
    given = with_values({}, {name: new for name, (_, new) in change.fields.items()})
    since = differences(given, entry.body)
    if not since and change.office not in ground.used:
        return removing(entry, change.id)
    if ground.force:
        return editing(entry, {"closed": True}, ground.now)
    result.left += [
        Left(change.office, name, "edited_since", old, new) for name, (old, new) in since.items()
    ] or [Left(change.office, "id", "in_use")]
    return None


def _unchanged(change: Change, ground: _Ground, result: Undone) -> Move | None:
    entry = ground.entries.get(change.office)
    if entry is None:
        result.left.append(Left(change.office, "id", "gone"))
        return None
    values: dict[str, Any] = {}
    for name, (old, new) in change.fields.items():
        present = value_of(entry.body, name)
        if present == old:
            continue
        if present == new or ground.force:
            values[name] = old
        else:
            result.left.append(Left(change.office, name, "edited_since", old, present))
    move = editing(entry, values, ground.now)
    if move is None or move.after is None or not _is_as_left(change, entry, ground):
        return move
    return replace(move, after=_entry(change.office, move.after.body, change.state["before"]))


def _unremoved(change: Change, ground: _Ground, result: Undone) -> Move | None:
    if change.office in ground.entries:
        result.left.append(Left(change.office, "id", "edited_since"))
        return None
    body = with_values({}, {name: old for name, (old, _) in change.fields.items()})
    entry = _entry(change.office, body, change.state["before"])
    return Move(ADDED, None, entry, differences({}, body))


def _undeclined(change: Change, ground: _Ground, result: Undone) -> Move | None:
    entry = ground.entries.get(change.office)
    if entry is None or not _is_as_left(change, entry, ground):
        result.left += [Left(change.office, name, "edited_since") for name in change.fields]
        return None
    before = _entry(change.office, entry.body, change.state["before"])
    return Move(CHANGED, entry, before, {})


_UNDO = {
    ADDED: _unadded,
    CHANGED: _unchanged,
    REMOVED: _unremoved,
    DECLINED: _undeclined,
}


async def _unmerged(
    tx: Transaction, change: Change, ground: _Ground, result: Undone
) -> Move | None:
    """Part two records again, or join them again."""
    entry = ground.entries.get(change.office)
    old, new = change.fields["into"]
    merged = await offices.aliases(tx)
    if entry is None:
        result.left.append(Left(change.office, "id", "gone"))
        return None
    if change.kind == MERGED:
        if not await offices.unmerge(tx, change.office):
            return None
        return Move(PARTED, entry, entry, {"into": (new, None)})
    if change.office in merged or old in merged:
        result.left.append(Left(change.office, "into", "edited_since", old))
        return None
    await offices.merge(tx, change.office, old)
    return Move(MERGED, entry, entry, {"into": (None, old)})


def _is_as_left(change: Change, entry: Entry, ground: _Ground) -> bool:
    """Whether nothing at all happened to the office since this change."""
    is_last = ground.last.get(change.office) == change.id
    return is_last and state_of(entry) == change.state["after"]


def _entry(office: str, body: Mapping[str, Any], state: Mapping[str, Any]) -> Entry:
    return Entry(
        office,
        body,
        state["origin"],
        state["edited"],
        state["offered"],
        datetime.fromisoformat(state["changed_at"]),
    )
