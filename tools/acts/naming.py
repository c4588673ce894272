"""What lasts from run to run: ids kept by their listings, and lines that stand already."""

from collections.abc import Container, Iterable, Mapping

from core.directory.model import ListingKey, Office
from tools.acts.organisations import Organisation


def give_ids(
    organisations: Iterable[Organisation], known: Mapping[ListingKey, str]
) -> tuple[list[str], dict[ListingKey, str], dict[str, str]]:
    """An id for each organisation, ids by listing, and aliases of ids that merged."""
    ids = dict(known)
    given: list[str] = []
    aliases: dict[str, str] = {}
    taken = set(known.values())
    number = max((int(office.removeprefix("of")) for office in taken), default=0)
    used: set[str] = set()
    for organisation in organisations:
        keys = [member.listing.key for member in organisation.members]
        old = sorted({known[key] for key in keys if key in known} - used)
        if old:
            office = old[0]
            aliases.update(dict.fromkeys(old[1:], office))
        else:
            number += 1
            office = f"of{number:04d}"
        used |= {office, *old}
        given.append(office)
        ids.update(dict.fromkeys(keys, office))
    return given, ids, aliases


def keep_lines(
    built: Iterable[Office], standing: Mapping[str, Office], merged: Container[str]
) -> list[Office]:
    """Offices that stand already stay as they stand, but for services they newly serve."""
    offices = {office.id: office for office in built}
    for office_id, kept in standing.items():
        if office_id in merged:
            continue
        found = offices.get(office_id)
        added = [pair for pair in found.serves if pair not in kept.serves] if found else []
        listings = found.listings if found else ()
        offices[office_id] = kept.model_copy(
            update={"serves": (*kept.serves, *added), "listings": listings}
        )
    return list(offices.values())
