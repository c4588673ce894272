"""A parcel: something to be said to somebody later, as it is put into the outgoing queue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any


class Lane(IntEnum):
    """What goes before what: a lower lane is served first."""

    REPLY = 0
    """The person is waiting for it right now."""
    PERSONAL = 1
    """It concerns one person's own matter: a complaint, an answer to it."""
    REMINDER = 2
    """It can wait some minutes: reminders, summaries, news to many."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message for one chat; `body` is a screen or `{"redraw": True}`, as JSON can hold it.

    A screen with `"edits"` takes the place of the message whose `once` that names, in the same
    chat; if that was never sent, nothing is.
    With `once`, a second parcel of the same name is never put. `about` says what a reply to the
    message concerns. A parcel that expires before it could be sent is not sent at all.
    """

    chat_id: int
    body: Mapping[str, Any]
    lane: Lane
    cause: str
    once: str | None = None
    about: str | None = None
    not_before: datetime | None = None
    expires_at: datetime | None = None
    thread_id: int | None = None
