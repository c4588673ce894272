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

TICKS = os.sysconf("SC_CLK_TCK")
MEGABYTE = 1024 * 1024
TO_END = 20.0


@dataclass(frozen=True)
class Measured:
    """A running process."""

    process: Process

    def processor_seconds(self) -> float:
        """Time on the processor so far, its own and the system's."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / TICKS

    def memory(self) -> float:
        """What it holds, in megabytes."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024 / MEGABYTE
        raise RuntimeError("the process is gone")


@asynccontextmanager
async def started(arguments: list[str], environment: Mapping[str, str]) -> AsyncIterator[Measured]:
    """A Python process of ours, ended with the context while this one goes on serving it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        env={**os.environ, **environment},
        stdout=DEVNULL,
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
