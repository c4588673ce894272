"""The crowd of the first of September: parents who go their ways, and know what must come of it.

Each acts again only when they have seen the answer to what they did before; how often anybody acts
is set by a pace that does not wait for the bot. What a parent did is written down beside what the
bot must hold of it, so that it can be asked afterwards whether all of it stands, and once.
"""

import asyncio
import random
import re
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bench.country import FIRST_PERSON
from bench.street import Street, Walker
from bot.playground.errors import TownError
from core.complaints import number
from core.knowledge import Knowledge
from core.services.model import Service
from dialogs.checklist import Tick
from dialogs.complaints.actions import (
    AskContact,
    AskFiles,
    Consent,
    SendComplaint,
    SetContact,
    SetSubject,
)
from dialogs.doors import (
    FindOffice,
    OpenEnquiry,
    OpenMenu,
    OpenOffice,
    OpenPapers,
    OpenService,
    StartComplaint,
    StartEnquiry,
)
from dialogs.enquiry import Answer
from dialogs.language import SetLanguage

PATIENCE = 120.0
"""Seconds after which somebody believes that no answer comes any more."""
SHARE_OF_NEWCOMERS = 0.3
SHARE_THAT_COMPLAINS = 0.2
LONGEST_TYPED = 40
MOST_QUESTIONS = 20
ABOUT_ENQUIRY = re.compile(rf"(?:{Answer.code}|{OpenEnquiry.code}|{OpenPapers.code}):([0-9a-z]+)")

Message = dict[str, Any]
Wanted = Callable[[Message], bool]


class GaveUpError(Exception):
    """Nothing came; whoever waited goes away."""


class AstrayError(Exception):
    """A screen without the button that must be there."""


@dataclass
class Begun:
    """An enquiry as the bot must hold it."""

    service: str
    answers: dict[str, str] = field(default_factory=dict)
    ticked: list[str] = field(default_factory=list)


@dataclass
class Tally:
    """What all of the crowd met, act by act."""

    waits: list[tuple[float, float]] = field(default_factory=list)
    """When an act was answered, and how long that took, in seconds."""
    held_back: int = 0
    """Acts that were due while everybody waited for an answer."""
    gave_up: list[str] = field(default_factory=list)
    astray: Counter[str] = field(default_factory=Counter)


class Pace:
    """So many acts a second, whatever becomes of them; whoever is ready waits for their turn."""

    def __init__(self) -> None:
        self._ready: deque[asyncio.Future[None]] = deque()

    async def turn(self) -> None:
        """Wait until it is one's turn to act."""
        mine = asyncio.get_running_loop().create_future()
        self._ready.append(mine)
        await mine

    def call(self) -> bool:
        """Let whoever waited longest act; False if nobody is ready."""
        while self._ready:
            one = self._ready.popleft()
            if not one.done():
                one.set_result(None)
                return True
        return False


class Parent(Walker):
    """Somebody with a child, a phone and one matter."""

    def __init__(self, crowd: "Crowd", person: int, language: str, chance: random.Random) -> None:
        super().__init__(person)
        self.crowd = crowd
        self.language = language
        self.chance = chance
        self.shown: Message = {}
        self.begun: dict[int, Begun] = {}
        self.complaints: dict[int, str] = {}
        self.doubtful = False
        """Whether they went away in the middle, so that nobody knows what stands."""
        self._wanted: Wanted = has_buttons

    def saw(self, kind: str, message: Message | None) -> None:
        """Look whether this is what was waited for."""
        if message is None or kind not in ("message", "edited"):
            return
        if self.done is None or self.done.done() or not self._wanted(message):
            return
        self.message = message["message_id"]
        self.shown = message
        self.done.set_result(None)

    @property
    def buttons(self) -> list[str]:
        """What the buttons of the present screen hold."""
        return buttons_of(self.shown)

    def offered(self, code: str) -> list[str]:
        """The buttons of one kind."""
        return [each for each in self.buttons if each.split(":")[0] == code]

    async def goes(self, service: Service, complains: bool) -> None:
        """The whole way, from words to a checklist, an office, and perhaps a complaint."""
        await self._comes_in()
        await self.says(
            self._words(service.title.kk if self.language == "kk" else service.title.ru)
        )
        await self.presses(OpenService(service.id).pack(), StartEnquiry.code)
        await self._asks(service)
        office = await self._looks_for_office(service)
        if complains and office is not None:
            await self._complains(service, office)
        else:
            await self.presses(OpenMenu().pack())

    async def says(self, text: str, wanted: Wanted | None = None) -> None:
        """Write something, and wait for what comes."""
        town = self.crowd.street.server.town
        await self._acts(lambda: town.say(self.id, self.id, text), wanted or has_buttons)

    async def presses(self, data: str, *codes: str, wanted: Wanted | None = None) -> None:
        """Press what holds this, and wait for a screen that has buttons of one of these kinds."""
        town = self.crowd.street.server.town
        await self._acts(
            lambda: town.press(self.id, self.id, self.message, data=data),
            wanted or (offers(*codes) if codes else has_buttons),
        )

    async def _acts(self, act: Callable[[], object], wanted: Wanted) -> None:
        await self.crowd.pace.turn()
        self._wanted = wanted
        self.done = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        try:
            act()
            async with asyncio.timeout(PATIENCE):
                await self.done
        except (TimeoutError, TownError) as error:
            self.doubtful = True
            raise GaveUpError(f"{type(error).__name__} {error}".strip()) from error
        ended = time.perf_counter()
        self.crowd.tally.waits.append((ended, ended - began))

    async def _comes_in(self) -> None:
        await self.says("/start")
        if self.offered(SetLanguage.code):
            await self.presses(SetLanguage(self.language).pack(), OpenMenu.code, "sv", "si")

    def _words(self, title: str) -> str:
        return " ".join(title.split()[:5])[:LONGEST_TYPED]

    async def _asks(self, service: Service) -> None:
        """Answer what is asked, look at the checklist and tick the first paper."""
        await self.presses(
            StartEnquiry(service.id).pack(), Answer.code, OpenEnquiry.code, OpenPapers.code
        )
        found = next(filter(None, map(ABOUT_ENQUIRY.match, self.buttons)), None)
        if found is None:
            raise AstrayError("no enquiry on the screen")
        mine = int(found[1], 36)
        begun = self.begun[mine] = Begun(service.id)
        if not self.offered(Answer.code) and OpenEnquiry(mine).pack() in self.buttons:
            # Another one of this service is there, so a name is asked for first.
            await self.presses(OpenEnquiry(mine).pack(), Answer.code, OpenPapers.code)
        for _ in range(MOST_QUESTIONS):
            options = self.offered(Answer.code)
            if not options:
                break
            data = self.chance.choice(options)
            _, _, question, option = data.split(":")
            begun.answers[question] = option
            shown = set(self.buttons)
            await self.presses(data, wanted=partial(is_another, shown))
        if self.offered(OpenPapers.code):
            await self.presses(OpenPapers(mine).pack(), Tick.code, OpenMenu.code)
            ticks = [each for each in self.offered(Tick.code) if each.endswith(":1")]
            if ticks:
                data = ticks[0]
                begun.ticked.append(data.split(":")[2])
                await self.presses(data, wanted=lambda each: f"{data[:-1]}0" in buttons_of(each))

    async def _looks_for_office(self, service: Service) -> str | None:
        await self.presses(FindOffice(service.id).pack())
        place = self.chance.choice(self.crowd.places)
        await self.says(place.kk if self.language == "kk" else place.ru)
        found = self.offered(OpenOffice.code)
        if not found:
            return None
        await self.presses(found[0], StartComplaint.code, OpenMenu.code, FindOffice.code)
        return found[0].split(":")[1]

    async def _complains(self, service: Service, office: str) -> None:
        await self.presses(StartComplaint(service.id, office).pack(), SetSubject.code)
        subjects = self.offered(SetSubject.code)
        mine = int(subjects[0].split(":")[1], 36)
        await self.presses(SetSubject(mine, "not_taken").pack(), Consent.code)
        await self.presses(Consent(mine).pack())
        words = f"Made-up words of the rehearsal, person {self.id}, complaint {mine}"
        await self.says(words, offers(AskFiles.code))
        await self.presses(AskFiles(mine).pack(), AskContact.code)
        await self.presses(AskContact(mine).pack(), SetContact.code)
        await self.presses(SetContact(mine, "telegram").pack(), SendComplaint.code)
        self.complaints[mine] = words
        shown = number.shown(mine)
        await self.presses(
            SendComplaint(mine).pack(),
            wanted=lambda each: shown in each.get("text", "") and "\u2705" in each.get("text", ""),
        )


class Crowd:
    """All parents of one leg of the rehearsal."""

    def __init__(
        self, street: Street, knowledge: Knowledge, *, known: range, most: int, seed: int
    ) -> None:
        self.street = street
        self.pace = Pace()
        self.tally = Tally()
        self.parents: list[Parent] = []
        self.services = list(knowledge.library.services.values())
        self.places = [
            each
            for each in knowledge.directory.places.values()
            if each.kind in ("city", "district")
        ]
        self._known: Iterator[int] = iter(known)
        self._most = most
        self._chance = random.Random(seed)
        self._under_way: set[asyncio.Task[None]] = set()

    async def keeps(self, a_second: float, seconds: float) -> None:
        """Act at this pace for so long; then let nobody begin anything new."""
        clock = asyncio.get_running_loop().time
        began = clock()
        acts = max(1, round(a_second * seconds))
        for act in range(acts):
            ahead = began + act / a_second - clock()
            if ahead > 0 or act % 50 == 0:
                await asyncio.sleep(max(0.0, ahead))
            if clock() - began > seconds:
                self.tally.held_back += acts - act
                break
            if self.pace.call():
                continue
            if len(self._under_way) < self._most:
                self._another()
                await asyncio.sleep(0)
                self.pace.call()
            else:
                self.tally.held_back += 1

    async def finishes(self, a_second: float) -> None:
        """Let everybody end their way, at this pace."""
        while self._under_way:
            self.pace.call()
            await asyncio.sleep(1 / a_second)

    def _another(self) -> None:
        chance = random.Random(self._chance.random())
        town = self.street.server.town
        newcomer = chance.random() < SHARE_OF_NEWCOMERS
        known = None if newcomer else next(self._known, None)
        language = chance.choice(("kk", "ru"))
        someone = town.add_person("Parent", language_code=language, id=known)
        parent = Parent(self, someone.id, language, chance)
        self.parents.append(parent)
        self.street.meets(parent)
        task = asyncio.create_task(self._way(parent))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _way(self, parent: Parent) -> None:
        service = parent.chance.choice(self.services)
        complains = parent.chance.random() < SHARE_THAT_COMPLAINS
        try:
            await parent.goes(service, complains)
        except GaveUpError as error:
            self.tally.gave_up.append(str(error))
        except AstrayError as error:
            self.tally.astray[str(error)] += 1


def buttons_of(message: Mapping[str, Any]) -> list[str]:
    """What the buttons of a message hold."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]


def has_buttons(message: Mapping[str, Any]) -> bool:
    """Any screen."""
    return bool(buttons_of(message))


def offers(*codes: str) -> Wanted:
    """A screen with a button of one of these kinds."""
    return lambda message: any(each.split(":")[0] in codes for each in buttons_of(message))


def is_another(old: set[str], message: Mapping[str, Any]) -> bool:
    """A screen with other buttons than before."""
    now = set(buttons_of(message))
    return bool(now) and now != old


def first_known(people: int, leg: int, legs: int) -> range:
    """The people of the country who come in one leg: in each others."""
    share = people // legs
    return range(FIRST_PERSON + leg * share, FIRST_PERSON + (leg + 1) * share)


__all__ = ["Begun", "Crowd", "Parent", "Tally", "buttons_of", "first_known"]
