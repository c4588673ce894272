"""A parent complains: the whole way, every wrong turn, and what comes back."""

from datetime import date

import pytest

from core.complaints import number
from core.store import complaints
from dialogs.complaints.actions import (
    AskConsent,
    AskFiles,
    AskMore,
    AskOwn,
    AskSubject,
    AskWords,
    BeginAnew,
    GoFurther,
    Helped,
    JoinTo,
    NoOffice,
    OpenDraft,
    OpenStory,
    OpenWays,
    SavePaper,
    SendComplaint,
    SetContact,
    SetSubject,
    Withdraw,
)
from dialogs.doors import OpenComplaint, OpenComplaints, StartComplaint
from dialogs.officials.actions import AskAnswer, AskRegister
from dialogs.turn import Command, Kind, Making, Sent
from tests.dialogs.complaints.steps import (
    ADMIN,
    OFFICE,
    OFFICIAL,
    SERVICE,
    WORDS,
    complaint_of,
    draft_of,
    drafts,
    events_of,
    other,
    posted,
    role,
    sends,
    text_of,
)
from tests.dialogs.visits import Visitor

PHOTO = Sent(Kind.PHOTO, "made-up file", size=1000)


@pytest.fixture(params=["kk", "ru"], autouse=True)
def speaks(request: pytest.FixtureRequest, visitor: Visitor) -> str:
    visitor.language = request.param
    return visitor.language


async def view_of(visitor: Visitor) -> str:
    return (await visitor.person()).view


async def test_the_first_screen_names_the_helplines_and_asks_nothing_personal(
    visitor: Visitor,
) -> None:
    await visitor.opens(StartComplaint(SERVICE, OFFICE))
    assert "112" in visitor.screen.text
    assert "111" in visitor.screen.text
    draft = await draft_of(visitor)
    await visitor.opens(SetSubject(draft.id, "late"))
    assert await view_of(visitor) == AskConsent(draft.id).pack()


async def test_the_whole_way_with_receipt_and_notice(visitor: Visitor) -> None:
    await role(visitor, OFFICIAL, "official", offices=[OFFICE])
    own = await sends(visitor)
    complaint = await complaint_of(visitor, own)
    assert complaint.state == "sent"
    assert complaint.addressee is not None
    shown = visitor.shown
    assert shown is not None
    (receipt,) = shown.before
    assert isinstance(receipt, Making)
    made = receipt.make()
    assert number.shown(own) in made.text
    assert made.file is not None
    assert made.file.content.startswith(b"%PDF")
    assert [each.kind for each in await events_of(visitor, own)] == ["sent"]
    for person in (OFFICIAL, ADMIN):
        for notice in await posted(visitor, person):
            assert "&lt;b&gt;they&lt;/b&gt;" in text_of(notice)
            assert notice.about == f"complaint:{own}"
            assert notice.body["protect"]


async def test_a_second_tap_on_send_sends_nothing_twice(visitor: Visitor) -> None:
    await role(visitor, ADMIN, "admin")
    draft = await drafts(visitor)
    await visitor.opens(SendComplaint(draft))
    await visitor.opens(SendComplaint(draft))
    assert await view_of(visitor) == OpenComplaint(draft).pack()
    assert len(await events_of(visitor, draft)) == 1
    assert len(await posted(visitor, ADMIN)) == 1


async def test_without_any_official_the_admins_get_it_and_the_parent_is_told(
    visitor: Visitor,
) -> None:
    await role(visitor, ADMIN, "admin")
    draft = await drafts(visitor)
    told = visitor.say().label(
        "Nobody of that office uses this bot yet: the admins of this bot get it, and you get "
        "the paper to send to the office yourself."
    )
    assert told in visitor.screen.text.unescape()
    await visitor.opens(SendComplaint(draft))
    assert len(await posted(visitor, ADMIN)) == 1


async def test_files_are_kept_up_to_ten_and_odd_ones_refused(visitor: Visitor) -> None:
    draft = await drafts(visitor)
    await visitor.opens(AskFiles(draft))
    await visitor.does(Sent(Kind.STICKER))
    assert (
        visitor.say().label("I can pass on photos, documents, videos and voice messages only.")
        in visitor.screen.text.unescape()
    )
    await visitor.does(Sent(Kind.VIDEO, "large", size=21 * 1024 * 1024))
    for _ in range(12):
        await visitor.does(PHOTO)
    async with visitor.database.reading() as tx:
        assert len(await complaints.files(tx, draft)) == 10
    await visitor.presses(visitor.say().label("Take the last one away"))
    async with visitor.database.reading() as tx:
        assert len(await complaints.files(tx, draft)) == 9


async def test_words_join_and_can_be_written_anew(visitor: Visitor) -> None:
    draft = await drafts(visitor)
    await visitor.opens(AskWords(draft))
    await visitor.types("and more")
    assert (await draft_of(visitor)).said.text == f"{WORDS}\nand more"
    await visitor.presses(visitor.say().label("Write it anew"))
    await visitor.types("x" * 4000)
    assert (await draft_of(visitor)).said.text == "x" * 3000


async def test_a_name_is_asked_only_of_whoever_wants_to_be_called(visitor: Visitor) -> None:
    draft = await drafts(visitor)
    await visitor.opens(SetContact(draft, "named"))
    assert await view_of(visitor) == AskOwn(draft, "name").pack()
    await visitor.types("Made-up Name")
    await visitor.types("no number")
    assert await view_of(visitor) == AskOwn(draft, "phone", misread=True).pack()
    await visitor.types("+7 701 000 00 00")
    await visitor.presses(visitor.say().label("Leave it out"))
    assert await view_of(visitor) == OpenDraft(draft).pack()
    said = (await draft_of(visitor)).said
    assert (said.name, said.phone, said.address) == ("Made-up Name", "+7 701 000 00 00", "")
    await visitor.opens(SetContact(draft, "unnamed"))
    assert not (await draft_of(visitor)).said.name


async def test_a_draft_waits_and_another_one_asks_first(visitor: Visitor) -> None:
    draft = await drafts(visitor)
    await visitor.starts()
    await visitor.opens(StartComplaint("free_school_meals", "of0001"))
    assert (await draft_of(visitor)).id == draft
    await visitor.opens(BeginAnew("free_school_meals", "of0001"))
    assert (await draft_of(visitor)).office == "of0001"
    await visitor.does(Command("complain"))
    assert (await draft_of(visitor)).office == "of0001"


async def test_the_office_is_found_by_the_usual_search(visitor: Visitor) -> None:
    await visitor.does(Command("complain"))
    draft = await draft_of(visitor)
    assert await view_of(visitor) == AskSubject(draft.id).pack()
    await visitor.opens(SetSubject(draft.id, "rude"))
    await visitor.opens(StartComplaint(None, OFFICE))
    assert (await draft_of(visitor)).office == OFFICE
    await visitor.opens(NoOffice(draft.id))
    assert (await draft_of(visitor)).office is None
    assert await view_of(visitor) == AskConsent(draft.id).pack()


async def test_five_a_day_and_no_more(visitor: Visitor) -> None:
    await role(visitor, ADMIN, "admin")
    for _ in range(5):
        await sends(visitor)
    shown = await visitor.opens(StartComplaint(SERVICE, OFFICE))
    assert shown.alert
    assert await view_of(visitor) == OpenComplaints().pack()


async def test_an_earlier_one_about_the_same_can_be_joined(visitor: Visitor) -> None:
    await role(visitor, ADMIN, "admin")
    first = await sends(visitor)
    draft = await drafts(visitor)
    await visitor.opens(AskFiles(draft))
    await visitor.does(PHOTO)
    await visitor.opens(OpenDraft(draft))
    assert JoinTo(draft, first) in [each.does for each in visitor.buttons()]
    await visitor.opens(JoinTo(draft, first))
    assert [each.kind for each in await events_of(visitor, first)] == ["sent", "added"]
    async with visitor.database.reading() as tx:
        assert len(await complaints.files(tx, first)) == 1
        assert await complaints.find(tx, draft) is None


async def test_another_persons_complaint_is_not_there(visitor: Visitor) -> None:
    await role(visitor, ADMIN, "admin")
    own = await sends(visitor)
    stranger = other(visitor, 999)
    await stranger.starts()
    for action in (
        OpenComplaint(own),
        OpenStory(own),
        AskMore(own),
        Withdraw(own, sure=True),
        Helped(own, yes=True),
        GoFurther(own),
        SavePaper(own, "kk"),
        OpenWays(own),
        SendComplaint(own),
        OpenDraft(own),
        AskAnswer(own),
        AskRegister(own),
    ):
        shown = await stranger.opens(action)
        assert shown.alert, action
    await stranger.starts(f"c-{number.shown(own)}")
    assert WORDS[:20] not in stranger.screen.text
    assert (await complaint_of(visitor, own)).state == "sent"


async def test_more_can_be_added_and_all_be_taken_back(visitor: Visitor) -> None:
    await role(visitor, ADMIN, "admin")
    own = await sends(visitor)
    await visitor.opens(AskMore(own))
    await visitor.types("One thing more")
    await visitor.opens(AskMore(own))
    await visitor.does(PHOTO)
    await visitor.opens(Withdraw(own))
    await visitor.opens(Withdraw(own, sure=True))
    kinds = [each.kind for each in await events_of(visitor, own)]
    assert kinds == ["sent", "added", "added", "withdrawn"]
    assert (await complaint_of(visitor, own)).state == "withdrawn"
    await visitor.opens(OpenStory(own))
    assert "One thing more" in visitor.screen.text


async def test_an_answer_that_did_not_help_leads_one_step_higher_with_all_that_was_said(
    visitor: Visitor,
) -> None:
    await role(visitor, OFFICIAL, "official", offices=[OFFICE])
    await role(visitor, ADMIN, "admin")
    own = await sends(visitor, subject="other")
    official = other(visitor, ADMIN)
    await official.opens(AskAnswer(own))
    await official.types("Made-up answer")
    await visitor.opens(Helped(own, yes=False))
    await visitor.opens(GoFurther(own))
    draft = await draft_of(visitor)
    assert (draft.step, draft.follows, draft.subject) == (2, own, "other")
    assert number.shown(own) in draft.said.text
    assert WORDS in draft.said.text
    await visitor.opens(SendComplaint(draft.id))
    further = await complaint_of(visitor, draft.id)
    assert further.addressee != (await complaint_of(visitor, own)).addressee


async def test_papers_are_made_in_both_languages(visitor: Visitor) -> None:
    await role(visitor, ADMIN, "admin")
    own = await sends(visitor)
    for language in ("kk", "ru"):
        shown = await visitor.opens(SavePaper(own, language))
        pdf, docx = (each.make() for each in shown.before if isinstance(each, Making))
        assert pdf.file is not None
        assert docx.file is not None
        assert pdf.file.content.startswith(b"%PDF")
        assert docx.file.content.startswith(b"PK")


async def test_nothing_is_said_of_a_term_before_the_office_registered_it(
    visitor: Visitor,
) -> None:
    await role(visitor, ADMIN, "admin")
    own = await sends(visitor)
    say = visitor.say()
    assert str(say("Not registered at the office yet: no term runs.")) in visitor.screen.text
    admin = other(visitor, ADMIN)
    await admin.opens(AskRegister(own))
    await admin.types("A-15, 20.11.2026")
    complaint = await complaint_of(visitor, own)
    assert (complaint.incoming_number, complaint.registered_on) == ("A-15", date(2026, 11, 20))
    await visitor.opens(OpenComplaint(own))
    assert "A-15" in visitor.screen.text


async def test_the_other_ways_tell_the_law_of_today_and_the_act_as_history(
    visitor: Visitor,
) -> None:
    draft = await drafts(visitor)
    await visitor.opens(OpenWays(draft))
    assert "88-V" in visitor.screen.text or "350-VI" in visitor.screen.text
