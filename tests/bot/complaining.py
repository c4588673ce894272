"""Complaints over HTTP: three people, a group and the whole bot, with steps that tests share."""

import asyncio
import re
from dataclasses import dataclass
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from bot.playground.residents import Message
from bot.playground.server import PlaygroundServer
from core.complaints.model import Complaint, Event
from core.granting import Hand, grant
from core.roles import RoleName
from core.store import complaints, tables
from core.store.database import Database
from dialogs.complaints.actions import (
    AskContact,
    AskFiles,
    Consent,
    SendComplaint,
    SetContact,
    SetSubject,
)
from dialogs.doors import StartComplaint
from dialogs.language import SetLanguage
from dialogs.speech import Languages, Speech
from tests.bot.running import Phone

LANGUAGES = Languages(ZoneInfo("Asia/Almaty"), "kk")
OFFICE, SERVICE = "of0351", "guardianship_certificate"
REGION = {"regions": ["karaganda"]}
"""Where that office is: its officials are bounded by this."""
WORDS = "The made-up words of a test: <b>they</b> =2+2 would not take my papers"


class HasDatabase(Protocol):
    """A running bot, or a look at its database beside it."""

    database: Database


PATIENCE = 30.0
"""Seconds that a test waits for something to be said."""

UNSENT = tables.outgoing.c.state.in_(("waiting", "sending"))


@dataclass
class Talker(Phone):
    """A phone whose owner speaks a language, replies to messages and sends files."""

    language: str = "ru"

    @property
    def say(self) -> Speech:
        """The language that the owner speaks."""
        return LANGUAGES[self.language]

    async def begins(self) -> None:
        """The start button, and the language."""
        await self.says("/start")
        await self.presses_data(self.last()["message_id"], SetLanguage(self.language).pack())

    async def taps(self, phrase: str, **values: object) -> dict[str, Any]:
        """Press the button that says this in the owner's language."""
        return await self.presses(self.say.label(phrase, **values))

    def all_with(self, *parts: str) -> list[dict[str, Any]]:
        """The messages of the bot here that hold all of this."""
        return [
            each
            for each in self.messages()
            if all(part in each.get("text", each.get("caption", "")) for part in parts)
        ]

    def got(self, *parts: str) -> dict[str, Any]:
        """The newest message of the bot here that holds all of this."""
        found = self.all_with(*parts)
        assert found, f"nothing here says {parts}"
        return found[-1]

    def has(self, *parts: str) -> int:
        """How many messages of the bot here hold all of this."""
        return len(self.all_with(*parts))

    async def hears(self, *parts: str) -> dict[str, Any]:
        """Wait until a message of the bot here holds all of this, new or changed."""
        async with asyncio.timeout(PATIENCE):
            while not self.has(*parts):
                await self.server.town.feed.grew.heard(PATIENCE)
        return self.got(*parts)

    async def replies(self, app: HasDatabase, message: Message, text: str) -> None:
        """Write in reply to a message, and wait until all that caused was said."""
        self.server.town.say(self.person, self.person, text, reply_to=message["message_id"])
        await self.settled(app)

    async def replies_with(
        self, app: HasDatabase, message: Message, kind: str, name: str, **more: Any
    ) -> None:
        """Send a file in reply to a message, and wait until all that caused was said."""
        content = b"%PDF-1.4 a made-up file"
        self.server.town.upload(
            self.person,
            self.person,
            kind,
            content,
            name,
            reply_to=message["message_id"],
            **more,
        )
        await self.settled(app)

    async def settled(self, app: HasDatabase) -> None:
        """Wait until the bot has nothing more to say to anybody, and look at the chat."""
        await settled(self.server, app)
        self.shown = self.last()

    async def drafts(self, app: HasDatabase, words: str = WORDS) -> int:
        """A draft with everything in it but the sending; gives its number."""
        await self.presses_data(self.last()["message_id"], StartComplaint(SERVICE, OFFICE).pack())
        async with app.database.reading() as tx:
            draft = await complaints.draft_of(tx, self.person)
        assert draft is not None
        for action in (SetSubject(draft.id, "not_taken"), Consent(draft.id)):
            await self.presses_data(self.last()["message_id"], action.pack())
        await self.says(words)
        for each in (
            AskFiles(draft.id),
            AskContact(draft.id),
            SetContact(draft.id, "telegram"),
        ):
            await self.presses_data(self.last()["message_id"], each.pack())
        return draft.id

    async def complains(self, app: HasDatabase, words: str = WORDS) -> int:
        """A complaint from its start to its receipt; gives its number."""
        draft = await self.drafts(app, words)
        await self.presses_data(self.last()["message_id"], SendComplaint(draft).pack())
        await self.settled(app)
        return draft


async def settled(server: PlaygroundServer, app: HasDatabase) -> None:
    """Wait until every update is taken and the queue is empty."""
    while True:
        await server.settled()
        async with app.database.reading() as tx:
            left = await tx.scalar(select(func.count()).where(UNSENT))
        if not left:
            return


async def gives(app: HasDatabase, person: int, role: RoleName, **scope: list[str]) -> None:
    """Somebody is given a role."""
    now = app.database.clock.now()
    async with app.database.writing() as tx:
        await grant(tx, Hand(None, "command", now), person, role, scope=scope, name=f"M-{person}")


async def stands(app: HasDatabase, number: int) -> tuple[Complaint, list[Event]]:
    """A complaint as the database has it, with its story."""
    async with app.database.reading() as tx:
        found = await complaints.find(tx, number)
        story = list(await complaints.events(tx, number))
    assert found is not None
    return found, story


def link_in(text: str) -> str:
    """What stands behind `start=` in a link."""
    found = re.search(r"\?start=([\w-]+)", text)
    assert found is not None
    return found[1]
