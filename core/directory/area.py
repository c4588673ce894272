"""The offices of a place: which of a kind are there, and which of these is the nearest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.directory.model import Kind, Office
from core.directory.whole import Directory
from core.places.model import Kind as PlaceKind
from core.places.model import Place
from core.places.nearest import distance_km
from core.places.within import district_of, region_of

Point = tuple[float, float]

REGIONAL: frozenset[Kind] = frozenset({"region_akimat", "region_education_department"})
# Kinds that one may go to anywhere in the region when none of the district is responsible.
INSTITUTIONS: frozenset[Kind] = frozenset(
    {"school", "kindergarten", "college", "extra_education", "special_school", "service_centre"}
)
VILLAGES: frozenset[PlaceKind] = frozenset({"okrug", "settlement"})


@dataclass(frozen=True, slots=True)
class Area:
    """A place with what it lies in; a region of today may lie in a region of the acts."""

    place: Place
    regions: frozenset[str]
    districts: frozenset[str]
    whole_region: bool

    @property
    def has_akims(self) -> bool:
        """Whether rural akims are to be expected there: not in a town."""
        return self.place.kind in ("district", *VILLAGES)


class Areas:
    """The offices of the directory by kind and place."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._places = directory.places

    def around(self, place: Place) -> Area:
        """What a place lies in; a region founded since the acts is its districts of then."""
        district = district_of(self._places, place)
        if district is not None:
            whole = frozenset({region_of(self._places, place)})
            return Area(place, whole, frozenset({district}), whole_region=False)
        moved = [each for each in self._places.values() if each.today_parent == place.id]
        if moved:
            regions = frozenset(region_of(self._places, each) for each in moved)
            return Area(place, regions, frozenset(each.id for each in moved), whole_region=False)
        return Area(place, frozenset({place.id}), frozenset(), whole_region=True)

    def of_kind(self, kind: Kind, area: Area | None) -> list[Office]:
        """The offices of a kind that are responsible there; all of them where no place is known."""
        if area is None or kind == "ministry":
            return list(self._directory.of_kind(kind))
        in_region = self.in_regions(kind, area)
        if kind in REGIONAL or area.whole_region:
            return in_region
        near = [each for each in in_region if each.district in area.districts]
        if kind == "rural_akim" and area.place.kind not in ("district", "region"):
            return [each for each in near if self._is_of(each, area.place)] or near
        if kind in INSTITUTIONS or kind == "other":
            return near or in_region
        return near

    def in_regions(self, kind: Kind, area: Area) -> list[Office]:
        """The offices of a kind anywhere in the region."""
        regions = sorted(area.regions)
        return [each for region in regions for each in self._directory.in_region(kind, region)]

    def ordered(
        self, offices: Iterable[Office], area: Area | None, point: Point | None
    ) -> list[tuple[Office, float | None]]:
        """Those of the very place first, then the nearest; with how far each is."""
        start = point or (_position(area.place) if area else None)
        far = [(each, _away(each, start)) for each in offices]
        here = area.place.id if area else None
        return sorted(
            far,
            key=lambda pair: (
                point is None and pair[0].locality != here,
                pair[1] is None,
                pair[1] or 0.0,
            ),
        )

    def _is_of(self, akim: Office, place: Place) -> bool:
        """Whether a rural akim is that of a settlement or an okrug: by its seat, or by its name."""
        if place.id == akim.locality:
            return True
        if place.position_from and place.position_from == akim.locality:
            return True
        bare = akim.name.kk.lstrip("\u00ab").split()
        return any(_begins(bare, name.split()[:-2]) for name in (place.kk, *place.also))


def _begins(words: Sequence[str], beginning: Sequence[str]) -> bool:
    return bool(beginning) and list(words[: len(beginning)]) == list(beginning)


def _position(place: Place) -> Point | None:
    return None if place.lat is None or place.lon is None else (place.lat, place.lon)


def _away(office: Office, start: Point | None) -> float | None:
    if start is None or office.lat is None or office.lon is None:
        return None
    return round(distance_km(*start, office.lat, office.lon), 1)
