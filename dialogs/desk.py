"""The desk: what is needed to tell others something, within a turn or in a round of its own."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from core.knowledge import Knowledge
from core.outgoing import Parcel
from core.store import outgoing, people
from core.store.database import Transaction
from dialogs.speech import Languages, Speech


class Desk(Protocol):
    """A place to write from; a visit is one."""

    tx: Transaction
    now: datetime
    languages: Languages
    knowledge: Knowledge
    bot_name: str

    async def post(self, parcel: Parcel) -> int | None:
        """Put something into the outgoing queue; None if it was put before."""
        ...


@dataclass(slots=True)
class OwnDesk:
    """A desk outside any turn."""

    tx: Transaction
    now: datetime
    languages: Languages
    knowledge: Knowledge
    bot_name: str
    posted: bool = field(default=False)

    async def post(self, parcel: Parcel) -> int | None:
        """Put something into the outgoing queue; None if it was put before."""
        self.posted = True
        return await outgoing.put(self.tx, parcel, self.now)


async def speech_of(desk: Desk, person_id: int) -> Speech:
    """The language in which a person reads."""
    person = await people.find(desk.tx, person_id)
    return desk.languages[person.language if person else None]
