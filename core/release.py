"""A release: what the files of data/ bring into the database, where the truth is kept.

The files are read only when they have changed since they were last brought in.
"""

import asyncio
import hashlib
import json
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter

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
from core.store import meta, services
from core.store.database import Database, Transaction

DATA = Path(__file__).resolve().parent.parent / "data"
FINGERPRINT, ACTS, SITUATIONS = "release", "release acts", "release situations"
_ACTS = TypeAdapter(list[Act])
_SITUATIONS = TypeAdapter(list[Situation])


async def apply_release(database: Database, now: datetime, folder: Path = DATA) -> bool:
    """Bring the files into the database if they are news to it; tell whether they were."""
    print_of_files = await asyncio.to_thread(fingerprint, folder)
    async with database.reading() as tx:
        if await meta.get(tx, FINGERPRINT) == print_of_files:
            return False
    library = await asyncio.to_thread(load_library, folder)
    async with database.writing() as tx:
        await meta.put(tx, ACTS, _ACTS.dump_json(list(library.acts.values())).decode())
        await meta.put(tx, SITUATIONS, _SITUATIONS.dump_json(list(library.situations)).decode())
        for each in library.services.values():
            body = each.model_dump(mode="json", by_alias=True, exclude_defaults=True)
            await services.publish_release(tx, each.id, each.version, body, now)
        await meta.put(tx, FINGERPRINT, print_of_files)
    return True


async def read_library(tx: Transaction, now: datetime) -> Library:
    """The acts, situations and current services that the database holds."""
    acts = _ACTS.validate_python(json.loads(await meta.get(tx, ACTS) or "[]"))
    situations = _SITUATIONS.validate_python(json.loads(await meta.get(tx, SITUATIONS) or "[]"))
    bodies = await services.current(tx, now)
    order = [name for act in acts for name in act.services]
    return Library(
        {act.id: act for act in acts},
        tuple(situations),
        {name: Service.model_validate(bodies[name]) for name in order if name in bodies},
    )


def fingerprint(folder: Path) -> str:
    """What tells one state of the files from another."""
    files = (
        folder / ACTS_FILE,
        folder / SITUATIONS_FILE,
        *sorted((folder / SERVICES_FOLDER).glob("*.yaml")),
    )
    whole = hashlib.sha256()
    for file in files:
        whole.update(file.name.encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()
