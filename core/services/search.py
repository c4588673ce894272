"""Finding a service in one's own words: either language, Latin letters, typos, wrong keyboard.

Everything is compared as sounds in Latin letters. A service is found by how much of what was
typed it covers, rare words counting more, and how well one of its wordings is covered in turn.
"""

import math
import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein, Prefix

from core.services.model import Service
from core.services.yaml_lines import read_sheet

SEARCH_FILE = "search.yaml"

_WORD = re.compile(r"[^\W_]+")
_REPEATED = re.compile(r"([a-zSC])\1+")

# How alike two words are: the same but for the ending, but for a slip of the finger or two, or
# of one family.
_SAME_STEM = 0.9
_ONE_SLIP = 0.8
_TWO_SLIPS = 0.65
_KIN = 0.65
_SHORTEST_STEM = 3
_LONGEST_ENDING = 4
_SHORTEST_KIN = 4
_KIN_SHARE = 0.75
_LETTERS_FOR_ONE_SLIP = 5
_LETTERS_FOR_TWO_SLIPS = 8

# An official title says less of how people speak than the wordings collected for searching.
_TITLE_WEIGHT = 0.8
# A word that no service knows counts against all of them, but not as much as a rare one.
_UNKNOWN_WEIGHT = 0.75
# What is found must cover this much of what was typed, and be this good in all.
_LEAST_COVERED = 0.5
_LEAST_SCORE = 0.4
_PHRASE_SHARE = 0.45


class Keyboard(BaseModel):
    """The keys of a Latin keyboard, and the letters that were meant."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    keys: str = Field(alias="from")
    letters: str = Field(alias="to")


class Spelling(BaseModel):
    """How what people type is made comparable: the file data/search.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    letters: dict[str, str]
    spellings: dict[str, str]
    keyboards: dict[str, Keyboard]
    little_words: tuple[str, ...]

    def sounds(self, text: str) -> str:
        """The text as it sounds, in small Latin letters, doubled ones once."""
        text = unicodedata.normalize("NFC", text.lower())
        text = "".join(self.letters.get(each, each) for each in text)
        for written in sorted(self.spellings, key=len, reverse=True):
            text = text.replace(written, self.spellings[written])
        bare = unicodedata.normalize("NFKD", text)
        bare = "".join(each for each in bare if not unicodedata.combining(each))
        return _REPEATED.sub(r"\1", bare)

    def meant(self, text: str) -> Iterator[str]:
        """The text as typed, and what it would be if the keyboard was set to Latin by mistake."""
        yield text
        if any(each in self.letters for each in text.lower()):
            return
        for keyboard in self.keyboards.values():
            yield text.lower().translate(str.maketrans(keyboard.keys, keyboard.letters))


@dataclass(frozen=True, slots=True)
class Found:
    """A service that fits what was typed, and how well, up to 1."""

    service: str
    score: float


@dataclass(frozen=True, slots=True)
class _Wording:
    service: str
    words: tuple[str, ...]
    weight: float


class ServiceSearch:
    """The wordings of all services, ready to be searched."""

    def __init__(self, services: Iterable[Service], spelling: Spelling) -> None:
        self._spelling = spelling
        little = {word for each in spelling.little_words for word in self._all_words(each)}
        self._little = frozenset(little)
        self._wordings = tuple(self._read(services))
        self._in_wordings: dict[str, list[int]] = defaultdict(list)
        services_with: dict[str, set[str]] = defaultdict(set)
        for number, wording in enumerate(self._wordings):
            for word in wording.words:
                self._in_wordings[word].append(number)
                services_with[word].add(wording.service)
        self._vocabulary = sorted(self._in_wordings)
        count = len({each.service for each in self._wordings})
        self._weights = {
            word: math.log(1 + count / len(having)) for word, having in services_with.items()
        }
        self._unknown_weight = _UNKNOWN_WEIGHT * math.log(1 + count)

    def find(self, text: str) -> list[Found]:
        """The services that these words may mean, best first; nothing where none fits."""
        tried = [self._find(self._words(each)) for each in self._spelling.meant(text)]
        return max(tried, key=lambda found: found[0].score if found else 0.0)

    def _read(self, services: Iterable[Service]) -> Iterator[_Wording]:
        for service in services:
            said = (
                *((each, 1.0) for each in (*service.search.kk, *service.search.ru)),
                *((each, 1.0) for each in (service.short.kk, service.short.ru)),
                *((each, _TITLE_WEIGHT) for each in (service.title.kk, service.title.ru)),
            )
            for text, weight in said:
                words = tuple(dict.fromkeys(self._words(text)))
                if words:
                    yield _Wording(service.id, words, weight)

    def _all_words(self, text: str) -> list[str]:
        return _WORD.findall(self._spelling.sounds(text))

    def _words(self, text: str) -> list[str]:
        return [each for each in self._all_words(text) if each not in self._little]

    def _find(self, typed: list[str]) -> list[Found]:
        alike = [self._alike(word) for word in typed]
        weights = [self._weight(each) for each in alike]
        if not sum(weights):
            return []
        covered, wordings = self._cover(alike, weights)
        found = (
            Found(service, round(self._score(covered[service] / sum(weights), share), 3))
            for service, share in wordings.items()
            if covered[service] / sum(weights) >= _LEAST_COVERED
        )
        fitting = [each for each in found if each.score >= _LEAST_SCORE]
        return sorted(fitting, key=lambda each: -each.score)

    def _cover(
        self, alike: list[dict[str, float]], weights: list[float]
    ) -> tuple[dict[str, float], dict[str, float]]:
        """How much of what was typed each service covers, and how well its best wording fits."""
        covered: dict[str, float] = defaultdict(float)
        fits: dict[int, dict[str, float]] = defaultdict(dict)
        for likeness, weight in zip(alike, weights, strict=True):
            best: dict[str, float] = defaultdict(float)
            for word, like in likeness.items():
                for number in self._in_wordings[word]:
                    service = self._wordings[number].service
                    best[service] = max(best[service], like)
                    fits[number][word] = max(fits[number].get(word, 0.0), like)
            for service, like in best.items():
                covered[service] += weight * like
        wordings: dict[str, float] = defaultdict(float)
        for number, words in fits.items():
            wording = self._wordings[number]
            whole = sum(self._weights[each] for each in wording.words)
            share = sum(self._weights[each] * like for each, like in words.items()) / whole
            wordings[wording.service] = max(wordings[wording.service], share * wording.weight)
        return covered, wordings

    @staticmethod
    def _score(covered: float, wording: float) -> float:
        return covered * (1 - _PHRASE_SHARE + _PHRASE_SHARE * wording)

    def _weight(self, alike: Mapping[str, float]) -> float:
        """What a typed word counts: as the word of the wordings that it is most like."""
        if not alike:
            return self._unknown_weight
        return self._weights[max(alike, key=lambda word: (alike[word], self._weights[word]))]

    def _alike(self, typed: str) -> dict[str, float]:
        """The words of the wordings that may have been meant, and how alike they are."""
        alike = dict.fromkeys(self._kin(typed), _KIN) | dict.fromkeys(
            self._same_stem(typed), _SAME_STEM
        )
        slips = (len(typed) >= _LETTERS_FOR_ONE_SLIP) + (len(typed) >= _LETTERS_FOR_TWO_SLIPS)
        if slips:
            near = process.extract(
                typed,
                self._vocabulary,
                scorer=DamerauLevenshtein.distance,
                score_cutoff=slips,
                limit=None,
            )
            for word, distance, _ in near:
                like = (1.0, _ONE_SLIP, _TWO_SLIPS)[int(distance)]
                if len(word) >= _LETTERS_FOR_ONE_SLIP:
                    alike[word] = max(alike.get(word, 0.0), like)
        if typed in self._weights:
            alike[typed] = 1.0
        return alike

    def _kin(self, typed: str) -> Iterator[str]:
        """The words that share the greater part of their beginning with this one."""
        begins = typed[:_SHORTEST_KIN]
        if len(begins) < _SHORTEST_KIN:
            return
        for word in self._beginning(begins):
            shared = Prefix.similarity(word, typed)
            if shared >= _KIN_SHARE * min(len(word), len(typed)):
                yield word

    def _beginning(self, begins: str) -> Iterator[str]:
        """The words of the wordings that begin so."""
        at = bisect_left(self._vocabulary, begins)
        while at < len(self._vocabulary) and self._vocabulary[at].startswith(begins):
            yield self._vocabulary[at]
            at += 1

    def _same_stem(self, typed: str) -> Iterator[str]:
        """The words that begin as this one does, but for an ending."""
        for length in range(max(_SHORTEST_STEM, len(typed) - _LONGEST_ENDING), len(typed)):
            if typed[:length] in self._weights:
                yield typed[:length]
        if len(typed) >= _SHORTEST_STEM:
            for word in self._beginning(typed):
                if len(word) - len(typed) <= _LONGEST_ENDING:
                    yield word


def load_spelling(folder: Path) -> Spelling:
    """The spelling rules of the data folder."""
    return Spelling.model_validate(read_sheet(folder / SEARCH_FILE).data)
