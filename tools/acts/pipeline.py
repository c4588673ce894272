"""From the texts of the acts to listings and offices."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from core.directory.loading import SEPARATOR
from core.directory.model import Flag, Hours, Kind, Listing, ListingKey, Office, Role, Table
from core.places.loading import load_places
from tools.acts.addresses import Address, AddressReader
from tools.acts.annexes import Act, load_acts, read_annex
from tools.acts.files import (
    add_aliases,
    read_ids,
    read_offices,
    write_ids,
    write_listings,
    write_offices,
)
from tools.acts.kinds import KindReader
from tools.acts.letters import Letters
from tools.acts.listings import ListingReader, load_retyped, with_retyped
from tools.acts.localities import Localities
from tools.acts.naming import give_ids, keep_lines
from tools.acts.offices import OfficeBuilder
from tools.acts.organisations import Organisation, Organisations, Placed
from tools.acts.paragraphs import load_paragraphs
from tools.acts.phones import as_e164, last_area_code
from tools.acts.placing import Placing
from tools.acts.russian import Russian
from tools.acts.sites import misprint_of
from tools.acts.streets import StreetReader
from tools.acts.words import load_words

CORRECTED_FIELDS = ("district", "address", "emails", "websites")


class RowCountError(ValueError):
    """A table with another number of rows than the eye counted."""

    def __init__(self, act: str, service: str, annex: str, counted: int, found: int) -> None:
        super().__init__(
            f"{act} {service} annex {annex}: {found} rows read, {counted} counted by eye"
        )


@dataclass(frozen=True)
class Row:
    """A listing with what its table says of it."""

    listing: Listing
    kind: Kind
    serves: tuple[Role, ...]
    hours: str | None
    region: str | None
    sites_only: bool = False


@dataclass(frozen=True)
class Correction:
    """What the eye decided against what is printed."""

    right: str
    reason: str


@dataclass(frozen=True)
class Located:
    """A row with its address read and its place found."""

    row: Row
    address: Address
    region: str | None
    district: str | None
    corrections: tuple[Correction, ...]
    emails: Sequence[str]
    websites: Sequence[str]


class Pipeline:
    """Everything that extraction needs, loaded once."""

    def __init__(self, data: Path, lists: Path) -> None:
        self._data = data
        self._lists = lists
        self._words = load_words(lists)
        self._letters = Letters(self._words)
        self._places = load_places(data)
        self._placing = Placing(self._places, self._words)
        self._addresses = AddressReader(self._words)
        self._kinds = KindReader(self._words)
        self._streets = StreetReader(self._words)
        self._russian = Russian(lists)
        self._corrections = _load_corrections(lists)

    def run(self, sources: Path, *, anew: bool = False) -> list[Office]:
        """Reads the acts, writes listings, ids and offices; lines that stand are kept.

        `anew` builds every office anew, so that what was changed in its line is lost.
        """
        placed = self._placed([*self._rows_of_annexes(sources), *self._rows_of_paragraphs()])
        write_listings(self._data, [item.listing for item in placed])
        organisations = Organisations(self._words).gather(placed)
        given, ids, aliases = give_ids(organisations, read_ids(self._data))
        built = self._build(given, organisations)
        standing = {} if anew else read_offices(self._data)
        offices = sorted(keep_lines(built, standing, aliases), key=lambda office: office.id)
        write_ids(self._data, ids)
        add_aliases(self._data, aliases)
        write_offices(self._data, offices)
        return offices

    def _build(self, given: Sequence[str], organisations: Sequence[Organisation]) -> list[Office]:
        builder = OfficeBuilder(
            self._places,
            Localities(self._places, self._words),
            self._streets,
            self._russian,
            _load_hours(self._lists),
        )
        return [
            builder.build(office, organisation)
            for office, organisation in zip(given, organisations, strict=True)
        ]

    def _rows_of_annexes(self, sources: Path) -> Iterator[Row]:
        retyped = load_retyped(self._lists)
        for act in load_acts(self._lists):
            text = (sources / act.file).read_text(encoding="utf-8").split("\n")
            yield from self._rows_of_act(act, text, retyped)

    def _rows_of_act(
        self,
        act: Act,
        text: Sequence[str],
        retyped: dict[tuple[str, str, str, str], list[dict[str, str]]],
    ) -> Iterator[Row]:
        reader = ListingReader(act.act, self._words, self._letters)
        for annex in act.annexes:
            typed = retyped.get((act.act, annex.service, annex.annex, annex.list or ""), [])
            printed = read_annex(annex, text, self._words, self._letters)
            printed = with_retyped(printed, annex, typed)
            if len(printed) != annex.rows:
                raise RowCountError(act.act, annex.service, annex.annex, annex.rows, len(printed))
            for place, row in enumerate(printed, start=1):
                listing = reader.read(annex, place, row)
                kind = self._kinds.of(listing.name, annex.kind)
                sites_only = "site" in annex.columns
                serves = tuple(annex.serves)
                yield Row(listing, kind, serves, annex.hours, act.region, sites_only)

    def _rows_of_paragraphs(self) -> Iterator[Row]:
        for named in load_paragraphs(self._data):
            yield Row(named.listing, named.kind, named.serves, None, named.region)

    def _placed(self, rows: Sequence[Row]) -> list[Placed]:
        located = [self._locate(row) for row in rows]
        self._placing.learn_postcodes(
            (item.address.postcode, item.district)
            for item in located
            if item.address.postcode and item.district
        )
        sites: dict[Table, list[str]] = defaultdict(list)
        for item in located:
            sites[item.row.listing.table] += item.websites
        return [self._place(item, sites[item.row.listing.table]) for item in located]

    def _locate(self, row: Row) -> Located:
        listing = row.listing
        place, street, emails, websites = (
            self._corrections.get((listing.key, field)) for field in CORRECTED_FIELDS
        )
        address = self._addresses.read(
            street.right if street else listing.address, bare_settlement=row.kind == "rural_akim"
        )
        region = self._placing.region(listing, address, row.region)
        district = place.right if place else self._district(row, address, region)
        return Located(
            row,
            address,
            region,
            district,
            tuple(filter(None, (place, street, emails, websites))),
            emails.right.split(SEPARATOR) if emails else listing.emails,
            websites.right.split(SEPARATOR) if websites else listing.websites,
        )

    def _district(self, row: Row, address: Address, region: str | None) -> str | None:
        if region is None or row.kind in ("region_akimat", "region_education_department"):
            return None
        listing = row.listing
        printed = [place.printed for place in reversed(address.places)]
        if row.kind == "rural_akim":
            return self._placing.district(region, listing.group, *printed)
        if row.kind == "service_centre":
            return self._placing.district(region, listing.name, *printed)
        return self._placing.district(region, listing.group, listing.name)

    def _place(self, item: Located, sites: Sequence[str]) -> Placed:
        row, address = item.row, item.address
        district = item.district
        if row.kind == "rural_akim" and district is None:
            district = self._placing.district_by_postcode(address.postcode)
        own = self._places.get(district or "") or self._places.get(item.region or "")
        area_code = own.area_code if own else None
        carried = last_area_code(row.listing.phones)
        return Placed(
            listing=row.listing,
            kind=row.kind,
            serves=row.serves,
            hours=row.hours,
            address=address,
            region=item.region,
            district=district,
            street=self._street(address),
            phones=as_e164(row.listing.phones, area_code),
            faxes=as_e164(row.listing.faxes, area_code, carried),
            emails=item.emails,
            websites=item.websites,
            warnings=tuple(_warnings(item, sites)),
        )

    def _street(self, address: Address) -> tuple[str, frozenset[str]]:
        """Street names and numbers as far as two tables can be compared by them."""
        parts = self._streets.read(address.street)
        names = [part.name for part in parts if part.kind not in ("house", "flat", "no_number")]
        written = self._russian.letters(" ".join(names).casefold())
        bare = re.sub(r"\b[^\W\d_]{1,2}\b|[\W\d_]+", " ", written)
        return " ".join(bare.split()), frozenset(re.findall(r"\d+", address.street))


def _warnings(item: Located, sites: Sequence[str]) -> Iterator[Flag]:
    """What only the table or the eye shows of a row; the sites are those of its whole table."""
    for correction in item.corrections:
        yield Flag(kind="corrected", text=correction.reason)
    if item.row.sites_only and item.row.listing.emails:
        yield Flag(kind="email_as_site", text=", ".join(item.row.listing.emails))
    for site in item.websites:
        meant = misprint_of(site, sites)
        if meant:
            yield Flag(kind="site_doubtful", text=f"{site} / {meant}")


def _load_hours(lists: Path) -> dict[str, Hours]:
    text = (lists / "hours.yaml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, Hours]).validate_python(yaml.safe_load(text))


def _load_corrections(lists: Path) -> dict[tuple[ListingKey, str], Correction]:
    """What the eye decided of single listings, each with its reason in the file."""
    with (lists / "corrections.csv").open(encoding="utf-8", newline="") as file:
        return {
            (
                (row["act"], row["service"], row["annex"], row["list"], row["place"]),
                row["field"],
            ): Correction(row["right"], row["reason"])
            for row in csv.DictReader(file)
        }
