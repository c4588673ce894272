"""What is suspicious about one office, found while it is built."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from rapidfuzz import fuzz

from core.directory.model import Flag
from core.places.model import Place
from tools.acts.organisations import Organisation, Placed
from tools.acts.phones import Number
from tools.acts.sites import alike, host

ALIKE_STREETS = 82
MOBILE = ("70", "77")
NUMBER_OF_SCHOOL = re.compile(r"\bschool_(\d+)@")
DIGIT_IN_DOMAIN = re.compile(r"@[^@]*[a-z]\d")
LIKELY_LOOKALIKE = re.compile(r"[a-z]I|I[a-z]*I")


def flags_of(
    organisation: Organisation, members: Sequence[Placed], places: Mapping[str, Place]
) -> list[Flag]:
    """All flags that one organisation's listings give reason for."""
    flags = [
        *_contradictions(members),
        *_numbers(members, places),
        *_contacts(members),
    ]
    if not any(member.phones for member in members):
        flags.append(Flag(kind="no_phone", text=""))
    if organisation.same_name_as:
        twin = organisation.same_name_as.members[0]
        flags.append(Flag(kind="same_name_twice", text=_source(twin)))
    unique: dict[tuple[str, str], Flag] = {}
    for flag in flags:
        unique.setdefault((flag.kind, _said_once(flag)), flag)
    return list(unique.values())


def _said_once(flag: Flag) -> str:
    """Eight standards repeat one table: the same value is one flag, with its first source."""
    return flag.text if "_differs" in flag.kind else flag.text.rpartition(": ")[2]


def _contradictions(members: Sequence[Placed]) -> list[Flag]:
    flags = []
    for one, other in combinations(_one_per_act_and_text(members), 2):
        if _streets_differ(one, other):
            flags.append(_difference("address_differs", one, other, lambda m: m.listing.address))
        first, second = one.numbers(), other.numbers()
        if first and second and not first & second:
            flags.append(
                _difference("phone_differs", one, other, lambda m: ", ".join(m.listing.phones))
            )
    return [*flags, *_alike_sites(members)]


def _alike_sites(members: Sequence[Placed]) -> list[Flag]:
    """Sites that are spelled a little otherwise in another list."""
    flags: list[Flag] = []
    first_with: dict[str, Placed] = {}
    for member in members:
        for site in map(host, member.websites):
            other = next((each for each in first_with if alike(site, each)), None)
            if other and site not in first_with:
                sides = (first_with[other], other), (member, site)
                text = " / ".join(f"{_source(one)}: {spelled}" for one, spelled in sides)
                flags.append(Flag(kind="site_differs", text=text))
            first_with.setdefault(site, member)
    return flags


def _one_per_act_and_text(members: Sequence[Placed]) -> list[Placed]:
    kept: dict[tuple[str, tuple[str, frozenset[str]], frozenset[str]], Placed] = {}
    for member in members:
        key = (member.listing.act, member.street, frozenset(member.numbers()))
        kept.setdefault(key, member)
    return list(kept.values())


def _streets_differ(one: Placed, other: Placed) -> bool:
    (first, houses), (second, other_houses) = one.street, other.street
    if not (first or houses) or not (second or other_houses):
        return False
    if not (houses <= other_houses or other_houses <= houses):
        return True
    return bool(first and second) and fuzz.partial_ratio(first, second) < ALIKE_STREETS


def _difference(kind: str, one: Placed, other: Placed, value: Callable[[Placed], str]) -> Flag:
    sides = [f"{_source(member)}: {value(member)}" for member in (one, other)]
    return Flag(kind=kind, text=" / ".join(sides))


def _source(member: Placed) -> str:
    listing = member.listing
    where = f"annex {listing.annex}" if listing.annex else f"para {listing.para}"
    under = f" ({listing.group})" if listing.group else ""
    return f"{listing.act} {listing.service} {where}{under} row {listing.row or listing.place}"


def _numbers(members: Sequence[Placed], places: Mapping[str, Place]) -> list[Flag]:
    flags = []
    for member in members:
        for number in (*member.phones, *member.faxes):
            if number.e164 is None:
                flags.append(
                    Flag(kind="number_unusable", text=f"{_source(member)}: {number.printed}")
                )
            elif number.code_added:
                flags.append(Flag(kind="code_added", text=number.e164))
            elif _of_another_place(number, member, places):
                text = f"{_source(member)}: {number.printed}"
                flags.append(Flag(kind="area_code_differs", text=text))
        if member.address.postcode_doubtful:
            text = f"{_source(member)}: {member.address.postcode}"
            flags.append(Flag(kind="postcode_doubtful", text=text))
    return flags


def _of_another_place(number: Number, member: Placed, places: Mapping[str, Place]) -> bool:
    national = (number.e164 or "").removeprefix("+7")
    own = places.get(member.district or "") or places.get(member.region or "")
    if own is None or own.area_code is None or national[:2] in MOBILE:
        return False
    if member.kind == "rural_akim":
        beginnings = {
            place.area_code[:3]
            for place in places.values()
            if place.parent == member.region and place.area_code
        }
        return national[:3] not in beginnings
    return not national.startswith(own.area_code)


def _contacts(members: Sequence[Placed]) -> list[Flag]:
    flags = []
    for member in members:
        flags += [
            Flag(kind=warning.kind, text=f"{_source(member)}: {warning.text}")
            for warning in member.warnings
        ]
        if member.listing.note and not _mended(member):
            flags.append(Flag(kind="unread", text=f"{_source(member)}: {member.listing.note}"))
        for email in member.emails:
            if _is_doubtful(email, member.listing.name):
                flags.append(Flag(kind="email_doubtful", text=f"{_source(member)}: {email}"))
    return flags


def _mended(member: Placed) -> bool:
    """Whether the eye read what the rules could not."""
    return (*member.emails, *member.websites) != (*member.listing.emails, *member.listing.websites)


def _is_doubtful(email: str, name: str) -> bool:
    """Whether letters and digits look mixed up, or another school is meant."""
    numbered = NUMBER_OF_SCHOOL.search(email)
    return bool(
        DIGIT_IN_DOMAIN.search(email)
        or LIKELY_LOOKALIKE.search(email)
        or email.startswith("www.")
        or (numbered and numbered.group(1) not in re.findall(r"\d+", name))
    )
