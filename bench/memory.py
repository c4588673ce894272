"""What it holds: `python -m bench.memory [--people N] [--updates N]`.

Memory of a bare aiogram echo and of this bot while so many people send so many updates; the second
half of the figures shows whether it stays flat. The database is prepared beforehand.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from bench.processes import started
from bench.street import Street
from bench.turns import CONTENDERS, PEOPLE, Contender, bot_command, prepare
from bot.playground.server import PlaygroundServer

ALL_PEOPLE = 5000
UPDATES = 50_000
STEPS = 10
AT_ONCE = 20
MEASURED = ("a", "c")


async def grow(contender: Contender, folder: Path, people: int, updates: int) -> list[float]:
    """Megabytes before, and after each tenth of the updates."""
    async with PlaygroundServer(limits=False, record_calls=False) as server:
        street = Street(server)
        await street.settle(people)
        async with started(*bot_command(contender, server, folder, None)) as bot:
            await street.woken(contender.before or contender.walk)
            held = [bot.memory()]
            for _ in range(STEPS):
                await street.crowd(contender.walk, updates // STEPS, AT_ONCE)
                held.append(bot.memory())
            return held


async def run(people: int, updates: int) -> dict[str, list[float]]:
    """Each contender in turn."""
    found = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for each in CONTENDERS:
            if each.name[0] in MEASURED:
                await prepare(each, folder, None)
                found[each.name] = await grow(each, folder, people, updates)
    return found


def main() -> None:
    """Print a line a contender."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=ALL_PEOPLE)
    parser.add_argument("--updates", type=int, default=UPDATES)
    parser.add_argument("--json", type=Path, default=None)
    given = parser.parse_args()
    found = asyncio.run(run(max(given.people, PEOPLE), given.updates))
    for name, held in found.items():
        steps = " ".join(f"{each:.0f}" for each in held)
        sys.stdout.write(f"{name}: {steps} MB\n")
    first, last = (held[-1] for held in found.values())
    sys.stdout.write(f"above the echo at the end: {last - first:.0f} MB\n")
    if given.json:
        given.json.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
