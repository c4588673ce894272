"""The playground's server: the Bot API, the control API and the page on one port.

Runs inside tests and inside the bot's own process tree, or alone for load tests:
`python -m bot.playground.server --port N --token T --no-limits`.
"""

import argparse
import asyncio
import secrets
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from bot.playground.bot_api import BotApi
from bot.playground.calls import Calls
from bot.playground.control import Control
from bot.playground.exchange import Exchange
from bot.playground.faults import Faults
from bot.playground.feed import Event
from bot.playground.guard import WILDCARDS, Guard
from bot.playground.limits import Limits
from bot.playground.page_files import PageFiles
from bot.playground.residents import Message
from bot.playground.town import Town
from bot.playground.webhook import WebhookSender

WITHIN_SECONDS = 10.0
QUIET_SECONDS = 0.05
SCREEN_KINDS = ("message", "edited", "markup")


def fresh_token(bot_id: int) -> str:
    """A token of Telegram's form for this run only."""
    return f"{bot_id}:{secrets.token_urlsafe(26)}"


class PlaygroundServer:
    """A town with its HTTP server; `async with` starts and stops it."""

    def __init__(
        self,
        token: str = "",
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        limits: bool = True,
        clock: Callable[[], float] = time.time,
        seed: int | None = None,
        record_calls: bool = True,
        webhook_pause: float = 1.0,
        cast: dict[str, Any] | None = None,
    ) -> None:
        self.town = Town(clock, seed, cast)
        self.token = token or fresh_token(self.town.bot_id)
        self.host = host
        self.port = port
        self.limits = Limits(clock, limits)
        self.faults = Faults(seed)
        self.calls = Calls(record_calls)
        self.exchange = Exchange(self.town, self.limits)
        self._api = BotApi(self.token, self.exchange, self.calls, self.faults)
        self.webhook = WebhookSender(self.exchange, self._api.perform, webhook_pause)
        self.exchange.on_connect = self.webhook.connect
        guard = Guard(host)
        self._control = Control(self.town, guard, self._set_targets)
        self._page = PageFiles(guard)
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """The address of the page."""
        host = "127.0.0.1" if self.host in WILDCARDS else self.host
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def bot_api_url(self) -> str:
        """The base that a Bot API client is given instead of Telegram's."""
        return self.url

    async def start(self) -> None:
        app = web.Application()
        app.add_routes(self._api.routes())
        app.add_routes(self._control.routes())
        app.add_routes(self._page.routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.host, self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        self._api.stop()
        self._control.stop()
        await self.webhook.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def next_event(
        self,
        chat: int,
        kinds: Sequence[str] = SCREEN_KINDS,
        *,
        after: int | None = None,
        where: Callable[[Event], bool] | None = None,
        within: float = WITHIN_SECONDS,
    ) -> Event:
        """The first event of these kinds in `chat` after event number `after`.

        Without `after`: since a person last did something in that chat.
        """
        town = self.town
        since = town.chat(chat).last_act if after is None else after
        async with asyncio.timeout(within):
            while True:
                seen = town.feed.last
                for event in town.feed.after(since):
                    here = event["chat"] == chat and event["kind"] in kinds
                    if here and (where is None or where(event)):
                        return event
                since = seen
                await town.feed.grew.heard(within)

    async def next_message(
        self, chat: int, after: int | None = None, *, within: float = WITHIN_SECONDS
    ) -> Message:
        """The bot's next new message in `chat` (see `next_event` for `after`)."""
        event = await self.next_event(
            chat, ("message",), after=after, where=self._is_from_bot, within=within
        )
        return dict(event["message"])

    async def next_screen(
        self, chat: int, after: int | None = None, *, within: float = WITHIN_SECONDS
    ) -> Message:
        """The bot's next message in `chat`, new or edited."""
        event = await self.next_event(chat, after=after, where=self._is_from_bot, within=within)
        return dict(event["message"])

    async def next_answer(self, callback: str, *, within: float = WITHIN_SECONDS) -> Event:
        """The answer to a press, by the id that `press` gave."""
        async with asyncio.timeout(within):
            since = 0
            while True:
                seen = self.town.feed.last
                for event in self.town.feed.after(since):
                    if event["kind"] == "callback_answer" and event["callback"] == callback:
                        return event
                since = seen
                await self.town.feed.grew.heard(within)

    async def settled(
        self,
        *,
        all_answered: bool = False,
        quiet: float = QUIET_SECONDS,
        within: float = WITHIN_SECONDS,
    ) -> None:
        """Wait until the bot has taken every update, calls nothing and stays so for `quiet`.

        With `all_answered` also until every press has its answer. A polling bot that thinks for
        longer than `quiet` between two calls looks settled: wait for what it should say instead.
        """
        async with asyncio.timeout(within):
            while True:
                answered = self._api.answered
                rang = await self._api.quiet.heard(quiet)
                unanswered = all_answered and bool(self.town.presses)
                waits = bool(self._api.under_way or self.webhook.busy or len(self.town.updates))
                if not (rang or waits or unanswered) and answered == self._api.answered:
                    return

    def _is_from_bot(self, event: Event) -> bool:
        return bool(event["message"]["from"]["id"] == self.town.bot_id)

    def _set_targets(self, urls: list[str]) -> None:
        self.webhook.targets = tuple(urls)


async def serve(server: PlaygroundServer) -> None:
    """Run until cancelled."""
    async with server:
        print(f"{server.url}  token {server.token}", flush=True)  # noqa: T201
        await asyncio.Event().wait()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bot.playground.server", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default="")
    parser.add_argument("--no-limits", action="store_true", help="do not enforce sending limits")
    parser.add_argument("--no-record", action="store_true", help="do not keep the bot's calls")
    options = parser.parse_args(arguments)
    server = PlaygroundServer(
        token=options.token,
        host=options.host,
        port=options.port,
        limits=not options.no_limits,
        record_calls=not options.no_record,
    )
    try:
        asyncio.run(serve(server))
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
