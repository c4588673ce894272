"""Bad tables, each made here, and the very words that whoever sent one reads: what and where."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import Workbook

from core.directory import dry_run
from core.directory.around import table_words
from core.directory.bringing import bring_release
from core.directory.exporting import COLUMNS, row_of
from core.places.loading import load_places
from core.release import DATA
from core.services.library import load_library
from core.store import offices
from core.store.sealing import Sealer
from core.store.start import open_ready
from dialogs.importing.words import column_named, labels, refused
from dialogs.offices.mistakes import filled, mistake_phrases
from dialogs.speech import Speech
from tests.core.directory.made_up import office
from tests.core.directory.tables import keep_services, sheet
from tests.core.directory.test_planning import WRONG_CELLS
from tests.core.sheets.test_reading import PLAIN, REFUSED, made, saved, with_part
from tests.dialogs.visits import LANGUAGES

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
FEW = [office("of9001"), office("of9002", phones=["+77270000002"])]
ROW = dict(zip(COLUMNS, row_of(FEW[0]), strict=True))
NEW = {
    **dict.fromkeys(COLUMNS, ""),
    "kind": "школа",
    "name_kk": "Жаңа мектеп",
    "name_ru": "Новая школа",
    "region": "almaty_city",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What every table here is held against: two offices, and one that merged."""
    place: Path = tmp_path_factory.mktemp("bad")
    asyncio.run(lay_out(place))
    return place


async def lay_out(folder: Path) -> None:
    sealer = Sealer.from_setting("the key of the tests")
    database = await open_ready(f"sqlite+aiosqlite:///{folder / 'bad.db'}", sealer)
    async with database.writing() as tx:
        places = [each.model_dump(mode="json") for each in load_places(DATA).values()]
        await offices.bring_places(tx, places)
        services = ("school_admission", "free_school_meals")
        await keep_services(tx, load_library(DATA), services, NOW)
        await bring_release(tx, [*FEW, office("of9009")], NOW)
        await offices.merge(tx, "of9009", "of9001")
    say = LANGUAGES["ru"]
    words = labels(say, table_words())
    await dry_run.lay_out(database, folder, labels=words, now=NOW, today=NOW.date())
    await database.close()


def told(folder: Path, content: bytes, say: Speech) -> list[str]:
    """What is said of a table: why it is refused, or each mistake by its row and column."""
    (folder / dry_run.TABLE).write_bytes(content)
    found = dry_run.run(folder, lambda _: None, marks=False)
    assert not found.may_be_applied
    if found.refused is not None:
        return [refused(say, found.refused)]
    phrases, words = mistake_phrases(say), table_words()
    assert found.summary.errors == len(found.problems)
    return [
        f"{e.row} {column_named(say, words, e.column)}: {filled(phrases[e.wrong], e.facts)}"
        for e in found.problems
    ]


def book(change: Callable[[Any], None]) -> bytes:
    """A workbook with a good row in which something was changed."""
    workbook = made(list(ROW), list(ROW.values()))
    change(workbook.active)
    return saved(workbook)


def put(column: str, value: object) -> Callable[[Any], None]:
    """Puts a value into the column of the only row."""

    def change(active: Any) -> None:
        active.cell(2, list(ROW).index(column) + 1).value = value

    return change


def with_error(active: Any) -> None:
    cell = active.cell(2, list(ROW).index("postcode") + 1)
    cell.value, cell.data_type = "#REF!", "e"


HEADS_AND_ROWS: dict[str, bytes] = {
    "a head of other words": b"a;b\n1;2\n",
    "a head of ids only": b"id\nof9001\n",
    "two columns of one name": b"id;phones;phones\nof9001;1;2\n",
    "two names of one column": "id;phones;Телефон\nof9001;1;2\n".encode(),
    "no ids": b"phones\n+77270000001\n",
    "no head at all": "of9001;мектеп;87270000001\n".encode(),
    "an unknown id": sheet({**ROW, "id": "of0000", "name_ru": "Другая", "name_kk": "Басқа"}),
    "an id twice": sheet(ROW, ROW),
    "a new office without a kind": sheet({**NEW, "kind": ""}),
    "a new office without a region": sheet({**NEW, "region": ""}),
    "a new office with an id only": sheet({"id": "", "postcode": "050001"}),
    "the same new office twice": sheet(NEW, NEW),
    "a new office that is there": sheet({**ROW, "id": ""}),
    "two mistakes in a row": sheet({**ROW, "phones": "12", "emails": "нет"}),
    "mistakes in two rows": sheet({**ROW, "phones": "1"}, {**ROW, "id": "of9002", "lat": "x"}),
    "a region taken away": sheet({"id": "of9001", "region": "", "district": "almaty_city.almaly"}),
    "a region that does not fit": sheet({"id": "of9001", "region": "karaganda"}),
    "twenty-one phones": sheet({**ROW, "phones": "; ".join(["+77270000001"] * 21)}),
    "a control character": sheet({**ROW, "name_ru": "Шко\x07ла"}),
    "a control character in a workbook": book(put("address_ru", "ул._x0007_Пробная")),
    "a phone of letters alike": sheet({**ROW, "phones": "+7727OOOOOO1"}),
    "a script for a site": sheet({**ROW, "websites": "javascript:alert(1)"}),
    "a formula": book(put("phones", "=HYPERLINK(A1)")),
    "a formula for an id": book(put("id", "=A1")),
    "an error of Excel": book(with_error),
    "a date for a phone": book(put("phones", datetime(2026, 5, 1))),  # noqa: DTZ001 - as Excel has it
    "a number for a name": book(put("name_ru", 12)),
    "a truth for a kind": book(put("kind", True)),
    "a real file with macros": with_part(
        PLAIN,
        "[Content_Types].xml",
        b'<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>'
        b"</Types>",
    ),
    "an empty workbook": saved(Workbook()),
}
CELLS = {
    f"cell: {name}": sheet({**ROW, column: value})
    for name, (column, value, _) in WRONG_CELLS.items()
}
FILES = {f"file: {name}": content for name, (content, _) in REFUSED.items()}
BAD = {**FILES, **HEADS_AND_ROWS, **CELLS}


MESSAGES = Path(__file__).resolve().parents[1] / "data" / "bad_tables.yaml"
SAID: dict[str, list[str]] = yaml.safe_load(MESSAGES.read_text(encoding="utf-8"))


def test_there_are_many() -> None:
    assert BAD.keys() == SAID.keys()
    assert len(BAD) > 100


@pytest.mark.parametrize("name", SAID)
def test_a_bad_table_gets_its_message(folder: Path, name: str) -> None:
    assert told(folder, BAD[name], LANGUAGES["ru"]) == SAID[name]
    kazakh = told(folder, BAD[name], LANGUAGES["kk"])
    assert len(kazakh) == len(SAID[name])
    assert not {"{", "}"} & set("".join(kazakh))
