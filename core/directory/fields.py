"""The fields of an office that people may write: how each is read, checked and shown in a table.

The chat, the import and the reports of parents all go through here, so that a value that one takes
none of the others refuses.
"""

import copy
import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

import phonenumbers

from core.directory.bodies import Body, value_of
from core.directory.mistakes import MistakeError, Wrong
from core.directory.model import Kind, Position, Role
from core.directory.timetable import Timetables, same, written
from core.directory.words import Words, by_word, plain
from core.places.model import Place
from core.places.within import region_of
from core.sheets.model import Cell, Failure, Formula

SEPARATOR = "; "
LONGEST_TEXT = 500
LONGEST_ITEM = 200
MOST_ITEMS = 20
SHORTEST_PHONE = 7
POSTCODE_DIGITS = 6
LATITUDES, LONGITUDES = (40.0, 56.0), (46.0, 88.0)
"""Between which degrees the country lies, generously."""

NUMBER = re.compile(r"^-?\d{1,3}(?:[.,]\d+)?$")
PHONE = re.compile(r"^\+7(?:7\d{9}|800\d{7})$")
EMAIL = re.compile(r"^[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}$", re.ASCII)
WEBSITE = re.compile(r"^(?:https?://)?[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?::\d+)?(?:/\S*)?$")
POSTCODE = re.compile(r"^(?:\d{6}|[A-Z]\d{2}[A-Z]\d[A-Z\d]\d)$")
DAY = re.compile(r"^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$")
SERVED = re.compile(r"^([^(]+?)\s*(?:\(([^)]*)\))?$")
LOST = re.compile(r"\w\?|\?\w|\?\?")
"""Where Kazakh letters were before the text was saved in a code page that has none."""
_ITEMS = re.compile(r"\s*[;\n]\s*|\s*,\s+|,(?=\+|8)")
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Signs that nobody types and nobody sees."""
_HIDDEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_FORMATTING = re.compile(f"[{_HIDDEN}]")
"""Signs that come along when a text is copied from a page, and say nothing."""
_AS_IT_IS = re.compile(rf"[^\s{_HIDDEN}]+(?: [^\s{_HIDDEN}]+)*\Z|\Z")
"""A text with no spaces but single ones between words: most are such."""
_SPACES = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class Around:
    """What values are checked against: places, services, the words of the data, the day."""

    places: Mapping[str, Place]
    services: Mapping[str, Sequence[str]]
    """Every service by its id, with the titles that people may write instead."""
    words: Words
    kinds: Mapping[str, Sequence[str]]
    """What kinds of office are called in full."""
    today: dt.date
    timetables: Timetables = field(init=False)
    named_places: Mapping[str, Sequence[str]] = field(init=False)
    kind_words: Mapping[str, Kind] = field(init=False)
    service_words: Mapping[str, str] = field(init=False)
    role_words: Mapping[str, Role] = field(init=False)
    position_words: Mapping[str, Position] = field(init=False)

    def __post_init__(self) -> None:
        """Make ready what is looked up for every row."""
        words = self.words
        kinds = {
            each: (*self.kinds.get(each, ()), *words.kinds.get(each, ())) for each in get_args(Kind)
        }
        for name, value in (
            ("timetables", Timetables(words)),
            ("named_places", _named_places(self.places)),
            ("kind_words", by_word(kinds)),
            ("service_words", by_word(self.services)),
            ("role_words", by_word({k: v.every() for k, v in words.roles.items()})),
            ("position_words", by_word({k: v.every() for k, v in words.positions.items()})),
        ):
            object.__setattr__(self, name, value)

    def on(self, today: dt.date) -> "Around":
        """The same on another day; what is looked up is not made anew."""
        other = copy.copy(self)
        object.__setattr__(other, "today", today)
        return other


@dataclass(frozen=True, slots=True)
class Given:
    """What is given for a field, of which office, among what."""

    text: str
    cell: Cell
    body: Body
    present: Any
    around: Around


Read = Callable[[Given], Any]
Show = Callable[[Any], str | float | None]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name in tables, where an office keeps it, how it is read and shown."""

    name: str
    at: str
    read: Read
    show: Show
    needed: bool = False

    def shown(self, body: Body) -> str | float | None:
        """What a table has in it."""
        return self.show(value_of(body, self.at))

    def is_shown_so(self, body: Body, cell: Cell) -> bool:
        """Whether a cell says just what the office has already."""
        shown = self.shown(body)
        if cell == shown:
            return True
        if cell is None:
            return not shown and not isinstance(shown, float)
        if isinstance(cell, Formula | Failure):
            return False
        if isinstance(shown, float) and isinstance(cell, int | float):
            return False
        return text_of(cell) == text_of(shown)

    def taken(self, cell: Cell, body: Body, around: Around) -> Any:
        """The value that a cell gives; raises MistakeError."""
        present = value_of(body, self.at)
        if isinstance(cell, Formula):
            raise MistakeError(Wrong.FORMULA)
        if isinstance(cell, Failure):
            raise MistakeError(Wrong.FAILED_CELL, given=cell.text)
        text = text_of(cell)
        if UNSEEN.search(text):
            raise MistakeError(Wrong.UNSEEN)
        if not text and self.needed:
            raise MistakeError(Wrong.MISSING)
        return self.read(Given(text, cell, body, present, around))


def text_of(cell: Cell) -> str:
    """A cell as a text, with the spaces that nobody sees taken away."""
    if isinstance(cell, str):
        return _tidy(cell)
    match cell:
        case None:
            return ""
        case bool():
            return "1" if cell else "0"
        case float():
            return repr(cell).removesuffix(".0")
        case Formula() | Failure():
            return cell.text
        case _:
            return str(cell)


def _tidy(text: str) -> str:
    if _AS_IT_IS.match(text) and unicodedata.is_normalized("NFC", text):
        return text
    lines = unicodedata.normalize("NFC", _FORMATTING.sub("", text)).splitlines()
    return "\n".join(filter(None, (_SPACES.sub(" ", each).strip() for each in lines)))


def _named_places(places: Mapping[str, Place]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in places.values():
        names = (each.id, each.kk, each.ru, *each.also, each.today_kk or "", each.today_ru or "")
        for name in {plain(name) for name in (*names, each.shown_kk, each.shown_ru)} - {""}:
            found.setdefault(name, []).append(each.id)
    return found


def _words(given: Given) -> str:
    """A text for people: look-alike letters of the other alphabet are put right."""
    text = " ".join(given.text.split())
    if len(text) > LONGEST_TEXT:
        raise MistakeError(Wrong.TOO_LONG, most=LONGEST_TEXT)
    if text and not any(each.isalpha() for each in text):
        raise MistakeError(Wrong.NO_LETTERS)
    if LOST.search(text):
        raise MistakeError(Wrong.LOST_LETTERS)
    return given.around.words.folded(text)


def _kind(given: Given) -> Kind:
    found = given.around.kind_words.get(plain(given.text))
    if found is None:
        raise MistakeError(Wrong.KIND, given=given.text)
    return found


def _place(given: Given, fits: Callable[[Place], bool]) -> str | None:
    """The place that a text names, by its id or by its whole name."""
    if not given.text:
        return None
    places = given.around.places
    if given.text in places:
        named = [given.text]
    else:
        named = list(given.around.named_places.get(plain(given.text), ()))
    if not named:
        raise MistakeError(Wrong.PLACE, given=given.text)
    fitting = [each for each in named if fits(places[each])]
    if not fitting:
        raise MistakeError(Wrong.PLACE_ELSEWHERE, given=given.text)
    if len(fitting) > 1:
        raise MistakeError(Wrong.SEVERAL_PLACES, given=given.text, ids=", ".join(fitting))
    return fitting[0]


def _region(given: Given) -> str | None:
    return _place(given, lambda place: place.parent is None)


def _district(given: Given) -> str | None:
    region = given.body["region"]
    if given.text and region is None:
        raise MistakeError(Wrong.NO_REGION)
    return _place(given, lambda place: place.parent == region)


def _locality(given: Given) -> str | None:
    region, district = given.body["region"], given.body["district"]
    places = given.around.places
    if given.text and region is None:
        raise MistakeError(Wrong.NO_REGION)

    def fits(place: Place) -> bool:
        if region_of(places, place) != region or (place.id == region and place.kind == "region"):
            return False
        inside = district is None or _lies_in(places, place, district)
        # The city of a region is no part of the district beside it whose seat it is.
        return inside or place.kind == "city"

    return _place(given, fits)


def _lies_in(places: Mapping[str, Place], place: Place, other: str) -> bool:
    while place.id != other:
        if place.parent is None:
            return False
        place = places[place.parent]
    return True


def _items(given: Given, read: Callable[[str], str]) -> list[str]:
    """A list; what the office has already is taken as it stands."""
    kept = set(given.present or ())
    items = [each.strip() for each in _ITEMS.split(given.text) if each.strip(" ,")]
    if len(items) > MOST_ITEMS:
        raise MistakeError(Wrong.TOO_LONG, most=MOST_ITEMS)
    return list(dict.fromkeys(each if each in kept else read(each) for each in items))


def _phones(given: Given) -> list[str]:
    return _items(given, _phone)


def _phone(text: str) -> str:
    if PHONE.match(text):
        return text
    digits = re.sub(r"\D", "", text)
    if not digits:
        raise MistakeError(Wrong.PHONE, given=text)
    if len(digits) < SHORTEST_PHONE or (len(digits) == SHORTEST_PHONE and text[0] != "+"):
        raise MistakeError(Wrong.PHONE_SHORT, given=text)
    try:
        read = phonenumbers.parse(text, "KZ")
    except phonenumbers.NumberParseException as wrong:
        raise MistakeError(Wrong.PHONE, given=text) from wrong
    whole = phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164)
    if read.country_code != 7:  # noqa: PLR2004 - the code of the country
        raise MistakeError(Wrong.PHONE_ABROAD, given=text)
    if read.extension or not PHONE.match(whole):
        raise MistakeError(Wrong.PHONE, given=text)
    return whole


def _emails(given: Given) -> list[str]:
    def read(text: str) -> str:
        address = given.around.words.latin(text.removeprefix("mailto:"))
        if len(address) > LONGEST_ITEM or not EMAIL.match(address) or ".." in address:
            raise MistakeError(Wrong.EMAIL, given=text)
        return address

    return _items(given, read)


def _websites(given: Given) -> list[str]:
    def read(text: str) -> str:
        if len(text) > LONGEST_ITEM or not WEBSITE.match(text) or ".." in text:
            raise MistakeError(Wrong.WEBSITE, given=text)
        return text if text.startswith(("http://", "https://")) else f"http://{text}"

    return _items(given, read)


def _postcode(given: Given) -> str | None:
    text = given.text.upper().replace(" ", "")
    if isinstance(given.cell, int) and len(text) < POSTCODE_DIGITS:
        # Excel takes it for a number and drops the zero before it.
        text = text.zfill(POSTCODE_DIGITS)
    if text and not POSTCODE.match(text):
        raise MistakeError(Wrong.POSTCODE, given=given.text)
    return text or None


def _hours(given: Given) -> list[dict[str, Any]]:
    read = given.around.timetables.read(given.text)
    present: list[dict[str, Any]] = given.present or []
    return present if same(read, present) else read


def _degrees(given: Given, bounds: tuple[float, float], others: tuple[float, float]) -> Any:
    if not given.text:
        return None
    text = given.text.replace(" ", "").rstrip("\u00b0")
    if not NUMBER.match(text):
        raise MistakeError(Wrong.DEGREES, given=given.text)
    value = float(text.replace(",", "."))
    if bounds[0] <= value <= bounds[1]:
        return round(value, 6)
    swapped = others[0] <= value <= others[1]
    raise MistakeError(Wrong.SWAPPED if swapped else Wrong.ABROAD, given=given.text)


def _latitude(given: Given) -> float | None:
    value: float | None = _degrees(given, LATITUDES, LONGITUDES)
    return value


def _longitude(given: Given) -> float | None:
    value: float | None = _degrees(given, LONGITUDES, LATITUDES)
    return value


def _position(given: Given) -> Position | None:
    if not given.text:
        return None
    found = given.around.position_words.get(plain(given.text))
    if found is None:
        raise MistakeError(Wrong.POSITION, given=given.text)
    return found


def _yes(given: Given) -> bool:
    words = given.around.words
    text = given.text.casefold()
    if text and text not in {each.casefold() for each in (*words.yes, *words.no)}:
        raise MistakeError(Wrong.YES_NO, given=given.text)
    return text in {each.casefold() for each in words.yes}


def _day(given: Given) -> str | None:
    if not given.text:
        return None
    found = DAY.match(given.text)
    try:
        if found:
            day = dt.date(int(found[3]), int(found[2]), int(found[1]))
        else:
            day = dt.date.fromisoformat(given.text[: len("2026-01-01")])
    except ValueError as wrong:
        raise MistakeError(Wrong.DATE, given=given.text) from wrong
    if day > given.around.today:
        raise MistakeError(Wrong.FUTURE, given=given.text)
    return day.isoformat()


def _serves(given: Given) -> list[dict[str, str]]:
    items = [each.strip() for each in re.split(r"[;\n]", given.text) if each.strip()]
    found = [pair for each in items for pair in _served(each, given)]
    return [{"service": service, "as": role} for service, role in dict.fromkeys(found)]


def _served(item: str, given: Given) -> Iterable[tuple[str, Role]]:
    parts = SERVED.match(item)
    service = given.around.service_words.get(plain(parts[1])) if parts else None
    if parts is None or service is None:
        raise MistakeError(Wrong.SERVICE, given=item)
    for word in (parts[2] or "provider").split(","):
        role = given.around.role_words.get(plain(word))
        if role is None:
            raise MistakeError(Wrong.ROLE, given=word.strip())
        yield service, role


def _shown_text(value: Any) -> str:
    return value or ""


def _shown_list(value: Any) -> str:
    return SEPARATOR.join(value or ())


def _shown_yes(value: Any) -> str:
    return "1" if value else ""


def _shown_number(value: Any) -> float | None:
    return None if value is None else float(value)


def _shown_hours(value: Any) -> str:
    return written(value or ())


def _shown_serves(value: Any) -> str:
    roles: dict[str, list[str]] = {}
    for each in value or ():
        roles.setdefault(each["service"], []).append(each["as"])
    return SEPARATOR.join(f"{service} ({', '.join(named)})" for service, named in roles.items())


FIELDS = (
    Field("kind", "kind", _kind, _shown_text, needed=True),
    Field("name_kk", "name.kk", _words, _shown_text, needed=True),
    Field("name_ru", "name.ru", _words, _shown_text, needed=True),
    Field("region", "region", _region, _shown_text),
    Field("district", "district", _district, _shown_text),
    Field("locality", "locality", _locality, _shown_text),
    Field("address_kk", "address.kk", _words, _shown_text),
    Field("address_ru", "address.ru", _words, _shown_text),
    Field("postcode", "postcode", _postcode, _shown_text),
    Field("phones", "phones", _phones, _shown_list),
    Field("faxes", "faxes", _phones, _shown_list),
    Field("emails", "emails", _emails, _shown_list),
    Field("websites", "websites", _websites, _shown_list),
    Field("hours", "hours", _hours, _shown_hours),
    Field("lat", "lat", _latitude, _shown_number),
    Field("lon", "lon", _longitude, _shown_number),
    Field("position", "position", _position, _shown_text),
    Field("closed", "closed", _yes, _shown_yes),
    Field("verified_on", "verified_on", _day, _shown_text),
    Field("serves", "serves", _serves, _shown_serves),
)
"""In an order in which what a field is checked against was read before it."""

BY_NAME = {each.name: each for each in FIELDS}
