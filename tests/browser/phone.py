"""A phone in somebody's hands: one chat of the page, played as a person would play it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

from tests.browser.chromium import SCREENSHOTS

PHONE = (360, 740)
TABLET = (768, 1024)
DESK = (1280, 800)
PATIENCE = 15_000

SIDEWAYS = """() => {
  const wide = [...document.querySelectorAll("body *")].filter((node) => {
    const box = node.getBoundingClientRect();
    return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1)
      && !node.closest(".desk, .topics, .unseen") && getComputedStyle(node).position !== "absolute";
  });
  const page = document.scrollingElement.scrollWidth > innerWidth ? ["the page itself"] : [];
  const inside = [...document.querySelectorAll(".log, .lists, .sheet, .menu, .keyboard, .rail, .rail > footer, .brand, .bar, .chat-header")]
    .filter((node) => node.scrollWidth > node.clientWidth + 1);
  return [...page, ...wide.map((node) => node.className || node.tagName), ...inside.map((node) => "inside " + node.className)];
}"""

UNNAMED = """() => [...document.querySelectorAll("button, a[href], input:not([hidden]), select, textarea, [role=button]")]
  .filter((node) => node.checkVisibility() && !node.closest("[inert]"))
  .filter((node) => !(node.getAttribute("aria-label") || node.textContent.trim() || node.labels?.length))
  .map((node) => node.outerHTML.slice(0, 200))"""

SMALL = """() => [...document.querySelectorAll("button, input:not([hidden]), select, textarea, a.card")]
  .filter((node) => node.checkVisibility() && !node.matches(".inline-link, .tick input"))
  .map((node) => {
    const box = node.getBoundingClientRect();
    const halo = getComputedStyle(node, "::after");
    const has = node.matches(".stamp");
    return { node, width: has ? parseFloat(halo.width) : box.width, height: has ? parseFloat(halo.height) : box.height };
  })
  .filter(({ width, height }) => width < 43.5 || height < 43.5)
  .map(({ node, width, height }) => `${width}x${height} ${node.outerHTML.slice(0, 160)}`)"""

PALE = """() => {
  const channel = (value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const parse = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const over = (top, under) => ({
    r: top.r * top.a + under.r * (1 - top.a), g: top.g * top.a + under.g * (1 - top.a), b: top.b * top.a + under.b * (1 - top.a), a: 1,
  });
  const ground = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      layers.push(colour);
      if (colour.a === 1) break;
    }
    return layers.reduceRight((under, top) => over(top, under), { r: 255, g: 255, b: 255, a: 1 });
  };
  const light = ({ r, g, b }) => 0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255);
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    const isShown = walker.currentNode.data.trim() && node.checkVisibility({ visibilityProperty: true });
    if (!isShown || node.closest(".unseen, script, [inert]") || node.closest(":disabled")) continue;
    const under = ground(node);
    const [one, other] = [light(over(parse(getComputedStyle(node).color), under)), light(under)];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < 4.5) found.push(`${ratio.toFixed(2)} ${node.className || node.tagName}: ${walker.currentNode.data.slice(0, 40)}`);
  }
  return found;
}"""


@dataclass(slots=True)
class Phone:
    """One chat as one person sees it; `problems` is what the browser complained about."""

    page: Page
    column: Locator
    problems: list[str] = field(default_factory=list)

    @classmethod
    async def opened(  # noqa: PLR0913 - what a phone is like
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
        await context.add_init_script(
            f"localStorage.getItem('bagyt.language') ?? localStorage.setItem('bagyt.language', '{language}')"
        )
        page = await context.new_page()
        phone = cls(page, page.locator("section.column.active"))
        page.on("console", lambda message: phone._overhear(message))
        page.on("pageerror", lambda error: phone.problems.append(str(error)))
        await page.goto(url)
        page.set_default_timeout(PATIENCE)
        await phone.take(person)
        return phone

    def _overhear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "favicon" not in message.text:
            self.problems.append(message.text)

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
        """Press the newest inline button of this name."""
        await self.log.locator(".key").filter(has_text=label).last.click()

    async def press_reply_key(self, label: str) -> None:
        await self.column.locator(".reply-key").filter(has_text=label).click()

    async def hears(self, text: str) -> Locator:
        """Wait until a message with these words is the last of them, and give it."""
        found = self.messages.filter(has_text=text).last
        await expect(found).to_be_visible()
        return found

    async def attach(self, paths: Sequence[Path], caption: str = "", item: int = 1) -> None:
        """Choose files by an entry of the attach menu (0 pictures, 1 files, 2 voice) and send them."""
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

    async def sideways(self) -> list[str]:
        """What sticks out to the side."""
        return list(await self.page.evaluate(SIDEWAYS))

    async def unnamed(self) -> list[str]:
        """Controls that a screen reader could not name."""
        return list(await self.page.evaluate(UNNAMED))

    async def small(self) -> list[str]:
        """Controls too small for a finger."""
        return list(await self.page.evaluate(SMALL))

    async def pale(self) -> list[str]:
        """Texts with less contrast than AA asks for."""
        return list(await self.page.evaluate(PALE))

    async def is_sound(self) -> None:
        """Everything has a name, a finger's size and contrast; nothing sticks out."""
        for found in (await self.sideways(), await self.unnamed(), await self.small(), await self.pale()):
            assert found == []
