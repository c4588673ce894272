"""The watch over HTTP with a moved clock: from handing in to the complaint that is sent."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import App
from bot.playground.server import PlaygroundServer
from core.clock import SystemClock
from core.complaints.model import Said
from core.release import DATA
from core.services.engine import paths
from core.services.library import load_library
from core.store import complaints, reminders, watches
from dialogs.complaints.actions import Consent, SendComplaint
from dialogs.doors import ComplainLate, StartEnquiry, StartWatch
from dialogs.enquiry import Answer
from dialogs.language import SetLanguage
from dialogs.watch.actions import ItWas
from tests.bot.complaining import LANGUAGES, OFFICE, PATIENCE, REGION, Talker, gives, stands
from tests.bot.running import OFFICIAL, PARENT_KK, PARENT_RU, running, settings_for, sqlite_at

SERVICE = "guardianship_certificate"
HANDED, PROMISED = date(2026, 12, 2), date(2026, 12, 8)
LATER = date(2026, 12, 10)
WALK = next(paths(load_library(DATA).services[SERVICE]))
"""One way through the questions."""


@dataclass
class MovedClock:
    """The clock of the machine, set ahead."""

    by: timedelta = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.by

    def set(self, day: date, hour: int, minute: int = 0) -> None:
        """Let it be that moment by the clock of the country."""
        wanted = LANGUAGES[None].beginning(day, hour) + timedelta(minutes=minute)
        self.by = wanted.astimezone(UTC) - SystemClock().now()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> MovedClock:
    moved = MovedClock()
    moved.set(HANDED, 12)
    monkeypatch.setattr("bot.app.SystemClock", lambda: moved)
    monkeypatch.setattr("bot.rounds.LOOK_SECONDS", 0.1)
    return moved


@pytest.fixture
async def app(
    server: PlaygroundServer,
    tmp_path: Path,
    clock: MovedClock,  # noqa: ARG001 - it goes by this clock
) -> AsyncIterator[App]:
    settings = settings_for(server, sqlite_at(tmp_path), telegram_limits=False)
    async with running(settings) as started:
        yield started


async def opens(who: Talker, packed: str) -> None:
    await who.presses_data(who.last()["message_id"], packed)


async def hands_in(parent: Talker, app: App) -> int:
    """An enquiry, its papers handed in, with a slip; gives the watch."""
    await parent.begins()
    await opens(parent, StartEnquiry(SERVICE).pack())
    for question, option in WALK.answers.items():
        await opens(parent, Answer(1, question, option).pack())
    await opens(parent, StartWatch(1).pack())
    await parent.taps("Today")
    await parent.says(f"{PROMISED:%d.%m.%Y}")
    await parent.says("A-77")
    async with app.database.reading() as tx:
        (watch,) = await watches.of(tx, parent.person)
    assert watch.handed_in == HANDED
    await opens(parent, ItWas(watch.id, OFFICE).pack())
    return watch.id


async def quiet(parent: Talker, app: App, seconds: float = 1.0) -> int:
    """How many messages there are after some rounds have been made."""
    await asyncio.sleep(seconds)
    await parent.settled(app)
    return len(parent.messages())


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_from_handing_in_to_the_complaint_that_is_sent(
    server: PlaygroundServer, app: App, clock: MovedClock, language: str
) -> None:
    parent = Talker(server, {"kk": PARENT_KK, "ru": PARENT_RU}[language], language=language)
    official = Talker(server, OFFICIAL, language="ru")
    await official.begins()
    await gives(app, OFFICIAL, "official", **REGION)
    number = await hands_in(parent, app)
    asks = parent.say.label("Yes, it came")
    before = await quiet(parent, app)

    # The day itself: nothing at half past eight, one question from nine, in the language of then.
    clock.set(PROMISED, 8, 30)
    assert await quiet(parent, app) == before
    await opens(parent, SetLanguage("ru" if language == "kk" else "kk").pack())
    await opens(parent, SetLanguage(language).pack())
    before = await quiet(parent, app)
    clock.set(PROMISED, 9, 1)
    await parent.hears(parent.say("<b>Did you get the answer?</b>").striptags())
    assert await quiet(parent, app) == before + 1
    asked = parent.last()
    assert asks in [b["text"] for row in asked["reply_markup"]["inline_keyboard"] for b in row]

    # Two working days later once more, not on the day between, and not at night.
    for day, hour in ((PROMISED, 22), (date(2026, 12, 9), 9), (LATER, 5)):
        clock.set(day, hour, 5)
        assert await quiet(parent, app) == before + 1
    clock.set(LATER, 9, 5)
    async with asyncio.timeout(PATIENCE):
        while len(parent.messages()) < before + 2:  # noqa: ASYNC110 - the feed has many sounds
            await asyncio.sleep(0.1)
    assert await quiet(parent, app) == before + 2

    # Nothing came: the complaint is written already, the parent agrees and sends it.
    await parent.presses_data(parent.last()["message_id"], ComplainLate(number).pack())
    async with app.database.reading() as tx:
        draft = await complaints.draft_of(tx, parent.person)
        assert not await reminders.to_come(tx, parent.person)
    assert draft is not None
    await opens(parent, Consent(draft.id).pack())
    await opens(parent, SendComplaint(draft.id).pack())
    await parent.settled(app)
    complaint, story = await stands(app, draft.id)
    assert (complaint.subject, complaint.office, complaint.service) == ("late", OFFICE, SERVICE)
    said: Said = complaint.said
    assert (said.handed_in, said.promised, said.slip) == (HANDED, PROMISED, "A-77")
    assert parent.say.date(PROMISED) in said.text
    assert [each.kind for each in story] == ["sent", "delivered"]
    await official.hears("A-77")


async def test_a_bot_that_was_down_on_the_day_asks_once_the_next_morning(
    server: PlaygroundServer, tmp_path: Path, clock: MovedClock
) -> None:
    parent = Talker(server, PARENT_RU)
    settings = settings_for(server, sqlite_at(tmp_path), telegram_limits=False)
    async with running(settings) as app:
        await hands_in(parent, app)
        before = await quiet(parent, app, 0.2)
    # It starts again in the night after both days.
    clock.set(LATER, 23)
    async with running(settings) as app:
        assert await quiet(parent, app) == before
        clock.set(LATER + timedelta(days=1), 9, 2)
        await parent.hears(parent.say("<b>Did you get the answer?</b>").striptags())
        assert await quiet(parent, app, 2.0) == before + 1
        clock.set(LATER + timedelta(days=4), 9, 2)
        assert await quiet(parent, app, 2.0) == before + 1
