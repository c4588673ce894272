"""The street part of an address: streets, micro-districts, houses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tools.acts.words import StreetKind, Words

PartKind = StreetKind | Literal["house", "flat", "no_number", "other"]
HOUSE = re.compile(
    r"^(?:№|N)?\s*(\d+(?:\s?-?\s?[^\W\d](?![^\W\d]))?(?:\s?[/-]\s?\d+\s?[^\W\d]?)*"
    r"(?:\s?[«\"][^\W\d][»\"])?)\.?$"
)


@dataclass(frozen=True)
class StreetPart:
    """One part: what it is and its name or number as printed."""

    kind: PartKind
    name: str


class StreetReader:
    """Reads streets by the endings of the word file."""

    def __init__(self, words: Words) -> None:
        self._endings: Sequence[tuple[PartKind, re.Pattern[str]]] = [
            (
                kind,
                re.compile(rf"^(.*?)\s*(?:(?<=\W)|(?<=\d)|^)(?:{ending})\.*(?=[\s,.]|\d|$)[\s.]*"),
            )
            for kind, ending in words.street_endings.items()
        ]
        self._prefix = re.compile(rf"^(?:{words.street_prefix})\s*", re.IGNORECASE)
        self._no_number = re.compile(rf"^(?:{words.no_number})$", re.IGNORECASE)
        self._street_without_number = re.compile(rf"^(.*\w)\s+(?:{words.no_number})$")
        self._house_word = re.compile(rf"[\s.-]*(?:{words.house_word})\.?$", re.IGNORECASE)
        self._flat_word = re.compile(rf"\s*(?:{words.flat_word})$", re.IGNORECASE)

    def read(self, text: str) -> list[StreetPart]:
        """The parts in the order printed."""
        parts: list[StreetPart] = []
        for piece in text.split(","):
            found = self._piece(piece.strip(" ."))
            if found and parts and parts[-1].kind == "other":
                found = _with_torn_name(parts, found)
            if found and found[0].kind == "flat":
                found = _flats(parts, found)
            parts += found
        return [StreetPart(part.kind, _balanced(part.name)) for part in parts]

    def _piece(self, text: str) -> list[StreetPart]:
        if not text:
            return []
        alone = self._alone(text)
        if alone:
            return [alone]
        prefix = self._prefix.match(text)
        bare = text[prefix.end() :] if prefix else text
        found = self._first_ending(bare)
        if found:
            kind, name, rest = found
            return [StreetPart(kind, name), *self._piece(rest.strip(" ,."))]
        return self._without_ending(bare, "street" if prefix else "other")

    def _alone(self, text: str) -> StreetPart | None:
        """A house, a flat or the word for none."""
        if self._no_number.match(text):
            return StreetPart("no_number", text)
        if self._flat_word.search(text):
            return StreetPart("flat", self._flat_word.sub("", text))
        house = HOUSE.match(self._house_word.sub("", text))
        return StreetPart("house", house.group(1).replace(" ", "")) if house else None

    def _without_ending(self, text: str, kind: PartKind) -> list[StreetPart]:
        """A street named without the word for street, its house behind it."""
        named = re.match(r"^(.*?[^\W\d][^\d]*?)[\s-]+((?:№|N)?\s?\d.*)$", text)
        if named and self._is_house(named.group(2)):
            return [StreetPart("street", named.group(1).strip(" ,.")), *self._piece(named.group(2))]
        no_number = self._street_without_number.match(text)
        if no_number:
            return [StreetPart("street", no_number.group(1)), StreetPart("no_number", "")]
        return [StreetPart(kind, text)]

    def _is_house(self, text: str) -> bool:
        return bool(HOUSE.match(self._house_word.sub("", text)))

    def _first_ending(self, text: str) -> tuple[PartKind, str, str] | None:
        best: tuple[int, PartKind, str, str] | None = None
        for kind, pattern in self._endings:
            match = pattern.match(text)
            if match and (best is None or match.end(1) < best[0]):
                best = (match.end(1), kind, match.group(1).strip(" -"), text[match.end() :])
        return best[1:] if best else None


def _with_torn_name(parts: list[StreetPart], found: list[StreetPart]) -> list[StreetPart]:
    """A comma slipped between a name and its ending, or the house stands between them."""
    first, *rest = found
    if first.kind not in ("street", "microdistrict") or (first.name and not first.name.isdigit()):
        return found
    if first.name and first.kind == "microdistrict":
        return found
    house = [StreetPart("house", first.name)] if first.name else []
    return [StreetPart(first.kind, parts.pop().name), *house, *rest]


def _flats(parts: list[StreetPart], found: list[StreetPart]) -> list[StreetPart]:
    """Several flats are printed as numbers before the last one."""
    numbers: list[str] = []
    while len(parts) > 1 and parts[-1].kind == parts[-2].kind == "house":
        numbers.insert(0, parts.pop().name)
    return [StreetPart("flat", ", ".join([*numbers, found[0].name])), *found[1:]]


def _balanced(name: str) -> str:
    """A lone quote is a slip of print."""
    return (
        name if name.count("\u00ab") == name.count("\u00bb") else re.sub("[\u00ab\u00bb]", "", name)
    )
