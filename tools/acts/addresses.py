"""An address in its parts: post code, places from the largest down, and what is left."""

import re
from dataclasses import dataclass, field

from core.places.model import Kind
from tools.acts.words import Words

POSTCODE = re.compile(r"^(\d{5,7})[,.\s]+")
POSTCODE_LENGTH = 6


@dataclass(frozen=True)
class NamedPlace:
    """A place as an address names it."""

    kind: Kind
    name: str
    printed: str


@dataclass
class Address:
    """The parts of an address; `street` is all that follows the places."""

    postcode: str | None = None
    postcode_doubtful: bool = False
    places: list[NamedPlace] = field(default_factory=list)
    street: str = ""

    def named(self, *kinds: Kind) -> NamedPlace | None:
        """The last place of these kinds: the most exact one."""
        found = [place for place in self.places if place.kind in kinds]
        return found[-1] if found else None


class AddressReader:
    """Reads addresses by the kinds of places in the word file."""

    def __init__(self, words: Words) -> None:
        kinds = "|".join(words.place_kinds)
        self._kind_of = words.place_kinds
        self._after_name = re.compile(
            rf"^([^,\d]{{2,40}}?)\s*(?:(?<=\s)|(?<=\u00bb))({kinds})(?=[\s,.;]|$)[\s,.]*"
        )
        self._before_name = re.compile(
            rf"^({words.settlement_prefix})\s*([^,\d]{{2,30}}?)(?:,|$)[\s,.]*"
        )
        self._not_a_place = re.compile(words.not_a_place)
        self._town_or_street = re.compile(
            rf"^([^,\d]{{2,30}}?)\s{words.town_or_street}\s*,\s*(?=\D)"
        )
        self._street_like = re.compile(words.street_like)
        self._bare_name = re.compile(r"^([^,\d]{3,30}),\s*")

    def read(self, text: str, *, bare_settlement: bool = False) -> Address:
        """The parts of a cleaned address."""
        address = Address()
        rest = self._take_postcode(text, address)
        while True:
            taken = self._take_place(rest, address)
            if taken is None:
                break
            rest = taken
        bare = self._bare_name.match(rest) if bare_settlement and not address.places else None
        if bare and not self._street_like.search(bare.group(1)):
            name = bare.group(1).strip()
            address.places.append(NamedPlace("settlement", name, name))
            rest = rest[bare.end() :]
        address.street = rest.strip(" ,.")
        return address

    def _take_postcode(self, text: str, address: Address) -> str:
        code = POSTCODE.match(text)
        if not code:
            return text
        address.postcode = code.group(1)
        address.postcode_doubtful = len(code.group(1)) != POSTCODE_LENGTH
        return text[code.end() :]

    def _take_place(self, rest: str, address: Address) -> str | None:
        before = self._before_name.match(rest)
        if before:
            name = before.group(2).strip()
            inner = self._after_name.match(name)
            name = inner.group(1).strip() if inner else name
            address.places.append(NamedPlace("settlement", name, before.group().strip(" ,.")))
            return rest[before.end() :]
        after = self._after_name.match(rest)
        if after and not self._not_a_place.search(after.group()):
            kind = self._kind_of[after.group(2)]
            name = after.group(1).strip(" .")
            address.places.append(NamedPlace(kind, name, after.group().strip(" ,.")))
            return rest[after.end() :]
        town = self._town_or_street.match(rest)
        if town and address.named("district", "region") and not address.named("settlement", "city"):
            name = town.group(1).strip()
            address.places.append(NamedPlace("settlement", name, town.group().strip(" ,.")))
            return rest[town.end() :]
        return None
