"""The codes of actions are persisted names: people's chats hold them, so none may change.

A new action adds a line here. A line is never changed or given to another action; one whose action
is gone stays, with None, so that its code is not used again.
"""

from dataclasses import fields

from dialogs.house import make_conversation

CODES = {
    "aa": ("OpenAnswers", "enquiry"),
    "an": ("Answer", "enquiry", "question", "option"),
    "aq": ("AskAgain", "enquiry", "question"),
    "ck": ("OpenPapers", "enquiry"),
    "e": ("OpenEnquiry", "enquiry"),
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
    "pr": ("OpenPrivacy",),
    "s": ("OpenService", "service"),
    "sf": ("OpenFound",),
    "si": ("OpenSituation", "situation"),
    "sq": ("StartEnquiry", "service"),
    "sv": ("OpenServices", "page"),
    "tk": ("Tick", "enquiry", "document", "ready"),
}


def test_codes_and_fields_are_those_that_were_promised() -> None:
    present = {
        kind.code: (kind.__name__, *(each.name for each in fields(kind)))
        for kind in make_conversation().codebook
    }
    assert present == CODES
