"""The page for every hand and eye: keyboard, screen reader, small screens, both colour schemes."""

import pytest
from playwright.async_api import expect

from bot.playground.server import PlaygroundServer
from tests.browser.chromium import IN_CHROMIUM
from tests.browser.conftest import Opening
from tests.browser.phone import DESK, PHONE, TABLET

pytestmark = IN_CHROMIUM


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, TABLET, DESK], ids=["phone", "tablet", "desk"])
@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_every_size_and_scheme_is_sound(
    open_phone: Opening, language: str, size: tuple[int, int], is_dark: bool
) -> None:
    phone = await open_phone("Айгүл", language=language, size=size, is_dark=is_dark)
    await phone.is_sound()
    for command in ("/formatted", "/keyboard", "/pictures", "/count"):
        await phone.say(command)
    await phone.hears("count 0")
    await phone.is_sound()
    scheme = "dark" if is_dark else "light"
    await phone.screenshot(f"page-{size[0]}-{scheme}-{language}")
    if size == PHONE:
        await phone.column.locator(".only-phone").click()
        await expect(phone.page.locator(".rail")).to_be_visible()
        await phone.is_sound()
        await phone.screenshot(f"list-{size[0]}-{scheme}-{language}")


async def test_a_conversation_with_the_keyboard_alone(open_phone: Opening) -> None:
    phone = await open_phone("Айгүл", size=DESK)
    keyboard = phone.page.keyboard
    await expect(phone.column.get_by_role("button", name="Бастау")).to_be_focused()
    await keyboard.press("Enter")
    await phone.hears("started with nothing")
    await expect(phone.field).to_be_focused()
    await keyboard.type("/count")
    await keyboard.press("Enter")
    await phone.hears("count 0")
    for _ in range(3):
        await keyboard.press("Shift+Tab")
    plus = phone.log.locator(".key", has_text="plus")
    await expect(plus).to_be_focused()
    outline = await plus.evaluate("node => getComputedStyle(node).outlineStyle")
    assert outline == "solid"
    await keyboard.press("Enter")
    await phone.hears("count 1")
    await expect(phone.log.locator(".key", has_text="plus")).to_be_focused()
    await keyboard.press("Enter")
    await phone.hears("count 2")


async def test_arrow_keys_walk_through_messages_and_menus_and_escape_returns(
    open_phone: Opening,
) -> None:
    phone = await open_phone()
    await phone.say("one")
    await phone.hears("heard: one")
    keyboard = phone.page.keyboard
    await phone.log.focus()
    await keyboard.press("ArrowUp")
    last = phone.messages.last
    await expect(last).to_be_focused()
    await keyboard.press("Enter")
    items = phone.page.get_by_role("menuitem")
    await expect(items.first).to_be_focused()
    await keyboard.press("ArrowUp")
    await expect(items.last).to_be_focused()
    await phone.screenshot("message-menu")
    await keyboard.press("ArrowDown")
    await expect(items.first).to_be_focused()
    await keyboard.press("Escape")
    await expect(phone.page.get_by_role("menu")).to_have_count(0)
    await expect(last).to_be_focused()
    await keyboard.press("ArrowUp")
    await expect(phone.messages.nth(-2)).to_be_focused()
    for _ in range(2):
        await keyboard.press("ArrowDown")
    await expect(phone.field).to_be_focused()


async def test_dialogs_take_the_focus_and_give_it_back(open_phone: Opening) -> None:
    phone = await open_phone()
    await phone.start()
    attach = phone.column.get_by_role("button", name="Тіркеу")
    await attach.press("Enter")
    await phone.page.get_by_role("menuitem", name="Байланыс нөмірі").press("Enter")
    dialog = phone.page.get_by_role("dialog")
    inside = await dialog.evaluate("node => node.contains(document.activeElement)")
    assert inside
    await phone.is_sound()
    await phone.page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await expect(attach).to_be_focused()


async def test_news_is_read_out_and_history_is_not(open_phone: Opening) -> None:
    phone = await open_phone()
    await phone.start()
    await phone.hears("started with nothing")
    assert await phone.log.get_attribute("aria-live") == "polite"
    await expect(phone.log).to_have_attribute("aria-busy", "false")
    await phone.page.evaluate(
        """() => {
          window.added = [];
          new MutationObserver((changes) => {
            for (const change of changes) {
              for (const node of change.addedNodes) window.added.push(node.textContent);
            }
          }).observe(document.querySelector(".log"), { childList: true, subtree: true });
        }"""
    )
    await phone.say("news")
    await phone.hears("heard: news")
    added = await phone.page.evaluate("window.added")
    assert len(added) == 2
    assert "heard: news" in added[1]


async def test_what_waits_in_other_chats_is_counted(
    open_phone: Opening, playground: PlaygroundServer
) -> None:
    phone = await open_phone("Айгүл", size=DESK)
    playground.town.say(7000000002, 7000000002, "one")
    waiting = phone.page.get_by_role("button", name="Елена Ким, ата-ана, оқылмағаны: 1")
    await expect(waiting).to_be_visible()
    await waiting.click()
    await expect(phone.page.locator(".badge")).to_have_count(0)


async def test_motion_is_only_for_those_who_do_not_mind_it(open_phone: Opening) -> None:
    calm = await open_phone()
    await calm.say("calm")
    message = await calm.hears("heard: calm")
    running = "node => node.getAnimations().length"
    assert await message.evaluate(running) == 0
    name = "node => getComputedStyle(node).animationName"
    lively = await open_phone("Елена", is_calm=False)
    await lively.say("lively")
    message = await lively.hears("heard: lively")
    assert await message.evaluate(name) == "arrive"


async def test_twice_as_large_text_still_fits(open_phone: Opening) -> None:
    phone = await open_phone()
    await phone.say("/count")
    await phone.hears("count 0")
    await phone.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert "sideways" not in await phone.unsound()
