"""Processes under measure: their start, their time on the processor, their memory."""

import asyncio
import os
import sys
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
MEGABYTE = 1024 * 1024
TO_END = 20.0


@dataclass(frozen=True)
class Measured:
    """A running process."""

    process: Process

    def processor_seconds(self) -> float:
        """Time on the processor so far, its own and the system's."""
        return processor_seconds(self.process.pid)

    def memory(self) -> float:
        """What it holds, in megabytes."""
        return memory(self.process.pid)


@asynccontextmanager
async def started(
    arguments: list[str], environment: Mapping[str, str], log: IO[bytes] | None = None
) -> AsyncIterator[Measured]:
    """A Python process of ours, ended with the context while this one goes on serving it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        env={**os.environ, **environment},
        stdout=DEVNULL,
        stderr=log,
    )
    try:
        yield Measured(process)
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), TO_END)


def own_processor_seconds() -> float:
    """Time on the processor of this process."""
    return time.process_time()


def processor_seconds(process: int) -> float:
    """Time on the processor of a process so far, its own and the system's; 0 if it is gone."""
    fields = _stat(process)
    return (int(fields[11]) + int(fields[12])) / TICKS if fields else 0.0


def memory(process: int) -> float:
    """What a process holds, in megabytes; 0 if it is gone."""
    fields = _stat(process)
    return int(fields[21]) * PAGE / MEGABYTE if fields else 0.0


def family_of(process: int) -> list[int]:
    """A process and its children."""
    tasks = Path(f"/proc/{process}/task/{process}/children")
    try:
        return [process, *map(int, tasks.read_text().split())]
    except OSError:
        return []


def busy_seconds() -> float:
    """Time that all processors of the machine have worked for anybody."""
    user, nice, system, _, __, irq, soft, *_rest = map(
        int, Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    )
    return (user + nice + system + irq + soft) / TICKS


def _stat(process: int) -> list[str]:
    """What the system tells of a process, behind its name; nothing if it is gone."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
