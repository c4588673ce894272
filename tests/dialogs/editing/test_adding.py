"""An office is added: kind, place, name in both languages; and each wrong turn."""

from core.directory.as_json import office_json
from core.directory.model import Office
from dialogs.doors import OpenMenu
from dialogs.editing.actions import (
    AddOffice,
    AskNewKind,
    AskNewName,
    AskNewPlace,
    EditOffice,
    FindToEdit,
    PreviewNew,
    SetNewKind,
    SetNewPlace,
)
from dialogs.short_ids import short
from tests.dialogs.editing.conftest import Person
from tests.dialogs.editing.steps import BALKASH, body_of, changes_of, ready
from tests.dialogs.editing.test_fields import fits, said
from tests.dialogs.visits import Visitor

KK, RU = "№ 0 пробная мектебі", "Пробная школа № 0"


async def put_together(person: Visitor, kind: str = "school", place: str = "Балхаш") -> AddOffice:
    """Everything up to the preview; what its button means."""
    await person.opens(AskNewKind())
    fits(person)
    await person.opens(SetNewKind(kind))
    fits(person)
    await person.types(place)
    fits(person)
    found = [each.does for each in person.buttons() if isinstance(each.does, SetNewPlace)]
    if found:
        await person.opens(SetNewPlace(short("karaganda.balkash_city")))
    fits(person)
    await person.types(KK)
    await person.types(RU)
    fits(person)
    return next(each.does for each in person.buttons() if isinstance(each.does, AddOffice))


async def test_a_school_is_added_and_stands_where_and_for_what_those_beside_it_do(
    admin: Visitor,
) -> None:
    await admin.opens(FindToEdit())
    await admin.presses(said(admin, "Add an office"))
    adding = await put_together(admin)
    await admin.opens(adding)
    assert admin.shown is not None
    assert admin.shown.toast == said(admin, "It is added.")
    body = await body_of(admin, "ad0001")
    assert Office.model_validate(body).name.ru == RU
    assert (body["kind"], body["name"]) == ("school", {"kk": KK, "ru": RU})
    assert (body["region"], body["locality"]) == ("karaganda", "karaganda.balkash_city")
    assert (body["position"], body["closed"]) == ("locality", False)
    beside = [
        office_json(each)["serves"]
        for each in admin.knowledge.directory.offices.values()
        if (each.kind, each.region) == ("school", "karaganda")
    ]
    for each in body["serves"]:
        assert sum(each in serves for serves in beside) * 2 >= len(beside)
    made = (await changes_of(admin, "ad0001"))[0]
    assert (made.kind, made.origin, made.person_id) == ("added", "chat", admin.id)
    # A second tap adds no second one; the next gets the next number.
    await admin.opens(adding)
    assert await changes_of(admin, "ad0002") == []
    await admin.opens(await put_together(admin))
    assert (await body_of(admin, "ad0002"))["name"]["ru"] == RU
    await admin.opens(EditOffice("ad0002"))
    fits(admin)


async def test_what_is_there_already_is_shown_before_it_is_added_twice(admin: Visitor) -> None:
    known = admin.knowledge.directory.offices[BALKASH]
    await put_together(admin, known.kind)
    await admin.opens(AskNewName("kk"))
    await admin.types(known.name.kk)
    await admin.types(known.name.ru)
    assert "⚠" in admin.screen.text
    assert EditOffice(BALKASH) in [each.does for each in admin.buttons()]
    fits(admin)


async def test_words_that_are_no_place_and_no_name(admin: Visitor) -> None:
    await admin.opens(SetNewKind("school"))
    await admin.types("Нетакогоместа")
    assert "Нетакогоместа" in admin.screen.text
    fits(admin)
    assert (await admin.opens(SetNewPlace(1))).alert
    await admin.opens(SetNewKind("school"))
    await admin.opens(SetNewPlace(short("karaganda")))
    await admin.types("12345")
    assert "⚠" in admin.screen.text
    fits(admin)
    for action in (AskNewName("de"), PreviewNew(), SetNewKind("palace")):
        assert (await admin.opens(action)).alert


async def test_an_older_button_adds_nothing_else(admin: Visitor) -> None:
    older = await put_together(admin)
    await admin.opens(AskNewName("ru"))
    await admin.types("Другая пробная школа")
    shown = await admin.opens(older)
    assert shown.alert
    assert await changes_of(admin, "ad0001") == []
    await admin.opens(OpenMenu())
    await admin.opens(older)
    assert await changes_of(admin, "ad0001") == []


async def test_only_keepers_add(someone: Person) -> None:
    stranger = someone(7000000009)
    await ready(stranger)
    await stranger.holds("viewer", "official")
    for action in (AskNewKind(), SetNewKind("school"), AskNewPlace(), PreviewNew(), AddOffice(1)):
        assert (await stranger.opens(action)).alert
