"""Phones, faxes, e-mails and sites out of the text of a cell, each as it was printed."""

import re
from dataclasses import dataclass, field

from tools.acts.letters import Letters, tidy
from tools.acts.words import Words

EMAIL = re.compile(r"^[A-Za-z0-9_][A-Za-z0-9_.+-]*(?<!\.)@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$")
SITE = re.compile(
    r"^(?:https?://)?(?:www\.)?(?:[A-Za-z0-9_-]{2,}\.|[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.)[A-Za-z0-9_.-]+(?:/[\w.#/-]*)?$"
)
LATIN_PIECE = re.compile(r"[\w.+/:\\-]*(?:@[\w.+/-]*|\.(?:kz|ru|com|org|net)\b[\w./-]*|https?:\S*)")
NUMBER = re.compile(r"(?:\+?[78][\s-]*)?(?:\(\s*\d[\d\s-]*\)[\s-]*)?\d(?:[\d\s-]*\d)?")
SEVERAL = re.compile(r"(?<=\d\d)\s+(?=8\s*[(-]|\(\d)|(?<=\d)\s*(?=8-7\d\d)")
UNCLOSED = re.compile(r"\((\d{3,5}|7\d\d \d\d) (?=\d[\d-]*(?:[,\s]|$))")
UNOPENED = re.compile(r"(?<![\d(])(7\d{3,4})\)")
TRAILING_PHONE = re.compile(r"(?:^|\s)(8[\s-]*\(?7\d[\d\s()-]*|\d{7}|\d{2,3}-\d\d-\d\d)\s*$")
# Where print parts an e-mail or a site: around its signs, and in the midst of its domain.
GAP_IN_LATIN = re.compile(r"\s*@\s*|(?<=_)\s+(?=\w)|(?<=\w-)\s+(?=[a-z])|\s*\n(?=\.[a-z])")
GAP_IN_DOMAIN = re.compile(r"(@[\w-]+\.)\s+(?=[a-z]+\.kz\b)")
NATIONAL_LENGTH = 10


@dataclass
class Contacts:
    """What a cell says beside name and address."""

    phones: list[str] = field(default_factory=list)
    faxes: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    websites: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


class ContactReader:
    """Reads contacts by the marks of the word file."""

    def __init__(self, words: Words, letters: Letters) -> None:
        self._letters = letters
        self._email_mark = re.compile(rf"{words.email_mark}[.:\s]*", re.IGNORECASE)
        self._nothing = re.compile(rf"^{words.nothing}$", re.IGNORECASE)
        self._marks = re.compile(
            rf"(?P<both>{words.phone_mark}\s*[/,]\s*{words.fax_mark})"
            rf"|(?P<fax>{words.fax_mark})|(?P<phone>{words.phone_mark})",
            re.IGNORECASE,
        )

    def part(self, text: str, *, trailing_phone: bool) -> tuple[str, str]:
        """An address and the contacts printed after it in the same cell."""
        mark = self._marks.search(text)
        phone = TRAILING_PHONE.search(text) if trailing_phone else None
        at = mark.start() if mark else phone.start(1) if phone else len(text)
        address, contacts = text[:at], text[at:]
        found = Contacts()
        rest = self._take_latin(address, found)
        return rest, "\n".join([contacts, *found.emails, *found.websites, *found.unread])

    def read(self, text: str) -> Contacts:
        """All contacts of a text that holds nothing else."""
        found = Contacts()
        rest = self._take_latin(self._email_mark.sub(" \u2063", text), found)
        self._take_phones(rest, found)
        return found

    def read_sites(self, text: str, found: Contacts) -> None:
        """E-mails and sites of a cell that holds nothing else, spaces inside them closed."""
        closed = GAP_IN_LATIN.sub(lambda gap: gap.group().strip(), text)
        closed = GAP_IN_DOMAIN.sub(r"\1", closed)
        for piece in re.split(r"[;,\n]", closed):
            if self._nothing.match(piece.strip()):
                continue
            tokens = piece.split()
            latin = [self._letters.latin(token).strip(".") for token in tokens]
            if not all(EMAIL.match(token) or SITE.match(token) for token in latin):
                tokens = ["".join(tokens)]
            for token in tokens:
                if token.strip("."):
                    self._sort_latin(token, found)

    def _take_latin(self, text: str, found: Contacts) -> str:
        joined = re.sub(r"\s*@\s*", "@", text)
        joined = re.sub(r"(?<=[A-Za-z]_)\s+(?=[A-Za-z])|(?<=www\.)\s+", "", joined)
        joined = re.sub(r"(?<=[A-Za-z])\s*\n\s*(?=[-.][A-Za-z])", "", joined)
        taken: list[str] = []

        def take(match: re.Match[str]) -> str:
            taken.append(match.group())
            return " "

        rest = LATIN_PIECE.sub(take, joined)
        for piece in taken:
            self._sort_latin(piece, found)
        return rest

    def _sort_latin(self, piece: str, found: Contacts) -> None:
        piece = piece.strip(".,;:-/ ")
        text = self._letters.latin(piece)
        if EMAIL.match(text):
            _add(found.emails, text)
        elif SITE.match(text) and "@" not in text:
            _add(found.websites, text)
        else:
            _add(found.unread, piece)

    def _take_phones(self, text: str, found: Contacts) -> None:
        text = re.sub(r"(?<=\d-)\s+(?=\d)|(?<=\d)\s+(?=-\d)|\s+(?=\))|(?<=\()\s+", "", text)
        text = UNOPENED.sub(r"(\1)", UNCLOSED.sub(r"(\1) ", text))
        at = 0
        sort = "phone"
        for mark in [*self._marks.finditer(text), None]:
            self._sort_numbers(text[at : mark.start() if mark else None], sort, found)
            if mark:
                at, sort = mark.end(), mark.lastgroup or "phone"

    def _sort_numbers(self, text: str, sort: str, found: Contacts) -> None:
        for chunk in re.split(r"[,;\u2063]|\n(?=\d{3}-)", text):
            for part in SEVERAL.split(chunk):
                for number in split_numbers(part):
                    if sort in ("phone", "both"):
                        _add(found.phones, number)
                    if sort in ("fax", "both"):
                        _add(found.faxes, number)
        leftover = tidy(re.sub(r"[\d\s()+.,:;/\u2063-]+", " ", text))
        if len(leftover) > 1 and not self._nothing.match(leftover):
            found.unread.append(leftover)


def split_numbers(text: str) -> list[str]:
    """The numbers of a text without marks; two seven-digit numbers side by side are parted."""
    found = []
    for match in NUMBER.finditer(text):
        number = re.sub(r"\s+", " ", match.group()).strip(" -")
        found += _parted(number)
    return [number for number in found if len(_digits(number)) > 1]


def _parted(number: str) -> list[str]:
    code = re.match(r"(?:[+78\s-]*)\(([\d\s-]+)\)[\s-]*", number)
    local = number[code.end() :] if code else number
    pieces = local.split()
    length = NATIONAL_LENGTH - len(_digits(code.group(1)).removeprefix("8")) if code else None
    whole = {length} if length else {6, 7}
    area_code_apart = not code and re.match(r"87\d{4}$", pieces[0])
    if (
        len(pieces) > 1
        and not area_code_apart
        and all(len(_digits(piece)) in whole for piece in pieces)
    ):
        return [f"{code.group() if code else ''}{pieces[0]}", *pieces[1:]]
    return [number]


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _add(to: list[str], item: str) -> None:
    if item not in to:
        to.append(item)
