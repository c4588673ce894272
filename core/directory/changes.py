"""Changing offices: each change is written with who, when, from where, old and new, or not at all.

A change is one transaction with the office's own row. Whoever begins one keeps all other changers
waiting until it ends, so that what was read before is still so when it is written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from core.directory.bodies import Body, Differences, Values, differences, value_of, with_values
from core.store import changes, offices
from core.store.changes import ADDED, CHANGED, DECLINED, MERGED, REMOVED, Pair
from core.store.offices import ADMIN, RELEASE, Entry
from core.store.revision import touch_knowledge
from core.store.transaction import Transaction

Origin = Literal["chat", "command", "import", "report", "release"]

OWN_PREFIX = "ad"
"""Offices that admins add are numbered apart from those of the acts, which releases number on."""

UNITED = ("serves", "listings", "flags")
"""What an office takes over from one that is merged into it: what it is for, and the evidence."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose change it is, and where it comes from."""

    origin: Origin
    person_id: int | None = None
    import_id: int | None = None
    report_id: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """One office from one state to another, as it will be written."""

    kind: str
    before: Entry | None
    after: Entry | None
    fields: Mapping[str, Pair]
    undoes: int | None = None

    @property
    def office(self) -> str:
        """Which office it is."""
        entry = self.after or self.before
        if entry is None:
            raise ValueError("a move from nothing to nothing")
        return entry.id


class NoOfficeError(LookupError):
    """There is no office of this id, or it has merged into another."""


class ChangedMeanwhileError(Exception):
    """A field is no longer what it was when the change was thought of."""

    def __init__(self, field: str, present: Any) -> None:
        super().__init__(field)
        self.field = field
        self.present = present


async def edit(
    tx: Transaction,
    hand: Hand,
    office: str,
    values: Values,
    now: datetime,
    *,
    expected: Values | None = None,
) -> int | None:
    """Put fields of an office otherwise; give the number of the change, None if all were so.

    What is `expected` must still be there.
    """
    await touch_knowledge(tx)
    entry = await _present(tx, office)
    for field, value in (expected or {}).items():
        present = value_of(entry.body, field)
        if present != value:
            raise ChangedMeanwhileError(field, present)
    move = editing(entry, values, now)
    return None if move is None else await _one(tx, hand, move, now)


async def add(tx: Transaction, hand: Hand, body: Body, now: datetime) -> int:
    """Add an office; its id must be a new one."""
    await touch_knowledge(tx)
    return await _one(tx, hand, adding(body, now), now)


async def merge(tx: Transaction, hand: Hand, gone: str, into: str, now: datetime) -> int:
    """Let one record stand for two; give the number of the change.

    The one that goes stays as it is in the database, and its id leads to the other.
    """
    if gone == into:
        raise NoOfficeError(gone)
    await touch_knowledge(tx)
    leaving, staying = await _present(tx, gone), await _present(tx, into)
    await offices.merge(tx, gone, into)
    first = await _one(tx, hand, Move(MERGED, leaving, leaving, {"into": (None, into)}), now)
    taken_over = editing(staying, _united(leaving.body, staying.body), now)
    if taken_over is not None:
        await _one(tx, hand, taken_over, now, together=first)
    return first


async def decline_offer(tx: Transaction, hand: Hand, office: str, now: datetime) -> int | None:
    """Keep what an admin said, though the release says otherwise; it is not offered again."""
    await touch_knowledge(tx)
    entry = await _present(tx, office)
    if not entry.offered:
        return None
    edited = None if entry.edited is None else {**entry.edited, **entry.offered}
    after = replace(entry, edited=edited, offered=None)
    fields = {name: (value_of(entry.body, name), new) for name, new in entry.offered.items()}
    return await _one(tx, hand, Move(DECLINED, entry, after, fields), now)


async def accept_offer(tx: Transaction, hand: Hand, office: str, now: datetime) -> int | None:
    """Take what the release says in place of what an admin said."""
    await touch_knowledge(tx)
    entry = await _present(tx, office)
    move = editing(entry, entry.offered or {}, now)
    return None if move is None else await _one(tx, hand, move, now)


async def new_ids(tx: Transaction, how_many: int) -> list[str]:
    """Ids for offices that admins add; none was ever given before, not even to one that is gone."""
    known = [
        *await offices.numbered(tx, OWN_PREFIX),
        *await changes.ever_added(tx, OWN_PREFIX),
    ]
    numbers = (each.removeprefix(OWN_PREFIX) for each in known)
    last = max((int(each) for each in numbers if each.isdecimal()), default=0)
    return [f"{OWN_PREFIX}{number:04d}" for number in range(last + 1, last + how_many + 1)]


def adding(body: Body, now: datetime, origin: str = ADMIN) -> Move:
    """An office that is new."""
    entry = Entry(body["id"], body, origin, None, None, now)
    return Move(ADDED, None, entry, differences({}, body))


def editing(entry: Entry, values: Values, now: datetime) -> Move | None:
    """An office with other values; None if it has them already."""
    body = with_values(entry.body, values)
    found = differences(entry.body, body)
    if not found:
        return None
    edited = _edited(entry, found)
    offered = {
        name: value
        for name, value in (entry.offered or {}).items()
        if value != value_of(body, name)
    }
    after = Entry(
        entry.id,
        body,
        ADMIN if edited or _is_own(entry) else RELEASE,
        edited or None,
        offered or None,
        now,
    )
    return Move(CHANGED, entry, after, found)


async def write(tx: Transaction, hand: Hand, moves: Sequence[Move], now: datetime) -> None:
    """Write many changes; whoever calls it has touched the knowledge first."""
    await _put(tx, moves)
    await changes.append_many(tx, [_row(hand, each, now) for each in moves])


async def _one(
    tx: Transaction, hand: Hand, move: Move, now: datetime, together: int | None = None
) -> int:
    await _put(tx, [move])
    return await changes.append(tx, _row(hand, move, now, together))


async def _put(tx: Transaction, moves: Iterable[Move]) -> None:
    added, changed, removed = [], [], []
    for each in moves:
        if each.after is None:
            removed.append(each.office)
        elif each.before is None:
            added.append(each.after)
        elif each.after != each.before:
            changed.append(each.after)
    await offices.put(tx, added=added, changed=changed, removed=removed)


async def _present(tx: Transaction, office: str) -> Entry:
    """An office that stands for itself."""
    found = await offices.entries(tx, [office])
    if office not in found or office in await offices.aliases(tx):
        raise NoOfficeError(office)
    return found[office]


def _edited(entry: Entry, found: Differences) -> dict[str, Any]:
    """The fields that will be an admin's, each with what the release says of it."""
    edited = dict(entry.edited or {})
    if _is_own(entry):
        return edited
    released = {**edited, **(entry.offered or {})}
    for name, (old, new) in found.items():
        if name not in edited:
            edited[name] = old
        elif released[name] == new:
            del edited[name]
    return edited


def _is_own(entry: Entry) -> bool:
    """Whether no release knows this office."""
    return entry.origin == ADMIN and entry.edited is None


def _united(leaving: Body, staying: Body) -> dict[str, Any]:
    return {
        name: [*staying[name], *(each for each in leaving[name] if each not in staying[name])]
        for name in UNITED
    }


def state_of(entry: Entry | None) -> dict[str, Any] | None:
    """What stands with an office beside its body, as a change keeps it."""
    if entry is None:
        return None
    return {
        "origin": entry.origin,
        "edited": entry.edited,
        "offered": entry.offered,
        "changed_at": entry.changed_at.isoformat(),
    }


def _row(hand: Hand, move: Move, now: datetime, together: int | None = None) -> dict[str, Any]:
    return {
        "office": move.office,
        "kind": move.kind,
        "fields": move.fields,
        "state": {"before": state_of(move.before), "after": state_of(move.after)},
        "origin": hand.origin,
        "person_id": hand.person_id,
        "at": now,
        "import_id": hand.import_id,
        "report_id": hand.report_id,
        "undoes": move.undoes,
        "together": together,
    }


def removing(entry: Entry, undoes: int) -> Move:
    """An office that goes, because it should never have been added."""
    fields = {name: (old, None) for name, (_, old) in differences({}, entry.body).items()}
    return Move(REMOVED, entry, None, fields, undoes)
