"""What copies cost: `python -m bench.copies --database postgresql+asyncpg://… [--rounds N]`.

The menu and an eligibility answer on PostgreSQL: one copy that polls, one behind the webhook, and
two behind the webhook, served in turn as by a balancer. CPU an update is that of all copies
together, without the database's own; Telegram's limits are off.
"""

import argparse
import asyncio
import socket
import statistics
import sys
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from bench.processes import Measured, started
from bench.street import Street
from bench.turns import AT_ONCE, CONTENDERS, PEOPLE, UPDATES, WARM_UP, Contender, each_once, prepare
from bench.turns import bot_command as command
from bot.playground.server import PlaygroundServer

ROUNDS = 3
OURS = CONTENDERS[2:]
NOWHERE = Path()
TRIES, PAUSE = 300, 0.1
DAY = 24 * 3600


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    name: str
    updates_a_second: float
    processor_ms: float


async def measure(
    contender: Contender, copies: int, *, webhook: bool, database: str, day: int
) -> Line:
    """So many copies, alone against a street of their own.

    The database outlives the street, whose ids come from its clock: each measure has a day of its
    own, or its updates would be taken for those of the one before.
    """
    await prepare(contender, NOWHERE, database)
    async with (
        PlaygroundServer(
            limits=False, record_calls=False, clock=lambda: time.time() + day * DAY
        ) as server,
        AsyncExitStack() as all_,
    ):
        street = Street(server)
        await street.settle(PEOPLE)
        arguments, environment = command(contender, server, NOWHERE, database)
        bots: list[Measured] = []
        ports = [free_port() for _ in range(copies)] if webhook else []
        targets = [f"http://127.0.0.1:{port}/hook" for port in ports]
        for number in range(copies):
            changed = dict(environment)
            if webhook:
                changed |= {"WEBHOOK_URL": targets[number], "WEBHOOK_PORT": str(ports[number])}
            bots.append(await all_.enter_async_context(started(arguments, changed)))
        for port in ports:
            await listening(port)
        await street.woken(contender.before or contender.walk)
        server.webhook.targets = tuple(targets)
        if contender.before:
            await each_once(street, contender.before)
        await street.crowd(contender.walk, WARM_UP, AT_ONCE)
        spent = sum(each.processor_seconds() for each in bots)
        rate = await street.crowd(contender.walk, UPDATES, AT_ONCE)
        cost = (sum(each.processor_seconds() for each in bots) - spent) / UPDATES
        how = "webhook" if webhook else "polling"
        return Line(f"{contender.name}, {copies} by {how}", rate, cost * 1000)


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


async def listening(port: int, tries: int = TRIES) -> None:
    """Wait until somebody listens there."""
    for _ in range(tries):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(PAUSE)
        else:
            writer.close()
            return
    raise RuntimeError(f"nobody listens on port {port}")


async def run(database: str, rounds: int) -> list[Line]:
    """Medians of the rounds."""
    found: dict[str, list[Line]] = {}
    days = count()
    for _ in range(rounds):
        for contender in OURS:
            for copies, webhook in ((1, False), (1, True), (2, True)):
                line = await measure(
                    contender, copies, webhook=webhook, database=database, day=next(days)
                )
                found.setdefault(line.name, []).append(line)
    return [
        Line(
            name,
            statistics.median(each.updates_a_second for each in lines),
            statistics.median(each.processor_ms for each in lines),
        )
        for name, lines in found.items()
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", required=True)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    sys.stdout.write("| on PostgreSQL | updates/s | CPU ms/update |\n|---|---|---|\n")
    for each in asyncio.run(run(given.database, given.rounds)):
        sys.stdout.write(
            f"| {each.name} | {each.updates_a_second:.0f} | {each.processor_ms:.2f} |\n"
        )


if __name__ == "__main__":
    main()
