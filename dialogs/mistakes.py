"""Mistakes in words: what is wrong with a value for a field of an office, and what would be right.

The chat and the tables that are imported say it with the same sentences.
"""

from collections.abc import Mapping

from core.directory.mistakes import MistakeError, Wrong
from dialogs.speech import Speech


def sentences(say: Speech) -> dict[Wrong, str]:
    """A sentence for each mistake, with places for its facts."""
    return {
        Wrong.MISSING: say.label("This cannot be left empty."),
        Wrong.FORMULA: say.label("There is a formula. Put what it computes in its place."),
        Wrong.FAILED_CELL: say.label("The table program shows a failure there: {given}."),
        Wrong.LOST_LETTERS: say.label(
            "Letters were lost: there are question marks in the words. Write it anew."
        ),
        Wrong.TOO_LONG: say.label("This is too much: at most {most}."),
        Wrong.NO_LETTERS: say.label("There are no letters in it."),
        Wrong.KIND: say.label("I know no such kind of office: {given}. For example: school."),
        Wrong.PLACE: say.label(
            "I know no place called {given}. Write the name as it stands in the list of places."
        ),
        Wrong.SEVERAL_PLACES: say.label(
            "Several places are called {given}. Write one of these instead: {ids}."
        ),
        Wrong.PLACE_ELSEWHERE: say.label("{given} lies in another region or district."),
        Wrong.NO_REGION: say.label("The region is missing: it comes before the district."),
        Wrong.PHONE: say.label(
            "This is no phone number of Kazakhstan: {given}. Such a number has ten digits behind "
            "+7, for example +7 7212 00 00 00."
        ),
        Wrong.PHONE_SHORT: say.label(
            "The code of the town is missing: {given}. Write it whole, for example "
            "+7 7212 00 00 00."
        ),
        Wrong.PHONE_ABROAD: say.label(
            "This is a number of another country: {given}. Ours begin with +7 7."
        ),
        Wrong.EMAIL: say.label(
            "This is no e-mail address: {given}. One looks like this: school@example.kz"
        ),
        Wrong.WEBSITE: say.label(
            "This is no address of a site: {given}. One looks like this: www.example.kz"
        ),
        Wrong.POSTCODE: say.label(
            "This is no postcode: {given}. One has six digits, such as 100000, or is a new one, "
            "such as M00A0A0."
        ),
        Wrong.HOURS_DAYS: say.label(
            "I do not understand for which days this is: {given}. Write it like this: "
            "Mon–Fri 9:00–18:00 (13:00–14:00)"
        ),
        Wrong.HOURS_TIME: say.label(
            "I do not understand these hours: {given}. Write it like this: "
            "Mon–Fri 9:00–18:00 (13:00–14:00)"
        ),
        Wrong.HOURS_ORDER: say.label(
            "The end does not come after the beginning, or the break is not in between: {given}."
        ),
        Wrong.DEGREES: say.label(
            "I do not understand this position: {given}. Write two numbers, such as "
            "49.80642, 73.08537"
        ),
        Wrong.ABROAD: say.label("This position is outside of Kazakhstan: {given}."),
        Wrong.SWAPPED: say.label(
            "Latitude and longitude seem to have changed places: {given}. The latitude, between "
            "40 and 56, comes first."
        ),
        Wrong.HALF_POSITION: say.label("A position needs both latitude and longitude."),
        Wrong.POSITION: say.label(
            "I do not understand how exact this position is: {given}. For example: exact."
        ),
        Wrong.YES_NO: say.label("Write yes or no instead of {given}."),
        Wrong.DATE: say.label("I do not understand this date: {given}. Write it like 21.11.2025"),
        Wrong.FUTURE: say.label("This day has not come yet: {given}."),
        Wrong.SERVICE: say.label(
            "I know no such service: {given}. Write its name as it stands in the list of services."
        ),
        Wrong.ROLE: say.label(
            "I do not understand what the office does for the service: {given}. It gives it, takes "
            "complaints or informs."
        ),
        Wrong.ID: say.label(
            "This is no number of an office: {given}. Leave it empty for a new office."
        ),
        Wrong.ID_TWICE: say.label("The office {given} stands in the table twice."),
        Wrong.ID_MERGED: say.label("The office {given} was joined to {into}. Write that instead."),
        Wrong.ID_MISTYPED: say.label(
            "This office is in the directory already: {office}. Write its number into the row."
        ),
        Wrong.TWO_COLUMNS: say.label("Two columns are called {name}."),
    }


def in_words(say: Speech, wrong: Wrong, facts: Mapping[str, object]) -> str:
    """One mistake as a sentence."""
    return sentences(say)[wrong].format_map(facts)


def told(say: Speech, mistake: MistakeError) -> str:
    """The same for a mistake as it was raised."""
    return in_words(say, mistake.wrong, mistake.facts)
