"""Texts that a program for tables would take for formulas, made harmless, and read back as they
were: an apostrophe goes before them, and before whatever looks as if one had been put there."""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
MARK = "'"


def harmless(text: str) -> str:
    """The same text so that no program computes it."""
    return MARK + text if text.startswith(DANGEROUS) or _looks_marked(text) else text


def as_meant(text: str) -> str:
    """What the text was before it was made harmless."""
    return text[1:] if text.startswith(MARK) and _looks_marked(text) else text


def _looks_marked(text: str) -> bool:
    bare = text.lstrip(MARK)
    return bare != text and bare.startswith(DANGEROUS)
