"""The composition root: builds the running bot out of its parts, and takes it down in order."""

import asyncio
import contextlib
import secrets
import signal
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import date, datetime, timedelta
from typing import TypeVar

import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ChatType, UpdateType
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)

from bot.counting import Counting
from bot.desks import Desks
from bot.heart import Heart
from bot.importing import Importing
from bot.keeping import Keeping
from bot.learning import Learning
from bot.outgoing.limiter import Limiter, OpenLimiter
from bot.outgoing.worker import Worker
from bot.rounds import Round, Rounds
from bot.secrets import sealer_of
from bot.settings import Settings, SettingsError
from bot.telegram.courier import Courier
from bot.telegram.fate import Gone, Moved
from bot.telegram.files import download_from
from bot.telegram.groups import Groups
from bot.telegram.inline import InlineQueries
from bot.telegram.intake import Intake
from bot.telegram.polling import Polling
from bot.telegram.profile import set_profile
from bot.telegram.router import make_router
from bot.telegram.session import Session
from bot.telegram.turns import Turns
from bot.telegram.webhook import Webhook, webhook_secret
from bot.tending import Tending
from bot.watch.faults import Faults
from bot.watch.health import Health, Pulse
from bot.watch.metrics import Metrics
from core.chats import ChatState
from core.clock import SystemClock
from core.granting import seed_admins
from core.knowledge import CurrentKnowledge, Knowledge, current_knowledge
from core.release import apply_release
from core.store import chats, meta, outgoing
from core.store.database import Database, Transaction
from core.store.start import open_ready
from dialogs.announcements import sending
from dialogs.house import make_conversation
from dialogs.officials.binding import lost
from dialogs.speech import Languages
from dialogs.statistics import digest

Answer = TypeVar("Answer")
Saying = Callable[[Transaction, datetime, Languages, Knowledge], Awaitable[None]]

log = structlog.get_logger(__name__)

ALLOWED_UPDATES: list[str] = [
    UpdateType.MESSAGE,
    UpdateType.EDITED_MESSAGE,
    UpdateType.CALLBACK_QUERY,
    UpdateType.INLINE_QUERY,
    UpdateType.MY_CHAT_MEMBER,
]
DATABASE_WAIT = 60.0
"""Seconds that a starting bot waits for the server of its database."""

TELEGRAM_PAUSE = 2.0
"""Seconds between two tries to reach Telegram at the start."""


async def run_bot(
    settings: Settings,
    *,
    stop: asyncio.Event | None = None,
    on_ready: Callable[["App"], None] | None = None,
) -> None:
    """Run until told to stop, then finish what is in hand."""
    stop = stop or _stop_on_signals()
    async with AsyncExitStack() as stack:
        database = await open_ready(settings.database_url, sealer_of(settings), wait=DATABASE_WAIT)
        stack.push_async_callback(database.close)
        bot = make_bot(settings)
        stack.push_async_callback(bot.session.close)
        app = App(settings, database, bot)
        await app.run(stop, on_ready)


def make_bot(settings: Settings) -> Bot:
    """The bot as Telegram knows it."""
    if settings.token is None:
        raise SettingsError("BOT_TOKEN: it is needed to talk to Telegram; take one from @BotFather")
    api = TelegramAPIServer.from_base(settings.bot_api_url)
    return Bot(settings.token.get_secret_value(), session=Session(api))


class App:
    """One running copy of the bot."""

    def __init__(self, settings: Settings, database: Database, bot: Bot) -> None:
        self.settings = settings
        self.database = database
        self.bot = bot
        self.health_port = 0
        self.webhook_port: int | None = None
        self._copy = secrets.token_hex(8)
        self._clock = SystemClock()
        self._metrics = Metrics()
        self._pulse = Pulse()
        limiter = Limiter if settings.telegram_limits else OpenLimiter
        self._limiter = limiter(settings.messages_a_second)
        self._languages = Languages(settings.timezone, settings.default_language)
        self._conversation = make_conversation()
        self._courier = Courier(bot, self._limiter, on_gone=self._gone, on_refused=self._refused)
        self._bell = asyncio.Event()
        self._table_bell = asyncio.Event()
        self._desks: Desks | None = None
        self._faults = Faults(
            database=database,
            clock=self._clock,
            languages=self._languages,
            metrics=self._metrics,
            ring=self._bell.set,
        )

    async def run(
        self, stop: asyncio.Event, on_ready: Callable[["App"], None] | None = None
    ) -> None:
        """Bring up every part, serve until stopped, and take them down the other way round."""
        now = self._clock.now()
        await apply_release(self.database, now)
        async with self.database.writing() as tx:
            await seed_admins(tx, self.settings.admin_ids, now)
        knowledge = await current_knowledge(self.database, now, self.settings.keep, self._today)
        name = await self._name(stop)
        if name is None:
            return
        async with self.database.writing() as tx:
            await meta.put(tx, meta.BOT_NAME, name)
        turns = Turns(
            database=self.database,
            conversation=self._conversation,
            knowledge=knowledge,
            languages=self._languages,
            courier=self._courier,
            faults=self._faults,
            clock=self._clock,
            bot_name=name,
            ring=self._ring,
            download=download_from(self.bot),
        )
        self._desks = desks = Desks(knowledge, self._languages, name)
        groups = Groups(
            database=self.database,
            courier=self._courier,
            clock=self._clock,
            say=self._languages[None],
            desks=desks,
            ring=self._bell.set,
        )
        inline = InlineQueries(
            bot=self.bot,
            database=self.database,
            knowledge=knowledge,
            languages=self._languages,
            clock=self._clock,
            bot_name=name,
        )
        tending = Tending(desks=desks, metrics=self._metrics, clock=self._clock)
        dispatcher = Dispatcher(disable_fsm=True)
        dispatcher.include_router(make_router(turns, groups, inline, name))
        worker = Worker(
            database=self.database,
            courier=self._courier,
            clock=self._clock,
            copy=self._copy,
            bell=self._bell,
            redraw=turns.redraw,
            undeliverable=tending.undeliverable,
            arrived=tending.arrived,
            report=self._faults.report,
        )
        intake = Intake(
            bot=self.bot,
            dispatcher=dispatcher,
            database=self.database,
            faults=self._faults,
            metrics=self._metrics,
        )
        async with AsyncExitStack() as stack:
            await self._serve_health(stack)
            async with asyncio.TaskGroup() as loops:
                # Updates end first, then what they caused is sent, then the copy says goodbye.
                drained, silent = asyncio.Event(), asyncio.Event()
                loops.create_task(self._heart().run(silent), name="heart")
                loops.create_task(self._send(worker, drained, silent), name="outgoing")
                loops.create_task(self._take_updates(intake, stop, drained), name="updates")
                loops.create_task(self._keeping().run(stop), name="keeping")
                loops.create_task(self._rounds(knowledge, tending).run(stop), name="rounds")
                loops.create_task(self._importing(turns, desks).run(stop), name="importing")
                loops.create_task(self._learning(knowledge).run(stop), name="learning")
                loops.create_task(self._counting(knowledge).run(stop), name="counting")
                loops.create_task(self._introduce(), name="profile")
                log.info("started", bot=name, webhook=self.settings.webhook_url is not None)
                if on_ready:
                    on_ready(self)
        log.info("stopped")

    async def _name(self, stop: asyncio.Event) -> str | None:
        """The bot's own name at Telegram; None if stopped before it came."""
        me = await self._answered(self.bot.me, stop)
        return (me.username or me.first_name) if me else None

    async def _answered(
        self, ask: Callable[[], Awaitable[Answer]], stop: asyncio.Event
    ) -> Answer | None:
        """What Telegram answers, asked again while it is away; None if stopped before."""
        while not stop.is_set():
            pause = TELEGRAM_PAUSE
            try:
                return await ask()
            except TelegramUnauthorizedError:
                raise SettingsError(
                    "BOT_TOKEN: Telegram does not know this token; take a new one from @BotFather"
                ) from None
            except TelegramRetryAfter as wait:
                pause = float(wait.retry_after)
            except (TelegramAPIError, ClientDecodeError) as fault:
                log.warning("telegram_away", fault=type(fault).__name__, again_in=pause)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)
        return None

    async def _take_updates(
        self, intake: Intake, stop: asyncio.Event, drained: asyncio.Event
    ) -> None:
        try:
            if self.settings.webhook_url is None:
                await Polling(self.bot, intake, ALLOWED_UPDATES, self._polled).run(stop)
            else:
                await self._serve_webhook(intake, self.settings.webhook_url, stop)
        finally:
            drained.set()

    async def _serve_webhook(self, intake: Intake, url: str, stop: asyncio.Event) -> None:
        given = self.settings.webhook_secret
        secret = webhook_secret(given.get_secret_value() if given else None, self.bot.token)
        webhook = Webhook(bot=self.bot, intake=intake, url=url, secret=secret)
        self.webhook_port = await webhook.start(
            self.settings.webhook_host, self.settings.webhook_port
        )
        try:
            await self._answered(lambda: webhook.announce(ALLOWED_UPDATES), stop)
            await stop.wait()
        finally:
            await webhook.stop()

    async def _send(self, worker: Worker, drained: asyncio.Event, silent: asyncio.Event) -> None:
        try:
            await worker.run(drained)
        finally:
            silent.set()

    async def _introduce(self) -> None:
        try:
            await set_profile(self.bot, self._languages, self.settings.default_language)
        except (TelegramAPIError, ClientDecodeError) as fault:
            # The bot works without it, and the next start tries again.
            log.warning("profile_not_set", fault=type(fault).__name__)

    async def _serve_health(self, stack: AsyncExitStack) -> None:
        health = Health(
            metrics=self._metrics, pulse=self._pulse, database_answers=self._database_answers
        )
        self.health_port = await health.start(self.settings.health_host, self.settings.health_port)
        stack.push_async_callback(health.stop)

    def _heart(self) -> Heart:
        return Heart(
            database=self.database,
            clock=self._clock,
            copy=self._copy,
            on_copies=self._share,
            on_beat=lambda: self._pulse.beat("heart"),
        )

    def _share(self, copies: int, is_new: bool) -> None:
        """Take this copy's part of the limit; next to nothing until the others know of it."""
        part = self.settings.messages_a_second / copies
        self._limiter.share(min(part, 1.0) if is_new else part)

    def _keeping(self) -> Keeping:
        return Keeping(
            database=self.database,
            clock=self._clock,
            copy=self._copy,
            keep=self.settings.keep,
        )

    def _rounds(self, knowledge: CurrentKnowledge, tending: Tending) -> Rounds:
        rounds = (
            *tending.rounds,
            self._saying("announcements", sending.EVERY, sending.send_some, knowledge),
            self._saying("digest", digest.EVERY, digest.put_digests, knowledge),
        )
        return Rounds(
            database=self.database,
            clock=self._clock,
            copy=self._copy,
            rounds=rounds,
            report=self._faults.report,
            ring=self._bell.set,
        )

    def _saying(
        self, name: str, every: timedelta, say: Saying, knowledge: CurrentKnowledge
    ) -> Round:
        """A round in which something is said to people that they did not just ask for."""

        async def do(tx: Transaction, now: datetime) -> None:
            await say(tx, now, self._languages, knowledge.value)

        return Round(name, every, do)

    def _importing(self, turns: Turns, desks: Desks) -> Importing:
        return Importing(
            database=self.database,
            clock=self._clock,
            copy=self._copy,
            turns=turns,
            desks=desks,
            bell=self._table_bell,
            report=self._faults.report,
            ring=self._bell.set,
        )

    def _ring(self) -> None:
        """Wake whoever does what a turn has left to be done."""
        self._bell.set()
        self._table_bell.set()

    def _learning(self, knowledge: CurrentKnowledge) -> Learning:
        return Learning(
            database=self.database,
            clock=self._clock,
            knowledge=knowledge,
            report=self._faults.report,
        )

    def _counting(self, knowledge: CurrentKnowledge) -> Counting:
        return Counting(
            database=self.database,
            clock=self._clock,
            copy=self._copy,
            knowledge=knowledge,
            today=self._today,
            report=self._faults.report,
        )

    def _today(self, now: datetime) -> date:
        return now.astimezone(self.settings.timezone).date()

    def _polled(self) -> None:
        self._pulse.beat("polling")

    async def _database_answers(self) -> bool:
        try:
            async with self.database.reading() as tx:
                self._metrics.waiting(await outgoing.waiting(tx))
        except Exception as fault:  # noqa: BLE001 - whatever it is, the database does not answer
            log.warning("database_away", loop="health", fault=type(fault).__name__)
            return False
        return True

    async def _gone(self, chat_id: int, fate: Gone | Moved) -> None:
        now = self._clock.now()
        async with self.database.writing() as tx:
            if isinstance(fate, Moved):
                await chats.migrate(tx, chat_id, fate.chat_id, now)
            else:
                kind = ChatType.PRIVATE if chat_id > 0 else ChatType.GROUP
                await chats.set_state(tx, chat_id, kind, ChatState(fate.kind), now)
                if self._desks is not None and kind == ChatType.GROUP:
                    await lost(self._desks.at(tx, now), chat_id)

    async def _refused(self, method: str, reason: str) -> None:
        await self._faults.report("telegram", RefusedError(f"{method}: {reason}"))


class RefusedError(Exception):
    """Telegram will not carry out a call as we made it."""


def _stop_on_signals() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stop.set)
    return stop
