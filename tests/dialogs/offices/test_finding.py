"""Finding an office: by words, by position, down the list, always with an answer and a way back."""

from dataclasses import replace

import pytest

from core.knowledge import Knowledge, make_knowledge
from dialogs.doors import FindOffice, OpenOffice, OpenService
from dialogs.offices.actions import (
    AskDistrict,
    AskWhichPlace,
    MissedPlace,
    OfficesAt,
    OfficesNamed,
    WalkPlaces,
)
from dialogs.offices.looking import HOME, NEAR
from dialogs.screen import Ask
from dialogs.short_ids import name_of, short
from dialogs.turn import Command, Located
from tests.dialogs.visits import Visitor

GUARDIANSHIP, MEALS = "guardianship_certificate", "free_school_meals"
SCHOOL_IN_ALMATY = "school_admission"
BALKHASH = "karaganda.balkash_city"
AKTAU = (43.65, 51.16)

pytestmark = pytest.mark.parametrize("language", ["kk", "ru"])


@pytest.fixture(autouse=True)
def speaks(visitor: Visitor, language: str) -> None:
    visitor.language = language


async def offices_shown(visitor: Visitor) -> list[str]:
    return [each.does.office for each in visitor.buttons() if isinstance(each.does, OpenOffice)]


async def view_of(visitor: Visitor) -> str:
    return (await visitor.person()).view


async def test_a_place_leads_to_the_office_that_is_responsible(visitor: Visitor) -> None:
    await visitor.opens(OpenService(GUARDIANSHIP))
    await visitor.opens(FindOffice(GUARDIANSHIP))
    words = {"kk": "балқаш қаласы", "ru": "г. Балхаш"}[visitor.language]
    await visitor.types(words)
    first = (await offices_shown(visitor))[0]
    office = visitor.knowledge.directory.offices[first]
    assert office.district == BALKHASH
    assert (await visitor.person()).memory[HOME] == BALKHASH
    await visitor.opens(OpenOffice(first, GUARDIANSHIP))
    assert office.phones[0] in visitor.screen.text
    assert visitor.say().of(office.name) in visitor.screen.text.unescape()
    # Back goes to where the search began, not one list up.
    await visitor.presses(visitor.say().label("← Back"))
    assert await view_of(visitor) == OpenService(GUARDIANSHIP).pack()


async def test_the_place_is_offered_again_for_the_next_service(visitor: Visitor) -> None:
    await visitor.opens(FindOffice(GUARDIANSHIP))
    await visitor.types("Балқаш қаласы")
    await visitor.opens(FindOffice(MEALS))
    place = visitor.knowledge.directory.places[BALKHASH]
    name = place.shown_kk if visitor.language == "kk" else place.shown_ru
    await visitor.presses(visitor.say().label("{place} again", place=name))
    assert await offices_shown(visitor)


async def test_a_name_that_several_places_bear_is_asked_about(visitor: Visitor) -> None:
    await visitor.opens(FindOffice(MEALS))
    await visitor.types("Абай ауданы")
    assert await view_of(visitor) == AskWhichPlace(MEALS, "p").pack()
    choices = [each for each in visitor.buttons() if isinstance(each.does, OfficesAt)]
    assert len(choices) >= 2
    assert len({each.label for each in choices}) == len(choices)


async def test_a_school_by_its_number_just_works(visitor: Visitor) -> None:
    for words in ("мектеп 41", "41 школа", "шк №41"):
        await visitor.opens(FindOffice(SCHOOL_IN_ALMATY))
        await visitor.types(words)
        assert await view_of(visitor) == OfficesNamed(SCHOOL_IN_ALMATY, "p").pack()
        first = visitor.knowledge.directory.offices[(await offices_shown(visitor))[0]]
        assert first.kind == "school"
        assert "41" in first.name.ru


async def test_words_that_mean_nothing_are_asked_for_again(visitor: Visitor) -> None:
    await visitor.opens(FindOffice(MEALS))
    await visitor.types("<b>qqqqq</b> zzzzz")
    assert await view_of(visitor) == MissedPlace(MEALS, "p").pack()
    assert "&lt;b&gt;qqqqq" in visitor.screen.text
    await visitor.types("Балқаш қаласы")
    assert await offices_shown(visitor)


async def test_a_position_is_asked_about_and_forgotten_afterwards(visitor: Visitor) -> None:
    await visitor.opens(FindOffice(MEALS))
    shown = await visitor.presses(visitor.say().label("📍 Share my location"))
    (request,) = shown.before
    assert request.request.what is Ask.LOCATION  # type: ignore[union-attr]
    await visitor.does(Located(46.85, 74.99))
    assert await view_of(visitor) == AskDistrict(MEALS, "p").pack()
    first = next(each for each in visitor.buttons() if isinstance(each.does, OfficesAt))
    assert isinstance(first.does, OfficesAt)
    assert name_of(first.does.place, visitor.knowledge.directory.places) == BALKHASH
    await visitor.opens(first.does)
    assert "≈" in visitor.screen.text
    assert NEAR in (await visitor.person()).memory
    await visitor.presses(visitor.say().label("Main menu"))
    assert NEAR not in (await visitor.person()).memory


async def test_imported_borders_decide_by_themselves(visitor: Visitor) -> None:
    square = [[[74.0, 46.0], [76.0, 46.0], [76.0, 47.6], [74.0, 47.6], [74.0, 46.0]]]
    visitor.knowledge = with_borders(visitor.knowledge, {BALKHASH: square})
    await visitor.opens(FindOffice(MEALS))
    await visitor.does(Located(46.85, 74.99))
    assert await view_of(visitor) == OfficesAt(short(MEALS), "p", short(BALKHASH)).pack()


def with_borders(knowledge: Knowledge, rings: dict[str, object]) -> Knowledge:
    directory = replace(knowledge.directory, boundaries=rings)  # type: ignore[arg-type]
    return make_knowledge(knowledge.library, directory, knowledge.keep)


async def test_outside_the_territory_it_says_so_and_names_what_applies_there(
    visitor: Visitor,
) -> None:
    await visitor.opens(FindOffice("free_school_meals_almaty"))
    await visitor.types("Ақтау қаласы")
    assert OpenService(MEALS) in [each.does for each in visitor.buttons()]
    assert await offices_shown(visitor)


async def test_the_list_leads_down_to_a_district(visitor: Visitor) -> None:
    await visitor.opens(FindOffice(GUARDIANSHIP))
    await visitor.presses(visitor.say().label("Choose from the list"))
    assert await view_of(visitor) == WalkPlaces(short(GUARDIANSHIP), "p").pack()
    region = next(
        each
        for each in visitor.buttons()
        if isinstance(each.does, WalkPlaces) and each.does.place == short("karaganda")
    )
    await visitor.opens(region.does)  # type: ignore[arg-type]
    while not any(
        isinstance(each.does, OfficesAt | WalkPlaces) and each.does.place == short(BALKHASH)
        for each in visitor.buttons()
    ):
        await visitor.presses(visitor.say().label("Next page →"))
    await visitor.opens(OfficesAt(short(GUARDIANSHIP), "p", short(BALKHASH)))
    assert await offices_shown(visitor)


async def test_forged_searches_are_answered_as_things_that_are_gone(visitor: Visitor) -> None:
    for forged in (
        FindOffice("no_such_service"),
        FindOffice(MEALS, "x"),
        OfficesAt(1, "p", short(BALKHASH)),
        OfficesAt(short(MEALS), "p", 1),
        AskDistrict(MEALS, "p"),
        OpenOffice("of9999999"),
        WalkPlaces(short(MEALS), "p", 5),
    ):
        shown = await visitor.opens(forged)
        assert shown.alert


async def test_typed_at_the_menu_a_place_or_a_school_is_found_too(visitor: Visitor) -> None:
    await visitor.types("мектеп 41")
    assert await offices_shown(visitor)
    await visitor.starts()
    await visitor.types("Балқаш қаласы")
    assert any(isinstance(each.does, OfficesAt) for each in visitor.buttons())


async def test_the_command_searches_at_once(visitor: Visitor) -> None:
    await visitor.does(Command("office"))
    assert await view_of(visitor) == FindOffice().pack()
    await visitor.does(Command("office", "мектеп 41"))
    assert await offices_shown(visitor)
