"""The pictures of the guide for admins, each taken where an admin would see it."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from bot.app import App
from bot.playground.server import PlaygroundServer
from core.release import DATA
from core.services.library import load_library
from core.services.writing import yaml_of
from dialogs.editing.actions import AskReport
from tests.bot.complaining import OFFICE, Talker
from tests.bot.running import ADMIN, PARENT_RU
from tests.browser.chromium import IN_CHROMIUM
from tests.browser.guides import Hand

pytestmark = IN_CHROMIUM

PHONE = "8 71036 5 00 00"
SAID = {"kk": "Дұрыс телефоны: 8 71036 5 00 01", "ru": "Верный телефон: 8 71036 5 00 01"}
TABLE = f"id;phones\n{OFFICE};8 71036 5 00 02\n".encode()
WORDS = {"kk": "Ойдан шығарылған хабар.", "ru": "Выдуманное объявление."}
MEALS = "free_school_meals"
MEALS_NAMED = {"kk": "Мектептегі тегін тамақ · 1", "ru": "Бесплатное питание в школе · 1"}
RENAMED = "Жаңаша аталған өтініш"


@pytest_asyncio.fixture(loop_scope="session", params=["kk", "ru"])
async def admin(
    request: pytest.FixtureRequest, browser: Browser, street: PlaygroundServer, app: App
) -> AsyncIterator[Hand]:
    """An admin at the menu of what admins do."""
    assert ADMIN in app.settings.admin_ids
    async with Hand.at(browser, street, "Дина", request.param) as hand:
        await hand.begins()
        await hand.says("/admin")
        await hand.offers("Statistics")
        yield hand


async def changes_phone(admin: Hand) -> None:
    """From the fields of an office to the question whether to save."""
    await admin.presses_with("Телефон")
    await admin.offers("← Back")
    await admin.says(PHONE)
    await admin.offers("Yes, save it")


async def test_an_office_is_changed_and_brought_back(admin: Hand) -> None:
    await admin.keeps("admin", messages=2)
    await admin.presses("Change or add an office")
    await admin.offers("Add an office")
    await admin.says(OFFICE)
    await admin.offers("Add an office")
    await admin.keeps("edit-find", messages=2)
    await admin.presses_first()
    await admin.offers("Its history")
    await admin.keeps("edit")
    await changes_phone(admin)
    await admin.keeps("edit-preview", messages=2)
    await admin.presses("Yes, save it")
    await admin.presses("Its history")
    await admin.offers("To the office")
    await admin.keeps("history")
    await admin.presses_first()
    await admin.offers("Undo it")
    await admin.keeps("history-change")


async def test_a_report_is_put_right(street: PlaygroundServer, app: App, admin: Hand) -> None:
    parent = Talker(street, PARENT_RU, language=admin.language)
    await parent.begins()
    await parent.presses_data(parent.last()["message_id"], AskReport(OFFICE, "phones").pack())
    await parent.says(SAID[admin.language])
    await parent.settled(app)
    await admin.says("/admin")
    await admin.presses("Reports of parents")
    await admin.offers("← Back")
    await admin.keeps("reports")
    await admin.presses_first()
    await admin.offers("Put it right")
    await admin.keeps("report")
    await admin.presses("Put it right")
    await admin.offers("Yes, save it")
    await admin.keeps("report-preview")


async def test_a_table_is_looked_at_and_applied(street: PlaygroundServer, admin: Hand) -> None:
    await admin.presses("Tables of offices")
    await admin.offers("Get the table of all offices")
    await admin.keeps("tables")
    street.town.upload(ADMIN, ADMIN, "document", TABLE, "made-up.csv")
    await admin.offers("Leave it")
    await admin.keeps("table-dry-run")
    await admin.presses_with(admin.say("Apply: {number} offices", number=1))
    await admin.offers("Undo")
    await admin.keeps("table-applied")


async def test_statistics_and_a_poster(admin: Hand) -> None:
    await admin.presses("Statistics")
    await admin.offers("As a picture")
    await admin.keeps("statistics")
    await admin.says("/admin")
    await admin.presses("Posters for foyers")
    await admin.offers("Next page →")
    await admin.keeps("posters")


async def test_an_announcement_is_written_and_seen_before(admin: Hand) -> None:
    await admin.presses("Announcements")
    await admin.presses("Write a new one")
    await admin.offers("Parents who agreed")
    await admin.keeps("announcement-to")
    await admin.presses("Parents who agreed")
    await admin.offers("← Back")
    await admin.says(WORDS["kk"])
    await admin.says(WORDS["ru"])
    await admin.offers("Send it")
    await admin.keeps("announcement")


async def test_a_new_version_of_a_service_is_published(
    street: PlaygroundServer, admin: Hand
) -> None:
    library = load_library(DATA)
    service = library.services[MEALS]
    text = yaml_of(service, library.acts[service.acts[0]])
    changed = text.replace(service.documents[0].text.kk, RENAMED, 1)
    await admin.presses("Services: new versions")
    await admin.offers("Send a file")
    await admin.keeps("versions")
    await admin.presses_words(MEALS_NAMED[admin.language])
    await admin.offers("Get the file")
    await admin.keeps("version")
    await admin.presses("Send a new file")
    await admin.offers("← Back")
    street.town.upload(ADMIN, ADMIN, "document", changed.encode(), f"{MEALS}.yaml")
    await admin.offers("Publish…")
    await admin.keeps("draft")
    await admin.presses("Publish…")
    await admin.offers("At once")
    await admin.keeps("publish-when")
    await admin.presses("At once")
    await admin.offers("Yes, publish it")
    await admin.keeps("publish")
