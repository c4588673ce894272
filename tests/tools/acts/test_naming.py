"""Ids that last, and lines that stay as people left them."""

from core.directory.model import Office, Serves
from tests.tools.acts.placed import placed
from tools.acts.naming import give_ids, keep_lines
from tools.acts.organisations import Organisation


def school(number: int, place: int) -> Organisation:
    return Organisation("school", [placed(f"№ {number} мектеп", place=place)])


def test_the_first_run_numbers_from_one() -> None:
    given, ids, aliases = give_ids([school(5, 1), school(6, 2)], {})
    assert given == ["of0001", "of0002"]
    assert list(ids.values()) == given
    assert aliases == {}


def test_a_later_run_keeps_ids_whatever_the_order() -> None:
    first, second = school(5, 1), school(6, 2)
    _, ids, _ = give_ids([first, second], {})
    given, again, _ = give_ids([second, school(7, 3), first], ids)
    assert given == ["of0002", "of0003", "of0001"]
    assert ids.items() <= again.items()


def test_a_merge_leaves_an_alias() -> None:
    _, ids, _ = give_ids([school(5, 1), school(6, 2)], {})
    merged = Organisation("school", [*school(5, 1).members, *school(6, 2).members])
    given, again, aliases = give_ids([merged], ids)
    assert given == ["of0001"]
    assert aliases == {"of0002": "of0001"}
    assert set(again.values()) == {"of0001"}


def test_a_number_is_not_given_twice_even_when_its_office_is_gone() -> None:
    key = school(5, 1).members[0].listing.key
    given, _, _ = give_ids([school(6, 2)], {key: "of0009"})
    assert given == ["of0010"]


def test_a_changed_line_stays_and_newly_served_services_are_added(
    offices: dict[str, Office],
) -> None:
    built = next(iter(offices.values()))
    changed = built.model_copy(update={"postcode": "010000", "listings": ()})
    added = Serves(service="school_admission", role="information")
    more = built.model_copy(update={"serves": (*built.serves, added)})
    [kept] = keep_lines([more], {built.id: changed}, {})
    assert kept.postcode == "010000"
    assert kept.serves == (*built.serves, added)
    assert kept.listings == built.listings


def test_a_merged_line_goes(offices: dict[str, Office]) -> None:
    one, two, *_ = offices.values()
    assert keep_lines([one], {one.id: one, two.id: two}, {two.id: one.id}) == [one]
