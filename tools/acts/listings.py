"""A printed row understood: name, address and contacts, letters mended, digits as printed."""

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from core.directory.model import Listing
from tools.acts.annexes import Annex
from tools.acts.contacts import ContactReader
from tools.acts.letters import Letters, tidy
from tools.acts.rows import PrintedRow
from tools.acts.words import Words

Key = tuple[str, str, str, str]
TRAILING_PHONE_SHAPES = ("spaced", "lines")


class ListingReader:
    """Makes listings of the rows of one act."""

    def __init__(self, act: str, words: Words, letters: Letters) -> None:
        self._act = act
        self._letters = letters
        self._contacts = ContactReader(words, letters)
        self._centre = re.compile(rf"^(.*?{words.centre})\s+(.*)$", re.DOTALL)
        self._gap_before_quote = re.compile(r"(?<=[\u00ab])\s+|\s+(?=[\u00bb])")

    def read(self, annex: Annex, place: int, row: PrintedRow) -> Listing:
        """One listing; `place` is the row's place in its list."""
        cells = dict(zip(annex.columns, row.cells, strict=False))
        if annex.shape == "columns":
            cells = {column: self._letters.join_runs(cell) for column, cell in cells.items()}
        name, address = cells["name"], cells.get("address", "")
        if annex.shape == "lines":
            name, address = self._split_line(name)
        trailing = annex.shape in TRAILING_PHONE_SHAPES
        address, beside = self._contacts.part(address, trailing_phone=trailing)
        found = self._contacts.read("\n".join([beside, cells.get("contacts", "")]))
        self._contacts.read_sites(cells.get("site", cells.get("online", "")), found)
        return Listing(
            act=self._act,
            service=annex.service,
            annex=annex.annex,
            list=annex.list,
            group=self._text(row.group) or None,
            row=int(row.number) if row.number else place,
            place=place,
            name=self._text(name),
            address=self._text(address),
            phones=found.phones,
            faxes=found.faxes,
            emails=found.emails,
            websites=found.websites,
            reception=self._text(cells.get("reception", "").replace("\n", " ")),
            note="; ".join(self._letters.fold(text) for text in found.unread),
        )

    def _split_line(self, text: str) -> tuple[str, str]:
        parts = self._centre.match(text)
        return (parts.group(1), parts.group(2)) if parts else (text, "")

    def _text(self, text: str) -> str:
        return self._gap_before_quote.sub("", tidy(self._letters.fold(text)))


def load_retyped(lists: Path) -> dict[Key, list[dict[str, str]]]:
    """Rows typed by eye because print tore them apart, by act, service, annex and list."""
    rows: dict[Key, list[dict[str, str]]] = {}
    with (lists / "retyped.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = (row["act"], row["service"], row["annex"], row["list"])
            rows.setdefault(key, []).append(row)
    return rows


def with_retyped(
    printed: Sequence[PrintedRow], annex: Annex, retyped: Iterable[dict[str, str]]
) -> list[PrintedRow]:
    """The rows with those typed by eye in their places."""
    rows = list(printed)
    for typed in retyped:
        at = int(typed["place"]) - 1
        cells = tuple(typed[column] for column in annex.columns)
        row = PrintedRow(typed["row"], typed["group"], cells, rows[at].line if rows[at:] else 0)
        if rows[at:] and rows[at].number == typed["row"]:
            rows[at] = row
        else:
            rows.insert(at, row)
    return rows
