"""Finding an office by words: number, name, street, place; either language, Latin letters, typos.

Everything is compared as sounds. Each office has marks (a word of its name, a number, a word of its
address, its places, its kind); a typed word may mean several marks. Candidates come from the rarest
typed words only, so that the work does not grow with the directory.
"""

import heapq
import math
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from core.directory.model import Kind, Office
from core.places.model import Place
from core.services.yaml_lines import read_sheet
from core.words.spelling import Spelling
from core.words.vocabulary import Vocabulary

SEARCH_FILE = "directory/search.yaml"

_WORD = re.compile(r"[^\W\d_]+|\d+")
_KIND, _PLACE, _NAME, _ADDRESS = "kind", "place", "name", "address"
# A number in a name is what people say; the same number of a house is seldom meant.
_WORTH = {_NAME: 1.0, _KIND: 1.0, _PLACE: 0.95, _ADDRESS: 0.85}
_HOUSE = 0.45
_BEGUN = 0.85
_ONE_SLIP, _TWO_SLIPS = 0.8, 0.65
_SHORTEST_BEGINNING = 4
_MOST_BEGUN = 40
_LETTERS_FOR_ONE_SLIP, _LETTERS_FOR_TWO_SLIPS = 4, 8
_KIND_WEIGHT = 1.5
# What is found so clearly was not typed on the wrong keyboard.
_CLEAR = 0.6
_CLOSE = 0.1
_LEAST_SCORE = 0.5
_NAME_SHARE = 0.1
_MOST_CANDIDATES = 400
_RESULTS = 10


class Habits(BaseModel):
    """How people name offices: the file data/directory/search.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kinds: dict[Kind, tuple[str, ...]]
    little_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Described:
    """What an office can be found by."""

    id: str
    kind: Kind
    names: tuple[str, ...]
    addresses: tuple[str, ...]
    places: tuple[str, ...]
    closed: bool = False
    """Whether only those who keep the directory are to find it."""


@dataclass(frozen=True, slots=True)
class FoundByWords:
    """An office that fits what was typed, and how well, up to 1."""

    office: str
    score: float


Meanings = dict[int, float]


class OfficeSearch:
    """The marks of all offices, ready to be searched."""

    def __init__(
        self,
        described: Iterable[Described],
        places: Mapping[str, Place],
        spelling: Spelling,
        habits: Habits,
    ) -> None:
        self._spelling = spelling
        self._sounds: dict[str, str] = {}
        self._little = {sound for each in habits.little_words for sound in self._split(each)}
        self._ids: list[str] = []
        self._closed: set[int] = set()
        self._marks: dict[tuple[str, str], int] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._having: list[array[int]] = []
        self._of_office = array("I")
        self._ends = array("I", [0])
        self._name_words = array("B")
        self._means: dict[str, Meanings] = defaultdict(dict)
        self._learn_kinds(habits)
        self._learn_places(places)
        for each in described:
            self._learn(each)
        self._means = dict(self._means)
        self._vocabulary = Vocabulary(self._means)
        self._sounds.clear()

    def find(self, text: str, limit: int = _RESULTS, *, closed: bool = False) -> list[FoundByWords]:
        """The offices that may be meant, best first; nothing where none fits.

        Those that have closed for good are found only by whoever asks for them too.
        """
        left_out = frozenset() if closed else self._closed
        best: list[FoundByWords] = []
        for each in self._spelling.meant(text):
            found = self._find(self._typed(each), limit, left_out)
            if found and (not best or found[0].score > best[0].score):
                best = found
            if best and best[0].score >= _CLEAR:
                break
        return self._by_whole_names(text, best)

    def _by_whole_names(self, text: str, found: list[FoundByWords]) -> list[FoundByWords]:
        """Of those that fit about as well, first the ones whose name has every word of it.

        Words like "city" and "district" say little of an office, but tell two of one name apart.
        """
        close = [each for each in found if found[0].score - each.score <= _CLOSE]
        if len(close) <= 1:
            return found
        said = set(self._heard(text))
        named = [
            each
            for each in close
            if any(said <= set(self._heard(name)) for name in self._names[each.office])
        ]
        return [*named, *(each for each in found if each not in named)]

    def _learn_kinds(self, habits: Habits) -> None:
        for kind, wordings in habits.kinds.items():
            mark = self._mark(_KIND, kind)
            for wording in wordings:
                for sound in self._split(wording):
                    self._means[sound][mark] = _WORTH[_KIND]
        self._kind_words = frozenset(self._means)

    def _learn_places(self, places: Mapping[str, Place]) -> None:
        for place in places.values():
            mark = self._mark(_PLACE, place.id)
            names = (place.kk, place.ru, place.today_kk, place.today_ru, *place.also)
            for sound in {each for name in names if name for each in self._split(name)}:
                if sound not in self._little:
                    self._means[sound][mark] = _WORTH[_PLACE]

    def _learn(self, each: Described) -> None:
        number = len(self._ids)
        self._ids.append(each.id)
        self._names[each.id] = each.names
        if each.closed:
            self._closed.add(number)
        names = self._words(each.names)
        marks = {self._mark(_KIND, each.kind)}
        marks |= {self._mark(_PLACE, place) for place in each.places}
        marks |= {self._word_mark(_NAME, word) for word in names}
        marks |= {self._word_mark(_ADDRESS, word) for word in self._words(each.addresses)}
        for mark in marks:
            self._having[mark].append(number)
        self._of_office.extend(marks)
        self._ends.append(len(self._of_office))
        self._name_words.append(min(255, len(names)))

    def _mark(self, sort: str, word: str) -> int:
        mark = self._marks.setdefault((sort, word), len(self._having))
        if mark == len(self._having):
            self._having.append(array("I"))
        return mark

    def _word_mark(self, sort: str, word: str) -> int:
        mark = self._mark(sort, word)
        worth = _HOUSE if sort == _ADDRESS and word.isdigit() else _WORTH[sort]
        self._means[word].setdefault(mark, worth)
        return mark

    def _words(self, texts: Iterable[str]) -> set[str]:
        words = {sound for text in texts for sound in self._split(text)}
        return words - self._little - self._kind_words

    def _split(self, text: str) -> Iterator[str]:
        for word in _WORD.findall(text.lower()):
            sound = self._sounds.get(word)
            if sound is None:
                sound = word.lstrip("0") or word if word.isdigit() else self._spelling.sounds(word)
                self._sounds[word] = sound
            if sound:
                yield sound

    def _heard(self, text: str) -> list[str]:
        return [
            word.lstrip("0") or word if word.isdigit() else self._spelling.sounds(word)
            for word in _WORD.findall(text.lower())
        ]

    def _typed(self, text: str) -> list[str]:
        words = self._heard(text)
        return list(dict.fromkeys(word for word in words if word and word not in self._little))

    def _find(self, typed: list[str], limit: int, left_out: AbstractSet[int]) -> list[FoundByWords]:
        meant = [self._meanings(word) for word in typed]
        weights = [self._weight(word, each) for word, each in zip(typed, meant, strict=True)]
        whole = sum(weights)
        if not whole:
            return []
        told = _told_by(meant, weights)
        best = heapq.nlargest(
            limit,
            (
                (self._score(each, told) / whole, -each)
                for each in self._likely(meant)
                if each not in left_out
            ),
        )
        return [
            FoundByWords(self._ids[-minus], round(score, 3))
            for score, minus in best
            if score >= _LEAST_SCORE
        ]

    def _likely(self, meant: list[Meanings]) -> set[int]:
        """The offices that the rarest of the typed words mean, no more than can be looked at."""
        found: set[int] = set()
        for each in sorted(filter(None, meant), key=self._frequency):
            for mark in sorted(each, key=lambda mark: (-each[mark], len(self._having[mark]))):
                room = _MOST_CANDIDATES - len(found)
                if room <= 0:
                    return found
                found.update(self._having[mark][:room])
        return found

    def _frequency(self, meant: Meanings) -> int:
        return sum(len(self._having[mark]) for mark in meant)

    def _weight(self, word: str, meant: Meanings) -> float:
        """What a typed word counts: rare ones more, and one that nobody has as much as a rare."""
        if word in self._kind_words:
            return _KIND_WEIGHT
        return math.log(2 + len(self._ids) / (1 + self._frequency(meant)))

    def _score(self, office: int, told: Mapping[int, list[tuple[int, float]]]) -> float:
        best: dict[int, float] = {}
        for mark in self._of_office[self._ends[office] : self._ends[office + 1]]:
            for word, worth in told.get(mark, ()):
                if worth > best.get(word, 0.0):
                    best[word] = worth
        share = min(1.0, len(best) / (1 + self._name_words[office]))
        return sum(best.values()) * (1 - _NAME_SHARE + _NAME_SHARE * share)

    def _meanings(self, typed: str) -> Meanings:
        """The marks that a typed word may mean, and how surely."""
        found: Meanings = {}
        for word, like in self._alike(typed).items():
            for mark, worth in self._means[word].items():
                found[mark] = max(found.get(mark, 0.0), like * worth)
        return found

    def _alike(self, typed: str) -> dict[str, float]:
        if typed.isdigit():
            return {typed: 1.0} if typed in self._means else {}
        alike = dict.fromkeys(self._begun(typed), _BEGUN)
        if typed in self._means:
            alike[typed] = 1.0
        return alike or self._slipped(typed)

    def _begun(self, typed: str) -> Iterator[str]:
        if len(typed) < _SHORTEST_BEGINNING or typed in self._kind_words:
            return iter(())
        return islice(self._vocabulary.beginning(typed), _MOST_BEGUN)

    def _slipped(self, typed: str) -> dict[str, float]:
        """The words that one slip makes of this one; two slips of a long word if one does not."""
        most = (len(typed) >= _LETTERS_FOR_ONE_SLIP) + (len(typed) >= _LETTERS_FOR_TWO_SLIPS)
        for slips in range(1, most + 1):
            if near := self._vocabulary.slipped(typed, slips):
                return dict.fromkeys(near, (_ONE_SLIP, _TWO_SLIPS)[slips - 1])
        return {}


def _told_by(
    meant: Sequence[Meanings], weights: Sequence[float]
) -> dict[int, list[tuple[int, float]]]:
    """What each mark tells: which of the typed words it may be, and what that is worth."""
    told: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for word, (meanings, weight) in enumerate(zip(meant, weights, strict=True)):
        for mark, like in meanings.items():
            told[mark].append((word, weight * like))
    return dict(told)


def describe(office: Office) -> Described:
    """What an office of the directory can be found by."""
    places = dict.fromkeys(filter(None, (office.locality, office.district, office.region)))
    return Described(
        office.id,
        office.kind,
        (office.name.kk, office.name.ru),
        (office.address.kk, office.address.ru),
        tuple(places),
        office.closed,
    )


def load_habits(data: Path) -> Habits:
    """The habits of the data folder."""
    return Habits.model_validate(read_sheet(data / SEARCH_FILE).data)
