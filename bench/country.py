"""A made-up country in a database: people, enquiries, offices, officials, and their complaints.

Names, texts and numbers are plainly invented; every row is one that the bot itself could have
written, so that whatever is measured over it meets what it would meet after years of use.
`python -m bench.country --database URL [--scale F]` settles one in an empty database.
"""

import argparse
import asyncio
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any

from sqlalchemy import Table, func, insert, select, text

from core.complaints.model import OPEN, Complaint, EventKind, Said, replayed
from core.complaints.routing import Holder, Holders, Scope, address, owners
from core.directory.changes import OWN_PREFIX
from core.directory.finding import Finder, load_whys
from core.directory.model import Office
from core.directory.whole import Directory
from core.outgoing import Lane
from core.release import DATA, apply_release, read_directory, read_library
from core.services.engine import Outcome, replay
from core.services.library import Library
from core.services.model import Service, Subject
from core.store import tables
from core.store.database import Database, Transaction
from core.store.revision import touch_knowledge
from core.store.sealing import Sealed, Sealer
from core.store.start import open_ready
from dialogs.enquiry import FINISHED
from dialogs.enquiry import OPEN as UNFINISHED
from dialogs.officials.telling import TO_OFFICIAL, about, once

FIRST_PERSON, FIRST_OFFICIAL, FIRST_ADMIN = 100_000_001, 300_000_001, 400_000_001
ADMINS = 3
CHUNK = 5_000
DAYS_BACK = 300
FAMILIES = 20
"""So many ways of answering a service are thought through; families are alike."""
MATTERS = 4_000
"""So many kinds of complaints there are at most: about whom, what for, and who has them."""
SHARE_GIVING_UP = 0.1
SHARE_OF_DISTRICTS = 0.3
"""So many officials answer for a whole district, the others for a few offices."""
MOST_OFFICES = 100
"""So many offices an official answers for; PostgreSQL's index bears no scope of many more."""
KEY = "a key for measuring only"

Row = Mapping[str, Any]

STORIES: tuple[tuple[float, tuple[EventKind, ...]], ...] = (
    (0.55, ("sent", "delivered", "taken", "answered", "closed")),
    (0.15, ("sent", "delivered", "taken", "answered")),
    (0.10, ("sent", "delivered", "withdrawn")),
    (0.10, ("sent", "delivered", "taken")),
    (0.06, ("sent", "delivered", "taken", "asked")),
    (0.04, ("sent", "delivered")),
)
"""What happened to complaints, and to which share of them."""

BY: Mapping[EventKind, str] = {"sent": "parent", "withdrawn": "parent", "delivered": "bot"}


@dataclass(frozen=True)
class Size:
    """How many of everything."""

    people: int = 1_000_000
    enquiries: int = 200_000
    complaints: int = 50_000
    officials: int = 2_000
    offices: int = 100_000

    def times(self, share: float) -> "Size":
        """The same country, smaller or larger."""
        return Size(*(max(1, round(getattr(self, each.name) * share)) for each in fields(self)))


@dataclass(frozen=True)
class Matter:
    """What complaints are about, and who has them."""

    service: Service
    office: Office
    subject: Subject
    addressee: Office
    step: int
    people: tuple[int, ...]


@dataclass(frozen=True)
class Land:
    """What is the same for all who live here."""

    size: Size
    library: Library
    directory: Directory
    now: datetime
    chance: random.Random
    sealer: Sealer

    def moment(self, days: float = DAYS_BACK) -> datetime:
        """Some moment of the last days."""
        return self.now - timedelta(days=self.chance.random() * days)


async def settle(
    database: Database, size: Size, now: datetime, tell: Callable[[str], None] = lambda _: None
) -> None:
    """Fill an empty database: the release first, then everybody who lives by it."""
    await apply_release(database, now)
    async with database.reading(slow=True) as tx:
        library = await read_library(tx, now)
    directory = await read_directory(database)
    land = Land(size, library, directory, now, random.Random(2026), database.sealer)
    every = [*land.directory.offices.values(), *offices(land)]
    roles = list(officials(land, every))
    holders = Holders(
        Holder(each["person_id"], Scope.read(each["scope"], land.directory))
        for each in roles
        if each["role"] == "official"
    )
    told = partial(_written, database, tell)
    await told(tables.people, people(land))
    await told(tables.enquiries, enquiries(land))
    own = [each for each in every if each.id.startswith(OWN_PREFIX)]
    await told(tables.offices, map(partial(office_row, now), own))
    await told(tables.roles, iter(roles))
    made = complaints(land, matters(land, every, holders))
    # The rows of a complaint come together, its story after it.
    while some := list(islice(made, CHUNK)):
        for table, place in (
            (tables.complaints, 0),
            (tables.complaint_events, 1),
            (tables.outgoing, 2),
        ):
            await fill(database, table, iter([row for each in some for row in each[place]]))
    tell(f"complaints: {size.complaints}")
    async with database.writing() as tx:
        await _count_on(tx)
        await touch_knowledge(tx)


async def _written(
    database: Database, tell: Callable[[str], None], table: Table, rows: Iterator[Row]
) -> None:
    began = time.monotonic()
    written = await fill(database, table, rows)
    tell(f"{table.name}: {written} in {time.monotonic() - began:.1f} s")


async def fill(database: Database, table: Table, rows: Iterator[Row]) -> int:
    """Write rows in chunks, each a transaction of its own."""
    written = 0
    while chunk := list(islice(rows, CHUNK)):
        async with database.writing() as tx:
            await tx.execute_many(insert(table), chunk)
        written += len(chunk)
    return written


async def _count_on(tx: Transaction) -> None:
    """Rows that came with their numbers must not be numbered so again."""
    if tx.dialect == "sqlite":
        return
    for table in (tables.complaints, tables.complaint_events):
        most = await tx.scalar(select(func.max(table.c.id)))
        await tx.scalar(
            text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :most)"),
            {"name": table.name, "most": most},
        )


def people(land: Land) -> Iterator[Row]:
    """People who came once or often, most of them long ago; officials and admins lately."""
    size = land.size
    for number in range(size.people):
        yield person(FIRST_PERSON + number, land.chance.choice(("kk", "ru")), land.moment())
    for number in range(size.officials):
        yield person(FIRST_OFFICIAL + number, land.chance.choice(("kk", "ru")), land.moment(3))
    for number in range(ADMINS):
        yield person(FIRST_ADMIN + number, "ru", land.moment(3))


def person(number: int, language: str, active: datetime) -> Row:
    """Somebody who looked at the menu last."""
    return {
        "id": number,
        "language": language,
        "language_asked": True,
        "view": "m:0",
        "was": None,
        "memory": None,
        "message_id": None,
        "message_at": None,
        "seen": "",
        "version": 7,
        "created_at": active - timedelta(days=30),
        "active_at": active,
    }


def enquiries(land: Land) -> Iterator[Row]:
    """Enquiries that were answered to some point, by the rules of this release."""
    services = list(land.library.services.values())
    nothing = land.sealer.seal_json([])
    families = {each.id: [family(land, each) for _ in range(FAMILIES)] for each in services}
    for _ in range(land.size.enquiries):
        service = land.chance.choice(services)
        answers, state = land.chance.choice(families[service.id])
        active = land.moment()
        yield {
            "person_id": FIRST_PERSON + land.chance.randrange(land.size.people),
            "service": service.id,
            "rules_version": str(service.version),
            "answers": answers,
            "ticked": nothing,
            "label": None,
            "state": state,
            "created_at": active,
            "active_at": active,
        }


def family(land: Land, service: Service) -> tuple[Sealed, str]:
    """Answers to the questions as they come, often to the last one."""
    answers: dict[str, str] = {}
    while True:
        at = replay(service, answers).at
        if isinstance(at, Outcome):
            return land.sealer.seal_json(answers), FINISHED
        if land.chance.random() < SHARE_GIVING_UP:
            return land.sealer.seal_json(answers), UNFINISHED
        answers[at.id] = land.chance.choice(at.options).id


def offices(land: Land) -> Iterator[Office]:
    """Offices like the real ones, with numbers behind their names, as an admin adds them."""
    real = list(land.directory.offices.values())
    for number in range(len(real), land.size.offices):
        like = real[number % len(real)]
        name = like.name.model_copy(
            update={"kk": f"{like.name.kk} № {number}", "ru": f"{like.name.ru} № {number}"}
        )
        own = {"id": f"{OWN_PREFIX}{number:07}", "name": name, "listings": (), "flags": ()}
        yield like.model_copy(update=own)


def office_row(now: datetime, office: Office) -> Row:
    """An office as an admin's own."""
    body = office.model_dump(mode="json", by_alias=True)
    return {
        **{name: body[name] for name in ("id", "kind", "region", "district", "locality")},
        "body": body,
        "origin": "admin",
        "offered": None,
        "edited": None,
        "changed_at": now,
    }


def officials(land: Land, every: Sequence[Office]) -> Iterator[Row]:
    """Officials of some districts, or of the offices that they share out; and the admins."""
    districts = sorted({each.district for each in every if each.district})
    size = land.size.officials
    share = -(-len(every) // size)
    for number in range(size):
        scope: dict[str, list[str]]
        if land.chance.random() < SHARE_OF_DISTRICTS:
            scope = {"districts": [land.chance.choice(districts)]}
        else:
            own = every[number * share : (number + 1) * share] or [land.chance.choice(every)]
            own = own[:MOST_OFFICES]
            scope = {"offices": [each.id for each in own]}
        yield role(land, FIRST_OFFICIAL + number, "official", scope)
    for number in range(ADMINS):
        yield role(land, FIRST_ADMIN + number, "admin", {})


def role(land: Land, number: int, name: str, scope: Mapping[str, Any]) -> Row:
    """A role as it is held."""
    return {
        "person_id": number,
        "role": name,
        "scope": scope,
        "name": land.sealer.seal(f"Made-up {name} {number}"),
        "granted_by": None,
        "granted_at": land.now - timedelta(days=DAYS_BACK),
        "revoked_at": None,
    }


def matters(land: Land, every: Sequence[Office], holders: Holders) -> Sequence[Matter]:
    """What people complain about, with the offices to which the bot would send that."""
    directory = Directory(
        {each.id: each for each in every}, land.directory.aliases, land.directory.places
    )
    finder = Finder(directory, land.library.services, load_whys(DATA))
    services = list(land.library.services.values())
    subjects: tuple[Subject, ...] = ("refused", "late", "rude", "not_taken", "hours", "other")
    found: list[Matter] = []
    while len(found) < min(MATTERS, land.size.complaints):
        service, office = land.chance.choice(services), land.chance.choice(every)
        subject = land.chance.choice(subjects)
        to = address(finder, directory, service=service, place=None, about=office, subject=subject)
        if to.office is not None and not office.closed:
            found.append(Matter(service, office, subject, to.office, to.step, ()))
    return [_with_people(directory, each, holders) for each in found]


def _with_people(directory: Directory, matter: Matter, holders: Holders) -> Matter:
    """With whoever has a complaint about it, by the same rules as a running bot."""
    like = Complaint(
        id=0,
        person_id=None,
        language="ru",
        service=matter.service.id,
        place=matter.office.district,
        office=matter.office.id,
        addressee=matter.addressee.id,
        step=matter.step,
        subject=matter.subject,
        state="sent",
        said=Said(),
        taken_by=None,
        incoming_number=None,
        registered_on=None,
        extended_days=0,
        follows=None,
        joined_to=None,
        version=0,
        created_at=datetime.now(UTC),
        sent_at=None,
        changed_at=datetime.now(UTC),
    )
    return replace(
        matter,
        people=owners(directory, like, holders, range(FIRST_ADMIN, FIRST_ADMIN + ADMINS)).people,
    )


Rows = tuple[Sequence[Row], Sequence[Row], Sequence[Row]]


def complaints(land: Land, about_what: Sequence[Matter]) -> Iterator[Rows]:
    """Complaints with their stories, and what was told to officials of those that are open."""
    words = [
        land.sealer.seal_json(Said(text=_words(number), consent=True).as_json())
        for number in range(FAMILIES)
    ]
    answer = land.sealer.seal("A made-up answer of an office, as long as such answers are. " * 4)
    body = land.sealer.seal_json({"text": _words(0) * 2, "rows": []})
    stories = [story for _, story in STORIES]
    shares = [share for share, _ in STORIES]
    event = 0
    for number in range(1, land.size.complaints + 1):
        matter = land.chance.choice(about_what)
        (story,) = land.chance.choices(stories, shares)
        state = replayed(story)
        # What is open is young, so that nobody is reminded of all of it at once.
        sent = land.moment(0.5 if state in OPEN else DAYS_BACK)
        official = matter.people[0] if matter.people else None
        has_it = "taken" in story
        complaint = {
            "id": number,
            "person_id": FIRST_PERSON + land.chance.randrange(land.size.people),
            "language": land.chance.choice(("kk", "ru")),
            "service": matter.service.id,
            "place": matter.office.district,
            "office": matter.office.id,
            "addressee": matter.addressee.id,
            "step": matter.step,
            "subject": matter.subject,
            "state": state,
            "said": land.chance.choice(words),
            "taken_by": official if has_it and state in OPEN else None,
            "incoming_number": None,
            "registered_on": None,
            "extended_days": 0,
            "follows": None,
            "joined_to": None,
            "version": len(story),
            "created_at": sent,
            "sent_at": sent,
            "changed_at": sent + timedelta(minutes=len(story)),
        }
        events: list[Row] = []
        for step, kind in enumerate(story):
            event += 1
            by = BY.get(kind, "official")
            events.append(
                {
                    "id": event,
                    "complaint": number,
                    "kind": kind,
                    "at": sent + timedelta(minutes=step),
                    "by": by,
                    "person_id": {"parent": complaint["person_id"], "official": official}.get(by),
                    "office": matter.addressee.id,
                    "words": answer if kind in ("answered", "asked") else None,
                    "data": {},
                }
            )
        notices = [
            notice(number, who, events[0]["id"], sent, body)
            for who in matter.people
            if state in OPEN
        ]
        yield [complaint], events, notices


def _words(number: int) -> str:
    """As much as somebody writes who is angry, and plainly invented."""
    return (
        f"Made-up words number {number}: they would not take the papers, and did not say why. " * 3
    )


def notice(complaint: int, who: int, event: int, at: datetime, body: Sealed) -> Row:
    """What an official was told of a complaint."""
    return {
        "chat_id": who,
        "thread_id": None,
        "lane": int(Lane.PERSONAL),
        "body": body,
        "cause": TO_OFFICIAL,
        "once": once(TO_OFFICIAL, who, event),
        "about": about(complaint),
        "created_at": at,
        "not_before": at,
        "expires_at": None,
        "attempts": 1,
        "state": "sent",
        "taken_at": at,
        "sent_at": at,
        "message_id": 1,
        "error": None,
    }


async def run(url: str, scale: float) -> None:
    """Settle a country of this scale in the database of a URL."""
    database = await open_ready(url, Sealer.from_setting(KEY))
    try:
        await settle(database, Size().times(scale), datetime.now(UTC), print_line)
    finally:
        await database.close()


def print_line(line: str) -> None:
    """Tell how far it is."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Settle it where told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", required=True)
    parser.add_argument("--scale", type=float, default=0.01)
    given = parser.parse_args()
    asyncio.run(run(given.database, given.scale))


if __name__ == "__main__":
    main()
