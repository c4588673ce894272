"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

import asyncio
import hmac
import json
import logging
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.playground.bell import Bell
from bot.playground.calls import Call, Calls, PastCall, Upload
from bot.playground.errors import (
    ApiError,
    not_found,
    too_large,
    too_many_requests,
    unauthorized,
)
from bot.playground.exchange import Exchange
from bot.playground.faults import TEXTS, Fault, Faults
from bot.playground.methods import METHODS
from bot.playground.methods.media import LARGEST_DOWNLOAD
from bot.playground.polling import TAKES, Polling
from bot.playground.reading import TooLarge, read_parameters

GET_UPDATES = "getupdates"
SILENCE_SECONDS = 300.0
TOO_MANY_REQUESTS = 429

log = logging.getLogger(__name__)


class BotApi:
    """Answers the bot; `quiet` rings whenever a call has been answered."""

    def __init__(self, token: str, exchange: Exchange, calls: Calls, faults: Faults) -> None:
        self._token = token
        self._exchange = exchange
        self._faults = faults
        self._stopping = asyncio.Event()
        self.calls = calls
        self.polling = Polling(exchange)
        self.under_way = 0
        self.answered = 0
        self.quiet = Bell()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token}/{method}", self._answer),
            web.get("/file/bot{token}/{path:.+}", self._download),
        ]

    def stop(self) -> None:
        self._stopping.set()
        self.polling.stop()

    async def perform(
        self, name: str, params: Mapping[str, Any], files: Mapping[str, Upload]
    ) -> dict[str, Any]:
        """Carry out a method; the body of the answer, whether it went well or not."""
        result, error = None, None
        method = METHODS.get(name)
        try:
            if name == GET_UPDATES:
                result = await self.polling.get_updates(Call("getUpdates", TAKES, params, files))
            elif method is None:
                raise ApiError(404, "Not Found: method not found")  # noqa: TRY301
            else:
                call = Call(method.name, method.takes, params, files)
                result = method.handle(self._exchange, call)
        except ApiError as refused:
            error = refused
        if self.calls.recording and name != GET_UPDATES:
            known = method.name if method else name
            self._record(known, params, files, result, error)
        if error is not None:
            return error.body()
        return {"ok": True, "result": result}

    def _record(
        self,
        name: str,
        params: Mapping[str, Any],
        files: Mapping[str, Upload],
        result: Any,
        error: ApiError | None,
    ) -> None:
        said = error.description if error else None
        at = self._exchange.town.clock()
        self.calls.add(PastCall(name, dict(params), at, result, said, tuple(files)))

    def _check_token(self, request: web.Request) -> None:
        if not hmac.compare_digest(request.match_info["token"].encode(), self._token.encode()):
            raise unauthorized()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"].lower()
        polls = name == GET_UPDATES
        if not polls:
            self.under_way += 1
        try:
            self._check_token(request)
            params, files = await read_parameters(request.headers, request.content)
            if request.query_string:
                params = {**request.query, **params}
            fault = self._faults.pick(name)
            if fault is not None:
                return await self._go_wrong(fault, request, name, params, files)
            body = await self.perform(name, params, files)
        except ApiError as refused:
            body = refused.body()
        except TooLarge:
            body = too_large().body()
        except Exception:
            log.exception("the playground failed at %s", name)
            body = ApiError(500, "Internal Server Error: the playground itself failed").body()
        finally:
            if not polls:
                self.under_way -= 1
                self.answered += 1
                self.quiet.ring()
        return respond(body)

    async def _go_wrong(
        self,
        fault: Fault,
        request: web.Request,
        name: str,
        params: Mapping[str, Any],
        files: Mapping[str, Upload],
    ) -> web.StreamResponse:
        if fault.after:
            await self.perform(name, params, files)
        if fault.kind == "error":
            if fault.code == TOO_MANY_REQUESTS:
                return respond(too_many_requests(fault.retry_after).body())
            return respond(ApiError(fault.code, TEXTS.get(fault.code, "Bad Request")).body())
        if fault.kind == "silence":
            try:
                async with asyncio.timeout(SILENCE_SECONDS):
                    await self._stopping.wait()
            except TimeoutError:
                log.info("an answer to %s was held back long enough", name)
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)

    async def _download(self, request: web.Request) -> web.Response:
        try:
            self._check_token(request)
        except ApiError as refused:
            return respond(refused.body())
        file = self._exchange.town.file_paths.get(request.match_info["path"])
        if file is None or file.size > LARGEST_DOWNLOAD:
            return respond(not_found().body())
        return web.Response(body=file.content, content_type="application/octet-stream")


def respond(body: dict[str, Any]) -> web.Response:
    """The answer as Telegram gives it; the code of a refusal is also the HTTP status."""
    raw = json.dumps(body, separators=(",", ":")).encode()
    status = 200 if body["ok"] else body["error_code"]
    return web.Response(body=raw, status=status, content_type="application/json")
