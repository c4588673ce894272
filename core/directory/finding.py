"""The office that is responsible for a service where a family lives, then the nearest such office.

Where the directory has none of those that the act names, the office above; outside the act's
territory, the office of the place and the service of the whole country.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from core.directory.area import INSTITUTIONS, VILLAGES, Area, Areas, Point
from core.directory.model import Kind, Office, Role, Text
from core.directory.whole import Directory
from core.places.boundaries import Boundaries
from core.places.nearest import NearDistricts
from core.services.model import Addressee, Provider, Service, Subject
from core.services.yaml_lines import read_sheet

WHYS_FILE = "directory/whys.yaml"

# The loneliest settlement of the country is 260 km away from any place that the acts name.
ASTRAY_KM = 300.0

Territory = Literal["inside", "outside", "unknown"]
Why = Literal[
    "listed",
    "known",
    "above",
    "complaint",
    "complaint_above",
    "information",
    "information_above",
    "silent",
    "typed",
    "outside",
    "national",
]

_EDUCATION: tuple[Kind, ...] = (
    "district_education_department",
    "region_education_department",
    "district_akimat",
    "region_akimat",
    "ministry",
)
_AKIMATS: tuple[Kind, ...] = ("district_akimat", "region_akimat", "ministry")
ABOVE: Mapping[Kind, tuple[Kind, ...]] = {
    "school": _EDUCATION,
    "kindergarten": _EDUCATION,
    "college": _EDUCATION,
    "extra_education": _EDUCATION,
    "special_school": _EDUCATION,
    "district_education_department": _EDUCATION[1:],
    "region_education_department": ("region_akimat", "ministry"),
    "rural_akim": _AKIMATS,
    "service_centre": _AKIMATS,
    "social_department": _AKIMATS,
    "district_akimat": _AKIMATS[1:],
    "region_akimat": _AKIMATS[2:],
    "ministry": (),
    "other": _AKIMATS,
}


class Whys(BaseModel):
    """The sentences that say why an office is shown: the file data/directory/whys.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    whys: dict[Why, Text]
    kinds: dict[Kind, Text]
    national: dict[str, str]

    def say(self, why: Why, *, kind: Kind, place: Text, service: Text) -> Text:
        """A sentence in both languages."""
        template, named = self.whys[why], self.kinds[kind]
        return Text(
            kk=template.kk.format(kind=named.kk, place=place.kk, service=service.kk),
            ru=template.ru.format(kind=named.ru, place=place.ru, service=service.ru),
        )


@dataclass(frozen=True, slots=True)
class FoundOffice:
    """An office, how far it is, whether that is exact, and why it is shown."""

    office: Office
    distance_km: float | None
    exact: bool
    why: Text


@dataclass(frozen=True, slots=True)
class Instead:
    """The office to ask where those that the act means are not known or not responsible."""

    office: Office | None
    why: Text
    service: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer; where only a point was given, the `place` that boundaries decided on.

    Where nothing decides, `districts` are those to ask about, best first.
    """

    offices: tuple[FoundOffice, ...]
    instead: Instead | None
    territory: Territory
    districts: tuple[str, ...] = ()
    place: str | None = None


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Whom the act names: a kind, and the table that lists them if there is one."""

    kind: Kind
    annex: str | None
    list: str | None
    office: str | None


class Finder:
    """The directory and the services, ready to be asked."""

    def __init__(self, directory: Directory, services: Mapping[str, Service], whys: Whys) -> None:
        self._directory = directory
        self._services = services
        self._whys = whys
        self._areas = Areas(directory)
        self._boundaries = Boundaries(directory.boundaries)
        self._near_districts = NearDistricts(directory.places)

    def find(
        self,
        service: Service,
        *,
        place: str | None = None,
        point: Point | None = None,
        purpose: Role = "provider",
        subject: Subject | None = None,
        step: int = 1,
    ) -> Finding:
        """The offices for a service at a place, or near a point whose district must be asked."""
        wanted = _wanted(service, purpose, subject, step)
        if place is None and point is not None:
            place = self._boundaries.decide(*point)
            if place is None:
                return self._near(service, point, wanted, purpose)
        return replace(self._at(service, place, point, wanted, purpose), place=place)

    def _at(
        self,
        service: Service,
        place: str | None,
        point: Point | None,
        wanted: Sequence[_Wanted],
        purpose: Role,
    ) -> Finding:
        area = None if place is None else self._areas.around(self._directory.places[place])
        territory = self._territory(service, area)
        if area is not None and territory == "outside":
            return Finding((), self._outside(service, area, point, wanted), territory)
        offices = tuple(self._named(service, area, point, wanted, purpose))
        if offices or area is None:
            return Finding(offices, None, territory)
        return self._above(service, area, wanted, purpose, point=point)

    def decided(self, lat: float, lon: float) -> str | None:
        """The district that imported boundaries put a point into, where no border is near."""
        return self._boundaries.decide(lat, lon)

    def likely_districts(self, lat: float, lon: float) -> tuple[str, ...]:
        """The districts that a point may lie in, the likeliest first; to be asked."""
        drawn = self._boundaries.of(lat, lon)
        if len(drawn) > 1:
            return tuple(drawn)
        near = [each.place for each in self._near_districts.of(lat, lon)]
        return tuple(dict.fromkeys([*drawn, *near]))

    def is_astray(self, lat: float, lon: float) -> bool:
        """Whether a point is so far from every known place that it is hardly in the country."""
        if self._boundaries.of(lat, lon):
            return False
        return all(each.distance_km > ASTRAY_KM for each in self._near_districts.of(lat, lon))

    def all_at(self, place: str, point: Point | None = None) -> list[tuple[Office, float | None]]:
        """Every office that is responsible at a place, whatever for, kind by kind."""
        area = self._areas.around(self._directory.places[place])
        return [
            each
            for kind in ABOVE
            if kind != "ministry"
            for each in self._areas.ordered(self._areas.of_kind(kind, area), area, point)
        ]

    def typed(self, service: Service, office_ids: Iterable[str]) -> Finding:
        """Offices that were found by words: first those that have to do with the service."""
        offices = [self._directory.offices[each] for each in office_ids]
        serving = sorted(
            offices, key=lambda office: all(each.service != service.id for each in office.serves)
        )
        found = (
            self._found(each, None, None, self._why("typed", service, each.kind))
            for each in serving
        )
        return Finding(tuple(found), None, self._territory(service, None))

    def _near(
        self,
        service: Service,
        point: Point,
        wanted: Sequence[_Wanted],
        purpose: Role,
    ) -> Finding:
        """What the likely districts have, by distance; nothing is decided that must be asked."""
        districts = self.likely_districts(*point)
        areas = [self._areas.around(self._directory.places[each]) for each in districts]
        inside = [each for each in areas if self._territory(service, each) == "inside"]
        if not inside:
            instead = self._outside(service, areas[0], point, wanted) if areas else None
            return Finding((), instead, "outside", districts)
        territory: Territory = "inside" if len(inside) == len(areas) else "unknown"
        found = {
            each.office.id: each
            for area in inside
            for each in self._named(service, area, point, wanted, purpose)
        }
        if not found:
            above = self._above(service, inside[0], wanted, purpose, point=point)
            return replace(above, territory=territory, districts=districts)
        ordered = sorted(
            found.values(), key=lambda each: (each.distance_km is None, each.distance_km or 0.0)
        )
        return Finding(tuple(ordered), None, territory, districts)

    def _territory(self, service: Service, area: Area | None) -> Territory:
        if service.jurisdiction.level == "country":
            return "inside"
        if area is None:
            return "unknown"
        return "inside" if service.jurisdiction.place in area.regions else "outside"

    def _named(
        self,
        service: Service,
        area: Area | None,
        point: Point | None,
        wanted: Iterable[_Wanted],
        purpose: Role,
    ) -> Iterator[FoundOffice]:
        """Those whom the act names and the directory knows there, each once."""
        seen: set[str] = set()
        for each in _villages_first(wanted, area):
            there = self._areas.of_kind(each.kind, area)
            listed = [office for office in there if _is_listed(office, service, each, purpose)]
            if not listed and area is not None and each.kind in INSTITUTIONS:
                region = self._areas.in_regions(each.kind, area)
                listed = [o for o in region if _is_listed(o, service, each, purpose)]
            # Another act may give the address of whom this act only names.
            known = [] if each.kind in ("ministry", "other") else there
            why: Why = "listed" if listed else "known"
            if not _names(service, purpose):
                why = "silent"
            elif purpose != "provider":
                why = purpose
            offices = self._areas.ordered(listed or known, area, point)
            if not offices and each.kind == "rural_akim" and area and area.has_akims:
                why = "above"
                offices = list(self._local(ABOVE[each.kind], area, point))[:1]
            for office, away in offices:
                if office.id not in seen:
                    seen.add(office.id)
                    yield self._found(office, away, point, self._why(why, service, each.kind))

    def _above(
        self,
        service: Service,
        area: Area,
        wanted: Sequence[_Wanted],
        purpose: Role,
        *,
        point: Point | None,
    ) -> Finding:
        kind = wanted[0].kind
        why: Why = "above"
        if purpose == "complaint":
            why = "complaint_above"
        elif purpose == "information":
            why = "information_above"
        said = self._why(why, service, kind)
        for office, away in self._local(ABOVE[kind], area, point):
            found = self._found(office, away, point, said)
            return Finding((found,), Instead(office, said), "inside")
        return Finding((), Instead(None, said), "inside")

    def _outside(
        self, service: Service, area: Area, point: Point | None, wanted: Sequence[_Wanted]
    ) -> Instead:
        """The office of the place, and the service that applies in the whole country."""
        kind = wanted[0].kind
        national = self._whys.national.get(service.id)
        if national is None:
            said = self._why("outside", service, kind)
            kinds: tuple[Kind, ...] = (kind, *ABOVE[kind])
        else:
            said = self._why("national", service, kind)
            kinds = ABOVE[kind]
        office = next((each for each, _ in self._local(kinds, area, point)), None)
        return Instead(office, said, national)

    def _local(
        self, kinds: Iterable[Kind], area: Area, point: Point | None
    ) -> Iterator[tuple[Office, float | None]]:
        return chain.from_iterable(
            self._areas.ordered(self._areas.of_kind(kind, area), area, point) for kind in kinds
        )

    def _why(self, why: Why, service: Service, kind: Kind) -> Text:
        home = service.jurisdiction.place
        place = self._directory.places[home] if home else None
        other = self._services.get(self._whys.national.get(service.id, ""), service)
        return self._whys.say(
            why,
            kind=kind,
            place=Text(kk=place.shown_kk, ru=place.shown_ru) if place else Text(kk="", ru=""),
            service=Text(kk=other.short.kk, ru=other.short.ru),
        )

    @staticmethod
    def _found(office: Office, away: float | None, point: Point | None, why: Text) -> FoundOffice:
        return FoundOffice(office, away, point is not None and office.position == "exact", why)


def load_whys(data: Path) -> Whys:
    """The sentences of the data folder."""
    return Whys.model_validate(read_sheet(data / WHYS_FILE).data)


def _wanted(
    service: Service, purpose: Role, subject: Subject | None, step: int
) -> tuple[_Wanted, ...]:
    """Whom the act names for a purpose; where it names nobody, who gives the service."""
    giving = [each for each in service.providers if {"accepts", "decides"} & set(each.does)]
    informing = [each for each in service.providers if "informs" in each.does]
    complained_to = [
        route.to
        for route in service.routes
        if route.step == step and (subject is None or subject in route.subjects)
    ]
    named: dict[Role, Sequence[Provider | Addressee]] = {
        "provider": giving,
        "information": informing,
        "complaint": complained_to,
    }
    wanted = dict.fromkeys(_known_kinds(named[purpose]))
    return tuple(wanted) or tuple(dict.fromkeys(_known_kinds(giving)))


def _names(service: Service, purpose: Role) -> bool:
    """Whether the act says whom to turn to for this purpose."""
    return bool(service.routes if purpose == "complaint" else service.providers)


def _known_kinds(named: Iterable[Provider | Addressee]) -> Iterator[_Wanted]:
    """All but courts, whose addresses no act prints."""
    for each in named:
        if each.kind != "court":
            yield _Wanted(each.kind, each.annex, each.list, each.office)


def _villages_first(wanted: Iterable[_Wanted], area: Area | None) -> list[_Wanted]:
    """In a village its akim comes first; in a town, and where that is open, the department."""
    in_village = area is not None and area.place.kind in VILLAGES
    return sorted(wanted, key=lambda each: (each.kind == "rural_akim") is not in_village)


def _is_listed(office: Office, service: Service, wanted: _Wanted, purpose: Role) -> bool:
    if wanted.office is not None:
        return office.id == wanted.office
    if wanted.annex is None:
        return any(each.service == service.id and each.role == purpose for each in office.serves)
    return any(
        each.service == service.id
        and each.annex == wanted.annex
        and (wanted.list is None or each.list == wanted.list)
        for each in office.listings
    )
