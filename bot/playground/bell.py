"""A bell: those who wait are woken when it rings, without asking again and again."""

import asyncio


class Bell:
    """Wakes every waiter; ringing when nobody waits costs nothing."""

    def __init__(self) -> None:
        self._waiters: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        if not self._waiters:
            return
        waiters, self._waiters = self._waiters, set()
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def heard(self, within: float) -> bool:
        """Wait for the next ring; False when `within` seconds passed without one."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            async with asyncio.timeout(within):
                await waiter
        except TimeoutError:
            return False
        else:
            return True
        finally:
            self._waiters.discard(waiter)
