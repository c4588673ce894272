"""The districts that a point most likely lies in, by the places known in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from core.places.model import Place
from core.places.within import district_of, region_of

EARTH_KM = 6371.0088


@dataclass(frozen=True, slots=True)
class NearDistrict:
    """A district, or a city, and how far its nearest known place is."""

    place: str
    distance_km: float


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The way between two points over the ground, as the crow flies."""
    north, east = radians(other_lat - lat), radians(other_lon - lon)
    across = cos(radians(lat)) * cos(radians(other_lat))
    half = sin(north / 2) ** 2 + across * sin(east / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def nearest_districts(
    places: Mapping[str, Place], lat: float, lon: float, limit: int = 3
) -> list[NearDistrict]:
    """The districts of the nearest known places, nearest first: to be asked, never assumed."""
    nearest: dict[str, float] = {}
    for place in places.values():
        if place.lat is None or place.lon is None:
            continue
        district = district_of(places, place) or region_of(places, place)
        if district == place.id and place.kind == "region":
            continue
        away = distance_km(lat, lon, place.lat, place.lon)
        nearest[district] = min(away, nearest.get(district, away))
    ordered = sorted(nearest.items(), key=lambda pair: pair[1])
    return [NearDistrict(district, away) for district, away in ordered[:limit]]
