"""What stands nearest to a point, by cells of a grid, so that a million points need no scan."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from heapq import nsmallest
from math import asin, cos, floor, radians, sin, sqrt
from typing import Generic, TypeVar

EARTH_KM = 6371.0088
_KM_A_DEGREE = 111.19
_POINTS_A_CELL = 4
_SMALLEST_CELL, _LARGEST_CELL = 0.01, 5.0
# A point so many cells away from all others is far from everything: then looking at all is quicker.
_MOST_RINGS = 60

T = TypeVar("T")


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The way between two points over the ground, as the crow flies."""
    north, east = radians(other_lat - lat), radians(other_lon - lon)
    across = cos(radians(lat)) * cos(radians(other_lat))
    half = sin(north / 2) ** 2 + across * sin(east / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


class Around(Generic[T]):
    """Things with positions, ready to be asked which are nearest."""

    def __init__(self, things: Iterable[tuple[float, float, T]]) -> None:
        self._lats, self._lons = array("d"), array("d")
        self._things: list[T] = []
        for lat, lon, thing in things:
            self._lats.append(lat)
            self._lons.append(lon)
            self._things.append(thing)
        self._cell = self._cell_size()
        self._cells: dict[tuple[int, int], array[int]] = defaultdict(lambda: array("I"))
        for number, (lat, lon) in enumerate(zip(self._lats, self._lons, strict=True)):
            self._cells[self._cell_of(lat, lon)].append(number)

    def nearest(self, lat: float, lon: float, limit: int) -> list[tuple[float, T]]:
        """The nearest things with their distances in kilometres, nearest first."""
        found: list[tuple[float, int]] = []
        for ring in range(_MOST_RINGS):
            found += ((self._away(each, lat, lon), each) for each in self._ring(lat, lon, ring))
            found = nsmallest(limit, found)
            everything = len(found) == len(self._things)
            if everything or (len(found) == limit and found[-1][0] <= self._clear(lat, ring)):
                break
        else:
            every = range(len(self._things))
            found = nsmallest(limit, ((self._away(each, lat, lon), each) for each in every))
        return [(away, self._things[each]) for away, each in found]

    def _cell_size(self) -> float:
        if not self._things:
            return _LARGEST_CELL
        height = max(self._lats) - min(self._lats)
        width = max(self._lons) - min(self._lons)
        wanted = sqrt(height * width * _POINTS_A_CELL / len(self._things))
        return min(_LARGEST_CELL, max(_SMALLEST_CELL, wanted))

    def _cell_of(self, lat: float, lon: float) -> tuple[int, int]:
        return floor(lat / self._cell), floor(lon / self._cell)

    def _ring(self, lat: float, lon: float, ring: int) -> Iterator[int]:
        """What is in the cells that are so many cells away."""
        row, column = self._cell_of(lat, lon)
        for down in range(-ring, ring + 1):
            step = 1 if abs(down) == ring else 2 * ring
            for right in range(-ring, ring + 1, step):
                yield from self._cells.get((row + down, column + right), ())

    def _clear(self, lat: float, ring: int) -> float:
        """How far one can go without leaving the rings already looked at."""
        farthest = min(89.0, abs(lat) + (ring + 1) * self._cell)
        return ring * self._cell * _KM_A_DEGREE * cos(radians(farthest))

    def _away(self, number: int, lat: float, lon: float) -> float:
        return distance_km(lat, lon, self._lats[number], self._lons[number])
