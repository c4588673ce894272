"""Waiting to the end for what must not be cut short."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

Done = TypeVar("Done")


async def to_the_end(work: Awaitable[Done]) -> Done:
    """Wait until the work is done; a cancellation meanwhile is passed on afterwards."""
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        raise cancelled from task.exception()
    return task.result()
