"""What people type stays text: no script runs, nothing breaks out of its bubble."""

import pytest
from playwright.async_api import expect

from bot.playground.server import PlaygroundServer
from tests.browser.chromium import IN_CHROMIUM
from tests.browser.conftest import Opening
from tests.browser.phone import DESK

pytestmark = IN_CHROMIUM

AIGUL = 7000000001
ATTACKS = (
    "<img src=x onerror=\"document.title='owned'\">",
    "<script>document.title='owned'</script>",
    "<svg/onload=document.title='owned'>",
    '"><iframe srcdoc="<script>parent.document.title=\'owned\'</script>">',
    "{{constructor.constructor(\"document.title='owned'\")()}}",
)
OVERRIDE = "\u202e"


@pytest.mark.parametrize("attack", ATTACKS)
async def test_markup_that_people_type_is_shown_as_they_typed_it(
    open_phone: Opening, attack: str
) -> None:
    phone = await open_phone()
    await phone.say(attack)
    message = await phone.hears("heard:")
    await expect(message.locator(".text")).to_have_text(f"heard: {attack}")
    for tag in ("img", "script", "iframe"):
        await expect(phone.log.locator(tag)).to_have_count(0)
    assert "owned" not in await phone.page.title()


async def test_markup_in_names_titles_and_files_is_text_too(
    open_phone: Opening, playground: PlaygroundServer
) -> None:
    town = playground.town
    attacker = town.add_person(ATTACKS[0], ATTACKS[1], language_code="kk")
    group = town.add_group(ATTACKS[2], [attacker.id, AIGUL])
    town.say(group.id, attacker.id, ATTACKS[3])
    town.upload(group.id, attacker.id, "document", b"<script>1</script>", f"{ATTACKS[4]}.svg")
    phone = await open_phone("onerror", size=DESK)
    await phone.start()
    shown = await phone.take("onload")
    await expect(shown.column.get_by_role("heading")).to_have_text(ATTACKS[2])
    await expect(shown.messages).to_have_count(2)
    assert "owned" not in await phone.page.title()
    async with phone.page.expect_download() as download:
        await shown.messages.last.locator("a").first.click()
    assert (await (await download.value).path()).read_bytes() == b"<script>1</script>"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:document.title='owned'",
        "data:text/html,<script>1</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:https://example.org/1",
    ],
)
async def test_links_lead_only_to_harmless_addresses(
    open_phone: Opening, playground: PlaygroundServer, address: str
) -> None:
    town = playground.town
    phone = await open_phone()
    await phone.start()
    await phone.hears("started with nothing")
    chat = town.chat(AIGUL)
    entities = [{"type": "text_link", "offset": 0, "length": 5, "url": address}]
    buttons = {"inline_keyboard": [[{"text": "press", "url": address}]]}
    message = town.compose(chat, town.bot, text="click me", entities=entities, reply_markup=buttons)
    town.post(chat, message)
    shown = await phone.hears("click me")
    await expect(shown.locator("a")).to_have_count(0)
    await expect(shown.locator(".key")).to_be_disabled()
    await shown.get_by_text("click").first.click()
    assert "owned" not in await phone.page.title()
    assert len(phone.context.pages) == 1


async def test_a_direction_override_does_not_leave_its_bubble(open_phone: Opening) -> None:
    phone = await open_phone()
    await phone.say(f"abc {OVERRIDE}def")
    own = phone.log.locator("article.mine").last
    await expect(own).to_contain_text("def")
    stamp = own.locator(".stamp")
    assert await stamp.evaluate("node => getComputedStyle(node).direction") == "ltr"
    assert await own.locator(".text").evaluate("node => getComputedStyle(node).unicodeBidi") in {
        "isolate",
        "plaintext",
    }
    text, mark = await own.locator(".text").bounding_box(), await stamp.bounding_box()
    assert text is not None
    assert mark is not None
    assert mark["x"] + mark["width"] >= text["x"] + text["width"]


@pytest.mark.parametrize("length", [60, 4096])
async def test_a_very_long_word_breaks_inside_its_bubble(open_phone: Opening, length: int) -> None:
    phone = await open_phone()
    await phone.start()
    await phone.hears("started")
    await phone.field.fill("ұ" * length)
    await phone.field.press("Enter")
    await expect(phone.field).to_have_value("")
    await expect(phone.log.locator("article.mine")).to_have_count(2)
    await phone.is_sound()


async def test_entities_that_overlap_or_lie_outside_do_no_harm(
    open_phone: Opening, playground: PlaygroundServer
) -> None:
    town = playground.town
    phone = await open_phone()
    await phone.start()
    await phone.hears("started with nothing")
    chat = town.chat(AIGUL)
    entities = [
        {"type": "bold", "offset": 0, "length": 6},
        {"type": "italic", "offset": 4, "length": 6},
        {"type": "code", "offset": 90, "length": 5},
        {"type": "strange", "offset": 1, "length": 2},
    ]
    town.post(chat, town.compose(chat, town.bot, text="0123456789", entities=entities))
    message = await phone.hears("0123456789")
    await expect(message.locator(".text")).to_have_text("0123456789")
    await expect(message.locator(".text strong")).to_have_text("012345")
