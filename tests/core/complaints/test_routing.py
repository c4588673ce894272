"""Who gets a complaint: the act's own routes, those above an office, and never nobody."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.complaints.model import Complaint, Said
from core.complaints.routing import Holder, Scope, above, address, last_step, owners
from core.directory.finding import Finder, load_whys
from core.directory.whole import Directory
from core.release import DATA, load_directory
from core.services.library import Library, load_library

NOW = datetime(2026, 11, 27, 6, 0, tzinfo=UTC)
ADMIN, OFFICIAL, ABOVE = 7000000004, 7000000003, 7000000005


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(DATA)


@pytest.fixture(scope="module")
def directory() -> Directory:
    return load_directory(DATA)


@pytest.fixture(scope="module")
def finder(directory: Directory, library: Library) -> Finder:
    return Finder(directory, library.services, load_whys(DATA))


def complaint(addressee: str | None, service: str | None = None) -> Complaint:
    return Complaint(
        id=1,
        person_id=7000000001,
        language="kk",
        service=service,
        place=None,
        office=addressee,
        addressee=addressee,
        step=1,
        subject="late",
        state="sent",
        said=Said(),
        taken_by=None,
        incoming_number=None,
        registered_on=None,
        extended_days=0,
        follows=None,
        joined_to=None,
        version=0,
        created_at=NOW,
        sent_at=NOW,
        changed_at=NOW,
    )


def test_every_subject_of_every_service_has_an_office_wherever_the_act_reaches(
    library: Library, directory: Directory, finder: Finder
) -> None:
    lost = []
    for service in library.services.values():
        for subject in {each for route in service.routes for each in route.subjects}:
            for step in range(1, last_step(service, subject) + 1):
                kinds = {each.to.kind for each in service.routes if each.step == step}
                for place in ("karaganda.balkash_city", "almaty_city"):
                    found = address(
                        finder,
                        directory,
                        service=service,
                        place=place,
                        about=None,
                        subject=subject,
                        step=step,
                    )
                    inside = finder.find(service, place=place).territory == "inside"
                    if inside and found.office is None and kinds != {"court"}:
                        lost.append((service.id, subject, step, place))
    assert not lost


def test_without_an_act_a_school_answers_for_itself_but_not_for_how_its_people_behave(
    directory: Directory, finder: Finder
) -> None:
    school = next(each for each in directory.offices.values() if each.kind == "school")
    upper = list(above(directory, school))
    assert upper
    for subject, expected in (("late", school), ("rude", upper[0]), ("money", upper[0])):
        found = address(
            finder,
            directory,
            service=None,
            place=None,
            about=school,
            subject=subject,  # type: ignore[arg-type]
        )
        assert found.office == expected
        assert not found.by_act
    further = address(
        finder, directory, service=None, place=None, about=school, subject="late", step=2
    )
    assert further.office == upper[0]
    assert further.body == "higher"


def test_a_complaint_goes_up_until_somebody_has_it(directory: Directory) -> None:
    school = next(each for each in directory.offices.values() if each.kind == "school")
    upper = next(above(directory, school))
    made = complaint(school.id)
    its_own = Holder(OFFICIAL, Scope(offices=frozenset({school.id})))
    over = Holder(ABOVE, Scope(offices=frozenset({upper.id})))
    assert owners(directory, made, [over, its_own], [ADMIN]).people == (OFFICIAL,)
    higher = owners(directory, made, [over], [ADMIN])
    assert (higher.has, higher.office, higher.people) == ("above", upper, (ABOVE,))
    nobody = owners(directory, made, [], [ADMIN])
    assert (nobody.has, nobody.people) == ("admins", (ADMIN,))
    given_back = owners(directory, made, [its_own], [ADMIN], barred=frozenset({OFFICIAL}))
    assert given_back.has == "admins"
    lost = replace(made, addressee=None)
    assert owners(directory, lost, [its_own], [ADMIN]).has == "admins"


def test_a_scope_covers_what_it_names_and_nothing_else(directory: Directory) -> None:
    school = next(each for each in directory.offices.values() if each.kind == "school")
    other = next(
        each
        for each in directory.offices.values()
        if each.kind == "school" and each.district != school.district
    )
    assert not Scope.read({}).covers(school, "x")
    assert Scope.read({"offices": [school.id]}).covers(school, None)
    assert not Scope.read({"offices": [school.id]}).covers(other, None)
    area = Scope.read({"districts": [school.district], "services": ["x"]})
    assert area.covers(school, "x")
    assert not area.covers(school, "y")
    assert not area.covers(other, "x")
    assert not area.covers(None, "x")
    assert Scope.read({"services": ["x"]}).covers(None, "x")
