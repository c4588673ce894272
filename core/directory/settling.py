"""What follows from changed fields of an office: what must agree with them, and what goes along.

A position that was given by hand is exact; one that came from the place moves with the place; a
doubt about a field is settled once somebody writes the field anew.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from core.directory.bodies import Body, with_values
from core.directory.mistakes import MistakeError, Wrong
from core.places.model import Place

EMPTY: dict[str, Any] = {
    "kind": None,
    "name": {"kk": "", "ru": ""},
    "region": None,
    "district": None,
    "locality": None,
    "address": {"kk": "", "ru": ""},
    "postcode": None,
    "phones": [],
    "phones_as_printed": [],
    "faxes": [],
    "emails": [],
    "websites": [],
    "hours": [],
    "reception": [],
    "lat": None,
    "lon": None,
    "position": None,
    "closed": False,
    "verified_on": None,
    "serves": [],
    "listings": [],
    "flags": [],
}
"""An office of which nothing is known yet."""

POINT = ("lat", "lon")
DOUBTS: Mapping[str, str] = {
    "code_added": "phones",
    "phone_differs": "phones",
    "number_unusable": "phones",
    "area_code_differs": "phones",
    "no_phone": "phones",
    "address_differs": "address",
    "unread": "address",
    "postcode_doubtful": "postcode",
    "email_as_site": "emails",
    "email_doubtful": "emails",
    "place_unknown": "locality",
    "seat_of_another": "locality",
    "same_name_twice": "name",
}
"""Which field a flag doubts."""


def settled(body: Body, values: Mapping[str, Any], places: Mapping[str, Place]) -> dict[str, Any]:
    """The same values with all that goes with them."""
    whole = dict(values)
    whole |= _position(body, whole, places)
    flags = _flags_left(body, whole)
    if flags != body["flags"]:
        whole["flags"] = flags
    return whole


def disagreements(
    body: Body, values: Mapping[str, Any], places: Mapping[str, Place]
) -> Iterator[tuple[str, MistakeError]]:
    """The fields in which an office with these values would contradict itself."""
    after = with_values(body, values)
    region, district = after["region"], after["district"]
    if {"region", "district"} & values.keys() and district is not None:
        if region is None:
            yield "district", MistakeError(Wrong.NO_REGION)
        elif places[district].parent != region:
            yield "district", MistakeError(Wrong.PLACE_ELSEWHERE, given=district)
    if set(POINT) & values.keys() and (after["lat"] is None) is not (after["lon"] is None):
        missing = next(each for each in POINT if after[each] is None)
        yield missing, MistakeError(Wrong.HALF_POSITION)


def _position(body: Body, values: Mapping[str, Any], places: Mapping[str, Place]) -> dict[str, Any]:
    after = with_values(body, values)
    moved = any(after[each] != body[each] for each in POINT)
    if after["lat"] is None or after["lon"] is None:
        return {"position": None} if after["position"] is not None else {}
    if moved:
        return {} if values.get("position") else {"position": "exact"}
    stayed = all(after[each] == body[each] for each in ("region", "district", "locality"))
    if stayed or after["position"] == "exact":
        return {}
    return position_of(after, places)


def position_of(body: Body, places: Mapping[str, Place]) -> dict[str, Any]:
    """Where an office is as far as its place tells."""
    for kind in ("locality", "district"):
        place = places.get(body[kind] or "")
        if place is not None and place.lat is not None:
            return {"lat": place.lat, "lon": place.lon, "position": kind}
    return {"lat": None, "lon": None, "position": None}


def _flags_left(body: Body, values: Mapping[str, Any]) -> list[Any]:
    """The doubts that nobody has settled by writing the field anew."""
    written = {each.partition(".")[0] for each in values}
    return [each for each in body["flags"] if DOUBTS.get(each["kind"]) not in written]
