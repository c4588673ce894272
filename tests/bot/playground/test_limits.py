"""The limits on sending, with a clock that the test moves."""

import pytest

from bot.playground.errors import ApiError
from bot.playground.limits import Limits
from tests.bot.playground.helpers import Clock


def refused(limits: Limits, chat: int, count: int = 1) -> int:
    """How long the refusal asks to wait."""
    with pytest.raises(ApiError) as error:
        limits.spend(chat, count)
    wait = error.value.parameters["retry_after"]
    assert error.value.code == 429
    assert error.value.description == f"Too Many Requests: retry after {wait}"
    return wait


def test_person_gets_a_burst_of_three_then_one_a_second(clock: Clock) -> None:
    limits = Limits(clock)
    for _ in range(3):
        limits.spend(1)
    assert refused(limits, 1) == 1
    clock.pass_by(1)
    limits.spend(1)
    assert refused(limits, 1) == 1


def test_group_gets_twenty_a_minute(clock: Clock) -> None:
    limits = Limits(clock)
    for _ in range(20):
        limits.spend(-1)
    assert refused(limits, -1) == 60
    clock.pass_by(59)
    assert refused(limits, -1) == 1
    clock.pass_by(1)
    limits.spend(-1)


def test_thirty_a_second_in_all(clock: Clock) -> None:
    limits = Limits(clock)
    for person in range(1, 31):
        limits.spend(person)
    assert refused(limits, 31) == 1
    clock.pass_by(1)
    limits.spend(31)


def test_album_counts_as_many_but_is_never_impossible(clock: Clock) -> None:
    limits = Limits(clock)
    limits.spend(1, 10)
    assert refused(limits, 1) == 8
    assert refused(limits, 1, 10) == 10
    clock.pass_by(10)
    limits.spend(1, 10)


def test_refused_send_costs_nothing(clock: Clock) -> None:
    limits = Limits(clock)
    limits.spend(1, 3)
    for _ in range(50):
        refused(limits, 1)
    for person in range(2, 29):
        limits.spend(person)


def test_limits_can_be_switched_off(clock: Clock) -> None:
    limits = Limits(clock, enforced=False)
    for _ in range(100):
        limits.spend(1)
