"""From an office to a complaint and its answer, through the real bot, in both languages."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.app import App
from bot.playground.server import PlaygroundServer
from core.clock import SystemClock
from core.store import roles
from dialogs.speech import LOCALES, load_phrases
from tests.bot.running import OFFICIAL, running, settings_for, sqlite_at
from tests.browser.chromium import IN_CHROMIUM
from tests.browser.phone import PATIENCE, Phone
from tests.browser.test_journeys import KAZAKH, RUSSIAN, Words, begins, reads, screen

pytestmark = IN_CHROMIUM

REGION = "karaganda"
TOWN = {"kk": "Балқаш қаласы", "ru": "город Балхаш"}
HAPPENED = {
    "kk": "Ойдан шығарылған оқиға: құжатымды алмай қойды.",
    "ru": "Выдуманный случай: документы не взяли.",
}
ANSWERED = {"kk": "Ойдан шығарылған жауап.", "ru": "Выдуманный ответ."}


@dataclass(frozen=True)
class Speaker:
    """Knows what buttons say in one language."""

    language: str

    def __call__(self, phrase: str) -> str:
        """A phrase as the catalogue has it."""
        return load_phrases(self.language, LOCALES).gettext(phrase)


async def appoint(app: App) -> None:
    """Make somebody the official of a whole region."""
    async with app.database.writing() as tx:
        await roles.grant(
            tx,
            person_id=OFFICIAL,
            role="official",
            scope={"regions": [REGION]},
            now=SystemClock().now(),
            name="Made-up official",
        )


async def finds_an_office(phone: Phone, say: Speaker) -> None:
    """From the menu to the card of the first office of a town."""
    language = say.language
    await phone.press(say("Find an office"))
    await reads(phone, "?")
    await phone.screenshot(f"office-{language}-1-question")
    await phone.is_sound()
    await phone.say(TOWN[language])
    await expect(screen(phone).locator(".key", has_text=say("Look elsewhere"))).to_be_visible()
    await phone.screenshot(f"office-{language}-2-list")
    await phone.is_sound()
    await screen(phone).locator(".key").first.click()
    await expect(screen(phone).locator(".key", has_text=say("Complain about it"))).to_be_visible()
    await phone.screenshot(f"office-{language}-3-card")
    await phone.is_sound()


async def complains(phone: Phone, say: Speaker) -> None:
    """From the card of an office to a complaint that was sent."""
    language = say.language
    await phone.press(say("Complain about it"))
    await reads(phone, "112")
    await phone.screenshot(f"complaint-{language}-1-subject")
    await phone.press(say("They would not take the papers"))
    none = screen(phone).locator(".key", has_text=say("None of these"))
    agree = screen(phone).locator(".key", has_text=say("I agree, go on"))
    await expect(none.or_(agree)).to_be_visible()
    if await none.count():
        await none.click()
    await expect(agree).to_be_visible()
    await phone.screenshot(f"complaint-{language}-2-consent")
    await phone.is_sound()
    await agree.click()
    await expect(agree).to_have_count(0)
    await phone.say(HAPPENED[language])
    await phone.press(say("That is all, go on"))
    await phone.press(say("No photos or papers"))
    await phone.press(say("Only here in Telegram"))
    await expect(screen(phone).locator(".key", has_text=say("Send it"))).to_be_visible()
    await phone.screenshot(f"complaint-{language}-3-preview")
    await phone.is_sound()
    await phone.press(say("Send it"))
    sent = screen(phone).locator(".key", has_text=say("All that happened"))
    # The receipt is made first, and a chat gets one message a second.
    await expect(sent).to_be_visible(timeout=PATIENCE)
    await phone.screenshot(f"complaint-{language}-4-sent")


@pytest.mark.parametrize("words", [KAZAKH, RUSSIAN], ids=["kk", "ru"])
async def test_from_an_office_to_an_answer(
    browser: Browser, unserved: PlaygroundServer, tmp_path: Path, words: Words
) -> None:
    say, language = Speaker(words.language), words.language
    async with running(settings_for(unserved, sqlite_at(tmp_path))) as app:
        await appoint(app)
        official = await Phone.opened(browser, unserved.url, "Болат", language="kk")
        await begins(official, KAZAKH)
        phone = await Phone.opened(browser, unserved.url, words.person, language=language)
        await begins(phone, words)
        await finds_an_office(phone, say)
        await complains(phone, say)
        await reads(official, HAPPENED[language])
        await official.screenshot(f"official-{language}-1-notice")
        theirs = Speaker("kk")
        await official.press(theirs("Open the complaint"))
        await official.press(theirs("Answer"))
        await expect(screen(official)).to_contain_text("?")
        await official.screenshot(f"official-{language}-2-answering")
        await official.say(ANSWERED[language])
        await phone.hears(ANSWERED[language])
        await phone.screenshot(f"complaint-{language}-5-answer")
        await phone.press(say("Yes, it helped"))
        await reads(phone, say("closed"))
        for each in (phone, official):
            await each.close()
            assert each.problems == []
