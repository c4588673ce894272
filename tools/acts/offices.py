"""An organisation as an office: the newest act leads, all that differs is said."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from core.directory.model import Flag, Hours, Office, Position, Reception, Serves, Text
from core.places.model import Place
from tools.acts.flagging import flags_of
from tools.acts.localities import Localities
from tools.acts.organisations import Organisation, Placed
from tools.acts.placing import even
from tools.acts.reception import read_reception
from tools.acts.russian import Russian, Said
from tools.acts.sites import host, mailbox
from tools.acts.streets import StreetPart, StreetReader

NEWEST_FIRST = (
    "almaty_city_4_1097",
    "almaty_oblast_420",
    "decree_1119_2012",
    "decree_283_2011",
    "karaganda_35_01",
)


class OfficeBuilder:
    """Builds offices out of organisations."""

    def __init__(
        self,
        places: Mapping[str, Place],
        localities: Localities,
        streets: StreetReader,
        russian: Russian,
        hours: Mapping[str, Hours],
    ) -> None:
        self._places = places
        self._localities = localities
        self._streets = streets
        self._russian = russian
        self._hours = hours

    def build(self, office_id: str, organisation: Organisation) -> Office:
        """The office with its listings and flags."""
        members = sorted(
            organisation.members, key=lambda member: NEWEST_FIRST.index(member.listing.act)
        )
        leading = members[0]
        region = _first(members, lambda member: member.region)
        district = _first(members, lambda member: member.district)
        addressed = _leading_address(members)
        locality = self._locality(region, district, [addressed, *members])
        name, named = self._name(organisation, leading, members)
        address, covered = self._address(addressed, locality)
        lat, lon, position = self._position(locality, district, region)
        office = Office(
            id=office_id,
            kind=organisation.kind,
            name=name,
            region=region,
            district=district,
            locality=locality.id if locality else None,
            address=address,
            postcode=_first(members, lambda member: member.address.postcode),
            phones=_union(members, lambda member: [n.e164 for n in member.phones if n.e164]),
            phones_as_printed=_union(members, lambda m: [n.printed for n in m.phones]),
            faxes=_union(members, lambda member: [n.e164 for n in member.faxes if n.e164]),
            emails=_union(members, lambda member: member.emails, mailbox),
            websites=_union(members, lambda member: member.websites, host),
            hours=self._office_hours(members),
            reception=self._reception(members),
            lat=lat,
            lon=lon,
            position=position,
            closed=False,
            verified_on=None,
            serves=_serves(members),
            listings=[member.listing for member in members],
            flags=[],
        )
        flags = flags_of(organisation, members, self._places)
        if not named.covered:
            flags.append(Flag(kind="transliterated", text=name.ru))
        if not covered:
            flags.append(Flag(kind="transliterated", text=address.ru))
        unknown = self._localities.unknown(region, district, addressed.address)
        if unknown or (locality is None and addressed.address.places):
            printed = ", ".join(place.printed for place in addressed.address.places)
            flags.append(Flag(kind="place_unknown", text=printed))
        akim_of = self._subject(organisation, leading)
        if organisation.kind == "rural_akim" and akim_of and locality:
            other = self._localities.seat_of_another(akim_of, locality)
            if other:
                flags.append(Flag(kind="seat_of_another", text=f"{locality.kk} / {other.kk}"))
        return office.model_copy(update={"flags": tuple(flags)})

    def _locality(
        self, region: str | None, district: str | None, members: Sequence[Placed]
    ) -> Place | None:
        found = (self._localities.locality(region, district, member.address) for member in members)
        return next(filter(None, found), None)

    def _name(
        self, organisation: Organisation, leading: Placed, members: Sequence[Placed]
    ) -> tuple[Text, Said]:
        of_act = [m.listing.name for m in members if m.listing.act == leading.listing.act]
        common = Counter(map(even, of_act)).most_common(1)[0][0]
        printed = _tidy_name(next(name for name in of_act if even(name) == common))
        kk = self._whole_name(organisation, leading, printed)
        said = self._name_ru(organisation, leading, kk)
        return Text(kk=kk, ru=said.text), said

    def _whole_name(self, organisation: Organisation, leading: Placed, printed: str) -> str:
        """The name as printed, completed where its table prints only the place."""
        templates, place = self._russian.templates, self._subject(organisation, leading)
        match organisation.kind:
            case "region_education_department" if place:
                if len(printed.split()) <= len(place.kk.split()):
                    region = self._russian.kk_genitive(place)
                    return templates.education_department_kk.format(region=region)
            case "rural_akim" if place and not re.search(templates.rural_akim_whole, printed):
                return templates.rural_akim_kk.format(place=place.kk)
        return printed

    def _name_ru(self, organisation: Organisation, leading: Placed, kk: str) -> Said:
        templates = self._russian.templates
        known = templates.names.get(kk)
        if known:
            return Said(known)
        if organisation.kind == "service_centre":
            return self._russian.service_centre(
                kk, self._places, region=leading.region, district=leading.district
            )
        template = templates.names_ru.get(organisation.kind)
        if template is None:
            return self._russian.institution(kk)
        place = self._subject(organisation, leading)
        if place is None:
            return Said(self._russian.letters(kk), covered=False)
        return Said(template.format(of=self._of(place)))

    def _subject(self, organisation: Organisation, leading: Placed) -> Place | None:
        if organisation.kind == "rural_akim":
            return self._localities.subject(leading.district or "", leading.listing.name)
        if organisation.kind.startswith("region"):
            return self._places.get(leading.region or "")
        return self._places.get(leading.district or "")

    def _of(self, place: Place) -> str:
        own = self._russian.genitive(place)
        above = self._places.get(place.parent or "")
        if place.kind == "city_district" and above:
            return f"{own} {self._russian.genitive(above)}"
        if place.kind in ("okrug", "settlement") and above:
            return f"{own} {self._russian.genitive(above)}"
        return own

    def _address(self, member: Placed, locality: Place | None) -> tuple[Text, bool]:
        unknown = self._localities.unknown(member.region, member.district, member.address)
        street = ", ".join(filter(None, [*unknown, member.address.street]))
        parts = self._streets.read(street if locality else member.address.street)
        if locality and parts and parts[0].kind == "other":
            named_again = even(locality.kk).startswith(even(parts[0].name))
            parts = parts[1:] if named_again else parts
        said = self._russian.street(parts)
        where_kk, where_ru = self._where(member, locality)
        kk = ", ".join(text for text in (where_kk, self._street_kk(parts)) if text)
        ru = ", ".join(text for text in (where_ru, said.text) if text)
        return Text(kk=kk, ru=ru), said.covered

    def _where(self, member: Placed, locality: Place | None) -> tuple[str, str]:
        """The settlement; where none is known, the district, or what is printed."""
        if locality:
            return locality.kk, self._russian.short(locality)
        printed = member.address.places
        home = self._places.get(member.district or "")
        if home and all(place.kind in ("region", "district") for place in printed):
            return home.kk, home.ru
        where = ", ".join(place.printed for place in printed)
        return where, self._russian.letters(where)

    def _street_kk(self, parts: Sequence[StreetPart]) -> str:
        templates = self._russian.templates
        written = []
        for part in parts:
            if part.kind == "no_number":
                written.append(templates.without_number.kk)
            elif part.kind == "flat":
                written.append(f"{part.name} {templates.flat.kk}")
            elif part.kind == "microdistrict" and part.name.isdigit():
                written.append(templates.numbered_microdistrict_kk.format(number=part.name))
            elif part.kind in templates.street_kk:
                written.append(f"{part.name} {templates.street_kk[part.kind]}".strip())
            else:
                written.append(part.name)
        return ", ".join(written)

    def _position(
        self, locality: Place | None, district: str | None, region: str | None
    ) -> tuple[float | None, float | None, Position | None]:
        if locality and locality.lat is not None:
            return locality.lat, locality.lon, "locality"
        above = self._places.get(district or "") or self._places.get(region or "")
        if above and above.lat is not None:
            return above.lat, above.lon, "district"
        return None, None, None

    def _office_hours(self, members: Sequence[Placed]) -> list[Hours]:
        names = Counter(member.hours for member in members if member.hours)
        return [self._hours[names.most_common(1)[0][0]]] if names else []

    def _reception(self, members: Sequence[Placed]) -> list[Reception]:
        printed = Counter(m.listing.reception for m in members if m.listing.reception)
        if not printed:
            return []
        text = printed.most_common(1)[0][0]
        source = next(m.listing for m in members if m.listing.reception == text)
        return read_reception(text, source, self._russian)


def _leading_address(members: Sequence[Placed]) -> Placed:
    """The most printed address of the newest act that prints one."""
    with_street = [member for member in members if member.address.street]
    chosen = with_street or [member for member in members if member.address.places] or members
    of_act = [m for m in chosen if m.listing.act == chosen[0].listing.act]
    most = Counter(even(member.address.street) for member in of_act).most_common(1)[0][0]
    return next(member for member in of_act if even(member.address.street) == most)


def _tidy_name(name: str) -> str:
    """Typographic quotes instead of straight ones; a quote that never closes is a slip."""
    opened = False
    written = []
    for letter in name:
        if letter == '"':
            opened = not opened
            written.append("\u00ab" if opened else "\u00bb")
        else:
            written.append(letter)
    tidy = "".join(written).rstrip(".")
    if ("\u00ab" in tidy) != ("\u00bb" in tidy):
        tidy = tidy.replace("\u00ab", "").replace("\u00bb", "")
    return tidy


def _first(members: Sequence[Placed], value: Callable[[Placed], str | None]) -> str | None:
    return next((found for found in map(value, members) if found), None)


def _union(
    members: Sequence[Placed],
    values: Callable[[Placed], Sequence[str]],
    same: Callable[[str], str] = str,
) -> list[str]:
    """All values, each once; of two that are the same the shorter is kept."""
    found: dict[str, str] = {}
    for value in (value for member in members for value in values(member)):
        key = same(value)
        found[key] = min(found.get(key, value), value, key=len)
    return list(found.values())


def _serves(members: Sequence[Placed]) -> list[Serves]:
    pairs = {(m.listing.service, role) for m in members for role in m.serves}
    return [Serves(service=service, role=role) for service, role in sorted(pairs)]
