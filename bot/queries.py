"""What the command line is asked: read from the database, given as plain values.

The values are the JSON of the contract.
"""

import asyncio
import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from bot.input_error import InputError
from bot.opened import opened
from bot.settings import Settings
from core.clock import SystemClock
from core.directory import exporting
from core.directory.as_json import finding_json, office_json
from core.directory.checks import check
from core.directory.model import Role
from core.directory.whole import Directory
from core.knowledge import Knowledge, read_knowledge
from core.places.boundaries import (
    Boundaries,
    BoundaryFileError,
    ReadBoundaries,
    read_boundaries,
)
from core.places.gazetteer import GazetteerFileError, Settled, read_gazetteer, settle
from core.places.loading import load_codes, load_places
from core.places.model import Place
from core.places.search import FoundPlace, PlaceSearch, load_habits
from core.places.within import district_of, region_of
from core.release import DATA, read_directory, read_library
from core.services.as_json import (
    Territory,
    ask_json,
    paths_json,
    search_json,
    service_json,
    services_json,
)
from core.services.engine import UnknownAnswerError
from core.services.library import Library
from core.services.model import Service
from core.services.search import load_search
from core.store import offices
from core.store.database import Database
from core.store.revision import touch_knowledge
from core.words.spelling import load_spelling
from dialogs.short_ids import short


def services(settings: Settings) -> list[dict[str, Any]]:
    """All services in short."""
    return services_json(known(settings))


def service(settings: Settings, service_id: str) -> dict[str, Any]:
    """One service with all its facts."""
    library = known(settings)
    return service_json(_named(library, service_id), library.acts)


def ask(
    settings: Settings, service_id: str, answers: str, on: dt.date | None, place: str | None
) -> dict[str, Any]:
    """The next question after these answers, or the outcome."""
    found = _named(known(settings), service_id)
    day = on or SystemClock().now().astimezone(settings.timezone).date()
    try:
        return ask_json(found, _answers(answers), day, _territory(found, place))
    except UnknownAnswerError as wrong:
        raise InputError(str(wrong)) from wrong


def paths(settings: Settings, service_id: str) -> list[dict[str, Any]]:
    """Every way through the questions of a service."""
    return paths_json(_named(known(settings), service_id))


def search(settings: Settings, text: str) -> dict[str, Any]:
    """The services that these words may mean."""
    finder = load_search(known(settings).services.values(), DATA)
    return search_json(finder.find(text))


@dataclass(frozen=True, slots=True)
class Where:
    """Where an office is looked for: by words, at a place, or near a point."""

    text: str | None = None
    place: str | None = None
    lat: float | None = None
    lon: float | None = None


def place(settings: Settings, text: str) -> dict[str, Any]:
    """The places that these words may mean."""
    return _place_search(directory(settings)).find(text).as_json()


def office_show(settings: Settings, office_id: str) -> dict[str, Any]:
    """One office."""
    found = directory(settings).office(office_id)
    if found is None:
        raise InputError(f"there is no office {office_id!r}; find one with `office find`")
    return office_json(found)


def office_find(settings: Settings, service_id: str, where: Where, purpose: Role) -> dict[str, Any]:
    """The offices for a service somewhere."""
    _check_where(where)
    keep, now = settings.keep, SystemClock().now()
    knowledge = asyncio.run(opened(settings, lambda database: read_knowledge(database, now, keep)))
    service = _named(knowledge.library, service_id)
    finder, whole = knowledge.finder, knowledge.directory
    if where.text is not None:
        return _find_by_text(knowledge, service, where.text, purpose)
    if where.lat is not None and where.lon is not None:
        finding = finder.find(service, point=(where.lat, where.lon), purpose=purpose)
        return finding_json(finding, finding.place, _asked(whole, finding.districts))
    if where.place not in whole.places:
        raise InputError(f"there is no place {where.place!r}; find its id with `place TEXT`")
    finding = finder.find(service, place=where.place, purpose=purpose)
    return finding_json(finding, where.place, [])


def directory_export(
    settings: Settings, form: Literal["jsonl", "csv", "xlsx"], out: Path | None
) -> str | None:
    """Every office in a form, into a file if one is named; else its text, where it is text."""
    every = directory(settings).offices.values()
    if form == "xlsx":
        if out is None:
            raise InputError("--out: a workbook is no text for the screen; name a file")
        _writing(out, lambda: exporting.write_workbook(every, out))
        return None
    text = exporting.jsonl(every) if form == "jsonl" else exporting.table(every)
    if out is None:
        return text
    _writing(out, lambda: out.write_text(text, encoding="utf-8"))
    return None


def directory_export_as_data(settings: Settings, out: Path | None) -> list[Path]:
    """The files of data/ written under a folder."""
    if out is None:
        raise InputError("--out: name the folder to write to; for a pull request that is `data`")
    whole = asyncio.run(
        opened(settings, lambda database: read_directory(database, with_gazetteer=False))
    )
    written: list[Path] = []
    _writing(out, lambda: written.extend(exporting.write_data(whole, out)))
    return written


def places_import(settings: Settings, file: Path) -> ReadBoundaries | Settled:
    """Keep what an open file knows of places: boundaries if it is GeoJSON, else settlements."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        bring = _bring_boundaries if text.lstrip().startswith("{") else _bring_settlements
        return asyncio.run(opened(settings, lambda database: bring(database, text)))
    except (OSError, UnicodeDecodeError) as wrong:
        raise InputError(f"{file}: cannot be read as text: {wrong}") from wrong
    except (BoundaryFileError, GazetteerFileError) as wrong:
        raise InputError(f"{file}: {wrong}") from wrong


def told_of_import(found: ReadBoundaries | Settled) -> Iterator[str]:
    """What an import of places brought, line by line."""
    if isinstance(found, ReadBoundaries):
        yield f"{len(found.rings)} districts"
        yield from (f"not known: {each}" for each in found.unknown)
        return
    yield f"{len(found.new)} new settlements"
    yield f"{found.known} known ones, {len(found.placed)} of them without a position until now"
    yield from (f"left out, {why}: {count}" for why, count in found.left_out.items())


async def _bring_boundaries(database: Database, text: str) -> ReadBoundaries | Settled:
    """Keep the drawn districts, in place of those before."""
    whole = await read_directory(database, with_gazetteer=False)
    found = read_boundaries(text, _place_search(whole), load_codes(DATA, whole.places))
    async with database.writing() as tx:
        await offices.bring_boundaries(tx, found.rings)
        await touch_knowledge(tx)
    return found


async def _bring_settlements(database: Database, text: str) -> ReadBoundaries | Settled:
    """Keep the settlements, in place of those before."""
    whole = await read_directory(database, with_gazetteer=False)
    found = settle(
        read_gazetteer(text),
        whole.places,
        Boundaries(whole.boundaries),
        _place_search(whole),
        load_spelling(DATA).sounds,
    )
    # Buttons call places by short numbers, so none may share one.
    taken = {short(each): each for each in (*found.new, *whole.places)}
    new = [each for name, each in found.new.items() if taken[short(name)] == name]
    every = (*found.placed.values(), *new)
    async with database.writing() as tx:
        await offices.bring_settlements(tx, [each.model_dump(mode="json") for each in every])
        await touch_knowledge(tx)
    return found


def directory_check(settings: Settings) -> list[dict[str, Any]]:
    """The offices of which something is suspicious."""
    return check(directory(settings).offices.values())


def directory(settings: Settings) -> Directory:
    """The directory as the database holds it."""
    return asyncio.run(opened(settings, read_directory))


def known(settings: Settings) -> Library:
    """All that the database holds of services, with what this release brings."""
    return asyncio.run(opened(settings, _library))


async def _library(database: Database) -> Library:
    async with database.reading(slow=True) as tx:
        return await read_library(tx, SystemClock().now())


def _check_where(where: Where) -> None:
    if (where.lat is None) is not (where.lon is None):
        raise InputError("--lat and --lon go together")
    ways = (where.text, where.place, where.lat)
    if sum(each is not None for each in ways) != 1:
        raise InputError("say where, in one way: --text, --place, or --lat with --lon")
    if where.lat is not None and where.lon is not None:
        for name, value, most in (("--lat", where.lat, 90), ("--lon", where.lon, 180)):
            if not -most <= value <= most:
                raise InputError(f"{name}: {value} is no such degree; -{most} to {most} is wanted")


def _find_by_text(
    knowledge: Knowledge, service: Service, text: str, purpose: Role
) -> dict[str, Any]:
    """At the place that the words name, or the offices that they name more clearly than a place."""
    finder, places = knowledge.finder, knowledge.places.find(text)
    named = knowledge.offices.find(text)
    if named and (not places.results or named[0].score > places.results[0].score):
        return finding_json(finder.typed(service, [each.office for each in named]), None, [])
    if not places.results:
        raise InputError(f"--text: no place and no office is like {text!r}; try `place TEXT`")
    if places.ambiguous:
        nothing = finder.typed(service, [])
        return finding_json(nothing, None, [each.as_json() for each in places.results])
    home = places.results[0].place.id
    return finding_json(finder.find(service, place=home, purpose=purpose), home, [])


def _asked(whole: Directory, districts: tuple[str, ...]) -> list[dict[str, Any]]:
    """The districts that a point may lie in, best first: to be asked."""
    named = [whole.places[each] for each in districts]
    return [
        FoundPlace(
            each, region_of(whole.places, each), district_of(whole.places, each), round(1 / rank, 3)
        ).as_json()
        for rank, each in enumerate(named, start=1)
    ]


def _place_search(whole: Directory) -> PlaceSearch:
    return PlaceSearch(whole.places, load_spelling(DATA), load_habits(DATA))


def _writing(out: Path, write: Callable[[], object]) -> None:
    try:
        write()
    except OSError as wrong:
        raise InputError(f"--out: {out} cannot be written: {wrong.strerror}") from wrong


def _named(library: Library, service_id: str) -> Service:
    found = library.services.get(service_id)
    if found is None:
        names = ", ".join(library.services)
        raise InputError(f"there is no service {service_id!r}; there are: {names}")
    return found


def _answers(text: str) -> dict[str, str]:
    try:
        answers = json.loads(text)
    except ValueError as wrong:
        raise InputError(f"--answers: this is no JSON ({wrong})") from wrong
    if not isinstance(answers, dict) or not all(isinstance(e, str) for e in answers.values()):
        raise InputError('--answers: a JSON object of texts is wanted, such as {"school": "state"}')
    return answers


def _territory(service: Service, place_id: str | None) -> Territory:
    """Whether a place lies where the act of a service applies."""
    if service.jurisdiction.level == "country":
        return "inside"
    if place_id is None:
        return "unknown"
    places = load_places(DATA)
    if place_id not in places:
        raise InputError(f"there is no place {place_id!r}; find its id with `place TEXT`")
    home: Place | None = places[place_id]
    while home is not None:
        if home.id == service.jurisdiction.place:
            return "inside"
        home = places.get(home.parent) if home.parent else None
    return "outside"
