"""Finding a place by what people call it: either language, old names, Latin letters, typos.

Names are compared as sounds in Latin letters. A place is found by how well one of its names is
covered by what was typed, and by what else was typed: its kind, its district, its region.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from core.places.model import Kind, Place
from core.places.within import district_of, region_of
from core.words.endings import Endings
from core.words.spelling import Spelling
from core.words.vocabulary import Vocabulary

SEARCH_FILE = "search.yaml"

_WORD = re.compile(r"[^\W_]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")

# How alike two words are: the same but for an ending, one begun like the other, a slip or two.
_SAME_STEM = 0.95
_BEGUN_ALIKE = 0.8
_ONE_SLIP = 0.85
_TWO_SLIPS = 0.7
_SHORTEST_STEM = 2
_SHORTEST_KIND = 2
_SHORTEST_BEGINNING = 4
_SHARED_BEGINNING = 0.75
_LETTERS_FOR_ONE_SLIP = 4
_LETTERS_FOR_TWO_SLIPS = 8

# A word that names the district or region around counts almost like one of the name itself.
_AROUND = 0.9
# A name that was typed in part may still be meant.
_PART_OF_NAME = 0.5
# A name that the acts only misprint, or that is old, counts a little less than the true one.
_OTHER_NAME = 0.95
# With another kind typed, a place of the same name is less likely.
_OTHER_KIND = 0.8
_LEAST_SCORE = 0.45
# Whoever is not asked must have meant it.
_SURE = 0.8
# So close behind the best, another place of that name may be meant as well.
_CLOSE = 0.08
_RESULTS = 10

# Without a kind typed, people more often mean the larger or better known place.
_LIKELY: Mapping[Kind, float] = {
    "city": 1.0,
    "district": 0.97,
    "region": 0.96,
    "city_district": 0.95,
    "settlement": 0.93,
    "okrug": 0.9,
}


class Habits(BaseModel):
    """How people name places: the file data/places/search.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kinds: dict[Kind, tuple[str, ...]]
    endings: tuple[tuple[str, ...], ...]
    little_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place that fits what was typed, where it lies, and how well it fits, up to 1."""

    place: Place
    region: str | None
    district: str | None
    score: float

    def as_json(self) -> dict[str, Any]:
        """As the command `place` prints it."""
        place = self.place
        return {
            "id": place.id,
            "name": {"kk": place.shown_kk, "ru": place.shown_ru},
            "kind": place.kind,
            "region": self.region,
            "district": self.district,
            "lat": place.lat,
            "lon": place.lon,
            "score": self.score,
        }


@dataclass(frozen=True, slots=True)
class FoundPlaces:
    """Best first; `ambiguous` where another place than the first may as well be meant."""

    results: tuple[FoundPlace, ...]
    ambiguous: bool

    def as_json(self) -> dict[str, Any]:
        """As the command `place` prints it."""
        return {
            "results": [each.as_json() for each in self.results],
            "ambiguous": self.ambiguous,
        }


@dataclass(frozen=True, slots=True)
class _Name:
    """One name of a place; another name may be that of a city where the place is a district."""

    place: Place
    words: tuple[str, ...]
    weight: float
    kinds: frozenset[Kind]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as typed, in small letters, and as it sounds."""

    typed: str
    sound: str


class _Kinds:
    """The words for kinds, by their letters where these are Cyrillic, else by their sound."""

    def __init__(self, spelling: Spelling, habits: Habits) -> None:
        self._by_letters: dict[str, set[Kind]] = defaultdict(set)
        self._by_sound: dict[str, set[Kind]] = defaultdict(set)
        for kind, wordings in habits.kinds.items():
            for word in _WORD.findall(" ".join(wordings)):
                self._by_letters[word].add(kind)
                self._by_sound[spelling.sounds(word)].add(kind)
        self._letter_endings = [each for group in habits.endings for each in group]
        self._sound_endings = [spelling.sounds(each) for each in self._letter_endings]

    def of(self, word: _Word, *, with_ending: bool = True) -> set[Kind]:
        """The kinds a word stands for, bare or with an ending."""
        if _CYRILLIC.search(word.typed):
            text, kinds, endings = word.typed, self._by_letters, self._letter_endings
        else:
            text, kinds, endings = word.sound, self._by_sound, self._sound_endings
        found = set(kinds.get(text, ()))
        if found or not with_ending:
            return found
        for ending in endings:
            stem = text.removesuffix(ending)
            if _SHORTEST_KIND < len(stem) < len(text):
                found |= kinds.get(stem, set())
        return found


class PlaceSearch:
    """All names of all places, ready to be searched."""

    def __init__(self, places: Mapping[str, Place], spelling: Spelling, habits: Habits) -> None:
        self._places = places
        self._spelling = spelling
        # Many places share their words; what people type later is not worth remembering.
        self._sound: Callable[[str], str] = cache(spelling.sounds)
        self._kinds = _Kinds(spelling, habits)
        self._little = frozenset(map(self._spelling.sounds, habits.little_words))
        self._names: list[_Name] = []
        self._having: dict[str, list[int]] = defaultdict(list)
        own: dict[str, set[str]] = defaultdict(set)
        for place in places.values():
            for name in self._names_of(place):
                for word in name.words:
                    self._having[word].append(len(self._names))
                own[place.id] |= set(name.words)
                self._names.append(name)
        endings = [[[spelling.sounds(each) for each in group]] for group in habits.endings]
        self._vocabulary = Vocabulary(
            self._having,
            Endings(endings),
            shortest_stem=_SHORTEST_STEM,
            shortest_shared=_SHORTEST_BEGINNING,
        )
        self._own = {place: frozenset(words) for place, words in own.items()}
        self._around = {place: self._words_around(place) for place in places}
        self._sound = spelling.sounds

    def find(self, text: str, limit: int = _RESULTS) -> FoundPlaces:
        """The places that may be meant, best first; nothing where none fits."""
        tried = [self._find(each) for each in self._spelling.meant(text)]
        scored = max(tried, key=lambda found: max(found.values(), default=0.0))
        ordered = sorted(
            ((score, self._places[place]) for place, score in scored.items()),
            key=lambda pair: (-pair[0], pair[1].id),
        )
        results = tuple(
            FoundPlace(
                place,
                region_of(self._places, place),
                district_of(self._places, place),
                round(score, 3),
            )
            for score, place in ordered[:limit]
        )
        return FoundPlaces(results, self._is_ambiguous(results))

    def districts(self, text: str, region: str) -> list[Place]:
        """The districts and cities that these words surely name, in the region if one is named."""
        regions = {each.region for each in self.find(region).results[:1]} if region else set()
        return [
            each.place
            for each in self.find(text).results
            if (each.place.id == each.district or each.place.parent is None)
            and each.place.kind != "region"
            and (not regions or each.region in regions)
            and each.score >= _SURE
        ]

    def _words(self, text: str) -> list[_Word]:
        words = _WORD.findall(text.lower())
        return [_Word(word, sound) for word in words if (sound := self._sound(word))]

    def _names_of(self, place: Place) -> Iterable[_Name]:
        """The names in words, and each written as one word, with what they weigh."""
        true = (place.kk, place.ru, place.today_kk, place.today_ru)
        own = frozenset({place.kind})
        names: dict[tuple[str, ...], _Name] = {}
        for text, weight, kinds in (
            *((text, 1.0, own) for text in true if text),
            *((text, _OTHER_NAME, self._kinds_named(text) or own) for text in place.also),
        ):
            words = self._bare(text)
            for name in (tuple(word.sound for word in words), (self._joined(words),)):
                if any(name):
                    names.setdefault(name, _Name(place, name, weight, kinds))
        return names.values()

    def _kinds_named(self, text: str) -> frozenset[Kind]:
        """The kinds that a name itself says."""
        return frozenset().union(
            *(self._kinds.of(word, with_ending=False) for word in self._words(text))
        )

    def _bare(self, text: str) -> list[_Word]:
        """The words of a name without those that say the kind, unless it has no others."""
        words = self._words(text)
        named = [
            word
            for word in words
            if not self._kinds.of(word, with_ending=False) and word.sound not in self._little
        ]
        return named or words

    def _above(self, place: Place) -> Iterator[Place]:
        for parent in filter(None, (place.parent, place.today_parent)):
            yield self._places[parent]
            yield from self._above(self._places[parent])

    def _words_around(self, place: str) -> frozenset[str]:
        above = (self._own[each.id] for each in self._above(self._places[place]))
        return frozenset().union(*above)

    def _find(self, text: str) -> dict[str, float]:
        typed = self._words(text)
        kinds = [self._kinds.of(word) for word in typed]
        named = [
            word
            for word, meant in zip(typed, kinds, strict=True)
            if not meant and word.sound not in self._little
        ]
        wanted = set().union(*kinds)
        scores = self._scored([word.sound for word in named], wanted)
        if len(named) > 1:
            for place, score in self._scored([self._joined(named)], wanted).items():
                scores[place] = max(score, scores.get(place, 0.0))
        return scores

    def _joined(self, words: Iterable[_Word]) -> str:
        """Several words as if they were written as one."""
        return self._sound("".join(word.typed for word in words))

    def _scored(self, named: list[str], wanted: set[Kind]) -> dict[str, float]:
        alike = [self._alike(word) for word in named]
        scores: dict[str, float] = {}
        for name, likeness in self._touched(alike):
            score = self._score(self._names[name], likeness, alike, wanted)
            place = self._names[name].place.id
            if score >= max(_LEAST_SCORE, scores.get(place, 0.0)):
                scores[place] = score
        return scores

    def _touched(self, alike: list[dict[str, float]]) -> Iterable[tuple[int, dict[int, float]]]:
        """The names that a typed word is like, with how like each typed word is."""
        touched: dict[int, dict[int, float]] = defaultdict(dict)
        for at, words in enumerate(alike):
            for word, like in words.items():
                for name in self._having[word]:
                    touched[name][at] = max(like, touched[name].get(at, 0.0))
        return touched.items()

    def _score(
        self,
        name: _Name,
        likeness: Mapping[int, float],
        alike: list[dict[str, float]],
        wanted: set[Kind],
    ) -> float:
        around = self._around[name.place.id]
        covered = 0.0
        for at, words in enumerate(alike):
            outside = max((like for word, like in words.items() if word in around), default=0.0)
            covered += max(likeness.get(at, 0.0), outside * _AROUND)
        covered /= len(alike)
        share = min(1.0, sum(likeness.values()) / len(name.words))
        fit = covered * (_PART_OF_NAME + (1 - _PART_OF_NAME) * share)
        fit *= name.weight
        if wanted:
            return fit if name.kinds & wanted else fit * _OTHER_KIND
        return fit * _LIKELY[name.place.kind]

    def _alike(self, typed: str) -> dict[str, float]:
        """The words of names that may have been meant, and how alike they are."""
        begun = self._vocabulary.begun_alike(typed, _SHORTEST_BEGINNING, _SHARED_BEGINNING)
        alike = dict.fromkeys(begun, _BEGUN_ALIKE)
        slips = (len(typed) >= _LETTERS_FOR_ONE_SLIP) + (len(typed) >= _LETTERS_FOR_TWO_SLIPS)
        for word, distance in self._vocabulary.slipped(typed, slips).items() if slips else ():
            like = (1.0, _ONE_SLIP, _TWO_SLIPS)[distance]
            alike[word] = max(alike.get(word, 0.0), like)
        alike |= dict.fromkeys(self._vocabulary.same_stem(typed), _SAME_STEM)
        if typed in self._vocabulary:
            alike[typed] = 1.0
        return alike

    def _is_ambiguous(self, results: tuple[FoundPlace, ...]) -> bool:
        if not results:
            return False
        best = results[0]
        return any(
            best.score - other.score < _CLOSE and not self._one_is_enough(best.place, other.place)
            for other in results[1:]
        )

    def _one_is_enough(self, best: Place, other: Place) -> bool:
        """One lies in the other, they are an okrug and its seat, or a city and its namesakes."""
        if other in self._above(best) or best in self._above(other):
            return True
        if best.kind == "city" and other.kind in ("region", "city_district"):
            return True
        of_one_name = bool(self._own[best.id] & self._own[other.id])
        return best.parent == other.parent and best.kind != other.kind and of_one_name


def load_habits(data: Path) -> Habits:
    """The habits of the data folder."""
    text = (data / "places" / SEARCH_FILE).read_text(encoding="utf-8")
    return Habits.model_validate(yaml.safe_load(text))
