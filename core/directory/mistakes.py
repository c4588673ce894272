"""Mistakes: what can be wrong with a value that somebody gives for a field of an office.

A mistake says what is wrong and with which facts; the words for people stand in the dialogs.
"""

from enum import StrEnum


class Wrong(StrEnum):
    """What is wrong; the values are names that words are kept under."""

    MISSING = "missing"
    FORMULA = "formula"
    FAILED_CELL = "failed_cell"
    UNSEEN = "unseen"
    LOST_LETTERS = "lost_letters"
    TOO_LONG = "too_long"
    NO_LETTERS = "no_letters"
    KIND = "kind"
    PLACE = "place"
    SEVERAL_PLACES = "several_places"
    PLACE_ELSEWHERE = "place_elsewhere"
    NO_REGION = "no_region"
    PHONE = "phone"
    PHONE_SHORT = "phone_short"
    PHONE_ABROAD = "phone_abroad"
    EMAIL = "email"
    WEBSITE = "website"
    POSTCODE = "postcode"
    HOURS_DAYS = "hours_days"
    HOURS_TIME = "hours_time"
    HOURS_ORDER = "hours_order"
    DEGREES = "degrees"
    ABROAD = "abroad"
    SWAPPED = "swapped"
    HALF_POSITION = "half_position"
    POSITION = "position"
    YES_NO = "yes_no"
    DATE = "date"
    FUTURE = "future"
    SERVICE = "service"
    ROLE = "role"
    ID = "id"
    ID_TWICE = "id_twice"
    ID_MERGED = "id_merged"
    ID_MISTYPED = "id_mistyped"


class MistakeError(ValueError):
    """A value that cannot be taken."""

    def __init__(self, wrong: Wrong, **facts: object) -> None:
        super().__init__(wrong.value, facts)
        self.wrong = wrong
        self.facts = facts
