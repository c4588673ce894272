"""Keyboards under messages: what Telegram accepts, and how it refuses the rest."""

import json
from typing import Any

from bot.playground.errors import bad_request

MOST_INLINE_BUTTONS = 100
MOST_REPLY_BUTTONS = 300
MOST_BYTES = 10_000
MOST_DATA_BYTES = 64
MOST_COPIED = 256
FEW_BUTTONS = 12
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
URL_PREFIXES = ("http://", "https://", "tg://", "ton://")

Markup = dict[str, Any]


def checked_markup(value: Any) -> Markup | None:
    """The reply markup as Telegram keeps it; None when there is none."""
    if value is None or value == {}:
        return None
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in value:
        rows = _rows(value, "inline_keyboard", "InlineKeyboardMarkup")
        kept = [[_inline_button(button) for button in row] for row in rows if row]
        _check_size(kept, MOST_INLINE_BUTTONS)
        return {"inline_keyboard": kept} if kept else None
    if "keyboard" in value:
        rows = _rows(value, "keyboard", "ReplyKeyboardMarkup")
        _check_size(rows, MOST_REPLY_BUTTONS)
        return {**value, "keyboard": [[_reply_button(button) for button in row] for row in rows]}
    if value.get("remove_keyboard") or value.get("force_reply"):
        return value
    raise bad_request("can't parse reply markup: unknown type of a keyboard")


def checked_inline(value: Any) -> Markup | None:
    """The markup of an edited message: only an inline keyboard can stand there."""
    markup = checked_markup(value)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def _rows(value: Markup, name: str, owner: str) -> list[list[Any]]:
    rows = value[name]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{name}" of the {owner} must be an Array of Arrays')
    return rows


def _check_size(rows: list[list[Any]], most: int) -> None:
    """Telegram counts the buttons and, by trial, some ten thousand bytes in all."""
    count = sum(len(row) for row in rows)
    size = len(json.dumps(rows, ensure_ascii=False).encode()) if count > FEW_BUTTONS else 0
    if count > most or size > MOST_BYTES:
        raise bad_request("reply markup is too long")


def _inline_button(button: Any) -> Markup:
    if not isinstance(button, dict):
        raise bad_request(
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object"
        )
    if "text" not in button:
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not str(button["text"]).strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    if not any(action in button for action in ACTIONS):
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if "callback_data" in button:
        size = len(str(button["callback_data"]).encode())
        if not 1 <= size <= MOST_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button:
        _check_url(str(button["url"]))
    copied = button.get("copy_text")
    if copied is not None:
        text = str(copied.get("text", "")) if isinstance(copied, dict) else ""
        if not 1 <= len(text) <= MOST_COPIED:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return button


def _check_url(url: str) -> None:
    if url.startswith(URL_PREFIXES) and not url.endswith("://"):
        return
    if "." in url and " " not in url and ":" not in url.split("/", 1)[0]:
        return
    why = "Unsupported URL protocol" if ":" in url else "Wrong HTTP URL"
    raise bad_request(f"inline keyboard button URL '{url}' is invalid: {why}")


def _reply_button(button: Any) -> Markup:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict) or "text" not in button:
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    if not str(button["text"]).strip():
        raise bad_request("can't parse keyboard button: Text must be non-empty")
    return button
