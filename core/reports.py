"""What a report is: a parent says what is wrong about an office, and what became of that."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Topic = Literal["phones", "hours", "address", "name", "contacts", "services", "closed", "other"]
State = Literal["open", "asked", "accepted", "declined"]

WAITING: frozenset[State] = frozenset({"open", "asked"})
"""In these states somebody has yet to decide."""

A_DAY = 5
"""So many reports one person may send within a day."""

LONGEST_WORDS = 500


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of it, by the parent and by those who keep the directory; it is sealed."""

    text: str = ""
    point: tuple[float, float] | None = None
    question: str = ""
    answer: str = ""
    words: str = ""
    """Why it was declined."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report; `person_id` is known to the bot alone, so that it can tell them."""

    id: int
    person_id: int
    language: str
    office: str
    topic: Topic
    said: Said
    state: State
    asked_by: int | None
    decided_by: int | None
    version: int
    created_at: datetime
    changed_at: datetime

    @property
    def waits(self) -> bool:
        """Whether somebody has yet to decide."""
        return self.state in WAITING
