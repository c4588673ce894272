"""Which region and district a place lies in."""

from collections.abc import Mapping

from core.places.model import Place


def region_of(places: Mapping[str, Place], place: Place) -> str:
    """The region, or the city outside any region, that a place lies in or is."""
    while place.parent:
        place = places[place.parent]
    return place.id


def stand_in(places: Mapping[str, Place], place: Place) -> dict[str, str | None]:
    """The region, the district and the locality of what stands in a place, as offices have them."""
    region, district = region_of(places, place), district_of(places, place)
    match place.kind:
        case "region" | "district":
            locality = None
        case "city_district":
            locality = place.parent
        case _:
            locality = place.id
    return {"region": region, "district": district, "locality": locality}


def district_of(places: Mapping[str, Place], place: Place) -> str | None:
    """The district, or the city of a region, that a place lies in or is; none for a region."""
    while place.parent and places[place.parent].parent:
        place = places[place.parent]
    return place.id if place.parent else None
