"""Who gets a complaint: the act's own routes, those above an office, and never nobody."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.complaints.model import Complaint, Said
from core.complaints.routing import (
    Holder,
    Holders,
    Scope,
    above,
    address,
    ladder,
    last_step,
    owners,
)
from core.directory.finding import Finder, load_whys
from core.directory.model import Office
from core.directory.whole import Directory
from core.release import DATA, load_directory
from core.services.library import Library, load_library
from core.services.model import Service, Subject

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
    assert owners(directory, made, Holders([over, its_own]), [ADMIN]).people == (OFFICIAL,)
    higher = owners(directory, made, Holders([over]), [ADMIN])
    assert (higher.has, higher.office, higher.people) == ("above", upper, (ABOVE,))
    nobody = owners(directory, made, Holders([]), [ADMIN])
    assert (nobody.has, nobody.people) == ("admins", (ADMIN,))
    given_back = owners(directory, made, Holders([its_own]), [ADMIN], barred=frozenset({OFFICIAL}))
    assert given_back.has == "admins"
    lost = replace(made, addressee=None)
    assert owners(directory, lost, Holders([its_own]), [ADMIN]).has == "admins"


def test_a_scope_covers_what_it_names_and_nothing_else(directory: Directory) -> None:
    school = next(each for each in directory.offices.values() if each.kind == "school")
    other = next(
        each
        for each in directory.offices.values()
        if each.kind == "school" and each.district != school.district
    )
    assert not Scope.read({}, directory).covers(school, "x")
    assert Scope.read({"offices": [school.id]}, directory).covers(school, None)
    assert not Scope.read({"offices": [school.id]}, directory).covers(other, None)
    area = Scope.read({"districts": [school.district], "services": ["x"]}, directory)
    assert area.covers(school, "x")
    assert not area.covers(school, "y")
    assert not area.covers(other, "x")
    assert not area.covers(None, "x")
    assert Scope.read({"services": ["x"]}, directory).covers(None, "x")


AT_MOST = 4
"""Offices of a kind that one service is tried with: the first, the last and some between."""


def offices_of(service: Service, directory: Directory) -> Iterator[Office]:
    """Some offices of each kind that give a service."""
    giving = [
        each
        for each in directory.offices.values()
        if any(own.service == service.id and own.role == "provider" for own in each.serves)
    ]
    for kind in {each.kind for each in giving}:
        alike = [each for each in giving if each.kind == kind]
        yield from alike[:: max(1, len(alike) // AT_MOST)]


def matters(library: Library, directory: Directory) -> Iterator[tuple[Service, Office, Subject]]:
    """Everything that can be complained about by the acts, with an office that it is about."""
    for service in library.services.values():
        subjects = sorted({each for route in service.routes for each in route.subjects})
        for office in offices_of(service, directory):
            for subject in subjects:
                yield service, office, subject


def test_a_complaint_never_goes_to_another_office_of_its_kind_or_to_one_below(
    library: Library, directory: Directory, finder: Finder
) -> None:
    wrong = []
    tried = 0
    for service, office, subject in matters(library, directory):
        tried += 1
        upper = {each.id for each in above(directory, office)}
        first = address(
            finder, directory, service=service, place=None, about=office, subject=subject
        ).office
        fits = first is not None and (
            first.id in {office.id, *upper} or first.kind.startswith("region_education")
        )
        if not fits:
            wrong.append((service.id, office.id, subject, first and first.id))
    assert tried > 500
    assert not wrong


def test_every_step_comes_to_somebody_new(
    library: Library, directory: Directory, finder: Finder
) -> None:
    stuck = []
    for service, office, subject in matters(library, directory):
        steps = ladder(
            finder, directory, service=service, place=None, about=office, subject=subject
        )
        names = [each.office.id for each in steps if each.office]
        if len(names) != len(set(names)) or len(names) != len(steps) or not steps:
            stuck.append((service.id, office.id, subject, names))
        assert [each.step for each in steps] == list(range(1, len(steps) + 1))
    assert not stuck


def test_where_the_act_names_the_office_and_one_above_it_the_one_above_gets_it(
    library: Library, directory: Directory, finder: Finder
) -> None:
    service = library.services["external_study_permission"]
    school = next(offices_of(service, directory))
    for subject in ("late", "rude", "refused"):
        found = address(
            finder, directory, service=service, place=None, about=school, subject=subject
        )
        assert found.by_act
        assert found.office == next(above(directory, school))


def test_an_office_of_which_only_the_kind_is_known_stands_for_nobody_in_particular(
    library: Library, directory: Directory, finder: Finder
) -> None:
    found = address(
        finder,
        directory,
        service=library.services["education_document_duplicate"],
        place="almaty_city",
        about=None,
        subject="late",
    )
    assert found.office is not None
    assert found.office.kind.endswith("_education_department")


def test_whoever_answers_for_a_record_answers_for_what_it_was_joined_to(
    directory: Directory,
) -> None:
    office = next(
        each
        for each in directory.offices.values()
        if each.kind == "school" and next(above(directory, each), None) is not None
    )
    joined = replace(directory, aliases={**directory.aliases, "of9999": office.id})
    higher = next(above(joined, office))
    for scope, about in (("of9999", office.id), (office.id, "of9999"), ("of9999", "of9999")):
        official = Holder(OFFICIAL, Scope.read({"offices": [scope]}, joined))
        found = owners(joined, complaint(about), Holders([official]), [ADMIN])
        assert (found.has, found.people) == ("officials", (OFFICIAL,))
        # Nor does what went higher come back to them under the other id.
        both = Holder(OFFICIAL, Scope.read({"offices": [scope, higher.id]}, joined))
        went_up = replace(complaint(about), addressee=higher.id)
        assert owners(joined, went_up, Holders([both]), [ADMIN]).people == (ADMIN,)


def test_what_went_higher_does_not_come_back_to_the_people_it_is_about(
    directory: Directory,
) -> None:
    school = next(each for each in directory.offices.values() if each.kind == "school")
    upper = next(above(directory, school))
    made = replace(complaint(upper.id), office=school.id)
    both = Holder(OFFICIAL, Scope(offices=frozenset({school.id, upper.id})))
    over = Holder(ABOVE, Scope(offices=frozenset({upper.id})))
    assert owners(directory, made, Holders([both, over]), [ADMIN]).people == (ABOVE,)
    alone = owners(directory, made, Holders([both]), [ADMIN])
    assert (alone.has, alone.people) == ("admins", (ADMIN,))
    to_itself = replace(made, addressee=school.id)
    assert owners(directory, to_itself, Holders([both]), [ADMIN]).people == (OFFICIAL,)


def test_everybody_who_may_have_a_complaint_is_found_without_asking_all(
    directory: Directory,
) -> None:
    """By offices, areas or services: found is whoever covers it, in the order of all."""
    offices = [each for each in directory.offices.values() if each.district][:200]
    scopes = [
        *(Scope(offices=frozenset({each.id})) for each in offices[::3]),
        *(Scope(areas=frozenset({each.district or ""})) for each in offices[::5]),
        Scope(areas=frozenset({"karaganda"}), services=frozenset({"free_school_meals"})),
        Scope(services=frozenset({"free_school_meals"})),
        Scope(),
    ]
    holders = Holders(Holder(number, scope) for number, scope in enumerate(scopes))
    for office in offices:
        near = list(holders.perhaps_for(office))
        for service in ("free_school_meals", "other", None):
            covering = [each for each in holders if each.scope.covers(office, service)]
            assert [each for each in near if each.scope.covers(office, service)] == covering
        assert len(near) < len(holders)
