"""Words about tables of offices: why one is refused, how it is marked, what would change."""

from collections.abc import Mapping
from typing import Any

from core.directory.dry_run import Refused
from core.directory.planning import Labels
from core.directory.words import Words
from core.sheets.model import Refusal
from dialogs.offices.mistakes import filled, mistake_phrases
from dialogs.speech import Speech


def labels(say: Speech, words: Words) -> Labels:
    """The words of a marked table."""
    return Labels(
        columns={name: column_named(say, words, name) for name in words.columns},
        new=say.label("new"),
        changed=say.label("changed"),
        closes=say.label("will be closed"),
        wrong=say.label("mistake"),
        what=say.label("What happens"),
        was=say.label("What was there, or what is wrong"),
        row=say.label("Row"),
        office=say.label("Office"),
        column=say.label("Column"),
        old=say.label("It was"),
        now=say.label("It will be"),
        sheet=say.label("Table"),
        list_sheet=say.label("Changes"),
        wrongs=mistake_phrases(say),
    )


def column_named(say: Speech, words: Words, name: str) -> str:
    """What the column of a field is called; other languages than ours use the field's name."""
    named = words.columns[name]
    return {"kk": named.kk, "ru": named.ru}.get(say.language, name)


def refused(say: Speech, why: Refused) -> str:
    """Why a file cannot be taken at all, and what to do."""
    phrases = _of_heads(say) if why.by == "head" else {**_of_files(say), **_of_sheets(say)}
    return filled(phrases[why.wrong], why.facts)


def _of_files(say: Speech) -> Mapping[str, str]:
    return {
        Refusal.EMPTY: say.label("The file is empty."),
        Refusal.TOO_LARGE: say.label(
            "The file is too large: {most} MB at most. Send the rows that change only."
        ),
        Refusal.NO_TABLE: say.label("This is no table. Send it as XLSX or CSV."),
        Refusal.OLD_EXCEL: say.label(
            "This is an Excel file of the old kind (XLS). Save it as XLSX and send it again."
        ),
        Refusal.BINARY_EXCEL: say.label(
            "This is a binary Excel file (XLSB). Save it as XLSX and send it again."
        ),
        Refusal.OPEN_DOCUMENT: say.label(
            "This is an OpenDocument file. Save it as XLSX or CSV and send it again."
        ),
        Refusal.NUMBERS: say.label(
            "This is a file of Numbers. Export it as XLSX or CSV and send it again."
        ),
        Refusal.LOCKED: say.label(
            "The file is locked with a password. Take the password off and send it again."
        ),
        Refusal.MACROS: say.label(
            "There are macros in the file. Save it as XLSX without macros and send it again."
        ),
        Refusal.BROKEN: say.label(
            "The file is damaged. Open it, save it anew as XLSX and send it again."
        ),
        Refusal.BOMB: say.label(
            "The file unpacks to far more than a table needs, so I did not open it. "
            "Save it anew as XLSX or CSV."
        ),
        Refusal.OTHER_DOCUMENT: say.label(
            "This is a document or a picture, not a table. Send it as XLSX or CSV."
        ),
        Refusal.DISGUISED: say.label(
            "This is a web page under the name of a table. Open it, save it as XLSX and send it "
            "again."
        ),
    }


def _of_sheets(say: Speech) -> Mapping[str, str]:
    return {
        Refusal.NO_SHEET: say.label("There is no sheet with a table in the file."),
        Refusal.SEVERAL_SHEETS: say.label(
            "There are several sheets with something on them: {names}. Leave the one with offices."
        ),
        Refusal.NO_ROWS: say.label("The table is empty: there is nothing in any of its cells."),
        Refusal.MERGED: say.label(
            "There are merged cells: {where}. Split them, so that each row has its own values."
        ),
        Refusal.TOO_MANY_ROWS: say.label(
            "There are too many rows: {most} at most. Cut the table in parts."
        ),
        Refusal.TOO_MANY_COLUMNS: say.label(
            "Row {row} has too many columns: {most} at most. Delete what is not needed."
        ),
        Refusal.LONG_CELL: say.label(
            "A cell in row {row} is too long: {most} letters at most. Shorten it."
        ),
        Refusal.LETTERS: say.label(
            "I cannot make out the letters of this file. Save it as CSV UTF-8 or XLSX."
        ),
        Refusal.QUOTES: say.label(
            "The quotes in row {row} do not fit: one was opened and not closed, or something "
            "stands behind a closed one. Correct it, or save the table as XLSX."
        ),
    }


def _of_heads(say: Speech) -> Mapping[str, str]:
    return {
        "two_columns": say.label("Two columns are called “{name}”. Keep one, or rename the other."),
        "no_columns": say.label(
            "I do not know the columns in row {row}: {given}. The first row must have their names, "
            "as the export has them."
        ),
        "no_ids": say.label(
            "There is no column “{id}”, so I cannot tell which offices are meant. Add it; "
            "for new offices only, these columns are missing: {missing}."
        ),
    }


def worst(problems: list[Any], most: int) -> list[Any]:
    """The first problems of different kinds, so that one that repeats does not hide the others."""
    seen: set[tuple[str, str]] = set()
    first: list[Any] = []
    others: list[Any] = []
    for each in problems:
        key = (each["column"], each["wrong"])
        (others if key in seen else first).append(each)
        seen.add(key)
    return sorted([*first, *others][:most], key=lambda each: int(each["row"]))
