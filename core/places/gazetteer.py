"""A gazetteer: the settlements of an open file, each in the district that it lies in.

Two forms are read: the dump of GeoNames (tabs, nineteen columns, no heading) and a CSV with a
heading. A settlement whose district is neither drawn nor named in the file is left out, since a
wrong office is worse than none.
"""

import csv
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from core.places.around import distance_km
from core.places.boundaries import Boundaries
from core.places.model import Place
from core.places.search import PlaceSearch
from core.places.within import district_of

GEONAMES_COLUMNS = 19
# Parts of towns, and what stands no more.
_NO_SETTLEMENT = frozenset({"PPLX", "PPLH", "PPLQ", "PPLW", "PPLCH", "STLMT"})
_KAZAKH = re.compile("[\u04d9\u0493\u049b\u04a3\u04e9\u04b1\u04af\u04bb\u0456]", re.IGNORECASE)
_CYRILLIC = re.compile(r"^[\u0400-\u04ff\d\s.,()\u2013\u2014-]+$")
_LETTER = re.compile(r"[^\W\d_]")
# A town may be drawn outside the district or city that it lies in.
_OF_A_CITY_KM = 40.0
_STEEPEST, _WIDEST = 90, 180
_HEADINGS = {
    "id": ("id", "geonameid"),
    "lat": ("lat", "latitude"),
    "lon": ("lon", "lng", "longitude"),
    "kk": ("name_kk",),
    "ru": ("name_ru",),
    "name": ("name", "name_en"),
    "also": ("other_names", "alternatenames"),
    "population": ("population",),
    "region": ("oblast_kk", "oblast_ru", "region", "region_kk", "region_ru"),
    "district_kk": ("district_kk", "district"),
    "district_ru": ("district_ru",),
}
_NEEDED = ("id", "lat", "lon")

Sounds = Callable[[str], str]


class GazetteerFileError(ValueError):
    """A file that holds no settlements that can be used."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A settlement as a file lists it."""

    id: str
    kk: str
    ru: str
    also: tuple[str, ...]
    lat: float
    lon: float
    population: int
    region: str
    districts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """What a file brings: settlements not known before, positions of known ones, and the rest."""

    new: Mapping[str, Place]
    placed: Mapping[str, Place]
    known: int
    left_out: Mapping[str, int] = field(default_factory=dict)


def read_gazetteer(text: str) -> list[Listed]:
    """The settlements of a file, whichever of the two forms it has."""
    first = text.split("\n", 1)[0]
    listed = _of_geonames(text) if first.count("\t") == GEONAMES_COLUMNS - 1 else _of_csv(text)
    if not listed:
        raise GazetteerFileError("it lists no settlement")
    return listed


def settle(
    listed: Iterable[Listed],
    places: Mapping[str, Place],
    boundaries: Boundaries,
    search: PlaceSearch,
    sounds: Sounds,
) -> Settled:
    """Put each settlement into its district; of two with one name there, the larger is meant."""
    ground = _Ground(places, boundaries, search, sounds)
    new: dict[str, Place] = {}
    placed: dict[str, Place] = {}
    taken: set[tuple[str, str]] = set()
    known = 0
    left_out: Counter[str] = Counter()
    for each in sorted(listed, key=lambda one: (-one.population, one.id)):
        district, why = ground.district(each)
        if district is None:
            left_out[why] += 1
            continue
        same = ground.known(district, each)
        heard = {(district, sounds(name)) for name in (each.kk, each.ru)}
        if same is not None:
            known += 1
            if same.lat is None:
                placed.setdefault(same.id, same.moved(each.lat, each.lon, each.id))
        elif heard & taken:
            left_out["of the name of another in its district"] += 1
        else:
            place = _place(district, each)
            new[place.id] = place
        taken |= heard
    return Settled(new, placed, known, left_out)


class _Ground:
    """The places known already, by district and by how their names sound."""

    def __init__(
        self,
        places: Mapping[str, Place],
        boundaries: Boundaries,
        search: PlaceSearch,
        sounds: Sounds,
    ) -> None:
        self._places = places
        self._boundaries = boundaries
        self._search = search
        self._sounds = sounds
        self._named: dict[tuple[str, ...], str | None] = {}
        self._by_name: dict[tuple[str, str], Place] = {}
        self._cities: dict[str, list[Place]] = defaultdict(list)
        for place in places.values():
            if place.kind == "city":
                for name in _names(place):
                    self._cities[sounds(_bare(name))].append(place)
            district = district_of(places, place)
            if district is not None and place.kind != "okrug":
                for name in _names(place):
                    self._by_name.setdefault((district, sounds(_bare(name))), place)

    def district(self, each: Listed) -> tuple[str | None, str]:
        """The district or city that a settlement lies in, or why none can be said."""
        drawn = self._boundaries.holding(each.lat, each.lon)
        district = drawn or self._by_words(each)
        if district is None:
            return None, "in no district that is drawn or named"
        place = self._places[district]
        if place.parent is None or place.kind == "city_district":
            return None, "inside a city"
        return district, ""

    def known(self, district: str, each: Listed) -> Place | None:
        """The place of that district that has the same name, or a city close by that has it."""
        names = (each.kk, each.ru, *each.also)
        for heard in dict.fromkeys(self._sounds(_bare(name)) for name in names):
            found = self._by_name.get((district, heard))
            if found is not None:
                return found
            for city in self._cities.get(heard, ()):
                if city.lat is not None and city.lon is not None:
                    away = distance_km(each.lat, each.lon, city.lat, city.lon)
                    if away <= _OF_A_CITY_KM:
                        return city
        return None

    def _by_words(self, each: Listed) -> str | None:
        key = (each.region, *each.districts)
        if key not in self._named:
            self._named[key] = self._find(each)
        return self._named[key]

    def _find(self, each: Listed) -> str | None:
        for words in each.districts:
            for found in self._search.districts(words, each.region):
                if found.parent is not None:
                    return found.id
        return None


def _place(district: str, each: Listed) -> Place:
    return Place(
        id=f"{district}.{re.sub(r'[^a-z0-9]', '', each.id.lower())}",
        kind="settlement",
        parent=district,
        kk=each.kk,
        ru=each.ru,
        also=each.also,
        today_kk=None,
        today_ru=None,
        today_parent=None,
        area_code=None,
        lat=each.lat,
        lon=each.lon,
        position_from=each.id,
        note="",
    )


def _names(place: Place) -> Iterator[str]:
    yield from filter(None, (place.kk, place.ru, place.today_kk, place.today_ru, *place.also))


def _bare(name: str) -> str:
    """A name without the word for its kind, which is never capitalised."""
    words = [word for word in name.split() if word[:1].isupper() or word[:1].isdigit()]
    return " ".join(words) or name


def _of_geonames(text: str) -> list[Listed]:
    listed = []
    for number, line in enumerate(text.splitlines(), start=1):
        cells = line.split("\t")
        if len(cells) != GEONAMES_COLUMNS:
            raise GazetteerFileError(
                f"line {number}: {len(cells)} columns, {GEONAMES_COLUMNS} are wanted"
            )
        if cells[6] != "P" or cells[7] in _NO_SETTLEMENT or cells[8] != "KZ":
            continue
        names = [cells[1], *cells[3].split(",")]
        listed.append(
            _listed(f"gn:{cells[0]}", names, _position(number, cells[4], cells[5]), cells[14])
        )
    return listed


def _of_csv(text: str) -> list[Listed]:
    rows = csv.reader(text.splitlines())
    headings = [each.strip().lower() for each in next(rows, [])]
    at = {
        name: next((headings.index(each) for each in wordings if each in headings), None)
        for name, wordings in _HEADINGS.items()
    }
    missing = [name for name in _NEEDED if at[name] is None]
    if missing or all(at[name] is None for name in ("kk", "ru", "name")):
        raise GazetteerFileError(
            "neither a GeoNames dump nor a CSV with a heading of id, lat, lon and name_kk, "
            "name_ru or name"
        )
    listed = []
    for number, row in enumerate(rows, start=2):
        cell = _cells(row, at)
        position = _position(number, cell["lat"], cell["lon"])
        names = [cell["kk"], cell["ru"], cell["name"], *re.split(r"[|,;]", cell["also"])]
        districts = tuple(filter(None, (cell["district_ru"], cell["district_kk"])))
        if any(map(_LETTER.search, names)):
            lies_in = (cell["region"], districts)
            listed.append(_listed(cell["id"], names, position, cell["population"], lies_in))
    return listed


def _cells(row: Sequence[str], at: Mapping[str, int | None]) -> dict[str, str]:
    return {
        name: row[place].strip() if place is not None and place < len(row) else ""
        for name, place in at.items()
    }


def _position(number: int, lat: str, lon: str) -> tuple[float, float]:
    try:
        found = float(lat), float(lon)
    except ValueError:
        found = (math.nan, math.nan)
    if not (abs(found[0]) <= _STEEPEST and abs(found[1]) <= _WIDEST):
        raise GazetteerFileError(f"line {number}: {lat!r}, {lon!r} is no latitude and longitude")
    return found


def _listed(
    of: str,
    names: Iterable[str],
    position: tuple[float, float],
    population: str,
    lies_in: tuple[str, tuple[str, ...]] = ("", ()),
) -> Listed:
    """The Kazakh name is one with Kazakh letters, the Russian one in Cyrillic without; else any."""
    every = list(dict.fromkeys(name.strip() for name in names if _LETTER.search(name)))
    cyrillic = [each for each in every if _CYRILLIC.match(each)]
    kazakh = next((each for each in cyrillic if _KAZAKH.search(each)), None)
    russian = next((each for each in cyrillic if not _KAZAKH.search(each)), None)
    kk = kazakh or russian or every[0]
    ru = russian or kazakh or every[0]
    also = tuple(each for each in every if each not in {kk, ru})
    people = int(population) if population.isdigit() else 0
    return Listed(of, kk, ru, also, *position, people, *lies_in)
