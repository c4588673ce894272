"""The pictures of the guide for parents, each taken on a walk that a parent would take."""

from collections.abc import Mapping

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.app import App
from bot.playground.server import PlaygroundServer
from tests.browser.chromium import IN_CHROMIUM
from tests.browser.guides import Hand
from tests.browser.test_complaint_journey import appoint

pytestmark = IN_CHROMIUM

BOTH = pytest.mark.parametrize("language", ["kk", "ru"])
PARENT = {"kk": "Айгүл", "ru": "Елена"}
NEED = {"kk": "тегін тамак", "ru": "бесплатное питание"}
MEALS = {"kk": "Мектептегі тегін тамақ", "ru": "Бесплатное питание в школе"}
STATE = {"kk": "Иә, мемлекеттік мектепте", "ru": "Да, в государственной"}
AID = {
    "kk": "Атаулы көмек аламыз немесе алуға құқығымыз бар",
    "ru": "Получаем АСП или имеем на неё право",
}
CHILDREN = {"kk": ("Тұңғышым", "Кенжем"), "ru": ("Старший", "Младшая")}
AMBIGUOUS = {"kk": "Абай ауданы", "ru": "Абайский район"}
TOWN = {"kk": "Балқаш қаласы", "ru": "город Балхаш"}
HAPPENED = {
    "kk": "Ойдан шығарылған оқиға: құжатымды алмай, себебін де айтпады.",
    "ru": "Выдуманный случай: документы не взяли и не объяснили почему.",
}
PHONE = "8 71036 5 00 00"


@pytest_asyncio.fixture(loop_scope="session", autouse=True)
async def official(app: App) -> None:
    """An official for the region of the made-up cases."""
    await appoint(app)


def named(words: Mapping[str, str], hand: Hand) -> str:
    return words[hand.language]


async def opens_questions(hand: Hand) -> None:
    """From a parent's own words to what a service asks first."""
    await hand.says(named(NEED, hand))
    await hand.presses_words(named(MEALS, hand))
    await hand.presses("Is it for us? What is needed?")


async def answers(hand: Hand) -> None:
    """From the first question to the outcome."""
    await hand.presses_words(named(STATE, hand))
    await hand.presses_words(named(AID, hand))
    await hand.reads("✅")


@BOTH
async def test_from_the_language_to_the_papers(
    browser: Browser, street: PlaygroundServer, language: str
) -> None:
    async with Hand.at(browser, street, PARENT[language], language) as hand:
        await hand.phone.start()
        await hand.reads("/language")
        await hand.keeps("language")
        await hand.presses_words({"kk": "Қазақша", "ru": "Русский"}[language])
        await hand.offers("Find an office")
        await hand.keeps("menu")
        await hand.says(named(NEED, hand))
        await hand.reads(named(MEALS, hand))
        await hand.keeps("search", messages=2)
        await hand.presses_words(named(MEALS, hand))
        await hand.offers("Is it for us? What is needed?")
        await hand.keeps("service")
        await hand.presses("What do these words mean?")
        await hand.offers("All the words")
        await hand.keeps("glossary")
        await hand.presses("← Back")
        await hand.presses("Is it for us? What is needed?")
        await hand.reads("?")
        await hand.presses_words(named(STATE, hand))
        await hand.reads("?")
        await hand.keeps("question")
        await hand.presses_words(named(AID, hand))
        await hand.reads("✅")
        await hand.keeps("outcome")
        await hand.presses("The papers to bring")
        await hand.offers("Remind me")
        await hand.screen.locator(".key", has_text="☐").first.click()
        await hand.reads("☑")
        await hand.keeps("checklist")
        await hand.presses("Remind me")
        await expect(hand.screen).not_to_contain_text("☑")
        await hand.keeps("reminder")


@BOTH
async def test_the_papers_handed_in_and_two_children(
    browser: Browser, street: PlaygroundServer, language: str
) -> None:
    async with Hand.at(browser, street, PARENT[language], language) as hand:
        await hand.begins()
        first, second = CHILDREN[language]
        await opens_questions(hand)
        await answers(hand)
        await hand.presses("Name or delete")
        await hand.presses("Give it a name")
        await hand.says(first)
        await opens_questions(hand)
        await hand.offers("Without a name")
        await hand.keeps("second-child")
        await hand.says(second)
        await answers(hand)
        await hand.presses("The papers to bring")
        await hand.presses("I have handed the papers in")
        await hand.offers("Today")
        await hand.keeps("handed-in")
        await hand.presses("Today")
        await hand.offers("No such day")
        await hand.keeps("promised")
        await hand.presses("No such day")
        await hand.presses("There is none")
        await hand.presses("I will not say")
        await hand.offers("The answer came")
        await hand.keeps("watch")
        await hand.says("/mine")
        await hand.offers("Papers I handed in")
        await hand.keeps("mine", messages=2)


@BOTH
async def test_an_office_and_what_is_wrong_with_it(
    browser: Browser, street: PlaygroundServer, language: str
) -> None:
    async with Hand.at(browser, street, PARENT[language], language) as hand:
        await hand.begins()
        await hand.presses("Find an office")
        await hand.offers("Choose from the list")
        await hand.keeps("office-where")
        await hand.presses("Choose from the list")
        await hand.offers("Next page →")
        await hand.keeps("office-list")
        await hand.says(named(AMBIGUOUS, hand))
        await hand.offers("Offices called “{words}”", words=named(AMBIGUOUS, hand))
        await hand.keeps("office-which", messages=2)
        await hand.says(named(TOWN, hand))
        await hand.offers("Look elsewhere")
        await hand.keeps("offices")
        await hand.presses_first()
        await hand.offers("This is wrong")
        await hand.keeps("office")
        await hand.presses("This is wrong")
        await hand.offers("The phone")
        await hand.keeps("wrong")
        await hand.presses("The phone")
        await hand.offers("I do not know, just report it")
        await hand.says(PHONE)
        await hand.offers("← Back")
        await hand.keeps("wrong-thanks", messages=2)


@BOTH
async def test_a_complaint_from_consent_to_receipt(
    browser: Browser, street: PlaygroundServer, language: str
) -> None:
    async with Hand.at(browser, street, PARENT[language], language) as hand:
        await hand.begins()
        await hand.presses("Find an office")
        await hand.offers("Choose from the list")
        await hand.says(named(TOWN, hand))
        await hand.offers("Look elsewhere")
        await hand.presses_first()
        await hand.presses("Complain about it")
        await hand.reads("112")
        await hand.keeps("complaint-subject")
        await hand.presses("They would not take the papers")
        await hand.presses("None of these")
        await hand.offers("I agree, go on")
        await hand.keeps("complaint-consent")
        await hand.presses("I agree, go on")
        await hand.offers("Look it over")
        await hand.says(named(HAPPENED, hand))
        await hand.offers("That is all, go on")
        await hand.keeps("complaint-words", messages=2)
        await hand.presses("That is all, go on")
        await hand.offers("No photos or papers")
        await hand.keeps("complaint-files")
        await hand.presses("No photos or papers")
        await hand.offers("Without my name")
        await hand.keeps("complaint-contact")
        await hand.presses("Only here in Telegram")
        await hand.offers("Send it")
        await hand.keeps("complaint-preview")
        await hand.presses("Send it")
        await hand.offers("All that happened")
        await hand.keeps("complaint-receipt", messages=3)
        await hand.says("/complaints")
        await hand.offers("A new complaint")
        await hand.keeps("complaints", messages=2)
