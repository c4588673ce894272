"""Text as Telegram keeps it: parsed, cleaned and trimmed, with what it finds in it by itself."""

import re
from typing import Any

from bot.playground.errors import bad_request
from bot.playground.html_mode import parse_html, unparsable
from bot.playground.units import Entity, Parsed, utf16_length

MOST_ENTITIES = 100
CLEANED = {
    **{code: " " for code in range(32) if chr(code) != "\n"},
    **dict.fromkeys(range(0x2028, 0x202F)),
    ord("\r"): None,
}
VERBATIM = frozenset({"code", "pre"})
QUOTES = frozenset({"blockquote", "expandable_blockquote"})

_WORTH_DETECTING = re.compile(r"[/@#.]")
_COMMAND = r"(?P<bot_command>(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@]))"
_EMAIL = r"(?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,})"
_MENTION = r"(?P<mention>(?<![\w/@.])@[A-Za-z][A-Za-z0-9_]{2,31}(?!\w))"
_URL = (
    r"(?P<url>(?:https?://[^\s<>\"]*[^\s<>\".,:;!?()\[\]{}']"
    r"|(?<![\w@./-])(?:[\w-]+\.)+(?:kz|ru|com|org|net|me|gov|info|io)(?![\w.-])"
    r"(?:/[^\s<>\"]*[^\s<>\".,:;!?()\[\]{}'])?))"
)
_HASHTAG = r"(?P<hashtag>(?<![\w#/])#\w*[^\W\d]\w*)"
_AUTOMATIC = re.compile(f"{_URL}|{_EMAIL}|{_COMMAND}|{_MENTION}|{_HASHTAG}")


def formatted(text: str, parse_mode: str, entities: Any) -> Parsed:
    """What a message will say: parsed, trimmed, with commands and addresses found in it."""
    mode = parse_mode.lower()
    text = text.translate(CLEANED)
    if mode == "html":
        text, found = parse_html(text)
    elif mode in {"markdown", "markdownv2"}:
        raise bad_request("the playground reads only the HTML parse mode; use HTML")
    elif mode:
        raise bad_request("unsupported parse_mode")
    else:
        found = _given(entities, utf16_length(text))
    text, found = _trimmed(text, found)
    found = _outside_code(found)
    found += automatic_entities(text, found)
    found.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return text, found[:MOST_ENTITIES]


def automatic_entities(text: str, known: list[Entity] | None = None) -> list[Entity]:
    """Commands, addresses, mentions and hashtags that Telegram finds by itself."""
    if not _WORTH_DETECTING.search(text):
        return []
    taken = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in known or ()
        if entity["type"] in {"code", "pre", "text_link", "text_mention"}
    ]
    found: list[Entity] = []
    for match in _AUTOMATIC.finditer(text):
        offset = utf16_length(text[: match.start()])
        length = utf16_length(match[0])
        if match.lastgroup and not any(
            begin < offset + length and offset < end for begin, end in taken
        ):
            found.append({"type": match.lastgroup, "offset": offset, "length": length})
    return found


def _given(entities: Any, length: int) -> list[Entity]:
    """The entities that came with a text, those that lie within it."""
    if not entities:
        return []
    if not isinstance(entities, list) or not all(isinstance(item, dict) for item in entities):
        raise unparsable("expected an Array of MessageEntity")
    for entity in entities:
        for name, kind in (("type", str), ("offset", int), ("length", int)):
            if not isinstance(entity.get(name), kind):
                raise bad_request(f"can't parse MessageEntity: Can't find field \"{name}\"")
    return [
        dict(entity)
        for entity in entities
        if entity["length"] > 0 and 0 <= entity["offset"] <= length - entity["length"]
    ]


def _outside_code(entities: list[Entity]) -> list[Entity]:
    """Code holds no other formatting: styles inside it go, styles around it are cut at it."""
    verbatim = [entity for entity in entities if entity["type"] in VERBATIM]
    if not verbatim:
        return entities
    kept = list(verbatim)
    for entity in entities:
        if entity["type"] in VERBATIM:
            continue
        if entity["type"] in QUOTES:
            kept.append(entity)
            continue
        begin, end = entity["offset"], entity["offset"] + entity["length"]
        for code in sorted(verbatim, key=lambda code: int(code["offset"])):
            if begin < code["offset"] < end:
                kept.append({**entity, "offset": begin, "length": code["offset"] - begin})
            if code["offset"] < end and begin < code["offset"] + code["length"]:
                begin = code["offset"] + code["length"]
        if begin < end:
            kept.append({**entity, "offset": begin, "length": end - begin})
    return kept


def _trimmed(text: str, entities: list[Entity]) -> Parsed:
    """Without spaces at the ends, and the entities moved with the text."""
    if text and not (text[0].isspace() or text[-1].isspace()):
        return text, entities
    lead = utf16_length(text[: len(text) - len(text.lstrip())])
    text = text.strip()
    length = utf16_length(text)
    kept: list[Entity] = []
    for entity in entities:
        begin = max(0, entity["offset"] - lead)
        end = min(length, entity["offset"] + entity["length"] - lead)
        if end > begin:
            kept.append({**entity, "offset": begin, "length": end - begin})
    return text, kept
