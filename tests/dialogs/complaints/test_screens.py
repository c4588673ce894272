"""Every screen of a complaint, of both sides, in both languages: it fits and mixes nothing."""

from collections.abc import Sequence

import pytest

from dialogs.action import Action
from dialogs.complaints.actions import (
    AskAbout,
    AskConsent,
    AskContact,
    AskFiles,
    AskMore,
    AskOwn,
    AskPlace,
    AskService,
    AskSubject,
    AskWhichDraft,
    AskWords,
    DropDraft,
    GoFurther,
    OpenDraft,
    OpenStory,
    OpenWays,
    TurnComplaints,
    Withdraw,
)
from dialogs.doors import OpenComplaint, OpenComplaints, OpenHolding, OpenQueue
from dialogs.language import SetLanguage
from dialogs.officials.actions import (
    AskAnswer,
    AskClose,
    AskExtend,
    AskPassOn,
    AskQuestion,
    AskRegister,
    CloseAs,
    NotOurs,
    PassTo,
    Read,
    TurnQueue,
)
from tests.dialogs.complaints.steps import (
    ADMIN,
    OFFICE,
    SERVICE,
    complaint_of,
    drafts,
    other,
    role,
    sends,
)
from tests.dialogs.test_every_path import assert_fits
from tests.dialogs.visits import LANGUAGES, Visitor

MIXED = set("ғқңөұүһ")


def of_a_draft(number: int) -> Sequence[Action]:
    """Every view of a draft."""
    return (
        AskSubject(number),
        AskAbout(number),
        AskService(number),
        AskConsent(number),
        AskPlace(number),
        AskPlace(number, missed=True),
        AskWords(number),
        AskFiles(number),
        AskContact(number),
        AskOwn(number, "name"),
        AskOwn(number, "phone", misread=True),
        AskOwn(number, "address"),
        AskWhichDraft(SERVICE, OFFICE),
        OpenDraft(number),
        DropDraft(number),
        OpenWays(number),
        OpenWays(number, 1),
        OpenWays(number, 2),
    )


def of_one_sent(number: int) -> Sequence[Action]:
    """Every view of a complaint that was sent."""
    return (
        OpenComplaints(),
        TurnComplaints(1),
        OpenComplaint(number),
        OpenStory(number),
        AskMore(number),
        Withdraw(number),
        OpenWays(number),
    )


def of_one_answered(number: int) -> Sequence[Action]:
    """What is asked when a complaint goes further while another is being written."""
    return (OpenComplaint(number), GoFurther(number))


def of_officials(number: int) -> Sequence[Action]:
    """Every view of whoever has it in hand."""
    return (
        OpenQueue(),
        OpenHolding(),
        TurnQueue(1),
        OpenComplaint(number),
        AskRegister(number),
        AskRegister(number, misread=True),
        AskAnswer(number),
        AskQuestion(number),
        AskPassOn(number, missed=True),
        PassTo(number, OFFICE),
        NotOurs(number),
        AskClose(number),
        *(CloseAs(number, each) for each in ("answered", "unfounded", "not_considered")),
        AskExtend(number),
        AskExtend(number, 5),
        Read(number, 1),
    )


async def walks(visitor: Visitor, language: str, views: Sequence[Action]) -> None:
    for action in views:
        shown = await visitor.opens(action)
        assert not shown.alert, action
        assert_fits(visitor.screen, LANGUAGES[language])
        if language == "ru":
            assert not MIXED & set("".join(visitor.labels()).lower()), action
        again = await visitor.looks_again()
        assert again.screen is not None


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_every_screen_of_both_sides(visitor: Visitor, language: str) -> None:
    await role(visitor, ADMIN, "admin")
    await visitor.starts()
    await visitor.opens(SetLanguage(language))
    draft = await drafts(visitor)
    await walks(visitor, language, of_a_draft(draft))
    own = await sends(visitor, subject="late")
    await walks(visitor, language, of_one_sent(own))
    complaint = await complaint_of(visitor, own)
    office = visitor.knowledge.directory.office(complaint.addressee or "")
    assert office is not None
    admin = other(visitor, ADMIN)
    await admin.starts()
    await admin.opens(SetLanguage(language))
    may = visitor.knowledge.appeals.may_extend("provider", office.kind)
    views = [each for each in of_officials(own) if may or not isinstance(each, AskExtend)]
    await walks(admin, language, views)
    await admin.opens(AskAnswer(own))
    await admin.types("A made-up answer")
    await drafts(visitor, office="of0001")
    await walks(visitor, language, of_one_answered(own))


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_an_akimat_may_take_longer(visitor: Visitor, language: str) -> None:
    await role(visitor, ADMIN, "admin")
    await visitor.starts()
    await visitor.opens(SetLanguage(language))
    akimat = next(
        each.id
        for each in visitor.knowledge.directory.offices.values()
        if each.kind == "district_akimat"
    )
    own = await sends(visitor, office=akimat, subject="other")
    complaint = await complaint_of(visitor, own)
    office = visitor.knowledge.directory.office(complaint.addressee or "")
    assert office is not None
    assert visitor.knowledge.appeals.may_extend("provider", office.kind)
    admin = other(visitor, ADMIN)
    await admin.starts()
    await admin.opens(SetLanguage(language))
    await admin.opens(AskRegister(own))
    await admin.types("A-1, 20.11.2026")
    await walks(admin, language, (AskExtend(own), AskExtend(own, 5)))
    await admin.types("A made-up reason")
    assert (await complaint_of(visitor, own)).extended_days == 5
    assert (await admin.opens(AskExtend(own, 6))).alert
