"""Faults of wording that a machine can see: mixed alphabets, letter-spacing, the wrong language."""

import re
from collections.abc import Iterator

from core.services.mistakes import Mistake, mistake

_MIXED = re.compile(r"\b(?=\w*[A-Za-z])(?=\w*[\u0400-\u04ff])[^\W\d_]+\b")
_LONE = re.compile(r"(?<![\w./:@-])[aceiopxy](?![\w./:@-])", re.IGNORECASE)
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_SPACED = re.compile(r"(?:\b[\u0400-\u04ff] ){3,}[\u0400-\u04ff]\b")
_KAZAKH_ONLY = re.compile(
    r"[\u04d8\u04d9\u0492\u0493\u049a\u049b\u04a2\u04a3\u04e8\u04e9\u04b0\u04b1\u04ae\u04af"
    r"\u04ba\u04bb\u0406\u0456]"
)


def wording_faults(text: str, language: str) -> Iterator[Mistake]:
    """What is wrong with the text, given the key under which it stands (kk, ru or another)."""
    mixed = _MIXED.search(text)
    if mixed:
        yield mistake(
            "the word `{word}` mixes Latin and Cyrillic letters; type it in one alphabet",
            word=mixed[0],
        )
    lone = _LONE.search(text) if _CYRILLIC.search(text) else None
    if lone:
        yield mistake(
            "the letter `{letter}` standing alone is Latin; type it in Cyrillic", letter=lone[0]
        )
    spaced = _SPACED.search(text)
    if spaced:
        yield mistake("`{text}` is letter-spaced; write it as words", text=spaced[0])
    if language == "ru":
        kazakh = _KAZAKH_ONLY.search(text)
        if kazakh:
            yield mistake(
                "the Russian text has the Kazakh letter `{letter}`; is it the other language?",
                letter=kazakh[0],
            )
