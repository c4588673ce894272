"""What a turn costs: `python -m bench.turns [--rounds N] [--postgres URL] [--json FILE]`.

In one run, on one machine: updates a second, processor time an update, and latency of (a) a bare
aiogram echo, (b) a bare aiogram bot that edits and answers and keeps nothing, (c) this bot at a
menu button and (d) at an eligibility answer, with the state durably written. A round measures each
in turn; the table shows medians of the rounds. Telegram's limits are off.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.processes import own_processor_seconds, started
from bench.street import Street, Walk, Walker
from bot.playground.server import PlaygroundServer

ROUNDS = 5
PEOPLE = 200
AT_ONCE = 20
WARM_UP = 300
UPDATES = 1500
PACE = 100.0
PACED = 500
BUSY = 0.8
KEY = "a key for measuring only"
SERVICE = "free_school_meals"
ANSWERED = frozenset({"edited", "callback_answer"})


def say(street: Street, walker: Walker) -> None:
    """Words that are echoed."""
    street.server.town.say(walker.id, walker.id, f"word {walker.turn}")


def press(data: str, street: Street, walker: Walker) -> None:
    """A press of a button that holds this."""
    street.server.town.press(walker.id, walker.id, walker.message, data=data)


def press_any(street: Street, walker: Walker) -> None:
    """A press of whatever the bare bot has put there."""
    press("an:1:school:1", street, walker)


def press_menu(street: Street, walker: Walker) -> None:
    """The menu and the help by turns, so that every press changes the screen."""
    press("h" if walker.turn % 2 else "m:0", street, walker)


def begin(street: Street, walker: Walker) -> None:
    """Begin the questions of a service."""
    press(f"sq:{SERVICE}", street, walker)


def answer(street: Street, walker: Walker) -> None:
    """One answer and the other by turns, to the first question of the enquiry on the screen."""
    number = next(
        button["callback_data"].split(":")[1]
        for row in walker.markup["inline_keyboard"]
        for button in row
        if button["callback_data"].split(":")[0] in {"an", "e", "aa", "ck"}
    )
    option = "state" if walker.turn % 2 else "not_state"
    press(f"an:{number}:school:{option}", street, walker)


@dataclass(frozen=True)
class Contender:
    """Something to measure."""

    name: str
    arguments: tuple[str, ...]
    walk: Walk
    before: Walk | None = None
    database: str = "sqlite"


BARE = ("-m", "bench.bare")
OURS = ("-m", "bot", "run")
CONTENDERS = (
    Contender("a: bare echo", (*BARE, "echo"), Walk(say, frozenset({"message"}))),
    Contender("b: bare edit", (*BARE, "edit"), Walk(press_any, ANSWERED)),
    Contender("c: menu", OURS, Walk(press_menu, ANSWERED)),
    Contender("d: answer", OURS, Walk(answer, ANSWERED), Walk(begin, ANSWERED)),
)


@dataclass(frozen=True)
class Figures:
    """What one round of one contender gave."""

    name: str
    updates_a_second: float
    processor_ms: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    memory_mb: float
    street_share: float


async def measure(contender: Contender, folder: Path, database_url: str | None) -> Figures:
    """One contender, alone against a street of its own."""
    await prepare(contender, folder, database_url)
    async with PlaygroundServer(limits=False, record_calls=False) as server:
        street = Street(server)
        await street.settle(PEOPLE)
        async with started(*bot_command(contender, server, folder, database_url)) as bot:
            await street.woken(contender.before or contender.walk)
            if contender.before:
                await each_once(street, contender.before)
            await street.crowd(contender.walk, WARM_UP, AT_ONCE)
            spent, own = bot.processor_seconds(), own_processor_seconds()
            clock = asyncio.get_running_loop().time
            began = clock()
            rate = await street.crowd(contender.walk, UPDATES, AT_ONCE)
            share = (own_processor_seconds() - own) / (clock() - began)
            cost = (bot.processor_seconds() - spent) / UPDATES
            waits = await street.stream(contender.walk, PACED, PACE)
            steps = statistics.quantiles(waits, n=100)
            return Figures(
                name=contender.name,
                updates_a_second=rate,
                processor_ms=cost * 1000,
                p50_ms=steps[49] * 1000,
                p95_ms=steps[94] * 1000,
                p99_ms=steps[98] * 1000,
                memory_mb=bot.memory(),
                street_share=share,
            )


def bot_command(
    contender: Contender, server: PlaygroundServer, folder: Path, database_url: str | None
) -> tuple[list[str], Mapping[str, str]]:
    """The arguments and the environment that start a contender against this server."""
    if contender.arguments[:2] == BARE:
        return [*contender.arguments, server.token, server.bot_api_url], {}
    return list(contender.arguments), {
        "BOT_TOKEN": server.token,
        "BOT_API_URL": server.bot_api_url,
        "HEALTH_PORT": "0",
        "LOG_LEVEL": "warning",
        **_database(contender, folder, database_url),
    }


async def prepare(contender: Contender, folder: Path, database_url: str | None) -> None:
    """Make the database of one of ours, as its first start or any command does."""
    if contender.arguments[:2] != BARE:
        environment = _database(contender, folder, database_url)
        async with started(["-m", "bot", "services", "--json"], environment) as made:
            await made.process.wait()


def _database(contender: Contender, folder: Path, database_url: str | None) -> dict[str, str]:
    file = folder / f"{contender.name[0]}.db"
    return {"DATABASE_URL": database_url or f"sqlite+aiosqlite:///{file}", "SECRET_KEY": KEY}


async def each_once(street: Street, walk: Walk) -> None:
    for each in street.walkers:
        # Doing it twice would change nothing, and so never be seen.
        if not each.markup:
            await street.do(each, walk)


def medians(rounds: list[Figures]) -> Figures:
    """The middle of every figure."""
    values = {
        key: statistics.median(getattr(each, key) for each in rounds)
        for key in asdict(rounds[0])
        if key != "name"
    }
    return Figures(name=rounds[0].name, **values)


def table(results: list[Figures]) -> Iterator[str]:
    """The table as it is printed; ratios are against (b)."""
    bare = next(each for each in results if each.name.startswith("b"))
    yield "| | updates/s | of (b) | CPU ms/update | of (b) | p50 | p95 | p99 | MB | street |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for each in results:
        yield (
            f"| {each.name} | {each.updates_a_second:.0f} "
            f"| {each.updates_a_second / bare.updates_a_second:.2f} "
            f"| {each.processor_ms:.2f} | {bare.processor_ms / each.processor_ms:.2f} "
            f"| {each.p50_ms:.1f} | {each.p95_ms:.1f} | {each.p99_ms:.1f} "
            f"| {each.memory_mb:.0f} | {each.street_share:.2f} |"
        )
    if any(each.street_share > BUSY for each in results):
        yield f"The street took more than {BUSY:.0%} of a core: only CPU an update counts."


async def run(rounds: int, database_url: str | None) -> list[Figures]:
    """All contenders, round by round, so that a noisy minute falls on all of them."""
    found: dict[str, list[Figures]] = {each.name: [] for each in CONTENDERS}
    with tempfile.TemporaryDirectory() as name:
        for number in range(rounds):
            folder = Path(name) / str(number)
            folder.mkdir()
            for each in CONTENDERS:
                found[each.name].append(await measure(each, folder, database_url))
    return [medians(each) for each in found.values()]


def main() -> None:
    """Print the table, and write the figures if told where."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--database", default=None, help="DATABASE_URL of an empty database")
    parser.add_argument("--json", type=Path, default=None)
    given = parser.parse_args()
    results = asyncio.run(run(given.rounds, given.database))
    sys.stdout.write("\n".join(table(results)) + "\n")
    if given.json:
        given.json.write_text(json.dumps([asdict(each) for each in results], indent=2) + "\n")


if __name__ == "__main__":
    main()
