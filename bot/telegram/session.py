"""The session: every call to Telegram, at the least cost, with aiogram's own errors.

What answers a person takes the short way of `call`: parameters go out as JSON and only a failure
is read through aiogram's models. Everything else that aiogram does goes its usual way.
"""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from aiogram import Bot, methods
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramEntityTooLarge, TelegramNetworkError, TelegramServerError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile
from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
)

from bot.telegram.fate import UnsentError

CONNECTIONS = 100
TO_CONNECT = 5.0
# Somebody is waiting: what has not come by then is told again or left to the queue.
TO_ANSWER = 20.0
# Long polling and files take their time.
TO_FINISH = 90.0
# Telegram's servers close a silent connection after about a minute; we let go of it before.
KEPT_ALIVE = 45.0
JSON = {"Content-Type": "application/json"}


class Session(AiohttpSession):
    """One connector kept alive for all calls; no error of it ever holds the token."""

    def __init__(self, api: TelegramAPIServer, to_answer: float = TO_ANSWER) -> None:
        super().__init__(api=api, limit=CONNECTIONS, timeout=TO_FINISH)
        self._connector_init["keepalive_timeout"] = KEPT_ALIVE
        self._to_answer = ClientTimeout(total=to_answer, sock_connect=TO_CONNECT)

    async def create_session(self) -> ClientSession:
        """The one client session, made when it is first needed."""
        if self._session is None or self._session.closed:
            self._session = ClientSession(
                connector=self._connector_type(**self._connector_init),
                cookie_jar=DummyCookieJar(),
                timeout=ClientTimeout(total=TO_FINISH, sock_connect=TO_CONNECT),
            )
            self._should_reset_connector = False
        return self._session

    async def close(self) -> None:
        """Close the connections; aiohttp itself waits for those that need it."""
        if self._session is not None:
            await self._session.close()

    async def call(
        self, bot: Bot, name: str, parameters: Mapping[str, Any], within: float | None = None
    ) -> Any:
        """Call a method by Telegram's own names; gives its bare result, raises aiogram's errors.

        It may take as long as somebody waits for an answer, or `within` these seconds.
        """
        if any(isinstance(each, InputFile) for each in parameters.values()):
            return await self.make_request(bot, _method(name, parameters))
        session = await self.create_session()
        url = self.api.api_url(token=bot.token, method=name)
        body = json.dumps(parameters, ensure_ascii=False).encode(errors="replace")
        wait = self._to_answer if within is None else ClientTimeout(total=within)
        try:
            async with session.post(url, data=body, headers=JSON, timeout=wait) as answer:
                status, content = answer.status, await answer.text()
        except (ClientError, TimeoutError) as failure:
            raise _network_error(_method(name, parameters), failure) from None
        if status == HTTPStatus.OK:
            read = self._read(content)
            if isinstance(read, dict) and read.get("ok") is True:
                return read.get("result")
        return self._failed(bot, _method(name, parameters), status, content)

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's own signature
    ) -> TelegramType:
        """Aiogram's own way of calling, with errors that do not show the address."""
        try:
            return await super().make_request(bot, method, timeout)
        except TelegramEntityTooLarge:
            raise
        except TelegramNetworkError as failure:
            raise _network_error(method, failure.__cause__ or failure) from None

    def _read(self, content: str) -> Any:
        try:
            return self.json_loads(content)
        except ValueError:
            return None

    def _failed(self, bot: Bot, method: TelegramMethod[Any], status: int, content: str) -> Any:
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR and self._read(content) is None:
            # A gateway before Telegram answers with a page of its own.
            raise TelegramServerError(method=method, message=f"status {status}")
        return self.check_response(bot, method, status, content).result


def session_of(bot: Bot) -> Session:
    """The session of a bot, which must be one of ours."""
    if not isinstance(bot.session, Session):
        raise TypeError("this needs a bot with a session of ours")
    return bot.session


def _method(name: str, parameters: Mapping[str, Any]) -> TelegramMethod[Any]:
    """The call as aiogram knows it, for files and for errors."""
    model: type[TelegramMethod[Any]] = getattr(methods, name[0].upper() + name[1:])
    return model.model_construct(**parameters)


def _network_error(method: TelegramMethod[Any], failure: BaseException) -> TelegramNetworkError:
    # The failure itself may quote the address, and with it the token: only its kind is kept.
    unsent = isinstance(failure, ClientConnectorError | ConnectionTimeoutError)
    kind = UnsentError if unsent else TelegramNetworkError
    return kind(method=method, message=type(failure).__name__)
