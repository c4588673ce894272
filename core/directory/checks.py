"""What an admin should look at: the flags of offices and what only all offices show."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from core.directory.model import Flag, Office

HOUSE = re.compile(r", \d+[^,]*$")


def check(offices: Iterable[Office]) -> list[dict[str, Any]]:
    """Suspicious offices as JSON: id, name, kind and all flags, in the order of the files."""
    offices = list(offices)
    phones, houses = _shared_phones(offices), _shared_houses(offices)
    flags = {
        office.id: [*office.flags, *phones.get(office.id, ()), *houses.get(office.id, ())]
        for office in offices
    }
    return [
        {
            "id": office.id,
            "kind": office.kind,
            "name": office.name.model_dump(),
            "flags": [flag.model_dump() for flag in flags[office.id]],
        }
        for office in offices
        if flags[office.id]
    ]


def _shared_phones(offices: Sequence[Office]) -> Mapping[str, list[Flag]]:
    holders: dict[str, list[str]] = {}
    for office in offices:
        for phone in office.phones:
            holders.setdefault(phone, []).append(office.id)
    return _shared("shared_phone", holders)


def _shared_houses(offices: Sequence[Office]) -> Mapping[str, list[Flag]]:
    """Two offices of one kind in one house may be one office that no rule dared to join."""
    holders: dict[tuple[str, str], list[str]] = {}
    for office in offices:
        if HOUSE.search(office.address.kk):
            holders.setdefault((office.kind, office.address.kk), []).append(office.id)
    houses = {address: ids for (_, address), ids in holders.items() if len(ids) > 1}
    return _shared("shared_address", houses)


def _shared(kind: str, holders: Mapping[str, list[str]]) -> Mapping[str, list[Flag]]:
    flags: dict[str, list[Flag]] = {}
    for value, ids in holders.items():
        for holder in ids if len(ids) > 1 else []:
            others = ", ".join(other for other in ids if other != holder)
            flags.setdefault(holder, []).append(Flag(kind=kind, text=f"{value}: {others}"))
    return flags
