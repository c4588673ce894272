"""Giving roles and taking them back, as admins and those they invite go through it."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from core.granting import Hand, grant
from core.store import outgoing, people, roles
from core.store.database import Database
from core.store.outgoing import Posting
from core.store.roles import Role
from dialogs.conversation import Shown
from dialogs.doors import OpenMenu
from dialogs.people.actions import (
    AskGrant,
    AskHow,
    AskPerson,
    AskScope,
    Bound,
    ChooseRole,
    ConfirmInvite,
    GrantRole,
    LinkOpened,
    MakeLink,
    OpenInvite,
    OpenInvites,
    OpenPeople,
    OpenRole,
    OpenRoleEvents,
    RefuseInvite,
    RevokeRole,
    WithdrawInvite,
)
from dialogs.screen import Screen
from dialogs.short_ids import short
from dialogs.turn import Command
from tests.dialogs.editing.steps import ready
from tests.dialogs.visits import NOW, Visitor

ADMIN, OTHER, OPENER, STRANGER = 7000000004, 7000000005, 7000000003, 7000000009
OFFICE = "of0351"
HOSTILE = "<b>=HYPERLINK(1)</b>"
Person = Callable[..., Visitor]


@pytest.fixture
def someone(visitor: Visitor) -> Person:
    """Another person on the same bot."""

    def made(number: int, name: str = "", language: str = "ru") -> Visitor:
        return replace(visitor, id=number, name=name, language=language, shown=None)

    return made


@pytest.fixture
async def admin(someone: Person, database: Database) -> Visitor:
    boss = someone(ADMIN, "Boss")
    await ready(boss)
    async with database.writing() as tx:
        await grant(tx, Hand(None, "settings", NOW), ADMIN, "admin")
    return boss


async def held(database: Database, person: int) -> list[Role]:
    async with database.reading() as tx:
        return list(await roles.of(tx, person))


async def taken(database: Database) -> list[Posting]:
    """All that waits in the queue, one chat after another."""
    async with database.writing() as tx:
        found: list[Posting] = []
        while batch := await outgoing.take(tx, NOW, 50):
            found += batch
            for each in batch:
                await outgoing.mark_sent(tx, each.id, each.id, NOW)
        return found


async def link_for(admin: Visitor, role: str = "official") -> str:
    """The token of a new link for a role."""
    await admin.does(Command("people"))
    await admin.opens(ChooseRole(role))
    if role == "official":
        await admin.opens(Bound("o", short(OFFICE), on=True))
    await admin.opens(AskHow())
    shown = await admin.opens(MakeLink())
    return token_in(shown)


def token_in(shown: Shown) -> str:
    """The token of a link that was shown once."""
    (before,) = shown.before
    assert isinstance(before, Screen)
    found = re.search(r"https://t\.me/bagyt_bot\?start=j-([\w-]{22})<", before.text)
    assert found is not None
    return found[1]


async def test_an_official_is_invited_confirmed_and_told(
    admin: Visitor, someone: Person, database: Database
) -> None:
    await admin.does(Command("people"))
    await admin.presses("Дать роль")
    await admin.presses("Сотрудник учреждения")
    assert "Это всё, дальше" not in admin.labels()
    await admin.types("город Балхаш")
    await admin.presses("+ город Балхаш")
    assert any(each.startswith("✓") for each in admin.labels())
    await admin.presses("Только некоторые услуги")
    await admin.presses("+ ")
    await admin.presses("Назад")
    await admin.presses("Это всё, дальше")
    assert "Балхаш" in admin.screen.text
    shown = await admin.presses("Сделать ссылку")
    token = token_in(shown)
    nurlan = someone(OPENER, HOSTILE)
    await ready(nurlan)
    await nurlan.starts(f"j-{token}")
    assert "администратор видит ваше имя" in nurlan.screen.text
    assert "Балхаш" not in nurlan.screen.text
    (notice,) = await taken(database)
    assert notice.chat_id == ADMIN
    assert HOSTILE not in notice.body["text"]
    assert f"id {OPENER}" in notice.body["text"]
    assert await held(database, OPENER) == []
    number = int(admin.screen.text and (await admin.person()).view.split(":")[1], 36)
    await admin.opens(ConfirmInvite(number))
    (role,) = await held(database, OPENER)
    assert role.role == "official"
    assert role.scope["districts"] == ["karaganda.balkash_city"]
    assert len(role.scope["services"]) == 1
    (told,) = await taken(database)
    assert (told.chat_id, "Балхаш" in told.body["text"]) == (OPENER, True)
    await admin.does(Command("people"))
    await admin.presses("Что было сделано")
    assert admin.screen.text.count("Сотрудник учреждения") == 3


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_whoever_may_not_give_roles_sees_nothing_of_it(
    admin: Visitor, someone: Person, database: Database, language: str
) -> None:
    await link_for(admin)
    stranger = someone(STRANGER, language=language)
    await ready(stranger)
    async with database.writing() as tx:
        for role in ("editor", "viewer", "official"):
            await roles.grant(tx, person_id=STRANGER, role=role, now=NOW)
    await stranger.does(Command("people"))
    assert (await stranger.person()).view == OpenMenu().pack()
    for action in (
        *(OpenPeople(), OpenRole(1), OpenInvites(), OpenInvite(1), OpenRoleEvents()),
        *(ChooseRole("admin"), AskScope(), Bound("o", short(OFFICE), on=True), AskHow()),
        *(MakeLink(), AskPerson(), AskGrant(STRANGER), GrantRole(STRANGER), RevokeRole(1)),
        *(ConfirmInvite(1), RefuseInvite(1), WithdrawInvite(1)),
    ):
        shown = await stranger.opens(action)
        assert shown.alert, action
        assert (await stranger.person()).view == OpenMenu().pack()
    assert "admin" not in {each.role for each in await held(database, STRANGER)}


async def test_a_link_is_said_to_be_used_old_or_strange_and_no_more(
    admin: Visitor, someone: Person, database: Database
) -> None:
    token = await link_for(admin)
    await admin.starts(f"j-{token}")
    assert "сделали вы сами" in admin.screen.text
    finder, meant = someone(STRANGER, "Finder"), someone(OPENER, "Meant")
    for each in (finder, meant):
        await ready(each)
    await finder.starts(f"j-{token}")
    await meant.starts(f"j-{token}")
    assert "уже открывали" in meant.screen.text
    await admin.opens(RefuseInvite(1))
    assert await held(database, STRANGER) == []
    told = await taken(database)
    assert [each.chat_id for each in told] == [ADMIN, STRANGER]
    await finder.starts(f"j-{token}")
    assert "не подтвердил" in finder.screen.text
    for wrong in ("j-", "j-x", f"j-{'A' * 22}", "j-" + "я" * 60, "j-" + "a" * 500):
        await finder.starts(wrong)
        assert "неизвестна" in finder.screen.text
    second = await link_for(admin)
    await admin.opens(WithdrawInvite(2))
    await meant.starts(f"j-{second}")
    assert "отозвали" in meant.screen.text
    assert "Балхаш" not in meant.screen.text


async def test_of_two_admins_the_first_decides(
    admin: Visitor, someone: Person, database: Database
) -> None:
    second = someone(OTHER, "Second")
    await ready(second)
    async with database.writing() as tx:
        await grant(tx, Hand(None, "command", NOW), OTHER, "admin")
    opener = someone(OPENER, "Meant")
    await ready(opener)
    await opener.starts(f"j-{await link_for(admin, 'editor')}")
    assert sorted(each.chat_id for each in await taken(database)) == [ADMIN, OTHER]
    await second.opens(RefuseInvite(1))
    shown = await admin.opens(ConfirmInvite(1))
    assert "уже решено" in shown.toast
    assert f"id {OTHER}" in admin.screen.text
    assert await held(database, OPENER) == []


async def test_an_unsettled_link_is_lost_with_the_admins_role(
    admin: Visitor, someone: Person, database: Database
) -> None:
    async with database.writing() as tx:
        await grant(tx, Hand(None, "command", NOW), OTHER, "admin")
    token = await link_for(admin, "admin")
    opener = someone(OPENER, "Meant")
    await ready(opener)
    await opener.starts(f"j-{token}")
    second = someone(OTHER)
    await ready(second)
    await second.opens(RevokeRole((await held(database, ADMIN))[0].id))
    assert (await admin.opens(ConfirmInvite(1))).alert
    await second.opens(ConfirmInvite(1))
    assert await held(database, OPENER) == []


async def test_a_role_is_given_by_id_with_a_name(
    admin: Visitor, someone: Person, database: Database
) -> None:
    await admin.opens(ChooseRole("editor"))
    await admin.presses("По номеру")
    await admin.types("не число")
    assert "прочитать не удалось" in admin.screen.text
    await admin.types(f"{OPENER} {HOSTILE}")
    assert "ещё не открывал бота" in admin.screen.text
    assert HOSTILE not in admin.screen.text
    await admin.presses("Да, дать роль")
    (role,) = await held(database, OPENER)
    assert (role.role, role.name, role.scope) == ("editor", HOSTILE, {})
    assert await taken(database) == []
    await ready(someone(OPENER))
    await admin.opens(ChooseRole("editor"))
    await admin.presses("По номеру")
    await admin.types(str(OPENER))
    shown = await admin.presses("Да, дать роль")
    assert "уже есть" in shown.toast
    shown = await admin.opens(GrantRole(STRANGER))
    assert await held(database, STRANGER) == []


async def test_an_official_without_bounds_is_never_made(admin: Visitor, database: Database) -> None:
    await admin.opens(ChooseRole("official"))
    for action in (MakeLink(), GrantRole(OPENER)):
        assert (await admin.opens(action)).alert
        await admin.opens(ChooseRole("official"))
    for wrong in (Bound("o", 1, on=True), Bound("x", 1, on=True), ChooseRole("boss")):
        assert (await admin.opens(wrong)).alert
    assert await held(database, OPENER) == []


async def test_a_double_tap_makes_one_link(admin: Visitor, database: Database) -> None:
    await link_for(admin)
    shown = await admin.opens(MakeLink())
    assert shown.before == ()
    async with database.reading() as tx:
        assert await people.find(tx, ADMIN) is not None
    await admin.opens(OpenInvites())
    assert sum("последний день" in each for each in admin.labels()) == 1


async def test_a_role_ends_at_once_and_the_last_admin_stays(
    admin: Visitor, someone: Person, database: Database
) -> None:
    opener = someone(OPENER, "Meant")
    await ready(opener)
    await opener.starts(f"j-{await link_for(admin, 'admin')}")
    await admin.opens(ConfirmInvite(1))
    await taken(database)
    await opener.does(Command("people"))
    assert "Люди и их роли" in opener.screen.text
    (role,) = await held(database, OPENER)
    await admin.opens(OpenRole(role.id))
    await admin.presses("Отозвать роль")
    await admin.presses("Да, отозвать роль")
    assert (await opener.opens(OpenPeople())).alert
    (told,) = await taken(database)
    assert told.chat_id == OPENER
    (own,) = await held(database, ADMIN)
    shown = await admin.opens(RevokeRole(own.id))
    assert "последний администратор" in shown.toast
    assert await held(database, ADMIN) == [own]


async def test_what_an_opener_is_told_cannot_be_made_up(someone: Person) -> None:
    stranger = someone(STRANGER)
    await ready(stranger)
    await stranger.opens(LinkOpened("confirmed"))
    await stranger.presses("Что я могу")
    assert (await stranger.opens(OpenPeople())).alert
    await stranger.opens(LinkOpened("forged"))
    assert "неизвестна" in stranger.screen.text
