"""Importing: what a dry run planned is done, in one transaction and wholly, or not at all.

Whatever else has changed an office since the dry run stops it, so that nobody's work is lost.
"""

import asyncio
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from core.directory.changes import Hand, Move, adding, editing, write
from core.directory.planning import Progress
from core.directory.undoing import Undone, undo_import
from core.store import changes, imports, offices
from core.store.imports import Import
from core.store.offices import AT_ONCE, Entry
from core.store.revision import touch_knowledge
from core.store.transaction import Transaction

MOST_LEFT = 1000
"""So much of what could not be undone is told one by one; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The lines of a plan, and the last change that it knows of."""

    steps: Iterable[str | bytes]
    base: int


class OvertakenError(Exception):
    """Something has changed the directory since the dry run."""


async def apply(tx: Transaction, hand: Hand, plan: Plan, now: datetime, progress: Progress) -> int:
    """Do every step of a plan; tell how many offices that changed. The transaction is the caller's.

    After OvertakenError, as after any other, the transaction must not be committed.
    """
    await touch_knowledge(tx)
    if await changes.last(tx) != plan.base:
        raise OvertakenError
    merged = frozenset(await offices.aliases(tx))
    lines, done = iter(plan.steps), 0
    while some := await asyncio.to_thread(_next, lines):
        # An office that is edited must stand for itself, and one that is added must be new.
        known = await offices.entries(tx, [_id(each) for each in some])
        moves = await asyncio.to_thread(_moves, some, known, merged, now)
        await write(tx, hand, moves, now)
        done += len(some)
        progress(done)
    return done


async def undo_applied(
    tx: Transaction, hand: Hand, applied: Import, now: datetime, *, force: bool = False
) -> Undone:
    """Undo an import that was applied, and keep what was left because it was edited since."""
    undone = await undo_import(tx, hand, applied.id, now, force=force)
    left = [asdict(each) for each in undone.left[:MOST_LEFT]]
    findings = {"changes": undone.changes, "left": left, "whole": len(undone.left)}
    await imports.sign_undone(tx, applied.id, hand.person_id, now, findings)
    return undone


def lines_of(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a plan that is kept in pieces."""
    rest = b""
    for each in pieces:
        *whole, rest = (rest + each).split(b"\n")
        yield from whole
    if rest:
        yield rest


def _next(lines: Iterator[str | bytes]) -> Sequence[Mapping[str, Any]]:
    return [json.loads(each) for each in islice(lines, AT_ONCE)]


def _id(step: Mapping[str, Any]) -> str:
    office: str = step["add"]["id"] if "add" in step else step["id"]
    return office


def _moves(
    steps: Sequence[Mapping[str, Any]],
    known: Mapping[str, Entry],
    merged: frozenset[str],
    now: datetime,
) -> list[Move]:
    moves = []
    for step in steps:
        office = _id(step)
        if (office in known) is ("add" in step) or office in merged:
            raise OvertakenError
        move = (
            adding(step["add"], now)
            if "add" in step
            else editing(known[office], step["values"], now)
        )
        if move is not None:
            moves.append(move)
    return moves
