"""A post office for tests: a database, a town, and workers of the queue between them."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from markupsafe import Markup
from sqlalchemy import text

from bot.outgoing.limiter import Limiter, Timer
from bot.outgoing.worker import Worker
from bot.playground.server import PlaygroundServer
from bot.telegram.courier import Courier
from bot.telegram.fate import Gone, Moved
from bot.telegram.session import Session
from core.chats import ChatState
from core.clock import Clock
from core.outgoing import Lane, Parcel
from core.store import chats, outgoing
from core.store.database import Database, Transaction
from core.store.outgoing import Posting
from dialogs.conversation import Shown
from dialogs.screen import Screen
from dialogs.screen_json import screen_to_json

PEOPLE = (7000000001, 7000000002, 7000000003, 7000000004)
GROUP = -4000000001
PRESENT = Screen(Markup("the present screen"))


def parcel(chat_id: int, said: str, lane: Lane = Lane.PERSONAL) -> Parcel:
    return Parcel(chat_id, screen_to_json(Screen(Markup.escape(said))), lane, cause="test")


@dataclass
class Rows:
    """What stands in the queue."""

    states: list[str]
    errors: list[str | None]
    chats: list[int]


@dataclass
class PostOffice:
    """Everything one copy of the bot needs to empty the queue."""

    database: Database
    clock: Clock
    timer: Timer
    api: str
    token: str
    undelivered: list[tuple[int, object]] = field(default_factory=list)
    arrivals: list[int] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    present: Screen | None = PRESENT

    def __post_init__(self) -> None:
        self.bell = asyncio.Event()
        self.session = Session(TelegramAPIServer.from_base(self.api))
        self.courier = Courier(
            Bot(self.token, session=self.session),
            Limiter(30, self.timer),
            on_gone=self.note_gone,
            on_refused=self.note_refused,
        )

    def worker(self, copy: str = "copy", **others: Any) -> Worker:
        return Worker(
            **{
                "database": self.database,
                "courier": self.courier,
                "clock": self.clock,
                "copy": copy,
                "bell": self.bell,
                "redraw": self.redraw,
                "undeliverable": self.note_undeliverable,
                "arrived": self.note_arrived,
                "report": self.report,
                "timer": self.timer,
                **others,
            }
        )

    async def put(self, *parcels: Parcel) -> list[int]:
        async with self.database.writing() as tx:
            numbers = [await outgoing.put(tx, each, self.clock.now()) for each in parcels]
        self.bell.set()
        return [each for each in numbers if each is not None]

    async def rows(self) -> Rows:
        async with self.database.reading() as tx:
            rows = await tx.all(text("SELECT state, error, chat_id FROM outgoing ORDER BY id"))
        return Rows(*(list(each) for each in zip(*rows, strict=True)) if rows else ([], [], []))

    async def emptied(self) -> Rows:
        """Wait until nothing waits or is on its way any more."""
        async with asyncio.timeout(30):
            while {"waiting", "sending"} & set((rows := await self.rows()).states):
                moment = asyncio.Event()
                self.timer.call_at(self.timer.time() + 2, moment.set)
                await moment.wait()
        return rows

    async def redraw(self, _: int) -> Shown:
        return Shown(self.present)

    async def note_undeliverable(self, tx: Transaction, posting: Posting, why: object) -> None:
        await tx.all(text("SELECT 1"))
        self.undelivered.append((posting.id, why))

    async def note_arrived(self, tx: Transaction, posting: Posting) -> None:
        await tx.all(text("SELECT 1"))
        self.arrivals.append(posting.id)

    async def note_gone(self, chat_id: int, fate: Gone | Moved) -> None:
        async with self.database.writing() as tx:
            if isinstance(fate, Moved):
                await chats.migrate(tx, chat_id, fate.chat_id, self.clock.now())
            else:
                await chats.set_state(
                    tx, chat_id, "private", ChatState(fate.kind), self.clock.now()
                )

    async def note_refused(self, method: str, reason: str) -> None:
        self.refused.append((method, reason))

    async def report(self, where: str, fault: BaseException, /, **_: object) -> None:
        self.faults.append((where, repr(fault)))


@asynccontextmanager
async def working(*workers: Worker) -> AsyncIterator[asyncio.Event]:
    """Let workers work; they are stopped gracefully at the end."""
    stop = asyncio.Event()
    async with asyncio.timeout(60), asyncio.TaskGroup() as group:
        for each in workers:
            group.create_task(each.run(stop))
        yield stop
        stop.set()


def sent_texts(server: PlaygroundServer, chat_id: int | None = None) -> Sequence[str]:
    """What arrived, in the order of arrival."""
    return [
        str(each.params["text"])
        for each in server.calls.of("sendMessage")
        if each.error is None and chat_id in {None, int(each.params["chat_id"])}
    ]


def numbered(chat_id: int, many: int) -> list[Parcel]:
    return [parcel(chat_id, f"{chat_id} {number}") for number in range(many)]
