"""Versions of services in the database: every one that was ever published, and which is current."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, select
from sqlalchemy.dialects import postgresql, sqlite

from core.store.tables import service_versions
from core.store.transaction import Transaction

RELEASE = "release"


def _publishing(insert: Any) -> Any:
    names = ("service", "version", "body", "origin", "valid_from", "published_at", "published_by")
    new = insert(service_versions).values({name: bindparam(name) for name in names})
    return new.on_conflict_do_update(
        index_elements=["service", "version"],
        set_={"body": new.excluded.body, "published_at": new.excluded.published_at},
        # What an admin published is theirs; a release only corrects what a release brought.
        where=service_versions.c.origin == RELEASE,
    )


PUBLISH = {"sqlite": _publishing(sqlite.insert), "postgresql": _publishing(postgresql.insert)}
VALID = (
    select(service_versions.c.service, service_versions.c.body)
    .where(
        service_versions.c.valid_from.is_(None)
        | (service_versions.c.valid_from <= bindparam("now"))
    )
    .order_by(
        case((service_versions.c.origin == RELEASE, 0), else_=1),
        service_versions.c.published_at,
        service_versions.c.version,
    )
)


async def publish_release(
    tx: Transaction, service: str, version: int, body: Mapping[str, Any], now: datetime
) -> None:
    """Keep the version of a service that a release brings."""
    await tx.execute(
        PUBLISH[tx.dialect],
        {
            "service": service,
            "version": str(version),
            "body": dict(body),
            "origin": RELEASE,
            "valid_from": None,
            "published_at": now,
            "published_by": None,
        },
    )


async def current(tx: Transaction, now: datetime) -> dict[str, Any]:
    """The body of every service that is current: an admin's before a release's, then the newest."""
    return {row.service: row.body for row in await tx.all(VALID, {"now": now})}
