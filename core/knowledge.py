"""Knowledge: what the bot knows while it runs, so that a dialog need not ask the database."""

from dataclasses import dataclass
from datetime import datetime

from core.calendar import Calendar, load_calendar
from core.release import DATA, read_library
from core.services.library import Library
from core.services.search import ServiceSearch, load_spelling
from core.store.database import Transaction

CALENDAR_FILE = "calendar.yaml"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What may be looked up at any moment."""

    library: Library
    search: ServiceSearch
    calendar: Calendar
    enquiry_keep_months: int


async def read_knowledge(tx: Transaction, now: datetime, enquiry_keep_months: int) -> Knowledge:
    """All that the database holds, ready to be looked up."""
    library = await read_library(tx, now)
    search = ServiceSearch(library.services.values(), load_spelling(DATA))
    return Knowledge(library, search, load_calendar(DATA / CALENDAR_FILE), enquiry_keep_months)
