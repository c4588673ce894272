"""Health: a private port that says whether this copy works, and its figures."""

import time
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.watch.metrics import Metrics

SILENCE_ALLOWED = 90.0
"""Seconds without a sign of life after which a loop counts as stuck."""


class Pulse:
    """The last sign of life of each loop that must never stand still."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._beats: dict[str, float] = {}

    def beat(self, loop: str) -> None:
        """This loop has just gone round."""
        self._beats[loop] = self._clock()

    def stuck(self) -> list[str]:
        """The loops that have been silent too long."""
        now = self._clock()
        return sorted(loop for loop, beat in self._beats.items() if now - beat > SILENCE_ALLOWED)


class Health:
    """The web server behind the private port."""

    def __init__(
        self, *, metrics: Metrics, pulse: Pulse, database_answers: Callable[[], Awaitable[bool]]
    ) -> None:
        self._metrics = metrics
        self._pulse = pulse
        self._database_answers = database_answers
        self._runner: web.AppRunner | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen, and say on which port."""
        app = web.Application()
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/metrics", self._figures)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        bound: int = self._runner.addresses[0][1]
        return bound

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _healthz(self, _: web.Request) -> web.Response:
        stuck = self._pulse.stuck()
        database = await self._database_answers()
        well = database and not stuck
        report = {"ok": well, "database": database, "stuck": stuck}
        return web.json_response(report, status=200 if well else 503)

    async def _figures(self, _: web.Request) -> web.Response:
        return web.Response(body=self._metrics.text(), content_type="text/plain", charset="utf-8")
