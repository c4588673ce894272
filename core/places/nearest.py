"""The districts that a point most likely lies in, by the places known in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.places.around import Around, distance_km
from core.places.model import Place
from core.places.within import district_of, region_of

__all__ = ["NearDistrict", "NearDistricts", "distance_km", "nearest_districts"]


@dataclass(frozen=True, slots=True)
class NearDistrict:
    """A district, or a city, and how far its nearest known place is."""

    place: str
    distance_km: float


class NearDistricts:
    """The known places of all districts, ready to be asked."""

    def __init__(self, places: Mapping[str, Place]) -> None:
        known = list(_positions(places))
        self._around = Around(known)
        self._known = len(known)

    def of(self, lat: float, lon: float, limit: int = 3) -> list[NearDistrict]:
        """The districts of the nearest known places, nearest first: to be asked, never assumed."""
        looked_at = 8 * limit
        while True:
            nearest: dict[str, float] = {}
            for away, district in self._around.nearest(lat, lon, looked_at):
                nearest.setdefault(district, away)
            if len(nearest) >= limit or looked_at >= self._known:
                return [NearDistrict(*each) for each in list(nearest.items())[:limit]]
            looked_at *= 4


def nearest_districts(
    places: Mapping[str, Place], lat: float, lon: float, limit: int = 3
) -> list[NearDistrict]:
    """The same for one question only."""
    return NearDistricts(places).of(lat, lon, limit)


def _positions(places: Mapping[str, Place]) -> Iterator[tuple[float, float, str]]:
    for place in places.values():
        if place.lat is None or place.lon is None:
            continue
        district = district_of(places, place) or region_of(places, place)
        if district != place.id or place.kind != "region":
            yield place.lat, place.lon, district
