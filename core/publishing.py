"""Publishing: a draft of a service becomes a version that holds from a day on, or is told why not.

Whatever fails the checks of the files is not published, nor what was written for a version that
meanwhile is no longer the current one: two admins never undo each other's work unseen.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.knowledge import touch_knowledge
from core.release import body_of
from core.services.checking import Fault, Surroundings, check_service, faults_of
from core.services.model import Service
from core.services.wording import wording_faults
from core.services.yaml_lines import texts_in
from core.store import services
from core.store.services import Draft, Version
from core.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Published:
    """It is done; `number` is that of the new version."""

    number: int


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Another version has become the current one since the draft was begun."""

    current: Version


@dataclass(frozen=True, slots=True)
class Awaited:
    """Another version already waits for its day; it has to begin or be taken back first."""

    planned: Version


@dataclass(frozen=True, slots=True)
class Faulty:
    """It fails the checks."""

    faults: Sequence[Fault]


Answer = Published | Overtaken | Awaited | Faulty


async def publish_draft(
    tx: Transaction, draft: Draft, around: Surroundings, valid_from: datetime, now: datetime
) -> Answer:
    """Publish what an admin has worked on, from a moment on."""
    known = await services.versions_of(tx, draft.service)
    planned = next((each for each in known if each.waits(now)), None)
    if planned is not None:
        return Awaited(planned)
    current = next(each for each in known if each.holds(now))
    if current.version != draft.based_on:
        return Overtaken(current)
    service = Service.model_validate(draft.body)
    # Walking every way through the questions takes a while; others go on meanwhile.
    faults = await asyncio.to_thread(all_faults, service, around)
    if faults:
        return Faulty(faults)
    number = max(each.number for each in known) + 1
    numbered = service.model_copy(update={"version": number})
    done = await services.publish(
        tx,
        draft.service,
        number,
        body_of(numbered),
        valid_from=max(valid_from, now),
        now=now,
        person=draft.person_id,
    )
    if not done:
        # Somebody took the number between our look and our word.
        return Overtaken(replace(current, version=str(number)))
    await services.drop_draft(tx, draft.id, draft.person_id)
    await services.settle_offer(tx, body_of(numbered))
    await touch_knowledge(tx)
    return Published(number)


def all_faults(service: Service, around: Surroundings) -> Sequence[Fault]:
    """Everything that the checks of the files would say."""
    return [*_worded(service), *faults_of(service, around)]


def faults_at_sight(service: Service, around: Surroundings) -> Sequence[Fault]:
    """The same without walking the ways through the questions, which other words do not change."""
    return [*_worded(service), *check_service(service, around)]


def _worded(service: Service) -> Iterator[Fault]:
    for where, text in texts_in(body_of(service)):
        for fault in wording_faults(text, str(where[-1])):
            yield where, fault
