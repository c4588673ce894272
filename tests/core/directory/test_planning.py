"""What an import would change: nothing when the export comes back, and each mistake by its cell."""

import csv
import datetime as dt
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.directory.as_json import office_json
from core.directory.exporting import COLUMNS, row_of, table, write_workbook
from core.directory.fields import FIELDS, Around
from core.directory.finding import load_whys
from core.directory.mistakes import Wrong
from core.directory.model import Office
from core.directory.planning import Existing, Ground, HeadError, Planner, Summary
from core.directory.words import both, load_words
from core.places.loading import load_places
from core.services.library import load_library
from core.sheets.harmless import harmless
from tests.core.directory.made_up import office
from tests.core.directory.tables import LABELS, sheet

DATA = Path(__file__).resolve().parents[3] / "data"


@dataclass
class Planned:
    """What came of planning."""

    summary: Summary
    told: list[dict[str, Any]]
    plan: list[dict[str, Any]]
    problems: list[tuple[int, str, str]]
    rows: list[Any]


@pytest.fixture(scope="module")
def around() -> Around:
    services = load_library(DATA).services
    return Around(
        load_places(DATA),
        {name: (*both_of(each.title), *both_of(each.short)) for name, each in services.items()},
        load_words(DATA),
        {kind: both(text) for kind, text in load_whys(DATA).kinds.items()},
        dt.date(2026, 11, 21),
    )


def both_of(text: Any) -> tuple[str, str]:
    return text.kk, text.ru


def lines_of(bodies: list[dict[str, Any]]) -> str:
    canonical: dict[str, Any] = {"ensure_ascii": False, "sort_keys": True, "separators": (",", ":")}
    return "".join(f"{each['id']}\t{json.dumps(each, **canonical)}\n" for each in bodies)


@pytest.fixture(scope="module")
def real(offices: dict[str, Office], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("planning") / "offices"
    path.write_text(lines_of([office_json(each) for each in offices.values()]), encoding="utf-8")
    return path


@pytest.fixture
def few(tmp_path: Path) -> Path:
    path = tmp_path / "offices"
    path.write_text(lines_of(FEW), encoding="utf-8")
    return path


FEW = [office("of9001"), office("of9002", phones=["+77270000002"]), office("of9003", closed=True)]


def planned(path: Path, around: Around, content: bytes, **values: Any) -> Planned:
    plan, told = io.StringIO(), io.StringIO()
    with Existing(path) as existing:
        ground = Ground(existing, {"of9009": "of9001"}, around, 7, "ad", **values)
        planner = Planner(
            content, ground, labels=LABELS, plan=plan, told=told, progress=lambda _: None
        )
        rows = list(planner.rows())
    return Planned(
        planner.summary,
        [json.loads(each) for each in told.getvalue().splitlines()],
        [json.loads(each) for each in plan.getvalue().splitlines()],
        [(each.row, each.column, each.wrong) for each in planner.problems],
        rows,
    )


def test_the_export_comes_back_without_any_change(
    real: Path, around: Around, offices: dict[str, Office], tmp_path: Path
) -> None:
    file = tmp_path / "offices.xlsx"
    write_workbook(offices.values(), file)
    for content in (table(offices.values()).encode(), file.read_bytes()):
        found = planned(real, around, content)
        assert found.summary == Summary(rows=len(offices), untouched=len(offices))
        assert (found.told, found.plan, found.problems) == ([], [], [])


@dataclass
class Form:
    """A form in which somebody may send the export back."""

    fields: list[Any]
    order: Any
    encoding: str
    separator: str
    heading: str
    blank: int


FORMS = st.builds(
    Form,
    fields=st.lists(st.sampled_from(FIELDS), unique=True, min_size=1),
    order=st.randoms(use_true_random=False),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "kz1048", "cp1251"]),
    separator=st.sampled_from([";", ",", "\t"]),
    heading=st.sampled_from(["name", "kk", "ru"]),
    blank=st.integers(0, 3),
)


def encoded(text: str, encoding: str) -> bytes:
    """A text in an encoding; in the Kazakh one where Windows-1251 has not all of its letters."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode("kz1048")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=FORMS)
def test_any_columns_in_any_form_change_nothing(
    real: Path, around: Around, offices: dict[str, Office], form: Form
) -> None:
    chosen = form.order.sample(list(offices.values()), 60)
    columns = [None, *form.fields]
    form.order.shuffle(columns)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=form.separator)
    words = around.words.columns
    heads = [each.name if each else "id" for each in columns]
    writer.writerow(
        [each if form.heading == "name" else getattr(words[each], form.heading) for each in heads]
    )
    for each in chosen:
        body = office_json(each)
        cells = [body["id"] if column is None else column.shown(body) for column in columns]
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in cells])
        text.write("\r\n" * form.blank)
    found = planned(real, around, encoded(text.getvalue(), form.encoding))
    assert (found.summary.untouched, found.summary.errors) == (60, 0), found.problems
    assert found.plan == []


def test_changed_added_and_missing_offices_are_told(few: Path, around: Around) -> None:
    new = {"kind": "детский сад", "name_kk": "Балабақша", "name_ru": "Сад", "region": "almaty_city"}
    full = dict(zip(COLUMNS, row_of(FEW[0]), strict=True))
    found = planned(
        few,
        around,
        sheet(
            {**full, "phones": "8 (727) 000-00-09", "postcode": "", "Заметка": "x"},
            {**dict.fromkeys(full, ""), **new, "phones": "87270000010"},
        ),
        whole=True,
    )
    assert found.problems == []
    assert found.summary == Summary(
        rows=2,
        added=1,
        changed=1,
        removed=1,
        ignored=["Заметка"],
        by_field={"postcode": 1, "phones": 1},
    )
    changed = [each for each in found.told if each["what"] == "changed"]
    assert {(e["field"], e["old"], e["new"]) for e in changed} == {
        ("phones", "+77270000001", "+77270000009"),
        ("postcode", "050000", ""),
    }
    [added] = [each["add"] for each in found.plan if "add" in each]
    assert (added["id"], added["kind"], added["phones"]) == (
        "ad0007",
        "kindergarten",
        ["+77270000010"],
    )
    assert added["position"] is None
    assert added["serves"] == []
    Office.model_validate(added)
    assert [each["id"] for each in found.told if each["what"] == "removed"] == ["of9002"]


def test_a_part_of_the_directory_closes_nothing(few: Path, around: Around) -> None:
    found = planned(few, around, sheet({"id": "of9001", "postcode": "050001"}))
    assert (found.summary.changed, found.summary.removed, found.summary.absent) == (1, 0, 1)


def test_a_new_position_is_exact_and_doubts_that_were_answered_go(
    tmp_path: Path, around: Around
) -> None:
    doubts = [{"kind": "code_added", "text": "x"}, {"kind": "address_differs", "text": "y"}]
    path = tmp_path / "offices"
    path.write_text(lines_of([office("of9001", flags=doubts)]), encoding="utf-8")
    rows = sheet({"id": "of9001", "lat": "43,2401", "lon": "76.9", "phones": "+77270000005"})
    [step] = planned(path, around, rows).plan
    assert step["values"] == {
        "lat": 43.2401,
        "lon": 76.9,
        "position": "exact",
        "phones": ["+77270000005"],
        "flags": [doubts[1]],
    }


WRONG_CELLS = {
    "a kind that is none": ("kind", "почта", Wrong.KIND),
    "no kind": ("kind", "", Wrong.MISSING),
    "no name": ("name_ru", "  ", Wrong.MISSING),
    "a name of signs": ("name_kk", "№ 5", Wrong.NO_LETTERS),
    "a name too long": ("name_ru", "Школа " * 200, Wrong.TOO_LONG),
    "lost letters": ("name_kk", "Сына? мектебі", Wrong.LOST_LETTERS),
    "all letters lost": ("address_kk", "Алматы ?аласы", Wrong.LOST_LETTERS),
    "an unknown region": ("region", "Атлантида", Wrong.PLACE),
    "a district for a region": ("region", "almaty_city.almaly", Wrong.PLACE_ELSEWHERE),
    "a district elsewhere": ("district", "karaganda.nura", Wrong.PLACE_ELSEWHERE),
    "a village elsewhere": ("locality", "karaganda.nura.sonaly", Wrong.PLACE_ELSEWHERE),
    "a postcode too short": ("postcode", "0500", Wrong.POSTCODE),
    "a phone without code": ("phones", "55-55-55", Wrong.PHONE_SHORT),
    "a phone abroad": ("phones", "+44 20 7946 0000", Wrong.PHONE_ABROAD),
    "words for a phone": ("phones", "звоните 8 727", Wrong.PHONE_SHORT),
    "no digits for a phone": ("phones", "нет телефона", Wrong.PHONE),
    "a phone too long": ("phones", "8 727 000 00 00 00", Wrong.PHONE),
    "a Russian phone": ("phones", "+7 495 000-00-00", Wrong.PHONE),
    "one wrong of two": ("phones", "+77270000001; 12", Wrong.PHONE_SHORT),
    "a fax without code": ("faxes", "123456", Wrong.PHONE_SHORT),
    "an e-mail without @": ("emails", "school.example.kz", Wrong.EMAIL),
    "an e-mail without a point": ("emails", "school@example", Wrong.EMAIL),
    "a Cyrillic e-mail": ("emails", "школа@example.kz", Wrong.EMAIL),
    "a site with a space": ("websites", "www example kz", Wrong.WEBSITE),
    "a site without a point": ("websites", "example", Wrong.WEBSITE),
    "hours without days": ("hours", "9:00-18:00", Wrong.HOURS_DAYS),
    "hours without times": ("hours", "пн-пт", Wrong.HOURS_TIME),
    "hours backwards": ("hours", "пн-пт 18:00-9:00", Wrong.HOURS_ORDER),
    "days backwards": ("hours", "пт-пн 9:00-18:00", Wrong.HOURS_DAYS),
    "an hour that is none": ("hours", "пн-пт 9:00-25:00", Wrong.HOURS_TIME),
    "a break outside": ("hours", "пн-пт 9:00-18:00 (19:00-20:00)", Wrong.HOURS_ORDER),
    "hours with a story": ("hours", "пн-пт 9:00-18:00 кроме праздников", Wrong.HOURS_TIME),
    "an unknown day": ("hours", "понедник 9:00-18:00", Wrong.HOURS_DAYS),
    "a latitude in words": ("lat", "север", Wrong.DEGREES),
    "a latitude abroad": ("lat", "10.5", Wrong.ABROAD),
    "swapped degrees": ("lat", "76.95", Wrong.SWAPPED),
    "half a position": ("lon", "", Wrong.HALF_POSITION),
    "an unknown exactness": ("position", "примерно", Wrong.POSITION),
    "neither yes nor no": ("closed", "возможно", Wrong.YES_NO),
    "a day that is none": ("verified_on", "31.02.2026", Wrong.DATE),
    "a day to come": ("verified_on", "01.01.2027", Wrong.FUTURE),
    "an unknown service": ("serves", "fortune_telling", Wrong.SERVICE),
    "an unknown role": ("serves", "school_admission (ghost)", Wrong.ROLE),
    "a merged office": ("id", "of9009", Wrong.ID_MERGED),
    "an id with a space": ("id", "of 9001", Wrong.ID_MISTYPED),
    "an id in capitals": ("id", "OF9001", Wrong.ID_MISTYPED),
    "a mistyped id": ("id", "of900l", Wrong.ID_MISTYPED),
}


@pytest.mark.parametrize("name", WRONG_CELLS)
def test_a_wrong_cell_is_told_and_nothing_is_planned(few: Path, around: Around, name: str) -> None:
    column, value, wrong = WRONG_CELLS[name]
    row = dict(zip(COLUMNS, row_of(FEW[0]), strict=True)) | {column: value}
    found = planned(few, around, sheet(row))
    assert found.problems == [(2, column, wrong.value)]
    assert (found.summary.errors, found.plan, found.summary.changed) == (1, [], 0)
    assert found.rows[1][0].value == "wrong"


def test_an_id_stands_once(few: Path, around: Around) -> None:
    row = {"id": "of9001", "postcode": "050001"}
    assert planned(few, around, sheet(row, row)).problems == [(3, "id", "id_twice")]


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b"a;b\n1;2\n", "no_columns"),
        (b"id\nof9001\n", "no_columns"),
        ("id;phones;Телефон\nof9001;1;2\n".encode(), "two_columns"),
        (b"phones\n+77270000001\n", "no_ids"),
    ],
)
def test_a_head_that_says_too_little_is_refused(
    few: Path, around: Around, content: bytes, wrong: str
) -> None:
    with pytest.raises(HeadError) as refused:
        planned(few, around, content)
    assert refused.value.wrong == wrong
