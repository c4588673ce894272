"""Words about mistakes in what is given for a field of an office: what is wrong, what is right.

The chat says them under what was typed, the import in the cell that is meant.
"""

from collections.abc import Mapping

from core.directory.mistakes import MistakeError, Wrong
from dialogs.markup import clip
from dialogs.speech import Speech

ROOM_FOR_FACT = 60


def mistake_said(say: Speech, mistake: MistakeError) -> str:
    """What is wrong with a value, in words."""
    return filled(mistake_phrases(say)[mistake.wrong], mistake.facts)


def filled(phrase: str, facts: Mapping[str, object]) -> str:
    """A phrase with its facts, each as far as there is room for it."""
    short = {
        name: clip(fact, ROOM_FOR_FACT) if isinstance(fact, str) and name == "given" else fact
        for name, fact in facts.items()
    }
    return phrase.format_map(short)


def mistake_phrases(say: Speech) -> Mapping[str, str]:
    """A sentence for each mistake, with places for its facts."""
    return {**_of_texts(say), **_of_places(say), **_of_contacts(say), **_of_ids(say)}


def _of_texts(say: Speech) -> Mapping[str, str]:
    return {
        Wrong.MISSING: say.label("this must not be empty"),
        Wrong.FORMULA: say.label("a formula stands here; put in its result as a plain value"),
        Wrong.FAILED_CELL: say.label("Excel shows the error {given} here; write the value itself"),
        Wrong.UNSEEN: say.label("there are signs in it that nobody sees; write it anew by hand"),
        Wrong.LOST_LETTERS: say.label(
            "letters were lost: there is a question mark in the middle of a word; "
            "save the table as XLSX or as CSV UTF-8 and send it again"
        ),
        Wrong.TOO_LONG: say.label("too long; at most {most} fit here"),
        Wrong.NO_LETTERS: say.label("there is not one letter in it; write it in words"),
        Wrong.KIND: say.label(
            "“{given}” is no kind of office; write for example: school, kindergarten, college"
        ),
        Wrong.YES_NO: say.label("“{given}” is neither yes nor no; write “yes” or “no”"),
        Wrong.DATE: say.label("“{given}” is no day; write it so: 31.12.2025"),
        Wrong.FUTURE: say.label("“{given}” is still to come; write a day that has been"),
        Wrong.SERVICE: say.label(
            "I do not know the service “{given}”; write its id as the export does, "
            "for example: school_admission"
        ),
        Wrong.ROLE: say.label(
            "“{given}” is not what an office is for; write in brackets: "
            "provider, complaint or information"
        ),
    }


def _of_places(say: Speech) -> Mapping[str, str]:
    return {
        Wrong.PLACE: say.label(
            "I know no place “{given}”; write its whole name or its id as the export does"
        ),
        Wrong.SEVERAL_PLACES: say.label(
            "there are several places “{given}”; write one of these ids: {ids}"
        ),
        Wrong.PLACE_ELSEWHERE: say.label(
            "“{given}” does not lie there; correct it, or the region and district of this office"
        ),
        Wrong.NO_REGION: say.label("write the region first: without it the place cannot be told"),
        Wrong.DEGREES: say.label("“{given}” is no coordinate; write degrees so: 43.2389"),
        Wrong.ABROAD: say.label(
            "“{given}” lies outside Kazakhstan; latitude is 40 to 56, longitude 46 to 88"
        ),
        Wrong.SWAPPED: say.label(
            "“{given}”: latitude and longitude have changed places; put them the other way round"
        ),
        Wrong.HALF_POSITION: say.label("latitude and longitude go together; write both or neither"),
        Wrong.POSITION: say.label(
            "“{given}”: write how exact the point is: exact, by locality or by district"
        ),
    }


def _of_contacts(say: Speech) -> Mapping[str, str]:
    return {
        Wrong.PHONE: say.label(
            "“{given}” is no phone number of Kazakhstan; write it so: +7 727 000 00 00"
        ),
        Wrong.PHONE_SHORT: say.label(
            "“{given}” has no area code; write the number so: +7 727 000 00 00"
        ),
        Wrong.PHONE_ABROAD: say.label(
            "“{given}” is a number of another country; write one of Kazakhstan: +7 727 000 00 00"
        ),
        Wrong.EMAIL: say.label("“{given}” is no e-mail address; write it so: office@example.kz"),
        Wrong.WEBSITE: say.label("“{given}” is no address of a site; write it so: www.example.kz"),
        Wrong.POSTCODE: say.label("“{given}” is no postcode; write six digits: 050000"),
        Wrong.HOURS_DAYS: say.label(
            "I cannot tell the days in “{given}”; write so: Mon-Fri 9:00-18:00 (13:00-14:00)"
        ),
        Wrong.HOURS_TIME: say.label(
            "I cannot tell the hours in “{given}”; write so: Mon-Fri 9:00-18:00 (13:00-14:00)"
        ),
        Wrong.HOURS_ORDER: say.label(
            "in “{given}” the end is before the beginning, or the break is not in between"
        ),
    }


def _of_ids(say: Speech) -> Mapping[str, str]:
    return {
        Wrong.ID: say.label(
            "there is no office “{given}”; correct the id, or leave it empty for a new office"
        ),
        Wrong.ID_TWICE: say.label("“{given}” stands in two rows; keep one of them"),
        Wrong.ID_MERGED: say.label("“{given}” was merged into {into}; write {into}"),
        Wrong.ID_MISTYPED: say.label(
            "this office is there already as {office}; write that id, or another name"
        ),
    }
