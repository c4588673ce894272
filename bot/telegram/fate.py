"""Fate: what became of something we told Telegram to do, as a value."""

import re
from dataclasses import dataclass

from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

from core.chats import ChatState

# Telegram says "Too Many Requests" without a number only when it is itself overloaded.
WAIT_UNTOLD = 5.0


class UnsentError(TelegramNetworkError):
    """No connection came about, so that Telegram has certainly received nothing."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """It stands in the chat under this number."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The message already said exactly this."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Not now: Telegram, or our own limiter, wants so many seconds first."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Again:
    """It failed through no fault of ours; `perhaps_arrived`: Telegram may have done it even so."""

    reason: str
    perhaps_arrived: bool


@dataclass(frozen=True, slots=True)
class Gone:
    """Nobody reads this chat any more, or we may not write there."""

    kind: ChatState


@dataclass(frozen=True, slots=True)
class Moved:
    """The group became a supergroup with another id."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class Lost:
    """The message to change is not there, or can no longer be changed."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram will never take it as it is: our own mistake."""

    reason: str


Fate = Delivered | Unchanged | Wait | Again | Gone | Moved | Lost | Refused

_UNCHANGED = ("message is not modified",)
_LOST = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
    "there is no text in the message to edit",
    "there is no caption in the message to edit",
)
_GONE = {
    ChatState.BLOCKED: (
        "bot was blocked by the user",
        "user_is_blocked",
        "bot can't initiate conversation with a user",
    ),
    ChatState.DELETED: (
        "user is deactivated",
        "input_user_deactivated",
        "user not found",
        "chat not found",
        "peer_id_invalid",
        "group chat was deleted",
    ),
    ChatState.KICKED: (
        "bot was kicked",
        "bot is not a member",
        "group chat was deactivated",
        "not enough rights to send",
        "have no rights to send",
        "chat_write_forbidden",
        "chat_send_plain_forbidden",
        "chat_restricted",
    ),
}
_SHARED = ("group", "channel")
_TOO_MANY = ("too many requests",)
_TOPIC = ("message thread not found", "topic_deleted", "topic_closed")
_TOO_OLD = ("query is too old", "query id is invalid", "query_id_invalid")
_QUOTED = re.compile(r'"[^"]*"')


def fate_of(failure: TelegramAPIError | ClientDecodeError) -> Fate:
    """What a failed call means, from the error and Telegram's own words."""
    fate: Fate
    match failure:
        case ClientDecodeError():
            fate = Again("an answer that is not Telegram's", perhaps_arrived=True)
        case TelegramRetryAfter():
            fate = Wait(failure.retry_after)
        case TelegramMigrateToChat():
            fate = Moved(failure.migrate_to_chat_id)
        case TelegramEntityTooLarge():
            fate = Refused(said(failure))
        case UnsentError():
            fate = Again(said(failure), perhaps_arrived=False)
        case TelegramNetworkError() | TelegramServerError():
            fate = Again(said(failure), perhaps_arrived=True)
        case TelegramBadRequest() | TelegramForbiddenError():
            fate = _judged(failure)
        case _ if _says(failure, _TOO_MANY):
            fate = Wait(WAIT_UNTOLD)
        case _:
            # A token that was revoked, for one: what waits must outlive the repair.
            fate = Again(said(failure), perhaps_arrived=False)
    return fate


def topic_is_gone(failure: TelegramAPIError) -> bool:
    """Whether only the topic is missing, while the chat itself can be written to."""
    return _says(failure, _TOPIC)


def press_is_too_old(failure: TelegramAPIError) -> bool:
    """Whether a button was pressed too long ago to be answered."""
    return _says(failure, _TOO_OLD)


def said(failure: TelegramAPIError) -> str:
    """Telegram's words without what it quotes of ours."""
    return _QUOTED.sub('"…"', failure.message)


def _judged(failure: TelegramBadRequest | TelegramForbiddenError) -> Fate:
    if _says(failure, _UNCHANGED):
        return Unchanged()
    if _says(failure, _LOST):
        return Lost(said(failure))
    for kind, words in _GONE.items():
        if _says(failure, words):
            return Gone(kind)
    if isinstance(failure, TelegramForbiddenError):
        return Gone(ChatState.KICKED if _says(failure, _SHARED) else ChatState.BLOCKED)
    return Refused(said(failure))


def _says(failure: TelegramAPIError, words: tuple[str, ...]) -> bool:
    message = failure.message.lower()
    return any(each in message for each in words)
