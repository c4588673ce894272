"""Finding an office: by words, by position, down the list, always with an answer and a way back."""

from dataclasses import replace

import pytest

from core.knowledge import Knowledge, make_knowledge
from dialogs.doors import (
    FindOffice,
    OpenMenu,
    OpenOffice,
    OpenPapers,
    OpenService,
    OpenServices,
    OpenSituation,
    StartEnquiry,
)
from dialogs.enquiry import Answer
from dialogs.offices.actions import (
    AskDistrict,
    AskPlaceOf,
    AskWhichPlace,
    MissedPlace,
    OfficesAt,
    OfficesNamed,
    OfficesOfKind,
    WalkPlaces,
)
from dialogs.offices.asking import HALF_A_ROW
from dialogs.offices.kinds import kind_names
from dialogs.offices.looking import HOME, LIST, NEAR
from dialogs.routes import OpenRoute
from dialogs.screen import Ask
from dialogs.search import OpenFound
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
    # Two ways back: to the list, to compare; and to where the search began.
    await visitor.presses(visitor.say().label("To the list"))
    assert (await offices_shown(visitor))[0] == first
    await visitor.opens(OpenOffice(first, GUARDIANSHIP))
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


async def test_names_of_places_are_read_whole_on_a_small_phone(visitor: Visitor) -> None:
    await visitor.opens(WalkPlaces(None, "p"))
    rows = [row for row in visitor.screen.rows if isinstance(row[0].does, WalkPlaces | OfficesAt)]
    assert any(len(row) == 2 for row in rows)
    assert any(len(row) == 1 for row in rows)
    assert all(len(each.label) <= HALF_A_ROW for row in rows if len(row) == 2 for each in row)


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


async def test_a_list_is_come_back_to_only_from_its_own_cards(visitor: Visitor) -> None:
    await visitor.opens(FindOffice(GUARDIANSHIP))
    await visitor.types("Балқаш қаласы")
    assert LIST in (await visitor.person()).memory
    await visitor.starts()
    assert LIST not in (await visitor.person()).memory
    await visitor.opens(OpenOffice("of0601"))
    assert visitor.say().label("To the list") not in visitor.labels()
    assert visitor.say().label("Look elsewhere") in visitor.labels()


async def test_too_many_offices_are_first_asked_about_by_kind(visitor: Visitor) -> None:
    await visitor.opens(FindOffice())
    await visitor.types(
        {"kk": "алатау ауданы алматы", "ru": "алатауский район алматы"}[visitor.language]
    )
    schools = kind_names(visitor.say())["school"]
    await visitor.presses(schools)
    assert await view_of(visitor) == OfficesOfKind(short("almaty_city.alatau"), "school").pack()
    kinds = {
        visitor.knowledge.directory.offices[each].kind for each in await offices_shown(visitor)
    }
    assert kinds == {"school"}
    seen = set(await offices_shown(visitor))
    await visitor.presses(visitor.say().label("Next page →"))
    assert not seen & set(await offices_shown(visitor))
    await visitor.opens(OpenOffice((await offices_shown(visitor))[0]))
    await visitor.presses(visitor.say().label("To the list"))
    # Back on the very page.
    assert (await view_of(visitor)).endswith(":1")
    # A name typed there is looked for as well.
    await visitor.types("мектеп 41")
    assert await offices_shown(visitor)


async def test_words_that_offices_everywhere_answer_to_are_asked_where(visitor: Visitor) -> None:
    await visitor.opens(FindOffice())
    await visitor.types({"kk": "білім бөлімі", "ru": "отдел образования"}[visitor.language])
    assert await view_of(visitor) == AskPlaceOf(None, "p").pack()
    await visitor.types("Балқаш")
    first, second = (
        visitor.knowledge.directory.offices[each] for each in (await offices_shown(visitor))[:2]
    )
    # A city and a district are called so.
    assert {first.kind, second.kind} == {"district_education_department"}
    assert {first.district, second.district} == {BALKHASH, "almaty.balkash"}


async def test_a_place_among_other_words_is_found(visitor: Visitor) -> None:
    for words in ("41 школа караганда", "теміртау мектеп 10", "опека балхаш"):
        await visitor.opens(FindOffice(MEALS))
        await visitor.types(words)
        assert (await view_of(visitor)).startswith("fw:"), words
        office = visitor.knowledge.directory.offices[(await offices_shown(visitor))[0]]
        assert office.region == "karaganda", words


@pytest.mark.parametrize(
    "words", ["балхаш", "Балқаш", "balqash", "balhash", "балхашь", ",fk[fi", "г. Балхаш"]
)
async def test_a_town_is_found_however_it_is_typed(visitor: Visitor, words: str) -> None:
    await visitor.opens(FindOffice(GUARDIANSHIP))
    await visitor.types(words)
    place = OfficesAt(short(GUARDIANSHIP), "p", short(BALKHASH))
    if await view_of(visitor) == AskWhichPlace(GUARDIANSHIP, "p").pack():
        await visitor.opens(place)
    assert await view_of(visitor) == place.pack()


@pytest.mark.parametrize(
    "words", ["мектеп 41", "41 мектеп", "школа №41", "mektep 41", "vtrntg 41", "shkola 41"]
)
async def test_a_school_is_found_however_it_is_typed(visitor: Visitor, words: str) -> None:
    await visitor.opens(FindOffice())
    await visitor.types(words)
    first = visitor.knowledge.directory.offices[(await offices_shown(visitor))[0]]
    assert first.kind == "school"
    assert "№ 41" in first.name.kk


async def test_a_micro_district_and_a_street_are_found(visitor: Visitor) -> None:
    for words, part in (("Тастак", "Тастак"), ("мкр Орбита", "Орбита"), ("самал-2", "Самал-2")):
        await visitor.opens(FindOffice(SCHOOL_IN_ALMATY))
        await visitor.types(words)
        found = [visitor.knowledge.directory.offices[each] for each in await offices_shown(visitor)]
        assert found, words
        assert part in found[0].address.ru, words


async def test_of_several_places_of_one_name_offices_of_that_name_are_offered_too(
    visitor: Visitor,
) -> None:
    await visitor.opens(FindOffice(SCHOOL_IN_ALMATY))
    await visitor.types("Аксай 3")
    assert await view_of(visitor) == AskWhichPlace(SCHOOL_IN_ALMATY, "p").pack()
    await visitor.opens(OfficesNamed(SCHOOL_IN_ALMATY, "p"))
    assert await offices_shown(visitor)
    assert any(isinstance(each.does, OfficesAt) for each in visitor.buttons())


async def test_a_service_typed_where_a_place_is_asked_is_found(visitor: Visitor) -> None:
    await visitor.opens(FindOffice())
    await visitor.types(
        {"kk": "қамқоршылық анықтамасы", "ru": "справка об опеке"}[visitor.language]
    )
    assert await view_of(visitor) == OpenFound().pack()
    assert OpenService(GUARDIANSHIP) in [each.does for each in visitor.buttons()]


async def test_at_a_card_one_can_go_on_searching(visitor: Visitor) -> None:
    await visitor.opens(OpenOffice("of0601", GUARDIANSHIP))
    await visitor.types("Балқаш қаласы")
    assert await view_of(visitor) == OfficesAt(short(GUARDIANSHIP), "p", short(BALKHASH)).pack()
    await visitor.opens(OpenOffice("of0601", GUARDIANSHIP))
    await visitor.does(Located(46.85, 74.99))
    assert await view_of(visitor) == AskDistrict(GUARDIANSHIP, "p").pack()


async def test_a_position_shared_anywhere_leads_to_offices_and_back(visitor: Visitor) -> None:
    await visitor.opens(OpenService(GUARDIANSHIP))
    await visitor.does(Located(46.85, 74.99))
    assert await view_of(visitor) == AskDistrict(None, "p").pack()
    await visitor.presses(visitor.say().label("← Back"))
    assert await view_of(visitor) == OpenService(GUARDIANSHIP).pack()
    assert NEAR not in (await visitor.person()).memory


async def test_a_position_abroad_is_told_so_and_still_answered(visitor: Visitor) -> None:
    await visitor.opens(FindOffice(MEALS))
    await visitor.does(Located(48.85, 2.35))
    far = visitor.say()("Your position is far from every place in Kazakhstan that I know.")
    assert far in visitor.screen.text
    await visitor.presses(visitor.say().label("Another one: choose from the list"))
    assert await view_of(visitor) == WalkPlaces(short(MEALS), "p").pack()


async def test_offices_come_by_distance_once_the_district_is_chosen(visitor: Visitor) -> None:
    await visitor.opens(FindOffice(GUARDIANSHIP))
    await visitor.does(Located(46.85, 74.99))
    await visitor.opens(OfficesAt(short(GUARDIANSHIP), "p", short(BALKHASH)))
    assert visitor.screen.text.count("≈") >= 3
    first = visitor.knowledge.directory.offices[(await offices_shown(visitor))[0]]
    await visitor.opens(OpenOffice(first.id, GUARDIANSHIP))
    assert "≈" in visitor.screen.text


async def test_near_a_drawn_border_it_is_asked_all_the_same(visitor: Visitor) -> None:
    square = [[[74.0, 46.0], [76.0, 46.0], [76.0, 46.86], [74.0, 46.86], [74.0, 46.0]]]
    visitor.knowledge = with_borders(visitor.knowledge, {BALKHASH: square})
    await visitor.opens(FindOffice(MEALS))
    await visitor.does(Located(46.865, 74.99))
    assert await view_of(visitor) == AskDistrict(MEALS, "p").pack()


async def test_a_district_that_moved_is_found_under_the_old_region_and_the_new(
    visitor: Visitor,
) -> None:
    for region in ("almaty", "zhetisu"):
        await visitor.opens(WalkPlaces(short(GUARDIANSHIP), "p", short(region)))
        reached = False
        for _ in range(4):
            does = [each.does for each in visitor.buttons()]
            reached |= any(
                isinstance(each, OfficesAt | WalkPlaces)
                and each.place == short("almaty.taldykorgan")
                for each in does
            )
            following = visitor.say().label("Next page →")
            if following not in visitor.labels():
                break
            await visitor.presses(following)
        assert reached, region


async def test_regions_come_in_the_order_of_the_alphabet(visitor: Visitor) -> None:
    await visitor.opens(WalkPlaces(None, "p"))
    labels = [
        each.label for each in visitor.buttons() if isinstance(each.does, WalkPlaces | OfficesAt)
    ]
    if visitor.language == "kk":
        assert labels.index("Ақтөбе облысы") < labels.index("Атырау облысы")
        assert labels.index("Қарағанды облысы") < labels.index("Маңғыстау облысы")


async def test_nothing_typed_is_a_dead_end(visitor: Visitor) -> None:
    for words in ("йцукенг", "qqqq", "Көк-Төбе 2", "🙂", "1234567", "улица Ленина 5", "<b>", "б"):
        await visitor.starts()
        await visitor.types(words)
        does = [each.does for each in visitor.buttons()]
        assert any(isinstance(each, FindOffice | OfficesAt | OpenOffice) for each in does), words


async def test_the_checklist_is_two_taps_from_an_office(visitor: Visitor) -> None:
    await visitor.opens(FindOffice(GUARDIANSHIP))
    await visitor.types("Балқаш қаласы")
    await visitor.opens(StartEnquiry(MEALS))
    await visitor.opens(Answer(1, "school", "state"))
    await visitor.opens(Answer(1, "family", "assistance"))
    await visitor.opens(OpenPapers(1))
    await visitor.presses(visitor.say().label("Find the office near us"))
    place = visitor.knowledge.directory.places[BALKHASH]
    name = place.shown_kk if visitor.language == "kk" else place.shown_ru
    await visitor.presses(visitor.say().label("{place} again", place=name))
    first = visitor.knowledge.directory.offices[(await offices_shown(visitor))[0]]
    assert first.phones[0] in visitor.screen.text
    assert visitor.say().of(first.address) in visitor.screen.text.unescape()


async def test_every_service_is_three_taps_from_its_offices_question(visitor: Visitor) -> None:
    """The menu, a situation, the service's card, and there the way to its office."""
    for service in visitor.knowledge.library.services.values():
        await visitor.starts()
        await visitor.opens(OpenSituation(service.situations[0]))
        shown = {each.does for each in visitor.buttons()}
        assert OpenService(service.id) in shown
        await visitor.opens(OpenService(service.id))
        await visitor.presses(visitor.say().label("Find the office near us"))
        assert await view_of(visitor) == FindOffice(service.id).pack()
    await visitor.opens(OpenMenu())
    assert FindOffice() in [each.does for each in visitor.buttons()]
    assert OpenServices() in [each.does for each in visitor.buttons()]


async def test_the_routes_of_complaint_open_the_cards_of_those_they_lead_to(
    visitor: Visitor,
) -> None:
    await visitor.opens(OpenRoute(MEALS, "refused"))
    assert not await offices_shown(visitor)
    await visitor.opens(FindOffice(MEALS))
    await visitor.types("Балқаш қаласы")
    await visitor.opens(OpenRoute(MEALS, "refused"))
    offices = [visitor.knowledge.directory.offices[each] for each in await offices_shown(visitor)]
    assert [each.kind for each in offices][:2] == [
        "district_education_department",
        "region_education_department",
    ]
    assert offices[0].district == BALKHASH
    await visitor.opens(OpenOffice(offices[0].id, MEALS))
    await visitor.presses(visitor.say().label("← Back"))


async def test_a_service_of_one_city_names_its_department_before_anything_is_asked(
    visitor: Visitor,
) -> None:
    await visitor.opens(OpenRoute(SCHOOL_IN_ALMATY, "refused"))
    offices = [visitor.knowledge.directory.offices[each] for each in await offices_shown(visitor)]
    assert "region_education_department" in [each.kind for each in offices]
    assert all(each.region == "almaty_city" or each.kind == "ministry" for each in offices)
