"""The HTML parse mode: tags become entities; every error names the byte where Telegram stops."""

import re
import string
from dataclasses import dataclass, field

from bot.playground.errors import ApiError, bad_request
from bot.playground.units import Entity, Parsed, slice_utf16, utf16_length

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
LANGUAGE_CLASS = "language-"
NAME_TOKEN = frozenset(f"{string.ascii_letters}{string.digits}.-")
_MARKUP = re.compile(r"[<&]")
_CHARACTER = re.compile(r"&(?:([A-Za-z]+)|#([0-9]{1,7})|#x([0-9a-fA-F]{1,6}));?")


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
            raise unparsable(f'Can\'t find end tag corresponding to start tag "{name}"')
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
            raise unparsable(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if name not in TAGS:
            where = self._byte(begin)
            raise unparsable(f'Unsupported start tag "{name}" at byte offset {where}')
        tag = _OpenTag(name, begin, self._length)
        while True:
            self._skip_spaces()
            if self._at >= len(self._source):
                where = self._byte(begin)
                raise unparsable(f'Unclosed start tag "{name}" at byte offset {where}')
            if self._source[self._at] == ">":
                self._at += 1
                break
            self._attribute(tag)
        if name == "span" and tag.attributes.get("class") != "tg-spoiler":
            where = self._byte(begin)
            raise unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self._open.append(tag)

    def _attribute(self, tag: _OpenTag) -> None:
        name = self._read_until(SPACES + "=>/\"'").lower()
        if not name:
            where = self._byte(tag.starts_at)
            raise unparsable(f'Empty attribute name in the tag "{tag.name}" at byte offset {where}')
        self._skip_spaces()
        if self._source[self._at : self._at + 1] != "=":
            if tag.name != "blockquote" or name != "expandable":
                where = self._byte(tag.starts_at)
                raise unparsable(
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
            raise unparsable(f"Unclosed start tag at byte offset {where}")
        if quote:
            begin = self._at
            while self._source[self._at : self._at + 1] in NAME_TOKEN:
                self._at += 1
            after = self._source[self._at : self._at + 1]
            if after and after not in SPACES + ">":
                where = self._byte(begin)
                raise unparsable(f"Unexpected end of name token at byte offset {where}")
            return self._source[begin : self._at].lower()
        where = self._byte(tag.starts_at)
        raise unparsable(f'Unclosed start tag "{tag.name}" at byte offset {where}')

    def _close_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise unparsable(f"Unexpected end tag at byte offset {self._byte(begin)}")
        self._at += 2
        name = self._read_until(SPACES + ">").lower()
        self._skip_spaces()
        if self._source[self._at : self._at + 1] != ">":
            raise unparsable(f"Unclosed end tag at byte offset {self._byte(begin)}")
        tag = self._open.pop()
        if name and name != tag.name:
            raise unparsable(
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


def unparsable(why: str) -> ApiError:
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
