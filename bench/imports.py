"""What a large import costs: `python -m bench.imports [--offices N] [--json FILE]`.

A directory of made-up offices, and a table of all of them with another phone and postcode in every
row: tried, applied and undone on the command line, as XLSX and as CSV. Each is a process of its
own; seconds are those of the clock and of the processor, for other work on the machine makes the
former longer; memory is the most that the process ever held.
"""

import argparse
import asyncio
import json
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from core.directory.as_json import office_json
from core.directory.exporting import table, write_workbook
from core.directory.loading import load_offices
from core.directory.model import Office
from core.release import DATA, apply_release
from core.store import offices
from core.store.offices import ADMIN, Entry
from core.store.sealing import Sealer
from core.store.start import open_ready

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
MANY = 100_000
ENOUGH_SECONDS, ENOUGH_MEGABYTES = 60.0, 500.0
FORMS = ("xlsx", "csv")
KEY = "a key for the bench"
AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Cost:
    """What one command took."""

    seconds: float
    processor: float
    megabytes: float

    @property
    def enough(self) -> bool:
        """Whether it keeps what is promised."""
        return self.seconds <= ENOUGH_SECONDS and self.megabytes <= ENOUGH_MEGABYTES


def made_up(count: int) -> Iterator[dict[str, Any]]:
    """Offices like real ones, with other ids and names."""
    real = [office_json(each) for each in load_offices(DATA).values()]
    for number in range(count):
        like = real[number % len(real)]
        name = {key: f"{text} {number}" for key, text in like["name"].items()}
        yield {**like, "id": f"x{number:06d}", "name": name, "listings": [], "flags": []}


def changed(body: Mapping[str, Any], chance: random.Random) -> Office:
    """The same office with another phone and postcode."""
    phone, postcode = f"+7727{chance.randrange(10**7):07d}", f"{chance.randrange(10**6):06d}"
    return Office.model_validate({**body, "phones": [phone], "postcode": postcode})


async def fill(url: str, count: int) -> None:
    """A database with the release's offices and so many made-up ones."""
    database = await open_ready(url, Sealer.from_setting(KEY))
    await apply_release(database, NOW)
    some: list[Entry] = []
    for body in made_up(count):
        some.append(Entry(body["id"], body, ADMIN, None, None, NOW))
        if len(some) == AT_ONCE:
            async with database.writing() as tx:
                await offices.put(tx, added=some)
            some.clear()
    async with database.writing() as tx:
        await offices.put(tx, added=some)
    await database.close()


def cost_of(arguments: Sequence[str], environment: Mapping[str, str]) -> Cost:
    """Run a command; raises if it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise RuntimeError(f"{' '.join(arguments)}: {os.waitstatus_to_exitcode(status)}")
    processor = usage.ru_utime + usage.ru_stime
    return Cost(time.perf_counter() - began, processor, usage.ru_maxrss / 1024)


def prepare(url: str, count: int, folder: Path) -> None:
    """A filled database, and the tables to bring into it."""
    asyncio.run(fill(url, count))
    for seed, form in enumerate(FORMS):
        chance = random.Random(seed)
        rows = (changed(each, chance) for each in made_up(count))
        if form == "xlsx":
            write_workbook(rows, folder / f"table.{form}")
        else:
            (folder / f"table.{form}").write_text(table(rows), encoding="utf-8")


def measured(count: int, folder: Path) -> Iterator[tuple[str, Cost]]:
    """Every command, and what it took."""
    url = f"sqlite+aiosqlite:///{folder / 'bench.db'}"
    # In a process of its own: what this one has ever held would count for those that it starts.
    preparing = multiprocessing.get_context("spawn").Process(
        target=prepare, args=(url, count, folder)
    )
    preparing.start()
    preparing.join()
    environment = {"DATABASE_URL": url, "SECRET_KEY": KEY}
    for number, form in enumerate(FORMS, start=1):
        command = ["directory", "import", str(folder / f"table.{form}")]
        yield f"{form}: dry run", cost_of(command, environment)
        yield f"{form}: dry run and applied", cost_of([*command, "--apply"], environment)
        yield f"{form}: undone", cost_of(["directory", "undo", str(number)], environment)


def main() -> None:
    """Print a line each; end with 1 if something takes more than it may."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--offices", type=int, default=MANY)
    arguments.add_argument("--json", type=Path)
    given = arguments.parse_args()
    rows: list[dict[str, object]] = []
    costly = 0
    with tempfile.TemporaryDirectory(prefix="bagyt-bench-") as name:
        for what, cost in measured(given.offices, Path(name)):
            rows.append({"what": what, **asdict(cost)})
            costly += not cost.enough
            print(
                f"{what:24}{cost.seconds:8.1f} s{cost.processor:8.1f} s of the processor"
                f"{cost.megabytes:6.0f} MB",
                flush=True,
            )
    if given.json:
        given.json.write_text(json.dumps(rows, indent=2), encoding="utf-8")
    sys.exit(1 if costly else 0)


if __name__ == "__main__":
    main()
