"""Counting: what a turn leaves for the statistics, whatever way people came to where they are."""

from core.release import DATA
from core.statistics.kinds import Count
from core.statistics.words import load_guard
from core.store import counters, misses
from dialogs.action import Action
from dialogs.doors import OpenOffice
from dialogs.turn import Visit

EVERYTHING = "all"
"""The key of what is counted as one thing."""


async def keep_count(visit: Visit, here: Action) -> None:
    """Write down what happened in this turn; `here` is where it led to."""
    before = visit.where
    if isinstance(here, OpenOffice) and (
        # Turning back and forth within the same card counts once.
        not isinstance(before, OpenOffice) or before.office != here.office
    ):
        visit.count(Count.OFFICE, here.office)
    today = visit.say.day(visit.now)
    if visit.missed:
        visit.count(Count.MISSED, EVERYTHING)
        words = load_guard(DATA).kept(visit.missed)
        if words is not None:
            await misses.note(visit.tx, words, visit.person.id, today)
    await counters.add(visit.tx, today, visit.counted)
