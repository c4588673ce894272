"""Offices over HTTP: by words, by a shared location, on the map, by a link, and in other chats."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.playground.server import PlaygroundServer
from core.release import DATA, load_directory
from dialogs.doors import FindOffice, OpenOffice
from dialogs.offices.actions import AskLocation
from tests.bot.complaining import Talker
from tests.bot.running import PARENT_KK, PARENT_RU, running, settings_for, sqlite_at

GUARDIANSHIP = "guardianship_certificate"
BALKHASH = (46.8449, 74.9804)
CITY_DEPARTMENT = "of0351"
PARIS = (48.8566, 2.3522)
"""Far from any office."""

OFFICES = load_directory(DATA).offices


@pytest.fixture(params=["kk", "ru"])
async def parent(
    request: pytest.FixtureRequest, server: PlaygroundServer, tmp_path: Path
) -> AsyncIterator[Talker]:
    """A parent who speaks either language, with the bot running."""
    person = {"kk": PARENT_KK, "ru": PARENT_RU}[request.param]
    async with running(settings_for(server, sqlite_at(tmp_path))):
        talker = Talker(server, person, language=request.param)
        await talker.begins()
        yield talker


async def opens(parent: Talker, action: Any) -> None:
    await parent.presses_data(parent.last()["message_id"], action.pack())


async def shares(parent: Talker, lat: float, lon: float) -> None:
    """Send where one is, and wait until that was answered."""
    parent.server.town.share_location(parent.person, parent.person, lat, lon)
    await parent.server.settled()
    parent.shown = parent.last()


def of(parent: Talker, office: str) -> str:
    """What an office is called in the language of the parent."""
    name = OFFICES[office].name
    return name.kk if parent.language == "kk" else name.ru


async def asked_inline(parent: Talker, query: str) -> tuple[str, dict[str, Any]]:
    """Type behind the bot's name in another chat; the number of the query, and its answers."""
    town = parent.server.town
    asked = town.ask_inline(parent.person, query)
    await parent.server.settled()
    return asked, town.inline_asks[asked].results


async def test_a_shared_location_leads_to_the_office_of_its_district(parent: Talker) -> None:
    await opens(parent, FindOffice(GUARDIANSHIP))
    await opens(parent, AskLocation(GUARDIANSHIP, "p"))
    (keyboard,) = parent.server.town.chat(parent.person).keyboards.values()
    assert keyboard["keyboard"][0][0]["request_location"] is True
    await shares(parent, *BALKHASH)
    # The likely districts are proposed, best first, and asked; never silently chosen.
    first = parent.labels()[0]
    assert {"kk": "Балқаш", "ru": "Балхаш"}[parent.language] in first
    await parent.presses(first)
    assert "1. " in parent.text
    await opens(parent, OpenOffice(CITY_DEPARTMENT, GUARDIANSHIP))
    assert of(parent, CITY_DEPARTMENT) in parent.text
    assert "+7" in parent.text


async def test_a_location_far_from_kazakhstan_is_told_so(parent: Talker) -> None:
    await opens(parent, FindOffice(GUARDIANSHIP))
    await opens(parent, AskLocation(GUARDIANSHIP, "p"))
    await shares(parent, *PARIS)
    assert parent.has("1. ") == 0
    assert parent.labels()


async def test_a_location_that_nobody_asked_for_is_answered(parent: Talker) -> None:
    await shares(parent, *BALKHASH)
    assert parent.labels()
    assert parent.text


async def test_words_lead_to_a_card(parent: Talker) -> None:
    await opens(parent, FindOffice())
    await parent.says("мектеп 41")
    label = next(each for each in parent.labels() if "41" in each)
    await parent.presses(label)
    assert "41" in parent.text


async def test_a_village_is_shown_on_the_map_as_about_there(parent: Talker) -> None:
    village = next(
        each
        for each in OFFICES.values()
        if each.kind == "rural_akim" and each.position == "locality" and not each.closed
    )
    await opens(parent, OpenOffice(village.id))
    await parent.taps("On the map, ≈")
    (point,) = (each["venue"] for each in parent.messages() if "venue" in each)
    assert "≈" in point["title"]
    assert abs(point["location"]["latitude"] - (village.lat or 0.0)) < 1e-3
    # The card is there again below the point.
    assert of(parent, village.id) in parent.last()["text"]


async def test_a_link_opens_the_very_office(parent: Talker) -> None:
    await parent.says(f"/start of-{CITY_DEPARTMENT}")
    assert of(parent, CITY_DEPARTMENT) in parent.text


async def test_in_any_chat_an_office_is_offered_and_sent(parent: Talker) -> None:
    asked, results = await asked_inline(parent, "мектеп 41")
    assert 1 <= len(results) <= 10
    assert all(each["content"]["text"] for each in results.values())
    town = parent.server.town
    sent = town.choose_inline(parent.person, parent.person, asked, next(iter(results)))
    assert "41" in sent["text"]
    (button,) = sent["reply_markup"]["inline_keyboard"][0]
    assert button["url"].startswith("https://t.me/")
    assert "start=of-" in button["url"]
    await parent.server.settled()


async def test_nobody_is_offered_what_no_words_mean(parent: Talker) -> None:
    for query in ("", "ъъъъ", "<b>&", "x" * 256):
        _, results = await asked_inline(parent, query)
        assert results == {}, query


async def test_whoever_types_faster_than_a_person_is_not_answered_each_time(
    parent: Talker,
) -> None:
    town = parent.server.town
    asked = [town.ask_inline(parent.person, f"мектеп {number}") for number in range(30)]
    await parent.server.settled()
    await asyncio.sleep(0)
    answered = [each for each in asked if town.inline_asks[each].results]
    assert 1 <= len(answered) <= 12
    # Words still get through.
    await parent.says("/start")
    assert parent.labels()
