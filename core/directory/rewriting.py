"""Rewriting: what a value given for a field means for the whole office, or why it cannot be taken.

A value is checked by itself and against the rest of the office, and brings with it what follows.
"""

import re
from collections.abc import Mapping
from typing import Any

from core.directory.bodies import Body, value_of
from core.directory.fields import BY_NAME, Around
from core.directory.mistakes import MistakeError, Wrong
from core.directory.settling import disagreements, settled
from core.places.model import Place
from core.places.within import stand_in
from core.sheets.model import Cell

Values = dict[str, Any]

_DEGREES = re.compile(r"-?\d{1,3}[.,]\d+")
_TWO = 2


def rewritten(body: Body, name: str, cell: Cell, around: Around) -> Values:
    """The fields that change, each with its new value; raises MistakeError."""
    field = BY_NAME[name]
    return _whole(body, {field.at: field.taken(cell, body, around)}, around.places)


def moved(body: Body, place: Place, places: Mapping[str, Place]) -> Values:
    """The same for an office that stands in another place."""
    return _whole(body, dict(stand_in(places, place)), places)


def pinned(body: Body, latitude: float, longitude: float, around: Around) -> Values:
    """The same for a position that somebody points at: it is exact."""
    values = {
        "lat": BY_NAME["lat"].taken(latitude, body, around),
        "lon": BY_NAME["lon"].taken(longitude, body, around),
        "position": "exact",
    }
    return _whole(body, values, around.places)


def pinned_at(body: Body, text: str, around: Around) -> Values:
    """The same for a position that somebody writes as two numbers."""
    found = _DEGREES.findall(text)
    if len(found) != _TWO:
        raise MistakeError(Wrong.DEGREES, given=text)
    latitude, longitude = (float(each.replace(",", ".")) for each in found)
    return pinned(body, latitude, longitude, around)


def _whole(body: Body, values: Values, places: Mapping[str, Place]) -> Values:
    changed = {name: value for name, value in values.items() if value != value_of(body, name)}
    if not changed:
        return {}
    for _, disagreement in disagreements(body, changed, places):
        raise disagreement
    whole = settled(body, changed, places)
    return {name: value for name, value in whole.items() if value != value_of(body, name)}
