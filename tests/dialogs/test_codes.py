"""The codes of actions are persisted names: people's chats hold them, so none may change.

A new action adds a line here. A line is never changed or given to another action; one whose action
is gone stays, with None, so that its code is not used again.
"""

from dataclasses import fields

from dialogs.house import make_conversation

CODES = {
    "aa": ("OpenAnswers", "enquiry"),
    "ad": ("AskDay", "enquiry", "misread"),
    "an": ("Answer", "enquiry", "question", "option"),
    "aq": ("AskAgain", "enquiry", "question"),
    "ck": ("OpenPapers", "enquiry"),
    "cp": ("TurnPapers", "enquiry", "page"),
    "dd": ("DeleteEnquiry", "enquiry"),
    "du": ("OpenDue", "enquiry", "day"),
    "e": ("OpenEnquiry", "enquiry"),
    "ed": ("AskToDelete", "enquiry"),
    "el": ("NameEnquiry", "enquiry"),
    "em": ("ManageEnquiry", "enquiry"),
    "ex": ("DropName", "enquiry"),
    "fa": ("FillApplication", "enquiry", "form"),
    "fb": ("BlankField", "enquiry", "field"),
    "fd": ("AskDistrict", "service", "purpose"),
    "ff": ("AskField", "enquiry", "field", "overlong"),
    "fk": ("KeepFields", "enquiry", "on"),
    "fl": ("AskLocation", "service", "purpose"),
    "fm": ("MakeApplication", "enquiry", "language"),
    "fm2": ("MissedPlace", "service", "purpose"),
    "fn": ("OfficesNamed", "service", "purpose", "page"),
    "fo": ("FindOffice", "service", "purpose"),
    "fp": ("OpenPreview", "enquiry"),
    "fp2": ("WalkPlaces", "service", "purpose", "place", "page"),
    "fq": ("AskWhichPlace", "service", "purpose"),
    "fw": ("OfficesAt", "service", "purpose", "place", "page"),
    "fx": ("StopFilling", "enquiry"),
    "go": ("GoOn",),
    "gr": ("OpenGrounds", "enquiry"),
    "h": ("OpenHelp",),
    "l": ("OpenLanguage",),
    "lc": ("ChooseLanguage",),
    "ls": ("SetLanguage", "language"),
    "m": ("OpenMenu", "stopped"),
    "mp": ("TurnMine", "page"),
    "my": ("OpenMine",),
    "ne": ("NotExpected", "what"),
    "nx": ("OpenNextSteps", "enquiry"),
    "of": ("OpenOffice", "office", "service"),
    "om": ("ShowMap", "office", "service"),
    "os": ("OfficeSources", "office", "service", "page"),
    "pd": ("OpenPaper", "enquiry", "document"),
    "pr": ("OpenPrivacy",),
    "ps": ("SavePapers", "enquiry", "language"),
    "rs": ("OpenRoutes", "service"),
    "rt": ("OpenRoute", "service", "subject"),
    "s": ("OpenService", "service"),
    "sf": ("OpenFound",),
    "si": ("OpenSituation", "situation"),
    "sq": ("StartEnquiry", "service"),
    "sv": ("OpenServices", "page"),
    "te": ("OpenOwnTopic", "enquiry", "topic", "page", "spelled"),
    "tk": ("Tick", "enquiry", "document", "ready"),
    "tp": ("OpenTopic", "service", "topic", "page", "spelled"),
}


def test_codes_and_fields_are_those_that_were_promised() -> None:
    present = {
        kind.code: (kind.__name__, *(each.name for each in fields(kind)))
        for kind in make_conversation().codebook
    }
    assert present == CODES
