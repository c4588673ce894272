"""What an admin should look at: the flags of offices and what only all offices show."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from core.directory.model import Flag, Office


def check(offices: Iterable[Office]) -> list[dict[str, Any]]:
    """Suspicious offices as JSON: id, name, kind and all flags, in the order of the files."""
    offices = list(offices)
    shared = _shared_phones(offices)
    return [
        {
            "id": office.id,
            "kind": office.kind,
            "name": office.name.model_dump(),
            "flags": [flag.model_dump() for flag in flags],
        }
        for office in offices
        if (flags := [*office.flags, *shared.get(office.id, [])])
    ]


def _shared_phones(offices: Sequence[Office]) -> Mapping[str, list[Flag]]:
    holders: dict[str, list[str]] = {}
    for office in offices:
        for phone in office.phones:
            holders.setdefault(phone, []).append(office.id)
    flags: dict[str, list[Flag]] = {}
    for phone, ids in holders.items():
        for holder in ids if len(ids) > 1 else []:
            others = ", ".join(other for other in ids if other != holder)
            flag = Flag(kind="shared_phone", text=f"{phone}: {others}")
            flags.setdefault(holder, []).append(flag)
    return flags
