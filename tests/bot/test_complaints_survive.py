"""Complaints survive: whatever dies or fails while one is sent, it is stored and told, once."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.playground.faults import Fault
from bot.playground.server import PlaygroundServer
from bot.telegram.session import Session
from core.complaints import number
from core.complaints.model import Said, replayed
from core.granting import Hand, grant
from core.store import complaints, leases, people, tables
from core.store.database import Database
from core.store.sealing import Sealer
from core.store.start import open_ready
from dialogs.complaints.actions import SendComplaint
from tests.bot.complaining import (
    OFFICE,
    REGION,
    SERVICE,
    UNSENT,
    WORDS,
    Talker,
    gives,
    settled,
    stands,
)
from tests.bot.doomed import MAY_DOUBLE, STEPS, UNDER_WAY, Doomed
from tests.bot.running import KEY, OFFICIAL, PARENT_RU, running, settings_for, sqlite_at

pytestmark = pytest.mark.slow

SECOND = 7000000005
MANY = 500
SOME = 60
HOUR = timedelta(hours=1)


@dataclass
class Beside:
    """A look at the database beside the bot."""

    database: Database


@pytest.fixture
async def server() -> AsyncIterator[PlaygroundServer]:
    async with PlaygroundServer(limits=False, seed=2026) as started:
        started.town.add_person("Second", language_code="ru", id=SECOND)
        yield started


@pytest.fixture
def url(tmp_path: Path) -> str:
    return sqlite_at(tmp_path)


@pytest.fixture
async def beside(url: str) -> AsyncIterator[Beside]:
    database = await open_ready(url, Sealer.from_setting(KEY))
    yield Beside(database)
    await database.close()


@pytest.mark.parametrize("step", STEPS)
async def test_killed_at_any_step_of_sending(
    server: PlaygroundServer, url: str, beside: Beside, step: str
) -> None:
    parent, official = (Talker(server, person) for person in (PARENT_RU, OFFICIAL))
    copy = Doomed(settings_for(server, url, telegram_limits=False), step, OFFICIAL)
    copy.start()
    try:
        for each in (parent, official):
            await each.begins()
        await gives(beside, OFFICIAL, "official", **REGION)
        draft = await parent.drafts(beside)
        server.town.press(
            PARENT_RU, PARENT_RU, parent.last()["message_id"], data=SendComplaint(draft).pack()
        )
        assert await copy.died() == -signal.SIGKILL
        copy.start()
        shown = number.shown(draft)
        await official.hears(shown, "would not take my papers")
        await parent.hears("✅", shown)
        await settled(server, beside)
        async with beside.database.reading() as tx:
            assert await tx.scalar(select(func.count()).select_from(tables.complaints)) == 1
        complaint, story = await stands(beside, draft)
        assert (complaint.state, complaint.said.text) == ("delivered", WORDS)
        assert [each.kind for each in story] == ["sent", "delivered"]
        receipts = parent.has("✅", shown)
        assert receipts == 1 or (step in UNDER_WAY and receipts == 2)
        notices = official.has(shown, "would not take my papers")
        assert notices == 1 or (step == MAY_DOUBLE and notices == 2)
    finally:
        await copy.stop()


async def drafted(beside: Beside, server: PlaygroundServer, many: int) -> dict[int, int]:
    """Many parents, each with a draft that is ready to be sent; their drafts by who they are."""
    now = beside.database.clock.now()
    drafts: dict[int, int] = {}
    for each in range(many):
        parent = server.town.add_person(f"P{each}", language_code="ru")
        parent.started = True
        async with beside.database.writing() as tx:
            person = await people.meet(tx, parent.id, now)
            met = replace(person, language="ru", language_asked=True)
            await people.keep(tx, met, now)
            draft = await complaints.begin(
                tx, person_id=parent.id, language="ru", now=now, service=SERVICE, office=OFFICE
            )
            said = Said(text=f"{WORDS} {each}", contact="telegram", consent=True)
            await complaints.keep_draft(tx, replace(draft, subject="not_taken", said=said), now)
        drafts[parent.id] = draft.id
    return drafts


async def officials_of(beside: Beside, server: PlaygroundServer) -> list[Talker]:
    """Two officials who have opened the bot."""
    now = beside.database.clock.now()
    for person in (OFFICIAL, SECOND):
        server.town.person(person).started = True
        async with beside.database.writing() as tx:
            met = await people.meet(tx, person, now)
            await people.keep(tx, replace(met, language="ru", language_asked=True), now)
            await grant(tx, Hand(None, "command", now), person, "official", scope=REGION)
    return [Talker(server, person) for person in (OFFICIAL, SECOND)]


def press_all(server: PlaygroundServer, drafts: dict[int, int]) -> None:
    """Everybody sends their complaint at once."""
    for parent, draft in drafts.items():
        server.town.press(parent, parent, 1, data=SendComplaint(draft).pack())


async def taken_in(beside: Beside) -> None:
    """Every complaint is stored; a press that waited for long may get no answer any more."""
    is_draft = select(func.count()).select_from(tables.complaints)
    is_draft = is_draft.where(tables.complaints.c.state == "draft")
    async with asyncio.timeout(300):
        while True:
            async with beside.database.reading() as tx:
                if not await tx.scalar(is_draft):
                    return
            await asyncio.sleep(0.2)


async def emptied(beside: Beside) -> None:
    """Nothing waits in the queue any more, nor is under way."""
    async with asyncio.timeout(300):
        while True:
            async with beside.database.reading() as tx:
                if not await tx.scalar(select(func.count()).where(UNSENT)):
                    return
            await asyncio.sleep(0.2)


async def told_once(
    server: PlaygroundServer, beside: Beside, drafts: dict[int, int], officials: list[Talker]
) -> None:
    """Each complaint is stored once, each official and parent was told of it once."""
    for parent, draft in drafts.items():
        complaint, story = await stands(beside, draft)
        kinds = [each.kind for each in story]
        assert kinds == ["sent", "delivered"]
        assert replayed(kinds) == complaint.state
        assert Talker(server, parent).has("✅", number.shown(draft)) == 1
    for official in officials:
        texts = [str(each.get("text")) for each in official.messages()]
        notices = [each for each in texts if "would not take my papers" in each]
        assert len(notices) == len(drafts)
        assert len(set(notices)) == len(drafts)


async def test_five_hundred_complaints_arrive_while_the_queue_is_down(
    server: PlaygroundServer, url: str, beside: Beside, capsys: pytest.CaptureFixture[str]
) -> None:
    officials = await officials_of(beside, server)
    drafts = await drafted(beside, server, MANY)
    now = beside.database.clock.now()
    # A copy that holds the lease and does not send: nobody else may.
    async with beside.database.writing() as tx:
        assert await leases.hold(tx, "outgoing", "a copy that hangs", now, HOUR)
    async with running(settings_for(server, url, telegram_limits=False)):
        began = time.perf_counter()
        press_all(server, drafts)
        await taken_in(beside)
        taken = time.perf_counter() - began
        for draft in drafts.values():
            assert [each.kind for each in (await stands(beside, draft))[1]] == ["sent"]
        assert [each.messages() for each in officials] == [[], []]
        async with beside.database.writing() as tx:
            await leases.release(tx, "outgoing", "a copy that hangs")
        began = time.perf_counter()
        async with asyncio.timeout(600):
            await settled(server, beside)
        sent = time.perf_counter() - began
        await told_once(server, beside, drafts, officials)
    with capsys.disabled():
        print(f"\n{MANY} complaints taken in {taken:.1f} s, told in {sent:.1f} s")  # noqa: T201


FAILING = (Fault(code=500), Fault(code=502), Fault("close"), Fault(code=429, retry_after=1))
LOST = (Fault("close", after=True), Fault("silence", after=True))


@pytest.mark.parametrize("faults", [FAILING, LOST], ids=["failing", "answers lost"])
async def test_telegram_fails_while_complaints_are_told(
    server: PlaygroundServer,
    url: str,
    beside: Beside,
    monkeypatch: pytest.MonkeyPatch,
    faults: tuple[Fault, ...],
) -> None:
    monkeypatch.setattr("bot.app.Session", lambda api: Session(api, to_answer=1.0))
    officials = await officials_of(beside, server)
    drafts = await drafted(beside, server, SOME)
    server.faults.share(0.25, faults, ["sendMessage"])
    async with running(settings_for(server, url, telegram_limits=False)):
        press_all(server, drafts)
        await taken_in(beside)
        # Some are still on their way when Telegram is well again.
        server.faults.clear()
        await emptied(beside)
        if faults is FAILING:
            await told_once(server, beside, drafts, officials)
            return
        for parent, draft in drafts.items():
            assert [each.kind for each in (await stands(beside, draft))[1]] == ["sent", "delivered"]
            assert Talker(server, parent).has("✅", number.shown(draft)) >= 1
            for official in officials:
                assert official.has(number.shown(draft), "would not take my papers") >= 1
