"""The courier: brings screens to chats, through the limiter, and says what became of each."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.types import BufferedInputFile

from bot.outgoing.limiter import Limiter
from bot.telegram.fate import (
    Again,
    Delivered,
    Fate,
    Gone,
    Lost,
    Moved,
    Refused,
    Unchanged,
    Wait,
    fate_of,
    press_is_too_old,
    topic_is_gone,
)
from bot.telegram.session import session_of
from core.outgoing import Lane
from dialogs.screen import Ask, Button, File, FileKind, Inline, Link, Request, Rows, Screen

log = structlog.get_logger(__name__)

# So long somebody may be kept waiting inside one turn; beyond it the queue takes over.
PATIENCE = 5.0
TOAST_LIMIT = 200
FILE_METHODS = {
    FileKind.DOCUMENT: "sendDocument",
    FileKind.PHOTO: "sendPhoto",
    FileKind.VIDEO: "sendVideo",
    FileKind.VOICE: "sendVoice",
    FileKind.AUDIO: "sendAudio",
    FileKind.VIDEO_NOTE: "sendVideoNote",
    FileKind.ANIMATION: "sendAnimation",
}
LEADERS = frozenset({"creator", "administrator"})
NO_PREVIEW = {"is_disabled": True}

Parameters = dict[str, Any]
OnGone = Callable[[int, Gone | Moved], Awaitable[None]]
OnRefused = Callable[[str, str], Awaitable[None]]


class Courier:
    """Sends, shows and answers; no call of it raises for what Telegram says.

    `on_gone` hears of every chat that cannot be written to under its id, `on_refused` of every
    method that Telegram would not carry out, and why.
    """

    def __init__(
        self, bot: Bot, limiter: Limiter, *, on_gone: OnGone, on_refused: OnRefused
    ) -> None:
        self._bot = bot
        self._session = session_of(bot)
        self._limiter = limiter
        self._on_gone = on_gone
        self._on_refused = on_refused

    async def send(
        self,
        chat_id: int,
        screen: Screen,
        *,
        thread_id: int | None = None,
        reply_to: int | None = None,
        lane: Lane = Lane.REPLY,
    ) -> Fate:
        """Send a screen as a new message."""
        method, parameters = _sending(chat_id, screen)
        if thread_id is not None:
            parameters["message_thread_id"] = thread_id
        if reply_to is not None:
            parameters["reply_parameters"] = {
                "message_id": reply_to,
                "allow_sending_without_reply": True,
            }
        fate = await self._try(chat_id, method, parameters, lane)
        return await self._told(chat_id, method, fate)

    async def show(self, chat_id: int, screen: Screen, *, living: int | None, fresh: bool) -> Fate:
        """Show a screen in the living message; as a new one if fresh, or if it cannot be changed.

        The buttons of the message before stay: old buttons never die.
        """
        in_place = not (fresh or screen.file or screen.request or screen.venue)
        if living is None or not in_place:
            return await self.send(chat_id, screen)
        fate = await self.edit(chat_id, living, screen)
        return await self.send(chat_id, screen) if isinstance(fate, Lost) else fate

    async def edit(self, chat_id: int, message_id: int, screen: Screen) -> Fate:
        """Put a screen in the place of a message."""
        method = "editMessageText"
        fate = await self._try(chat_id, method, _editing(chat_id, message_id, screen))
        if isinstance(fate, Unchanged):
            return Delivered(message_id)
        return await self._told(chat_id, method, fate)

    async def leads(self, chat_id: int, person_id: int) -> bool | None:
        """Whether somebody is an admin of a group; None if Telegram does not say."""
        parameters = {"chat_id": chat_id, "user_id": person_id}
        try:
            member = await self._session.call(self._bot, "getChatMember", parameters)
        except (TelegramAPIError, ClientDecodeError) as failure:
            log.warning("member_unknown", fate=fate_of(failure))
            return None
        return member["status"] in LEADERS

    async def answer(self, callback_id: str, text: str = "", *, alert: bool = False) -> None:
        """Answer a press, with a toast if there is something to say."""
        parameters: Parameters = {"callback_query_id": callback_id}
        if text:
            parameters |= {"text": text[:TOAST_LIMIT], "show_alert": alert}
        fate = await self._call_answer(parameters)
        if isinstance(fate, Again):
            fate = await self._call_answer(parameters)
        if fate is not None:
            log.warning("press_not_answered", fate=fate)

    async def _call_answer(self, parameters: Parameters) -> Fate | None:
        """What went wrong with answering a press, unless it was answered or is long forgotten."""
        try:
            await self._session.call(self._bot, "answerCallbackQuery", parameters)
        except ClientDecodeError as failure:
            return fate_of(failure)
        except TelegramAPIError as failure:
            return None if press_is_too_old(failure) else fate_of(failure)
        return None

    async def _try(
        self, chat_id: int, method: str, parameters: Parameters, lane: Lane | None = None
    ) -> Fate:
        """Call, after waiting as long as patience allows; without a lane it is not counted."""
        patience, waited = PATIENCE, 0.0
        may_repeat = lane is None
        while True:
            pause = await self._leave(chat_id, lane, patience)
            if pause:
                return Wait(pause)
            patience -= waited
            fate = await self._call(method, parameters)
            match fate:
                case Wait(seconds):
                    self._limiter.pause(chat_id, seconds)
                    waited = seconds
                    if waited > patience:
                        return fate
                case Again() if may_repeat:
                    # A message may be changed to the same twice, but not sent twice.
                    waited, may_repeat = 0.0, False
                case _:
                    return fate

    async def _leave(self, chat_id: int, lane: Lane | None, patience: float) -> float:
        if lane is None:
            return await self._limiter.passage(chat_id, patience)
        return await self._limiter.slot(chat_id, lane, patience)

    async def _call(self, method: str, parameters: Parameters) -> Fate:
        try:
            result = await self._session.call(self._bot, method, parameters)
        except TelegramAPIError as failure:
            if topic_is_gone(failure) and "message_thread_id" in parameters:
                log.warning("topic_gone", chat=parameters["chat_id"])
                del parameters["message_thread_id"]
                return await self._call(method, parameters)
            return fate_of(failure)
        except ClientDecodeError as failure:
            return fate_of(failure)
        # A file goes through aiogram, which gives its own kind of message.
        number = result["message_id"] if isinstance(result, dict) else result.message_id
        return Delivered(number)

    async def _told(self, chat_id: int, method: str, fate: Fate) -> Fate:
        match fate:
            case Gone() | Moved():
                await self._on_gone(chat_id, fate)
            case Refused(reason):
                await self._on_refused(method, reason)
            case _:
                pass
        return fate


def _sending(chat_id: int, screen: Screen) -> tuple[str, Parameters]:
    method = "sendMessage"
    parameters: Parameters = {"chat_id": chat_id, "parse_mode": "HTML"}
    if screen.venue:
        method = "sendVenue"
        del parameters["parse_mode"]
        parameters |= {
            "latitude": screen.venue.lat,
            "longitude": screen.venue.lon,
            "title": screen.venue.title,
            "address": screen.venue.address,
        }
    elif screen.file:
        method = FILE_METHODS[screen.file.kind]
        parameters[screen.file.kind.value] = _upload(screen.file)
        # A round video has no room for words.
        if screen.file.kind is not FileKind.VIDEO_NOTE:
            parameters["caption"] = str(screen.text)
    else:
        parameters |= {"text": str(screen.text), "link_preview_options": NO_PREVIEW}
    if screen.rows:
        parameters["reply_markup"] = keyboard(screen.rows)
    elif screen.request:
        parameters["reply_markup"] = _key(screen.request)
    if screen.protect:
        parameters["protect_content"] = True
    if screen.quiet:
        parameters["disable_notification"] = True
    return method, parameters


def _editing(chat_id: int, message_id: int, screen: Screen) -> Parameters:
    return {
        "chat_id": chat_id,
        "message_id": message_id,
        "text": str(screen.text),
        "parse_mode": "HTML",
        "link_preview_options": NO_PREVIEW,
        "reply_markup": keyboard(screen.rows),
    }


def _upload(file: File) -> str | BufferedInputFile:
    return file.telegram_id or BufferedInputFile(file.content, file.name)


def keyboard(rows: Rows) -> Parameters:
    """Rows of buttons as Telegram takes them."""
    return {"inline_keyboard": [[_button(each) for each in row] for row in rows]}


def _button(button: Button) -> Parameters:
    match button.does:
        case Link(url):
            return {"text": button.label, "url": url}
        case Inline(query):
            return {"text": button.label, "switch_inline_query": query}
        case action:
            return {"text": button.label, "callback_data": action.pack()}


def _key(request: Request) -> Parameters:
    asks = "request_location" if request.what is Ask.LOCATION else "request_contact"
    return {
        "keyboard": [[{"text": request.label, asks: True}]],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    }
