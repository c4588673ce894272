"""Which region and district a place lies in."""

from collections.abc import Mapping

from core.places.model import Place


def region_of(places: Mapping[str, Place], place: Place) -> str:
    """The region, or the city outside any region, that a place lies in or is."""
    while place.parent:
        place = places[place.parent]
    return place.id


def district_of(places: Mapping[str, Place], place: Place) -> str | None:
    """The district, or the city of a region, that a place lies in or is; none for a region."""
    while place.parent and places[place.parent].parent:
        place = places[place.parent]
    return place.id if place.parent else None
