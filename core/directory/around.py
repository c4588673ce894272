"""What values of offices are checked against, put together from what is known."""

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from core.directory.fields import Around
from core.directory.finding import load_whys
from core.directory.words import Words, both, load_words
from core.places.model import Place
from core.release import DATA
from core.services.model import Service


def make_around(
    places: Mapping[str, Place], services: Mapping[str, Service], today: dt.date
) -> Around:
    """The surroundings of a day."""
    titles = {
        name: (each.title.kk, each.title.ru, each.short.kk, each.short.ru)
        for name, each in services.items()
    }
    kinds = {str(kind): both(text) for kind, text in load_whys(DATA).kinds.items()}
    return Around(places, titles, table_words(), kinds, today)


@lru_cache(maxsize=1)
def table_words(data: Path = DATA) -> Words:
    """The words of tables of offices, read once."""
    return load_words(data)
