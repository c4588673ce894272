"""The webhook: Telegram brings the updates here; each is answered only when it was handled.

Telegram sends the next update of a chat when the one before was answered, to whichever copy of the
bot the balancer picks, so that the order holds across copies; what was not answered comes again.
"""

import hashlib
import hmac
import json
from urllib.parse import urlsplit

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiohttp import web

from bot.settings import SettingsError
from bot.telegram.fate import said
from bot.telegram.intake import AwayError, Intake
from bot.telegram.unpacking import unpack

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
LARGEST_UPDATE = 1024 * 1024
CONNECTIONS = 100


def webhook_secret(given: str | None, token: str) -> str:
    """The secret that Telegram must show; derived from the token, alike in all copies."""
    return given or hashlib.sha256(f"bagyt webhook {token}".encode()).hexdigest()


class Webhook:
    """A small web server that takes Telegram's calls."""

    def __init__(self, *, bot: Bot, intake: Intake, url: str, secret: str) -> None:
        self._bot = bot
        self._intake = intake
        self._url = url
        self._secret = secret
        self._runner: web.AppRunner | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen, and say on which port."""
        app = web.Application(client_max_size=LARGEST_UPDATE)
        app.router.add_post(urlsplit(self._url).path or "/", self._called)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=30)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        bound: int = self._runner.addresses[0][1]
        return bound

    async def announce(self, allowed: list[str]) -> None:
        """Tell Telegram where to call; an address that it refuses is the operator's to mend."""
        try:
            await self._bot.set_webhook(
                self._url,
                secret_token=self._secret,
                max_connections=CONNECTIONS,
                allowed_updates=allowed,
            )
        except TelegramBadRequest as refusal:
            raise SettingsError(f"WEBHOOK_URL: Telegram refuses it ({said(refusal)})") from None

    async def stop(self) -> None:
        """Take no more calls and finish those in hand; the webhook itself stays set."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _called(self, request: web.Request) -> web.Response:
        shown = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(shown.encode(), self._secret.encode()):
            return web.Response(status=401)
        try:
            raw = json.loads(await request.read())
        except ValueError:
            return web.Response(status=400)
        # What this release cannot read is not for us to have again.
        update = unpack(raw, self._bot) if isinstance(raw, dict) else None
        if update is None:
            return web.Response()
        try:
            await self._intake.take(update)
        except AwayError:
            return web.Response(status=503)
        return web.Response()
