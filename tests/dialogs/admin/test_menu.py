"""The menu of those with a role shows each what they may do, and nobody else that it is there."""

import pytest

from core.roles import RoleName
from dialogs.action import Action
from dialogs.admin.menu import ENTRIES
from dialogs.doors import OpenAdmin, OpenMenu
from dialogs.turn import Command
from tests.dialogs.visits import Visitor


@pytest.mark.parametrize("role", ["admin", "editor", "official", "viewer"])
async def test_each_role_has_its_own_menu_and_every_entry_opens(
    visitor: Visitor, role: RoleName
) -> None:
    await visitor.holds(role)
    await visitor.does(Command("admin"))
    offered = [each.does for each in visitor.buttons()]
    assert offered == [*(each.opens for each in ENTRIES if role in each.roles), OpenMenu()]
    for each in offered[:-1]:
        assert isinstance(each, Action)
        assert not (await visitor.opens(each)).alert


async def test_without_a_role_there_is_no_menu(visitor: Visitor) -> None:
    await visitor.starts()
    for shown in (await visitor.does(Command("admin")), await visitor.opens(OpenAdmin())):
        assert shown.alert
        assert "больше нет" in shown.toast or "жоқ" in shown.toast
