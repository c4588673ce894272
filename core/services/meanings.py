"""What the words of a wording mean: one meaning for all the words that people use for one thing.

Meanings are kept in data/search.yaml, in both languages and as people talk: `meal` is all
that the food at school is called. So a service need not name every word that leads to it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, model_validator

from core.places.loading import load_places
from core.services.yaml_lines import read_sheet
from core.words.spelling import Spelling
from core.words.vocabulary import Vocabulary

SEARCH_FILE = "search.yaml"
UNNAMED = "="
"""Begins the name of a meaning that is just one word of a wording."""

_WORD = re.compile(r"[^\W\d_]+|\d+")

# How alike two words are: the same but for endings, one begun like the other, a slip or two.
_SAME_STEM = 0.95
_BEGUN_ALIKE = 0.7
_ONE_SLIP = 0.85
_SLIP_AND_ENDING = 0.75
_TWO_SLIPS = 0.65
_SHORTEST_STEM = 3
_SHORTEST_SHARED_STEM = 5
_SHORTEST_BEGINNING = 5
_SHARED_BEGINNING = 0.75
_LETTERS_FOR_ONE_SLIP = 5
_LETTERS_FOR_TWO_SLIPS = 8
_LETTERS_FOR_SLIP_AND_ENDING = 6
_SHORT_WORD = 2
# Each word of a phrase must be at least so like.
_LEAST_IN_A_PHRASE = 0.75
# A name of a place keeps its beginning, but its last letter may give way to an ending.
_SHORTEST_PLACE = 5
_LONGEST_ENDING = 4
_REMEMBERED = 4096
_VOWELS = frozenset("aeiou")


class Habits(BaseModel):
    """How people ask for services: the file data/search.yaml, and the names of places."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    little_words: tuple[str, ...]
    other_words: tuple[str, ...]
    case_endings: tuple[str, ...]
    meanings: dict[str, tuple[str, ...]]
    weak: tuple[str, ...]
    common: tuple[str, ...]
    whose: tuple[str, ...]
    alone: tuple[str, ...] = ()
    place_names: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _named_ones_are_there(self) -> "Habits":
        named = {*self.weak, *self.common, *self.whose, *self.alone}
        if unknown := sorted(named - set(self.meanings)):
            raise ValueError(f"these are no meanings: {', '.join(unknown)}")
        return self


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a phrase as typed: what may be meant by it, and how surely; nothing if unknown."""

    meanings: Mapping[str, float]


class Meanings:
    """All words with a meaning, ready to read what people type."""

    def __init__(self, spelling: Spelling, habits: Habits, wordings: Iterable[str]) -> None:
        """A word of the wordings that no meaning knows becomes a meaning of its own."""
        self._spelling = spelling
        self._endings = spelling.known_endings()
        self._case_endings = frozenset(habits.case_endings)
        self._little = frozenset(word for each in habits.little_words for word in self.split(each))
        self._others = frozenset(word for each in habits.other_words for word in self.split(each))
        self._places = frozenset(
            name[:-1] if len(name) > _SHORTEST_PLACE else name
            for each in habits.place_names
            for name in self.split(each)
            if len(name) >= _SHORTEST_PLACE
        )
        self._of_word: dict[str, set[str]] = defaultdict(set)
        self._joined: dict[str, set[str]] = defaultdict(set)
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        in_phrases: set[str] = set()
        for meaning, said in habits.meanings.items():
            for words in map(self.split, said):
                if len(words) == 1:
                    self._of_word[words[0]].add(meaning)
                else:
                    # A phrase is often written as one word.
                    self._joined["".join(words)].add(meaning)
                    self._phrases[words[0]].append((tuple(words), meaning))
                    in_phrases |= set(words)
        self._vocabulary = self._vocabulary_of(in_phrases)
        own = {word for each in wordings for word in self.split(each)} - self._little
        for word in own:
            if not any(each in self._of_word for each in self._vocabulary.same_stem(word)):
                self._of_word[word].add(UNNAMED + word)
        self._vocabulary = self._vocabulary_of(in_phrases)
        self._alike = lru_cache(_REMEMBERED)(self._find_alike)

    def split(self, text: str) -> list[str]:
        """The words of a text as they sound, and its numbers."""
        return _WORD.findall(self._spelling.sounds(text))

    def read(self, text: str) -> list[Token]:
        """What the words of a text may mean; little words and names of places are left aside."""
        words = self.split(text)
        tokens = []
        at = 0
        while at < len(words):
            length, meant = self._phrase(words[at:])
            if not meant and words[at] not in self._little:
                length, meant = self._word(words[at:])
                known = max(meant.values(), default=0.0) >= _SAME_STEM
                if known or not self._is_place(words[at]):
                    tokens.append(Token(meant))
            elif meant:
                tokens.append(Token(meant))
            at += length
        return tokens

    def _vocabulary_of(self, others: Iterable[str]) -> Vocabulary:
        return Vocabulary(
            {*self._of_word, *others},
            self._endings,
            shortest_stem=_SHORTEST_STEM,
            shortest_shared=_SHORTEST_SHARED_STEM,
        )

    def _phrase(self, words: Sequence[str]) -> tuple[int, dict[str, float]]:
        """The longest phrase that the words begin with, and what it means."""
        longest, meant = 1, dict[str, float]()
        for first in self._alike(words[0]):
            for phrase, meaning in self._phrases.get(first, ()):
                if longest <= len(phrase) <= len(words):
                    like = self._likeness(words, phrase)
                    if like >= _LEAST_IN_A_PHRASE:
                        if len(phrase) > longest:
                            longest, meant = len(phrase), {}
                        meant[meaning] = max(like, meant.get(meaning, 0.0))
        return longest, meant

    def _likeness(self, words: Sequence[str], phrase: Sequence[str]) -> float:
        return min(
            self._alike(word).get(each, 0.0) for word, each in zip(words, phrase, strict=False)
        )

    def _word(self, words: Sequence[str]) -> tuple[int, dict[str, float]]:
        """What the first word means; with the second one, where the two are one word in truth."""
        if words[0] in self._joined:
            return 1, dict.fromkeys(self._joined[words[0]], 1.0)
        joined = "".join(words[:2])
        if len(words) > 1 and joined in self._of_word and words[0] not in self._of_word:
            return 2, dict.fromkeys(self._of_word[joined], 1.0)
        meant: dict[str, float] = {}
        for word, like in self._alike(words[0]).items():
            for meaning in self._of_word.get(word, ()):
                meant[meaning] = max(like, meant.get(meaning, 0.0))
        return 1, meant

    def _find_alike(self, typed: str) -> Mapping[str, float]:
        """The known words that may have been meant, and how alike they are.

        A finger is thought to have slipped only where the word as it stands is not known.
        """
        alike = {typed: 1.0} if typed in self._vocabulary else {}
        if typed in self._of_word or self._is_left_aside(typed):
            return alike
        for word in self._same_stem(typed):
            alike[word] = _SAME_STEM
            if word in self._of_word:
                break
        if alike:
            return alike
        begun = self._vocabulary.begun_alike(typed, _SHORTEST_BEGINNING, _SHARED_BEGINNING)
        for word, like in (*self._slipped(typed), *((each, _BEGUN_ALIKE) for each in begun)):
            alike[word] = max(alike.get(word, 0.0), like)
        return alike

    def _is_left_aside(self, typed: str) -> bool:
        stems = self._endings.stems(typed, _SHORTEST_STEM)
        return (
            typed.isdigit() or typed in self._little or not self._others.isdisjoint({typed, *stems})
        )

    def _same_stem(self, typed: str) -> Iterator[str]:
        if typed[_SHORT_WORD:] in self._case_endings and typed[:_SHORT_WORD] in self._vocabulary:
            yield typed[:_SHORT_WORD]
        yield from self._vocabulary.same_stem(typed)

    def _slipped(self, typed: str) -> Iterator[tuple[str, float]]:
        slips = (len(typed) >= _LETTERS_FOR_ONE_SLIP) + (len(typed) >= _LETTERS_FOR_TWO_SLIPS)
        if not slips:
            return
        for word, distance in self._vocabulary.slipped(typed, slips).items():
            if len(word) >= _LETTERS_FOR_ONE_SLIP and _begin_alike(word, typed):
                yield word, (1.0, _ONE_SLIP, _TWO_SLIPS)[distance]
        for stem in self._endings.stems(typed, _LETTERS_FOR_SLIP_AND_ENDING):
            for word in self._vocabulary.slipped(stem, 1):
                if len(word) >= _LETTERS_FOR_ONE_SLIP and _begin_alike(word, stem):
                    yield word, _SLIP_AND_ENDING

    def _is_place(self, word: str) -> bool:
        """Whether this is the name of a place, but for an ending."""
        shortest = max(_SHORTEST_PLACE, len(word) - _LONGEST_ENDING)
        return any(word[:length] in self._places for length in range(shortest, len(word) + 1))


def _begin_alike(one: str, other: str) -> bool:
    """Whether one may be a slip of the other: the first letter is seldom missed, but a vowel."""
    return one[0] == other[0] or {one[0], other[0]} <= _VOWELS or one[:2] == other[1::-1]


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
