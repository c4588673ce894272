"""Ids for organisations: kept by their listings, new ones numbered on."""

from collections.abc import Iterable, Mapping

from core.directory.extraction.files import ListingKey, key_of
from core.directory.extraction.organisations import Organisation


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
        keys = [key_of(member.listing) for member in organisation.members]
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
