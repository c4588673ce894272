"""What the command line is asked about services: read from the database, given as plain values.

The values are the JSON of the contract.
"""

import asyncio
import datetime as dt
import json
from typing import Any

from bot.input_error import InputError
from bot.secrets import sealer_of
from bot.settings import Settings
from core.clock import SystemClock
from core.knowledge import Knowledge, read_knowledge
from core.places.loading import load_places
from core.places.model import Place
from core.release import DATA, apply_release
from core.services.as_json import (
    Territory,
    ask_json,
    paths_json,
    search_json,
    service_json,
    services_json,
)
from core.services.engine import UnknownAnswerError
from core.services.model import Service
from core.store.start import open_ready


def services(settings: Settings) -> list[dict[str, Any]]:
    """All services in short."""
    return services_json(known(settings).library)


def service(settings: Settings, service_id: str) -> dict[str, Any]:
    """One service with all its facts."""
    knowledge = known(settings)
    return service_json(_named(knowledge, service_id), knowledge.library.acts)


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
    return search_json(known(settings).search.find(text))


def known(settings: Settings) -> Knowledge:
    """All that the database holds, after bringing in what this release brings."""
    return asyncio.run(_known(settings))


async def _known(settings: Settings) -> Knowledge:
    now = SystemClock().now()
    database = await open_ready(settings.database_url, sealer_of(settings))
    try:
        await apply_release(database, now)
        async with database.reading() as tx:
            return await read_knowledge(tx, now, settings.enquiry_keep_months)
    finally:
        await database.close()


def _named(knowledge: Knowledge, service_id: str) -> Service:
    found = knowledge.library.services.get(service_id)
    if found is None:
        names = ", ".join(knowledge.library.services)
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
