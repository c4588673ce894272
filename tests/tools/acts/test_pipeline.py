"""The whole extraction on small texts in the shapes of the acts."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from core.directory.loading import load_aliases, load_offices
from core.directory.model import Office
from tests.tools.acts.conftest import ROOT
from tools.acts.__main__ import LISTS, main
from tools.acts.pipeline import Pipeline, RowCountError

DECREE = """Тізім
\t№
\tАтауы
\tТелефон
\tМекенжайы
\tСайт

\tҚарағанды облысы

\t1.
\t«Балқаш қаласы әкiмiнiң аппараты» ММ
\t8(71036)42648
\t100300, Балқаш қ., Уәлиханов к-сi, 3
\tbalkhash@mail.ru

\t2.
\t«Шет ауданы әкiмiнiң
аппараты» ММ
\t8(71031)21000
\tАқсу-Аюлы а., Шортанбай жырау к-сi, 24
\thttp://www.shet.kz
"""
ORDER = """Тізім
\t№
\tАтауы
\tМекенжайы

\t1.
\t«Ақшатау кенті әкімінің аппараты» мемлекеттік мекемесі
\tШет ауданы, Ақшатау кенті, Абай көшесі, 5, тел. 8 (71031) 2-15-90
"""
RECEPTION = """\tБалқаш қаласының әкімі
\t100300, Балқаш қаласы, Уәлиханов көшесі, 5, тел. 8 (71036) 42-648
\tӘкім: айына бір рет, сағат 17.00-ден бастап
"""
OBLAST = """Ақсу ауданы

1

Ақсу селолық округ

Ақсу ауылы, Абай к., 7

8(72832)2-10-10
"""
CITY = (
    "1\tАлматы қаласы Білім басқармасының «№ 12 гимназия» коммуналдық мемлекеттік\t"
    "Абай даңғылы, 5\t255-44-11\n"
    "\tмекемесі\t\t\n"
    "2\tАлматы қаласы Білім басқармасының «№ 14 гимназия» коммуналдық мемлекеттік мекемесі\t"
    "Достық даңғылы, 7\t2554\n"
)
ANNEXES = """
- act: decree_1119_2012
  file: decree.txt
  annexes:
    - {service: free_school_meals, annex: "2", kind: district_akimat, shape: cells,
       columns: [name, contacts, address, site], lines: [2, 21], rows: 2, serves: [provider]}
- act: karaganda_35_01
  file: order.txt
  region: karaganda
  annexes:
    - {service: foster_care_application, annex: "2", kind: rural_akim, shape: cells,
       columns: [name, address], lines: [1, 8], rows: 1, serves: [provider, information]}
    - {service: foster_care_application, annex: "4", kind: district_akimat,
       shape: unnumbered_cells, columns: [name, address, reception], lines: [10, 12],
       rows: 1, serves: [complaint]}
- act: almaty_oblast_420
  file: oblast.txt
  region: almaty
  annexes:
    - {service: targeted_social_assistance, annex: "2", kind: rural_akim, shape: spaced,
       columns: [name, address], lines: [1, 9], rows: 1, serves: [provider],
       hours: weekdays_9_18}
- act: almaty_city_4_1097
  file: city.txt
  region: almaty_city
  annexes:
    - {service: school_admission, annex: "1", kind: school, shape: columns,
       columns: [name, address, contacts], lines: [1, 3], rows: 2, serves: [provider]}
"""
MADE_BY_RUNS = ("offices.jsonl", "ids.csv", "aliases.csv")


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A data folder without listings, ids and offices, and beside it the lists."""
    data, lists = tmp_path / "data", tmp_path / "lists"
    shutil.copytree(LISTS, lists)
    shutil.copytree(ROOT / "data" / "places", data / "places")
    shutil.copytree(
        ROOT / "data" / "directory",
        data / "directory",
        ignore=shutil.ignore_patterns("listings", *MADE_BY_RUNS),
    )
    typed = (
        lists / "retyped.csv",
        lists / "corrections.csv",
        data / "directory" / "paragraphs.csv",
    )
    for path in typed:
        head = path.read_text(encoding="utf-8").split("\n")[0]
        path.write_text(f"{head}\n", encoding="utf-8")
    (lists / "annexes.yaml").write_text(ANNEXES, encoding="utf-8")
    return data


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    texts = {"decree": DECREE, "order": f"{ORDER}\n{RECEPTION}", "oblast": OBLAST, "city": CITY}
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def run(data: Path, sources: Path, *, anew: bool = False) -> dict[str, Office]:
    Pipeline(data, data.parent / "lists").run(sources, anew=anew)
    return load_offices(data)


def only(offices: dict[str, Office], **fields: Any) -> Office:
    [found] = [
        office
        for office in offices.values()
        if all(getattr(office, name) == value for name, value in fields.items())
    ]
    return found


def test_an_akimat_of_two_acts_is_one_office(made: Path, sources: Path) -> None:
    offices = run(made, sources)
    assert len(offices) == 6
    akimat = only(offices, district="karaganda.balkash_city")
    assert akimat.name.kk == "«Балқаш қаласы әкімінің аппараты» ММ"
    assert akimat.name.ru == "ГУ «Аппарат акима города Балхаш»"
    assert akimat.address.ru == "г. Балхаш, ул. Уалиханова, 3"
    assert akimat.postcode == "100300"
    assert akimat.phones == ("+77103642648",)
    assert akimat.emails == ("balkhash@mail.ru",)
    assert akimat.position == "locality"
    assert {(pair.service, pair.role) for pair in akimat.serves} == {
        ("free_school_meals", "provider"),
        ("foster_care_application", "complaint"),
    }
    assert akimat.reception[0].when.ru == "раз в месяц, с 17.00"
    assert {flag.kind for flag in akimat.flags} == {"address_differs", "email_as_site"}


def test_a_row_keeps_its_heading_number_and_joined_name(made: Path, sources: Path) -> None:
    akimat = only(run(made, sources), district="karaganda.shet", kind="district_akimat")
    [listing] = akimat.listings
    assert (listing.group, listing.row, listing.place) == ("Қарағанды облысы", 2, 2)
    assert listing.name == "«Шет ауданы әкімінің аппараты» ММ"
    assert akimat.websites == ("http://www.shet.kz",)


def test_a_rural_akim_cut_short_gets_its_whole_name_and_hours(made: Path, sources: Path) -> None:
    akim = only(run(made, sources), district="almaty.aksu")
    assert akim.listings[0].name == "Ақсу селолық округ"
    assert akim.name.kk == "Ақсу ауылдық округі әкімінің аппараты"
    assert akim.hours[0].opens == "09:00"
    assert akim.phones == ("+77283221010",)


def test_schools_are_joined_over_lines_and_get_the_code_of_their_city(
    made: Path, sources: Path
) -> None:
    offices = run(made, sources)
    whole, broken = sorted(
        (office for office in offices.values() if office.kind == "school"),
        key=lambda office: office.id,
    )
    assert whole.name.ru == "КГУ «Гимназия № 12» Управления образования города Алматы"
    assert whole.phones == ("+77272554411",)
    assert [flag.kind for flag in whole.flags] == ["code_added"]
    assert broken.phones == ()
    assert broken.phones_as_printed == ("2554",)
    assert [flag.kind for flag in broken.flags] == ["number_unusable"]


def test_a_second_run_changes_nothing(made: Path, sources: Path) -> None:
    run(made, sources)
    before = {name: (made / "directory" / name).read_bytes() for name in MADE_BY_RUNS}
    run(made, sources)
    assert before == {name: (made / "directory" / name).read_bytes() for name in MADE_BY_RUNS}


def test_a_line_changed_by_hand_stays_until_all_is_built_anew(made: Path, sources: Path) -> None:
    office = only(run(made, sources), district="karaganda.balkash_city")
    path = made / "directory" / "offices.jsonl"
    changed = [
        json.dumps({**record, "postcode": "100301"}, ensure_ascii=False)
        if (record := json.loads(line))["id"] == office.id
        else line
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    path.write_text("\n".join(changed), encoding="utf-8")
    assert run(made, sources)[office.id].postcode == "100301"
    assert run(made, sources, anew=True)[office.id].postcode == "100300"


def test_a_new_row_gets_a_new_id_and_no_other_moves(made: Path, sources: Path) -> None:
    before = run(made, sources)
    added = "3\tАлматы қаласы Білім басқармасының «№ 99 мектеп» КММ\tАбай даңғылы, 99\t2554499\n"
    (sources / "city.txt").write_text(CITY + added, encoding="utf-8")
    annexes = made.parent / "lists" / "annexes.yaml"
    text = annexes.read_text(encoding="utf-8")
    annexes.write_text(
        text.replace("lines: [1, 3], rows: 2", "lines: [1, 4], rows: 3"), encoding="utf-8"
    )
    after = run(made, sources)
    assert after.keys() - before.keys() == {"of0007"}
    assert all(after[office].name == before[office].name for office in before)
    assert load_aliases(made) == {}


def test_a_correction_by_eye_leads_and_is_said(made: Path, sources: Path) -> None:
    with (made.parent / "lists" / "corrections.csv").open("a", encoding="utf-8") as file:
        file.write(
            "karaganda_35_01,foster_care_application,2,,1,district,karaganda.zhanaarka,as a test\n"
        )
        file.write(
            "karaganda_35_01,foster_care_application,2,,1,address,"
            '"Жаңаарқа ауданы, Атасу кенті, Абай көшесі, 6",as a test\n'
        )
    akim = only(run(made, sources), district="karaganda.zhanaarka")
    assert akim.address.ru.endswith("ул. Абая, 6")
    assert akim.listings[0].address.endswith("Абай көшесі, 5")
    assert "corrected" in {flag.kind for flag in akim.flags}


def test_mails_and_sites_are_corrected_too(made: Path, sources: Path) -> None:
    with (made.parent / "lists" / "corrections.csv").open("a", encoding="utf-8") as file:
        file.write("decree_1119_2012,free_school_meals,2,,1,emails,balqash@mail.ru,as a test\n")
        file.write("decree_1119_2012,free_school_meals,2,,2,websites,shet.gov.kz,as a test\n")
    offices = run(made, sources)
    balkash = only(offices, district="karaganda.balkash_city")
    assert balkash.emails == ("balqash@mail.ru",)
    assert balkash.listings[0].emails == ("balkhash@mail.ru",)
    assert only(offices, district="karaganda.shet", kind="district_akimat").websites == (
        "shet.gov.kz",
    )


def test_a_row_typed_by_eye_takes_the_place_of_the_torn_one(made: Path, sources: Path) -> None:
    with (made.parent / "lists" / "retyped.csv").open("a", encoding="utf-8") as file:
        file.write(
            "almaty_city_4_1097,school_admission,1,,2,2,,№ 15 мектеп,"
            '"Достық даңғылы, 9",255-44-15,,,,as a test\n'
        )
    offices = run(made, sources)
    school = next(o for o in offices.values() if o.phones == ("+77272554415",))
    assert school.listings[0].name == "№ 15 мектеп"


def test_another_number_of_rows_than_counted_stops_the_run(made: Path, sources: Path) -> None:
    annexes = made.parent / "lists" / "annexes.yaml"
    text = annexes.read_text(encoding="utf-8")
    annexes.write_text(text.replace("lines: [2, 21], rows: 2", "lines: [2, 21], rows: 3"), "utf-8")
    with pytest.raises(RowCountError, match="free_school_meals annex 2: 2 rows read, 3 counted"):
        run(made, sources)


def test_the_command_wants_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([str(tmp_path / "absent")])
    assert stopped.value.code == 2
    assert "is no folder" in capsys.readouterr().err
