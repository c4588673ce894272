"""Where enquiries stand: at which question people stopped, or at which outcome they arrived.

It is replayed from the answers, which stay sealed in the database and are opened only here; what
comes out are numbers by day, service and question.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.services.engine import Outcome, replay_what_is_left
from core.services.model import Service

ARRIVED = "="
"""Stands before an outcome, where else a question stands."""


@dataclass(frozen=True, slots=True)
class Begun:
    """One enquiry, without its person: the day it was begun, the service and the answers."""

    day: dt.date
    service: str
    answers: Mapping[str, str]


def standings(
    enquiries: Iterable[Begun], services: Mapping[str, Service]
) -> Counter[tuple[dt.date, str]]:
    """How many stand where, by the day of their beginning."""
    return Counter(
        (each.day, key_of(each.service, stands_at(services[each.service], each.answers)))
        for each in enquiries
        if each.service in services
    )


def stands_at(service: Service, answers: Mapping[str, str]) -> str:
    """The question that is asked next, or the outcome behind an equals sign."""
    at = replay_what_is_left(service, answers).at
    return f"{ARRIVED}{at.says}" if isinstance(at, Outcome) else at.id


def key_of(service: str, at: str) -> str:
    """The key of a counter for a service and where one stands in it."""
    return f"{service}:{at}"


def read_key(key: str) -> tuple[str, str]:
    """The service and where one stands in it."""
    service, _, at = key.partition(":")
    return service, at
