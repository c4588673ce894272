"""Which region and district a listing belongs to."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from core.directory.model import Listing
from core.places.model import Kind, Place
from tools.acts.addresses import Address
from tools.acts.words import Words

UPPER: tuple[Kind, ...] = ("city", "district", "city_district")


def even(text: str) -> str:
    """Lower case, no marks: what two spellings of one name should share."""
    return re.sub(r"[\W_]+", "", text.casefold())


class Placing:
    """Finds regions and districts by the names in the place file."""

    def __init__(self, places: Mapping[str, Place], words: Words) -> None:
        self._words = words
        self._regions = [
            place for place in places.values() if not place.parent and place.area_code != "0"
        ]
        self._children: dict[str, list[Place]] = {}
        for place in places.values():
            if place.parent in {region.id for region in self._regions} and place.kind in UPPER:
                self._children.setdefault(place.parent or "", []).append(place)
        self._by_postcode: dict[str, str] = {}

    def learn_postcodes(self, known: Iterable[tuple[str, str]]) -> None:
        """Post code beginnings by district, for addresses that name no district."""
        votes: dict[str, Counter[str]] = {}
        for postcode, district in known:
            votes.setdefault(postcode[:4], Counter())[district] += 1
        self._by_postcode = {code: vote.most_common(1)[0][0] for code, vote in votes.items()}

    def region(self, listing: Listing, address: Address, home: str | None) -> str | None:
        """The region: the act's own, else the heading's, else the name's or address's."""
        if home:
            return home
        named = address.named("region")
        texts = [listing.group, listing.name, named.printed if named else None]
        for text in filter(None, texts):
            found = self._longest(text, self._regions, kinds_matter=False)
            if found:
                return found.id
        return None

    def district(self, region: str, *texts: str | None) -> str | None:
        """The first text that names a city or district of the region decides."""
        for text in filter(None, texts):
            found = self._longest(text, self._children.get(region, []), kinds_matter=True)
            if found:
                return found.id
        return None

    def district_by_postcode(self, postcode: str | None) -> str | None:
        """The district whose offices share the beginning of this post code."""
        return self._by_postcode.get(postcode[:4]) if postcode else None

    def _longest(self, text: str, places: Iterable[Place], *, kinds_matter: bool) -> Place | None:
        """The place named first, by its longest spelling."""
        best: tuple[int, int, Place] | None = None
        spaced = " " + re.sub(r"[\W_]+", " ", text.casefold()) + " "
        for place in places:
            for name in (place.kk, *place.also):
                pattern = self._pattern(name, place.kind, kinds_matter=kinds_matter)
                found = re.search(pattern, spaced)
                if found and (best is None or (found.start(), -len(name)) < best[:2]):
                    best = (found.start(), -len(name), place)
        return best[2] if best else None

    def _pattern(self, name: str, kind: Kind, *, kinds_matter: bool) -> str:
        bare = re.sub(rf"\s*\b(?:{self._words.kind_words})\.?$", "", name.casefold())
        words = re.sub(r"[^\w]+", " ", bare).strip().replace(" ", r"\s?")
        city = self._words.city_after_name
        if not kinds_matter:
            return rf"\s{words}\s{city}" if kind == "city" else rf"\s{words}\s(?!{city})"
        return rf"\s{words}\s(?:\w+\s)?{self._own_kind(name) or self._words.kind_beginnings[kind]}"

    def _own_kind(self, name: str) -> str | None:
        """The kind that a spelling names itself: a city may be printed as a district."""
        word = name.rpartition(" ")[2]
        kind = self._words.place_kinds.get(word)
        return self._words.kind_beginnings[kind] if kind in ("city", "district") else None
