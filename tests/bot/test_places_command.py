"""Open files of places as an operator imports them: boundaries, then settlements."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.bot.commands import Run, command_at

BUKHAR = "karaganda.bukhar_zhyrau"
SQUARE = [[[73.0, 49.5], [74.5, 49.5], [74.5, 50.5], [73.0, 50.5], [73.0, 49.5]]]
TABLE = "id,lat,lon,name_kk,name_ru\nx:1,50.0,73.5,Тоймакөл,Тоймаколь\nx:2,10.0,10.0,Алыскөл,\n"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a command on a database of its own."""
    return command_at(tmp_path)


def boundaries() -> str:
    properties = {"KATO": "354000000", "name": "whatever it is called there"}
    shape = {"type": "Polygon", "coordinates": SQUARE}
    feature = {"type": "Feature", "properties": properties, "geometry": shape}
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


def told(run: Run, *words: str) -> Any:
    ended = run(*words, "--json")
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def test_boundaries_decide_and_settlements_are_found(run: Run, tmp_path: Path) -> None:
    (tmp_path / "districts.geojson").write_text(boundaries(), encoding="utf-8")
    (tmp_path / "villages.csv").write_text("\ufeff" + TABLE, encoding="utf-8")
    drawn = run("places", "import", "districts.geojson")
    assert (drawn.returncode, drawn.stdout) == (0, "")
    assert "1 districts" in drawn.stderr
    where = ("office", "find", "--service", "guardianship_certificate")
    found = told(run, *where, "--lat", "50.0", "--lon", "73.5")
    assert found["place"] == BUKHAR
    settled = run("places", "import", "villages.csv")
    assert settled.returncode == 0
    assert "1 new settlements" in settled.stderr
    assert "left out" in settled.stderr
    (first, *_) = told(run, "place", "Тоймакөл")["results"]
    assert (first["id"], first["district"]) == (f"{BUKHAR}.x1", BUKHAR)
    by_name = told(run, *where, "--text", "Тоймаколь")
    assert by_name["place"] == first["id"]
    assert by_name["offices"]
    # What an operator imported is no part of the project's own files.
    assert run("directory", "export", "--as-data", "--out", "out").returncode == 0
    assert "Тоймакөл" not in (tmp_path / "out" / "places" / "places.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.geojson", b"{}"), ("a.csv", b"a,b\n"), ("a.txt", b"\xff\xfe\x00"), ("none.csv", None)],
)
def test_other_files_are_refused_in_one_line(
    run: Run, tmp_path: Path, name: str, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    ended = run("places", "import", name)
    assert ended.returncode == 2
    assert ended.stderr.startswith(name)
    assert ended.stderr.count("\n") == 1
