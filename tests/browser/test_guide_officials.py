"""The pictures of the guide for officials: from the invite to the answer, the queue, the group."""

import pytest
from playwright.async_api import Browser, expect

from bot.app import App
from bot.playground.server import PlaygroundServer
from core.clock import SystemClock
from tests.bot.complaining import LANGUAGES, Talker, link_in
from tests.bot.running import PARENT_KK
from tests.browser.chromium import IN_CHROMIUM
from tests.browser.guides import Hand
from tests.browser.phone import PATIENCE
from tests.browser.test_complaint_journey import appoint

pytestmark = IN_CHROMIUM

BOTH = pytest.mark.parametrize("language", ["kk", "ru"])
OFFICIAL, GROUP = "Болат", "Білім бөлімі"
REGION = {"kk": "Қарағанды облысы", "ru": "Карагандинская область"}
HAPPENED = {
    "kk": "Ойдан шығарылған оқиға: құжатымды алмай, себебін де айтпады.",
    "ru": "Выдуманный случай: документы не взяли и не объяснили почему.",
}
ANSWERED = {
    "kk": "Ойдан шығарылған жауап: ертең 10:00-де келіңіз, құжатыңызды аламыз.",
    "ru": "Выдуманный ответ: приходите завтра к 10:00, документы примем.",
}


@BOTH
@pytest.mark.usefixtures("app")
async def test_an_invite_from_the_link_to_the_role(
    browser: Browser, street: PlaygroundServer, language: str
) -> None:
    async with (
        Hand.at(browser, street, "Дина", language) as admin,
        Hand.at(browser, street, OFFICIAL, language) as official,
    ):
        await admin.begins()
        await admin.says("/people")
        await admin.offers("Give a role")
        await admin.keeps("people")
        await admin.presses("Give a role")
        await admin.presses("Official")
        await admin.offers("Only some services")
        await admin.says(REGION[language])
        await admin.presses_words(f"+ {REGION[language]}")
        await admin.offers("That is all, go on")
        await admin.keeps("role-scope")
        await admin.presses("That is all, go on")
        await admin.offers("Make a link")
        await admin.keeps("role-how")
        await admin.presses("Make a link")
        await admin.offers("Take the link back")
        made = admin.phone.messages.filter(has_text="start=j-").last
        token = link_in(await made.inner_text())
        await official.begins()
        await official.says(f"/start {token}")
        await official.keeps("invite-opened", messages=2)
        await admin.offers("Yes, give the role")
        await admin.keeps("role-confirm")
        await admin.presses("Yes, give the role")
        await official.offers("The queue")
        await official.keeps("invite-confirmed")


@BOTH
async def test_a_complaint_from_the_notice_to_the_answer(
    browser: Browser, street: PlaygroundServer, app: App, language: str
) -> None:
    await appoint(app)
    say = LANGUAGES[language]
    parent = Talker(street, PARENT_KK, language=language)
    await parent.begins()
    async with Hand.at(browser, street, OFFICIAL, language) as official:
        await official.begins()
        await parent.complains(app, HAPPENED[language])
        await official.reads(HAPPENED[language])
        await official.keeps("notice")
        await official.presses("Open the complaint")
        await official.offers("Register")
        await official.keeps("desk")
        await official.presses("Register")
        await official.reads(", 27.11.2026")
        await official.keeps("register")
        today = say.local(SystemClock().now())
        await official.says(f"A-15, {today:%d.%m.%Y}")
        await official.offers("Extend the term")
        await official.keeps("registered", messages=2)
        await official.presses("Answer")
        await official.reads("?")
        await official.says(ANSWERED[language])
        await official.offers("All that happened")
        await official.keeps("answered", messages=2)
        await parent.complains(app, HAPPENED[language])
        await official.says("/queue")
        await official.offers("Main menu")
        await official.keeps("queue", messages=2)


@BOTH
async def test_a_group_hears_that_there_is_a_complaint(
    browser: Browser, street: PlaygroundServer, app: App, language: str
) -> None:
    await appoint(app)
    parent = Talker(street, PARENT_KK, language=language)
    await parent.begins()
    async with Hand.at(browser, street, OFFICIAL, language) as official:
        await official.begins()
        await official.phone.take(GROUP)
        await official.phone.say(f"/bind@{street.town.bot['username']}")
        await official.reads("/unbind")
        await parent.complains(app, HAPPENED[language])
        await expect(official.screen.locator(".key")).to_have_count(1, timeout=PATIENCE)
        await official.keeps("group", messages=3)
