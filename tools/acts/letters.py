"""What printing did to words, undone: look-alike letters folded, letter-spaced words joined."""

import re
import unicodedata

from tools.acts.words import Words

SPACED_SHARE = 0.6
SPACED_LEAST = 3


class Letters:
    """Folds and joins by the tables of the word file."""

    def __init__(self, words: Words) -> None:
        self._to_cyrillic = str.maketrans(words.cyrillic_for_latin)
        self._to_latin = str.maketrans(words.latin_for_cyrillic)
        self._cyrillic = re.compile(r"[\u0400-\u04ff]")
        self._lookalikes = re.compile(f"^[{''.join(words.cyrillic_for_latin)}]+$")
        self._roman = re.compile(r"^[IVX]{2,}$")
        self._torn_off = words.torn_off

    def fold(self, text: str) -> str:
        """Latin look-alikes inside Cyrillic words become Cyrillic; Latin words stay."""
        return re.sub(r"[^\W\d_]+", lambda word: self._fold_word(word.group()), text)

    def _fold_word(self, word: str) -> str:
        if self._cyrillic.search(word):
            return word.translate(self._to_cyrillic)
        single = len(word) == 1 and self._lookalikes.match(word) and not self._roman.match(word)
        return word.translate(self._to_cyrillic) if single else word

    def latin(self, text: str) -> str:
        """Cyrillic look-alikes in an e-mail or site become Latin."""
        return text.translate(self._to_latin)

    def join_spaced(self, line: str) -> str:
        """One line with its letter-spaced words joined; double spaces part words there."""
        pieces = line.split()
        single = sum(len(piece) == 1 for piece in pieces)
        if len(pieces) >= SPACED_LEAST and single >= SPACED_SHARE * len(pieces):
            words = re.split(r" {2,}", line.strip())
            return " ".join(word.replace(" ", "") for word in words)
        joined = re.sub(rf"(\w) ({self._torn_off}\w*)(?=\W|$)", r"\1\2", line.strip())
        return re.sub(r"\s+([,;.])", r"\1", re.sub(r" {2,}", " ", joined))

    @staticmethod
    def join_runs(text: str) -> str:
        """House and phone numbers printed digit by digit, words printed letter by letter."""
        spaced = r"\b\d(?: \d)+\b|(?<!\w)(?:[^\W\d] ){3,}[^\W\d](?!\w)"
        return re.sub(spaced, lambda run: run.group().replace(" ", ""), text)


def tidy(text: str) -> str:
    """One line, single spaces, no space before a comma, no stray marks at the ends."""
    text = unicodedata.normalize("NFC", text).replace("\u00a0", " ")
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s+([,;.])", r"\1", text)
    text = re.sub(r",(?:\s*[,.])+", ",", text)
    return text.strip(" ,;")
