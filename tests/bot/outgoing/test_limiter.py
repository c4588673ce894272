"""The limiter: no window is ever exceeded, replies come first, nobody is forgotten."""

import asyncio
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from bot.outgoing.limiter import Limiter
from core.outgoing import Lane
from tests.bot.outgoing.timer import StillTimer

PERSON, OTHER, GROUP = 7, 8, -100


async def breathe() -> None:
    """Let every task that can go on go on."""
    for _ in range(8):
        await asyncio.sleep(0)


@dataclass(frozen=True)
class Want:
    """A wish to send, as hypothesis makes it up."""

    after: float
    chat_id: int
    lane: Lane
    cancel_after: float | None = None


want = st.builds(
    Want,
    after=st.just(0) | st.floats(0, 2),
    chat_id=st.sampled_from([1, 2, 3, 4, 5, 6, -1, -2]),
    lane=st.sampled_from(Lane),
    cancel_after=st.none() | st.floats(0, 3),
)
wants = st.lists(want, max_size=40) | st.lists(want, min_size=100, max_size=150)


@dataclass
class Sent:
    """What the simulation saw go."""

    at: float
    chat_id: int
    lane: Lane
    asked: int


async def simulate(
    given_wants: Iterable[Want], a_second: float
) -> tuple[list[Sent], list[Want], Limiter, StillTimer]:
    timer = StillTimer()
    limiter = Limiter(a_second, timer)
    sent: list[Sent] = []
    tasks: dict[asyncio.Task[None], Want] = {}

    async def one(number: int, want: Want) -> None:
        assert await limiter.slot(want.chat_id, want.lane) == 0
        sent.append(Sent(timer.now, want.chat_id, want.lane, number))

    async def until(moment: float) -> None:
        while (when := timer.next_at()) is not None and when <= moment:
            timer.forward_to(when)
            await breathe()
        timer.forward_to(moment)

    for number, want in enumerate(given_wants):
        await until(timer.now + want.after)
        task = asyncio.create_task(one(number, want))
        tasks[task] = want
        if want.cancel_after is not None:
            timer.call_at(timer.now + want.cancel_after, task.cancel)
        await breathe()
    await until(timer.now + 3600)
    await asyncio.gather(*tasks, return_exceptions=True)
    kept = [want for task, want in tasks.items() if not task.cancelled()]
    return sent, kept, limiter, timer


def most_within(moments: list[float], period: float) -> int:
    """How many of these moments the fullest half-open window of a period holds."""
    moments = sorted(moments)
    return max(
        (bisect_left(moments, start + period) - at for at, start in enumerate(moments)), default=0
    )


@given(wants, st.sampled_from([30, 10, 3, 1, 0.5]))
async def test_no_window_is_exceeded_and_nobody_is_forgotten(
    given_wants: list[Want], a_second: float
) -> None:
    sent, kept, limiter, timer = await simulate(given_wants, a_second)
    assert len(sent) == len(kept)
    assert most_within([each.at for each in sent], 1.0) <= max(1, a_second)
    chats: dict[int, list[float]] = defaultdict(list)
    for each in sent:
        chats[each.chat_id].append(each.at)
    for chat_id, moments in chats.items():
        if chat_id > 0:
            assert most_within(moments, 1.0) <= 1
        else:
            assert most_within(moments, 60.0) <= 20
    await limiter.slot(999, Lane.REPLY)
    assert len(limiter) == 1, "chats that are long idle are forgotten"
    assert timer.next_at() is None, "no alarm is left when nobody waits"


@given(wants)
async def test_within_a_chat_and_a_lane_the_first_to_ask_is_the_first_to_go(
    given_wants: list[Want],
) -> None:
    sent, *_ = await simulate(given_wants, 3)
    order: dict[tuple[int, Lane], list[int]] = defaultdict(list)
    for each in sent:
        order[each.chat_id, each.lane].append(each.asked)
    assert all(numbers == sorted(numbers) for numbers in order.values())


async def test_replies_go_before_a_queue_that_waits_longer() -> None:
    timer = StillTimer()
    limiter = Limiter(3, timer)
    went: list[str] = []

    async def one(name: str, chat_id: int, lane: Lane) -> None:
        await limiter.slot(chat_id, lane)
        went.append(name)

    tasks = [asyncio.create_task(one(f"queue {n}", n, Lane.REMINDER)) for n in range(1, 10)]
    await breathe()
    tasks += [asyncio.create_task(one(f"reply {n}", 100 + n, Lane.REPLY)) for n in range(3)]
    await breathe()
    assert went == ["queue 1", "queue 2", "queue 3"]
    timer.forward_to(timer.now + 1.06)
    await breathe()
    assert went[3:] == ["reply 0", "reply 1", "reply 2"]
    timer.forward_to(timer.now + 10)
    await asyncio.gather(*tasks)
    assert went[6:] == [f"queue {n}" for n in range(4, 10)]


async def test_the_queue_leaves_room_for_a_reply_that_comes_in_the_same_second() -> None:
    timer = StillTimer()
    limiter = Limiter(30, timer)
    waiting = [asyncio.create_task(limiter.slot(n, Lane.REMINDER)) for n in range(1, 40)]
    await breathe()
    assert sum(each.done() for each in waiting) == 25
    for n in range(5):
        assert await limiter.slot(1000 + n, Lane.REPLY) == 0
    late = asyncio.create_task(limiter.slot(2000, Lane.REPLY))
    await breathe()
    assert not late.done()
    timer.forward_to(timer.now + 60)
    await asyncio.gather(late, *waiting)


async def test_a_reply_in_a_chat_overtakes_what_the_queue_wants_to_say_there() -> None:
    timer = StillTimer()
    limiter = Limiter(30, timer)
    await limiter.slot(PERSON, Lane.REPLY)
    queued = asyncio.create_task(limiter.slot(PERSON, Lane.REMINDER))
    await breathe()
    reply = asyncio.create_task(limiter.slot(PERSON, Lane.REPLY))
    await breathe()
    timer.forward_to(timer.now + 1.06)
    await breathe()
    assert (reply.done(), queued.done()) == (True, False)
    timer.forward_to(timer.now + 1.06)
    await queued


async def test_a_pause_of_one_chat_holds_nobody_else_back() -> None:
    timer = StillTimer()
    limiter = Limiter(30, timer)
    limiter.pause(PERSON, 30)
    paused = asyncio.create_task(limiter.slot(PERSON, Lane.REPLY))
    assert await limiter.slot(OTHER, Lane.REPLY) == 0
    edit = asyncio.create_task(limiter.passage(PERSON))
    assert await limiter.passage(OTHER) == 0
    await breathe()
    timer.forward_to(timer.now + 29.9)
    await breathe()
    assert (paused.done(), edit.done()) == (False, False)
    timer.forward_to(timer.now + 0.2)
    assert (await paused, await edit) == (0, 0)


async def test_pauses_of_several_chats_at_once_hold_everything_back() -> None:
    timer = StillTimer()
    limiter = Limiter(30, timer)
    for chat_id in (1, 2, 3):
        limiter.pause(chat_id, 10)
    assert await limiter.slot(OTHER, Lane.REPLY, patience=5) == 10
    assert await limiter.passage(OTHER, patience=5) == 10
    everybody = asyncio.create_task(limiter.slot(OTHER, Lane.REPLY))
    await breathe()
    assert not everybody.done()
    timer.forward_to(timer.now + 10)
    assert await everybody == 0


async def test_patience_ends_with_the_seconds_still_to_wait() -> None:
    timer = StillTimer()
    limiter = Limiter(30, timer)
    for _ in range(20):
        assert await limiter.slot(GROUP, Lane.REPLY) == 0
    waiting = asyncio.create_task(limiter.slot(GROUP, Lane.REPLY, patience=5))
    await breathe()
    timer.forward_to(timer.now + 5)
    assert 54 < await waiting < 56
    timer.forward_to(timer.now + 56)
    assert await limiter.slot(GROUP, Lane.REPLY, patience=5) == 0


async def test_who_is_cancelled_takes_no_slot_from_the_next() -> None:
    timer = StillTimer()
    limiter = Limiter(30, timer)
    await limiter.slot(PERSON, Lane.REPLY)
    first = asyncio.create_task(limiter.slot(PERSON, Lane.REPLY))
    second = asyncio.create_task(limiter.slot(PERSON, Lane.REPLY))
    await breathe()
    first.cancel()
    timer.forward_to(timer.now + 1.06)
    assert await second == 0


async def test_a_smaller_share_holds_from_the_next_message_on() -> None:
    timer = StillTimer()
    limiter = Limiter(30, timer)
    for n in range(1, 11):
        await limiter.slot(n, Lane.REPLY)
    limiter.share(10)
    waiting = asyncio.create_task(limiter.slot(99, Lane.REPLY))
    await breathe()
    assert not waiting.done()
    timer.forward_to(timer.now + 1.06)
    await waiting
