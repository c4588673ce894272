"""Whether a place lies where the act of a service applies."""

from collections.abc import Collection
from typing import Literal

from core.services.model import Service

Territory = Literal["inside", "outside", "unknown"]


def territory_of(service: Service, within: Collection[str]) -> Territory:
    """Where a place stands, given by itself and all places that contain it; none is unknown."""
    if not within:
        return "unknown"
    where = service.jurisdiction.place
    return "inside" if where is None or where in within else "outside"
