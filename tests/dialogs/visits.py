"""Helpers for tests of dialogs: a person who presses and types, on a real database."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from core.knowledge import Knowledge
from core.people import Person
from core.roles import RoleName
from core.store import people, roles
from core.store.database import Database, Transaction
from dialogs.action import Action
from dialogs.conversation import Conversation, Shown
from dialogs.screen import Button, Screen
from dialogs.speech import Languages, Speech
from dialogs.turn import Command, Event, Pressed, Typed, Visit

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
LANGUAGES = Languages(ZoneInfo("Asia/Almaty"), "kk")


@dataclass
class Visitor:
    """Somebody in conversation with the bot."""

    conversation: Conversation
    database: Database
    knowledge: Knowledge
    id: int = 501
    language: str = "ru"
    shown: Shown | None = None
    name: str = ""

    @property
    def screen(self) -> Screen:
        """What the visitor sees."""
        assert self.shown is not None
        assert self.shown.screen is not None
        return self.shown.screen

    async def does(self, event: Event) -> Shown:
        """One event, with the state written as the bot writes it."""
        async with self.database.writing() as tx:
            visit = self._visit(tx, await people.meet(tx, self.id, NOW))
            self.shown = await self.conversation.turn(visit, event)
            await people.keep(tx, visit.person, NOW)
        return self.shown

    async def holds(self, *names: RoleName) -> None:
        """Roles without bounds, for the visitor."""
        async with self.database.writing() as tx:
            for name in names:
                await roles.grant(tx, person_id=self.id, role=name, now=NOW)

    async def looks_again(self) -> Shown:
        """The present screen, drawn anew."""
        async with self.database.reading() as tx:
            person = await people.find(tx, self.id)
            assert person is not None
            self.shown = await self.conversation.present(self._visit(tx, person))
        return self.shown

    async def person(self) -> Person:
        """The visitor as the database knows them."""
        async with self.database.reading() as tx:
            person = await people.find(tx, self.id)
        assert person is not None
        return person

    async def starts(self, payload: str = "") -> Shown:
        """The start button."""
        return await self.does(Command("start", payload))

    async def types(self, text: str) -> Shown:
        """Words in the visitor's own hand."""
        return await self.does(Typed(text))

    async def opens(self, action: Action) -> Shown:
        """A button that means this, from whatever message."""
        return await self.does(Pressed(action.pack()))

    async def presses(self, label: str) -> Shown:
        """The button on the present screen whose words contain these."""
        button = next(each for each in self.buttons() if label in each.label)
        assert isinstance(button.does, Action)
        return await self.opens(button.does)

    def say(self) -> Speech:
        """The language that the visitor speaks."""
        return LANGUAGES[self.language]

    def buttons(self) -> list[Button]:
        """All buttons of the present screen."""
        return [each for row in self.screen.rows for each in row]

    def labels(self) -> list[str]:
        """What they say."""
        return [each.label for each in self.buttons()]

    def _visit(self, tx: Transaction, person: Person) -> Visit:
        if person.language is None:
            person = replace(person, language=self.language)
        return Visit(
            person=person,
            tx=tx,
            now=NOW,
            languages=LANGUAGES,
            knowledge=self.knowledge,
            bot_name="bagyt_bot",
            where=self.conversation.home,
            name=self.name,
        )
