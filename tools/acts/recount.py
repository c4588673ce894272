"""`python -m tools.acts.recount SOURCES`: the rows of every table counted once more in the acts.

Knows of no columns, cells or pages, and shares no code with the extraction: rows are counted by the
numbers printed before them, and every letter of a listing must be printed in its table.
"""

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
LISTINGS = HERE.parents[1] / "data" / "directory" / "listings"
ANNEXES = HERE / "lists" / "annexes.yaml"
# Cells that hold the numbers of the columns stand in a row with nothing between.
COLUMN_NUMBERS = 3
# Numbers of houses may come between the first row of a list and its second.
LOOKED_AHEAD = 4
NUMBER = re.compile(r"(\d(?: ?\d){0,2})(?:\.|$|(?=\s+[^\d\s])|(?=\s*[^\W\d_a-z]))")
NUMBERS_IN_ONE_LINE = re.compile(r"\s*1\s+2(?:\s+\d)*\s*")
# Rows without numbers each begin the times of reception so.
RECEPTION = re.compile(r"^\s*[^\W\d_]{4}:\s*$")
PRINTED_FIELDS = ("name", "address", "phones", "emails", "websites", "reception", "note")
# Latin letters, and two of old Kazakh founts, that pass for Cyrillic ones in the acts.
FOLDED = str.maketrans(
    "aceiopxyhtABCEHIKMOPTXYf\u0259\u0275",
    "\u0430\u0441\u0435\u0456\u043e\u0440\u0445\u0443\u04bb\u0442\u0410\u0412\u0421\u0415\u041d\u0406\u041a"
    "\u041c\u041e\u0420\u0422\u0425\u0423\u0493\u04d9\u04e9",
)


@dataclass(frozen=True)
class Counted:
    """One table: what is printed and what the data hold, and letters that only the data have."""

    act: str
    table: str
    printed: int
    held: int
    made_up: str


def recount(sources: Path, annexes: Path = ANNEXES, listings: Path = LISTINGS) -> list[Counted]:
    """Every table of the acts in the folder."""
    counted: list[Counted] = []
    for act in yaml.safe_load(annexes.read_text(encoding="utf-8")):
        text = (sources / act["file"]).read_text(encoding="utf-8").split("\n")
        for annex in act["annexes"]:
            first, last = annex["lines"]
            lines = text[first - 1 : last]
            name = "-".join(filter(None, (annex["service"], annex["annex"], annex.get("list"))))
            rows = _rows(listings / act["act"] / f"{name}.csv")
            printed = count_rows(lines, numbered=annex["shape"] != "unnumbered_cells")
            made_up = _letters_of(rows) - _letters("\n".join(lines))
            letters = "".join(sorted(made_up.elements()))
            counted.append(Counted(act["act"], name, printed, len(rows), letters))
    return counted


def count_rows(lines: Sequence[str], *, numbered: bool = True) -> int:
    """How many rows these lines print."""
    if not numbered:
        return sum(_begins_reception(lines, number) for number in range(len(lines)))
    heads = list(_heads(lines))
    rows = last = 0
    for place, number in enumerate(heads):
        soon = heads[place + 1 : place + 1 + LOOKED_AHEAD]
        begins_anew = number == 1 and (not soon or min(soon) <= number + 1)
        if not last or number == last + 1 or begins_anew:
            rows += 1
            last = number
    return rows


def _begins_reception(lines: Sequence[str], number: int) -> bool:
    return RECEPTION.match(lines[number]) is not None


def _heads(lines: Sequence[str]) -> Iterator[int]:
    """The numbers with which lines begin, but for those of the columns."""
    found = [
        (line, int(match.group(1).replace(" ", "")))
        for line, text in enumerate(lines)
        if _may_begin_a_row(lines, line)
        and not NUMBERS_IN_ONE_LINE.fullmatch(text)
        and (match := NUMBER.match(text.strip().split("\t")[0].strip()))
    ]
    side_by_side: list[int] = []
    for place, (line, number) in enumerate(found):
        if side_by_side and number != side_by_side[-1] + 1:
            if len(side_by_side) < COLUMN_NUMBERS:
                yield from side_by_side
            side_by_side = []
        side_by_side.append(number)
        end = found[place + 1][0] if place + 1 < len(found) else len(lines)
        if any(re.search(r"[^\W\d_]", text) for text in lines[line:end]):
            if len(side_by_side) < COLUMN_NUMBERS:
                yield from side_by_side
            side_by_side = []


def _may_begin_a_row(lines: Sequence[str], number: int) -> bool:
    """After an empty line, or where a cell begins."""
    return "\t" in lines[number] or number == 0 or not lines[number - 1].strip()


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _letters(text: str) -> Counter[str]:
    return Counter(letter for letter in text.translate(FOLDED).lower() if letter.isalnum())


def _letters_of(rows: Sequence[dict[str, str]]) -> Counter[str]:
    letters: Counter[str] = Counter()
    for row in rows:
        faxes = set(row["faxes"].split("; ")) - set(row["phones"].split("; "))
        letters += _letters(" ".join([*(row[field] for field in PRINTED_FIELDS), *faxes]))
    for group in {row["group"] for row in rows}:
        letters += _letters(group)
    return letters


def main(arguments: list[str]) -> int:
    """Print the tables; 1 where one differs."""
    parser: Any = argparse.ArgumentParser(prog="python -m tools.acts.recount")
    parser.add_argument("sources", type=Path, help="the folder with the texts of the acts")
    counted = recount(parser.parse_args(arguments).sources)
    for table in counted:
        letters = f"  letters not printed: {table.made_up}" if table.made_up else ""
        differs = "" if table.printed == table.held else "  differs"
        sys.stdout.write(
            f"{table.printed:5}{table.held:6}  {table.act} {table.table}{differs}{letters}\n"
        )
    rows = sum(table.printed for table in counted)
    sys.stdout.write(f"{rows:5}{sum(table.held for table in counted):6}  all\n")
    return int(any(table.printed != table.held for table in counted))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
