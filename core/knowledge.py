"""Knowledge: what the bot knows while it runs, so that a dialog need not ask the database.

Whatever changes it in the database touches it in the same transaction; every copy then reads anew.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from core.calendar import Calendar, load_calendar
from core.complaints.abuse import Abuse, load_abuse
from core.complaints.deadlines import Appeals, load_appeals
from core.complaints.helplines import Helpline, load_helplines
from core.directory.around import make_around
from core.directory.fields import Around
from core.directory.finding import Finder, load_whys
from core.directory.model import Text
from core.directory.naming import ShortNames, load_short_names
from core.directory.search import OfficeSearch, describe
from core.directory.search import load_habits as load_office_habits
from core.directory.whole import Directory
from core.garbage import left_for_later
from core.glossary import Explained, load_glossary
from core.keep import Keep
from core.kinds import OfficeKind
from core.places.search import PlaceSearch
from core.places.search import load_habits as load_place_habits
from core.release import DATA, read_directory, read_library
from core.services.library import Library
from core.services.search import ServiceSearch, load_search
from core.store import meta
from core.store.database import Database
from core.store.revision import REVISION, touch_knowledge
from core.watch import TermToday, load_terms_today
from core.words.spelling import Spelling, load_spelling

__all__ = ["CurrentKnowledge", "Knowledge", "touch_knowledge"]

CALENDAR_FILE = "calendar.yaml"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What may be looked up at any moment."""

    library: Library
    search: ServiceSearch
    calendar: Calendar
    keep: Keep
    abuse: Abuse
    directory: Directory
    finder: Finder
    offices: OfficeSearch
    places: PlaceSearch
    short_names: ShortNames
    kinds: Mapping[OfficeKind, Text]
    """What an office of each kind is called in full."""
    around: Around
    """What a value that somebody gives for a field of an office is checked against."""
    appeals: Appeals
    helplines: tuple[Helpline, ...]
    terms_today: Mapping[str, tuple[TermToday, ...]]
    glossary: tuple[Explained, ...]


class CurrentKnowledge:
    """The knowledge of this copy, read anew when the database has other or the day has changed."""

    def __init__(
        self,
        *,
        value: Knowledge,
        revision: str | None,
        day: date,
        read: Callable[[datetime], Awaitable[Knowledge]],
        today: Callable[[datetime], date],
    ) -> None:
        self.value = value
        self._revision = revision
        self._day = day
        self._read = read
        self._today = today

    async def refresh(self, database: Database, now: datetime) -> bool:
        """Read anew if there is news; tell whether there was. On a new day versions may begin."""
        async with database.reading() as tx:
            revision = await meta.get(tx, REVISION)
        day = self._today(now)
        if (revision, day) == (self._revision, self._day):
            return False
        self.value = await self._read(now)
        self._revision, self._day = revision, day
        return True


async def current_knowledge(
    database: Database,
    now: datetime,
    keep: Keep,
    today: Callable[[datetime], date],
) -> CurrentKnowledge:
    """What the database holds now, and a way to keep up with it."""

    async def read(moment: datetime) -> Knowledge:
        return await read_knowledge(database, moment, keep)

    # The revision first: what changes while the rest is read is then read once more.
    async with database.reading() as tx:
        revision = await meta.get(tx, REVISION)
    return CurrentKnowledge(
        value=await read(now), revision=revision, day=today(now), read=read, today=today
    )


async def read_knowledge(database: Database, now: datetime, keep: Keep) -> Knowledge:
    """All that the database holds, ready to be looked up."""
    async with database.reading(slow=True) as tx:
        library = await read_library(tx, now)
    directory = await read_directory(database)
    return await asyncio.to_thread(make_knowledge, library, directory, keep)


@left_for_later()
def make_knowledge(library: Library, directory: Directory, keep: Keep) -> Knowledge:
    """Services and offices with what finds them."""
    spelling = load_spelling(DATA)
    offices, places = _indexes(directory, spelling)
    whys = load_whys(DATA)
    return Knowledge(
        library=library,
        search=load_search(library.services.values(), DATA),
        calendar=load_calendar(DATA / CALENDAR_FILE),
        keep=keep,
        abuse=load_abuse(DATA),
        directory=directory,
        finder=Finder(directory, library.services, whys),
        offices=offices,
        places=places,
        short_names=load_short_names(DATA),
        kinds=whys.kinds,
        around=make_around(directory.places, library.services, date.min),
        appeals=load_appeals(DATA),
        helplines=load_helplines(DATA),
        terms_today=load_terms_today(DATA),
        glossary=load_glossary(DATA),
    )


@dataclass(slots=True)
class _Latest:
    """The indexes that were made last, so that a change of a service makes none anew."""

    directory: Directory | None = None
    indexes: tuple[OfficeSearch, PlaceSearch] | None = None


_LATEST = _Latest()


def _indexes(directory: Directory, spelling: Spelling) -> tuple[OfficeSearch, PlaceSearch]:
    latest = _LATEST.directory
    same = latest is not None and latest.offices is directory.offices
    if _LATEST.indexes is None or not same:
        described = map(describe, directory.offices.values())
        _LATEST.indexes = (
            OfficeSearch(described, directory.places, spelling, load_office_habits(DATA)),
            PlaceSearch(directory.places, spelling, load_place_habits(DATA)),
        )
        _LATEST.directory = directory
    return _LATEST.indexes
