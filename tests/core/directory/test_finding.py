"""The responsible office: for every service and place, and where it is easy to miss."""

from collections import Counter
from dataclasses import replace

import pytest

from core.directory.finding import Finder, Finding, load_whys
from core.directory.whole import Directory
from core.release import DATA, load_directory
from core.services.library import load_library
from core.services.model import Service


@pytest.fixture(scope="module")
def directory() -> Directory:
    return load_directory(DATA)


@pytest.fixture(scope="module")
def services() -> dict[str, Service]:
    return dict(load_library(DATA).services)


@pytest.fixture(scope="module")
def finder(directory: Directory, services: dict[str, Service]) -> Finder:
    return Finder(directory, services, load_whys(DATA))


def kinds(finding: Finding) -> Counter[str]:
    return Counter(each.office.kind for each in finding.offices)


def test_no_service_and_place_is_without_an_answer(
    finder: Finder, directory: Directory, services: dict[str, Service]
) -> None:
    assert len(services) >= 23
    unanswered = [
        (service, place)
        for service in services
        for place in directory.places
        if not _is_answer(finder.find(services[service], place=place))
    ]
    assert unanswered == []


def _is_answer(finding: Finding) -> bool:
    if finding.offices:
        return finding.territory == "inside" and all(each.why.kk for each in finding.offices)
    return finding.instead is not None and finding.instead.office is not None


@pytest.mark.parametrize("purpose", ["complaint", "information"])
def test_every_service_has_a_door_for_complaints_and_questions(
    finder: Finder, services: dict[str, Service], purpose: str
) -> None:
    for service in services.values():
        for place in ("almaty_city.alatau", "karaganda.abay", "almaty.aksu", "mangystau"):
            finding = finder.find(service, place=place, purpose=purpose)  # type: ignore[arg-type]
            assert finding.offices or finding.instead, (service.id, place)


def test_a_school_regulation_of_almaty_gives_the_schools_of_the_district(
    finder: Finder, services: dict[str, Service]
) -> None:
    finding = finder.find(services["school_admission"], place="almaty_city.alatau")
    assert finding.territory == "inside"
    assert set(kinds(finding)) == {"school"}
    assert {each.office.district for each in finding.offices} == {"almaty_city.alatau"}
    assert "школа" in finding.offices[0].why.ru


def test_where_few_schools_are_named_only_those_are_offered(
    finder: Finder, services: dict[str, Service], directory: Directory
) -> None:
    for place in directory.places.values():
        if place.parent == "almaty_city":
            finding = finder.find(services["external_study_permission"], place=place.id)
            assert 1 <= len(finding.offices) <= 12


def test_outside_almaty_the_local_department_and_the_national_service_are_named(
    finder: Finder, services: dict[str, Service]
) -> None:
    meals = finder.find(services["free_school_meals_almaty"], place="mangystau.aktau")
    assert meals.territory == "outside"
    assert meals.offices == ()
    assert meals.instead is not None
    assert meals.instead.office is not None
    assert meals.instead.service == "free_school_meals"
    assert meals.instead.office.district == "mangystau.aktau"
    garden = finder.find(services["kindergarten_admission"], place="mangystau.aktau")
    assert garden.instead is not None
    assert garden.instead.office is not None
    assert garden.instead.office.kind == "district_education_department"
    assert "Алматы" in garden.instead.why.ru


def test_a_school_that_no_list_names_leads_to_the_department_above(
    finder: Finder, services: dict[str, Service]
) -> None:
    finding = finder.find(services["free_school_meals"], place="mangystau.aktau")
    assert finding.territory == "inside"
    assert kinds(finding) == {"district_education_department": 1}
    assert finding.instead is not None
    assert "список для этого места нам не известен" in finding.offices[0].why.ru


def test_in_a_village_its_own_akim_comes_first(
    finder: Finder, services: dict[str, Service], directory: Directory
) -> None:
    service = services["guardianship_certificate"]
    okrug = finder.find(service, place="karaganda.abay.koksu_okrug")
    assert okrug.offices[0].office.kind == "rural_akim"
    assert kinds(okrug)["rural_akim"] == 1
    assert okrug.offices[0].office.name.kk.startswith("«Көксу")
    seat = next(
        each for each in directory.offices.values() if each.kind == "rural_akim" and each.locality
    )
    farm = finder.find(services["subsidiary_farm_certificate"], place=seat.locality)
    assert farm.offices[0].office.locality == seat.locality


def test_in_a_town_the_department_comes_first(finder: Finder, services: dict[str, Service]) -> None:
    finding = finder.find(services["guardianship_certificate"], place="karaganda.balkash_city")
    assert finding.offices[0].office.kind == "district_education_department"
    assert finding.offices[0].office.district == "karaganda.balkash_city"


def test_a_region_founded_since_is_its_districts_of_then(
    finder: Finder, services: dict[str, Service], directory: Directory
) -> None:
    finding = finder.find(services["guardianship_certificate"], place="ulytau")
    assert finding.territory == "inside"
    departments = [
        each.office.district
        for each in finding.offices
        if each.office.kind == "district_education_department"
    ]
    assert departments
    assert all(directory.places[d or ""].today_parent == "ulytau" for d in departments)


def test_a_point_proposes_districts_and_orders_by_distance(
    finder: Finder, services: dict[str, Service]
) -> None:
    finding = finder.find(services["guardianship_certificate"], point=(46.84, 74.98))
    assert finding.districts[0] == "karaganda.balkash_city"
    distances = [each.distance_km for each in finding.offices if each.distance_km is not None]
    assert distances == sorted(distances)
    assert finding.offices[0].office.district == "karaganda.balkash_city"
    far = finder.find(services["kindergarten_admission"], point=(43.65, 51.17))
    assert far.territory == "outside"
    assert far.instead is not None


def test_complaints_follow_step_and_subject(finder: Finder, services: dict[str, Service]) -> None:
    service = services["school_admission"]
    first = finder.find(service, place="almaty_city.alatau", purpose="complaint")
    assert set(kinds(first)) == {
        "district_education_department",
        "region_education_department",
    }
    second = finder.find(service, place="almaty_city.alatau", purpose="complaint", step=2)
    assert set(kinds(second)) == {"ministry"}
    farm = finder.find(
        services["subsidiary_farm_certificate"],
        place="akmola.akkol",
        purpose="complaint",
        subject="refused",
    )
    assert set(kinds(farm)) == {"district_akimat", "region_akimat"}


def test_without_a_place_the_territory_is_unknown(
    finder: Finder, services: dict[str, Service]
) -> None:
    assert finder.find(services["college_admission"]).territory == "unknown"
    assert finder.find(services["free_school_meals"]).territory == "inside"


def test_where_no_akim_is_known_the_akimat_of_the_district_stands_beside_the_centre(
    finder: Finder, services: dict[str, Service]
) -> None:
    finding = finder.find(services["subsidiary_farm_certificate"], place="akmola.akkol")
    assert kinds(finding) == {"service_centre": 1, "district_akimat": 1}
    akimat = next(each for each in finding.offices if each.office.kind == "district_akimat")
    assert "не известен" in akimat.why.ru


def test_an_act_that_is_silent_on_complaints_is_not_quoted_for_them(
    finder: Finder, services: dict[str, Service]
) -> None:
    service = services["targeted_social_assistance"]
    finding = finder.find(service, place="almaty.aksu", purpose="complaint")
    assert all("молчит" in each.why.ru for each in finding.offices)


def test_with_boundaries_the_point_decides(
    directory: Directory, services: dict[str, Service]
) -> None:
    square = [[[70.0, 48.0], [71.0, 48.0], [71.0, 49.0], [70.0, 49.0]]]
    drawn = replace(directory, boundaries={"karaganda.abay": square})
    finder = Finder(drawn, services, load_whys(DATA))
    service = services["guardianship_certificate"]
    inside = finder.find(service, point=(48.5, 70.5))
    assert (inside.place, inside.districts) == ("karaganda.abay", ())
    assert inside.offices[0].office.district == "karaganda.abay"
    outside = finder.find(service, point=(46.84, 74.98))
    assert outside.place is None
    assert len(outside.districts) == 3
