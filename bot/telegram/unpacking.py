"""Unpacking: one update as Telegram wrote it, read as far as this bot needs it.

Of the message under a pressed button only its place is read: what it says may be long gone, and
reading it would cost more than all the rest.
"""

from collections.abc import Mapping
from typing import Any

import structlog
from aiogram import Bot
from aiogram.types import Update
from pydantic import ValidationError

log = structlog.get_logger(__name__)


def unpack(raw: Mapping[str, Any], bot: Bot) -> Update | None:
    """The update; None if it is of a kind that this release cannot read."""
    try:
        return Update.model_validate(_without_the_screen(raw), context={"bot": bot})
    except ValidationError:
        log.warning("update_unreadable", update_id=raw.get("update_id"))
        return None


def _without_the_screen(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    match raw:
        case {"callback_query": {"message": {"chat": chat, "message_id": number}, **query}}:
            place = {"chat": chat, "message_id": number, "date": 0}
            return {**raw, "callback_query": {**query, "message": place}}
        case _:
            return raw
