"""Announcements: only to those who agreed or hold a role, in their language, each once."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select, update

from core.announcements import Announcement, Audience
from core.chats import ChatState
from core.knowledge import Knowledge
from core.outgoing import Lane
from core.store import announcements, chats, people, roles, wishes
from core.store.tables import outgoing as queue
from core.store.tables import people as people_table
from dialogs.announcements.news import SwitchNews
from dialogs.announcements.sending import MOST_WAITING, send_some
from dialogs.announcements.writing import (
    AskWords,
    BeginAnnouncement,
    ConfirmAnnouncement,
    HoldAnnouncement,
    OpenAnnouncement,
    PreviewAnnouncement,
    StartAnnouncement,
    StopAnnouncement,
)
from dialogs.doors import OpenAnnouncements, OpenNews, OpenPrivacy
from dialogs.language import SetLanguage
from dialogs.screen import Screen
from dialogs.screen_json import Packed, screen_from_json
from tests.dialogs.visits import LANGUAGES, NOW, Visitor

KK, RU = "Жаңа ереже <b>", "Новое правило & срок"
NIGHT = dt.datetime(2026, 11, 21, 17, 0, tzinfo=dt.UTC)


@pytest.fixture
async def admin(visitor: Visitor) -> Visitor:
    await visitor.starts()
    await visitor.opens(SetLanguage("ru"))
    await visitor.holds("admin")
    return visitor


async def agreed(visitor: Visitor, *persons: int, language: str = "kk") -> None:
    """People who agreed to news."""
    async with visitor.database.writing() as tx:
        for person in persons:
            await people.meet(tx, person, NOW)
            await tx.execute(
                update(people_table).where(people_table.c.id == person).values(language=language)
            )
            await wishes.agree(tx, person, wishes.NEWS, NOW)


async def written(visitor: Visitor, begin: BeginAnnouncement | None = None) -> None:
    """A draft with words in both languages, as an admin writes it."""
    await visitor.opens(begin or BeginAnnouncement(parents=True))
    await visitor.types(KK)
    await visitor.types(RU)


async def goes(visitor: Visitor, moment: dt.datetime = NOW) -> None:
    async with visitor.database.writing() as tx:
        await send_some(tx, moment, LANGUAGES, visitor.knowledge)


async def queued(visitor: Visitor) -> dict[int, Screen]:
    async with visitor.database.reading() as tx:
        rows = await tx.all(select(queue).where(queue.c.state != "cancelled"))
        assert {row.lane for row in rows} <= {Lane.REMINDER}
        return {row.chat_id: screen_from_json(tx.sealer.open_json(row.body)) for row in rows}


async def arrives(visitor: Visitor) -> None:
    """What waits is sent."""
    async with visitor.database.writing() as tx:
        await tx.execute(update(queue).where(queue.c.state == "waiting").values(state="sent"))


async def one(visitor: Visitor, number: int = 1) -> Announcement:
    async with visitor.database.reading() as tx:
        found = await announcements.find(tx, number)
    assert found is not None
    return found


async def test_nobody_agreed_by_default(visitor: Visitor) -> None:
    await visitor.starts()
    await visitor.opens(OpenPrivacy())
    await visitor.presses("Новости")
    async with visitor.database.reading() as tx:
        assert await announcements.how_many_parents(tx) == 0
    await visitor.presses("Да, присылайте")
    async with visitor.database.reading() as tx:
        assert await announcements.how_many_parents(tx) == 1
    await visitor.presses("Больше не присылать")
    async with visitor.database.reading() as tx:
        assert await announcements.how_many_parents(tx) == 0


async def test_parents_who_agreed_get_it_in_their_language(admin: Visitor) -> None:
    await agreed(admin, 11, 12, language="kk")
    await agreed(admin, 13, language="ru")
    await written(admin)
    assert "Получатели" not in admin.screen.text
    assert "3 человека" in admin.screen.text
    await admin.presses("Отправить")
    assert "3 человека" in admin.screen.text
    assert await queued(admin) == {}
    await admin.presses("Да, отправить")
    await goes(admin)
    found = await queued(admin)
    assert sorted(found) == [11, 12, 13]
    assert "Жаңа ереже &lt;b&gt;" in found[11].text
    assert "Новое правило &amp; срок" in found[13].text
    stop = found[13].rows[0][0]
    assert stop.does == Packed(SwitchNews(on=False).pack())
    await goes(admin)
    assert (await one(admin)).state == "sending", "until what waits has arrived"
    await arrives(admin)
    await goes(admin)
    assert (await one(admin)).state == "sent"
    await admin.opens(OpenAnnouncement(1))
    assert "<b>3</b> из 3" in admin.screen.text


async def test_both_languages_are_demanded(admin: Visitor) -> None:
    await admin.opens(BeginAnnouncement(parents=True))
    await admin.types(KK)
    assert (await admin.person()).view == AskWords(1, "ru").pack()
    await admin.opens(OpenAnnouncement(1))
    assert not any("Отправить" in each for each in admin.labels())
    shown = await admin.opens(ConfirmAnnouncement(1))
    assert shown.alert
    await admin.opens(StartAnnouncement(1))
    assert (await one(admin)).state == "draft"


async def test_words_are_bounded_and_previewed_as_they_are(admin: Visitor) -> None:
    await admin.opens(BeginAnnouncement(parents=True))
    await admin.types("я" * 3001)
    assert "Слишком длинно" in admin.screen.text
    await admin.types(KK)
    await admin.types("р" * 3000)
    shown = await admin.opens(PreviewAnnouncement(1, "ru"))
    (screen,) = shown.before
    assert isinstance(screen, Screen)
    assert "р" * 3000 in screen.text
    assert (await admin.opens(PreviewAnnouncement(1, "en"))).alert


async def test_who_agrees_no_more_or_cannot_be_reached_gets_nothing(admin: Visitor) -> None:
    await agreed(admin, 11, 12, 13)
    await written(admin)
    await admin.opens(StartAnnouncement(1))
    async with admin.database.writing() as tx:
        await wishes.refuse(tx, 12, wishes.NEWS)
        await chats.set_state(tx, 13, "private", ChatState.BLOCKED, NOW)
    await goes(admin)
    assert sorted(await queued(admin)) == [11]


async def test_nobody_is_written_to_at_night(admin: Visitor) -> None:
    await agreed(admin, 11)
    await written(admin)
    await admin.opens(StartAnnouncement(1))
    await goes(admin, NIGHT)
    assert await queued(admin) == {}
    await goes(admin, NIGHT + dt.timedelta(hours=11))
    assert sorted(await queued(admin)) == [11]


async def test_it_goes_in_batches_and_a_crash_neither_loses_nor_doubles(admin: Visitor) -> None:
    everybody = list(range(1000, 1000 + 2 * MOST_WAITING + 7))
    await agreed(admin, *everybody)
    await written(admin)
    await admin.opens(StartAnnouncement(1))

    async def dies_in_the_middle() -> None:
        async with admin.database.writing() as tx:
            await send_some(tx, NOW, LANGUAGES, admin.knowledge)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await dies_in_the_middle()
    assert await queued(admin) == {}
    await goes(admin)
    assert len(await queued(admin)) == MOST_WAITING
    await goes(admin)
    assert len(await queued(admin)) == MOST_WAITING, "no more while so many wait"
    while (await one(admin)).state == "sending":
        await arrives(admin)
        await goes(admin)
    async with admin.database.reading() as tx:
        told = await tx.scalars(select(queue.c.chat_id))
    assert sorted(told) == everybody
    assert (await one(admin)).put == len(everybody)


async def test_what_is_held_back_stays_back_and_goes_on_where_it_was(admin: Visitor) -> None:
    everybody = list(range(1000, 1000 + MOST_WAITING + 5))
    await agreed(admin, *everybody)
    await written(admin)
    await admin.opens(StartAnnouncement(1))
    await goes(admin)
    async with admin.database.writing() as tx:
        # Some have arrived, not in the order of their ids.
        for person in (1000, 1003, 1004):
            await tx.execute(update(queue).where(queue.c.chat_id == person).values(state="sent"))
    await admin.opens(OpenAnnouncement(1))
    await admin.presses("Придержать")
    assert sorted(await queued(admin)) == [1000, 1003, 1004]
    await goes(admin)
    assert len(await queued(admin)) == 3
    await admin.opens(HoldAnnouncement(1, on=True))
    await admin.presses("Продолжить")
    for _ in range(4):
        await goes(admin)
        await arrives(admin)
    async with admin.database.reading() as tx:
        told = await tx.scalars(select(queue.c.chat_id))
    assert sorted(told) == everybody


async def test_what_is_stopped_never_goes_on(admin: Visitor) -> None:
    await agreed(admin, 11, 12)
    await written(admin)
    await admin.opens(StartAnnouncement(1))
    await goes(admin)
    await admin.opens(StopAnnouncement(1))
    assert await queued(admin) == {}
    for action in (HoldAnnouncement(1, on=False), StopAnnouncement(1)):
        shown = await admin.opens(action)
        assert "Кто-то успел раньше" in shown.toast
    await goes(admin)
    assert await queued(admin) == {}
    assert (await one(admin)).state == "stopped"


async def test_officials_of_a_region_are_told_whatever_parents_wish(
    admin: Visitor, knowledge: Knowledge
) -> None:
    office = knowledge.directory.office("of0001")
    assert office is not None
    scopes: dict[int, Any] = {
        21: {"offices": [office.id]},
        22: {"regions": ["karaganda"]},
        23: {"districts": ["akmola.kokshetau"]},
        24: {"services": ["free_school_meals"]},
        25: {"regions": ["akmola"]},
    }
    async with admin.database.writing() as tx:
        for person, scope in scopes.items():
            await people.meet(tx, person, NOW)
            await roles.grant(tx, person_id=person, role="official", now=NOW, scope=scope)
        await people.meet(tx, 26, NOW)
        await roles.grant(tx, person_id=26, role="editor", now=NOW)
    await written(admin, BeginAnnouncement(parents=False, role="official", area="akmola"))
    await admin.opens(StartAnnouncement(1))
    await goes(admin, NIGHT)
    found = await queued(admin)
    assert sorted(found) == [21, 23, 24, 25]
    assert found[21].rows == ()


async def test_everybody_with_a_role_is_told_once(admin: Visitor) -> None:
    async with admin.database.writing() as tx:
        await people.meet(tx, 26, NOW)
        for role in ("editor", "official", "viewer"):
            await roles.grant(tx, person_id=26, role=role, now=NOW)
    await written(admin, BeginAnnouncement(parents=False))
    await admin.opens(StartAnnouncement(1))
    await goes(admin)
    assert sorted(await queued(admin)) == [26, admin.id]


async def test_of_two_who_send_at_once_one_sends(admin: Visitor) -> None:
    await agreed(admin, 11)
    await written(admin)
    first = await admin.opens(StartAnnouncement(1))
    second = await admin.opens(StartAnnouncement(1))
    assert (bool(first.toast), bool(second.toast)) == (True, False)


async def test_what_was_sent_cannot_be_rewritten(admin: Visitor) -> None:
    await written(admin)
    await admin.opens(AskWords(1, "kk"))
    async with admin.database.writing() as tx:
        await announcements.start(tx, 1, 0, NOW)
    await admin.types("Басқа сөз")
    assert (await one(admin)).kk == KK


async def test_figures_stay_when_the_queue_is_swept(admin: Visitor) -> None:
    await agreed(admin, 11, 12)
    await written(admin)
    await admin.opens(StartAnnouncement(1))
    await goes(admin)
    await arrives(admin)
    await goes(admin)
    await goes(admin, NOW + dt.timedelta(days=8))
    found = await one(admin)
    assert found.counted == {"sent": 2}
    async with admin.database.reading() as tx:
        assert set(await tx.scalars(select(queue.c.about))) == {None}
    await admin.opens(OpenAnnouncement(1))
    assert "<b>2</b> из 2" in admin.screen.text


@pytest.mark.parametrize("role", [None, "editor", "viewer", "official"])
async def test_only_admins_announce(visitor: Visitor, role: Any) -> None:
    await visitor.starts()
    if role:
        await visitor.holds(role)
    for action in (
        OpenAnnouncements(),
        BeginAnnouncement(parents=True),
        OpenAnnouncement(1),
        StartAnnouncement(1),
    ):
        assert (await visitor.opens(action)).alert
    assert not (await visitor.opens(OpenNews())).alert


async def test_an_audience_is_read_back() -> None:
    audience = Audience(parents=False, role="official", area="akmola")
    assert Audience.read(audience.as_json()) == audience
