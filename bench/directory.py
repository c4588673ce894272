"""What finding costs: `python -m bench.directory [--offices N] [--json FILE]`.

Offices by words on this directory and among made-up ones, beside SQLite's FTS5 with trigrams and a
plain rapidfuzz scan over the same names; places by words, the nearest office, and loading.
"""

import argparse
import asyncio
import json
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rapidfuzz import fuzz, process

from core.directory.search import Described, OfficeSearch, describe, load_habits
from core.directory.whole import Directory
from core.places.around import Around
from core.places.search import PlaceSearch
from core.places.search import load_habits as load_place_habits
from core.release import DATA, apply_release, load_directory, read_directory
from core.store.sealing import Sealer
from core.store.start import open_ready
from core.words.spelling import load_spelling

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
MANY = 1_000_000
ASKED, ASKED_OF_A_SCAN = 400, 4
TRIGRAM = 3
ENOUGH_MS, ENOUGH_OF_MANY_MS, ENOUGH_LOADING_MS = 5.0, 20.0, 300.0
KEY = "a key for the bench"


def made_up(directory: Directory, count: int) -> Iterator[Described]:
    """Offices with the names of real ones, other numbers, and streets of invented syllables."""
    chance = random.Random(11)
    real = [describe(each) for each in directory.offices.values()]
    sounds = [a + b for a in "bdgklmnprstz" for b in "aeiou"]
    streets = ["".join(chance.choices(sounds, k=4)) for _ in range(20_000)]
    for number in range(count):
        like = real[number % len(real)]
        own = f"№ {chance.randrange(1, 40_000)}"
        address = f"{chance.choice(streets)} {chance.randrange(1, 300)}"
        names = tuple(f"{name} {own}" for name in like.names)
        yield Described(f"x{number}", like.kind, names, (address,), like.places)


def wordings(described: Sequence[Described], count: int) -> list[str]:
    """What people would type for some of them: kind and number, street, a slip of the finger."""
    chance = random.Random(5)
    asked = []
    for each in chance.sample(described, min(count, len(described))):
        words = each.names[0].replace("«", " ").replace("»", " ").split()
        typed = " ".join(chance.sample(words, min(3, len(words))))
        at = chance.randrange(len(typed))
        slip = typed[:at] + typed[at + 1 :]
        asked.append(chance.choice((typed, slip, each.addresses[0] or typed, f"{words[-1]}")))
    return asked


def timed(work: Callable[[str], object], asked: Iterable[str]) -> tuple[float, float]:
    """Median and the slowest of a hundred, in milliseconds of the processor.

    A shared machine gives its processor to others as well; what it gives us does not depend on it.
    """
    took = []
    for each in asked:
        begun = time.process_time_ns()
        work(each)
        took.append((time.process_time_ns() - begun) / 1e6)
    took.sort()
    return took[len(took) // 2], took[min(len(took) - 1, len(took) * 99 // 100)]


def full_text(described: Sequence[Described]) -> Callable[[str], object]:
    """SQLite's FTS5 with trigrams over names and addresses: any of the words, best ten."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE office USING fts5(words, tokenize='trigram')")
    rows = ((" ".join((*each.names, *each.addresses)),) for each in described)
    database.executemany("INSERT INTO office VALUES (?)", rows)
    query = "SELECT rowid FROM office WHERE office MATCH ? ORDER BY rank LIMIT 10"

    def find(text: str) -> object:
        words = [word.replace('"', "") for word in text.split() if len(word) >= TRIGRAM]
        match = " OR ".join(f'"{word}"' for word in words)
        return database.execute(query, (match,)).fetchall() if match else []

    return find


def scan(described: Sequence[Described]) -> Callable[[str], object]:
    """A plain scan with rapidfuzz over the same words."""
    texts = [" ".join((*each.names, *each.addresses)).lower() for each in described]
    return lambda text: process.extract(text.lower(), texts, scorer=fuzz.WRatio, limit=10)


def nearest(standing: Sequence[tuple[float, float, str]]) -> Callable[[str], object]:
    """The ten nearest to a point, which is written as latitude and longitude."""
    around = Around(standing)

    def find(text: str) -> object:
        lat, lon = map(float, text.split())
        return around.nearest(lat, lon, 10)

    return find


async def loading() -> tuple[float, float]:
    """Reading the whole directory from its database: again, and for the first time."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}"
        database = await open_ready(url, Sealer.from_setting(KEY))
        await apply_release(database, NOW)
        took = []
        for _ in range(7):
            begun = time.process_time_ns()
            await read_directory(database)
            took.append((time.process_time_ns() - begun) / 1e6)
        await database.close()
    first, *again = took
    return sorted(again)[len(again) // 2], first


def measured(directory: Directory, count: int) -> Iterator[tuple[str, float, float, float | None]]:
    """Every row of the table: what, median, p99, and what is enough if that is promised."""
    yield ("loading, 1,554 offices from SQLite", *asyncio.run(loading()), ENOUGH_LOADING_MS)
    places = PlaceSearch(directory.places, load_spelling(DATA), load_place_habits(DATA))
    names = [each.kk for each in directory.places.values()]
    yield ("places by words", *timed(places.find, names[:ASKED]), ENOUGH_MS)
    real = [describe(each) for each in directory.offices.values()]
    for name, described, enough in (
        ("this directory", real, ENOUGH_MS),
        (f"{count:,} made up", list(made_up(directory, count)), ENOUGH_OF_MANY_MS),
    ):
        asked = wordings(described, ASKED)
        search = OfficeSearch(described, directory.places, load_spelling(DATA), load_habits(DATA))
        yield (f"offices by words, {name}", *timed(search.find, asked), enough)
        del search
        few = asked[:ASKED_OF_A_SCAN]
        yield (f"  FTS5 trigram, {name}", *timed(full_text(described), few), None)
        yield (f"  rapidfuzz scan, {name}", *timed(scan(described), few), None)
    chance = random.Random(3)
    here = [f"{chance.uniform(41, 55)} {chance.uniform(47, 87)}" for _ in range(ASKED)]
    standing = [
        (each.lat, each.lon, each.id)
        for each in directory.offices.values()
        if each.lat is not None and each.lon is not None
    ]
    points = [(chance.uniform(41, 55), chance.uniform(47, 87), str(n)) for n in range(count)]
    for name, some, enough in (
        ("this directory", standing, ENOUGH_MS),
        (f"{count:,} made up", points, ENOUGH_OF_MANY_MS),
    ):
        yield (f"nearest ten, {name}", *timed(nearest(some), here), enough)


def main() -> None:
    """Print the table; end with 1 if something takes longer than it may."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--offices", type=int, default=MANY)
    arguments.add_argument("--json", type=Path)
    given = arguments.parse_args()
    rows: list[dict[str, object]] = []
    late = 0
    print(f"{'':48}{'median ms':>12}{'p99 ms':>12}{'may take':>10}")
    for what, median, slow, enough in measured(load_directory(DATA), given.offices):
        rows.append({"what": what.strip(), "median_ms": median, "p99_ms": slow, "enough": enough})
        late += enough is not None and slow > enough
        print(f"{what:48}{median:12.2f}{slow:12.2f}{enough or '':>10}", flush=True)
    if given.json:
        given.json.write_text(json.dumps(rows, indent=2), encoding="utf-8")
    sys.exit(1 if late else 0)


if __name__ == "__main__":
    main()
