"""An office is changed in the chat: tap, send, see old and new, confirm; and each wrong turn."""

from dataclasses import replace

import pytest

from core.directory.model import Office
from core.keep import Keep
from core.knowledge import current_knowledge, make_knowledge
from core.store import roles
from dialogs.action import Action
from dialogs.doors import OpenMenu, OpenOffice
from dialogs.editing.actions import (
    AskOfficeField,
    AskServed,
    AskServes,
    DropEdit,
    EditOffice,
    FindToEdit,
    PreviewEdit,
    PutField,
    PutPlace,
    PutServed,
    SaveEdit,
)
from dialogs.editing.fields import EDIT
from dialogs.editing.values import EDITABLE, PAGES, example_of
from dialogs.offices.actions import OfficesAt
from dialogs.screen import LABEL_LIMIT
from dialogs.short_ids import short
from dialogs.turn import Command, Kind, Located, Sent
from tests.dialogs.editing.conftest import Person
from tests.dialogs.editing.steps import BALKASH, NEXT, body_of, changes_of, ready
from tests.dialogs.test_every_path import assert_fits
from tests.dialogs.visits import LANGUAGES, NOW, Visitor

BALKASH_IN_WORDS = "отдел образования Балхаш"
GONE = "This is no longer here. Please choose again."
CARE = "foster_care_application"
SAMPLES = {
    "name_kk": "Пробный білім бөлімі",
    "name_ru": "Пробный отдел образования",
    "address_kk": "Пробная көшесі, 1",
    "address_ru": "Пробная улица, 1",
    "postcode": "100310",
    "phones": "8 (7103) 60-00-00, +7 700 000 00 00",
    "faxes": "87103600001",
    "emails": "school@example.kz",
    "websites": "www.example.kz",
    "hours": "пн–пт 9:00–18:00 (13:00–14:00)",
    "verified_on": "20.11.2026",
    "point": "46.85, 74.99",
}


def said(person: Visitor, phrase: str) -> str:
    return person.say().label(phrase)


def fits(person: Visitor) -> None:
    """The screen is one that Telegram takes; a keeper sees the values of both languages."""
    assert_fits(person.screen, LANGUAGES["kk"])
    assert all(len(each) <= LABEL_LIMIT for each in person.labels())


async def save(person: Visitor) -> None:
    """Confirm what is previewed, whatever it is."""
    button = next(each for each in person.buttons() if isinstance(each.does, SaveEdit))
    assert isinstance(button.does, SaveEdit)
    await person.opens(button.does)


async def changed(person: Visitor, field: str, text: str) -> None:
    """Send a value for a field and save it."""
    await person.opens(AskOfficeField(BALKASH, field))
    await person.types(text)
    assert isinstance_of_view(await view(person), PreviewEdit), person.screen.text
    await save(person)


async def view(person: Visitor) -> str:
    return (await person.person()).view


def isinstance_of_view(packed: str, kind: type[Action]) -> bool:
    return packed.split(":", maxsplit=1)[0] == kind.code


@pytest.mark.parametrize("field", SAMPLES)
async def test_a_field_is_sent_seen_and_saved(admin: Visitor, field: str) -> None:
    before = await body_of(admin, BALKASH)
    await admin.opens(OpenOffice(BALKASH))
    await admin.opens(EditOffice(BALKASH))
    await admin.opens(AskOfficeField(BALKASH, field))
    fits(admin)
    await admin.types(SAMPLES[field])
    assert "→" in admin.screen.text
    fits(admin)
    assert await body_of(admin, BALKASH) == before
    await save(admin)
    assert admin.shown is not None
    assert admin.shown.toast == said(admin, "It is saved.")
    after = await body_of(admin, BALKASH)
    assert after != before
    made = (await changes_of(admin, BALKASH))[0]
    assert (made.origin, made.person_id, made.at) == ("chat", admin.id, NOW)
    assert EDIT not in (await admin.person()).memory


async def test_what_was_sent_is_what_is_kept(admin: Visitor) -> None:
    await changed(admin, "phones", SAMPLES["phones"])
    await changed(admin, "websites", "www.example.kz")
    body = await body_of(admin, BALKASH)
    assert body["phones"] == ["+77103600000", "+77000000000"]
    assert body["websites"] == ["http://www.example.kz"]
    # The card of whoever keeps it does not wait until this copy has learned of it.
    await admin.opens(OpenOffice(BALKASH))
    assert "+77103600000" in admin.screen.text
    assert [each.fields for each in await changes_of(admin, BALKASH)] == [
        {"websites": [["www.obrazovan.balkhash.kz"], ["http://www.example.kz"]]},
        {"phones": [list(body_phones()), ["+77103600000", "+77000000000"]]},
    ]


def body_phones() -> tuple[str, ...]:
    return ("+77103646237", "+77103646238", "+77103641994", "+77103646236")


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("phones", "12345"),
        ("phones", "+7 499 000 00 00"),
        ("phones", "36-00-00"),
        ("emails", "school@"),
        ("websites", "нет"),
        ("postcode", "12"),
        ("hours", "когда-нибудь"),
        ("hours", "пн-пт 18:00-9:00"),
        ("hours", "9:00-18:00"),
        ("address_ru", "12345"),
        ("name_kk", "Б?лім б?лімі"),
        ("verified_on", "31.02.2026"),
        ("verified_on", "22.11.2027"),
        ("point", "где-то там"),
        ("point", "74.99, 46.85"),
        ("point", "55.75, 37.61"),
        ("place", "Нетакогоместа"),
    ],
)
async def test_what_cannot_be_right_is_told_with_what_would_be(
    admin: Visitor, field: str, text: str
) -> None:
    before = await body_of(admin, BALKASH)
    await admin.opens(AskOfficeField(BALKASH, field))
    await admin.types(text)
    assert "⚠" in admin.screen.text
    fits(admin)
    assert isinstance_of_view(await view(admin), AskOfficeField)
    assert await body_of(admin, BALKASH) == before
    assert (await admin.looks_again()).screen is not None


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_every_example_is_taken(someone: Person, language: str) -> None:
    person = someone(7000000009, language)
    await ready(person)
    await person.holds("editor")
    for field in EDITABLE:
        example = example_of(person.say(), field)
        if example:
            await person.opens(AskOfficeField(NEXT, field))
            await person.types(example)
            assert isinstance_of_view(await view(person), PreviewEdit), (field, example)


async def test_every_copy_learns_of_what_was_saved(editor: Visitor) -> None:
    """What parents are shown is what the database holds, as soon as a copy looks."""
    known = await current_knowledge(editor.database, NOW, Keep(), lambda moment: moment.date())
    assert not await known.refresh(editor.database, NOW)
    await changed(editor, "phones", SAMPLES["phones"])
    assert await known.refresh(editor.database, NOW)
    parent = replace(editor, id=7000000009, knowledge=known.value)
    await ready(parent)
    await parent.opens(OpenOffice(BALKASH))
    assert "+77103600000" in parent.screen.text


async def test_what_stands_there_can_be_sent_back(admin: Visitor) -> None:
    for field in ("hours", "phones", "emails"):
        if field == "hours":
            await changed(admin, field, SAMPLES[field])
        await admin.opens(AskOfficeField(BALKASH, field))
        present = admin.screen.text.split("<code>")[1].split("</code>")[0]
        await admin.types(present)
        assert admin.shown is not None
        assert said(admin, "It says so already.") in admin.screen.text


async def test_a_location_and_a_venue_set_the_position(admin: Visitor) -> None:
    await admin.opens(EditOffice(BALKASH))
    await admin.does(Located(46.8431, 74.9712))
    await save(admin)
    body = await body_of(admin, BALKASH)
    assert (body["lat"], body["lon"], body["position"]) == (46.8431, 74.9712, "exact")
    await admin.opens(AskOfficeField(BALKASH, "point"))
    await admin.does(Located(46.85, 74.99, "Made-up hall"))
    await save(admin)
    assert (await body_of(admin, BALKASH))["lat"] == 46.85


async def test_a_position_far_away_is_doubted(admin: Visitor) -> None:
    await admin.opens(EditOffice(BALKASH))
    await admin.does(Located(43.238, 76.945))
    assert "⚠" in admin.screen.text
    await admin.does(Located(1.0, 1.0))
    await admin.opens(AskOfficeField(BALKASH, "point"))
    await admin.does(Located(1.0, 1.0))
    assert isinstance_of_view(await view(admin), AskOfficeField)
    assert "⚠" in admin.screen.text


async def test_a_file_is_no_value(admin: Visitor) -> None:
    await admin.opens(AskOfficeField(BALKASH, "phones"))
    await admin.does(Sent(Kind.PHOTO, "made-up"))
    assert not isinstance_of_view(await view(admin), PreviewEdit)


async def test_a_field_can_be_emptied_but_not_one_that_is_needed(admin: Visitor) -> None:
    await admin.opens(AskOfficeField(BALKASH, "emails"))
    await admin.presses(said(admin, "Leave it empty"))
    await save(admin)
    assert (await body_of(admin, BALKASH))["emails"] == []
    for field in ("name_ru", "kind", "place"):
        await admin.opens(AskOfficeField(BALKASH, field))
        assert said(admin, "Leave it empty") not in admin.labels()
        shown = await admin.opens(PutField(BALKASH, field))
        assert shown.alert
    await admin.opens(AskOfficeField(BALKASH, "point"))
    await admin.presses(said(admin, "Leave it empty"))
    await save(admin)
    body = await body_of(admin, BALKASH)
    assert (body["lat"], body["lon"], body["position"]) == (None, None, None)


async def test_the_kind_and_the_place_are_chosen(admin: Visitor) -> None:
    await admin.opens(PutField(BALKASH, "kind", "district_akimat"))
    await save(admin)
    await admin.opens(AskOfficeField(BALKASH, "place"))
    await admin.types("Абай")
    assert any(isinstance(each.does, PutPlace) for each in admin.buttons())
    fits(admin)
    await admin.opens(PutPlace(BALKASH, short("karaganda.zhezkazgan")))
    await save(admin)
    body = await body_of(admin, BALKASH)
    assert body["kind"] == "district_akimat"
    assert (body["region"], body["district"], body["locality"]) == (
        "karaganda",
        "karaganda.zhezkazgan",
        "karaganda.zhezkazgan",
    )
    assert body["position"] == "locality"
    assert (body["lat"], body["lon"]) == (47.78333, 67.76667)
    for wrong in ("no_such_kind", "x"):
        await admin.opens(PutField(BALKASH, "kind", wrong))
        assert "⚠" in admin.screen.text
    assert (await admin.opens(PutPlace(BALKASH, 1))).alert


async def test_services_are_put_in_and_taken_out(admin: Visitor) -> None:
    before = (await body_of(admin, BALKASH))["serves"]
    assert {"service": CARE, "as": "provider"} in before
    await admin.opens(AskServes(BALKASH))
    fits(admin)
    await admin.opens(AskServed(BALKASH, short(CARE)))
    fits(admin)
    await admin.opens(PutServed(BALKASH, short(CARE), "provider", on=False))
    await admin.opens(AskServes(BALKASH, 1))
    await admin.presses(said(admin, "Look at what changes"))
    fits(admin)
    await save(admin)
    after = (await body_of(admin, BALKASH))["serves"]
    assert [each for each in before if each not in after] == [{"service": CARE, "as": "provider"}]
    assert [each for each in after if each not in before] == []
    await admin.opens(PutServed(BALKASH, short(CARE), "provider", on=True))
    await admin.opens(PutServed(BALKASH, short(CARE), "provider", on=False))
    assert said(admin, "Look at what changes") not in admin.labels()
    assert (await admin.opens(PutServed(BALKASH, short(CARE), "owner", on=True))).alert
    assert (await admin.opens(PutServed(BALKASH, 1, "provider", on=True))).alert


async def test_it_is_closed_and_opened_again_and_never_deleted(admin: Visitor) -> None:
    await admin.opens(EditOffice(BALKASH, 2))
    await admin.presses(said(admin, "Close it for good"))
    fits(admin)
    await save(admin)
    assert (await body_of(admin, BALKASH))["closed"] is True
    known = admin.knowledge.directory
    closed = Office.model_validate(await body_of(admin, BALKASH))
    directory = replace(known, offices={**known.offices, BALKASH: closed})
    admin.knowledge = make_knowledge(admin.knowledge.library, directory, admin.knowledge.keep)
    await admin.opens(OpenMenu())
    await admin.opens(OfficesAt(None, "p", short("karaganda.balkash_city")))
    assert OpenOffice(BALKASH) not in [each.does for each in admin.buttons()]
    assert BALKASH not in [each.office for each in admin.knowledge.offices.find(BALKASH_IN_WORDS)]
    await admin.opens(FindToEdit())
    await admin.types(BALKASH_IN_WORDS)
    assert EditOffice(BALKASH) in [each.does for each in admin.buttons()]
    assert any(each.label.startswith("✕") for each in admin.buttons())
    # A link of before still shows its card.
    await admin.opens(OpenOffice(BALKASH))
    fits(admin)
    await admin.opens(EditOffice(BALKASH))
    await admin.presses(said(admin, "Open it again"))
    await save(admin)
    assert (await body_of(admin, BALKASH))["closed"] is False
    assert [each.fields for each in await changes_of(admin, BALKASH)] == [
        {"closed": [True, False]},
        {"closed": [False, True]},
    ]


async def test_all_was_checked_today(admin: Visitor) -> None:
    await admin.opens(EditOffice(BALKASH))
    await admin.presses(said(admin, "All is right: checked today"))
    await save(admin)
    assert (await body_of(admin, BALKASH))["verified_on"] == "2026-11-21"


async def test_an_edit_can_be_left(admin: Visitor) -> None:
    await admin.opens(AskOfficeField(BALKASH, "postcode"))
    await admin.types("100310")
    mark = next(each.does for each in admin.buttons() if isinstance(each.does, SaveEdit))
    await admin.presses(said(admin, "Leave it as it is"))
    assert (await body_of(admin, BALKASH))["postcode"] != "100310"
    # The button of a preview that was left saves nothing.
    await admin.opens(mark)
    assert await changes_of(admin, BALKASH) == []
    assert (await admin.opens(PreviewEdit(BALKASH))).alert
    await admin.opens(DropEdit(BALKASH))
    await admin.opens(AskOfficeField(BALKASH, "postcode"))
    await admin.types("100310")
    await admin.opens(OpenMenu())
    assert EDIT not in (await admin.person()).memory


async def test_the_button_of_an_older_preview_saves_nothing_else(admin: Visitor) -> None:
    await admin.opens(AskOfficeField(BALKASH, "postcode"))
    await admin.types("100310")
    older = next(each.does for each in admin.buttons() if isinstance(each.does, SaveEdit))
    await admin.presses(said(admin, "Write it otherwise"))
    await admin.types("100311")
    shown = await admin.opens(older)
    assert shown.alert
    assert shown.toast == said(admin, "It has changed meanwhile. Please look again.")
    assert await changes_of(admin, BALKASH) == []
    await save(admin)
    assert (await body_of(admin, BALKASH))["postcode"] == "100311"
    await admin.opens(older)
    assert (await body_of(admin, BALKASH))["postcode"] == "100311"


async def test_of_two_at_once_one_wins_and_the_other_learns(
    admin: Visitor, editor: Visitor
) -> None:
    for person, text in ((admin, "100310"), (editor, "100311")):
        await person.opens(AskOfficeField(BALKASH, "postcode"))
        await person.types(text)
    await save(admin)
    await save(editor)
    assert editor.shown is not None
    assert editor.shown.alert
    assert editor.shown.toast == said(editor, "It has changed meanwhile. Please look again.")
    assert "100310" in editor.screen.text
    assert (await body_of(admin, BALKASH))["postcode"] == "100310"
    await save(editor)
    assert (await body_of(admin, BALKASH))["postcode"] == "100311"
    assert [each.person_id for each in await changes_of(admin, BALKASH)] == [editor.id, admin.id]
    # Whoever sent what another has saved meanwhile has nothing left to save.
    for person in (admin, editor):
        await person.opens(AskOfficeField(BALKASH, "postcode"))
        await person.types("100312")
    await save(admin)
    await save(editor)
    assert isinstance_of_view(await view(editor), EditOffice)
    assert len(await changes_of(admin, BALKASH)) == 3


async def test_the_role_is_asked_at_the_press(someone: Person, editor: Visitor) -> None:
    await editor.opens(AskOfficeField(BALKASH, "postcode"))
    await editor.types("100310")
    button = next(each.does for each in editor.buttons() if isinstance(each.does, SaveEdit))
    async with editor.database.writing() as tx:
        for each in await roles.of(tx, editor.id):
            await roles.revoke(tx, each.id, NOW)
    shown = await editor.opens(button)
    assert shown.alert
    assert shown.toast == said(editor, GONE)
    assert await changes_of(editor, BALKASH) == []
    stranger = someone(7000000009)
    await ready(stranger)
    await stranger.holds("official", "viewer")
    for action in (
        FindToEdit(),
        EditOffice(BALKASH),
        AskOfficeField(BALKASH, "phones"),
        PutField(BALKASH, "closed", "1"),
        PutPlace(BALKASH, short("karaganda.zhezkazgan")),
        PreviewEdit(BALKASH),
        SaveEdit(BALKASH, 1),
        AskServes(BALKASH),
    ):
        shown = await stranger.opens(action)
        assert shown.alert, action
        assert shown.toast == said(stranger, GONE)
    await stranger.opens(OpenOffice(BALKASH))
    assert said(stranger, "Change it") not in stranger.labels()


async def test_holders_come_to_it_from_the_card_and_from_the_menu(
    admin: Visitor, editor: Visitor
) -> None:
    for person in (admin, editor):
        await person.opens(OpenOffice(BALKASH))
        await person.presses(said(person, "Change it"))
        assert isinstance_of_view(await view(person), EditOffice)
        await person.does(Command("admin"))
        await person.presses(said(person, "Change or add an office"))
        await person.types("отдел образования Балхаш")
        assert EditOffice(BALKASH) in [each.does for each in person.buttons()]
        await person.types("OF0352")
        assert EditOffice(NEXT) in [each.does for each in person.buttons()]
        await person.types("йцукенг")
        assert said(person, "Add an office") in person.labels()
        fits(person)


async def test_every_page_of_fields_leads_to_every_field(admin: Visitor) -> None:
    for number, fields in enumerate(PAGES):
        await admin.opens(EditOffice(BALKASH, number))
        fits(admin)
        asked = {
            each.does.field for each in admin.buttons() if isinstance(each.does, AskOfficeField)
        }
        assert asked == set(fields) - {"serves"}
    assert (await admin.opens(AskOfficeField(BALKASH, "listings"))).alert
    assert (await admin.opens(EditOffice("of9999"))).alert
