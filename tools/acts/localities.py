"""Okrugs and settlements of a district by the names that listings give them."""

import re
from collections.abc import Mapping

from core.places.model import Place
from tools.acts.addresses import Address
from tools.acts.placing import even
from tools.acts.words import Words

MORE_THAN_ONE = 2


class Localities:
    """Finds the places below a district."""

    def __init__(self, places: Mapping[str, Place], words: Words) -> None:
        self._places = places
        self._kind_words = re.compile(rf"\s*\b(?:{words.kind_words}|{words.okrug_words})\.?$")
        self._rural_core = re.compile(words.rural_core)
        self._town_word = re.compile(words.town_word)
        self._okrugs: dict[tuple[str, str], Place] = {}
        self._towns: dict[tuple[str, str], Place] = {}
        for place in places.values():
            if place.kind in ("okrug", "settlement", "city") and place.parent:
                index = self._okrugs if place.kind == "okrug" else self._towns
                for name in (place.kk, *place.also):
                    index.setdefault((place.parent, self._bare(name)), place)

    def _bare(self, name: str) -> str:
        return even(self._kind_words.sub("", name))

    def subject(self, district: str, name: str) -> Place | None:
        """The okrug or town whose akim an office serves."""
        core = self._rural_core.match(name.strip('«»" '))
        if not core:
            return None
        key = (district, even(core.group(1)))
        town = bool(self._town_word.match(core.group(2)))
        first, second = (self._towns, self._okrugs) if town else (self._okrugs, self._towns)
        return first.get(key) or second.get(key)

    def seat_of_another(self, okrug: Place, seat: Place) -> Place | None:
        """The other okrug of the district that bears the name of this one's seat."""
        if okrug.kind != "okrug" or seat.kind != "settlement":
            return None
        own_names = {self._bare(name) for name in (okrug.kk, *okrug.also)}
        name = self._bare(seat.kk)
        other = self._okrugs.get((okrug.parent or "", name))
        return other if other and other != okrug and name not in own_names else None

    def locality(self, region: str | None, district: str | None, address: Address) -> Place | None:
        """The settlement or city an address names."""
        for name in reversed(self._settlements(address)):
            found = self._town(region, district, name)
            if found:
                return found
        own = self._places.get(district or "")
        if own and own.kind == "city":
            return own
        home = self._places.get(region or "")
        return home if home and home.kind == "city" else None

    def unknown(self, region: str | None, district: str | None, address: Address) -> list[str]:
        """What an address prints as settlements and no place is known by."""
        if len(self._settlements(address)) < MORE_THAN_ONE:
            return []
        return [
            place.printed
            for place in address.places
            if place.kind == "settlement" and not self._town(region, district, place.name)
        ]

    def _settlements(self, address: Address) -> list[str]:
        return [place.name for place in address.places if place.kind in ("settlement", "city")]

    def _town(self, region: str | None, district: str | None, name: str) -> Place | None:
        for parent in (district, region):
            found = self._towns.get((parent or "", self._bare(name)))
            if found:
                return found
        home = self._places.get(region or "")
        same = home is not None and self._bare(home.kk) == self._bare(name)
        return home if same else None
