"""The directory loads whole, and a broken line is named."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from core.directory.loading import DirectoryFileError, load_offices
from core.directory.model import Office
from core.places.loading import load_places

DATA = Path(__file__).resolve().parents[3] / "data"
TABLE = "listings/decree_1119_2012/free_school_meals-1.csv"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shutil.copytree(DATA / "directory", tmp_path / "directory")
    return tmp_path


def change_line(data: Path, name: str, number: int, change: Callable[[str], str]) -> None:
    path = data / "directory" / name
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[number - 1] = change(lines[number - 1])
    path.write_text("\n".join(lines), encoding="utf-8")


def test_places_of_offices_are_known_and_lie_in_each_other(offices: dict[str, Office]) -> None:
    places = load_places(DATA)
    for office in offices.values():
        if office.district:
            assert places[office.district].parent == office.region
        if office.locality:
            assert places[office.locality].id.startswith(office.region or "")


def test_every_office_has_names_in_both_languages_and_someone_to_serve(
    offices: dict[str, Office],
) -> None:
    for office in offices.values():
        assert office.name.kk
        assert office.name.ru
        assert office.serves, office.id
        assert office.listings, office.id
        assert (office.lat is None) == (office.position is None)


def test_russian_has_no_kazakh_letters(offices: dict[str, Office]) -> None:
    kazakh = set("әғқңөұүһіӘҒҚҢӨҰҮҺІ")
    for office in offices.values():
        assert not kazakh & set(office.name.ru), office.id
        assert not kazakh & set(office.address.ru), office.id


def test_phones_are_whole_and_what_was_printed_is_kept(offices: dict[str, Office]) -> None:
    for office in offices.values():
        assert all(len(phone) == 12 and phone.startswith("+7") for phone in office.phones)
        if any(listing.phones for listing in office.listings):
            assert office.phones_as_printed, office.id


def test_json_is_the_contracts(offices: dict[str, Office]) -> None:
    office = next(office for office in offices.values() if office.hours)
    record = office.model_dump(mode="json", by_alias=True)
    assert record["hours"][0].keys() == {"days", "from", "to", "break", "text"}
    assert record["serves"][0].keys() == {"service", "as"}


def test_no_json(copied: Path) -> None:
    change_line(copied, "offices.jsonl", 7, lambda line: line[:-5])
    with pytest.raises(DirectoryFileError, match=r"offices\.jsonl, line 7: not JSON"):
        load_offices(copied)


def test_unknown_kind_of_office(copied: Path) -> None:
    change_line(copied, "offices.jsonl", 3, lambda line: line.replace('"kind": "', '"kind": "x', 1))
    with pytest.raises(DirectoryFileError, match=r"offices\.jsonl, line 3: kind: .* given 'x"):
        load_offices(copied)


def test_an_id_twice(copied: Path) -> None:
    first = (copied / "directory" / "offices.jsonl").read_text(encoding="utf-8").split("\n")[0]
    change_line(copied, "offices.jsonl", 2, lambda _: first)
    with pytest.raises(DirectoryFileError, match="line 2: id 'of0001' stands twice"):
        load_offices(copied)


def test_no_office_for_a_listing(copied: Path) -> None:
    change_line(copied, "ids.csv", 2, lambda line: line.replace("of0001", "of9999"))
    with pytest.raises(
        DirectoryFileError, match=r"ids\.csv, line 2: no office has the id 'of9999'"
    ):
        load_offices(copied)


def test_no_listing_for_an_id(copied: Path) -> None:
    change_line(copied, "ids.csv", 2, lambda line: line.replace(",1,,1,", ",1,,999,"))
    with pytest.raises(DirectoryFileError, match=r"ids\.csv, line 2: there is no listing"):
        load_offices(copied)


def test_a_place_that_is_no_number(copied: Path) -> None:
    change_line(copied, TABLE, 4, lambda line: f"x{line}")
    with pytest.raises(DirectoryFileError, match=r"free_school_meals-1\.csv, line 4: place: "):
        load_offices(copied)
