"""Faults: an error of ours is logged once, kept by kind, and told to the admins once."""

from collections.abc import Callable

import structlog

from bot.watch.logs import where_it_broke
from bot.watch.metrics import Metrics
from core.clock import Clock
from core.outgoing import Lane, Parcel
from core.store import faults, outgoing, people, roles
from core.store.database import Database
from dialogs.alarm import show_alarm
from dialogs.screen_json import screen_to_json
from dialogs.speech import Languages

log = structlog.get_logger(__name__)


class Faults:
    """Takes reports of what went wrong; reporting itself never fails."""

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        languages: Languages,
        metrics: Metrics,
        ring: Callable[[], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._languages = languages
        self._metrics = metrics
        self._ring = ring

    async def report(self, where: str, fault: BaseException, /, **context: object) -> None:
        """Log the fault, and tell the admins if its kind is new."""
        log.error("fault", where=where, exc_info=fault, **context)
        self._metrics.fault(where)
        way = where_it_broke(fault)
        place = way[-1] if way else ""
        try:
            await self._tell(where, type(fault).__name__, place)
        except Exception as second:
            log.exception("fault_not_told", exc_info=second)

    async def _tell(self, where: str, kind: str, place: str) -> None:
        now = self._clock.now()
        async with self._database.writing() as tx:
            if not await faults.happened(tx, f"{where} {kind} {place}", now):
                return
            admins = {person for person, _ in await roles.scopes(tx, "admin")}
            for admin in sorted(admins):
                person = await people.find(tx, admin)
                say = self._languages[person.language if person else None]
                screen = show_alarm(say, where, kind, place)
                parcel = Parcel(
                    chat_id=admin,
                    body=screen_to_json(screen),
                    lane=Lane.REMINDER,
                    cause="fault",
                )
                await outgoing.put(tx, parcel, now)
        self._ring()
