"""The history of an office: who, when, from where, old and new; and undoing a single change."""

from dataclasses import replace

from core.directory.changes import Hand, edit
from core.directory.model import Office
from core.store import offices
from dialogs.doors import OpenOffice
from dialogs.editing.actions import (
    AskOfficeField,
    EditOffice,
    FindToEdit,
    MergeOffices,
    OpenChange,
    OpenHistory,
    OpenLatest,
    PutField,
    SendReport,
    UndoChange,
)
from dialogs.turn import Command
from tests.dialogs.editing.conftest import Person
from tests.dialogs.editing.steps import BALKASH, NEXT, body_of, changes_of, ready
from tests.dialogs.editing.test_adding import put_together
from tests.dialogs.editing.test_fields import changed, fits, isinstance_of_view, said, save, view
from tests.dialogs.visits import NOW, Visitor


async def test_every_change_is_told_with_who_when_and_from_where(admin: Visitor) -> None:
    await admin.opens(OpenHistory(BALKASH))
    assert said(admin, "Nothing was changed yet.") in admin.screen.text
    await changed(admin, "phones", "87103600000")
    async with admin.database.writing() as tx:
        await edit(tx, Hand("command"), BALKASH, {"postcode": "100310"}, NOW)
        await edit(tx, Hand("import", 7000000005, 3), BALKASH, {"emails": []}, NOW)
        await edit(tx, Hand("release"), BALKASH, {"faxes": ["+77103600001"]}, NOW)
    await admin.opens(OpenHistory(BALKASH))
    fits(admin)
    text = admin.screen.text
    for origin in (
        "in the chat",
        "on the command line",
        "from a table",
        "with a new version of Bagyt",
    ):
        assert said(admin, origin) in text
    assert f"id {admin.id}" in text
    assert "id 7000000005" in text
    assert "+77103646237" in text
    assert "+77103600000" in text
    assert admin.say().date(NOW) in text
    for number in range(1, 5):
        await admin.opens(OpenChange(number))
        fits(admin)


async def test_a_change_is_undone_exactly(admin: Visitor) -> None:
    async with admin.database.reading() as tx:
        before = (await offices.entries(tx, [BALKASH]))[BALKASH]
    await changed(admin, "phones", "87103600000")
    await admin.opens(OpenHistory(BALKASH))
    await admin.opens(OpenChange(1))
    await admin.presses(said(admin, "Undo it"))
    assert admin.shown is not None
    assert admin.shown.toast == said(admin, "It is undone.")
    async with admin.database.reading() as tx:
        assert (await offices.entries(tx, [BALKASH]))[BALKASH] == before
    latest = (await changes_of(admin, BALKASH))[0]
    assert (latest.undoes, latest.person_id, latest.origin) == (1, admin.id, "chat")
    # Stale: the button of before undoes nothing twice.
    shown = await admin.opens(UndoChange(1))
    assert shown.toast == said(admin, "It was undone already.")
    assert len(await changes_of(admin, BALKASH)) == 2
    await admin.opens(OpenHistory(BALKASH))
    assert str(admin.say()("Undone.")) in admin.screen.text
    fits(admin)
    # And undoing can be undone.
    await admin.opens(UndoChange(2))
    assert (await body_of(admin, BALKASH))["phones"] == ["+77103600000"]


async def test_what_was_edited_since_is_told_and_stays(admin: Visitor) -> None:
    async with admin.database.writing() as tx:
        values = {"postcode": "100310", "emails": ["school@example.kz"]}
        await edit(tx, Hand("chat", admin.id), BALKASH, values, NOW)
    was = (await changes_of(admin, BALKASH))[0].fields
    await changed(admin, "postcode", "100311")
    await admin.opens(OpenChange(1))
    fits(admin)
    called = admin.say().of(admin.knowledge.around.words.columns["postcode"])
    shown = await admin.opens(UndoChange(1))
    assert shown.alert
    assert called in shown.toast
    body = await body_of(admin, BALKASH)
    assert (body["postcode"], body["emails"]) == ("100311", was["emails"][0])
    await admin.presses(said(admin, "Bring back what was edited since, too"))
    assert (await body_of(admin, BALKASH))["postcode"] == was["postcode"][0]
    number = len(await changes_of(admin, BALKASH))
    await admin.opens(UndoChange(1, force=True))
    assert len(await changes_of(admin, BALKASH)) == number


async def test_where_all_was_edited_since_nothing_is_undone(admin: Visitor) -> None:
    await changed(admin, "postcode", "100310")
    await changed(admin, "postcode", "100311")
    shown = await admin.opens(UndoChange(1))
    assert shown.alert
    assert (await body_of(admin, BALKASH))["postcode"] == "100311"
    assert len(await changes_of(admin, BALKASH)) == 2


async def test_joining_adding_and_closing_are_undone(admin: Visitor) -> None:
    before, gone = await body_of(admin, BALKASH), await body_of(admin, NEXT)
    await admin.opens(MergeOffices(NEXT, BALKASH))
    await admin.opens(OpenHistory(NEXT))
    fits(admin)
    number = (await changes_of(admin, NEXT))[0].id
    await admin.opens(OpenChange(number))
    fits(admin)
    await admin.opens(UndoChange(number))
    async with admin.database.reading() as tx:
        assert await offices.aliases(tx) == {}
    assert await body_of(admin, BALKASH) == before
    assert await body_of(admin, NEXT) == gone
    await admin.opens(await put_together(admin))
    added = (await changes_of(admin, "ad0001"))[0].id
    await admin.opens(OpenChange(added))
    fits(admin)
    await admin.opens(UndoChange(added))
    async with admin.database.reading() as tx:
        assert await offices.entries(tx, ["ad0001"]) == {}
    await admin.opens(OpenHistory("ad0001"))
    fits(admin)
    assert (await admin.opens(EditOffice("ad0001"))).alert
    await admin.opens(PutField(BALKASH, "closed", "1"))
    await save(admin)
    await admin.opens(UndoChange((await changes_of(admin, BALKASH))[0].id))
    assert (await body_of(admin, BALKASH))["closed"] is False


async def test_an_office_that_somebody_speaks_of_is_not_taken_away(
    admin: Visitor, someone: Person
) -> None:
    await admin.opens(await put_together(admin))
    parent = someone(7000000003)
    await ready(parent)
    known = admin.knowledge.directory
    added = Office.model_validate(await body_of(admin, "ad0001"))
    directory = replace(known, offices={**known.offices, "ad0001": added})
    parent.knowledge = replace(admin.knowledge, directory=directory)
    await parent.opens(SendReport("ad0001", "phones"))
    shown = await admin.opens(UndoChange((await changes_of(admin, "ad0001"))[0].id))
    assert shown.alert
    assert (await body_of(admin, "ad0001"))["closed"] is False


async def test_pages_of_history(admin: Visitor) -> None:
    async with admin.database.writing() as tx:
        for number in range(12):
            values = {"postcode": f"1003{number + 10}"}
            await edit(tx, Hand("chat", admin.id), BALKASH, values, NOW)
    await admin.opens(OpenHistory(BALKASH))
    seen = [each.does for each in admin.buttons() if isinstance(each.does, OpenChange)]
    assert seen[0] == OpenChange(12)
    while said(admin, "Next page →") in admin.labels():
        await admin.presses(said(admin, "Next page →"))
        fits(admin)
        seen += [each.does for each in admin.buttons() if isinstance(each.does, OpenChange)]
    assert seen == [OpenChange(number) for number in range(12, 0, -1)]
    await admin.opens(OpenLatest(1))
    fits(admin)


async def test_the_command_opens_the_history_of_what_is_meant(admin: Visitor) -> None:
    await changed(admin, "postcode", "100310")
    for at in (OpenOffice(BALKASH), EditOffice(BALKASH), AskOfficeField(BALKASH, "phones")):
        await admin.opens(at)
        await admin.does(Command("history"))
        assert await view(admin) == OpenHistory(BALKASH).pack()
    await admin.does(Command("history", "OF0351"))
    assert await view(admin) == OpenHistory(BALKASH).pack()
    await admin.does(Command("history", "отдел образования Балхаш"))
    assert isinstance_of_view(await view(admin), FindToEdit) or isinstance_of_view(
        await view(admin), OpenHistory
    )
    await admin.starts()
    await admin.does(Command("history"))
    assert isinstance_of_view(await view(admin), OpenLatest)
    fits(admin)
    await admin.opens(OpenOffice(BALKASH))
    await admin.presses(said(admin, "Its history"))
    assert await view(admin) == OpenHistory(BALKASH).pack()


async def test_only_keepers_look_back_and_undo(admin: Visitor, someone: Person) -> None:
    await changed(admin, "postcode", "100310")
    stranger = someone(7000000009)
    await ready(stranger)
    await stranger.holds("official", "viewer")
    for action in (OpenHistory(BALKASH), OpenLatest(), OpenChange(1), UndoChange(1)):
        assert (await stranger.opens(action)).alert
    assert (await stranger.does(Command("history"))).alert
    assert (await body_of(admin, BALKASH))["postcode"] == "100310"
    for action in (OpenHistory("of9999"), OpenChange(99), UndoChange(99)):
        assert (await admin.opens(action)).alert
