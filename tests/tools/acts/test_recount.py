"""Rows counted by their numbers alone; the acts themselves, where they are at hand."""

import os
from pathlib import Path

import pytest

from tools.acts.recount import count_rows, main, recount

ROOT = Path(__file__).resolve().parents[3]
SOURCES = Path(os.environ.get("BAGYT_ACTS", ROOT.parent / "shared" / "sources"))

CELLS = [
    *("\t№", "\t1", "\t2", "\t3", "", "\tҚарағанды облысы", ""),
    *("\t1.", "\t«Балқаш қаласы»", "Абай к., 1", ""),
    *("\t2.", "\t«Шет ауданы»", "Абай к.,", "3", ""),
    *("\tАлматы облысы", "", "\t1.", "\t«Ақсу ауданы»", ""),
]
SPACED = ["1 2 3", "", "1", "Ақсу округ", "2-10-10", "", "2 Капал округ", "2-10-11"]
RECEPTION = ["\tБалқаш", "Әкім: ", "дүйсенбі", "\tШет", " Әкім:", "сейсенбі"]


@pytest.mark.parametrize(("lines", "numbered", "rows"), [
    (CELLS, True, 3), (SPACED, True, 2), (RECEPTION, False, 2), ([], True, 0),
])  # fmt: skip
def test_rows_are_counted_by_their_numbers(lines: list[str], numbered: bool, rows: int) -> None:
    assert count_rows(lines, numbered=numbered) == rows


def made_table(folder: Path, listed: str) -> tuple[Path, Path]:
    annexes, listings = folder / "annexes.yaml", folder / "listings"
    annexes.write_text(
        "- {act: one, file: one.txt, annexes: [{service: s, annex: '1', shape: spaced, "
        "lines: [1, 8]}]}",
        encoding="utf-8",
    )
    (folder / "one.txt").write_text("\n".join(SPACED), encoding="utf-8")
    (listings / "one").mkdir(parents=True)
    head = "place,row,group,name,address,phones,faxes,emails,websites,reception,note\n"
    (listings / "one" / "s-1.csv").write_text(head + listed, encoding="utf-8")
    return annexes, listings


def test_what_the_data_hold_is_held_against_the_print(tmp_path: Path) -> None:
    listed = "1,1,,Ақсу округ,,2-10-10,,,,,\n2,2,,Капал округ,ш,2-10-11,,,,,\n"
    [table] = recount(tmp_path, *made_table(tmp_path, listed))
    assert (table.printed, table.held, table.made_up) == (2, 2, "ш")


@pytest.mark.skipif(not SOURCES.is_dir(), reason="the texts of the acts are not here")
def test_every_table_of_the_acts_is_held_whole(capsys: pytest.CaptureFixture[str]) -> None:
    counted = recount(SOURCES)
    assert len(counted) == 63
    assert [each for each in counted if each.printed != each.held] == []
    assert [each for each in counted if each.made_up] == []
    assert main([str(SOURCES)]) == 0
    assert "4476  4476  all" in capsys.readouterr().out
