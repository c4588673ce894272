"""Rounds are made once a period by one copy, and a failing one stops no other."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.rounds import Round, Rounds
from core.clock import FixedClock
from core.store.database import Database, Transaction
from core.store.sealing import Sealer
from core.store.start import open_ready

NOW = datetime(2026, 11, 27, 6, 0, tzinfo=UTC)
PERIOD = timedelta(minutes=5)


class Ledger:
    """Notes what was done, reported and rung."""

    def __init__(self) -> None:
        self.done: list[datetime] = []
        self.reported: list[str] = []
        self.rung = 0

    async def do(self, _: Transaction, now: datetime) -> None:
        self.done.append(now)

    async def fail(self, _: Transaction, __: datetime) -> None:
        raise RuntimeError("this round fails")

    async def report(self, where: str, _: BaseException, /, **__: object) -> None:
        self.reported.append(where)

    def ring(self) -> None:
        self.rung += 1


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
async def database(tmp_path: Path, clock: FixedClock) -> AsyncIterator[Database]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'rounds.db'}"
    opened = await open_ready(url, Sealer.from_setting("the key of the tests"), clock=clock)
    yield opened
    await opened.close()


def rounds(database: Database, clock: FixedClock, ledger: Ledger, copy: str = "one") -> Rounds:
    return Rounds(
        database=database,
        clock=clock,
        copy=copy,
        rounds=(),
        report=ledger.report,
        ring=ledger.ring,
    )


async def test_one_copy_makes_a_round_once_a_period(database: Database, clock: FixedClock) -> None:
    ledger = Ledger()
    one, other = (rounds(database, clock, ledger, name) for name in ("one", "other"))
    each = Round("reminders", PERIOD, ledger.do)
    assert await one.look(each)
    assert not await other.look(each)
    assert not await one.look(each)
    clock.moment = NOW + PERIOD
    assert await other.look(each)
    assert not await one.look(each)
    assert ledger.done == [NOW, NOW + PERIOD]
    assert ledger.rung == 2


async def test_a_round_that_fails_is_reported_and_leaves_the_next_to_another_copy(
    database: Database, clock: FixedClock
) -> None:
    ledger = Ledger()
    one, other = (rounds(database, clock, ledger, name) for name in ("one", "other"))
    assert not await one.look(Round("reminders", PERIOD, ledger.fail))
    assert ledger.reported == ["round"]
    # Its lease went back with the transaction.
    assert await other.look(Round("reminders", PERIOD, ledger.do))
