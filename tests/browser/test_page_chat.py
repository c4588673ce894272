"""The page as a chat: what the bot says and what people do, in a real Chromium."""

from pathlib import Path

from playwright.async_api import expect

from bot.playground.server import PlaygroundServer
from tests.browser.chromium import IN_CHROMIUM
from tests.browser.conftest import Opening
from tests.browser.phone import DESK
from tests.browser.pictures import png

pytestmark = IN_CHROMIUM

AIGUL = 7000000001


async def test_a_person_starts_and_the_bot_answers(open_phone: Opening) -> None:
    phone = await open_phone()
    await expect(phone.column).to_contain_text("Echoes what it hears.")
    await phone.start()
    await phone.hears("started with nothing")
    await phone.say("сәлем")
    own = await phone.hears("сәлем")
    await expect(phone.messages.filter(has_text="heard: сәлем")).to_be_visible()
    assert own is not None
    await expect(phone.log.locator("article.mine")).to_have_count(2)
    await phone.is_sound()


async def test_a_press_edits_the_message_in_its_place(open_phone: Opening) -> None:
    phone = await open_phone()
    await phone.say("/count")
    await phone.hears("count 0")
    before = await phone.messages.count()
    await phone.press("plus")
    message = await phone.hears("count 1")
    await phone.press("plus")
    message = await phone.hears("count 2")
    await expect(phone.messages).to_have_count(before)
    await expect(message.locator(".stamp")).to_contain_text("түзетілген")
    await expect(phone.log.locator(".key[aria-busy]")).to_have_count(0)


async def test_answers_to_presses_are_a_toast_an_alert_and_a_deep_link(open_phone: Opening) -> None:
    phone = await open_phone()
    await phone.say("/answers")
    await phone.hears("answers")
    await phone.press("toast")
    await expect(phone.page.get_by_role("status").filter(has_text="a passing word")).to_be_visible()
    await phone.press("alert")
    alert = phone.page.get_by_role("alertdialog")
    await expect(alert).to_contain_text("a word to close")
    await phone.is_sound()
    await phone.screenshot("alert")
    await phone.page.keyboard.press("Escape")
    await expect(alert).to_have_count(0)
    await phone.press("link")
    await phone.hears("started with from_answer")


async def test_buttons_that_open_addresses_inline_queries_and_copy(open_phone: Opening) -> None:
    phone = await open_phone()
    await phone.say("/buttons")
    await phone.hears("buttons")
    await phone.press("site")
    dialog = phone.page.get_by_role("dialog")
    await expect(dialog).to_contain_text("https://example.org/a")
    link = dialog.get_by_role("link")
    assert await link.get_attribute("target") == "_blank"
    assert "noopener" in str(await link.get_attribute("rel"))
    await phone.page.keyboard.press("Escape")
    await phone.press("copy")
    await expect(phone.page.locator(".toast")).to_contain_text("Көшірілді")
    assert await phone.page.evaluate("navigator.clipboard.readText()") == "copied words"
    await phone.press("inline")
    await expect(phone.field).to_have_value("@bagyt_playground_bot kin")


async def test_an_inline_query_offers_results_to_choose_with_the_keyboard(
    open_phone: Opening,
) -> None:
    phone = await open_phone()
    await phone.start()
    await phone.field.press_sequentially("@bagyt_playground_bot kin")
    options = phone.page.get_by_role("option")
    await expect(options).to_have_count(2)
    await phone.field.press("ArrowDown")
    await phone.field.press("ArrowDown")
    await expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    await phone.is_sound()
    await phone.screenshot("inline-results")
    await phone.field.press("Enter")
    await phone.hears("chose kin")
    await expect(phone.field).to_have_value("")


async def test_formatting_is_shown_and_links_of_the_bot_open_in_place(open_phone: Opening) -> None:
    phone = await open_phone()
    await phone.say("/formatted")
    message = await phone.hears("a named link")
    for tag, words in {
        "strong": "bold",
        "em": "italic",
        "u": "under",
        "s": "struck",
        "code": "code",
    }.items():
        await expect(message.locator(f".text {tag}", has_text=words).first).to_be_visible()
    spoiler = message.get_by_role("button", name="Жасырын мәтін, ашу")
    await expect(message.get_by_text("hidden words")).not_to_be_visible()
    await spoiler.press("Enter")
    await expect(message.get_by_text("hidden words")).to_be_visible()
    unfold = message.get_by_role("button", name="Толығырақ")
    folded = await message.locator("blockquote").nth(1).bounding_box()
    await unfold.click()
    await expect(message.get_by_role("button", name="Жию")).to_have_attribute(
        "aria-expanded", "true"
    )
    unfolded = await message.locator("blockquote").nth(1).bounding_box()
    assert folded is not None
    assert unfolded is not None
    assert unfolded["height"] > folded["height"] * 2
    await phone.is_sound()
    await message.get_by_text("a named link").click()
    await expect(phone.page.get_by_role("dialog")).to_contain_text("https://example.org/path")
    await phone.page.keyboard.press("Escape")
    await message.get_by_text("deep link").click()
    await phone.hears("started with from_link")


async def test_reply_keyboards_share_a_place_and_a_phone_and_go_away(open_phone: Opening) -> None:
    phone = await open_phone()
    await phone.say("/keyboard")
    await phone.hears("keyboard")
    await phone.is_sound()
    await phone.press_reply_key("my place")
    await phone.is_sound()
    await phone.screenshot("places")
    await phone.page.get_by_role("button", name="Астана").click()
    await phone.hears("at 51.")
    await phone.press_reply_key("my phone")
    await phone.page.get_by_role("dialog").locator("button[type=submit]").click()
    await phone.hears("own phone +7")
    await phone.press_reply_key("plain")
    await phone.hears("heard: plain")
    await phone.say("/bare")
    await phone.hears("bare")
    await expect(phone.column.locator(".reply-key")).to_have_count(0)


async def test_a_place_is_shared_by_coordinates_and_nonsense_is_refused(
    open_phone: Opening,
) -> None:
    phone = await open_phone()
    await phone.start()
    await phone.column.get_by_role("button", name="Тіркеу").click()
    await phone.page.get_by_role("menuitem", name="Орын").click()
    sheet = phone.page.get_by_role("dialog")
    await sheet.get_by_label("Ендік").fill("943,2")
    await sheet.get_by_label("Бойлық").fill("76,9")
    await sheet.locator("button[type=submit]").click()
    await expect(sheet.get_by_role("alert")).to_contain_text("−90")
    await sheet.get_by_label("Ендік").fill("43,25")
    await sheet.locator("button[type=submit]").click()
    await phone.hears("at 43.25, 76.9")
    card = phone.messages.filter(has_text="43.25000, 76.90000")
    await expect(card.get_by_role("link")).to_have_attribute("rel", "noopener noreferrer")


async def test_replying_editing_and_deleting_ones_own_words(open_phone: Opening) -> None:
    phone = await open_phone()
    await phone.say("first words")
    answer = await phone.hears("heard: first words")
    await phone.act_on(answer, "Жауап беру")
    await phone.say("second words")
    await phone.hears("heard (a reply): second words")
    own = phone.log.locator("article.mine", has_text="second words")
    await expect(own.locator(".quoted")).to_contain_text("heard: first words")
    await phone.field.press("ArrowUp")
    await expect(phone.field).to_have_value("second words")
    await phone.say("third words")
    await phone.hears("now: third words")
    own = phone.log.locator("article.mine", has_text="third words")
    await phone.act_on(own, "Жою")
    await phone.page.get_by_role("dialog").locator("button[type=submit]").click()
    await expect(own).to_have_count(0)


async def test_documents_pictures_voice_and_albums_go_both_ways(
    open_phone: Opening, tmp_path: Path
) -> None:
    phone = await open_phone()
    await phone.start()
    await phone.hears("started")
    paper = tmp_path / "Туу туралы куәлік.txt"
    paper.write_text("a paper" * 300, encoding="utf-8")
    await phone.attach([paper])
    back = await phone.hears("here it is again")
    link = back.get_by_role("link", name="Ашу: Туу туралы куәлік.txt")
    await expect(link).to_contain_text("2,1 КБ")
    async with phone.page.expect_download() as download:
        await back.get_by_role("link", name="жүктеп алу").click()
    assert (await (await download.value).path()).read_bytes() == paper.read_bytes()
    pictures = [tmp_path / f"{shade}.png" for shade in (40, 120)]
    for picture, shade in zip(pictures, (40, 120), strict=True):
        picture.write_bytes(png(400, 300, shade))
    await phone.attach(pictures, "two pictures", item=0)
    await phone.hears("got photo of an album: no words")
    album = phone.log.locator("article.mine").filter(has=phone.page.locator(".grid"))
    await expect(album.locator("img")).to_have_count(2)
    await expect(album).to_contain_text("two pictures")
    voice = tmp_path / "voice.ogg"
    voice.write_bytes(b"OggS" + bytes(200))
    await phone.attach([voice], item=2)
    await phone.hears("got voice: no words")
    await expect(phone.log.locator("article.mine audio")).to_have_count(1)
    await phone.is_sound()
    await phone.screenshot("files")


async def test_albums_and_venues_of_the_bot_are_shown(open_phone: Opening) -> None:
    phone = await open_phone()
    await phone.say("/pictures")
    album = await phone.hears("picture 0")
    await expect(album.locator(".grid img")).to_have_count(3)
    await expect(album.locator("img").first).to_have_js_property("naturalWidth", 320)
    await album.locator("button.picture-button").first.click()
    await expect(phone.page.get_by_role("dialog").locator("img")).to_be_visible()
    await phone.is_sound()
    await phone.page.keyboard.press("Escape")
    await phone.say("/papers")
    papers = await phone.hears("paper1.txt")
    await expect(papers.locator("a.card")).to_have_count(2)
    await phone.say("/venue")
    venue = await phone.hears("Abay 1")
    await expect(venue.get_by_role("link")).to_have_attribute("target", "_blank")
    await phone.is_sound()


async def test_what_is_protected_says_so_and_is_not_copied(open_phone: Opening) -> None:
    phone = await open_phone()
    await phone.say("/guarded")
    message = await phone.hears("guarded words")
    await expect(message.locator(".guard")).to_contain_text("көшіруге болмайды")
    await message.locator(".stamp").click()
    await expect(phone.page.get_by_role("menuitem", name="Мәтінін көшіру")).to_have_count(0)
    await phone.page.keyboard.press("Escape")
    await phone.page.evaluate("getSelection().selectAllChildren(document.querySelector('.log'))")
    await phone.page.evaluate("document.execCommand('copy')")
    copied = await phone.page.evaluate("navigator.clipboard.readText()")
    assert "started with nothing" in copied
    assert "guarded words" not in copied


async def test_typing_shows_until_the_bot_has_spoken(open_phone: Opening) -> None:
    phone = await open_phone()
    await phone.say("/typing")
    subtitle = phone.column.locator(".subtitle")
    await expect(subtitle).to_have_text("жазып жатыр…")
    await phone.say("go on")
    await phone.hears("heard: go on")
    await expect(subtitle).to_contain_text("Айгүл")


async def test_commands_are_offered_by_the_menu_and_while_typing(open_phone: Opening) -> None:
    phone = await open_phone()
    await phone.start()
    await phone.column.get_by_role("button", name="Командалар").click()
    await phone.page.get_by_role("menuitem", name="/count").click()
    await phone.hears("count 0")
    await phone.field.press_sequentially("/co")
    await expect(phone.page.get_by_role("option")).to_contain_text("a counter to press")
    await phone.field.press("ArrowDown")
    await phone.field.press("Enter")
    await expect(phone.messages.filter(has_text="count 0")).to_have_count(2)


async def test_the_bot_is_blocked_and_unblocked_and_started_by_a_link(open_phone: Opening) -> None:
    phone = await open_phone()
    await phone.start()
    await phone.hears("started with nothing")
    await phone.choose("Ботты бұғаттау")
    await phone.column.get_by_role("button", name="Бұғаттан шығару").click()
    await expect(phone.field).to_be_visible()
    await phone.choose("Сілтемемен бастау")
    sheet = phone.page.get_by_role("dialog")
    await sheet.get_by_label("«/start» сөзінен кейінгі бөлік").fill("receipt_12")
    await phone.is_sound()
    await sheet.locator("button[type=submit]").click()
    await phone.hears("started with receipt_12")


async def test_two_columns_live_side_by_side(open_phone: Opening) -> None:
    aigul = await open_phone("Айгүл", size=DESK)
    elena = await aigul.take("Елена", beside=True)
    await aigul.say("from aigul")
    await elena.say("from elena")
    await aigul.hears("heard: from aigul")
    await elena.hears("heard: from elena")
    await aigul.screenshot("side-by-side")
    await expect(aigul.messages.filter(has_text="elena")).to_have_count(0)
    await expect(elena.messages.filter(has_text="aigul")).to_have_count(0)
    await aigul.is_sound()
    await aigul.page.reload()
    await expect(elena.messages.filter(has_text="heard: from elena")).to_be_visible()
    await expect(aigul.messages.filter(has_text="heard: from aigul")).to_be_visible()


async def test_the_language_of_the_page_changes_and_is_kept(open_phone: Opening) -> None:
    phone = await open_phone(size=DESK)
    await phone.say("сәлем")
    await expect(phone.page.locator("html")).to_have_attribute("lang", "kk")
    await phone.page.get_by_role("button", name="Русский").click()
    await expect(phone.page.locator("html")).to_have_attribute("lang", "ru")
    await expect(phone.field).to_have_attribute("placeholder", "Сообщение")
    await expect(phone.page.locator(".day").first).to_have_text("Сегодня")
    await phone.page.reload()
    await expect(phone.field).to_have_attribute("placeholder", "Сообщение")


async def test_what_the_server_refuses_is_said(open_phone: Opening) -> None:
    phone = await open_phone()
    await phone.start()
    await phone.field.fill("x" * 4097)
    await phone.field.press("Enter")
    await expect(phone.page.get_by_role("alert")).to_contain_text("4096")
    await phone.is_sound()
    assert await phone.field.input_value() == "x" * 4097
    phone.problems.clear()


async def test_a_lost_server_is_said_and_found_again(
    open_phone: Opening, playground: PlaygroundServer
) -> None:
    phone = await open_phone()
    await phone.start()
    await phone.hears("started with nothing")
    await phone.context.set_offline(True)
    await phone.page.evaluate("fetch('/play/api/state').catch(() => undefined)")
    await phone.column.locator(".send").wait_for()
    await phone.field.fill("lost")
    await phone.field.press("Enter")
    await expect(phone.page.locator(".toast.wrong")).to_contain_text("байланыс жоқ")
    await phone.context.set_offline(False)
    await phone.field.press("Enter")
    await phone.hears("heard: lost")
    assert AIGUL in playground.town.people
    phone.problems.clear()
