"""Values in words: what the fields of an office are called, and how what they hold is told.

A field here is what a keeper thinks of as one: a place is region, district and settlement together,
a position is two numbers and how exact they are.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from core.directory.bodies import Body, value_of, with_values
from core.directory.fields import Around
from core.directory.model import Text
from core.knowledge import Knowledge
from core.store.changes import Pair
from dialogs.markup import clip, lines
from dialogs.offices.looking import place_in_full
from dialogs.speech import Speech

PARTS: Mapping[str, tuple[str, ...]] = {
    "name_kk": ("name.kk",),
    "name_ru": ("name.ru",),
    "kind": ("kind",),
    "place": ("region", "district", "locality"),
    "address_kk": ("address.kk",),
    "address_ru": ("address.ru",),
    "postcode": ("postcode",),
    "point": ("lat", "lon", "position"),
    "phones": ("phones",),
    "faxes": ("faxes",),
    "emails": ("emails",),
    "websites": ("websites",),
    "hours": ("hours",),
    "serves": ("serves",),
    "verified_on": ("verified_on",),
    "closed": ("closed",),
    "reception": ("reception",),
    "phones_as_printed": ("phones_as_printed",),
    "listings": ("listings",),
    "into": ("into",),
}
"""The fields that are told of, in their order, each with what an office keeps of it."""

PAGES = (
    ("name_kk", "name_ru", "address_kk", "address_ru", "phones", "hours"),
    ("point", "place", "postcode", "emails", "websites", "faxes"),
    ("kind", "serves", "verified_on"),
)
"""The fields that are changed by writing or sending something, as they stand together."""

EDITABLE = tuple(name for page in PAGES for name in page)
NEEDED = frozenset({"name_kk", "name_ru", "kind", "place"})
"""What no office is without."""

LONGEST_VALUE = 300


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of an office with what it held and what it holds."""

    name: str
    old: str
    new: str


def field_called(say: Speech, around: Around, name: str) -> str:
    """What a field is called."""
    own = {
        "place": say.label("Place"),
        "point": say.label("Position on the map"),
        "closed": say.label("Whether it is open"),
        "reception": say.label("Who receives people, and when"),
        "phones_as_printed": say.label("Phones as printed"),
        "listings": say.label("Rows of the acts"),
        "into": say.label("Joined to"),
    }
    return own.get(name) or say.of(around.words.columns[name])


def value_told(say: Speech, knowledge: Knowledge, body: Body, name: str) -> str:
    """What an office has in a field, in words; nothing if it has nothing."""
    tell = _OWN.get(name, _plainly)
    return tell(_Told(say, knowledge, body), name)


def shortly(say: Speech, value: str, room: int = LONGEST_VALUE) -> str:
    """A value as far as there is room, or that there is none."""
    return clip(value, room) if value else say.label("not given")


def have_line(say: Speech, knowledge: Knowledge, body: Body, names: Iterable[str]) -> Markup | None:
    """What the directory has in these fields, a line each; nothing where none is asked for."""
    told = [
        say(
            "{field}: {value}",
            field=field_called(say, knowledge.around, each),
            value=shortly(say, value_told(say, knowledge, body, each)),
        )
        for each in names
    ]
    return lines(say("This is what I have:"), *told) if told else None


def differences_told(
    say: Speech, knowledge: Knowledge, pairs: Mapping[str, Pair], present: Body
) -> Iterator[Difference]:
    """What changed, field by field, as a person sees it."""
    before = with_values(present, {name: old for name, (old, _) in pairs.items()})
    after = with_values(present, {name: new for name, (_, new) in pairs.items()})
    if "serves" in pairs:
        # Of many services only those are told that come and go.
        had, has = before["serves"] or (), after["serves"] or ()
        before["serves"] = [each for each in had if each not in has]
        after["serves"] = [each for each in has if each not in had]
    for name, parts in PARTS.items():
        if any(each in pairs for each in parts):
            old, new = (value_told(say, knowledge, body, name) for body in (before, after))
            if old != new:
                yield Difference(name, old, new)


@dataclass(frozen=True, slots=True)
class _Told:
    """To whom a value is told, and of which office it is."""

    say: Speech
    knowledge: Knowledge
    body: Body


def _plainly(told: _Told, name: str) -> str:
    value = value_of(told.body, PARTS[name][0])
    return ", ".join(value) if isinstance(value, list | tuple) else str(value or "")


def _kind(told: _Told, _: str) -> str:
    kind = told.body.get("kind")
    return told.say.of(told.knowledge.kinds[kind]) if kind else ""


def _place(told: _Told, _: str) -> str:
    directory = told.knowledge.directory
    for each in reversed(PARTS["place"]):
        place = directory.places.get(told.body.get(each) or "")
        if place is not None:
            return place_in_full(told.say, place, directory)
    return ""


def _point(told: _Told, _: str) -> str:
    lat, lon = told.body.get("lat"), told.body.get("lon")
    if lat is None or lon is None:
        return ""
    how = {
        "exact": told.say.label("exact"),
        "locality": told.say.label("the middle of its settlement"),
        "district": told.say.label("the middle of its district"),
    }.get(told.body.get("position") or "")
    point = f"{lat:.5f}, {lon:.5f}"
    return f"{point} ({how})" if how else point


def _hours(told: _Told, _: str) -> str:
    return "; ".join(told.say.of(Text(**each["text"])) for each in told.body.get("hours") or ())


def _serves(told: _Told, _: str) -> str:
    """The services in words that can be sent back."""
    roles: dict[str, list[str]] = {}
    words, services = told.knowledge.around.words.roles, told.knowledge.library.services
    for each in told.body.get("serves") or ():
        role = told.say.of(words[each["as"]])
        roles.setdefault(each["service"], []).append(role)
    named = {
        each: told.say.of(services[each].short) if each in services else each for each in roles
    }
    return "; ".join(f"{named[each]} ({', '.join(done)})" for each, done in roles.items())


def _day(told: _Told, _: str) -> str:
    day = told.body.get("verified_on")
    return told.say.date(dt.date.fromisoformat(day)) if day else ""


def _closed(told: _Told, _: str) -> str:
    if told.body.get("closed") is None:
        return ""
    return told.say.label("closed for good") if told.body["closed"] else told.say.label("open")


def _receptions(told: _Told, _: str) -> str:
    return "; ".join(
        f"{told.say.of(Text(**each['who']))}, {told.say.of(Text(**each['when']))}"
        for each in told.body.get("reception") or ()
    )


def _listings(told: _Told, _: str) -> str:
    """How many rows name it: their words are shown with the office itself."""
    number = len(told.body.get("listings") or ())
    return str(told.say.plural("{number} row", "{number} rows", number)) if number else ""


def _into(told: _Told, _: str) -> str:
    office = told.knowledge.directory.offices.get(told.body.get("into") or "")
    return told.say.of(office.name) if office else str(told.body.get("into") or "")


_OWN: Mapping[str, Callable[[_Told, str], str]] = {
    "kind": _kind,
    "place": _place,
    "point": _point,
    "hours": _hours,
    "serves": _serves,
    "verified_on": _day,
    "closed": _closed,
    "reception": _receptions,
    "listings": _listings,
    "into": _into,
}


def example_of(say: Speech, name: str) -> str:
    """How a value may be written; nothing where it needs no telling."""
    return {
        "address_kk": say.label("1 Abay street"),
        "address_ru": say.label("1 Abay street"),
        "postcode": "100000",
        "point": "49.80642, 73.08537",
        "phones": "+7 7212 00 00 00, +7 700 000 00 00",
        "faxes": "+7 7212 00 00 00",
        "emails": "school@example.kz",
        "websites": "www.example.kz",
        "hours": say.label("Mon–Fri 9:00–18:00 (13:00–14:00); Sat 9:00–13:00"),
        "verified_on": "21.11.2025",
    }.get(name, "")


def parts_in(names: Iterable[str]) -> list[str]:
    """The fields that hold these parts of an office, each once."""
    wanted = set(names)
    return [name for name, parts in PARTS.items() if wanted & set(parts)]


def pairs_of(body: Body, values: Mapping[str, Any]) -> dict[str, Pair]:
    """Each field that changes, old and new."""
    return {name: (value_of(body, name), value) for name, value in values.items()}
