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
    AskPlace,
    AskSubject,
    AskWhichDraft,
    AskWords,
    BeginAnew,
    Consent,
    GoFurther,
    Helped,
    JoinTo,
    NoOffice,
    OpenDraft,
    OpenStory,
    OpenWays,
    SavePaper,
    SaveReceipt,
    SendComplaint,
    SetContact,
    SetPlace,
    SetSubject,
    Withdraw,
)
from dialogs.complaints.gathering import too_long
from dialogs.complaints.papers import what_it_is
from dialogs.doors import OpenComplaint, OpenComplaints, OpenOffice, StartComplaint
from dialogs.language import SetLanguage
from dialogs.officials.actions import AskAnswer, AskRegister
from dialogs.screen import visible_length
from dialogs.screen_json import screen_from_json
from dialogs.turn import Command, Edited, Kind, Making, Sent
from tests.dialogs.complaints.steps import (
    ADMIN,
    OFFICE,
    OFFICIAL,
    PARENT,
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

pytestmark = pytest.mark.usefixtures("speaks")

PHOTO = Sent(Kind.PHOTO, "made-up file", size=1000)


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
    (told,) = await posted(visitor, PARENT)
    assert number.shown(own) in text_of(told)
    receipt = shown.before[0]
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
    assert (await draft_of(visitor)).said.text == "x" * 2999 + "…"
    assert too_long(visitor.say()) in visitor.screen.text.unescape()


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
    assert (said.name, said.phone, said.address) == ("Made-up Name", "+7 701 000 0000", "")
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
    await visitor.presses(visitor.say().label("None of these"))
    assert await view_of(visitor) == AskConsent(draft.id).pack()


async def test_who_does_not_know_the_office_says_where_it_was(visitor: Visitor) -> None:
    await visitor.opens(StartComplaint("free_school_meals", None))
    draft = await draft_of(visitor)
    await visitor.opens(SetSubject(draft.id, "late"))
    await visitor.opens(NoOffice(draft.id))
    assert await view_of(visitor) == AskPlace(draft.id).pack()
    await visitor.types("qqqqqq")
    assert await view_of(visitor) == AskPlace(draft.id, missed=True).pack()
    await visitor.types("Кокшетау")
    assert (await draft_of(visitor)).place == "akmola.kokshetau"
    assert await view_of(visitor) == AskConsent(draft.id).pack()
    await visitor.opens(Consent(draft.id))
    await visitor.types(WORDS)
    await visitor.opens(OpenDraft(draft.id))
    await visitor.opens(SendComplaint(draft.id))
    addressee = (await complaint_of(visitor, draft.id)).addressee
    office = visitor.knowledge.directory.office(addressee or "")
    assert office is not None
    assert office.district == "akmola.kokshetau"


async def test_of_several_places_of_one_name_one_is_chosen_or_none(visitor: Visitor) -> None:
    await visitor.does(Command("complain"))
    draft = await draft_of(visitor)
    await visitor.opens(SetSubject(draft.id, "late"))
    await visitor.opens(NoOffice(draft.id))
    await visitor.types("Жамбыл")
    assert await view_of(visitor) == AskPlace(draft.id).pack()
    choices = [each.does for each in visitor.buttons() if isinstance(each.does, SetPlace)]
    assert len(choices) > 2
    await visitor.opens(choices[0])
    assert (await draft_of(visitor)).place is not None
    await visitor.opens(NoOffice(draft.id))
    await visitor.opens(SetPlace(draft.id, None))
    assert (await draft_of(visitor)).place is None
    assert await view_of(visitor) == AskConsent(draft.id).pack()
    assert (await visitor.opens(SetPlace(draft.id, 1))).alert


async def test_every_part_can_be_changed_before_sending(visitor: Visitor) -> None:
    draft = await drafts(visitor)
    other_office = next(
        each.id
        for each in visitor.knowledge.directory.offices.values()
        if each.kind == "district_education_department" and each.id != OFFICE
    )
    await visitor.opens(OpenDraft(draft))
    await visitor.presses(visitor.say().label("The office"))
    await visitor.presses(visitor.say().label("Find the office"))
    await visitor.opens(OpenOffice(other_office, SERVICE))
    await visitor.presses(visitor.say().label("Complain about it"))
    changed = await draft_of(visitor)
    assert (changed.id, changed.office, changed.said.text) == (draft, other_office, WORDS)
    assert await view_of(visitor) == OpenDraft(draft).pack()
    await visitor.presses(visitor.say().label("The subject"))
    await visitor.opens(SetSubject(draft, "hours"))
    assert (await draft_of(visitor)).subject == "hours"
    assert await view_of(visitor) == OpenDraft(draft).pack()


async def test_looking_up_an_office_later_changes_no_draft(visitor: Visitor) -> None:
    draft = await drafts(visitor)
    await visitor.presses(visitor.say().label("The office"))
    await visitor.starts()
    await visitor.opens(OpenOffice("of0001", None))
    await visitor.presses(visitor.say().label("Complain about it"))
    assert (await draft_of(visitor)).office == OFFICE
    assert await view_of(visitor) == AskWhichDraft(None, "of0001").pack()
    assert (await draft_of(visitor)).id == draft


async def test_a_draft_is_thrown_away_only_when_sure(visitor: Visitor) -> None:
    draft = await drafts(visitor)
    await visitor.presses(visitor.say().label("Throw it away"))
    assert (await draft_of(visitor)).id == draft
    await visitor.presses(visitor.say().label("Yes, throw it away"))
    async with visitor.database.reading() as tx:
        assert await complaints.draft_of(tx, PARENT) is None
        assert await complaints.find(tx, draft) is None


async def test_what_is_missing_is_named_and_nothing_is_sent(visitor: Visitor) -> None:
    await visitor.opens(StartComplaint(SERVICE, OFFICE))
    draft = (await draft_of(visitor)).id
    await visitor.opens(SetSubject(draft, "late"))
    await visitor.opens(OpenDraft(draft))
    assert visitor.say().label("the words") in visitor.screen.text
    assert visitor.say().label("your consent") in visitor.screen.text
    await visitor.opens(SendComplaint(draft))
    assert (await draft_of(visitor)).state == "draft"
    await visitor.opens(Consent(draft))
    await visitor.types(WORDS)
    await visitor.opens(SetContact(draft, "named"))
    await visitor.opens(OpenDraft(draft))
    assert visitor.say().label("your name") in visitor.screen.text
    await visitor.opens(SendComplaint(draft))
    assert (await draft_of(visitor)).state == "draft"


async def test_a_changed_message_is_told_of_in_place(visitor: Visitor) -> None:
    draft = await drafts(visitor)
    await visitor.opens(AskWords(draft))
    shown = await visitor.does(Edited(5, "other words"))
    assert shown.in_place
    assert (await draft_of(visitor)).said.text == WORDS
    said = visitor.say().label(
        "You have changed a message, but I keep what came first. Press the button below to write "
        "it anew."
    )
    assert said in visitor.screen.text.unescape()


async def test_an_album_changes_one_screen_and_one_event(visitor: Visitor) -> None:
    await role(visitor, ADMIN, "admin")
    draft = await drafts(visitor)
    await visitor.opens(AskFiles(draft))
    places = [
        (await visitor.does(Sent(Kind.PHOTO, f"made-up {each}", size=9, album="a"))).in_place
        for each in range(4)
    ]
    assert places == [False, True, True, True]
    await visitor.opens(SendComplaint(draft))
    await visitor.opens(AskMore(draft))
    before = len(await posted(visitor, ADMIN))
    for each in range(3):
        await visitor.does(Sent(Kind.PHOTO, f"made-up {each}", size=9, album="b"))
    assert [each.kind for each in await events_of(visitor, draft)] == ["sent", "added"]
    async with visitor.database.reading() as tx:
        files = await complaints.files(tx, draft)
    assert [each.event is None for each in files] == [True] * 4 + [False] * 3
    # One notice with its file, and the two that followed.
    assert len(await posted(visitor, ADMIN)) == before + 4


async def test_twenty_files_a_day_and_no_more(visitor: Visitor) -> None:
    await role(visitor, ADMIN, "admin")
    own = await sends(visitor)
    await visitor.opens(AskMore(own))
    for _ in range(22):
        await visitor.does(PHOTO)
    async with visitor.database.reading() as tx:
        assert len(await complaints.files(tx, own)) == 20
    refused = visitor.say().label(
        "You have sent {most} files within a day. More can be sent tomorrow.", most=20
    )
    assert refused in visitor.screen.text.unescape()


async def test_the_longest_and_oddest_words_reach_the_official(visitor: Visitor) -> None:
    """Telegram counts a face as two signs: nobody can write what cannot be passed on."""
    await role(visitor, ADMIN, "admin")
    draft = await drafts(visitor)
    await visitor.opens(AskWords(draft))
    await visitor.presses(visitor.say().label("Write it anew"))
    await visitor.types("🙂" * 4096)
    await visitor.opens(OpenDraft(draft))
    await visitor.opens(SendComplaint(draft))
    for _ in range(3):
        await visitor.opens(AskMore(draft))
        await visitor.types("<&>" + "🙂" * 4090)
    for view in (OpenComplaint(draft), OpenStory(draft), OpenStory(draft, 2), OpenWays(draft)):
        assert not (await visitor.opens(view)).alert
    admin = other(visitor, ADMIN)
    assert not (await admin.opens(OpenComplaint(draft))).alert
    await admin.opens(AskAnswer(draft))
    await admin.types("🙂" * 4096)
    assert (await complaint_of(visitor, draft)).state == "answered"
    for posting in (*await posted(visitor, ADMIN), *await posted(visitor, PARENT)):
        screen_from_json(posting.body)
    await visitor.opens(GoFurther(draft))
    assert visible_length((await draft_of(visitor)).said.text) <= 3000


async def test_an_official_cannot_answer_with_nothing(visitor: Visitor) -> None:
    await role(visitor, ADMIN, "admin")
    own = await sends(visitor)
    admin = other(visitor, ADMIN)
    await admin.opens(AskAnswer(own))
    await admin.does(Sent(Kind.STICKER, "made-up"))
    assert (await complaint_of(visitor, own)).state == "sent"


async def test_one_step_higher_never_loses_another_draft(visitor: Visitor) -> None:
    await role(visitor, ADMIN, "admin")
    own = await sends(visitor, subject="late")
    admin = other(visitor, ADMIN)
    await admin.opens(AskAnswer(own))
    await admin.types("Made-up answer")
    waiting = await drafts(visitor, office="of0001")
    await visitor.opens(GoFurther(own))
    assert (await draft_of(visitor)).id == waiting
    await visitor.presses(visitor.say().label("Begin a new one"))
    draft = await draft_of(visitor)
    assert draft.follows == own
    assert "Made-up answer" in draft.said.text
    # What was begun is gone on with, and the step is only taken when it is sent.
    await visitor.opens(GoFurther(own))
    assert (await draft_of(visitor)).id == draft.id
    assert "went_on" not in [each.kind for each in await events_of(visitor, own)]
    await visitor.opens(OpenDraft(draft.id))
    await visitor.opens(SendComplaint(draft.id))
    assert (await events_of(visitor, own))[-1].kind == "went_on"
    await visitor.opens(OpenComplaint(own))
    assert GoFurther(own) not in [each.does for each in visitor.buttons()]


async def test_above_the_highest_office_there_are_the_other_ways(visitor: Visitor) -> None:
    await role(visitor, ADMIN, "admin")
    ministry = next(
        each.id for each in visitor.knowledge.directory.offices.values() if each.kind == "ministry"
    )
    await visitor.opens(StartComplaint(None, ministry))
    draft = (await draft_of(visitor)).id
    await visitor.opens(SetSubject(draft, "late"))
    if (await view_of(visitor)).startswith("ce:"):
        await visitor.presses(visitor.say().label("None of these"))
    await visitor.opens(Consent(draft))
    await visitor.types(WORDS)
    await visitor.opens(SendComplaint(draft))
    admin = other(visitor, ADMIN)
    await admin.opens(AskAnswer(draft))
    await admin.types("Made-up answer")
    shown = await visitor.opens(GoFurther(draft))
    assert shown.alert
    assert await view_of(visitor) == OpenWays(draft).pack()


@pytest.mark.parametrize(
    ("service", "subject"),
    [
        ("guardianship_certificate", "late"),
        ("guardianship_certificate", "extra_papers"),
        ("guardianship_certificate", "refused"),
        ("guardianship_certificate", "money"),
        ("free_school_meals", "hours"),
    ],
)
async def test_what_the_act_said_is_told_as_history(
    visitor: Visitor, service: str, subject: str
) -> None:
    await visitor.opens(StartComplaint(service, OFFICE))
    draft = (await draft_of(visitor)).id
    await visitor.opens(SetSubject(draft, subject))
    await visitor.opens(OpenDraft(draft))
    library = visitor.knowledge.library
    act = library.acts[library.services[service].acts[0]]
    heading = visitor.say().label(
        "As act No. {number} of {date} said (history, not an accusation):",
        number=act.number,
        date=visitor.say().date(act.date),
    )
    assert heading in visitor.screen.text.unescape()


async def test_the_receipt_says_what_it_is_and_helps_where_nobody_of_the_office_is(
    visitor: Visitor,
) -> None:
    await role(visitor, ADMIN, "admin")
    own = await sends(visitor)
    shown = visitor.shown
    assert shown is not None
    made = [each.make() for each in shown.before if isinstance(each, Making)]
    assert len(made) == 2
    (told,) = await posted(visitor, PARENT)
    words = text_of(told)
    assert str(visitor.say()("✅ <b>Receipt No. {number}</b>", number=number.shown(own))) in words
    assert what_it_is(visitor.say()) in words
    assert "350-VI" in words
    buttons = [each for row in told.body["rows"] for each in row]
    assert any(each.get("url", "").startswith("https://eotinish.kz") for each in buttons)
    papers = {SavePaper(own, each).pack() for each in ("kk", "ru")}
    assert papers <= {each.get("action") for each in buttons}


async def test_where_an_official_is_the_receipt_is_all(visitor: Visitor) -> None:
    await role(visitor, ADMIN, "admin")
    probe = await sends(visitor)
    addressee = (await complaint_of(visitor, probe)).addressee
    await role(visitor, OFFICIAL, "official", offices=[addressee or ""])
    await visitor.opens(Withdraw(probe, sure=True))
    own = await sends(visitor)
    assert visitor.shown is not None
    assert len(visitor.shown.before) == 1
    told = (await posted(visitor, PARENT))[-1]
    assert "350-VI" not in text_of(told)
    await visitor.opens(SaveReceipt(own))
    assert visitor.shown.before


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
    await stranger.opens(SetLanguage(visitor.language))
    assert (await stranger.starts(f"c-{number.shown(own)}")).alert
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
