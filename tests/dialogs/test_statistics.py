"""What is counted in a turn, who may see it, and what is sent to those who asked for it."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from core.knowledge import Knowledge
from core.statistics.kinds import Count
from core.store import counters, misses, outgoing, roles, wishes
from core.store.tables import outgoing as queue
from dialogs.doors import OpenMenu, OpenOffice, OpenService, OpenStatistics, StartEnquiry
from dialogs.enquiry import Answer
from dialogs.language import SetLanguage
from dialogs.screen_json import screen_from_json
from dialogs.statistics.board import DrawFigures, MakeBook, OpenTopicFigures, SwitchDigest
from dialogs.statistics.digest import put_digests
from dialogs.statistics.facts import Topic
from dialogs.turn import Command, Making
from tests.dialogs.visits import LANGUAGES, NOW, Visitor

MEALS = "free_school_meals"
TODAY = LANGUAGES["ru"].day(NOW)
MONDAY = dt.datetime(2026, 11, 23, 4, 0, tzinfo=dt.UTC)
"""Nine o'clock in Almaty."""


async def counted(visitor: Visitor, what: Count) -> dict[str, int]:
    async with visitor.database.reading() as tx:
        return await counters.by_key(tx, what, TODAY, TODAY)


async def parent(visitor: Visitor, language: str = "ru") -> None:
    await visitor.starts()
    await visitor.opens(SetLanguage(language))


async def test_an_enquiry_is_begun_and_finished_once(visitor: Visitor) -> None:
    await parent(visitor)
    await visitor.opens(StartEnquiry(MEALS))
    await visitor.opens(StartEnquiry(MEALS))
    await visitor.opens(Answer(1, "school", "state"))
    assert await counted(visitor, Count.BEGUN) == {MEALS: 1}
    assert await counted(visitor, Count.FINISHED) == {}
    await visitor.opens(Answer(1, "family", "assistance"))
    await visitor.opens(Answer(1, "family", "low_income"))
    await visitor.opens(Answer(1, "income", "below"))
    await visitor.opens(Answer(1, "family", "orphan"))
    assert await counted(visitor, Count.FINISHED) == {MEALS: 1}


async def test_an_office_is_counted_when_one_comes_to_it(visitor: Visitor) -> None:
    await parent(visitor)
    for action in (
        OpenOffice("of0351"),
        OpenOffice("of0351", MEALS),
        OpenMenu(),
        OpenOffice("of0351"),
    ):
        await visitor.opens(action)
    assert await counted(visitor, Count.OFFICE) == {"of0351": 2}


async def test_words_that_find_nothing_are_kept_without_their_person(visitor: Visitor) -> None:
    await parent(visitor)
    for words in ("ыыыъъ щщщ", "Ыыыъъ  щщщ!", "ыыыъъ щщщ 950101300123", "обед"):
        await visitor.types(words)
    assert await counted(visitor, Count.MISSED) == {"all": 3}
    async with visitor.database.writing() as tx:
        assert await misses.of_several(tx, TODAY, TODAY) == []
        for person in (1, 2):
            await misses.note(tx, "ыыыъъ щщщ", person, TODAY)
        assert await misses.of_several(tx, TODAY, TODAY) == [misses.Missed("ыыыъъ щщщ", 3)]


async def test_nothing_is_counted_when_a_screen_is_only_drawn_again(visitor: Visitor) -> None:
    await parent(visitor)
    await visitor.opens(OpenOffice("of0351"))
    await visitor.looks_again()
    await visitor.looks_again()
    assert await counted(visitor, Count.OFFICE) == {"of0351": 1}


@pytest.mark.parametrize("role", [None, "editor", "official"])
async def test_only_admins_and_viewers_see_figures(visitor: Visitor, role: Any) -> None:
    await parent(visitor)
    if role:
        await visitor.holds(role)
    for action in (
        OpenStatistics(),
        OpenTopicFigures("enq", 30),
        DrawFigures("enq", 30),
        MakeBook(2026 * 12 + 10),
        SwitchDigest(on=True, days=7),
    ):
        shown = await visitor.opens(action)
        assert shown.alert, action
        assert not shown.before
    async with visitor.database.reading() as tx:
        assert not await wishes.has(tx, visitor.id, wishes.DIGEST)


async def test_a_role_taken_back_closes_the_board(visitor: Visitor) -> None:
    await parent(visitor)
    await visitor.holds("viewer")
    assert not (await visitor.opens(OpenStatistics())).alert
    async with visitor.database.writing() as tx:
        (held,) = await roles.of(tx, visitor.id)
        await roles.revoke(tx, held.id, NOW)
    assert (await visitor.opens(OpenStatistics())).alert


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_the_board_tells_what_happened(visitor: Visitor, language: str) -> None:
    await parent(visitor, language)
    await visitor.holds("viewer")
    await visitor.opens(StartEnquiry(MEALS))
    await visitor.opens(OpenOffice("of0351"))
    async with visitor.database.writing() as tx:
        yesterday = TODAY - dt.timedelta(days=1)
        stands = {(yesterday, f"{MEALS}:family"): 4, (yesterday, f"{MEALS}:=eligible"): 6}
        await counters.replace_since(tx, Count.STANDS, yesterday, stands)
    say = LANGUAGES[language]
    meals = say.of(visitor.knowledge.library.services[MEALS].short)
    await visitor.opens(OpenTopicFigures("enq", 30))
    assert f"{meals}: <b>1 / 0</b>" in visitor.screen.text
    await visitor.opens(OpenTopicFigures("stop", 30))
    assert f"{meals}: " in visitor.screen.text
    assert "<b>4</b>" in visitor.screen.text
    await visitor.presses(meals)
    question = visitor.knowledge.library.services[MEALS].question("family")
    assert question is not None
    assert say.of(question.text) in visitor.screen.text
    office = visitor.knowledge.directory.office("of0351")
    assert office is not None
    await visitor.opens(OpenTopicFigures("off", 7))
    assert say.of(office.name) in visitor.screen.text.unescape()


async def test_figures_come_as_pictures_and_spreadsheets(visitor: Visitor) -> None:
    await parent(visitor)
    await visitor.holds("admin")
    await visitor.opens(StartEnquiry(MEALS))
    actions = [DrawFigures(each.value, 30) for each in Topic]
    for action, sign in [
        *((each, b"\x89PNG") for each in actions),
        (MakeBook(2026 * 12 + 10), b"PK"),
    ]:
        shown = await visitor.opens(action)
        (making,) = shown.before
        assert isinstance(making, Making)
        screen = making.make()
        assert screen.file is not None
        assert screen.file.content.startswith(sign)


async def test_the_command_brings_the_picture_first(visitor: Visitor) -> None:
    await parent(visitor)
    await visitor.holds("viewer")
    shown = await visitor.does(Command("stats"))
    assert len(shown.before) == 1
    assert "Статистика" in visitor.screen.text


@pytest.mark.parametrize(
    "action", [OpenTopicFigures("nothing", 30), OpenTopicFigures("enq", 31), MakeBook(-5)]
)
async def test_forged_buttons_open_nothing(visitor: Visitor, action: Any) -> None:
    await parent(visitor)
    await visitor.holds("admin")
    assert (await visitor.opens(action)).alert


async def sent(visitor: Visitor) -> list[Any]:
    async with visitor.database.reading() as tx:
        rows = await tx.all(queue.select().order_by(queue.c.id))
        return [(row.chat_id, tx.sealer.open_json(row.body)) for row in rows]


async def test_the_week_is_told_on_monday_once(visitor: Visitor, knowledge: Knowledge) -> None:
    await parent(visitor)
    await visitor.holds("viewer")
    await visitor.opens(OpenStatistics())
    await visitor.presses("Итоги недели")
    assert "☑ Итоги недели" in visitor.labels()
    for moment in (NOW, MONDAY - dt.timedelta(seconds=1), MONDAY, MONDAY, MONDAY + dt.timedelta(1)):
        async with visitor.database.writing() as tx:
            await put_digests(tx, moment, LANGUAGES, knowledge)
    ((chat, body),) = await sent(visitor)
    assert chat == visitor.id
    screen = screen_from_json(body)
    assert "16 ноября" in screen.text
    assert "22 ноября" in screen.text
    labels = [button.label for row in screen.rows for button in row]
    await visitor.opens(SwitchDigest(on=False, days=7))
    assert labels[-1] == "Больше не присылать"
    async with visitor.database.writing() as tx:
        await put_digests(tx, MONDAY + dt.timedelta(days=7), LANGUAGES, knowledge)
    assert len(await sent(visitor)) == 1


async def test_a_bot_that_was_away_tells_the_week_late_or_not_at_all(
    visitor: Visitor, knowledge: Knowledge
) -> None:
    await parent(visitor)
    await visitor.holds("admin")
    await visitor.opens(SwitchDigest(on=True, days=7))
    async with visitor.database.writing() as tx:
        await put_digests(tx, MONDAY + dt.timedelta(days=3), LANGUAGES, knowledge)
    assert await sent(visitor) == []
    async with visitor.database.writing() as tx:
        await put_digests(tx, MONDAY + dt.timedelta(days=1, hours=3), LANGUAGES, knowledge)
    assert len(await sent(visitor)) == 1


async def test_who_lost_the_role_gets_no_summary(visitor: Visitor, knowledge: Knowledge) -> None:
    await parent(visitor)
    await visitor.holds("viewer")
    await visitor.opens(SwitchDigest(on=True, days=7))
    async with visitor.database.writing() as tx:
        (held,) = await roles.of(tx, visitor.id)
        await roles.revoke(tx, held.id, NOW)
        await put_digests(tx, MONDAY, LANGUAGES, knowledge)
        assert await outgoing.waiting(tx) == 0


async def test_an_office_that_merged_counts_with_the_other(visitor: Visitor) -> None:
    await parent(visitor)
    await visitor.holds("viewer")
    alias, office = "of999999", "of0351"
    directory = replace(visitor.knowledge.directory, aliases={alias: office})
    visitor.knowledge = replace(visitor.knowledge, directory=directory)
    async with visitor.database.writing() as tx:
        await counters.add(tx, TODAY, {(Count.OFFICE, alias): 2, (Count.OFFICE, office): 3})
    await visitor.opens(OpenTopicFigures("off", 7))
    assert "<b>5</b>" in visitor.screen.text


async def test_a_service_that_is_gone_is_told_by_its_id(visitor: Visitor) -> None:
    await parent(visitor)
    await visitor.holds("viewer")
    async with visitor.database.writing() as tx:
        await counters.add(tx, TODAY, {(Count.BEGUN, "long_gone"): 2, (Count.POSTER, "s-gone"): 1})
    await visitor.opens(OpenTopicFigures("enq", 7))
    assert "long_gone" in visitor.screen.text
    await visitor.opens(OpenTopicFigures("post", 7))
    assert "gone" in visitor.screen.text
    assert (await visitor.opens(OpenService("long_gone"))).alert
