"""Small things the playground's tests share."""

import struct
import zlib
from typing import Any

from aiogram import Bot
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.playground.residents import GROUP_ANONYMOUS_BOT

PARENT, OTHER_PARENT, OFFICIAL, ADMIN = 7000000001, 7000000002, 7000000003, 7000000004
GROUP = -4000000001
ANONYMOUS = GROUP_ANONYMOUS_BOT["id"]
NOON = 1_795_240_800.0


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += seconds


def keyboard(*rows: list[str]) -> InlineKeyboardMarkup:
    """Buttons whose data is their label."""
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=label, callback_data=label) for label in row] for row in rows
        ]
    )


def png(width: int = 4, height: int = 3) -> bytes:
    """A white picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        checksum = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", checksum)

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    lines = zlib.compress((b"\x00" + b"\xff" * width) * height)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", header),
            chunk(b"IDAT", lines),
            chunk(b"IEND", b""),
        )
    )


async def close(bot: Bot) -> None:
    """Close the bot's connection at once; the session's own way waits a quarter of a second."""
    connection = getattr(bot.session, "_session", None)
    if connection is not None:
        await connection.close()


def kinds(updates: list[Any]) -> list[str]:
    return [update.event_type for update in updates]
