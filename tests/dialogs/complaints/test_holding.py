"""Insults go to an admin first, if one wanted that; nothing is refused, and nothing is hidden."""

import pytest

from dialogs.complaints.actions import AskMore, OpenDraft, SendComplaint
from dialogs.complaints.tending import check_owners
from dialogs.desk import OwnDesk
from dialogs.doors import OpenComplaint, OpenHolding, OpenQueue
from dialogs.officials.actions import LetOn, SwitchHolding, TakeOn
from dialogs.turn import Command
from tests.dialogs.complaints.steps import (
    ADMIN,
    OFFICIAL,
    PARENT,
    complaint_of,
    drafts,
    kinds,
    other,
    posted,
    role,
    sends,
    text_of,
)
from tests.dialogs.visits import LANGUAGES, NOW, Visitor

INSULT = "Сотрудник – мудак"


@pytest.fixture(params=["kk", "ru"], autouse=True)
async def speaks(request: pytest.FixtureRequest, visitor: Visitor) -> None:
    """Everybody speaks one language; there are an admin, and an official of the office."""
    visitor.language = request.param
    await role(visitor, ADMIN, "admin")
    await role(visitor, OFFICIAL, "official", regions=["karaganda"])


async def switched_on(visitor: Visitor) -> Visitor:
    admin = other(visitor, ADMIN)
    await admin.does(Command("insults"))
    await admin.presses(visitor.say().label("Switch it on"))
    return admin


async def insults(visitor: Visitor) -> int:
    """A complaint whose words insult."""
    draft = await drafts(visitor)
    await visitor.opens(OpenDraft(draft))
    await visitor.presses(visitor.say().label("The words"))
    await visitor.types(INSULT)
    await visitor.opens(SendComplaint(draft))
    return draft


async def test_nothing_is_held_unless_an_admin_wanted_that(visitor: Visitor) -> None:
    own = await insults(visitor)
    assert await kinds(visitor, own) == ["sent"]
    assert INSULT in text_of((await posted(visitor, OFFICIAL))[-1])


async def test_the_admin_sees_it_first_and_lets_it_through(visitor: Visitor) -> None:
    admin = await switched_on(visitor)
    own = await insults(visitor)
    assert await kinds(visitor, own) == ["sent", "held"]
    assert not await posted(visitor, OFFICIAL)
    assert INSULT in text_of((await posted(visitor, ADMIN))[-1])
    receipt = text_of((await posted(visitor, PARENT))[-1])
    assert (
        visitor.say().label(
            "The admins of this bot look at the words first and pass it on then; they are not the "
            "office."
        )
        in receipt
    )
    official = other(visitor, OFFICIAL)
    await official.starts()
    for action in (OpenComplaint(own), TakeOn(own), LetOn(own)):
        assert (await official.opens(action)).alert
    await official.opens(OpenQueue())
    assert OpenComplaint(own) not in [each.does for each in official.buttons()]
    await admin.opens(OpenComplaint(own))
    await admin.presses(visitor.say().label("Let it through"))
    assert await kinds(visitor, own) == ["sent", "held", "let_on"]
    assert INSULT in text_of((await posted(visitor, OFFICIAL))[-1])
    await official.opens(TakeOn(own))
    assert (await complaint_of(visitor, own)).taken_by == OFFICIAL
    assert LetOn(own) not in [each.does for each in admin.buttons()]
    # A second tap tells nobody twice.
    before = len(await posted(visitor, OFFICIAL))
    await admin.opens(LetOn(own))
    assert len(await posted(visitor, OFFICIAL)) == before


async def test_an_insult_that_is_added_is_held_as_well(visitor: Visitor) -> None:
    await switched_on(visitor)
    own = await sends(visitor)
    before = len(await posted(visitor, OFFICIAL))
    await visitor.opens(AskMore(own))
    await visitor.types(INSULT)
    assert await kinds(visitor, own) == ["sent", "added", "held"]
    assert len(await posted(visitor, OFFICIAL)) == before


async def test_what_is_held_has_an_owner_who_knows(visitor: Visitor) -> None:
    await switched_on(visitor)
    await insults(visitor)
    async with visitor.database.writing() as tx:
        desk = OwnDesk(tx, NOW, LANGUAGES, visitor.knowledge, "bagyt_bot")
        checked = await check_owners(desk)
    assert (checked.open, checked.unowned, checked.told) == (1, (), ())


async def test_it_can_be_switched_off_and_only_by_an_admin(visitor: Visitor) -> None:
    admin = await switched_on(visitor)
    await admin.presses(visitor.say().label("Switch it off"))
    own = await insults(visitor)
    assert await kinds(visitor, own) == ["sent"]
    stranger = other(visitor, 999)
    await stranger.starts()
    assert (await stranger.opens(SwitchHolding(on=True))).alert
    assert (await stranger.opens(OpenHolding())).alert
