"""Journeys: people who go through one enquiry after another, and know what must come of it.

Buttons are pressed by the data that they hold: its codes are persisted names.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.playground.server import SCREEN_KINDS, PlaygroundServer
from core.store import enquiries, people
from core.store.database import Database
from dialogs.action import base36
from tests.bot.running import Phone

BEGIN = "sq:free_school_meals"
PAPER = "application"
FIRST = "an:{}:school:"
NAMING = "el"
PATIENCE = 60.0
SCHOOL, OTHER_SCHOOL, FAMILY = (
    ("school", "state"),
    ("school", "not_state"),
    ("family", "assistance"),
)


@dataclass(frozen=True)
class Begun:
    """One enquiry, as far as it got."""

    answers: tuple[tuple[str, str], ...] = ()
    ticked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """The code of the view where a person is with their latest enquiry, and all they began."""

    view: str = ""
    begun: tuple[Begun, ...] = ()
    offers: str = ""
    """What some button of the screen holds, its number left out."""


@dataclass
class Walker:
    """One person, who acts and waits for the answer before going on."""

    server: PlaygroundServer
    person: int
    stands: Standing = field(default_factory=Standing)
    """Where the last act that was answered led."""
    heads_for: Standing = field(default_factory=Standing)
    """Where the act that is not answered yet will lead."""
    enquiry: int = 0
    done: int = 0

    async def greets(self) -> None:
        """Come in, and choose a language."""
        self.server.town.say(self.person, self.person, "/start")
        await self.server.next_message(self.person, within=PATIENCE)
        await self.server.next_answer(self.press("ls:ru"), within=PATIENCE)

    async def walks(self, enough: Callable[[], bool]) -> None:
        """Act until it is enough, each time when the act before was answered."""
        while not enough():
            await self._begins()
            for data, leads_to in self._round():
                if enough():
                    return
                await self.presses(data, leads_to)

    def hurries(self) -> None:
        """Go on to the end of the round without waiting for a single answer."""
        for data, leads_to in self._round():
            self.press(data)
            self.stands = leads_to

    async def presses(self, data: str, leads_to: Standing) -> None:
        """Press a button that holds this on the newest message, and wait for the answer."""
        self.heads_for = leads_to
        await self.server.next_answer(self.press(data), within=PATIENCE)
        self.stands = leads_to
        self.done += 1

    def press(self, data: str) -> str:
        """Press and do not wait."""
        living = Phone(self.server, self.person).last()["message_id"]
        return self.server.town.press(self.person, self.person, living, data=data)

    async def _begins(self) -> None:
        seen = self.server.town.feed.last
        begun = (*self.stands.begun, Begun())
        asks_name = len(begun) > 1
        # The second enquiry of a service is first given a name.
        leads_to = Standing(NAMING, begun, "e:{}") if asks_name else Standing("e", begun, FIRST)
        await self.presses(BEGIN, leads_to)
        event = await self.server.next_event(
            self.person,
            SCREEN_KINDS,
            after=seen,
            where=lambda each: enquiry_of(each["message"]) > self.enquiry,
            within=PATIENCE,
        )
        self.enquiry = enquiry_of(event["message"])
        if asks_name:
            await self.presses(f"e:{base36(self.enquiry)}", Standing("e", begun, FIRST))

    def _round(self) -> Iterator[tuple[str, Standing]]:
        number = base36(self.enquiry)
        yield f"an:{number}:school:state", self._at("e", "an:{}:family:", SCHOOL)
        yield f"an:{number}:family:assistance", self._at("e", "ck:{}", SCHOOL, FAMILY)
        yield f"ck:{number}", self._at("ck", f"tk:{{}}:{PAPER}:1", SCHOOL, FAMILY)
        ticked = self._at("ck", f"tk:{{}}:{PAPER}:0", SCHOOL, FAMILY, ticked=(PAPER,))
        yield f"tk:{number}:{PAPER}:1", ticked
        changed = self._at("e", "aa:{}", OTHER_SCHOOL, FAMILY, ticked=(PAPER,))
        yield f"an:{number}:school:not_state", changed

    def _at(
        self, view: str, offers: str, *answers: tuple[str, str], ticked: tuple[str, ...] = ()
    ) -> Standing:
        return Standing(view, (*self.stands.begun[:-1], Begun(answers, ticked)), offers)

    def check_screen(self) -> None:
        """The newest message is the screen where the last answered act led."""
        offered = data_of(Phone(self.server, self.person).last())
        wanted = self.stands.offers.format(base36(self.enquiry))
        assert any(each.startswith(wanted) for each in offered), f"{wanted} not in {offered}"

    async def check_database(self, database: Database, *, in_hand: bool = False) -> None:
        """The database holds what was answered; with an act in hand, perhaps that one too."""
        found = await _found(database, self.person)
        expected = [self.stands, self.heads_for] if in_hand else [self.stands]
        assert found in [(each.view, each.begun) for each in expected], f"{found} {expected}"


async def goes(walker: Walker, enough: Callable[[], bool]) -> None:
    """Come in and walk."""
    await walker.greets()
    await walker.walks(enough)


async def answers(server: PlaygroundServer, number: int) -> None:
    """Wait until so many more presses were answered."""
    feed = server.town.feed
    since = feed.last
    async with asyncio.timeout(PATIENCE):
        while sum(each["kind"] == "callback_answer" for each in feed.after(since)) < number:
            await feed.grew.heard(PATIENCE)


def data_of(message: dict[str, Any]) -> list[str]:
    """What the buttons of a message hold."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button.get("callback_data", "") for row in rows for button in row]


def enquiry_of(message: dict[str, Any]) -> int:
    """The number of the enquiry that a screen is about; 0 if it is about none."""
    about = [each.split(":")[1] for each in data_of(message) if each.startswith(("an:", "e:"))]
    return int(about[0], 36) if about else 0


async def _found(database: Database, person_id: int) -> tuple[str, tuple[Begun, ...]]:
    async with database.reading() as tx:
        person = await people.find(tx, person_id)
        begun = sorted(await enquiries.of(tx, person_id), key=lambda each: each.id)
    assert person is not None
    if not begun:
        return "", ()
    view, number = person.view.split(":")
    assert int(number, 36) == begun[-1].id
    return view, tuple(Begun(tuple(each.answers.items()), tuple(each.ticked)) for each in begun)
