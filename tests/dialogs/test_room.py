"""Buttons have room for the longest ids that the data may hold and the largest numbers."""

import pytest

from dialogs.action import LIMIT_BYTES, Action
from dialogs.announcements.writing import AskWords
from dialogs.application import AskField, BlankField, KeepFields, MakeApplication
from dialogs.checklist import OpenPaper, SavePapers, Tick, TurnPapers
from dialogs.doors import (
    FillApplication,
    MakePoster,
    OpenOwnTopic,
    OpenRoutes,
    OpenService,
    OpenTopic,
    StartEnquiry,
)
from dialogs.enquiry import Answer, AskAgain
from dialogs.next_steps import AskDay, OpenDue
from dialogs.people.actions import AskGrant, Bound
from dialogs.publishing.actions import AskValue, ConfirmPublishing, OpenVersion, SendVersion
from dialogs.routes import OpenRoute
from dialogs.statistics.board import DrawFigures, OpenTopicFigures
from dialogs.telling import Topic

LONGEST_ID = "a" * 48
LONGEST_QUESTION = "q" * 24
LONGEST_OPTION = "o" * 20
NUMBER = 36**8 - 1
TOPIC = max((each.value for each in Topic), key=len)


@pytest.mark.parametrize(
    "action",
    [
        Answer(NUMBER, LONGEST_QUESTION, LONGEST_OPTION),
        AskAgain(NUMBER, LONGEST_QUESTION),
        Tick(NUMBER, LONGEST_ID, ready=True),
        OpenPaper(NUMBER, LONGEST_ID),
        TurnPapers(NUMBER, 99),
        SavePapers(NUMBER, "kk"),
        FillApplication(NUMBER, LONGEST_ID),
        AskField(NUMBER, LONGEST_ID, overlong=True),
        BlankField(NUMBER, LONGEST_ID),
        KeepFields(NUMBER, on=True),
        MakeApplication(NUMBER, "ru"),
        OpenTopic(LONGEST_ID, TOPIC, 99, spelled=True),
        OpenOwnTopic(NUMBER, TOPIC, 99, spelled=True),
        OpenService(LONGEST_ID),
        StartEnquiry(LONGEST_ID),
        OpenRoutes(LONGEST_ID),
        OpenRoute(LONGEST_ID, "extra_papers"),
        AskDay(NUMBER, misread=True),
        OpenDue(NUMBER, 800_000),
        OpenTopicFigures("stop", 365, LONGEST_ID, 99),
        DrawFigures("stop", 365, LONGEST_ID),
        MakePoster(None, LONGEST_ID),
        OpenVersion(LONGEST_ID, 999, 99),
        SendVersion(LONGEST_ID, 999),
        AskValue(NUMBER, "questions.99.options.99.label", "kk"),
        ConfirmPublishing(NUMBER, 800_000),
        AskWords(NUMBER, "kk", overlong=True),
        Bound("s", 2**32 - 1, on=False, page=99),
        AskGrant(2**63 - 1),
    ],
    ids=lambda action: type(action).__name__,
)
def test_the_longest_of_all_fits_a_button(action: Action) -> None:
    assert len(action.pack().encode()) <= LIMIT_BYTES
