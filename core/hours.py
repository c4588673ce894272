"""Hours: when people are written to of the bot's own accord, by the clock of the country."""

import datetime as dt

from core.calendar import Calendar

OPENS_AT, CLOSES_AT = 9, 20
"""Between which hours people are written to: awake, and early enough to call the office."""


def has_opened(local: dt.datetime, calendar: Calendar) -> bool:
    """Whether this is a working day on which people may be written to by now."""
    return local.hour >= OPENS_AT and calendar.is_working(local.date())


def is_hour_for_people(local: dt.datetime, calendar: Calendar) -> bool:
    """Whether people may be reminded at this moment of their own clock."""
    return has_opened(local, calendar) and local.hour < CLOSES_AT


def last_morning(local: dt.datetime) -> dt.date:
    """The last day on which people could have been written to by now."""
    return local.date() if local.hour >= OPENS_AT else local.date() - dt.timedelta(days=1)
