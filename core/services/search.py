"""Finding a service in one's own words: either language, Latin letters, typos, wrong keyboard.

Everything is compared as sounds in Latin letters. A service is found by how much of what was
typed it covers, rare words counting more, and how well one of its wordings is covered in turn.
Names of places and little words are left aside; what people do with anything ("lose", "hand in")
finds nothing alone.
"""

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein, Prefix

from core.places.loading import load_places
from core.services.model import Service
from core.services.yaml_lines import read_sheet
from core.words.spelling import Spelling

SEARCH_FILE = "search.yaml"

_WORD = re.compile(r"[^\W_]+")

# How alike two words are: the same but for the ending, but for a slip of the finger or two, or
# of one family.
_SAME_STEM = 0.9
_ONE_SLIP = 0.8
_TWO_SLIPS = 0.65
_KIN = 0.65
_SHORTEST_STEM = 3
_LONGEST_ENDING = 4
_OTHER_ENDING = 2
_SHORTEST_KIN = 4
_KIN_SHARE = 0.75
_LETTERS_FOR_ONE_SLIP = 5
_LETTERS_FOR_TWO_SLIPS = 8
# A name of a place keeps its beginning, but its last letter may give way to an ending.
_SHORTEST_PLACE = 5

# An official title says less of how people speak than the wordings collected for searching.
_SPOKEN_WEIGHT = 1.0
_TITLE_WEIGHT = 0.8
# A word that no service knows counts against all of them, but not as much as a rare one.
_UNKNOWN_WEIGHT = 0.75
# How much a word of doing counts against a service that does not know it.
_UNMET_DOING = 0.42
# What is found must cover this much of what was typed, and be this good in all.
_LEAST_COVERED = 0.5
_LEAST_SCORE = 0.4
# Two words of one wording are hardly together by chance: the rest may then be talk around it.
_WORDS_TOGETHER = 2
_LEAST_COVERED_TOGETHER = 0.3
_LEAST_SCORE_TOGETHER = 0.24
_PHRASE_SHARE = 0.45


class Habits(BaseModel):
    """How people ask for services: the file data/search.yaml, and the names of places."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    little_words: tuple[str, ...]
    doing_words: tuple[str, ...]
    case_endings: tuple[str, ...]
    place_names: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class _Typed:
    """A typed word: what may be meant by it, what it counts, and whether it only says to do."""

    alike: Mapping[str, float]
    weight: float
    doing: bool


@dataclass(slots=True)
class _Fit:
    """How well a service fits: the weight it covers, its best wording, the words met together.

    A word of doing helps where it is met, and counts little against a service where it is not.
    """

    covered: float = 0.0
    doing: float = 0.0
    wording: float = 0.0
    together: int = 0

    def score(self, whole: float, doing: float) -> float:
        """How good a find this is, of the weight that was typed but for doing; 0 if it is none."""
        if not self.covered:
            return 0.0
        against = _UNMET_DOING * (doing - self.doing)
        covered = (self.covered + self.doing) / (whole + self.doing + against)
        score = covered * (1 - _PHRASE_SHARE + _PHRASE_SHARE * self.wording)
        if self.together >= _WORDS_TOGETHER:
            least_covered, least_score = _LEAST_COVERED_TOGETHER, _LEAST_SCORE_TOGETHER
        else:
            least_covered, least_score = _LEAST_COVERED, _LEAST_SCORE
        return score if covered >= least_covered and score >= least_score else 0.0


class ServiceSearch:
    """The wordings of all services, ready to be searched."""

    def __init__(self, services: Iterable[Service], spelling: Spelling, habits: Habits) -> None:
        self._spelling = spelling
        self._case_endings = habits.case_endings
        self._little = self._all_words_of(habits.little_words)
        self._doing = self._all_words_of(habits.doing_words)
        self._places = frozenset(
            name[:-1] if len(name) > _SHORTEST_PLACE else name
            for name in self._all_words_of(habits.place_names)
            if len(name) >= _SHORTEST_PLACE
        )
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
                *((each, _SPOKEN_WEIGHT) for each in (*service.search.kk, *service.search.ru)),
                *((each, _SPOKEN_WEIGHT) for each in (service.short.kk, service.short.ru)),
                *((each, _TITLE_WEIGHT) for each in (service.title.kk, service.title.ru)),
            )
            for text, weight in said:
                words = tuple(dict.fromkeys(self._words(text)))
                if words:
                    yield _Wording(service.id, words, weight)

    def _all_words(self, text: str) -> list[str]:
        return _WORD.findall(self._spelling.sounds(text))

    def _all_words_of(self, texts: Iterable[str]) -> frozenset[str]:
        return frozenset(word for each in texts for word in self._all_words(each))

    def _words(self, text: str) -> list[str]:
        return [each for each in self._all_words(text) if each not in self._little]

    def _find(self, words: list[str]) -> list[Found]:
        read = [(word, self._read_word(word)) for word in words]
        typed = [each for word, each in read if each.alike or not self._is_place(word)]
        whole = sum(each.weight for each in typed if not each.doing)
        doing = sum(each.weight for each in typed if each.doing)
        scores = {service: fit.score(whole, doing) for service, fit in self._fits(typed).items()}
        found = [Found(service, round(score, 3)) for service, score in scores.items() if score]
        return sorted(found, key=lambda each: -each.score)

    def _fits(self, typed: Sequence[_Typed]) -> Mapping[str, _Fit]:
        """How much of what was typed each service covers, and how well its best wording fits."""
        fits: dict[str, _Fit] = defaultdict(_Fit)
        met: dict[int, dict[str, float]] = defaultdict(dict)
        together: dict[int, int] = defaultdict(int)
        for word in typed:
            best: dict[str, float] = defaultdict(float)
            numbers = set()
            for meant, like in word.alike.items():
                for number in self._in_wordings[meant]:
                    service = self._wordings[number].service
                    best[service] = max(best[service], like)
                    met[number][meant] = max(met[number].get(meant, 0.0), like)
                    numbers.add(number)
            for service, like in best.items():
                if word.doing:
                    fits[service].doing += word.weight * like
                else:
                    fits[service].covered += word.weight * like
            for number in () if word.doing else numbers:
                together[number] += 1
        for number, words in met.items():
            wording = self._wordings[number]
            whole = sum(self._weights[each] for each in wording.words)
            share = sum(self._weights[each] * like for each, like in words.items()) / whole
            fit = fits[wording.service]
            fit.wording = max(fit.wording, share * wording.weight)
            if wording.weight == _SPOKEN_WEIGHT:
                fit.together = max(fit.together, together[number])
        return fits

    def _read_word(self, word: str) -> _Typed:
        alike = self._alike(word)
        doing = word in self._doing or any(
            each in self._doing and like >= _SAME_STEM for each, like in alike.items()
        )
        return _Typed(alike, self._weight(alike), doing)

    def _is_place(self, word: str) -> bool:
        """Whether this is the name of a place, but for an ending."""
        shortest = max(_SHORTEST_PLACE, len(word) - _LONGEST_ENDING)
        return any(word[:length] in self._places for length in range(shortest, len(word) + 1))

    def _weight(self, alike: Mapping[str, float]) -> float:
        """What a typed word counts: as the word of the wordings that it is most like."""
        if not alike:
            return self._unknown_weight
        return self._weights[max(alike, key=lambda word: (alike[word], self._weights[word]))]

    def _alike(self, typed: str) -> dict[str, float]:
        """The words of the wordings that may have been meant, and how alike they are."""
        alike = dict(self._kin(typed)) | dict.fromkeys(self._same_stem(typed), _SAME_STEM)
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

    def _kin(self, typed: str) -> Iterator[tuple[str, float]]:
        """The words that share the greater part of their beginning with this one, and how alike."""
        begins = typed[:_SHORTEST_KIN]
        if len(begins) < _SHORTEST_KIN:
            return
        for word in self._beginning(begins):
            shared = Prefix.similarity(word, typed)
            if max(len(word), len(typed)) - shared <= _OTHER_ENDING:
                yield word, _SAME_STEM
            elif shared >= _KIN_SHARE * min(len(word), len(typed)):
                yield word, _KIN

    def _beginning(self, begins: str) -> Iterator[str]:
        """The words of the wordings that begin so."""
        at = bisect_left(self._vocabulary, begins)
        while at < len(self._vocabulary) and self._vocabulary[at].startswith(begins):
            yield self._vocabulary[at]
            at += 1

    def _same_stem(self, typed: str) -> Iterator[str]:
        """The words that begin as this one does, but for an ending."""
        shortest = typed[: _SHORTEST_STEM - 1]
        if shortest in self._weights and typed[len(shortest) :] in self._case_endings:
            yield shortest
        for length in range(max(_SHORTEST_STEM, len(typed) - _LONGEST_ENDING), len(typed)):
            if typed[:length] in self._weights:
                yield typed[:length]
        if len(typed) >= _SHORTEST_STEM:
            longest = min(_LONGEST_ENDING, len(typed) - 1)
            for word in self._beginning(typed):
                if len(word) - len(typed) <= longest:
                    yield word


def load_habits(folder: Path) -> Habits:
    """The habits of the data folder, with the names of its places."""
    told = read_sheet(folder / SEARCH_FILE).data
    names = {
        name
        for each in load_places(folder).values()
        for name in (each.kk, each.ru, *each.also, each.today_kk, each.today_ru)
        if name
    }
    return Habits.model_validate({**told, "place_names": sorted(names)})
