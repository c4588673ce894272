"""When akims and their deputies receive people."""

import re

from core.directory.model import Listing, Reception, Source, Text
from tools.acts.russian import Russian


def read_reception(text: str, listing: Listing, russian: Russian) -> list[Reception]:
    """Each official with the times printed after the colon."""
    people = russian.templates.reception.who
    who = "|".join(sorted(people, key=len, reverse=True))
    source = Source(
        act=listing.act, service=listing.service, annex=listing.annex, row=listing.place
    )
    found = []
    for match in re.finditer(rf"({who}):\s*(.*?)(?=\s*(?:{who}):|$)", text):
        times = match.group(2).strip(" .")
        found.append(
            Reception(
                who=Text(kk=match.group(1), ru=people[match.group(1)]),
                when=Text(kk=times, ru=russian.times(times).text),
                source=[source],
            )
        )
    return found
