"""How long a start takes: `python -m bench.start [--rounds N]`.

From the start of the process to the first call for updates, beside the import of aiogram alone;
and how long the commands take that need no Telegram. Medians; the database is prepared beforehand.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench.processes import started
from bench.turns import CONTENDERS, KEY, bot_command, prepare
from bot.playground.server import PlaygroundServer

ROUNDS = 5
OURS = CONTENDERS[-1]
COMMANDS = (["--help"], ["services", "--json"], ["search", "kindergarten", "--json"])


async def until_polling(folder: Path) -> float:
    """Seconds until the bot asks for updates."""
    async with PlaygroundServer(limits=False) as server:
        began = time.perf_counter()
        async with started(*bot_command(OURS, server, folder, None)):
            while not server.calls.of("getMe"):  # noqa: ASYNC110
                await asyncio.sleep(0.005)
            return time.perf_counter() - began


async def until_done(arguments: list[str], folder: Path) -> float:
    """Seconds that a process takes."""
    began = time.perf_counter()
    environment = {
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'd.db'}",
        "SECRET_KEY": KEY,
    }
    async with started(arguments, environment) as measured:
        await measured.process.wait()
    return time.perf_counter() - began


async def run(rounds: int) -> dict[str, float]:
    """Medians of everything, in one run."""
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        await prepare(OURS, folder, None)
        for _ in range(rounds):
            found.setdefault("import aiogram", []).append(
                await until_done(["-c", "import aiogram"], folder)
            )
            found.setdefault("bagyt run", []).append(await until_polling(folder))
            for each in COMMANDS:
                took = await until_done(["-m", "bot", *each], folder)
                found.setdefault(f"bagyt {' '.join(each)}", []).append(took)
    return {name: statistics.median(times) for name, times in found.items()}


def main() -> None:
    """Print a line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    for name, seconds in asyncio.run(run(given.rounds)).items():
        sys.stdout.write(f"{name}: {seconds:.2f} s\n")


if __name__ == "__main__":
    main()
