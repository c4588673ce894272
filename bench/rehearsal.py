"""A rehearsal of the first of September: `python -m bench.rehearsal [--scale F] [--rate R] …`.

A made-up country is settled in a database; then parents come at a pace that rises step by step,
until the bot is behind: that shows what bounds it. Then they come for some minutes at the pace that
is asked for, while a twentieth of Telegram's answers are bad, a copy is killed and the database is
restarted; and once more with Telegram's limits on. At the end everything that anybody did or saw is
held against what stands. Ends with 1 if anything was lost or doubled.

On PostgreSQL two copies run behind the webhook, on SQLite one that polls. All figures are of this
machine while others used it as much as is told beside them.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal

from bench.copies import free_port, listening
from bench.country import (
    ADMINS,
    FIRST_ADMIN,
    FIRST_OFFICIAL,
    KEY,
    Size,
    print_line,
    settle,
)
from bench.crowd import Crowd, Tally, first_known
from bench.postgres import PostgresServer, own_server
from bench.processes import (
    Measured,
    busy_seconds,
    family_of,
    memory,
    own_processor_seconds,
    processor_seconds,
    started,
)
from bench.proof import Proof, prove, settled
from bench.slowest import Slow, slowest_of_postgres, slowest_of_sqlite
from bench.street import Street
from bot.playground.faults import Fault
from bot.playground.server import PlaygroundServer
from core.keep import Keep
from core.knowledge import Knowledge, read_knowledge
from core.store.database import Database
from core.store.sealing import Sealer
from core.store.start import open_ready

Kind = Literal["sqlite", "postgresql"]

# As an operator would set it: whatever was promised is on the disk.
POSTGRES_SETTINGS = (
    "max_connections=200",
    "shared_buffers=512MB",
    "effective_cache_size=2GB",
    "max_wal_size=2GB",
    "random_page_cost=1.1",
    "log_min_duration_statement=100",
    "log_min_duration_sample=0",
    "log_statement_sample_rate=0.02",
    "log_parameter_max_length=0",
)
SAMPLED = 0.02
BAD = 0.05
FAULTS = (
    Fault(code=500),
    Fault(code=502),
    Fault("close"),
    Fault("close", after=True),
    Fault(code=429, retry_after=1),
)
STEPS = (0.25, 0.5, 1.0, 1.5)
"""The pace of each step of the rise, as a share of the one asked for."""
STEP_SECONDS = 15.0
LEGS = 2 + len(STEPS)
SECONDS_DEAD = 3.0
"""How long a killed copy stays away, as with an operator's service manager."""
BEHIND = 0.95
"""A step that carries less than this share of what is asked is behind."""
TOO_SLOW = 2.0
"""A step whose slowest twentieth waits longer than so many seconds is behind, too."""
STARTING = 3000
"""So many tries, ten a second, to find that a copy listens: it reads 100,000 offices first."""
MOST_PER_RATE = 6
PATIENCE_AFTER = 180.0
SAMPLE_EVERY = 0.5
WEBHOOK = "http://127.0.0.1/hook"


@dataclass
class Used:
    """What the parts used in one leg: cores on average, megabytes at most."""

    cores: dict[str, float] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)
    others: float = 0.0
    """Cores that the rest of the machine used."""
    load: float = 0.0


@dataclass
class Leg:
    """What one leg gave."""

    name: str
    asked: float
    seconds: float
    acts: int
    a_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    longest_ms: float
    held_back: int
    gave_up: list[str]
    astray: dict[str, int]
    used: Used
    bad_answers: int = 0
    lost_answers: int = 0
    proof: Proof | None = None

    @property
    def behind(self) -> bool:
        """Whether the bot could not keep up."""
        return self.a_second < BEHIND * self.asked or self.p95_ms > TOO_SLOW * 1000


@dataclass
class Result:
    """All that one database gave."""

    kind: Kind
    scale: float
    size: Size
    settled_seconds: float
    database_mb: float
    copies: int
    start_seconds: float
    knowledge_mb: list[float]
    legs: list[Leg] = field(default_factory=list)
    slowest: list[Slow] = field(default_factory=list)
    database_mb_after: float = 0.0
    killed: int = 0
    restarted: int = 0
    processors: int = field(default_factory=lambda: os.cpu_count() or 1)

    @property
    def lost(self) -> int:
        """Whatever was lost, gave up or strayed."""
        return sum(len(each.proof.lost) + len(each.gave_up) for each in self.legs if each.proof)

    @property
    def doubled(self) -> int:
        """Whatever stands twice."""
        return sum(len(each.proof.doubled) for each in self.legs if each.proof)


@dataclass(frozen=True)
class Plan:
    """What is rehearsed."""

    scale: float
    minutes: float
    rate: float
    day_only: bool = False
    """Neither the rise to the bottleneck nor the leg with Telegram's limits."""


class Copy:
    """A copy of the bot that can be killed and started again."""

    def __init__(self, name: str, environment: dict[str, str], notes: Path) -> None:
        self.name = name
        self._environment = environment
        self._notes = notes
        self._lives = 0
        self.files: list[Path] = []
        self._stack = AsyncExitStack()
        self.bot: Measured | None = None

    async def start(self) -> None:
        """Begin a life."""
        self._lives += 1
        file = self._notes / f"{self.name}-{self._lives}.json"
        self.files.append(file)
        log = self._stack.enter_context((self._notes / f"{self.name}.log").open("ab"))
        self.bot = await self._stack.enter_async_context(
            started(["-m", "bench.watched", str(file)], self._environment, log)
        )

    async def kill(self) -> None:
        """End it as a power cut does."""
        bot, self.bot = self.bot, None
        if bot is not None:
            bot.process.kill()
            await bot.process.wait()

    async def stop(self) -> None:
        """End it in good order."""
        await self._stack.aclose()
        self.bot = None


class Watch:
    """Looks at the parts again and again, and sums up what they use."""

    def __init__(self, copies: Sequence[Copy], server: PostgresServer | None) -> None:
        self._copies = copies
        self._server = server
        self._seen: dict[int, float] = {}
        self._spent: dict[str, float] = {}
        self.most: dict[str, float] = {}

    @asynccontextmanager
    async def over(self) -> AsyncIterator[Used]:
        """Watch while the context lasts."""
        used = Used()
        self._seen, self._spent, self.most = {}, {}, {}
        self._look(first=True)
        began, busy, own = time.monotonic(), busy_seconds(), own_processor_seconds()
        task = asyncio.create_task(self._go_on())
        try:
            yield used
        finally:
            task.cancel()
            self._look()
            passed = max(time.monotonic() - began, 0.001)
            spent = {**self._spent, "street": own_processor_seconds() - own}
            used.cores = {name: seconds / passed for name, seconds in spent.items()}
            used.others = (busy_seconds() - busy - sum(spent.values())) / passed
            used.memory = dict(self.most)
            used.load = os.getloadavg()[0]

    async def _go_on(self) -> None:
        while True:
            await asyncio.sleep(SAMPLE_EVERY)
            self._look()

    def _look(self, *, first: bool = False) -> None:
        for copy in self._copies:
            if copy.bot is not None:
                self._add(copy.name, [copy.bot.process.pid], first=first)
        if self._server is not None:
            try:
                family = family_of(self._server.process)
            except (OSError, IndexError):
                return
            self._add("database", family, first=first)

    def _add(self, name: str, processes: Sequence[int], *, first: bool) -> None:
        held = 0.0
        for each in processes:
            now = processor_seconds(each)
            # Who is seen for the first time later has begun since.
            before = self._seen.get(each, now if first else 0.0)
            self._seen[each] = now
            self._spent[name] = self._spent.get(name, 0.0) + max(0.0, now - before)
            held += memory(each)
        # What the processes of the database share would be counted again with each of them.
        if name != "database":
            self.most[name] = max(self.most.get(name, 0.0), held)


@dataclass
class Stage:
    """A settled country with what runs in it."""

    kind: Kind
    url: str
    folder: Path
    size: Size
    knowledge: Knowledge
    database: Database
    server: PostgresServer | None
    killed: int = 0
    restarted: int = 0
    files: list[Path] = field(default_factory=list)
    start_seconds: float = 0.0
    knowledge_mb: list[float] = field(default_factory=list)
    days: Iterator[int] = field(default_factory=lambda: iter(range(1, 1000)))

    @property
    def copies(self) -> int:
        """How many copies share this database."""
        return 2 if self.kind == "postgresql" else 1

    @asynccontextmanager
    async def street(self, *, limits: bool) -> AsyncIterator[tuple[PlaygroundServer, list[Copy]]]:
        """A server of its own with the copies of the bot, which know their offices already."""
        # The database outlives the street, whose ids come from its clock: each has its own day.
        ahead = next(self.days) * 24 * 3600
        async with PlaygroundServer(
            limits=limits,
            record_calls=False,
            clock=lambda: time.time() + ahead,
            webhook_pause=0.2,
            seed=2026,
        ) as server:
            self._people(server)
            ports = [free_port() for _ in range(self.copies)] if self.copies > 1 else []
            copies = [
                self._copy(server, number, ports, limits=limits) for number in range(self.copies)
            ]
            began = time.monotonic()
            try:
                for copy in copies:
                    await copy.start()
                await self._ready(server, ports)
                self.start_seconds = time.monotonic() - began
                self.knowledge_mb = [each.bot.memory() for each in copies if each.bot]
                server.webhook.targets = tuple(f"http://127.0.0.1:{port}/hook" for port in ports)
                yield server, copies
            finally:
                for copy in copies:
                    await copy.stop()
                    self.files += copy.files

    def _people(self, server: PlaygroundServer) -> None:
        """Officials and admins are there, and have begun with the bot."""
        for first, number in ((FIRST_OFFICIAL, self.size.officials), (FIRST_ADMIN, ADMINS)):
            for each in range(first, first + number):
                server.town.add_person("Official", language_code="ru", id=each).started = True

    def _copy(
        self, server: PlaygroundServer, number: int, ports: Sequence[int], *, limits: bool
    ) -> Copy:
        environment = {
            "BOT_TOKEN": server.token,
            "BOT_API_URL": server.bot_api_url,
            "DATABASE_URL": self.url,
            "SECRET_KEY": KEY,
            "TELEGRAM_LIMITS": "1" if limits else "0",
            "HEALTH_PORT": "0",
            "LOG_LEVEL": "warning",
            "LOG_FORMAT": "json",
        }
        if ports:
            environment |= {"WEBHOOK_URL": WEBHOOK, "WEBHOOK_PORT": str(ports[number])}
        return Copy(f"copy {number + 1}", environment, self.folder)

    async def _ready(self, server: PlaygroundServer, ports: Sequence[int]) -> None:
        for port in ports:
            await listening(port, STARTING)
        while not ports and not server._api.polling.waiting:  # noqa: SLF001, ASYNC110
            await asyncio.sleep(0.1)


async def leg(
    stage: Stage,
    server: PlaygroundServer,
    copies: Sequence[Copy],
    *,
    name: str,
    number: int,
    rate: float,
    seconds: float,
    trouble: bool = False,
) -> Leg:
    """Parents at one pace for some time, and the proof that all of theirs stands."""
    since = datetime.now(UTC)
    street = Street(server)
    crowd = Crowd(
        street,
        stage.knowledge,
        known=first_known(stage.size.people, number, LEGS),
        most=max(10, round(rate * MOST_PER_RATE)),
        seed=number,
    )
    counted = CountedFaults(server)
    async with AsyncExitStack() as stack:
        used = await stack.enter_async_context(Watch(copies, stage.server).over())
        troubles = None
        if trouble:
            server.faults.share(BAD, FAULTS)
            troubles = asyncio.create_task(_troubles(stage, copies, seconds))
        began = time.perf_counter()
        await crowd.keeps(rate, seconds)
        ended = time.perf_counter()
    if troubles is not None:
        await troubles
    await crowd.finishes(rate)
    server.faults.clear()
    await settled(server, stage.database, PATIENCE_AFTER)
    proof = await prove(server, stage.database, stage.knowledge, crowd.parents, since)
    return summed_up(name, rate, (began, ended), crowd.tally, used, counted, proof)


class CountedFaults:
    """How many of Telegram's answers were bad, and how many of these after the deed."""

    def __init__(self, server: PlaygroundServer) -> None:
        self.all = 0
        self.after = 0
        pick = server.faults.__class__.pick

        def counted(method: str) -> Fault | None:
            fault = pick(server.faults, method)
            if fault is not None:
                self.all += 1
                self.after += fault.after
            return fault

        server.faults.pick = counted  # type: ignore[method-assign]


async def _troubles(stage: Stage, copies: Sequence[Copy], seconds: float) -> None:
    """A copy is killed in the middle and comes back; later the database is restarted."""
    await asyncio.sleep(seconds / 3)
    await copies[-1].kill()
    stage.killed += 1
    await asyncio.sleep(min(SECONDS_DEAD, seconds / 6))
    await copies[-1].start()
    if stage.server is not None:
        await asyncio.sleep(seconds / 4)
        await asyncio.to_thread(stage.server.restart)
        stage.restarted += 1


def summed_up(  # noqa: PLR0917 - what a leg is made of
    name: str,
    rate: float,
    between: tuple[float, float],
    tally: Tally,
    used: Used,
    counted: CountedFaults,
    proof: Proof,
) -> Leg:
    """One leg in figures; what was answered only after its end counts for latency alone."""
    began, ended = between
    waits = [wait for _, wait in tally.waits] or [0.0]
    steps = statistics.quantiles(waits, n=100) if len(waits) > 1 else [waits[0]] * 99
    within = sum(at <= ended for at, _ in tally.waits)
    return Leg(
        name=name,
        asked=rate,
        seconds=ended - began,
        acts=len(tally.waits),
        a_second=within / (ended - began),
        p50_ms=steps[49] * 1000,
        p95_ms=steps[94] * 1000,
        p99_ms=steps[98] * 1000,
        longest_ms=max(waits) * 1000,
        held_back=tally.held_back,
        gave_up=tally.gave_up,
        astray=dict(tally.astray),
        used=used,
        bad_answers=counted.all,
        lost_answers=counted.after,
        proof=proof,
    )


async def rehearse(
    plan: Plan, kind: Kind, server: PostgresServer | None, tell: Callable[[str], None] = print_line
) -> Result:
    """The whole rehearsal on one database."""
    scale = plan.scale
    size = Size().times(scale)
    with tempfile.TemporaryDirectory(prefix="bagyt-rehearsal-") as name:
        folder = Path(name)
        url = server.url("country") if server else f"sqlite+aiosqlite:///{folder / 'country.db'}"
        if server:
            server.run("CREATE DATABASE country")
        database = await open_ready(url, Sealer.from_setting(KEY))
        try:
            began = time.monotonic()
            await settle(database, size, datetime.now(UTC), tell)
            took = time.monotonic() - began
            if server:
                server.run("VACUUM ANALYZE", database="country")
            knowledge = await read_knowledge(database, datetime.now(UTC), Keep(12, 3))
            stage = Stage(kind, url, folder, size, knowledge, database, server)
            size_before = size_of(stage)
            result = Result(kind, scale, size, took, size_before, stage.copies, 0.0, [])
            async for each in _legs(stage, plan):
                result.legs.append(each)
                tell(row(each))
            result.database_mb_after = size_of(stage)
            result.killed, result.restarted = stage.killed, stage.restarted
            result.start_seconds = stage.start_seconds
            result.knowledge_mb = stage.knowledge_mb
            result.slowest = (
                slowest_of_postgres(server, "country", SAMPLED)
                if server
                else await slowest_of_sqlite(database, stage.files)
            )
        finally:
            await database.close()
    return result


async def _legs(stage: Stage, plan: Plan) -> AsyncIterator[Leg]:
    seconds, rate = plan.minutes * 60, plan.rate
    async with stage.street(limits=False) as (server, copies):
        run = partial(leg, stage, server, copies)
        for number, share in enumerate(() if plan.day_only else STEPS):
            each = await run(
                name=f"rise {share:g}",
                number=number,
                rate=rate * share,
                seconds=min(STEP_SECONDS, seconds),
            )
            yield each
            if each.behind:
                break
        yield await run(
            name="first of September", number=len(STEPS), rate=rate, seconds=seconds, trouble=True
        )
    if plan.day_only:
        return
    async with stage.street(limits=True) as (server, copies):
        yield await leg(
            stage,
            server,
            copies,
            name="Telegram's limits on",
            number=len(STEPS) + 1,
            rate=rate,
            seconds=min(seconds, 60.0),
        )


def size_of(stage: Stage) -> float:
    """Megabytes of the database."""
    if stage.server is not None:
        return int(stage.server.run("SELECT pg_database_size('country')")) / 2**20
    return sum(each.stat().st_size for each in stage.folder.glob("country.db*")) / 2**20


def bottleneck(result: Result) -> str:
    """What gave out first, in words, from what the parts used when the bot fell behind."""
    legs = [each for each in result.legs if each.name.startswith("rise")]
    first = next((each for each in legs if each.behind), None)
    if first is None:
        carried = max((each.a_second for each in legs), default=0.0)
        return f"none up to {carried:.0f} updates a second"
    used = first.used
    ours = sum(used.cores.values())
    most, cores = max(used.cores.items(), key=lambda each: each[1])
    parts = ", ".join(f"{name} {each:.2f}" for name, each in sorted(used.cores.items()))
    whole = ours + used.others
    what = (
        f"the machine's {result.processors} cores together ({whole:.2f} in use)"
        if whole > 0.9 * result.processors
        else f"{most} ({cores:.2f} of a core)"
    )
    return (
        f"{what}, at {first.asked:.0f} asked for a second and {first.a_second:.0f} carried; "
        f"cores: {parts}, others {used.others:.2f}"
    )


HEAD = """\
| leg | asked/s | carried/s | p50 ms | p95 | p99 | longest | lost | doubled | messages twice \
| cores: bot, database, street, others | load |
|---|---|---|---|---|---|---|---|---|---|---|---|"""


def row(each: Leg) -> str:
    """One leg as a line of the table."""
    cores = each.used.cores
    bots = sum(value for name, value in cores.items() if name.startswith("copy"))
    proof = each.proof or Proof()
    return (
        f"| {each.name} | {each.asked:.0f} | {each.a_second:.0f} | {each.p50_ms:.0f} "
        f"| {each.p95_ms:.0f} | {each.p99_ms:.0f} | {each.longest_ms:.0f} "
        f"| {len(proof.lost) + len(each.gave_up)} | {len(proof.doubled)} "
        f"| {proof.doubled_messages} of {proof.notices} "
        f"| {bots:.2f}, {cores.get('database', 0):.2f}, {cores.get('street', 0):.2f}, "
        f"{each.used.others:.2f} | {each.used.load:.1f} |"
    )


def report(result: Result) -> Iterator[str]:
    """All of it for a reader."""
    size = result.size
    yield f"\n## {result.kind}, scale {result.scale:g}\n"
    yield (
        f"{size.people:,} people, {size.enquiries:,} enquiries, {size.complaints:,} complaints, "
        f"{size.officials:,} officials, {size.offices:,} offices: settled in "
        f"{result.settled_seconds:.0f} s, {result.database_mb:.0f} MB "
        f"({result.database_mb_after:.0f} MB after)."
    )
    yield (
        f"{result.copies} copies; ready after {result.start_seconds:.1f} s with "
        f"{', '.join(f'{each:.0f}' for each in result.knowledge_mb)} MB; "
        f"killed {result.killed}, database restarted {result.restarted}.\n"
    )
    yield HEAD
    for each in result.legs:
        yield row(each)
    yield ""
    for each in result.legs:
        proof = each.proof
        held = ", ".join(f"{name} {most:.0f} MB" for name, most in each.used.memory.items())
        yield f"{each.name}: {held}; {each.held_back} acts held back."
        if each.bad_answers:
            yield f"  {each.bad_answers} bad answers, {each.lost_answers} after the deed."
        if each.astray:
            yield f"  astray: {each.astray}"
        for reason in each.gave_up[:5]:
            yield f"  gave up: {reason}"
        if proof is not None:
            yield (
                f"  compared: {proof.parents} parents, {proof.enquiries} enquiries, "
                f"{proof.complaints} complaints, {proof.notices} notices, {proof.screens} screens; "
                f"{proof.updates_left} updates and {proof.unsent} messages left, "
                f"{proof.undelivered} undelivered, {len(proof.other_screens)} other screens."
            )
            for what in (*proof.lost[:5], *proof.doubled[:5], *proof.other_screens[:5]):
                yield f"  ! {what}"
            for fault, times in proof.faults.items():
                yield f"  fault, {times} times: {fault}"
    yield f"\nFirst bottleneck: {bottleneck(result)}."
    yield "\nSlowest statements, by all their time:\n"
    for slow in result.slowest:
        yield (
            f"- {slow.seconds:.2f} s in {slow.times:.0f} times, {slow.mean_ms:.2f} ms each, "
            f"{slow.longest_ms:.0f} ms at most: `{slow.statement[:300]}`"
        )
        yield from (f"    {line}" for line in slow.plan)


def as_json(result: Result) -> dict[str, Any]:
    """The same for a machine."""
    return {
        **asdict(result),
        "lost": result.lost,
        "doubled": result.doubled,
        "bottleneck": bottleneck(result),
    }


@contextmanager
def server_for(kind: Kind) -> Iterator[PostgresServer | None]:
    """The server that a kind of database needs."""
    if kind == "sqlite":
        yield None
        return
    with own_server(POSTGRES_SETTINGS) as server:
        yield server


def main(arguments: Sequence[str] | None = None) -> int:
    """Rehearse, print the report, and tell whether all is well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--rate", type=float, default=200.0)
    parser.add_argument(
        "--day-only", action="store_true", help="neither the rise nor the leg with limits"
    )
    parser.add_argument("--json", type=Path, default=None)
    given = parser.parse_args(arguments)
    kinds: tuple[Kind, ...] = (
        ("sqlite", "postgresql") if given.database == "both" else (given.database,)
    )
    plan = Plan(given.scale, given.minutes, given.rate, given.day_only)
    results = []
    for kind in kinds:
        with server_for(kind) as server:
            result = asyncio.run(rehearse(plan, kind, server))
        results.append(result)
        sys.stdout.write("\n".join(report(result)) + "\n")
    if given.json:
        found = [as_json(each) for each in results]
        given.json.write_text(json.dumps(found, indent=2, default=str) + "\n", encoding="utf-8")
    return 1 if any(each.lost or each.doubled for each in results) else 0


if __name__ == "__main__":
    sys.exit(main())
