"""A person as the bot remembers one: the state of their conversation, without a name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

# Telegram delivers an update again only when it was not acknowledged, so the latest are enough.
UPDATES_REMEMBERED = 100


@dataclass(frozen=True, slots=True)
class Person:
    """The state of one person's conversation; `id` is the one Telegram gave."""

    id: int
    created_at: datetime
    active_at: datetime
    language: str | None = None
    language_asked: bool = False
    view: str = ""
    """The packed action of the present screen."""
    was: str | None = None
    """The packed action of the view that an aside interrupted, to go back to."""
    memory: Mapping[str, Any] = field(default_factory=dict)
    """What the present conversation must remember; sealed in the database."""
    message_id: int | None = None
    """The living message."""
    message_at: datetime | None = None
    seen: str = ""
    """The latest update ids, oldest first, with a space before each."""
    version: int = 0


def already_seen(seen: str, update_id: int) -> bool:
    """Tell whether an update was handled before."""
    return f" {update_id} " in f"{seen} "


def remember(seen: str, update_id: int) -> str:
    """Add an update to those handled, letting go of the oldest."""
    longer = f"{seen} {update_id}"
    surplus = longer.count(" ") - UPDATES_REMEMBERED
    if surplus <= 0:
        return longer
    return " " + longer.split(" ", surplus + 1)[-1]
