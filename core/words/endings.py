"""Endings: what a word may be followed by in a sentence, so that its forms are one word."""

import re
from collections.abc import Iterable, Iterator, Sequence

Chain = Sequence[Sequence[str]]
"""Rows of endings; a word takes one of each row at most, in the order of the rows."""


class Endings:
    """The endings of the languages, as they sound."""

    def __init__(self, chains: Iterable[Chain]) -> None:
        self._any = re.compile("|".join(f"(?:{_of_chain(each)})" for each in chains))

    def stems(self, word: str, shortest: int) -> Iterator[str]:
        """What is left of a word that ends in endings, longest first."""
        for length in range(len(word) - 1, shortest - 1, -1):
            # Doubled letters sound as one, so that an ending may begin with the stem's last one.
            if self._are(word[length:]) or self._are(word[length - 1 :]):
                yield word[:length]

    def _are(self, rest: str) -> bool:
        return self._any.fullmatch(rest) is not None


def _of_chain(rows: Chain) -> str:
    return "".join(f"(?:{'|'.join(map(re.escape, sorted(row, key=len)))})?" for row in rows)
