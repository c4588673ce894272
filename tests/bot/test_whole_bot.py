"""The whole bot over HTTP, as its users meet it: journeys, double taps, redeliveries, crashes."""

from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.app import App
from bot.playground.server import PlaygroundServer
from bot.playground.updates import Waiting
from dialogs.doors import OpenService, StartEnquiry
from dialogs.enquiry import Answer
from tests.bot.running import (
    ADMIN,
    GROUP,
    OFFICIAL,
    PARENT_KK,
    PARENT_RU,
    Phone,
    running,
    settings_for,
    sqlite_at,
)

MEALS = "free_school_meals"


@pytest.fixture
def elena(server: PlaygroundServer, app: App) -> Phone:  # noqa: ARG001 - the bot must run
    return Phone(server, PARENT_RU)


@pytest.fixture
def aigul(server: PlaygroundServer, app: App) -> Phone:  # noqa: ARG001 - the bot must run
    return Phone(server, PARENT_KK)


async def test_a_parent_goes_the_whole_way_in_russian(elena: Phone) -> None:
    await elena.says("/start")
    await elena.presses("Русский")
    await elena.says("бесплатное питание в школе")
    await elena.presses("Бесплатное питание в школе")
    await elena.presses("Положено ли нам?")
    await elena.presses("Да, в государственной")
    await elena.presses("Получаем АСП")
    assert "эта услуга для вас" in elena.text
    await elena.presses("Какие документы")
    await elena.presses("1: ещё нет")
    assert any("1: готов" in each for each in elena.labels())
    # The screen after the words is one message; all that was pressed since changed it in place.
    assert len(elena.messages()) == 2


async def test_a_parent_goes_the_whole_way_in_kazakh(aigul: Phone) -> None:
    await aigul.says("/start")
    await aigul.presses("Қазақша")
    await aigul.says("тегін тамақ")
    await aigul.presses("Мектептегі тегін тамақ")
    await aigul.presses("Бізге беріле ме?")
    await aigul.presses("Иә, мемлекеттік мектепте")
    await aigul.presses("Атаулы көмек аламыз")
    assert "Иә, бұл қызмет сізге арналған" in aigul.text


async def test_two_taps_at_once_begin_one_enquiry(elena: Phone) -> None:
    await elena.says("/start")
    await elena.presses("Русский")
    living = elena.last()["message_id"]
    data = StartEnquiry(MEALS).pack()
    town = elena.server.town
    queries = [town.press(PARENT_RU, PARENT_RU, living, data=data) for _ in range(5)]
    for query in queries:
        await elena.server.next_answer(query)
    await elena.server.settled()
    await elena.says("/mine")
    assert sum("Бесплатное питание" in each for each in elena.labels()) == 1
    assert len(elena.messages()) == 2


async def test_a_press_between_the_edit_and_whatever_follows_is_not_lost(elena: Phone) -> None:
    """The second press arrives the moment the first one's edit is seen."""
    await elena.says("/start")
    await elena.presses("Русский")
    await elena.presses_data(elena.last()["message_id"], StartEnquiry(MEALS).pack())
    living = elena.last()["message_id"]
    town = elena.server.town
    number = 1
    first = town.press(PARENT_RU, PARENT_RU, living, data=Answer(number, "school", "state").pack())
    edited = await elena.server.next_event(PARENT_RU, ("edited",))
    assert "Что подходит вашей семье" in edited["message"]["text"]
    second = town.press(
        PARENT_RU, PARENT_RU, living, data=Answer(number, "family", "assistance").pack()
    )
    await elena.server.next_answer(first)
    await elena.server.next_answer(second)
    await elena.server.settled()
    assert "эта услуга для вас" in elena.last()["text"]


async def test_presses_of_one_person_keep_their_order(elena: Phone) -> None:
    await elena.says("/start")
    await elena.presses("Русский")
    await elena.presses_data(elena.last()["message_id"], StartEnquiry(MEALS).pack())
    living = elena.last()["message_id"]
    town = elena.server.town
    last = ""
    for option in ("state", "not_state") * 10:
        data = Answer(1, "school", option).pack()
        last = town.press(PARENT_RU, PARENT_RU, living, data=data)
    await elena.server.next_answer(last)
    await elena.server.settled()
    assert "услуга не для вас" in elena.last()["text"]


def bring_again(server: PlaygroundServer, updates: list[Waiting]) -> None:
    """Deliver updates once more, as Telegram does with what was not acknowledged."""
    for each in updates:
        server.town.updates._waiting[each.update["update_id"]] = each
    server.town.updates.arrived.ring()


async def test_an_update_that_comes_twice_does_nothing_twice(
    server: PlaygroundServer, tmp_path: Path
) -> None:
    settings = settings_for(server, sqlite_at(tmp_path))
    elena = Phone(server, PARENT_RU)
    delivered: list[Waiting] = []
    server.town.updates.on_new = delivered.append
    async with running(settings):
        await elena.says("/start")
        await elena.presses("Русский")
        await elena.presses_data(elena.last()["message_id"], OpenService(MEALS).pack())
        await elena.presses("Положено ли нам?")
    assert len(delivered) == 4
    before = [dict(each) for each in elena.messages()]
    async with running(settings):
        bring_again(server, delivered)
        await server.settled()
        assert elena.messages() == before
        await elena.says("/mine")
        assert sum("Бесплатное питание" in each for each in elena.labels()) == 1


async def test_what_was_written_but_not_shown_is_shown_when_it_comes_again(
    server: PlaygroundServer, tmp_path: Path
) -> None:
    """The bot dies after the commit and before the edit: Telegram brings the update again."""
    settings = settings_for(server, sqlite_at(tmp_path))
    elena = Phone(server, PARENT_RU)
    delivered: list[Waiting] = []
    async with running(settings):
        await elena.says("/start")
        await elena.presses("Русский")
        server.town.updates.on_new = delivered.append
        stale = dict(elena.last())
        await elena.presses_data(stale["message_id"], OpenService(MEALS).pack())
    chat = server.town.chat(PARENT_RU)
    server.town.replace(chat, stale)
    async with running(settings):
        bring_again(server, delivered)
        await server.settled()
        assert "Бесплатное питание в школе" in elena.last()["text"]
        assert len(elena.messages()) == 1


async def test_everything_is_remembered_over_a_restart(
    server: PlaygroundServer, tmp_path: Path
) -> None:
    settings = settings_for(server, sqlite_at(tmp_path))
    elena = Phone(server, PARENT_RU)
    async with running(settings):
        await elena.says("/start")
        await elena.presses("Русский")
        await elena.presses_data(elena.last()["message_id"], StartEnquiry(MEALS).pack())
    async with running(settings):
        await elena.presses("Да, в государственной")
        assert "Что подходит вашей семье" in elena.text
        await elena.presses("Получаем АСП")
        assert "эта услуга для вас" in elena.text


async def test_an_old_button_works_and_a_forged_one_explains_itself(elena: Phone) -> None:
    await elena.says("/start")
    await elena.presses("Русский")
    first = elena.last()["message_id"]
    await elena.says("/help")
    await elena.presses_data(first, OpenService(MEALS).pack())
    assert "Бесплатное питание в школе" in elena.messages()[-2]["text"]
    answer = await elena.presses_data(first, "zz:forged")
    assert answer["alert"]
    assert "устарела" in answer["text"]


async def test_a_deleted_message_is_replaced_by_a_new_one(elena: Phone) -> None:
    await elena.says("/start")
    await elena.presses("Русский")
    living = elena.last()["message_id"]
    elena.server.town.delete(PARENT_RU, living)
    await elena.presses_data(living, OpenService(MEALS).pack())
    assert "Бесплатное питание в школе" in elena.text
    assert elena.last()["message_id"] > living


async def test_whatever_is_sent_is_answered(elena: Phone) -> None:
    town = elena.server.town
    await elena.says("/start")
    await elena.presses("Русский")
    acts: list[Any] = [
        lambda: town.upload(PARENT_RU, PARENT_RU, "voice", b"OggS", "v.ogg"),
        lambda: town.upload(PARENT_RU, PARENT_RU, "document", b"abc", "a.exe"),
        lambda: town.upload(PARENT_RU, PARENT_RU, "sticker", b"RIFF", "s.webp"),
        lambda: town.share_location(PARENT_RU, PARENT_RU, 43.2, 76.9),
        lambda: town.share_venue(PARENT_RU, PARENT_RU, 43.2, 76.9, title="x"),
        lambda: town.share_contact(PARENT_RU, PARENT_RU, "+77010000000"),
        lambda: town.say(PARENT_RU, PARENT_RU, "/nonsense"),
        lambda: town.say(PARENT_RU, PARENT_RU, "<script>alert(1)</script>"),
    ]
    for act in acts:
        act()
        shown = await elena.server.next_message(PARENT_RU)
        assert shown["text"]


async def test_in_a_group_it_answers_only_when_named(server: PlaygroundServer, app: App) -> None:
    assert app.health_port
    town = server.town
    town.say(GROUP, OFFICIAL, "hello")
    town.say(GROUP, OFFICIAL, f"/start@{town.bot['username']}")
    shown = await server.next_message(GROUP)
    assert "t.me" in str(shown["reply_markup"])
    await server.settled()
    assert (
        sum(each["from"]["id"] == town.bot_id for each in town.chat(GROUP).messages.values()) == 1
    )


async def test_the_profile_is_set_in_both_languages(server: PlaygroundServer, app: App) -> None:
    assert app.health_port
    await server.settled()
    commands = server.town.commands_by_language()
    for language in ("", "kk", "ru"):
        assert [each["command"] for each in commands[language]][:2] == ["start", "menu"]


async def test_a_fault_is_apologised_for_and_told_to_the_admin_once(
    elena: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no name of anybody")

    await elena.says("/start")
    await elena.presses("Русский")
    town = elena.server.town
    town.say(ADMIN, ADMIN, "/start")
    await elena.server.next_message(ADMIN)
    monkeypatch.setattr("core.store.enquiries.begin", broken)
    for _ in range(2):
        answer = await elena.presses_data(elena.last()["message_id"], StartEnquiry(MEALS).pack())
        assert "сбой" in answer["text"]
    await elena.server.next_event(
        ADMIN, ("message",), where=lambda event: "RuntimeError" in event["message"]["text"]
    )
    await elena.server.settled()
    alarms = [each for each in town.chat(ADMIN).messages.values() if "RuntimeError" in str(each)]
    assert len(alarms) == 1
    assert "no name of anybody" not in str(alarms)


async def test_health_and_figures_are_served(app: App, elena: Phone) -> None:
    await elena.says("/start")
    await elena.server.settled()
    async with aiohttp.ClientSession(f"http://127.0.0.1:{app.health_port}") as http:
        async with http.get("/healthz") as answer:
            assert answer.status == 200
            assert (await answer.json())["ok"] is True
        async with http.get("/metrics") as answer:
            assert 'bagyt_update_seconds_count{kind="message"} 1.0' in await answer.text()
