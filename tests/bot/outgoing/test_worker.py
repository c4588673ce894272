"""The worker delivers everything, in order, whatever Telegram does, and says what it could not."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientTimeout

from bot.outgoing.delivery import LONGEST_PAUSE, Delivery, Expired, pause_before
from bot.playground.faults import Fault
from bot.playground.server import PlaygroundServer
from bot.telegram.fate import Gone, Refused
from core.chats import ChatState
from core.clock import FixedClock
from core.outgoing import Lane, Parcel
from core.store import chats, outgoing, people
from core.store.database import Transaction
from core.store.outgoing import Posting
from core.store.problems import DatabaseAwayError
from tests.bot.outgoing.post_office import (
    GROUP,
    PEOPLE,
    PostOffice,
    numbered,
    parcel,
    sent_texts,
    working,
)
from tests.bot.outgoing.timer import MORNING

AIGUL, ELENA, BOLAT, DINA = PEOPLE


async def test_delivers_in_order_and_knows_the_message(
    office: PostOffice, server: PlaygroundServer
) -> None:
    await office.put(*(replace(each, about="complaint:1") for each in numbered(AIGUL, 5)))
    async with working(office.worker()):
        rows = await office.emptied()
    assert rows.states == ["sent"] * 5
    assert sent_texts(server) == [f"{AIGUL} {number}" for number in range(5)]
    last = server.calls.of("sendMessage")[-1].result["message_id"]
    async with office.database.reading() as tx:
        assert await outgoing.about(tx, AIGUL, last) == "complaint:1"


async def test_what_is_put_while_it_works_wakes_it(
    office: PostOffice, server: PlaygroundServer
) -> None:
    async with working(office.worker()):
        await office.put(parcel(AIGUL, "бір"))
        await office.emptied()
        await office.put(parcel(ELENA, "екі"))
        await office.emptied()
    assert sent_texts(server) == ["бір", "екі"]


async def test_what_another_copy_puts_is_noticed_without_a_bell(
    office: PostOffice, server: PlaygroundServer
) -> None:
    async with working(office.worker()):
        async with office.database.writing() as tx:
            await outgoing.put(tx, parcel(AIGUL, "үш"), office.clock.now())
        await office.emptied()
    assert sent_texts(server) == ["үш"]


async def test_what_is_for_later_comes_later(office: PostOffice, server: PlaygroundServer) -> None:
    office.clock = clock = FixedClock(MORNING)
    later = replace(parcel(AIGUL, "кейін"), not_before=MORNING + timedelta(hours=1))
    await office.put(later, parcel(AIGUL, "қазір"))
    async with working(office.worker()):
        async with asyncio.timeout(20):
            while not sent_texts(server):
                await server._api.quiet.heard(1)
        assert sent_texts(server) == ["қазір"]
        clock.forward(timedelta(hours=1))
        await office.emptied()
    assert sent_texts(server) == ["қазір", "кейін"]


@pytest.mark.parametrize(
    ("fault", "doubles"),
    [
        (Fault(code=429, retry_after=2), False),
        (Fault(code=429, retry_after=9), False),
        (Fault(code=500), False),
        (Fault("close"), False),
        (Fault("close", after=True), True),
        (Fault("silence", after=True), True),
    ],
    ids=["short 429", "long 429", "500", "cut before", "cut after", "no answer"],
)
async def test_survives_what_telegram_does(
    office: PostOffice, server: PlaygroundServer, fault: Fault, doubles: bool
) -> None:
    server.faults.next("sendMessage", fault)
    if fault.kind == "silence":
        office.session._to_answer = ClientTimeout(total=0.5)
    await office.put(*numbered(AIGUL, 3), parcel(ELENA, "басқа"))
    async with working(office.worker()):
        rows = await office.emptied()
    assert rows.states == ["sent"] * 4
    arrived = sent_texts(server)
    assert (len(arrived) > 4) == doubles
    assert list(dict.fromkeys(sent_texts(server, AIGUL))) == [f"{AIGUL} {n}" for n in range(3)]
    assert "басқа" in arrived


@pytest.mark.slow
async def test_delivers_all_in_order_after_a_long_silence(
    office: PostOffice, server: PlaygroundServer
) -> None:
    server.faults.share(1.0, [Fault(code=502)])
    await office.put(*(parcel(each, f"{each} {n}") for n in range(125) for each in PEOPLE))
    async with working(office.worker()):
        async with asyncio.timeout(20):
            while server._api.answered < 6:
                await server._api.quiet.heard(1)
        assert sent_texts(server) == []
        server.faults.clear()
        rows = await office.emptied()
    assert rows.states == ["sent"] * 500
    for each in PEOPLE:
        assert sent_texts(server, each) == [f"{each} {n}" for n in range(125)]


async def test_a_chat_that_is_stuck_holds_back_nobody_else(
    office: PostOffice, server: PlaygroundServer
) -> None:
    server.faults.next("sendMessage", Fault(code=429, retry_after=500))
    await office.put(*numbered(AIGUL, 2))
    async with working(office.worker()):
        while not server.calls.of("sendMessage") and server._api.answered < 1:
            await server._api.quiet.heard(1)
        await office.put(*numbered(ELENA, 3))
        async with asyncio.timeout(20):
            while len(sent_texts(server, ELENA)) < 3:
                await server._api.quiet.heard(1)
        assert sent_texts(server, AIGUL) == []


async def test_who_blocked_the_bot_is_noted_and_told(
    office: PostOffice, server: PlaygroundServer
) -> None:
    server.town.block(AIGUL)
    server.town.change_person(ELENA, deactivated=True)
    server.town.set_member(GROUP, server.town.bot_id, "remove")
    numbers = await office.put(*(parcel(each, "сәлем") for each in (AIGUL, ELENA, GROUP, BOLAT)))
    async with working(office.worker()):
        rows = await office.emptied()
    assert rows.states == ["failed", "failed", "failed", "sent"]
    assert rows.errors == ["blocked", "deleted", "kicked", None]
    assert dict(office.undelivered) == {
        numbers[0]: Gone(ChatState.BLOCKED),
        numbers[1]: Gone(ChatState.DELETED),
        numbers[2]: Gone(ChatState.KICKED),
    }
    async with office.database.reading() as tx:
        chat = await chats.find(tx, AIGUL)
    assert chat is not None
    assert chat.state is ChatState.BLOCKED


async def test_word_of_what_never_arrives_is_put_with_its_end(
    office: PostOffice, server: PlaygroundServer
) -> None:
    server.town.block(AIGUL)

    async def tell(tx: Transaction, posting: Posting, why: object) -> None:
        word = parcel(BOLAT, f"{posting.about} {type(why).__name__}")
        await outgoing.put(tx, word, office.clock.now())
        office.bell.set()

    await office.put(replace(parcel(AIGUL, "сәлем"), about="complaint:7"))
    async with working(office.worker(undeliverable=tell)):
        await office.emptied()
    assert sent_texts(server, BOLAT) == ["complaint:7 Gone"]


async def test_what_arrived_is_told_of_with_its_mark(
    office: PostOffice, server: PlaygroundServer
) -> None:
    async def tell(tx: Transaction, posting: Posting) -> None:
        if posting.chat_id == AIGUL:
            await outgoing.put(tx, parcel(BOLAT, f"{posting.about} arrived"), office.clock.now())
            office.bell.set()

    await office.put(replace(parcel(AIGUL, "сәлем"), about="complaint:7"))
    async with working(office.worker(arrived=tell)):
        await office.emptied()
    assert sent_texts(server, BOLAT) == ["complaint:7 arrived"]


async def test_a_fault_in_telling_of_an_arrival_leaves_the_message_known(
    office: PostOffice, server: PlaygroundServer
) -> None:
    async def broken(*_: object) -> None:
        raise ValueError("broken")

    await office.put(replace(parcel(AIGUL, "сәлем"), about="complaint:7"))
    async with working(office.worker(arrived=broken)):
        rows = await office.emptied()
    assert rows.states == ["sent"]
    (sent,) = server.calls.of("sendMessage")
    async with office.database.reading() as tx:
        assert await outgoing.about(tx, AIGUL, sent.result["message_id"]) == "complaint:7"
    assert [where for where, _ in office.faults] == ["outgoing"]
    office.faults.clear()


async def test_a_group_that_moved_gets_all_that_waits(
    office: PostOffice, server: PlaygroundServer
) -> None:
    new = server.town.migrate(GROUP).id
    await office.put(*(replace(each, about="complaint:2") for each in numbered(GROUP, 3)))
    async with working(office.worker()):
        rows = await office.emptied()
    assert rows.states == ["sent"] * 3
    assert rows.chats == [new] * 3
    assert sent_texts(server, new) == [f"{GROUP} {number}" for number in range(3)]
    last = server.calls.of("sendMessage")[-1].result["message_id"]
    async with office.database.reading() as tx:
        assert await outgoing.about(tx, new, last) == "complaint:2"


async def test_what_telegram_refuses_fails_and_lets_the_next_pass(
    office: PostOffice, server: PlaygroundServer
) -> None:
    bad = Parcel(AIGUL, {"text": "<nonsense>x</nonsense>"}, Lane.PERSONAL, cause="test")
    (number, _) = await office.put(bad, parcel(AIGUL, "кейінгі"))
    async with working(office.worker()):
        rows = await office.emptied()
    assert rows.states == ["failed", "sent"]
    assert sent_texts(server) == ["кейінгі"]
    (undelivered,) = office.undelivered
    assert undelivered[0] == number
    assert isinstance(undelivered[1], Refused)
    assert [method for method, _ in office.refused] == ["sendMessage"]


async def test_a_body_that_is_no_screen_is_reported_and_fails(office: PostOffice) -> None:
    await office.put(Parcel(AIGUL, {"nonsense": 1}, Lane.PERSONAL, cause="test"))
    async with working(office.worker()):
        rows = await office.emptied()
    assert rows.states == ["failed"]
    assert [where for where, _ in office.faults] == ["outgoing"]
    office.faults.clear()


async def test_what_expired_is_not_sent_but_told(
    office: PostOffice, server: PlaygroundServer
) -> None:
    soon = office.clock.now() + timedelta(milliseconds=1)
    (number,) = await office.put(replace(parcel(AIGUL, "сәлем"), expires_at=soon))
    async with working(office.worker()):
        rows = await office.emptied()
    assert (rows.states, rows.errors) == (["cancelled"], ["expired"])
    assert office.undelivered == [(number, Expired())]
    assert sent_texts(server) == []


async def test_a_redraw_shows_the_present_screen_as_the_living_message(
    office: PostOffice, server: PlaygroundServer
) -> None:
    async with office.database.writing() as tx:
        await people.meet(tx, AIGUL, office.clock.now())
    await office.put(Parcel(AIGUL, {"redraw": True}, Lane.REPLY, cause="turn"))
    async with working(office.worker()):
        rows = await office.emptied()
    assert rows.states == ["sent"]
    assert sent_texts(server) == ["the present screen"]
    async with office.database.reading() as tx:
        person = await people.find(tx, AIGUL)
    assert person is not None
    assert person.message_id == server.calls.of("sendMessage")[-1].result["message_id"]


async def test_a_redraw_is_withdrawn_when_the_person_has_gone_on(
    office: PostOffice, server: PlaygroundServer
) -> None:
    await office.put(Parcel(AIGUL, {"redraw": True}, Lane.REPLY, cause="turn"))
    async with office.database.writing() as tx:
        await people.meet(tx, AIGUL, office.clock.now() + timedelta(seconds=1))
    async with working(office.worker()):
        rows = await office.emptied()
    assert (rows.states, rows.errors) == (["cancelled"], ["superseded"])
    assert sent_texts(server) == []


async def test_a_fault_of_ours_is_reported_and_tried_again(office: PostOffice) -> None:
    async with office.database.writing() as tx:
        await people.meet(tx, AIGUL, office.clock.now())
    failures = iter([ValueError("broken")])
    whole = office.redraw

    async def redraw(person_id: int) -> object:
        for each in failures:
            raise each
        return await whole(person_id)

    await office.put(Parcel(AIGUL, {"redraw": True}, Lane.REPLY, cause="turn"))
    async with working(office.worker(redraw=redraw)):
        rows = await office.emptied()
    assert rows.states == ["sent"]
    assert office.faults == [("outgoing", "ValueError('broken')")]
    office.faults.clear()


async def test_a_fault_in_telling_of_a_failure_ends_the_posting_all_the_same(
    office: PostOffice, server: PlaygroundServer
) -> None:
    async def broken(*_: object) -> None:
        raise ValueError("broken")

    server.town.block(AIGUL)
    await office.put(parcel(AIGUL, "сәлем"), parcel(BOLAT, "сәлем"))
    async with working(office.worker(undeliverable=broken)):
        rows = await office.emptied()
    assert rows.states == ["failed", "sent"]
    assert rows.errors[0] == "abandoned: ValueError"
    office.faults.clear()


async def test_what_arrived_is_written_down_when_the_database_is_back(
    office: PostOffice, server: PlaygroundServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle = Delivery.settle
    failures = iter([DatabaseAwayError("gone"), DatabaseAwayError("still gone")])

    async def settle_at_last(*given: Any) -> float | None:
        for each in failures:
            raise each
        return await settle(*given)

    monkeypatch.setattr(Delivery, "settle", settle_at_last)
    await office.put(parcel(AIGUL, "бір"))
    async with working(office.worker()):
        rows = await office.emptied()
    assert rows.states == ["sent"]
    assert sent_texts(server) == ["бір"]


async def test_without_a_database_the_worker_waits_and_lives_on(
    office: PostOffice, server: PlaygroundServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = outgoing.take
    failures = iter([DatabaseAwayError("gone"), ValueError("broken")])

    async def take_at_last(*given: Any) -> Any:
        for each in failures:
            raise each
        return await take(*given)

    monkeypatch.setattr(outgoing, "take", take_at_last)
    await office.put(parcel(AIGUL, "бір"))
    async with working(office.worker()):
        await office.emptied()
    assert sent_texts(server) == ["бір"]
    assert office.faults == [("outgoing", "ValueError('broken')")]
    office.faults.clear()


async def test_nothing_is_sent_after_the_lease_is_lost(
    office: PostOffice, server: PlaygroundServer
) -> None:
    worker = office.worker()
    await office.put(parcel(AIGUL, "бір"))
    (posting,) = await worker._take_what_is_due()
    worker._held_until = office.clock.now()
    await worker._deliver(posting, asyncio.Event())
    assert sent_texts(server) == []
    assert (await office.rows()).states == ["waiting"]


async def test_stopping_finishes_what_is_in_hand_and_leaves_the_rest(
    office: PostOffice, server: PlaygroundServer
) -> None:
    await office.put(*numbered(AIGUL, 40))
    async with working(office.worker()) as stop:
        async with asyncio.timeout(20):
            while not sent_texts(server):
                await server._api.quiet.heard(1)
        stop.set()
    rows = await office.rows()
    assert set(rows.states) == {"sent", "waiting"}
    assert rows.states.count("sent") == len(sent_texts(server))
    async with working(office.worker("another copy")):
        await office.emptied()
    assert sent_texts(server) == [f"{AIGUL} {number}" for number in range(40)]


def test_pauses_grow_and_end_somewhere() -> None:
    pauses = [pause_before(attempt, 1.0) for attempt in range(1, 12)]
    assert pauses[:4] == [2, 4, 8, 16]
    assert pauses[-1] == LONGEST_PAUSE
    assert pause_before(1, 0.0) == 1.0
