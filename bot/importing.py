"""Importing: reads the tables that were sent, and applies or undoes them, beside the conversation.

One copy of the bot does it, one table at a time: reading in a process of its own, so that neither
the loop nor the memory of the bot feels it; applying and undoing in one transaction each. A copy
that dies leaves the table as it was, and the next look takes it up again.
"""

import asyncio
import contextlib
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import structlog

from bot.desks import Desks
from bot.outgoing.delivery import Report
from bot.telegram.turns import Turns
from core.clock import Clock
from core.directory import dry_run
from core.directory.around import table_words
from core.directory.changes import Hand
from core.directory.dry_run import DryRun
from core.directory.importing import OvertakenError, Plan, apply, lines_of, undo_applied
from core.outgoing import Lane, Parcel
from core.release import DATA
from core.store import imports, leases, people
from core.store.database import Database
from core.store.imports import Import, State, opened, sealed_pieces
from core.store.sealing import Sealed
from core.store.transaction import Transaction
from dialogs.desk import speech_of
from dialogs.importing.actions import OpenImport
from dialogs.importing.tables import marked_screen
from dialogs.importing.telling import done_notice
from dialogs.importing.words import labels
from dialogs.screen import Screen
from dialogs.screen_json import screen_to_json

log = structlog.get_logger(__name__)

LEASE = "importing"
LEASE_LENGTH = timedelta(minutes=2)
RENEW_SECONDS = 30.0
LOOK_SECONDS = 15.0
"""How often a copy looks for what another one has left."""

PROGRESS_SECONDS = 2.0
LONGEST_READING = 900.0
"""Seconds after which a table that is still not read never will be."""

KEPT = timedelta(days=14)
"""So long a table waits for whoever sent it to decide."""

MOST_PROBLEMS, MOST_FIRST = 60, 8
LARGEST_MARKED = 45 * 1024 * 1024
"""Telegram takes no more than 50 MB from a bot."""


class ReadingError(Exception):
    """The process that reads tables has failed."""


class Importing:
    """Does what is to be done with tables, until stopped."""

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        copy: str,
        turns: Turns,
        desks: Desks,
        bell: asyncio.Event,
        report: Report,
        ring: Callable[[], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._copy = copy
        self._turns = turns
        self._desks = desks
        self._bell = bell
        self._report = report
        self._ring = ring

    async def run(self, stop: asyncio.Event) -> None:
        """Look when the bell rings and now and then, until stopped; a table in hand is left."""
        stopping = asyncio.ensure_future(stop.wait())
        try:
            while not stop.is_set():
                self._bell.clear()
                work = asyncio.ensure_future(self._look())
                await asyncio.wait({work, stopping}, return_when=asyncio.FIRST_COMPLETED)
                if not work.done():
                    work.cancel()
                    await asyncio.wait({work})
                    return
                work.result()
                waiting = asyncio.ensure_future(self._bell.wait())
                await asyncio.wait(
                    {waiting, stopping},
                    timeout=LOOK_SECONDS,
                    return_when=asyncio.FIRST_COMPLETED,
                )
                waiting.cancel()
        finally:
            stopping.cancel()

    async def _look(self) -> None:
        """Do everything that is to be done; whatever fails is reported, and the bot goes on."""
        try:
            while await self.do_one():
                pass
        except Exception as fault:  # noqa: BLE001 - whatever it is, the next look tries again
            if self._database.is_away(fault):
                log.warning("database_away", loop="importing")
            else:
                await self._report("importing", fault)

    async def do_one(self) -> bool:
        """Do what is to be done with one table, if another copy does not; tell whether it was."""
        async with self._database.reading() as tx:
            if await imports.next_to_do(tx) is None:
                return False
        async with self._database.writing() as tx:
            now = self._clock.now()
            if not await leases.hold(tx, LEASE, self._copy, now, LEASE_LENGTH):
                return False
            await imports.forget_idle(tx, now - KEPT)
            job = await imports.next_to_do(tx)
        if job is None:
            return False
        async with self._renewed():
            await self._do(job)
        async with self._database.writing() as tx:
            await leases.release(tx, LEASE, self._copy)
        return True

    async def _do(self, job: Import) -> None:
        work = {"waiting": self._read, "applying": self._apply, "undoing": self._undo}[job.state]
        try:
            await work(job)
        except Exception as fault:
            if self._database.is_away(fault):
                raise
            await self._report("importing", fault, table=job.id)
            await self._give_up(job)

    async def _give_up(self, job: Import) -> None:
        """Leave a table in a state in which somebody can decide what to do with it."""
        async with self._database.writing() as tx:
            now = self._clock.now()
            if job.state == "waiting":
                found = {"failed": True}
                await imports.tell(tx, job.id, base=0, summary={}, findings=found)
                done = await imports.move(tx, job.id, ["waiting"], "faulty", now)
            elif job.state == "applying":
                done = await imports.move(tx, job.id, ["applying"], "ready", now)
            else:
                done = await imports.move(tx, job.id, ["undoing"], "applied", now)
            away = done and await self._write_to_who_left(tx, job)
        await self._show(job, away=away)

    async def _read(self, job: Import) -> None:
        """Make the dry run of a table."""
        async with self._database.reading() as tx:
            table = await imports.pieces(tx, job.id, "table")
            say = await speech_of(self._desks.at(tx, self._clock.now()), job.person_id or 0)
        sealer = self._database.sealer
        with tempfile.TemporaryDirectory(prefix="bagyt-import-") as name:
            folder = Path(name)
            await asyncio.to_thread(_write, folder / dry_run.TABLE, opened(sealer, table))
            now = self._clock.now()
            await dry_run.lay_out(
                self._database,
                folder,
                labels=labels(say, table_words()),
                now=now,
                today=say.day(now),
                whole=job.whole,
            )
            await self._run(job, folder)
            found = await asyncio.to_thread(dry_run.found_in, folder)
            plan, marked, findings = await asyncio.to_thread(self._results, found)
            async with self._database.writing() as tx:
                state: State = "ready" if found.may_be_applied else "faulty"
                if not await imports.move(tx, job.id, ["waiting"], state, self._clock.now()):
                    return
                await imports.tell(
                    tx, job.id, base=found.base, summary=asdict(found.summary), findings=findings
                )
                await imports.keep_parts(tx, job.id, "marked", marked)
                if found.may_be_applied:
                    await imports.keep_parts(tx, job.id, "plan", plan)
                else:
                    await imports.drop_parts(tx, job.id, "table")
                away = await self._write_to_who_left(tx, job)
            before: tuple[Screen, ...] = ()
            if marked:
                content = await asyncio.to_thread((folder / dry_run.MARKED).read_bytes)
                before = (marked_screen(say, job, content),)
        await self._show(job, *before, away=away)

    def _results(self, found: DryRun) -> tuple[list[Sealed], list[Sealed], Mapping[str, Any]]:
        """What is kept of a dry run; the marked table only where it shows something."""
        sealer = self._database.sealer
        summary = found.summary
        plan = list(sealed_pieces(sealer, _chunks(found.plan))) if found.may_be_applied else []
        shows = found.refused is None and (found.may_be_applied or summary.errors)
        fits = shows and found.marked.stat().st_size <= LARGEST_MARKED
        marked = list(sealed_pieces(sealer, _chunks(found.marked))) if fits else []
        findings = {
            "refused": asdict(found.refused) if found.refused else None,
            "problems": [asdict(each) for each in found.problems[:MOST_PROBLEMS]],
            "first": list(islice(found.told(), MOST_FIRST)),
        }
        return plan, marked, findings

    async def _run(self, job: Import, folder: Path) -> None:
        """Read the table in a process of its own, and tell how far it is."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "core.directory.dry_run", str(folder)),
            cwd=DATA.parent,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            async with asyncio.timeout(LONGEST_READING):
                _, said = await asyncio.gather(self._follow(job, process), _all_of(process.stderr))
                await process.wait()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode:
            # The last line names the error; what stands before may hold what people wrote.
            raise ReadingError(said.decode(errors="replace").strip().rpartition("\n")[2][:200])

    async def _follow(self, job: Import, process: asyncio.subprocess.Process) -> None:
        clock = asyncio.get_running_loop().time
        told = clock()
        if process.stdout is None:
            return
        async for line in process.stdout:
            if clock() - told < PROGRESS_SECONDS:
                continue
            told = clock()
            async with self._database.writing() as tx:
                await imports.count_rows(tx, job.id, int(line), self._clock.now())
            await self._show(job)

    async def _apply(self, job: Import) -> None:
        """Do what a table says, wholly or not at all."""
        async with self._database.reading() as tx:
            plan = await imports.pieces(tx, job.id, "plan")
        sealer, now = self._database.sealer, self._clock.now()
        hand = Hand("import", person_id=job.applied_by, import_id=job.id)
        try:
            async with self._database.writing() as tx:
                if not await imports.move(tx, job.id, ["applying"], "applied", now):
                    return
                steps = Plan(lines_of(opened(sealer, plan)), job.base or 0)
                await apply(tx, hand, steps, now, lambda _: None)
                await imports.sign_applied(tx, job.id, job.applied_by, now)
                await imports.drop_parts(tx, job.id, "table", "plan", "marked")
                away = await self._write_to_who_left(tx, job)
        except OvertakenError:
            async with self._database.writing() as tx:
                findings = {**(job.findings or {}), "overtaken": True}
                await imports.tell(
                    tx, job.id, base=job.base or 0, summary=job.summary or {}, findings=findings
                )
                await imports.move(tx, job.id, ["applying"], "ready", now)
                away = await self._write_to_who_left(tx, job)
        await self._show(job, away=away)

    async def _undo(self, job: Import) -> None:
        """Bring back what was there before."""
        now = self._clock.now()
        hand = Hand("chat", person_id=job.undone_by, import_id=job.id)
        async with self._database.writing() as tx:
            if not await imports.move(tx, job.id, ["undoing"], "undone", now):
                return
            await undo_applied(tx, hand, job, now)
            away = await self._write_to_who_left(tx, job)
        await self._show(job, away=away)

    async def _write_to_who_left(self, tx: Transaction, job: Import) -> bool:
        """Put word into the queue if whoever waits for it is elsewhere by now; tell whether."""
        person_id = _waits(job)
        person = await people.find(tx, person_id)
        if person is None or person.view == OpenImport(job.id).pack():
            return False
        desk = self._desks.at(tx, self._clock.now())
        await desk.post(
            Parcel(
                chat_id=person_id,
                body=screen_to_json(done_notice(await speech_of(desk, person_id), job.id)),
                lane=Lane.REPLY,
                cause="import",
            )
        )
        return True

    async def _show(self, job: Import, *before: Screen, away: bool = False) -> None:
        """Show whoever waits for it how it stands, if they still look at it."""
        if away:
            self._ring()
            return
        await self._turns.refresh(_waits(job), OpenImport(job.id), before)

    @asynccontextmanager
    async def _renewed(self) -> AsyncIterator[None]:
        """Hold the lease for as long as the work takes."""
        renewing = asyncio.ensure_future(self._renew())
        try:
            yield
        finally:
            renewing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await renewing

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            async with self._database.writing() as tx:
                await leases.hold(tx, LEASE, self._copy, self._clock.now(), LEASE_LENGTH)


def _waits(job: Import) -> int:
    """Who pressed the button that led here."""
    by = {"applying": job.applied_by, "undoing": job.undone_by}.get(job.state) or job.person_id
    return by or 0


def _write(path: Path, pieces: Any) -> None:
    with path.open("wb") as file:
        file.writelines(pieces)


def _chunks(path: Path) -> Any:
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            yield chunk


async def _all_of(stream: asyncio.StreamReader | None) -> bytes:
    return await stream.read() if stream is not None else b""
