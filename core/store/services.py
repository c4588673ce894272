"""Versions of services in the database: every one that was ever published, and which is current.

Of an admin's versions the one that began last is current, of a release's the one that came last;
an admin's goes before any of a release. Numbers of versions only grow.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from core.store.tables import service_drafts as drafts
from core.store.tables import service_offers as offers
from core.store.tables import service_versions as versions
from core.store.transaction import Transaction

RELEASE, ADMIN = "release", "admin"
Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a service, without what it says."""

    service: str
    version: str
    origin: str
    valid_from: datetime | None
    published_at: datetime
    published_by: int | None
    withdrawn_at: datetime | None
    withdrawn_by: int | None

    @property
    def number(self) -> int:
        """Its number."""
        return int(self.version)

    @property
    def begins(self) -> datetime:
        """From when it holds."""
        return self.valid_from or self.published_at

    def holds(self, now: datetime) -> bool:
        """Whether it has begun and was not taken back."""
        return self.withdrawn_at is None and (self.valid_from is None or self.valid_from <= now)

    def waits(self, now: datetime) -> bool:
        """Whether it is to begin later."""
        return self.withdrawn_at is None and self.valid_from is not None and self.valid_from > now


@dataclass(frozen=True, slots=True)
class Draft:
    """A new version that an admin is working on; `based_on` is the one it is to follow."""

    id: int
    service: str
    body: Body
    based_on: str
    person_id: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """What the last release says of a service that an admin published."""

    service: str
    body: Body
    offered_at: datetime
    declined_at: datetime | None
    declined_by: int | None


_told = [column for column in versions.c if column.name != "body"]
_names = (
    "service",
    "version",
    "body",
    "origin",
    "valid_from",
    "published_at",
    "published_by",
)
_inserting: dict[str, Any] = {name: bindparam(name) for name in _names}
_pair = (versions.c.service == bindparam("which"), versions.c.version == bindparam("numbered"))


def _releasing(make: Any) -> Any:
    new = make(versions).values(_inserting)
    return new.on_conflict_do_update(
        index_elements=["service", "version"],
        set_={"body": new.excluded.body, "published_at": new.excluded.published_at},
        # What an admin published is theirs; a release only corrects what a release brought.
        where=versions.c.origin == RELEASE,
    )


def _publishing(make: Any) -> Any:
    return (
        make(versions)
        .values(_inserting)
        .on_conflict_do_nothing(index_elements=["service", "version"])
        .returning(versions.c.version)
    )


def _drafting(make: Any) -> Any:
    names = ("service", "body", "based_on", "person_id", "changed_at")
    new = make(drafts).values({name: bindparam(name) for name in names})
    return new.on_conflict_do_update(
        index_elements=["service", "person_id"],
        set_={name: new.excluded[name] for name in ("body", "based_on", "changed_at")},
    ).returning(drafts.c.id)


RELEASED = {"sqlite": _releasing(sqlite.insert), "postgresql": _releasing(postgresql.insert)}
PUBLISH = {"sqlite": _publishing(sqlite.insert), "postgresql": _publishing(postgresql.insert)}
DRAFT = {"sqlite": _drafting(sqlite.insert), "postgresql": _drafting(postgresql.insert)}
ALL = select(*_told)
OF = select(*_told).where(versions.c.service == bindparam("which"))
BODY = select(versions.c.body).where(*_pair)
BODIES = select(versions.c.service, versions.c.body).where(
    tuple_(versions.c.service, versions.c.version).in_(bindparam("pairs", expanding=True))
)
WITHDRAW = (
    update(versions)
    .where(*_pair, versions.c.withdrawn_at.is_(None), versions.c.valid_from > bindparam("now"))
    .values(withdrawn_at=bindparam("now"), withdrawn_by=bindparam("person"))
)
_own_draft = (drafts.c.id == bindparam("number"), drafts.c.person_id == bindparam("person"))
OWN_DRAFT = select(drafts).where(*_own_draft)
OWN_DRAFTS = select(drafts).where(drafts.c.person_id == bindparam("person")).order_by(drafts.c.id)
DROP_DRAFT = delete(drafts).where(*_own_draft)
DROP_IDLE = delete(drafts).where(drafts.c.changed_at < bindparam("before"))
OFFERS = select(offers).order_by(offers.c.service)
DROP_OFFER = delete(offers).where(offers.c.service == bindparam("which"))
DECLINE = (
    update(offers)
    .where(offers.c.service == bindparam("which"), offers.c.declined_at.is_(None))
    .values(declined_at=bindparam("now"), declined_by=bindparam("person"))
)


async def bring_release(tx: Transaction, bodies: Sequence[Body], now: datetime) -> None:
    """Keep what a release says of services, and beside what an admin published what differs.

    What came last before is left as it is, so that a version keeps the day on which it came.
    """
    known: dict[str, list[Version]] = {}
    for each in await every(tx):
        known.setdefault(each.service, []).append(each)
    offered = {each.service: each for each in await all_offers(tx)}
    for body in bodies:
        name = body["id"]
        ranked = _ranked(known.get(name, ()))
        newest = next((each for each in ranked if each.origin == RELEASE), None)
        if newest is None or await body_of(tx, name, newest.version) != body:
            await tx.execute(RELEASED[tx.dialect], _row(name, body["version"], body, now))
        theirs = next((e for e in ranked if e.origin == ADMIN and e.withdrawn_at is None), None)
        await _offer(tx, body, theirs, offered.get(name), now)


async def _offer(
    tx: Transaction, body: Body, theirs: Version | None, offered: Offer | None, now: datetime
) -> None:
    """Keep for the admins what a release says otherwise; what they declined is not asked again."""
    name = body["id"]
    there = await body_of(tx, name, theirs.version) if theirs is not None else None
    differs = there is not None and not _alike(there, body)
    if offered is not None and differs and dict(offered.body) == dict(body):
        return
    if offered is not None:
        await tx.execute(DROP_OFFER, {"which": name})
    if differs:
        row = {"service": name, "body": dict(body), "offered_at": now}
        await tx.execute(insert(offers).values(row))


async def publish(
    tx: Transaction,
    service: str,
    number: int,
    body: Body,
    *,
    valid_from: datetime,
    now: datetime,
    person: int,
) -> bool:
    """Keep an admin's version; tell whether its number was still free."""
    row = _row(service, number, body, now, valid_from=valid_from, person=person)
    return await tx.scalar(PUBLISH[tx.dialect], row) is not None


async def withdraw(tx: Transaction, service: str, version: str, person: int, now: datetime) -> bool:
    """Take back a version that has not begun; tell whether there was one to take back."""
    values = {"which": service, "numbered": version, "person": person, "now": now}
    return bool(await tx.execute(WITHDRAW, values))


async def every(tx: Transaction) -> Sequence[Version]:
    """All versions of all services."""
    return [Version(**row._asdict()) for row in await tx.all(ALL)]


async def versions_of(tx: Transaction, service: str) -> Sequence[Version]:
    """The versions of a service, the one that counts most first."""
    rows = await tx.all(OF, {"which": service})
    return _ranked([Version(**row._asdict()) for row in rows])


async def body_of(tx: Transaction, service: str, version: str) -> Body | None:
    """What a version says."""
    body: Body | None = await tx.scalar(BODY, {"which": service, "numbered": version})
    return body


async def bodies_of(tx: Transaction, chosen: Sequence[Version]) -> dict[str, Body]:
    """What several versions say, one of each service."""
    pairs = [(each.service, each.version) for each in chosen]
    rows = await tx.all(BODIES, {"pairs": pairs})
    return {row.service: row.body for row in rows}


def in_force(known: Sequence[Version], now: datetime) -> dict[str, list[Version]]:
    """The versions of every service that hold now, the current one first."""
    services: dict[str, list[Version]] = {}
    for each in _ranked(known):
        if each.holds(now):
            services.setdefault(each.service, []).append(each)
    return services


async def keep_draft(
    tx: Transaction, service: str, body: Body, *, based_on: str, person: int, now: datetime
) -> int:
    """Keep what an admin is working on, in place of what they had of that service."""
    number: int = await tx.scalar(
        DRAFT[tx.dialect],
        {
            "service": service,
            "body": dict(body),
            "based_on": based_on,
            "person_id": person,
            "changed_at": now,
        },
    )
    return number


async def own_draft(tx: Transaction, number: int, person: int) -> Draft | None:
    """A draft of this person."""
    row = await tx.first(OWN_DRAFT, {"number": number, "person": person})
    return Draft(**row._asdict()) if row else None


async def own_drafts(tx: Transaction, person: int) -> Sequence[Draft]:
    """What a person is working on."""
    return [Draft(**row._asdict()) for row in await tx.all(OWN_DRAFTS, {"person": person})]


async def drop_draft(tx: Transaction, number: int, person: int) -> bool:
    """Throw a draft of this person away; tell whether it was there."""
    return bool(await tx.execute(DROP_DRAFT, {"number": number, "person": person}))


async def drop_idle_drafts(tx: Transaction, before: datetime) -> int:
    """Throw away what nobody has worked on since a moment; tell how much that was."""
    return await tx.execute(DROP_IDLE, {"before": before})


async def all_offers(tx: Transaction) -> Sequence[Offer]:
    """What the last release says otherwise, also what was declined."""
    return [Offer(**row._asdict()) for row in await tx.all(OFFERS)]


async def decline_offer(tx: Transaction, service: str, person: int, now: datetime) -> bool:
    """Leave a service as the admins have it; tell whether that was still to be decided."""
    values = {"which": service, "person": person, "now": now}
    return bool(await tx.execute(DECLINE, values))


async def settle_offer(tx: Transaction, body: Body) -> None:
    """Forget what a release says otherwise if it is just this that was published now."""
    for each in await all_offers(tx):
        if each.service == body["id"] and _alike(each.body, body):
            await tx.execute(DROP_OFFER, {"which": each.service})


def _alike(one: Body, other: Body) -> bool:
    """Whether two say the same, whatever their numbers are."""
    return {**one, "version": None} == {**other, "version": None}


def _ranked(known: Sequence[Version]) -> list[Version]:
    """The one that counts most first, whether it has begun or not."""
    return sorted(
        known,
        key=lambda each: (each.origin == ADMIN, each.begins, each.published_at, each.number),
        reverse=True,
    )


def _row(
    service: str,
    number: int,
    body: Body,
    now: datetime,
    *,
    valid_from: datetime | None = None,
    person: int | None = None,
) -> dict[str, Any]:
    return {
        "service": service,
        "version": str(number),
        "body": dict(body),
        "origin": RELEASE if person is None else ADMIN,
        "valid_from": valid_from,
        "published_at": now,
        "published_by": person,
    }
