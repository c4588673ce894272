"""Screens: what a person sees, as a value that any edge can show and any test can read.

Telegram's limits are checked here, where a screen is built, so that they are never news later.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from html import unescape

from markupsafe import Markup

from dialogs.action import Action

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
BUTTON_LIMIT = 100
LABEL_LIMIT = 64
_TAG = re.compile(r"<[^<>]*>")


class ScreenError(ValueError):
    """A screen that Telegram would refuse."""


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens an address."""

    url: str


@dataclass(frozen=True, slots=True)
class Inline:
    """A button that lets the person pick a chat and puts our inline query there."""

    query: str


@dataclass(frozen=True, slots=True)
class Button:
    """One button: what it says and what it means."""

    label: str
    does: Action | Link | Inline

    def __post_init__(self) -> None:
        if not self.label.strip():
            msg = f"a button without words: {self.does}"
            raise ScreenError(msg)
        if len(self.label) > LABEL_LIMIT:
            msg = f"a label of {len(self.label)} letters, {LABEL_LIMIT} fit a phone: {self.label}"
            raise ScreenError(msg)
        if isinstance(self.does, Action):
            self.does.pack()


class Ask(StrEnum):
    """What a phone can be asked to share by a key under the composer."""

    LOCATION = "location"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Request:
    """A key under the composer that shares something of the phone."""

    what: Ask
    label: str


class FileKind(StrEnum):
    """How Telegram shows a file."""

    DOCUMENT = "document"
    PHOTO = "photo"
    VIDEO = "video"
    VOICE = "voice"
    AUDIO = "audio"
    VIDEO_NOTE = "video_note"
    ANIMATION = "animation"


@dataclass(frozen=True, slots=True)
class File:
    """A file to send: either made by us (name and content) or known to Telegram by its id."""

    kind: FileKind
    name: str = ""
    content: bytes = b""
    telegram_id: str = ""

    def __post_init__(self) -> None:
        if bool(self.content) == bool(self.telegram_id):
            msg = "a file has either content of its own or an id at Telegram"
            raise ScreenError(msg)


@dataclass(frozen=True, slots=True)
class Venue:
    """A point on the map with a name and an address."""

    lat: float
    lon: float
    title: str
    address: str


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """Text, rows of buttons, and what comes with them."""

    text: Markup
    rows: Rows = ()
    file: File | None = None
    request: Request | None = None
    protect: bool = False
    quiet: bool = False
    """Shown without a sound: it can wait until the reader looks."""
    venue: Venue | None = None
    """Shown instead of the text, which then says nothing."""

    def __post_init__(self) -> None:
        said: object = self.text
        if not isinstance(said, Markup):
            msg = "the text of a screen is Markup, so that what people type is always escaped"
            raise ScreenError(msg)
        size = visible_length(self.text)
        limit = CAPTION_LIMIT if self.file else TEXT_LIMIT
        if size > limit:
            msg = f"a text of {size} signs, Telegram allows {limit}"
            raise ScreenError(msg)
        if self.venue and (size or self.file):
            msg = "a venue comes without words and files"
            raise ScreenError(msg)
        if not size and not self.file and not self.venue:
            msg = "a screen that says nothing"
            raise ScreenError(msg)
        if sum(map(len, self.rows)) > BUTTON_LIMIT:
            msg = f"more than {BUTTON_LIMIT} buttons"
            raise ScreenError(msg)
        if self.request and self.rows:
            msg = "a message carries either inline buttons or a key under the composer"
            raise ScreenError(msg)


def clipped(words: str) -> str:
    """Words as a button has room for them."""
    return words if len(words) <= LABEL_LIMIT else words[: LABEL_LIMIT - 1] + "…"


def visible_length(text: str) -> int:
    """How long Telegram counts a text: its tags taken away, in UTF-16 units."""
    return len(unescape(_TAG.sub("", text)).encode("utf-16-le")) // 2
