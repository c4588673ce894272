"""Groups on the page: members, topics, anonymous admins, and becoming a supergroup."""

from playwright.async_api import expect

from bot.playground.server import PlaygroundServer
from tests.browser.chromium import IN_CHROMIUM
from tests.browser.conftest import Opening
from tests.browser.phone import DESK

pytestmark = IN_CHROMIUM

GROUP = "Білім бөлімі"
BOLAT = 7000000003


async def test_two_members_see_the_same_group_each_with_their_own_eyes(
    open_phone: Opening,
) -> None:
    bolat = await open_phone(GROUP, size=DESK)
    await bolat.say("/count")
    await bolat.hears("count 0")
    await expect(bolat.log.locator("article.mine")).to_have_count(1)
    await bolat.choose("Кімнің атынан жазу")
    await bolat.page.get_by_role("menuitemcheckbox", name="Дина Оспанова").click()
    dina = bolat.page.locator('section.column[data-person="7000000004"]')
    await expect(dina.locator("article.mine")).to_have_count(0)
    await expect(dina.locator(".author").first).to_have_text("Болат Ахметов")
    await bolat.is_sound()


async def test_a_group_that_becomes_a_supergroup_goes_on_where_it_was(
    open_phone: Opening, playground: PlaygroundServer
) -> None:
    phone = await open_phone(GROUP)
    await phone.say("/count")
    await phone.hears("count 0")
    await phone.choose("Супертопқа айналдыру")
    column = phone.page.locator("section.column.active")
    await expect(column).not_to_have_attribute("data-chat", "-4000000001")
    await expect(column).to_contain_text("Топ супертопқа айналды")
    group = await column.get_attribute("data-chat")
    assert playground.town.chats[int(str(group))].type == "supergroup"
    field = column.locator("textarea")
    await field.fill("/start")
    await field.press("Enter")
    await expect(column).to_contain_text("started with nothing")


async def test_an_anonymous_admin_speaks_in_the_name_of_the_group(
    open_phone: Opening, playground: PlaygroundServer
) -> None:
    group = playground.town.migrate(-4000000001)
    phone = await open_phone(GROUP)
    await phone.choose("Жасырын әкімші болып жазу")
    await expect(phone.column.locator(".subtitle")).to_contain_text("жасырын әкімші")
    await phone.say("/start")
    await phone.hears("started with nothing")
    said = next(m for m in group.messages.values() if m.get("text") == "/start")
    assert said["from"]["username"] == "GroupAnonymousBot"
    own = phone.messages.filter(has=phone.page.get_by_role("button", name="/start"))
    await expect(own.locator(".author")).to_have_text(GROUP)
    await phone.choose("Жасырын әкімші болып жазу")
    await expect(phone.column.locator(".subtitle")).to_contain_text("Болат Ахметов болып")
    assert BOLAT not in group.anonymous


async def test_the_bot_is_removed_and_added_and_made_admin(
    open_phone: Opening, playground: PlaygroundServer
) -> None:
    group = playground.town.chats[-4000000001]
    bot = playground.town.bot_id
    phone = await open_phone(GROUP)
    await phone.choose("Ботты топтан шығару")
    await expect(phone.log).to_contain_text("Bagyt топтан шықты")
    assert not group.present(bot)
    await phone.choose("Ботты топқа қосу")
    await expect(phone.log).to_contain_text("Bagyt топқа қосылды")
    await phone.choose("Ботты әкімші ету")
    await phone.say("plain words")
    await phone.hears("heard: plain words")
    assert group.is_admin(bot)


async def test_a_new_group_with_topics_keeps_them_apart(open_phone: Opening) -> None:
    phone = await open_phone("Айгүл", size=DESK)
    page = phone.page
    await page.locator(".adders").get_by_role("button", name="Топ").click()
    sheet = page.get_by_role("dialog")
    await sheet.get_by_label("Атауы").fill("Тақырыптар")
    await sheet.get_by_label("Тақырыптары бар топ").check()
    await phone.is_sound()
    await sheet.locator("button[type=submit]").click()
    group = await phone.take("Тақырыптар")
    for name in ("Сұрақтар", "Шағымдар"):
        await group.choose("Жаңа тақырып")
        await page.get_by_role("dialog").get_by_label("Тақырып атауы").fill(name)
        await page.get_by_role("dialog").locator("button[type=submit]").click()
        await expect(group.column.get_by_role("button", name=name, exact=True)).to_be_visible()
    await group.column.get_by_role("button", name="Сұрақтар", exact=True).click()
    await group.say("/count")
    await group.hears("count 0")
    await group.column.get_by_role("button", name="Шағымдар", exact=True).click()
    await expect(group.messages.filter(has_text="count 0")).to_have_count(0)
    await group.column.get_by_role("button", name="Бәрі", exact=True).click()
    await group.screenshot("topics")
    await expect(group.messages.filter(has_text="count 0")).to_have_count(1)
    await group.is_sound()


async def test_members_are_changed_in_a_form(
    open_phone: Opening, playground: PlaygroundServer
) -> None:
    group = playground.town.chats[-4000000001]
    phone = await open_phone(GROUP)
    await phone.choose("Қатысушылар мен әкімшілер")
    sheet = phone.page.get_by_role("dialog")
    members = sheet.get_by_role("group", name="Топта кім бар")
    await members.get_by_label("Елена Ким").check()
    await members.get_by_label("Дина Оспанова").uncheck()
    await phone.is_sound()
    await phone.screenshot("members")
    await sheet.locator("button[type=submit]").click()
    await expect(phone.log).to_contain_text("Елена Ким топқа қосылды")
    await expect(phone.log).to_contain_text("Дина Оспанова топтан шықты")
    assert group.present(7000000002)
    assert not group.present(7000000004)


async def test_a_new_person_joins_the_playground(open_phone: Opening) -> None:
    phone = await open_phone("Айгүл", size=DESK)
    await phone.page.locator(".adders").get_by_role("button", name="Адам").click()
    sheet = phone.page.get_by_role("dialog")
    await sheet.get_by_label("Аты", exact=True).fill("Самат")
    await sheet.get_by_label("Осы адамның Telegram тілі").select_option("ru")
    await sheet.locator("button[type=submit]").click()
    samat = await phone.take("Самат")
    await samat.say("мен жаңамын")
    await samat.hears("heard: мен жаңамын")
