"""A vocabulary: known words as they sound, and which of them a typed word may mean."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein, Prefix

from core.words.endings import Endings

# A stem that two words share must be the greater part of the known one.
_LEAST_SHARED = 0.6


class Vocabulary:
    """Known words, ready to be compared with what is typed.

    How much each kind of likeness is worth is for those to say who search.
    """

    def __init__(
        self,
        words: Iterable[str],
        endings: Endings | None = None,
        *,
        shortest_stem: int = 1,
        shortest_shared: int = 1,
    ) -> None:
        """With `endings`, words are known by stems of so many letters, the typed one or both."""
        self._words = sorted(set(words))
        self._known = frozenset(self._words)
        self._endings = endings
        self._shortest_stem = shortest_stem
        # One slip leaves the first or the last letter, so that few words need comparing.
        self._by_edge: dict[tuple[int, str, bool], list[str]] = defaultdict(list)
        self._by_stem: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            if word and not word.isdigit():
                for edge in ((word[0], True), (word[-1], False)):
                    self._by_edge[len(word), *edge].append(word)
            for stem in self._stems(word):
                if len(stem) >= max(shortest_shared, _LEAST_SHARED * len(word)):
                    self._by_stem[stem].append(word)

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def beginning(self, begins: str) -> Iterator[str]:
        """The words that begin so, in order."""
        for at in range(bisect_left(self._words, begins), len(self._words)):
            if not self._words[at].startswith(begins):
                return
            yield self._words[at]

    def begun_alike(self, typed: str, shortest: int, share: float) -> Iterator[str]:
        """The words that share so much of their beginning with this one, in letters and in part."""
        if len(typed) >= shortest:
            for word in self.beginning(typed[:shortest]):
                if Prefix.similarity(word, typed) >= share * max(len(word), len(typed)):
                    yield word

    def same_stem(self, typed: str) -> Iterator[str]:
        """The words that are this one but for endings of either, the most alike first."""
        for stem in (typed, *self._stems(typed)):
            if stem in self._known:
                yield stem
            yield from self._by_stem.get(stem, ())

    def slipped(self, typed: str, slips: int) -> dict[str, int]:
        """The words that so many slips of the finger, or fewer, make of this one; and how many."""
        near: dict[str, int] = {}
        if not typed:
            return near
        for length in range(len(typed) - slips, len(typed) + slips + 1):
            for edge in ((typed[0], True), (typed[-1], False)):
                for word, distance, _ in process.extract(
                    typed,
                    self._by_edge.get((length, *edge), ()),
                    scorer=DamerauLevenshtein.distance,
                    score_cutoff=slips,
                    limit=None,
                ):
                    near[word] = int(distance)
        return near

    def _stems(self, word: str) -> Iterator[str]:
        if self._endings is not None:
            yield from self._endings.stems(word, self._shortest_stem)
