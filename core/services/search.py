"""Finding a service in one's own words: either language, Latin letters, typos, wrong keyboard.

What is typed and the wordings of the services are compared by their meanings. A service is found
by how much of what was typed it covers, rare meanings counting more, and how well one of its
wordings is covered in turn. What people do with anything ("get", "hand in") finds nothing alone,
and neither does one word of a longer wording.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass
from pathlib import Path

from core.services.meanings import UNNAMED, Habits, Meanings, Token, load_habits
from core.services.model import Service
from core.words.spelling import Spelling, load_spelling

# An official title says less of how people speak than the wordings collected for searching.
_SPOKEN_WEIGHT = 1.0
_TITLE_WEIGHT = 0.8
# A word that no service knows counts against all of them, but not as much as a rare one.
_UNKNOWN_WEIGHT = 0.3
# What a weak word counts, met or not.
_WEAK_WEIGHT = 0.6
_UNMET_WEAK = 0.3
# How much of the best wording must have been typed, and how much of what was typed it must be.
_LEAST_SHARE = 0.45
_LEAST_COVERED = 0.12
_LEAST_COVERED_BY_A_TELLING_WORD = 0.1
# Of two meanings in one wording, one may be weak.
_MET_TOGETHER = 2
# What a find owes to all that the service knows of what was typed, beside its best wording.
_OWN_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Found:
    """A service that fits what was typed, and how well, up to 1."""

    service: str
    score: float


@dataclass(frozen=True, slots=True)
class _Wording:
    """Each part of a wording is the meanings that its word may have."""

    service: str
    parts: tuple[frozenset[str], ...]
    weight: float


class _Asked:
    """What was typed: its tokens, what each counts, and which are weak."""

    def __init__(
        self, tokens: Sequence[Token], weights: Sequence[float], weak: Sequence[bool]
    ) -> None:
        self.tokens = tokens
        self._weights = weights
        self._weak = weak
        self._strong = sum(each for each, is_weak in zip(weights, weak, strict=True) if not is_weak)
        self._all_weak = sum(weights) - self._strong

    def share(self, met: Mapping[int, float]) -> float:
        """How much of it is met, where the tokens at these places are so alike.

        A weak one helps where it is met, and counts little where it is not.
        """
        strong = weak = 0.0
        for place, like in met.items():
            if self._weak[place]:
                weak += self._weights[place] * like
            else:
                strong += self._weights[place] * like
        return (strong + weak) / (self._strong + weak + _UNMET_WEAK * (self._all_weak - weak))


class ServiceSearch:
    """The wordings of all services, ready to be searched."""

    def __init__(self, services: Iterable[Service], spelling: Spelling, habits: Habits) -> None:
        said = tuple(_said_of(services))
        self._spelling = spelling
        self._meanings = Meanings(spelling, habits, (text for _, text, _ in said))
        self._weak = frozenset(habits.weak)
        self._common = frozenset(habits.common)
        self._whose = frozenset(habits.whose)
        self._alone = frozenset(habits.alone)
        self._wordings = tuple(self._read(said))
        self._having: dict[str, list[tuple[int, int]]] = defaultdict(list)
        services_with: dict[str, set[str]] = defaultdict(set)
        for number, wording in enumerate(self._wordings):
            for at, part in enumerate(wording.parts):
                for meaning in part:
                    self._having[meaning].append((number, at))
                    services_with[meaning].add(wording.service)
        count = len({each.service for each in self._wordings})
        self._weights = {
            meaning: _WEAK_WEIGHT if meaning in self._weak else math.log(1 + count / len(having))
            for meaning, having in services_with.items()
        }
        self._unknown_weight = _UNKNOWN_WEIGHT * math.log(1 + count)

    def find(self, text: str) -> list[Found]:
        """The services that these words may mean, best first; nothing where none fits."""
        tried = [self._find(self._meanings.read(each)) for each in self._spelling.meant(text)]
        return max(tried, key=lambda found: found[0].score if found else 0.0)

    def _read(self, said: Iterable[tuple[str, str, float]]) -> Iterator[_Wording]:
        seen = set()
        for service, text, weight in said:
            read = (frozenset(each.meanings) for each in self._meanings.read(text))
            parts = tuple(dict.fromkeys(part for part in read if part))
            if parts and (service, parts) not in seen:
                seen.add((service, parts))
                yield _Wording(service, parts, weight)

    def _find(self, tokens: Sequence[Token]) -> list[Found]:
        asked = _Asked(tokens, *self._weigh(tokens))
        covered: dict[str, dict[int, float]] = defaultdict(dict)
        met: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)
        for place, token in enumerate(tokens):
            for meaning, like in token.meanings.items():
                for number, at in self._having.get(meaning, ()):
                    service = self._wordings[number].service
                    covered[service][place] = max(like, covered[service].get(place, 0.0))
                    met[number][at] = max((like, place), met[number].get(at, (0.0, place)))
        best: dict[str, float] = defaultdict(float)
        for number, parts in met.items():
            wording = self._wordings[number]
            best[wording.service] = max(self._fit(wording, parts, asked), best[wording.service])
        found = [
            Found(
                service,
                round(_OWN_SHARE * asked.share(covered[service]) + (1 - _OWN_SHARE) * fit, 3),
            )
            for service, fit in best.items()
            if fit
        ]
        return sorted(found, key=lambda each: -each.score)

    def _fit(self, wording: _Wording, met: Mapping[int, tuple[float, int]], asked: _Asked) -> float:
        """How well a wording fits, of which these parts are met; 0 if too badly.

        What was typed may be the wording itself, however little that tells.
        """
        places = {place: like for like, place in met.values()}
        telling = len(wording.parts) == 1 and not wording.parts[0] & self._alone
        tells = (telling or len(places) >= _MET_TOGETHER) and self._tells(wording, met)
        if not (tells or _is_itself(wording, met, asked)):
            return 0.0
        weights = [self._part_weight(each) for each in wording.parts]
        share = sum(weights[at] * like for at, (like, _) in met.items()) / sum(weights)
        covered = asked.share(places)
        least = _LEAST_COVERED_BY_A_TELLING_WORD if telling else _LEAST_COVERED
        if share < _LEAST_SHARE or covered < least:
            return 0.0
        return wording.weight * share * math.sqrt(covered)

    def _tells(self, wording: _Wording, met: Iterable[int]) -> bool:
        """Whether these parts say more than is done with anything or spoken of by everybody."""
        parts = [wording.parts[at] for at in met]
        own = [each for each in parts if not each & self._weak]
        return any(not each & self._common and not _is_unnamed(each) for each in own) or (
            bool(own) and any(each & self._whose for each in parts)
        )

    def _weigh(self, tokens: Sequence[Token]) -> tuple[list[float], list[bool]]:
        """What each token counts, and whether it is weak."""
        return [self._weight(each) for each in tokens], [self._is_weak(each) for each in tokens]

    def _is_weak(self, token: Token) -> bool:
        return bool(token.meanings) and all(each in self._weak for each in token.meanings)

    def _part_weight(self, part: frozenset[str]) -> float:
        return max(self._weights[each] for each in part)

    def _weight(self, token: Token) -> float:
        """What a typed word counts: as the likeliest of its meanings, the rarest of these."""
        known = [each for each in token.meanings if each in self._weights]
        if not known:
            return self._unknown_weight
        return self._weights[
            max(known, key=lambda each: (token.meanings[each], self._weights[each]))
        ]


def _is_itself(wording: _Wording, met: Sized, asked: _Asked) -> bool:
    """Whether the wording was typed whole, and nothing besides."""
    said = frozenset().union(*wording.parts)
    return len(met) == len(wording.parts) and all(said & set(e.meanings) for e in asked.tokens)


def _is_unnamed(part: frozenset[str]) -> bool:
    """Whether a part is a word that the list does not know: nobody judged what it tells."""
    return all(each.startswith(UNNAMED) for each in part)


def _said_of(services: Iterable[Service]) -> Iterator[tuple[str, str, float]]:
    """Every wording of every service, and what it weighs."""
    for service in services:
        search, short = service.search, service.short
        for text in (*search.kk, *search.ru, short.kk, short.ru):
            yield service.id, text, _SPOKEN_WEIGHT
        for text in (service.title.kk, service.title.ru):
            yield service.id, text, _TITLE_WEIGHT


def load_search(services: Iterable[Service], data: Path) -> ServiceSearch:
    """Search among services as the data folder has people speak."""
    return ServiceSearch(services, load_spelling(data), load_habits(data))
