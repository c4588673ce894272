"""Files that people sent, brought from Telegram: whole, bounded, or not at all."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramBadRequest
from aiohttp import ClientError

log = structlog.get_logger(__name__)

CHUNK = 65_536
TO_BRING = 60
"""Seconds that a file may take."""

PAUSES = (0.5, 2.0, None)
"""Seconds before the next try; the person is waiting, so there are few."""

TROUBLES = (TelegramAPIError, ClientDecodeError, ClientError, TimeoutError, OSError)

Download = Callable[[str, int], Awaitable[bytes]]


class FileTooLargeError(Exception):
    """The file has more bytes than were to be brought, or than Telegram gives to bots."""


class FileLostError(Exception):
    """Telegram does not give the file."""


def download_from(bot: Bot) -> Download:
    """Brings the file of an id if it has no more bytes than that."""

    async def download(file_id: str, most: int) -> bytes:
        for pause in PAUSES:
            try:
                return await _download(bot, file_id, most)
            except TelegramBadRequest as refusal:
                if "too big" in refusal.message.lower():
                    raise FileTooLargeError from refusal
                log.warning("file_refused", reason=refusal.message)
                raise FileLostError from refusal
            except TROUBLES as failure:
                # No more of it: the address of a file holds the token.
                log.warning("file_not_brought", fault=type(failure).__name__, again_in=pause)
            if pause is not None:
                await asyncio.sleep(pause)
        raise FileLostError

    return download


async def _download(bot: Bot, file_id: str, most: int) -> bytes:
    file = await bot.get_file(file_id)
    if file.file_path is None:
        raise FileLostError
    if (file.file_size or 0) > most:
        raise FileTooLargeError
    url = bot.session.api.file_url(bot.token, file.file_path)
    brought = bytearray()
    stream = bot.session.stream_content(
        url, timeout=TO_BRING, chunk_size=CHUNK, raise_for_status=True
    )
    async for chunk in stream:
        brought += chunk
        if len(brought) > most:
            raise FileTooLargeError
    return bytes(brought)
