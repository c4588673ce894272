"""Fate: every answer of Telegram that we know of means one thing."""

import pytest
from aiogram import exceptions as telegram
from aiogram.methods import SendMessage

from bot.telegram.fate import (
    WAIT_UNTOLD,
    Again,
    Fate,
    Gone,
    Lost,
    Moved,
    Refused,
    Unchanged,
    UnsentError,
    Wait,
    fate_of,
    press_is_too_old,
    topic_is_gone,
)
from core.chats import ChatState

CALL = SendMessage(chat_id=1, text="x")


@pytest.mark.parametrize(
    ("words", "fate"),
    [
        ("message is not modified: specified new message content and reply markup", Unchanged()),
        ("message to edit not found", Lost("Bad Request: message to edit not found")),
        ("message can't be edited", Lost("Bad Request: message can't be edited")),
        ("MESSAGE_ID_INVALID", Lost("Bad Request: MESSAGE_ID_INVALID")),
        (
            "there is no text in the message to edit",
            Lost("Bad Request: there is no text in the message to edit"),
        ),
        ("chat not found", Gone(ChatState.DELETED)),
        ("not enough rights to send text messages to the chat", Gone(ChatState.KICKED)),
        ("group chat was deactivated", Gone(ChatState.KICKED)),
        (
            'can\'t parse entities: Unsupported start tag "secret" at byte offset 3',
            Refused(
                'Bad Request: can\'t parse entities: Unsupported start tag "…" at byte offset 3'
            ),
        ),
        ("BUTTON_DATA_INVALID", Refused("Bad Request: BUTTON_DATA_INVALID")),
    ],
)
def test_a_bad_request_is_judged_by_its_words(words: str, fate: Fate) -> None:
    failure = telegram.TelegramBadRequest(method=CALL, message=f"Bad Request: {words}")
    assert fate_of(failure) == fate


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("bot was blocked by the user", ChatState.BLOCKED),
        ("bot can't initiate conversation with a user", ChatState.BLOCKED),
        ("user is deactivated", ChatState.DELETED),
        ("the group chat was deleted", ChatState.DELETED),
        ("bot was kicked from the supergroup chat", ChatState.KICKED),
        ("bot is not a member of the channel chat", ChatState.KICKED),
        ("something new about a supergroup", ChatState.KICKED),
        ("something new", ChatState.BLOCKED),
    ],
)
def test_what_is_forbidden_says_why_nobody_reads_there(words: str, kind: ChatState) -> None:
    failure = telegram.TelegramForbiddenError(method=CALL, message=f"Forbidden: {words}")
    assert fate_of(failure) == Gone(kind)


@pytest.mark.parametrize(
    ("failure", "fate"),
    [
        (telegram.TelegramRetryAfter(method=CALL, message="x", retry_after=7), Wait(7)),
        (
            telegram.TelegramAPIError(method=CALL, message="Too Many Requests"),
            Wait(WAIT_UNTOLD),
        ),
        (
            telegram.TelegramMigrateToChat(method=CALL, message="x", migrate_to_chat_id=-5),
            Moved(-5),
        ),
        (
            telegram.TelegramServerError(method=CALL, message="Bad Gateway"),
            Again("Bad Gateway", perhaps_arrived=True),
        ),
        (
            telegram.TelegramNetworkError(method=CALL, message="TimeoutError"),
            Again("TimeoutError", perhaps_arrived=True),
        ),
        (
            UnsentError(method=CALL, message="ClientConnectorError"),
            Again("ClientConnectorError", perhaps_arrived=False),
        ),
        (
            telegram.TelegramEntityTooLarge(method=CALL, message="Request Entity Too Large"),
            Refused("Request Entity Too Large"),
        ),
        (
            telegram.TelegramUnauthorizedError(method=CALL, message="Unauthorized"),
            Again("Unauthorized", perhaps_arrived=False),
        ),
    ],
)
def test_every_other_failure_says_what_to_do(
    failure: telegram.TelegramAPIError, fate: Fate
) -> None:
    assert fate_of(failure) == fate


def test_an_answer_of_somebody_else_may_hide_a_delivery() -> None:
    strange = telegram.ClientDecodeError("Failed to decode object", ValueError("no JSON"), "<html>")
    assert fate_of(strange) == Again("an answer that is not Telegram's", perhaps_arrived=True)


def test_a_missing_topic_and_an_old_press_are_told_apart_from_the_rest() -> None:
    topic = telegram.TelegramBadRequest(
        method=CALL, message="Bad Request: message thread not found"
    )
    press = telegram.TelegramBadRequest(
        method=CALL,
        message="Bad Request: query is too old and response timeout expired or query ID is invalid",
    )
    assert (topic_is_gone(topic), press_is_too_old(topic)) == (True, False)
    assert (topic_is_gone(press), press_is_too_old(press)) == (False, True)
