"""The boundaries of districts, once an operator has imported them: then the point decides."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Any

from core.places.model import Place
from core.places.search import PlaceSearch

Corner = tuple[float, float]
Rings = Sequence[Sequence[Sequence[float]]]

# So near to a border a drawn line is not sure enough; people are asked.
BORDER_KM = 2.0
_KM_A_DEGREE = 111.19
_NAMES = (("ADM2_RU", "ADM1_RU"), ("ADM2_KK", "ADM1_KK"), ("name_ru", ""), ("name_kk", ""))
_OTHER_NAMES = (("name", ""), ("NAME", ""))
_CODES = frozenset({"kato", "te", "kato_code", "adm2_kato", "adm2_pcode"})


class BoundaryFileError(ValueError):
    """A file that holds no boundaries that can be used."""


@dataclass(frozen=True, slots=True)
class ReadBoundaries:
    """The rings of each district that a file draws, and the names that no district has."""

    rings: Mapping[str, Rings]
    unknown: tuple[str, ...]


class Boundaries:
    """Drawn districts, ready to be asked; a ring is longitudes and latitudes, as GeoJSON has it."""

    def __init__(self, rings: Mapping[str, Rings]) -> None:
        self._rings = {
            place: [[(each[0], each[1]) for each in ring] for ring in drawn]
            for place, drawn in rings.items()
        }
        self._boxes = {place: _box(drawn) for place, drawn in self._rings.items()}

    def decide(self, lat: float, lon: float) -> str | None:
        """The one district that a point surely lies in; none at a border or where none is drawn."""
        near = self.of(lat, lon)
        sure = len(near) == 1 and _inside(self._rings[near[0]], lon, lat)
        return near[0] if sure else None

    def holding(self, lat: float, lon: float) -> str | None:
        """The district drawn around a point, however near its border is."""
        for place, (west, south, east, north) in self._boxes.items():
            in_box = west <= lon <= east and south <= lat <= north
            if in_box and _inside(self._rings[place], lon, lat):
                return place
        return None

    def of(self, lat: float, lon: float) -> list[str]:
        """The district around a point first, then those whose border is too near to be sure."""
        spare = BORDER_KM / _KM_A_DEGREE
        wide = spare / cos(radians(min(89.0, abs(lat))))
        near = [
            place
            for place, (west, south, east, north) in self._boxes.items()
            if west - wide <= lon <= east + wide and south - spare <= lat <= north + spare
        ]
        inside = [each for each in near if _inside(self._rings[each], lon, lat)]
        beside = [
            each
            for each in near
            if each not in inside and _away_km(self._rings[each], lon, lat) < BORDER_KM
        ]
        return [*inside, *beside]


def read_boundaries(
    text: str, search: PlaceSearch, codes: Mapping[str, Place] | None = None
) -> ReadBoundaries:
    """The districts and cities of a GeoJSON file, by their codes in KATO, else by their names."""
    try:
        features = json.loads(text)["features"]
        drawn = [(each["properties"], _rings_of(each["geometry"])) for each in features]
    except (ValueError, KeyError, TypeError) as error:
        raise BoundaryFileError(
            "this is no GeoJSON FeatureCollection of polygons with names"
        ) from error
    rings: dict[str, list[Any]] = {}
    unknown = []
    # Where a city and a district have one name, the district is the larger.
    for properties, corners in sorted(drawn, key=lambda each: _size(each[1])):
        coded = _by_code(properties, codes or {})
        named = [coded] if coded else _places_of(properties, search)
        free = [each for each in named if each.id not in rings]
        place = next(iter(free or named), None)
        if place is None:
            unknown.append(" / ".join(dict.fromkeys(_wordings(properties))) or "?")
        else:
            rings.setdefault(place.id, []).extend(corners)
    if not rings:
        raise BoundaryFileError("no polygon has the name of a district that the directory knows")
    return ReadBoundaries(rings, tuple(unknown))


def _rings_of(geometry: Mapping[str, Any]) -> list[Any]:
    kind, corners = geometry["type"], geometry["coordinates"]
    if kind not in ("Polygon", "MultiPolygon"):
        raise TypeError(kind)
    polygons = [corners] if kind == "Polygon" else corners
    return [
        [[float(lon), float(lat)] for lon, lat, *_ in ring] for rings in polygons for ring in rings
    ]


def _wordings(properties: Mapping[str, Any]) -> Iterator[str]:
    for own, around in (*_NAMES, *_OTHER_NAMES):
        if properties.get(own):
            yield f"{properties[own]} {properties.get(around) or ''}".strip()


def _by_code(properties: Mapping[str, Any], codes: Mapping[str, Place]) -> Place | None:
    """The place of a code, whatever stands around its digits and whichever case its name has."""
    for name, value in properties.items():
        if name.lower() in _CODES:
            found = codes.get(re.sub(r"\D", "", str(value)))
            if found is not None:
                return found
    return None


def _places_of(properties: Mapping[str, Any], search: PlaceSearch) -> list[Place]:
    """The districts and cities of that name, in the region that the file names, if it does."""
    region = next((properties[each] for _, each in _NAMES if properties.get(each)), "")
    for wording in _wordings(properties):
        if found := search.districts(wording, region):
            return [each for each in found if _of_one_name(each, found[0])]
    return []


def _of_one_name(one: Place, other: Place) -> bool:
    """Whether only the word for the kind tells them apart."""
    return one.kk.split()[:-1] == other.kk.split()[:-1]


def _size(rings: Iterable[Sequence[Corner]]) -> float:
    west, south, east, north = _box(rings)
    return (east - west) * (north - south)


def _box(rings: Iterable[Sequence[Corner]]) -> tuple[float, float, float, float]:
    lons = [lon for ring in rings for lon, _ in ring]
    lats = [lat for ring in rings for _, lat in ring]
    return min(lons), min(lats), max(lons), max(lats)


def _sides(rings: Iterable[Sequence[Corner]]) -> Iterator[tuple[Corner, Corner]]:
    for ring in rings:
        yield from zip(ring, [*ring[1:], ring[0]], strict=True)


def _inside(rings: Iterable[Sequence[Corner]], lon: float, lat: float) -> bool:
    """Whether a ray to the east crosses the border an odd number of times; holes count as well."""
    crossed = False
    for (x, y), (next_x, next_y) in _sides(rings):
        if (y > lat) is not (next_y > lat):
            at = x + (lat - y) / (next_y - y) * (next_x - x)
            crossed ^= lon < at
    return crossed


def _away_km(rings: Iterable[Sequence[Corner]], lon: float, lat: float) -> float:
    narrow = cos(radians(lat)) * _KM_A_DEGREE
    return min(
        _away(
            ((x - lon) * narrow, (y - lat) * _KM_A_DEGREE),
            ((to_x - lon) * narrow, (to_y - lat) * _KM_A_DEGREE),
        )
        for (x, y), (to_x, to_y) in _sides(rings)
    )


def _away(start: Corner, end: Corner) -> float:
    """How far a side is from the origin."""
    along = (end[0] - start[0], end[1] - start[1])
    length = along[0] ** 2 + along[1] ** 2
    share = 0.0
    if length:
        share = max(0.0, min(1.0, -(start[0] * along[0] + start[1] * along[1]) / length))
    return hypot(start[0] + share * along[0], start[1] + share * along[1])
