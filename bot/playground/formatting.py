"""Text as Telegram keeps it: HTML parsed into plain text and entities, counted in UTF-16 units."""

import re
from dataclasses import dataclass, field
from typing import Any

from bot.playground.errors import bad_request

Entity = dict[str, Any]
Parsed = tuple[str, list[Entity]]

MOST_ENTITIES = 100
TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
SPACES = " \t\r\n\v\f\0"
CLEANED = {
    **{code: " " for code in range(32) if chr(code) != "\n"},
    **dict.fromkeys(range(0x2028, 0x202F)),
    ord("\r"): None,
}
LANGUAGE_CLASS = "language-"
NAME_TOKEN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-")
VERBATIM = frozenset({"code", "pre"})
QUOTES = frozenset({"blockquote", "expandable_blockquote"})

_MARKUP = re.compile(r"[<&]")
_CHARACTER = re.compile(r"&(?:([A-Za-z]+)|#([0-9]{1,7})|#x([0-9a-fA-F]{1,6}));?")
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


def utf16_length(text: str) -> int:
    """The length of a text in the units that Telegram counts."""
    if text.isascii():
        return len(text)
    return len(text) + sum(character > "\uffff" for character in text)


@dataclass(slots=True)
class _OpenTag:
    name: str
    starts_at: int
    position: int
    attributes: dict[str, str] = field(default_factory=dict)


class _HtmlParser:
    """Reads one message in the HTML mode; every error names the byte where Telegram would stop."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._out: list[str] = []
        self._length = 0
        self._open: list[_OpenTag] = []
        self._entities: list[Entity] = []

    def parse(self) -> Parsed:
        source = self._source
        end = len(source)
        while self._at < end:
            character = source[self._at]
            if character == "<":
                if source.startswith("</", self._at):
                    self._close_tag()
                else:
                    self._open_tag()
            elif character == "&":
                self._character()
            else:
                following = _MARKUP.search(source, self._at)
                stop = following.start() if following else end
                self._put(source[self._at : stop])
                self._at = stop
        if self._open:
            name = self._open[-1].name
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{name}"')
        return "".join(self._out), self._entities

    def _put(self, text: str) -> None:
        self._out.append(text)
        self._length += utf16_length(text)

    def _byte(self, position: int) -> int:
        return len(self._source[:position].encode())

    def _character(self) -> None:
        match = _CHARACTER.match(self._source, self._at)
        decoded = _decode_character(match) if match else ""
        if not match or not decoded:
            self._put("&")
            self._at += 1
            return
        self._put(decoded)
        self._at = match.end()

    def _skip_spaces(self) -> None:
        source, end = self._source, len(self._source)
        while self._at < end and source[self._at] in SPACES:
            self._at += 1

    def _read_until(self, stops: str) -> str:
        source, end, begin = self._source, len(self._source), self._at
        while self._at < end and source[self._at] not in stops:
            self._at += 1
        return source[begin : self._at]

    def _open_tag(self) -> None:
        begin = self._at
        self._at += 1
        name = self._read_until(SPACES + ">").lower()
        if self._at >= len(self._source):
            raise _unparsable(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if name not in TAGS:
            where = self._byte(begin)
            raise _unparsable(f'Unsupported start tag "{name}" at byte offset {where}')
        tag = _OpenTag(name, begin, self._length)
        while True:
            self._skip_spaces()
            if self._at >= len(self._source):
                where = self._byte(begin)
                raise _unparsable(f'Unclosed start tag "{name}" at byte offset {where}')
            if self._source[self._at] == ">":
                self._at += 1
                break
            self._attribute(tag)
        if name == "span" and tag.attributes.get("class") != "tg-spoiler":
            where = self._byte(begin)
            raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self._open.append(tag)

    def _attribute(self, tag: _OpenTag) -> None:
        name = self._read_until(SPACES + "=>/\"'").lower()
        if not name:
            where = self._byte(tag.starts_at)
            raise _unparsable(
                f'Empty attribute name in the tag "{tag.name}" at byte offset {where}'
            )
        self._skip_spaces()
        if self._source[self._at : self._at + 1] != "=":
            if tag.name != "blockquote" or name != "expandable":
                where = self._byte(tag.starts_at)
                raise _unparsable(
                    "Expected equal sign in declaration of an attribute of the tag "
                    f'"{tag.name}" at byte offset {where}'
                )
            tag.attributes[name] = ""
            return
        self._at += 1
        self._skip_spaces()
        tag.attributes[name] = self._value(tag)

    def _value(self, tag: _OpenTag) -> str:
        quote = self._source[self._at : self._at + 1]
        if quote in {"'", '"'}:
            self._at += 1
            raw = self._read_until(quote)
            if self._at < len(self._source):
                self._at += 1
                return _CHARACTER.sub(lambda match: _decode_character(match) or match[0], raw)
            where = self._byte(tag.starts_at)
            raise _unparsable(f"Unclosed start tag at byte offset {where}")
        if quote:
            begin = self._at
            while self._source[self._at : self._at + 1] in NAME_TOKEN:
                self._at += 1
            after = self._source[self._at : self._at + 1]
            if after and after not in SPACES + ">":
                where = self._byte(begin)
                raise _unparsable(f"Unexpected end of name token at byte offset {where}")
            return self._source[begin : self._at].lower()
        where = self._byte(tag.starts_at)
        raise _unparsable(f'Unclosed start tag "{tag.name}" at byte offset {where}')

    def _close_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise _unparsable(f"Unexpected end tag at byte offset {self._byte(begin)}")
        self._at += 2
        name = self._read_until(SPACES + ">").lower()
        self._skip_spaces()
        if self._source[self._at : self._at + 1] != ">":
            raise _unparsable(f"Unclosed end tag at byte offset {self._byte(begin)}")
        tag = self._open.pop()
        if name and name != tag.name:
            raise _unparsable(
                f"Unmatched end tag at byte offset {self._byte(begin)}, "
                f'expected "</{tag.name}>", found "</{name}>"'
            )
        self._at += 1
        if self._length > tag.position:
            self._keep(tag)

    def _keep(self, tag: _OpenTag) -> None:
        entity: Entity = {
            "type": TAGS[tag.name],
            "offset": tag.position,
            "length": self._length - tag.position,
        }
        if tag.name == "a" and not self._describe_link(tag, entity):
            return
        if tag.name == "tg-emoji":
            entity["custom_emoji_id"] = tag.attributes.get("emoji-id", "")
        if tag.name == "blockquote" and "expandable" in tag.attributes:
            entity["type"] = "expandable_blockquote"
        if tag.name == "code" and self._open and self._open[-1].name == "pre":
            language = tag.attributes.get("class", "").removeprefix(LANGUAGE_CLASS)
            if language and self._open[-1].position == tag.position:
                self._open[-1].attributes["language"] = language
            return
        if tag.name == "pre" and "language" in tag.attributes:
            entity["language"] = tag.attributes["language"]
        self._entities.append(entity)

    def _describe_link(self, tag: _OpenTag, entity: Entity) -> bool:
        """Fill the entity of a link; False when the address is none and the text stays plain."""
        inside = slice_utf16("".join(self._out), entity["offset"], entity["length"])
        url = tag.attributes.get("href") or inside
        person = re.fullmatch(r"tg://user\?id=(\d+)", url)
        if person:
            entity["type"] = "text_mention"
            entity["user"] = {"id": int(person[1])}
            return True
        entity["url"] = _checked_url(url)
        return bool(entity["url"])


def parse_html(source: str) -> Parsed:
    """The text and the entities of a message in the HTML mode, or the error that Telegram gives."""
    if "<" not in source and "&" not in source:
        return source, []
    return _HtmlParser(source).parse()


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


def slice_utf16(text: str, offset: int, length: int) -> str:
    """A part of the text, by Telegram's units."""
    encoded = text.encode("utf-16-le")
    return encoded[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")


def _unparsable(why: str) -> Exception:
    return bad_request(f"can't parse entities: {why}")


def _decode_character(match: re.Match[str]) -> str:
    name, decimal, hexadecimal = match.groups()
    if name:
        return CHARACTERS.get(name, "")
    code = int(decimal) if decimal else int(hexadecimal, 16)
    surrogate = 0xD800 <= code <= 0xDFFF  # noqa: PLR2004
    return "" if code == 0 or surrogate or code > 0x10FFFF else chr(code)  # noqa: PLR2004


def _checked_url(url: str) -> str:
    """The address if it is one that Telegram makes a link of, otherwise nothing."""
    url = url.strip()
    if re.match(r"(?i)(https?|tg|ton|mailto|tel):", url):
        return url
    if re.match(r"[\w-]+(\.[\w-]+)+([/?#]|$)", url):
        return f"http://{url}"
    return ""


def _given(entities: Any, length: int) -> list[Entity]:
    """The entities that came with a text, those that lie within it."""
    if not entities:
        return []
    if not isinstance(entities, list) or not all(isinstance(item, dict) for item in entities):
        raise _unparsable("expected an Array of MessageEntity")
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
