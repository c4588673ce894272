"""Meaning: what typed words may name, offices or places or a place among other words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.directory.model import Office
from core.knowledge import Knowledge
from core.places.model import Place
from core.places.search import FoundPlaces

SURE, SURE_OF_A_PLACE = 0.6, 0.7
"""Below that likeness words are taken to mean no office and no place that we know."""

SURE_OF_A_PART = 0.9
"""A place among other words must be named this clearly."""

CLOSE = 0.2
"""So far behind the best a place of that name may still be meant."""

_RUN = re.compile(r"[^\W\d_]+|\d+")
MOST_WORDS = 8
LONGEST_PART = 3
SHORTEST_PART = 3
MANY, ALIKE = 30, 0.05
"""So many offices that answer so evenly to words, and in many regions: a place is missing."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What words may mean, best first, and which of the two is likelier."""

    offices: Sequence[Office] = ()
    places: Sequence[Place] = ()
    ambiguous: bool = False
    """Several places may be meant as well as the first."""
    offices_first: bool = False
    vague: bool = False
    """Too many offices answer, in too many places."""


def meant(knowledge: Knowledge, words: str) -> Meant:
    """What words may mean; a place among others counts where the whole of them says nothing."""
    words = telling(words)
    found = knowledge.offices.find(words, MANY)
    sure = [each for each in found if each.score >= SURE]
    offices = [knowledge.directory.offices[each.office] for each in sure]
    places = knowledge.places.find(words)
    likely = _likely(places)
    if not offices and not likely:
        part = place_among(knowledge, words)
        return Meant(places=_likely(part), ambiguous=part.ambiguous)
    best = places.results[0].score if likely else 0.0
    return Meant(
        offices=offices,
        places=likely,
        ambiguous=bool(likely) and places.ambiguous,
        offices_first=bool(sure) and sure[0].score > best,
        vague=len(sure) == MANY
        and sure[0].score - sure[-1].score < ALIKE
        and len({each.region for each in offices}) > 1,
    )


def telling(words: str) -> str:
    """The words without those that are one letter, or one letter over and over."""
    return " ".join(each for each in words.split() if _tells(each))


def _tells(word: str) -> bool:
    return any(run.isdigit() or len(set(run)) > 1 for run in _RUN.findall(word.lower()))


def place_among(knowledge: Knowledge, words: str, least: float = SURE_OF_A_PART) -> FoundPlaces:
    """The place that some of the words name clearly, the longest such name first."""
    parts = words.split()[:MOST_WORDS]
    best = FoundPlaces((), ambiguous=False)
    for length in range(min(LONGEST_PART, len(parts)), 0, -1):
        for begins in range(len(parts) - length + 1):
            part = " ".join(parts[begins : begins + length])
            if len(part) < SHORTEST_PART or part.isdigit():
                continue
            found = knowledge.places.find(part)
            if _score(found) >= least and _score(found) > _score(best):
                best = found
    return best


def _score(found: FoundPlaces) -> float:
    return found.results[0].score if found.results else 0.0


def _likely(found: FoundPlaces) -> list[Place]:
    least = max(SURE_OF_A_PLACE, _score(found) - CLOSE)
    return [each.place for each in found.results if each.score >= least]
