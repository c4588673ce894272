"""A bot that dies by kill -9 at a given step of sending a complaint, and one that follows it."""

import asyncio
from datetime import timedelta
from typing import Any

from bot.outgoing import worker
from bot.outgoing.delivery import Delivery
from bot.settings import Settings
from bot.telegram.session import Session
from bot.telegram.turns import Turns
from core.store import complaints, outgoing, people
from core.store.complaints import What
from dialogs.officials.telling import TO_OFFICIAL
from tests.bot.mortal import FORKS, Mortal, die, live

STEPS = (
    "before the complaint is written",
    "after it is written",
    "before the queue's mark",
    "after the queue's mark",
    "after Telegram's receipt",
    "after it was sent",
)
MAY_DOUBLE = "after Telegram's receipt"
"""The one step at which nobody can say whether Telegram has the message that was being sent."""

UNDER_WAY = (MAY_DOUBLE, "after it was sent")
"""Steps at which another message may be on its way, of which nobody can say so either."""

FORKS.set_forkserver_preload([__name__, "tests.bot.mortal"])


class Doom:
    """Puts death behind one step, once a complaint was sent and its first official is told."""

    def __init__(self, official: int) -> None:
        self.official = official
        self.armed = False
        self.happen: Any = complaints.happen
        self.keep: Any = people.keep
        self.show: Any = Turns._show
        self.take: Any = outgoing.take
        self.send: Any = Delivery.send
        self.settle: Any = Delivery.settle
        self.call: Any = Session.call

    def put(self, step: str) -> None:
        """Put it there."""
        fatal: dict[str, tuple[Any, str, Any]] = {
            "before the complaint is written": (people, "keep", self._keep),
            "after it is written": (Turns, "_show", self._show()),
            "before the queue's mark": (outgoing, "take", self._take),
            "after the queue's mark": (Delivery, "send", self._send()),
            "after Telegram's receipt": (Session, "call", self._call()),
            "after it was sent": (Delivery, "settle", self._settle()),
        }
        complaints.happen = self._happen
        setattr(*fatal[step])

    async def _happen(self, tx: Any, complaint: Any, what: What, *more: Any, **changes: Any) -> Any:
        done = await self.happen(tx, complaint, what, *more, **changes)
        self.armed = self.armed or what.kind == "sent"
        return done

    async def _keep(self, *arguments: Any) -> None:
        await self.keep(*arguments)
        if self.armed:
            die()

    def _show(self) -> Any:
        async def show(turns: Turns, *arguments: Any) -> None:
            if self.armed:
                die()
            await self.show(turns, *arguments)

        return show

    async def _take(self, *arguments: Any) -> Any:
        taken = await self.take(*arguments)
        if any(each.cause == TO_OFFICIAL for each in taken):
            die()
        return taken

    def _send(self) -> Any:
        async def send(delivery: Delivery, posting: Any) -> Any:
            if posting.cause == TO_OFFICIAL:
                die()
            return await self.send(delivery, posting)

        return send

    def _settle(self) -> Any:
        async def settle(delivery: Delivery, posting: Any, verdict: Any) -> Any:
            pause = await self.settle(delivery, posting, verdict)
            if posting.cause == TO_OFFICIAL:
                die()
            return pause

        return settle

    def _call(self) -> Any:
        async def call(session: Session, bot: Any, name: str, parameters: Any, *more: Any) -> Any:
            answer = await self.call(session, bot, name, parameters, *more)
            if self.armed and parameters.get("chat_id") == self.official:
                die()
            return answer

        return call


def live_until(settings: Settings, step: str, official: int) -> None:
    """Run until killed; if a step is named, until that."""
    # Nobody waits for half a minute in a test: the calls of the dead are certainly over.
    worker.HELD_FOR = timedelta(seconds=2)
    worker.RENEWED_AFTER = timedelta(seconds=0.5)
    worker.ORPHANED_AFTER = timedelta(seconds=2)
    if step:
        Doom(official).put(step)
    live(settings)


class Doomed(Mortal):
    """A copy that dies at a step of its own accord; the next life is an ordinary one."""

    def __init__(self, settings: Settings, step: str, official: int) -> None:
        super().__init__(settings)
        self._step = step
        self._official = official

    def start(self) -> None:
        """Begin a life."""
        self._process = FORKS.Process(
            target=live_until, args=(self._settings, self._step, self._official)
        )
        self._process.start()
        self._step = ""

    async def died(self) -> int:
        """Wait for the end that its step brings; gives how it ended."""
        process = self._process
        assert process is not None
        await asyncio.to_thread(process.join, 60)
        code = process.exitcode
        assert code is not None, "it did not come to its step"
        process.close()
        self._process = None
        return code
