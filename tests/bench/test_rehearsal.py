"""A small rehearsal of the first of September, and proofs that its proof can fail."""

import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bench.country import FIRST_OFFICIAL, Size, settle
from bench.crowd import Begun, Crowd, Parent
from bench.proof import Proof, prove
from bench.rehearsal import Plan, rehearse, report
from bench.slowest import logged
from bench.street import Street
from bot.playground.server import PlaygroundServer
from core.keep import Keep
from core.knowledge import Knowledge, read_knowledge
from core.store import complaints, enquiries, people, roles
from core.store.complaints import What
from core.store.database import Database
from core.store.sealing import Sealer
from core.store.start import open_ready
from dialogs.complaints.owning import owners_of_open, staff_of
from dialogs.complaints.tending import check_owners
from dialogs.desk import OwnDesk
from tests.bot.complaining import LANGUAGES
from tests.bot.running import KEY, sqlite_at

SMALL = Plan(scale=0.001, minutes=1 / 6, rate=10, day_only=True)
PERSON = 7000000099
SERVICE = "free_school_meals"
NOW = datetime(2026, 9, 1, 4, 0, tzinfo=UTC)


@pytest.mark.slow
async def test_a_small_first_of_september() -> None:
    result = await rehearse(SMALL, "sqlite", None, lambda _: None)
    (day,) = result.legs
    assert result.killed == 1
    assert day.bad_answers > 0
    assert day.proof is not None
    assert day.proof.enquiries >= 3
    assert (result.lost, result.doubled) == (0, 0), "\n".join(report(result))
    assert day.proof.other_screens == []
    assert (day.proof.updates_left, day.proof.unsent) == (0, 0)
    assert result.slowest[0].plan
    assert day.used.memory["copy 1"] > 0


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await open_ready(sqlite_at(tmp_path), Sealer.from_setting(KEY))
    yield opened
    await opened.close()


@pytest.fixture
async def knowledge(database: Database) -> Knowledge:
    return await read_knowledge(database, NOW, Keep(12, 3))


async def test_everybody_in_the_country_has_what_the_bot_would_have_given(
    database: Database,
) -> None:
    """Each open complaint has people who know of it, so that nothing is told anew at the start."""
    await settle(database, Size(50, 20, 40, 5, 1600), NOW)
    known = await read_knowledge(database, NOW, Keep(12, 3))
    assert len(known.directory.offices) == 1600
    async with database.writing() as tx:
        desk = OwnDesk(tx, NOW, LANGUAGES, known, "bot")
        every = await owners_of_open(desk, await staff_of(desk))
        checked = await check_owners(desk)
        assert await people.find(tx, FIRST_OFFICIAL) is not None
        assert len(await roles.holders(tx, "official")) == 5
    assert every
    assert checked.open == len(every)
    assert checked.unowned == checked.told == ()


class Stood:
    """A parent who did something, and what became of it."""

    def __init__(self, database: Database, knowledge: Knowledge) -> None:
        self.server = PlaygroundServer()
        self.database = database
        self.knowledge = knowledge
        self.server.town.add_person("P", id=PERSON)
        crowd = Crowd(Street(self.server), knowledge, known=range(0), most=1, seed=1)
        self.parent = Parent(crowd, PERSON, "ru", random.Random(1))

    async def begins(self) -> int:
        async with self.database.writing() as tx:
            await people.meet(tx, PERSON, NOW)
            begun = await enquiries.begin(
                tx, person_id=PERSON, service=SERVICE, rules_version="1", state="open", now=NOW
            )
        return begun.id

    async def complains(self, words: str) -> int:
        async with self.database.writing() as tx:
            draft = await complaints.begin(tx, person_id=PERSON, language="ru", now=NOW)
            await complaints.happen(tx, draft, What("sent", "parent"), NOW, sent_at=NOW)
        self.parent.complaints[draft.id] = words
        return draft.id

    async def proof(self) -> Proof:
        since = NOW - timedelta(hours=1)
        return await prove(self.server, self.database, self.knowledge, [self.parent], since)


@pytest.fixture
def stood(database: Database, knowledge: Knowledge) -> Stood:
    return Stood(database, knowledge)


async def test_what_stands_as_it_was_said_is_neither_lost_nor_doubled(stood: Stood) -> None:
    stood.parent.begun[await stood.begins()] = Begun(SERVICE)
    found = await stood.proof()
    assert (found.enquiries, found.lost, found.doubled) == (1, [], [])


async def test_an_enquiry_that_does_not_stand_is_lost(stood: Stood) -> None:
    stood.parent.begun[1] = Begun(SERVICE)
    assert len((await stood.proof()).lost) == 1


async def test_an_answer_that_does_not_stand_is_lost(stood: Stood) -> None:
    stood.parent.begun[await stood.begins()] = Begun(SERVICE, {"school": "state"})
    assert "answers" in (await stood.proof()).lost[0]


async def test_an_enquiry_that_nobody_began_is_doubled(stood: Stood) -> None:
    stood.parent.begun[await stood.begins()] = Begun(SERVICE)
    await stood.begins()
    assert len((await stood.proof()).doubled) == 1


async def test_other_words_are_lost_and_so_is_what_nobody_is_told_of(stood: Stood) -> None:
    await stood.complains("Made-up words that were said and do not stand")
    lost = (await stood.proof()).lost
    assert ["other words" in each for each in lost] == [True, False]
    assert "nobody was told" in lost[1]


async def test_another_screen_than_the_database_has_is_found(stood: Stood) -> None:
    await stood.begins()
    assert len((await stood.proof()).other_screens) == 1


def test_what_the_log_says_of_statements_is_reckoned_up() -> None:
    log = (
        "2026-09-01 LOG:  duration: 2.000 ms  execute __asyncpg_stmt_1__: SELECT a\n"
        "\tFROM b\n"
        "2026-09-01 LOG:  duration: 150.000 ms  execute __asyncpg_stmt_7__: SELECT a\n"
        "\tFROM b\n"
        "2026-09-01 LOG:  checkpoint starting: time\n"
    )
    (slow,) = logged(log, 0.5)
    assert slow.statement == "SELECT a FROM b"
    assert slow.times == 3
    assert round(slow.seconds, 3) == 0.154
    assert slow.longest_ms == 150
