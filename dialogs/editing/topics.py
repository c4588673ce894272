"""Topics: what a parent may say is wrong, in words, and which fields of an office that is."""

import re
from collections.abc import Mapping, Sequence
from typing import get_args

import phonenumbers

from core.reports import Report, Topic
from dialogs.speech import Speech
from dialogs.turn import GoneError

FIELDS: Mapping[Topic, Sequence[str]] = {
    "phones": ("phones",),
    "hours": ("hours",),
    "address": ("place", "address_kk", "address_ru", "point"),
    "name": ("name_kk", "name_ru"),
    "contacts": ("emails", "websites"),
    "services": ("serves",),
    "closed": ("closed",),
    "other": (),
}
"""The fields that each is about, as the directory has them."""

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SITE = re.compile(r"(?:https?://|www\.)\S+")


def topic_named(name: str) -> Topic:
    """The topic of a button."""
    found: Topic | None = next((each for each in get_args(Topic) if each == name), None)
    if found is None:
        raise GoneError(name)
    return found


def topics(say: Speech) -> Mapping[Topic, str]:
    """What can be wrong."""
    return {
        "phones": say.label("The phone"),
        "hours": say.label("The hours"),
        "address": say.label("The address or the place on the map"),
        "name": say.label("The name"),
        "contacts": say.label("E-mail or site"),
        "services": say.label("It does not do this"),
        "closed": say.label("It does not exist any more"),
        "other": say.label("Something else"),
    }


def field_meant(report: Report) -> str:
    """The field that a report most likely wants changed; none where that cannot be told."""
    said = report.said
    match report.topic:
        case "address" if said.point:
            return "point"
        case "address" | "name" as topic:
            return f"{topic}_{report.language}"
        case "contacts":
            return "emails" if _EMAIL.search(words_of(report)) else "websites"
        case "services":
            return "serves"
        case "other":
            return ""
        case topic:
            return topic


def words_of(report: Report) -> str:
    """What the parent said last of what would be right."""
    return report.said.answer or report.said.text


def value_meant(report: Report) -> str:
    """Of the parent's words those that may stand in the field."""
    words = words_of(report)
    match field_meant(report):
        case "phones":
            found = [each.raw_string for each in phonenumbers.PhoneNumberMatcher(words, "KZ")]
        case "emails":
            found = _EMAIL.findall(words)
        case "websites":
            found = _SITE.findall(words)
        case _:
            found = []
    return ", ".join(found) or words
