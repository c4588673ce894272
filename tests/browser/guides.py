"""What the walks of the guides share: pressing by the words of a language, and keeping pictures.

The pictures go to var/pictures; `make pictures` puts them into docs/pictures.
"""

import io
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from PIL import Image
from playwright.async_api import Browser, Locator, expect

from bot.playground.server import PlaygroundServer
from dialogs.speech import LOCALES, load_phrases
from tests.browser.chromium import SCREENSHOTS
from tests.browser.phone import Phone

PICTURES = SCREENSHOTS.parent / "pictures"
SIZE = (360, 1500)
"""A phone's width; so high that no screen must be scrolled."""
EDGE = 8
COLOURS = 40
PATIENCE = 60_000
"""Milliseconds: a table is read beside the bot, and a busy machine takes its time."""
LARGEST = 60_000
"""Bytes of a picture: the guides are read on phones, too."""
NAMES = {"kk": "Қазақша", "ru": "Русский"}


@dataclass(frozen=True)
class Hand:
    """Somebody's hand at a phone: presses what is called so in their language, and looks."""

    phone: Phone
    language: str

    @classmethod
    @asynccontextmanager
    async def at(
        cls, browser: Browser, server: PlaygroundServer, person: str, language: str
    ) -> AsyncIterator["Hand"]:
        """A phone that is put away at the end, and had nothing to complain of."""
        phone = await Phone.opened(browser, server.url, person, language=language, size=SIZE)
        yield cls(phone, language)
        await phone.close()
        assert phone.problems == []

    def say(self, phrase: str, **values: object) -> str:
        """A phrase as the catalogue of the language has it, without its markup."""
        said = load_phrases(self.language, LOCALES).gettext(phrase).format(**values)
        return re.sub(r"<[^>]+>", "", said)

    @property
    def theirs(self) -> Locator:
        """What is not from the hand itself."""
        return self.phone.log.locator("article:not(.mine)")

    @property
    def screen(self) -> Locator:
        """The bot's newest message."""
        return self.theirs.last

    def key(self, label: str) -> Locator:
        """The button of the newest message that says exactly this."""
        whole = re.compile(rf"^\s*{re.escape(label)}\s*$")
        return self.screen.locator(".key").filter(has_text=whole).first

    async def begins(self) -> None:
        """Start, and choose the language."""
        await self.phone.start()
        await self.reads("/language")
        await self.presses_words(NAMES[self.language])
        await self.offers("Find an office")

    async def presses(self, phrase: str, **values: object) -> None:
        """Press the newest button of this name, and wait until that was answered."""
        await self.presses_words(self.say(phrase, **values))

    async def presses_words(self, label: str) -> None:
        """The same with the very words of the button."""
        key = self.key(label)
        await expect(key).to_be_visible(timeout=PATIENCE)
        await key.click()
        await self.answered()

    async def says(self, text: str) -> None:
        """Type and send, and wait until the bot said something new."""
        before = await self.theirs.count()
        await self.phone.say(text)
        await expect(self.theirs.nth(before)).to_be_visible(timeout=PATIENCE)

    async def presses_first(self, nth: int = 0) -> None:
        """Press a button of the newest message by its place."""
        await self.screen.locator(".key").nth(nth).click()
        await self.answered()

    async def presses_with(self, part: str) -> None:
        """Press the first button of the newest message that has this in it."""
        key = self.screen.locator(".key", has_text=part).first
        await expect(key).to_be_visible(timeout=PATIENCE)
        await key.click()
        await self.answered()

    async def answered(self) -> None:
        """No button waits for its answer."""
        await expect(self.phone.log.locator(".key[aria-busy]")).to_have_count(0)

    async def offers(self, phrase: str, **values: object) -> None:
        """Wait until a button of this name is on the newest message."""
        await expect(self.key(self.say(phrase, **values))).to_be_visible(timeout=PATIENCE)

    async def reads(self, words: str) -> None:
        """Wait until the bot's newest message says this."""
        await expect(self.screen).to_contain_text(words, timeout=PATIENCE)

    async def keeps(self, name: str, messages: int = 1) -> None:
        """Keep a picture of the newest messages, cropped to them."""
        page = self.phone.page
        await page.mouse.move(0, 0)
        shown = self.phone.messages
        count = await shown.count()
        first = await shown.nth(max(0, count - messages)).bounding_box()
        last = await shown.nth(count - 1).bounding_box()
        assert first
        assert last
        top = max(0.0, first["y"] - EDGE)
        clip = {
            "x": 0.0,
            "y": top,
            "width": float(SIZE[0]),
            "height": last["y"] + last["height"] + EDGE - top,
        }
        picture = small(await page.screenshot(clip=clip))  # type: ignore[arg-type]
        assert len(picture) <= LARGEST, f"{name}: {len(picture)} bytes"
        PICTURES.mkdir(parents=True, exist_ok=True)
        (PICTURES / f"{name}.{self.language}.png").write_bytes(picture)


def small(png: bytes) -> bytes:
    """The same picture with few colours; it is letters on paper."""
    with Image.open(io.BytesIO(png)) as whole:
        few = whole.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    kept = io.BytesIO()
    few.save(kept, "PNG", optimize=True)
    return kept.getvalue()
