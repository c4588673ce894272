"""Listings of one organisation brought together, and only those that are surely one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from core.directory.model import Flag, Kind, Listing, Role, Table
from tools.acts.addresses import Address
from tools.acts.phones import Number
from tools.acts.placing import even
from tools.acts.words import Words

NUMBERED = re.compile(r"№\s*(\d+)")
ALIKE = 80
ONE_PER_REGION: tuple[Kind, ...] = ("region_akimat", "region_education_department")
ONE_PER_DISTRICT: tuple[Kind, ...] = (
    "district_akimat",
    "district_education_department",
    "social_department",
)


@dataclass(frozen=True)
class Placed:
    """A listing with all that is understood of it."""

    listing: Listing
    kind: Kind
    serves: tuple[Role, ...]
    hours: str | None
    address: Address
    region: str | None
    district: str | None
    street: tuple[str, frozenset[str]]
    phones: Sequence[Number]
    faxes: Sequence[Number]
    emails: Sequence[str]
    websites: Sequence[str]
    warnings: tuple[Flag, ...] = ()

    @property
    def table(self) -> Table:
        """The list it stands in: two rows of one list are two organisations."""
        return self.listing.table

    def numbers(self) -> set[str]:
        """Its phones that can be dialled."""
        return {number.e164 for number in self.phones if number.e164}


@dataclass
class Organisation:
    """One organisation and its listings in the order of the acts."""

    kind: Kind
    members: list[Placed] = field(default_factory=list)
    same_name_as: "Organisation | None" = None

    def tables(self) -> set[Table]:
        """The lists that name it, paragraphs left out: they may name one office twice."""
        return {member.table for member in self.members if member.listing.annex}


class Organisations:
    """Gathers placed listings by kind, place and name, then by phone and address."""

    def __init__(self, words: Words) -> None:
        self._rural_core = re.compile(words.rural_core)
        self._boarding = re.compile(words.boarding)
        self._legal_form = re.compile(words.legal_form_tail, re.IGNORECASE)
        self._founder = re.compile(words.new_organisation)

    def gather(self, placed: Iterable[Placed]) -> list[Organisation]:
        """All organisations, each listing in exactly one."""
        by_key: dict[tuple[str, ...], Organisation] = {}
        found: list[Organisation] = []
        for item in placed:
            key, twin = self._key(item), None
            while item.listing.annex and key in by_key and item.table in by_key[key].tables():
                twin, key = by_key[key], (*key, "again")
            if key not in by_key:
                by_key[key] = Organisation(item.kind, same_name_as=twin)
                found.append(by_key[key])
            by_key[key].members.append(item)
        return self._joined_by_phone(found)

    def _key(self, item: Placed) -> tuple[str, ...]:
        name = item.listing.name
        if item.kind in ONE_PER_REGION:
            return (item.kind, item.region or "")
        if item.kind in ONE_PER_DISTRICT and item.district:
            return (item.kind, item.district)
        if item.kind == "rural_akim":
            core = self._rural_core.match(name.strip('«»" '))
            parts = core.groups() if core else (name, "")
            return (item.kind, item.district or "", even(parts[0]), parts[1][:1])
        numbered = NUMBERED.findall(name)
        if item.kind in ("school", "special_school") and numbered:
            boarding = "boarding" if self._boarding.search(name) else ""
            return (item.kind, item.region or "", numbered[-1], boarding)
        bare = self._legal_form.sub("", self._founder.sub("", name))
        return (item.kind, item.region or "", even(bare))

    def _joined_by_phone(self, found: list[Organisation]) -> list[Organisation]:
        """Two spellings of one name: same kind, district and phone, never in one list."""
        kept: list[Organisation] = []
        for organisation in found:
            twin = next((other for other in kept if self._twins(other, organisation)), None)
            if twin and organisation.same_name_as is None:
                twin.members += organisation.members
            else:
                kept.append(organisation)
        return kept

    def _twins(self, one: Organisation, other: Organisation) -> bool:
        first, second = one.members[0], other.members[0]
        if one.kind != other.kind or first.district != second.district:
            return False
        if one.tables() & other.tables():
            return False
        phones = set().union(*(member.numbers() for member in one.members))
        if not phones & second.numbers():
            return False
        names = fuzz.token_sort_ratio(first.listing.name, second.listing.name)
        return names >= ALIKE
