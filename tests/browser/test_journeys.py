"""Whole journeys of a parent through the real bot, in both languages, with pictures kept."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from bot.playground.server import PlaygroundServer
from tests.bot.running import running, settings_for, sqlite_at
from tests.browser.chromium import IN_CHROMIUM
from tests.browser.phone import DESK, PHONE, Phone

pytestmark = IN_CHROMIUM


@dataclass(frozen=True)
class Words:
    """What a parent sees and presses in one language."""

    person: str
    language: str
    button: str
    need: str
    service: str
    ask: str
    first_answer: str
    second_answer: str
    granted: str
    documents: str
    back: str
    menu: str
    of_the_other: re.Pattern[str]


KAZAKH = Words(
    person="Айгүл",
    language="kk",
    button="Қазақша",
    need="тегін тамак",
    service="Мектептегі тегін тамақ",
    ask="Бізге беріле ме?",
    first_answer="Иә, мемлекеттік мектепте",
    second_answer="Атаулы көмек аламыз",
    granted="✅",
    documents="Қандай құжат",
    back="Артқа",
    menu="Басты мәзір",
    of_the_other=re.compile(r"\b(?:и|или|это|вы|что|нужно|документы)\b", re.IGNORECASE),
)
RUSSIAN = Words(
    person="Елена",
    language="ru",
    button="Русский",
    need="бесплатное питание в школе",
    service="Бесплатное питание в школе",
    ask="Положено ли нам?",
    first_answer="Да, в государственной",
    second_answer="Получаем АСП",
    granted="✅",
    documents="Какие документы",
    back="Назад",
    menu="Главное меню",
    of_the_other=re.compile(r"[әғқңөұүһі]", re.IGNORECASE),
)
BOTH = pytest.mark.parametrize("words", [KAZAKH, RUSSIAN], ids=["kk", "ru"])


class ParentsPhone:
    """Opens the page at the chat of a parent."""

    def __init__(self, browser: Browser, server: PlaygroundServer) -> None:
        self.browser = browser
        self.server = server
        self.opened: list[Phone] = []

    async def __call__(self, words: Words, size: tuple[int, int] = PHONE) -> Phone:
        phone = await Phone.opened(
            self.browser, self.server.url, words.person, language=words.language, size=size
        )
        self.opened.append(phone)
        return phone


@pytest_asyncio.fixture(loop_scope="session")
async def parents_phone(
    browser: Browser, unserved: PlaygroundServer, tmp_path: Path
) -> AsyncIterator[ParentsPhone]:
    """The real bot in a playground of its own, and phones to talk to it."""
    phones = ParentsPhone(browser, unserved)
    async with running(settings_for(unserved, sqlite_at(tmp_path))):
        yield phones
        for phone in phones.opened:
            await phone.close()
    assert [problem for phone in phones.opened for problem in phone.problems] == []


def screen(phone: Phone) -> Locator:
    """The bot's newest message."""
    return phone.log.locator("article:not(.mine)").last


async def reads(phone: Phone, words: str) -> None:
    """Wait until the bot's newest message says this."""
    await expect(screen(phone)).to_contain_text(words)


async def begins(phone: Phone, words: Words) -> None:
    """Start, choose the language, and come to the main menu."""
    await phone.start()
    await reads(phone, "/language")
    await phone.press(words.button)
    await expect(screen(phone).locator(".key")).not_to_have_count(2)


async def comes_to_the_first_question(phone: Phone, words: Words) -> None:
    await begins(phone, words)
    await phone.say(words.need)
    await expect(screen(phone).locator(".key", has_text=words.service).first).to_be_visible()
    await phone.press(words.service)
    await expect(screen(phone).locator(".key", has_text=words.ask)).to_be_visible()
    await phone.press(words.ask)
    await expect(screen(phone).locator(".key", has_text=words.first_answer)).to_be_visible()


@BOTH
async def test_from_ones_own_words_to_the_documents(
    parents_phone: ParentsPhone, words: Words
) -> None:
    phone = await parents_phone(words)
    await comes_to_the_first_question(phone, words)
    await phone.screenshot(f"journey-{words.language}-1-question")
    await phone.is_sound()
    await phone.press(words.first_answer)
    await expect(screen(phone).locator(".key", has_text=words.second_answer)).to_be_visible()
    await phone.press(words.second_answer)
    await reads(phone, words.granted)
    await phone.is_sound()
    await phone.screenshot(f"journey-{words.language}-2-outcome")
    await phone.press(words.documents)
    await expect(screen(phone)).not_to_contain_text(words.granted)
    await phone.is_sound()
    await phone.screenshot(f"journey-{words.language}-3-documents")
    said = await screen(phone).locator(".text").inner_text()
    assert not words.of_the_other.search(said)


@BOTH
async def test_going_back_and_answering_otherwise_stays_in_one_message(
    parents_phone: ParentsPhone, words: Words
) -> None:
    phone = await parents_phone(words)
    await comes_to_the_first_question(phone, words)
    before = await phone.messages.count()
    await phone.press(words.first_answer)
    await expect(screen(phone).locator(".key", has_text=words.second_answer)).to_be_visible()
    await phone.press(words.back)
    await expect(screen(phone).locator(".key", has_text=words.first_answer)).to_be_visible()
    await screen(phone).locator(".key").nth(1).click()
    await expect(screen(phone).locator(".key", has_text=words.first_answer)).to_have_count(0)
    await expect(phone.messages).to_have_count(before)
    await phone.screenshot(f"journey-{words.language}-4-otherwise")


@BOTH
async def test_an_old_button_works_after_the_bot_was_restarted(
    browser: Browser, unserved: PlaygroundServer, tmp_path: Path, words: Words
) -> None:
    settings = settings_for(unserved, sqlite_at(tmp_path))
    phone = await Phone.opened(browser, unserved.url, words.person, language=words.language)
    async with running(settings):
        await comes_to_the_first_question(phone, words)
    async with running(settings):
        await phone.press(words.first_answer)
        await expect(screen(phone).locator(".key", has_text=words.second_answer)).to_be_visible()
    await phone.close()
    assert phone.problems == []


@BOTH
async def test_the_language_changes_where_one_stands(
    parents_phone: ParentsPhone, words: Words
) -> None:
    phone = await parents_phone(words)
    other = RUSSIAN if words is KAZAKH else KAZAKH
    await begins(phone, words)
    await expect(screen(phone)).not_to_contain_text(other.menu)
    await phone.say("/help")
    await expect(screen(phone).locator(".key", has_text=words.menu)).to_be_visible()
    await phone.is_sound()
    await phone.screenshot(f"journey-{words.language}-5-help")
    await phone.say("/language")
    await reads(phone, "/language")
    await phone.press(other.button)
    await expect(screen(phone).locator(".key", has_text=other.menu)).to_be_visible()
    await expect(screen(phone).locator(".key", has_text=words.menu)).to_have_count(0)


async def test_two_parents_side_by_side_are_not_mixed_up(
    browser: Browser, unserved: PlaygroundServer, tmp_path: Path
) -> None:
    async with running(settings_for(unserved, sqlite_at(tmp_path))):
        aigul = await Phone.opened(browser, unserved.url, KAZAKH.person, size=DESK)
        elena = await aigul.take(RUSSIAN.person, beside=True)
        await comes_to_the_first_question(aigul, KAZAKH)
        await comes_to_the_first_question(elena, RUSSIAN)
        await aigul.press(KAZAKH.first_answer)
        await expect(screen(aigul).locator(".key", has_text=KAZAKH.second_answer)).to_be_visible()
        await expect(screen(elena).locator(".key", has_text=RUSSIAN.first_answer)).to_be_visible()
        await aigul.is_sound()
        await aigul.screenshot("journey-two-parents")
        await aigul.close()
    assert aigul.problems == []
