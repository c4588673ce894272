"""A release: what the files of data/ bring into the database, where the truth is kept.

The files are read only when they have changed since they were last brought in.
"""

import asyncio
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from core.directory.bringing import bring_release
from core.directory.loading import load_aliases, load_offices
from core.directory.model import Office
from core.directory.whole import Directory
from core.garbage import left_for_later
from core.places.loading import load_places
from core.places.model import Place
from core.services.acts import Act
from core.services.library import (
    ACTS_FILE,
    SERVICES_FOLDER,
    SITUATIONS_FILE,
    Library,
    Situation,
    load_library,
)
from core.services.model import Service
from core.store import meta, offices, services
from core.store.database import Database, Transaction

DATA = Path(__file__).resolve().parent.parent / "data"
FINGERPRINT, ACTS, SITUATIONS = "release", "release acts", "release situations"
DIRECTORY_FINGERPRINT = "release directory"
_ACTS = TypeAdapter(list[Act])
_SITUATIONS = TypeAdapter(list[Situation])
_OFFICES = TypeAdapter(list[Office])
_PLACES = TypeAdapter(list[Place])


async def apply_release(database: Database, now: datetime, folder: Path = DATA) -> bool:
    """Bring the files into the database if they are news to it; tell whether they were."""
    services_are_news = await _apply_services(database, now, folder)
    directory_is_news = await _apply_directory(database, now, folder)
    return services_are_news or directory_is_news


async def _apply_services(database: Database, now: datetime, folder: Path) -> bool:
    print_of_files = await asyncio.to_thread(fingerprint, folder)
    if await _knows(database, FINGERPRINT, print_of_files):
        return False
    library = await asyncio.to_thread(load_library, folder)
    async with database.writing() as tx:
        await keep_surroundings(tx, library)
        bodies = [body_of(each) for each in library.services.values()]
        await services.bring_release(tx, bodies, now)
        await meta.put(tx, FINGERPRINT, print_of_files)
    return True


async def keep_surroundings(tx: Transaction, library: Library) -> None:
    """Keep the acts and the situations, at which services point."""
    await meta.put(tx, ACTS, _ACTS.dump_json(list(library.acts.values())).decode())
    await meta.put(tx, SITUATIONS, _SITUATIONS.dump_json(list(library.situations)).decode())


async def _apply_directory(database: Database, now: datetime, folder: Path) -> bool:
    print_of_files = await asyncio.to_thread(directory_fingerprint, folder)
    if await _knows(database, DIRECTORY_FINGERPRINT, print_of_files):
        return False
    directory = await asyncio.to_thread(load_directory, folder)
    bodies = await asyncio.to_thread(
        _OFFICES.dump_python, list(directory.offices.values()), mode="json", by_alias=True
    )
    async with database.writing() as tx:
        await offices.bring_places(
            tx, _PLACES.dump_python(list(directory.places.values()), mode="json")
        )
        await offices.bring_aliases(tx, directory.aliases)
        await bring_release(tx, bodies, now)
        await meta.put(tx, DIRECTORY_FINGERPRINT, print_of_files)
    return True


async def _knows(database: Database, name: str, print_of_files: str) -> bool:
    async with database.reading() as tx:
        return await meta.get(tx, name) == print_of_files


async def read_library(tx: Transaction, now: datetime) -> Library:
    """The acts, situations and current services that the database holds."""
    acts = _ACTS.validate_python(json.loads(await meta.get(tx, ACTS) or "[]"))
    situations = _SITUATIONS.validate_python(json.loads(await meta.get(tx, SITUATIONS) or "[]"))
    in_force = services.in_force(await services.every(tx), now)
    bodies = await services.bodies_of(tx, [each[0] for each in in_force.values()])
    known: dict[str, Service] = {}
    for name in (name for act in acts for name in act.services if name in bodies):
        service = _read_service(bodies[name])
        for earlier in in_force[name][1:]:
            if service is not None:
                break
            service = _read_service(await services.body_of(tx, name, earlier.version))
        if service is not None:
            known[name] = service
    return Library({act.id: act for act in acts}, tuple(situations), known)


def body_of(service: Service) -> dict[str, Any]:
    """A service as the database keeps it."""
    return service.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _read_service(body: services.Body | None) -> Service | None:
    """The service that a version holds; None if it is of a form that this code no longer reads."""
    try:
        return Service.model_validate(body)
    except ValidationError:
        return None


async def read_directory(database: Database, *, with_gazetteer: bool = True) -> Directory:
    """The offices and places that the database holds, read as one text each: that is quick."""
    async with database.reading(slow=True) as tx:
        office_bodies = await offices.office_bodies(tx)
        place_bodies = await offices.place_bodies(tx)
        aliases = await offices.aliases(tx)
        boundaries = await offices.boundaries(tx)
        settlements = await offices.settlement_bodies(tx) if with_gazetteer else ()
    directory = await asyncio.to_thread(
        _latest_directory, office_bodies, place_bodies, aliases, settlements
    )
    return replace(directory, boundaries=boundaries)


def load_directory(folder: Path) -> Directory:
    """The offices and places of the files."""
    return Directory(load_offices(folder), load_aliases(folder), load_places(folder))


@dataclass(slots=True)
class _Latest:
    """The directory that was read last, so that what has not changed is not read again."""

    digest: bytes = b""
    directory: Directory | None = None


_LATEST = _Latest()


def _latest_directory(
    office_bodies: Sequence[str],
    place_bodies: Sequence[str],
    aliases: Mapping[str, str],
    settlements: Sequence[str],
) -> Directory:
    digest = hashlib.blake2b()
    known = json.dumps(aliases, sort_keys=True)
    for text in (*office_bodies, "places", *place_bodies, *settlements, known):
        digest.update(text.encode())
    if _LATEST.directory is None or _LATEST.digest != digest.digest():
        _LATEST.directory = _directory(office_bodies, place_bodies, aliases, settlements)
        _LATEST.digest = digest.digest()
    return _LATEST.directory


def _directory(
    office_bodies: Sequence[str],
    place_bodies: Sequence[str],
    aliases: Mapping[str, str],
    settlements: Sequence[str],
) -> Directory:
    with left_for_later():
        return Directory(
            {each.id: each for each in _OFFICES.validate_json(f"[{','.join(office_bodies)}]")},
            aliases,
            places_of(place_bodies, settlements),
        )


def places_of(place_bodies: Sequence[str], settlements: Sequence[str]) -> dict[str, Place]:
    """The places that stand as JSON texts, with what a gazetteer adds."""
    places = {each.id: each for each in _PLACES.validate_json(f"[{','.join(place_bodies)}]")}
    return with_settlements(places, _PLACES.validate_json(f"[{','.join(settlements)}]"))


def with_settlements(places: Mapping[str, Place], settlements: Iterable[Place]) -> dict[str, Place]:
    """The places of the files, with what a gazetteer adds: others, and positions where none is."""
    whole = dict(places)
    for each in settlements:
        known = places.get(each.id)
        if known is None and each.parent in places:
            whole[each.id] = each
        elif known is not None and known.lat is None:
            whole[each.id] = known.moved(each.lat, each.lon, each.position_from)
    return whole


def fingerprint(folder: Path) -> str:
    """What tells one state of the files of services from another."""
    return _print_of(
        folder / ACTS_FILE,
        folder / SITUATIONS_FILE,
        *sorted((folder / SERVICES_FOLDER).glob("*.yaml")),
    )


def directory_fingerprint(folder: Path) -> str:
    """What tells one state of the files of offices and places from another."""
    directory = folder / "directory"
    return _print_of(
        folder / "places" / "places.csv",
        *(directory / name for name in ("offices.jsonl", "ids.csv", "aliases.csv")),
        directory / "paragraphs.csv",
        *sorted((directory / "listings").glob("*/*.csv")),
    )


def _print_of(*files: Path) -> str:
    whole = hashlib.sha256()
    for file in files:
        whole.update(file.name.encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()
