"""Texts counted in UTF-16 units, in which Telegram gives the offsets and lengths of entities."""

from typing import Any

Entity = dict[str, Any]
Parsed = tuple[str, list[Entity]]


def utf16_length(text: str) -> int:
    """The length of a text in the units that Telegram counts."""
    if text.isascii():
        return len(text)
    return len(text) + sum(character > "\uffff" for character in text)


def slice_utf16(text: str, offset: int, length: int) -> str:
    """A part of the text, by Telegram's units."""
    encoded = text.encode("utf-16-le")
    return encoded[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")
