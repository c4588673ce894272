"""A message as safe HTML for the page: escaped, and only a handful of tags."""

import html
import re
from typing import Any

Entity = dict[str, Any]

SIMPLE = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "spoiler": "tg-spoiler",
    "blockquote": "blockquote",
}
SAFE_ADDRESS = re.compile(r"(?i)(https?|tg|mailto|tel):")


def render_html(text: str, entities: list[Entity]) -> str:
    """The text with its entities as tags; entities that overlap are closed and opened again."""
    if not entities:
        return html.escape(text)
    encoded = text.encode("utf-16-le")
    total = len(encoded) // 2
    spans = _spans(encoded, entities, total)
    borders = sorted({0, total, *(span[0] for span in spans), *(span[1] for span in spans)})
    out: list[str] = []
    opened: list[tuple[int, int, str, str]] = []
    for border, following in zip(borders, [*borders[1:], total], strict=True):
        opened = _closed_at(border, opened, out)
        for span in spans:
            if span[0] == border:
                out.append(span[2])
                opened.append(span)
        piece = encoded[border * 2 : following * 2].decode("utf-16-le", "replace")
        out.append(html.escape(piece))
    return "".join(out)


def _closed_at(
    border: int, opened: list[tuple[int, int, str, str]], out: list[str]
) -> list[tuple[int, int, str, str]]:
    ending = [index for index, span in enumerate(opened) if span[1] <= border]
    if not ending:
        return opened
    lowest = ending[0]
    out.extend(span[3] for span in reversed(opened[lowest:]))
    again = [span for span in opened[lowest:] if span[1] > border]
    out.extend(span[2] for span in again)
    return opened[:lowest] + again


def _spans(encoded: bytes, entities: list[Entity], total: int) -> list[tuple[int, int, str, str]]:
    spans = []
    for entity in entities:
        begin = max(0, int(entity["offset"]))
        end = min(total, begin + int(entity["length"]))
        inside = encoded[begin * 2 : end * 2].decode("utf-16-le", "replace")
        tags = _tags(entity, inside)
        if tags and end > begin:
            spans.append((begin, end, *tags))
    return sorted(spans, key=lambda span: (span[0], -span[1]))


def _tags(entity: Entity, inside: str) -> tuple[str, str] | None:
    kind = entity["type"]
    if kind in SIMPLE:
        return f"<{SIMPLE[kind]}>", f"</{SIMPLE[kind]}>"
    if kind == "expandable_blockquote":
        return "<blockquote expandable>", "</blockquote>"
    address = {
        "text_link": entity.get("url", ""),
        "url": inside if SAFE_ADDRESS.match(inside) else f"http://{inside}",
        "mention": f"https://t.me/{inside[1:]}",
        "email": f"mailto:{inside}",
    }.get(kind, "")
    if not SAFE_ADDRESS.match(address):
        return None
    return f'<a href="{html.escape(address)}">', "</a>"
