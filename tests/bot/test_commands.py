"""The commands about places and offices, run as an operator runs them."""

import csv
import json
import socket
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from core.directory.loading import load_offices
from core.release import DATA
from core.sheets.harmless import as_meant
from tests.bot.commands import Ended, Run, command_at


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run a command on one database that is made by the first."""
    return command_at(tmp_path_factory.mktemp("commands"))


def read(ended: Ended) -> Any:
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def test_place_finds_and_says_when_it_must_ask(run: Run) -> None:
    found = read(run("place", "Балхаш қаласы", "--json"))
    assert found["results"][0]["id"] == "karaganda.balkash_city"
    assert set(found["results"][0]) >= {
        *("id", "name", "kind", "region", "district", "lat", "lon", "score"),
    }
    assert read(run("place", "Абай ауданы", "--json"))["ambiguous"]


@pytest.mark.parametrize("command", ["search", "place"])
def test_finding_nothing_is_said(run: Run, command: str) -> None:
    told = run(command, "zzzzqqqq")
    assert (told.returncode, told.stdout) == (0, "")
    assert told.stderr.endswith("nothing is found\n")
    assert read(run(command, "zzzzqqqq", "--json"))["results"] == []


def test_a_port_that_is_taken_is_told_in_one_line(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = run("playground", "--port", str(port))
    assert told.returncode == 2
    assert str(port) in told.stderr
    assert "choose another port" in told.stderr
    assert "Traceback" not in told.stderr


def test_office_find_at_a_place_in_words_and_by_point(run: Run) -> None:
    service = ("office", "find", "--json", "--service", "guardianship_certificate")
    at = read(run(*service, "--place", "karaganda.balkash_city"))
    assert at["place"] == "karaganda.balkash_city"
    assert at["territory"] == "inside"
    first = at["offices"][0]
    assert first["kind"] == "district_education_department"
    assert {"distance_km", "why", "listings", "phones", "serves"} <= set(first)
    by_words = read(run(*service, "--text", "город Балхаш"))
    assert [each["id"] for each in by_words["offices"]] == [each["id"] for each in at["offices"]]
    near = read(run(*service, "--lat", "46.84", "--lon", "74.98"))
    assert near["place"] is None
    assert near["ambiguous"][0]["id"] == "karaganda.balkash_city"
    assert near["offices"][0]["distance_km"] < 20


def test_office_find_asks_which_of_two_districts(run: Run) -> None:
    found = read(
        run("office", "find", "--service", "free_school_meals", "--text", "Абай ауданы", "--json")
    )
    assert found["place"] is None
    assert len(found["ambiguous"]) > 1
    assert found["offices"] == []


def test_office_find_by_the_number_of_a_school(run: Run) -> None:
    command = ("office", "find", "--service", "school_admission", "--text", "мектеп 41", "--json")
    found = read(run(*command))
    assert "№ 41 " in found["offices"][0]["name"]["ru"]


def test_outside_the_territory_the_national_service_is_named(run: Run) -> None:
    service = ("office", "find", "--json", "--service", "free_school_meals_almaty")
    found = read(run(*service, "--place", "mangystau.aktau", "--as", "provider"))
    assert found["territory"] == "outside"
    assert found["offices"] == []
    assert found["instead"]["office"]
    assert found["instead"]["service"] == "free_school_meals"
    complaint = read(run(*service, "--place", "almaty_city.alatau", "--as", "complaint"))
    assert complaint["offices"][0]["kind"] == "district_education_department"


def test_office_show(run: Run) -> None:
    shown = read(run("office", "show", "of0003", "--json"))
    assert shown == load_offices(DATA)["of0003"].model_dump(mode="json", by_alias=True)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("office", "show", "of9999"), "of9999"),
        (("office", "find", "--service", "nothing", "--place", "astana"), "nothing"),
        (("office", "find", "--service", "school_admission", "--place", "nowhere"), "nowhere"),
        (("office", "find", "--service", "school_admission"), "--text"),
        (("office", "find", "--service", "school_admission", "--lat", "43"), "--lon"),
        (
            ("office", "find", "--service", "school_admission", "--lat", "143", "--lon", "7"),
            "143",
        ),
        (("directory", "export", "--format", "xlsx"), "--out"),
        (("directory", "export", "--as-data"), "--out"),
        (("directory", "export", "--out", "no/such/folder/file"), "--out"),
    ],
)
def test_bad_input_ends_with_2_and_one_line(run: Run, words: tuple[str, ...], named: str) -> None:
    ended = run(*words)
    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 1
    assert named in ended.stderr
    assert ended.stdout == ""


def test_export_as_lines_table_and_workbook(run: Run, tmp_path: Path) -> None:
    offices = load_offices(DATA)
    lines = run("directory", "export").stdout.splitlines()
    assert {json.loads(line)["id"] for line in lines} == set(offices)
    rows = list(csv.DictReader(run("directory", "export", "--format", "csv").stdout.splitlines()))
    assert [row["id"] for row in rows] == sorted(offices)
    phones = {row["id"]: as_meant(row["phones"]).split("; ")[0] for row in rows}
    assert all(first in ("", *offices[office].phones) for office, first in phones.items())
    book = tmp_path / "offices.xlsx"
    assert run("directory", "export", "--format", "xlsx", "--out", str(book)).returncode == 0
    sheet = load_workbook(book)["offices"]
    assert sheet.max_row == len(offices) + 1


def test_exported_data_is_the_data(run: Run, tmp_path: Path) -> None:
    assert run("directory", "export", "--as-data", "--out", str(tmp_path)).returncode == 0
    for name in ("directory/offices.jsonl", "directory/aliases.csv", "places/places.csv"):
        written, kept = ((each / name).read_text(encoding="utf-8") for each in (tmp_path, DATA))
        assert written == kept, name


def test_check_lists_flags(run: Run) -> None:
    found = read(run("directory", "check", "--json"))
    kinds = {flag["kind"] for each in found for flag in each["flags"]}
    assert {"code_added", "phone_differs", "shared_phone", "no_phone"} <= kinds


def test_imported_boundaries_decide_for_a_point(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "districts.geojson"
    corners = [[60.0, 47.0], [61.0, 47.0], [61.0, 48.0], [60.0, 48.0], [60.0, 47.0]]
    feature = {
        "properties": {"ADM1_RU": "Карагандинская", "ADM2_RU": "Балхаш"},
        "geometry": {"type": "Polygon", "coordinates": [corners]},
    }
    file.write_text(json.dumps({"features": [feature]}), encoding="utf-8")
    ended = run("places", "import", str(file))
    assert ended.returncode == 0, ended.stderr
    service = ("office", "find", "--json", "--service", "guardianship_certificate")
    found = read(run(*service, "--lat", "47.5", "--lon", "60.5"))
    assert found["place"] == "karaganda.balkash_city"
    assert found["ambiguous"] == []
    file.write_text("no boundaries", encoding="utf-8")
    refused = run("places", "import", str(file))
    assert refused.returncode == 2
    assert len(refused.stderr.splitlines()) == 1


def test_a_table_is_tried_applied_told_and_undone(run: Run, tmp_path: Path) -> None:
    table, before, after = (tmp_path / name for name in ("t.csv", "before.jsonl", "after.jsonl"))
    table.write_text("id;Телефоны\nof0002;87270000001\nof0003;\n", encoding="cp1251")
    assert run("directory", "export", "--out", str(before)).returncode == 0
    found = read(run("directory", "import", str(table), "--json"))
    assert found["import_id"] is None
    assert (found["added"], found["removed"], found["errors"]) == ([], [], [])
    first = found["changed"][0]
    assert (first["id"], first["field"], first["new"]) == ("of0002", "phones", "+77270000001")
    marked = tmp_path / "marked.xlsx"
    done = run("directory", "import", str(table), "--apply", "--json", "--marked", str(marked))
    number = read(done)["import_id"]
    assert "rows read: 2" in done.stderr
    assert "offices written: " in done.stderr
    book = load_workbook(marked)
    assert book.active is not None
    assert book.active["D2"].fill.fgColor.rgb == "FFFFEB9C"
    log = read(run("directory", "log", "--office", "of0002", "--json"))
    assert (log[0]["origin"], log[0]["import_id"]) == ("import", number)
    assert log[0]["fields"]["phones"][1] == ["+77270000001"]
    undone = read(run("directory", "undo", str(number), "--json"))
    assert undone["left"] == []
    assert run("directory", "export", "--out", str(after)).returncode == 0
    assert after.read_bytes() == before.read_bytes()
    again = run("directory", "undo", str(number))
    assert (again.returncode, "undone already" in again.stderr) == (2, True)


def test_a_table_with_a_mistake_is_not_applied(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("id;phones;postcode\nof0002;12;\nof0003;;050001\n", encoding="utf-8")
    [wrong] = read(run("directory", "import", str(table), "--json"))["errors"]
    assert (wrong["row"], wrong["field"], wrong["value"]) == (2, "phones", "12")
    assert "+7 727 000 00 00" in wrong["why"]
    refused = run("directory", "import", str(table), "--apply")
    assert (refused.returncode, "nothing was applied" in refused.stderr) == (2, True)
    assert "050001" not in run("office", "show", "of0003", "--json").stdout
    table.write_bytes(b"%PDF-1.7")
    refused = run("directory", "import", str(table))
    assert refused.returncode == 2
    assert refused.stderr.splitlines() == [
        f"{table}: This is a document or a picture, not a table. Send it as XLSX or CSV."
    ]
