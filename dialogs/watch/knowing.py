"""Knowing: what a watch means today, in a turn of its person and outside of any."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from core.directory.model import Office
from core.hours import last_morning
from core.services.engine import Outcome, replay, replay_what_is_left
from core.services.model import Refusal, Service
from core.store import enquiries, watches
from core.watch import AnswerDay, TermToday, Watch, answer_day, next_asking, terms_in_force, ways_of
from dialogs.desk import Desk
from dialogs.speech import Speech
from dialogs.statements import Citations, citations_of
from dialogs.turn import GoneError, Visit


@dataclass(frozen=True, slots=True)
class Watched:
    """What the screens of a watch are drawn from.

    `elsewhere` is a term in force that is known, but not for papers that went as these did.
    `asks_on` is the next day on which the answer is asked for.
    """

    watch: Watch
    service: Service
    citations: Citations
    office: Office | None
    found: AnswerDay | None
    elsewhere: TermToday | None
    asks_on: dt.date | None
    refusals: Sequence[Refusal]
    today: dt.date

    @property
    def is_over(self) -> bool:
        """Whether the day has come and gone."""
        return self.found is not None and self.today > self.found.day


async def own_watch(visit: Visit, number: int) -> Watch:
    """The watch of this number, if it is this person's."""
    watch = await watches.find(visit.tx, number, visit.person.id)
    if watch is None:
        raise GoneError(number)
    return watch


async def watched_now(visit: Visit, number: int) -> Watched:
    """The watch of this number, if it is this person's, with what it means today."""
    return await watched(visit, visit.say, await own_watch(visit, number))


async def watched(desk: Desk, say: Speech, watch: Watch) -> Watched:
    """A watch with what it means today."""
    knowledge = desk.knowledge
    service = knowledge.library.services.get(watch.service)
    if service is None:
        raise GoneError(watch.service)
    office = knowledge.directory.office(watch.office) if watch.office else None
    outcome = await _outcome(desk, watch, service)
    providers = outcome.providers if outcome is not None else service.providers
    ways = ways_of(providers, office.kind if office else None)
    ours, others = terms_in_force(knowledge.terms_today, service.id, ways)
    terms = outcome.terms if outcome is not None else service.terms
    citations = citations_of(service, knowledge.library)
    found = answer_day(
        watch,
        ours,
        terms,
        knowledge.calendar,
        act_in_force=citations.act.status == "in_force",
    )
    return Watched(
        watch,
        service,
        citations,
        office,
        found,
        others if watch.promised is None else None,
        asking_day(desk, say, found),
        outcome.refusals if outcome is not None else service.refusals,
        say.day(desk.now),
    )


def asking_day(desk: Desk, say: Speech, found: AnswerDay | None) -> dt.date | None:
    """The next day on which there is something to ask, from this moment on."""
    if found is None:
        return None
    local = say.local(desk.now)
    return next_asking(found, desk.knowledge.calendar, last_morning(local))


async def _outcome(desk: Desk, watch: Watch, service: Service) -> Outcome | None:
    """What the answers of the enquiry lead to; without them what all are told, if anything is.

    Whom the act rules out may have handed papers in all the same, and is told what all are.
    """
    if watch.enquiry is not None:
        enquiry = await enquiries.find(desk.tx, watch.enquiry, watch.person_id)
        if enquiry is not None:
            outcome = replay_what_is_left(service, enquiry.answers).outcome
            if outcome is not None and outcome.says != "not_eligible":
                return outcome
    return replay(service, {}).outcome
