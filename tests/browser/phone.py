"""A phone in somebody's hands: one chat of the page, played as a person would play it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

from tests.browser.chromium import SCREENSHOTS

PHONE = (360, 740)
TABLET = (768, 1024)
DESK = (1280, 800)
PATIENCE = 15_000

SOUNDNESS = Path(__file__).with_name("soundness.js")


def overhearing(problems: list[str]) -> Callable[[ConsoleMessage], None]:
    """What writes down the errors and warnings of a page."""

    def overhear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "favicon" not in message.text:
            problems.append(message.text)

    return overhear


@dataclass(slots=True)
class Phone:
    """One chat as one person sees it; `problems` is what the browser complained about."""

    page: Page
    column: Locator
    problems: list[str] = field(default_factory=list)

    @classmethod
    async def opened(
        cls,
        browser: Browser,
        url: str,
        person: str,
        *,
        language: str = "kk",
        size: tuple[int, int] = PHONE,
        is_dark: bool = False,
        is_calm: bool = True,
    ) -> Self:
        """The page in a window of this size, at the chat of the person with this first name."""
        context = await browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if is_dark else "light",
            reduced_motion="reduce" if is_calm else "no-preference",
            permissions=["clipboard-read", "clipboard-write"],
            timezone_id="Asia/Almaty",
            locale="kk-KZ" if language == "kk" else "ru-RU",
        )
        await context.add_init_script(f"localStorage['bagyt.language'] ??= '{language}'")
        page = await context.new_page()
        phone = cls(page, page.locator("section.column.active"))
        page.on("console", overhearing(phone.problems))
        page.on("pageerror", lambda error: phone.problems.append(str(error)))
        await page.goto(url)
        page.set_default_timeout(PATIENCE)
        await phone.take(person)
        return phone

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    async def close(self) -> None:
        await self.context.close()

    async def take(self, name: str, *, beside: bool = False) -> "Phone":
        """Open somebody's chat, or a group, from the list; beside the others on a wide screen."""
        back = self.column.locator(".only-phone")
        if await back.count() and await back.is_visible():
            await back.click()
        seat = self.page.locator(".seat").filter(has=self.page.locator("strong", has_text=name))
        await seat.locator(".beside" if beside else ".seat-button").first.click()
        active = self.page.locator("section.column.active").filter(
            has=self.page.locator(".chat-header", has_text=name)
        )
        await expect(active.locator(".composer")).to_be_visible()
        person, chat = await active.evaluate("node => [node.dataset.person, node.dataset.chat]")
        own = self.page.locator(f'section.column[data-person="{person}"][data-chat="{chat}"]')
        if not beside:
            self.column = own
            return self
        return Phone(self.page, own, self.problems)

    @property
    def field(self) -> Locator:
        return self.column.locator("textarea")

    @property
    def log(self) -> Locator:
        return self.column.get_by_role("log")

    @property
    def messages(self) -> Locator:
        return self.log.locator("article")

    async def start(self) -> None:
        """Press the big button of an empty chat."""
        await self.column.locator(".bar.start .main").click()

    async def say(self, text: str) -> None:
        """Type and press Enter; a chat not begun yet is begun."""
        if await self.column.locator(".bar.start").count():
            await self.start()
        await self.field.fill(text)
        await self.field.press("Enter")
        await expect(self.field).to_have_value("")

    async def press(self, label: str) -> None:
        """Press the first button of this name under the newest message that has one."""
        named = self.page.locator(".key", has_text=label)
        message = self.log.locator("article").filter(has=named).last
        await message.locator(".key", has_text=label).first.click()

    async def press_reply_key(self, label: str) -> None:
        await self.column.locator(".reply-key").filter(has_text=label).click()

    async def hears(self, text: str) -> Locator:
        """Wait until a message with these words is the last of them, and give it."""
        found = self.messages.filter(has_text=text).last
        await expect(found).to_be_visible()
        return found

    async def attach(self, paths: Sequence[Path], caption: str = "", item: int = 1) -> None:
        """Choose files by an entry of the attach menu (0 pictures, 1 files, 2 voice); send them."""
        await self.column.locator(".bar [aria-haspopup=menu]").nth(1).click()
        async with self.page.expect_file_chooser() as chooser:
            await self.page.get_by_role("menuitem").nth(item).click()
        await (await chooser.value).set_files(list(paths))
        await self.field.fill(caption)
        await self.column.locator(".send").click()
        await expect(self.column.locator(".files")).to_be_hidden()

    async def choose(self, item: str) -> None:
        """Choose an entry of the menu in the header."""
        await self.column.locator(".chat-header [aria-haspopup=menu]").click()
        await self.page.get_by_role("menu").locator("button", has_text=item).click()

    async def act_on(self, message: Locator, item: str) -> None:
        """Choose what to do with a message."""
        await message.locator(".stamp").click()
        await self.page.get_by_role("menuitem", name=item).click()

    async def screenshot(self, name: str) -> None:
        """Keep a picture of the page for people to look at."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        await self.page.screenshot(path=SCREENSHOTS / f"{name}.png")

    async def unsound(self) -> dict[str, list[str]]:
        """What sticks out, has no name, is too small for a finger or too pale for AA."""
        found = await self.page.evaluate(SOUNDNESS.read_text(encoding="utf-8"))
        return {kind: things for kind, things in found.items() if things}

    async def is_sound(self) -> None:
        """Everything has a name, a finger's size and contrast; nothing sticks out."""
        found = await self.unsound()
        assert not found, found
