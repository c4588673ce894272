"""Two records of one office are joined: the other leads to it; and each wrong turn."""

import pytest

from core.store import offices
from dialogs.doors import OpenOffice
from dialogs.editing.actions import AskMerge, EditOffice, MergeOffices, PreviewMerge
from tests.dialogs.editing.conftest import Person
from tests.dialogs.editing.steps import BALKASH, NEXT, body_of, changes_of, ready
from tests.dialogs.editing.test_fields import fits, said
from tests.dialogs.visits import Visitor


async def aliases(person: Visitor) -> dict[str, str]:
    async with person.database.reading() as tx:
        return await offices.aliases(tx)


async def test_the_other_is_found_seen_and_joined(admin: Visitor) -> None:
    before, gone = await body_of(admin, BALKASH), await body_of(admin, NEXT)
    await admin.opens(EditOffice(BALKASH, 2))
    await admin.presses(said(admin, "Join two records"))
    await admin.types("отдел образования Жезказган")
    assert PreviewMerge(NEXT, BALKASH) in [each.does for each in admin.buttons()]
    fits(admin)
    await admin.opens(PreviewMerge(NEXT, BALKASH))
    fits(admin)
    await admin.presses(said(admin, "The other way round"))
    assert MergeOffices(BALKASH, NEXT) in [each.does for each in admin.buttons()]
    await admin.presses(said(admin, "The other way round"))
    await admin.presses(said(admin, "Yes, join them"))
    assert await aliases(admin) == {NEXT: BALKASH}
    after = await body_of(admin, BALKASH)
    assert after["listings"] == [*before["listings"], *gone["listings"]]
    assert [each.kind for each in await changes_of(admin, NEXT)] == ["merged"]
    # The alias stays: the button of the other opens the one that stands for both.
    await admin.opens(EditOffice(NEXT))
    assert BALKASH in admin.screen.text
    # A second tap does nothing more.
    shown = await admin.opens(MergeOffices(NEXT, BALKASH))
    assert shown.toast == said(admin, "These two are one record already.")
    assert len(await changes_of(admin, NEXT)) == 1


async def test_an_office_is_not_joined_with_itself(admin: Visitor) -> None:
    await admin.opens(AskMerge(BALKASH))
    await admin.types(BALKASH)
    assert said(admin, "Yes, join them") not in admin.labels()
    assert all(not isinstance(each.does, PreviewMerge) for each in admin.buttons())
    fits(admin)
    shown = await admin.opens(PreviewMerge(BALKASH, BALKASH))
    assert shown.toast == said(admin, "These two are one record already.")
    await admin.opens(MergeOffices(BALKASH, BALKASH))
    assert await aliases(admin) == {}
    assert await changes_of(admin, BALKASH) == []


async def test_of_two_who_join_at_once_one_wins(admin: Visitor, editor: Visitor) -> None:
    await admin.opens(PreviewMerge(NEXT, BALKASH))
    await editor.opens(PreviewMerge(BALKASH, NEXT))
    await admin.presses(said(admin, "Yes, join them"))
    shown = await editor.opens(MergeOffices(BALKASH, NEXT))
    assert shown.toast == said(editor, "These two are one record already.")
    assert await aliases(admin) == {NEXT: BALKASH}


@pytest.mark.parametrize(
    "action", [AskMerge(BALKASH), PreviewMerge(NEXT, BALKASH), MergeOffices(NEXT, BALKASH)]
)
async def test_only_keepers_join(
    someone: Person, action: AskMerge | PreviewMerge | MergeOffices
) -> None:
    stranger = someone(7000000009)
    await ready(stranger)
    await stranger.holds("viewer", "official")
    await stranger.opens(OpenOffice(BALKASH))
    assert (await stranger.opens(action)).alert
    assert await aliases(stranger) == {}
