"""What is counted; the names stand in the database and are never changed."""

from enum import StrEnum


class Count(StrEnum):
    """What a counter counts, and what its key says."""

    BEGUN = "begun"
    """An enquiry was begun: the service."""

    FINISHED = "finished"
    """An enquiry came to its result for the first time: the service."""

    STANDS = "stands"
    """Where the enquiries begun on that day stand: the service and a question or an outcome."""

    OFFICE = "office"
    """The card of an office was opened: the office."""

    MISSED = "missed"
    """A search found nothing: always the same key, for the words are kept elsewhere."""

    POSTER = "poster"
    """The code of a poster was scanned: the office, or `s-` and the service."""
