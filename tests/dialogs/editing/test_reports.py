"""Parents say what is wrong, those who keep the directory put it right, and the parent is told."""

from dataclasses import replace

import pytest

from core.outgoing import Lane
from core.reports import A_DAY, Report
from core.store import outgoing, reports
from core.store.outgoing import Posting
from dialogs.doors import OpenMenu, OpenOffice, ReportOffice
from dialogs.editing.actions import (
    AcceptReport,
    AnswerReport,
    AskDecline,
    AskOfficeField,
    AskReport,
    AskReporter,
    AskServes,
    EditOffice,
    NoteRight,
    OpenReport,
    OpenReports,
    PreviewEdit,
    Reported,
    SaveEdit,
    SendReport,
)
from dialogs.editing.fields import REPORT
from dialogs.privacy import Forget
from dialogs.turn import Command, Kind, Located, Sent, Typed
from tests.dialogs.editing.conftest import Person
from tests.dialogs.editing.steps import BALKASH, body_of, changes_of, ready, taken
from tests.dialogs.editing.test_fields import fits, isinstance_of_view, said, save, view
from tests.dialogs.test_every_path import assert_fits
from tests.dialogs.visits import LANGUAGES, NOW, Visitor

GONE = "This is no longer here. Please choose again."
HOSTILE = "<b>=HYPERLINK(1)</b>"


async def report_of(person: Visitor, number: int = 1) -> Report:
    async with person.database.reading() as tx:
        found = await reports.find(tx, number)
    assert found is not None
    return found


async def sends(parent: Visitor, topic: str, words: str | None = None) -> None:
    """A report, from the card on."""
    await parent.opens(OpenOffice(BALKASH))
    await parent.opens(ReportOffice(BALKASH))
    await parent.opens(AskReport(BALKASH, topic))
    if words is None:
        await parent.opens(SendReport(BALKASH, topic))
    else:
        await parent.types(words)


def to(person: Visitor, postings: list[Posting]) -> list[Posting]:
    return [each for each in postings if each.chat_id == person.id]


async def test_a_parent_reports_and_is_thanked_and_told_when_it_is_put_right(
    parent: Visitor, editor: Visitor
) -> None:
    await parent.opens(OpenOffice(BALKASH))
    await parent.presses(said(parent, "This is wrong"))
    assert_fits(parent.screen, parent.say())
    await parent.presses(said(parent, "The phone"))
    assert "+77103646237" in parent.screen.text
    assert_fits(parent.screen, parent.say())
    await parent.types("Дозвонилась только по 8 (7103) 60-00-00, остальные молчат")
    assert_fits(parent.screen, parent.say())
    assert isinstance_of_view(await view(parent), Reported)
    notice = to(editor, await taken(editor))
    assert [each.lane for each in notice] == [Lane.REMINDER]
    assert notice[0].body["quiet"] is True
    assert str(parent.id) not in str(notice[0].body)
    await editor.does(Command("admin"))
    await editor.presses(said(editor, "Reports of parents"))
    fits(editor)
    await editor.opens(OpenReport(1))
    fits(editor)
    assert str(parent.id) not in editor.screen.text
    await editor.presses(said(editor, "Put it right"))
    assert "+77103600000" in editor.screen.text
    fits(editor)
    await save(editor)
    assert editor.shown is not None
    assert editor.shown.toast == said(editor, "It is saved, and the parent is told.")
    assert (await body_of(editor, BALKASH))["phones"] == ["+77103600000"]
    made = (await changes_of(editor, BALKASH))[0]
    assert (made.origin, made.report_id, made.person_id) == ("report", 1, editor.id)
    assert (await report_of(editor)).state == "accepted"
    thanks = to(parent, await taken(parent))
    assert len(thanks) == 1
    assert thanks[0].about == "report:1"
    name = parent.knowledge.directory.offices[BALKASH].name.said(parent.language)
    assert name in str(thanks[0].body)
    await editor.opens(OpenReport(1))
    assert said(editor, "Put it right") not in editor.labels()


@pytest.mark.parametrize(
    ("topic", "words", "field"),
    [
        ("phones", "не знаю какой", "phones"),
        ("hours", "пн-пт 10:00-17:00", "hours"),
        ("hours", "с утра до обеда", "hours"),
        ("address", "Пробная улица, 1", "address"),
        ("name", "Пробная школа", "name"),
        ("contacts", "пишите на school@example.kz", "emails"),
        ("contacts", "теперь www.example.kz", "websites"),
    ],
)
async def test_what_a_parent_says_is_put_into_the_field_it_is_about(
    parent: Visitor, editor: Visitor, topic: str, words: str, field: str
) -> None:
    await sends(parent, topic, words)
    await editor.opens(AcceptReport(1))
    name = f"{field}_{parent.language}" if field in {"address", "name"} else field
    taken_in = words not in {"не знаю какой", "с утра до обеда"}
    assert isinstance_of_view(await view(editor), PreviewEdit if taken_in else AskOfficeField)
    fits(editor)
    if not taken_in:
        assert words in editor.screen.text
        await editor.types({"phones": "87103600000", "hours": "пн-пт 9-18"}[name])
    await save(editor)
    assert (await report_of(editor)).state == "accepted"
    assert len(await changes_of(editor, BALKASH)) == 1


async def test_a_place_on_the_map_becomes_the_position(parent: Visitor, editor: Visitor) -> None:
    await parent.opens(AskReport(BALKASH, "address"))
    await parent.does(Located(46.8431, 74.9712, "Пробное место"))
    await editor.opens(OpenReport(1))
    fits(editor)
    await editor.opens(AcceptReport(1))
    await save(editor)
    assert (await body_of(editor, BALKASH))["lat"] == 46.8431


async def test_an_office_that_is_gone_is_closed(parent: Visitor, editor: Visitor) -> None:
    await sends(parent, "closed")
    await editor.opens(AcceptReport(1))
    fits(editor)
    await save(editor)
    assert (await body_of(editor, BALKASH))["closed"] is True


@pytest.mark.parametrize(
    ("topic", "kind"), [("services", AskServes), ("other", EditOffice), ("phones", AskOfficeField)]
)
async def test_what_fits_no_field_leads_to_where_it_can_be_changed(
    parent: Visitor, editor: Visitor, topic: str, kind: type[EditOffice]
) -> None:
    await sends(parent, topic)
    await editor.opens(AcceptReport(1))
    assert isinstance_of_view(await view(editor), kind)
    await editor.opens(AskOfficeField(BALKASH, "postcode"))
    await editor.types("100310")
    await save(editor)
    assert (await report_of(editor)).state == "accepted"


async def test_a_report_that_is_left_is_not_settled_by_the_next_edit(
    parent: Visitor, editor: Visitor
) -> None:
    await sends(parent, "phones", "87103600000")
    await editor.opens(AcceptReport(1))
    await editor.opens(OpenMenu())
    assert REPORT not in (await editor.person()).memory
    await editor.opens(AskOfficeField(BALKASH, "postcode"))
    await editor.types("100310")
    await save(editor)
    assert (await report_of(editor)).waits
    assert (await changes_of(editor, BALKASH))[0].origin == "chat"


async def test_it_may_be_right_by_now(parent: Visitor, editor: Visitor) -> None:
    await sends(parent, "phones")
    await editor.opens(NoteRight(1))
    assert (await report_of(editor)).state == "accepted"
    assert len(to(parent, await taken(parent))) == 1
    assert await changes_of(editor, BALKASH) == []
    shown = await editor.opens(NoteRight(1))
    assert shown.alert
    assert to(parent, await taken(parent)) == []


async def test_declined_with_words(parent: Visitor, editor: Visitor) -> None:
    await sends(parent, "name", HOSTILE)
    await editor.opens(OpenReport(1))
    assert HOSTILE not in editor.screen.text
    assert "&lt;b&gt;" in editor.screen.text
    await editor.presses(said(editor, "Decline"))
    fits(editor)
    await editor.types(f"Название верное {HOSTILE}")
    assert (await report_of(editor)).state == "declined"
    told = to(parent, await taken(parent))
    assert len(told) == 1
    assert "Название верное" in str(told[0].body)
    assert HOSTILE not in str(told[0].body)
    await editor.opens(OpenReport(1))
    fits(editor)
    assert (await editor.opens(AskDecline(1))).alert


async def test_one_question_and_its_answer(parent: Visitor, editor: Visitor) -> None:
    await sends(parent, "hours", "Закрыто в субботу")
    await taken(editor)
    await editor.opens(OpenReport(1))
    await editor.presses(said(editor, "Ask the parent"))
    fits(editor)
    await editor.types("А в пятницу?")
    asked = to(parent, await taken(parent))
    assert "А в пятницу?" in str(asked[0].body)
    await editor.opens(OpenReports())
    fits(editor)
    await editor.opens(OpenReport(1))
    assert said(editor, "Ask the parent") not in editor.labels()
    assert (await editor.opens(AskReporter(1))).alert
    await parent.opens(AnswerReport(1))
    # A parent reads what was written to them in whatever language it is.
    assert_fits(parent.screen, LANGUAGES["kk"])
    await parent.types("пн-пт 10:00-17:00")
    answered = await report_of(editor)
    assert (answered.state, answered.said.answer) == ("open", "пн-пт 10:00-17:00")
    told = to(editor, await taken(editor))
    assert len(told) == 1
    assert "10:00" not in str(told[0].body)
    await editor.opens(OpenReport(1))
    fits(editor)
    await editor.opens(AcceptReport(1))
    await save(editor)
    assert (await body_of(editor, BALKASH))["hours"][0]["to"] == "17:00"
    assert (await parent.opens(AnswerReport(1))).alert


async def test_a_reply_to_the_question_is_its_answer(parent: Visitor, editor: Visitor) -> None:
    await sends(parent, "hours", "Закрыто в субботу")
    await editor.opens(AskReporter(1))
    await editor.types("А в пятницу?")
    asked = to(parent, await taken(parent))[0]
    await parent.opens(OpenMenu())
    await parent.does(Typed("Тоже", asked.id))
    assert (await report_of(editor)).said.answer == "Тоже"
    # A second reply changes nothing any more, and is tried as a search like other words.
    await parent.does(Typed("Совсем другое", asked.id))
    assert (await report_of(editor)).said.answer == "Тоже"


async def test_only_whoever_was_asked_answers(
    parent: Visitor, editor: Visitor, someone: Person
) -> None:
    await sends(parent, "hours", "Закрыто в субботу")
    stranger = someone(7000000009)
    await ready(stranger)
    assert (await parent.opens(AnswerReport(1))).alert
    await editor.opens(AskReporter(1))
    await editor.types("А в пятницу?")
    assert (await stranger.opens(AnswerReport(1))).alert
    assert (await report_of(editor)).state == "asked"


async def test_those_who_keep_it_hear_only_of_the_first_that_waits(
    parent: Visitor, editor: Visitor, someone: Person
) -> None:
    both = someone(7000000004, "kk")
    await ready(both)
    await both.holds("admin", "editor")
    await sends(parent, "phones")
    await sends(parent, "hours")
    told = await taken(parent)
    assert sorted(each.chat_id for each in told) == sorted([editor.id, both.id])
    for number in (1, 2):
        await editor.opens(NoteRight(number))
    await taken(parent)
    await sends(parent, "hours")
    assert sorted(each.chat_id for each in await taken(parent)) == sorted([editor.id, both.id])


async def test_enough_for_a_day_is_said_politely(parent: Visitor, editor: Visitor) -> None:
    for _ in range(A_DAY):
        await sends(parent, "phones")
    await parent.opens(AskReport(BALKASH, "phones"))
    assert "5" in parent.screen.text
    assert_fits(parent.screen, parent.say())
    await parent.types("ещё один")
    await parent.opens(SendReport(BALKASH, "phones"))
    await parent.opens(ReportOffice(BALKASH))
    assert_fits(parent.screen, parent.say())
    assert all(not isinstance(each.does, AskReport) for each in parent.buttons())
    async with editor.database.reading() as tx:
        assert await reports.count_open(tx) == A_DAY
    await editor.opens(OpenReports())
    fits(editor)
    later = replace(parent, id=7000000008)
    await ready(later)
    await sends(later, "phones")
    async with editor.database.reading() as tx:
        assert await reports.count_open(tx) == A_DAY + 1
    await editor.opens(OpenReports(1))
    fits(editor)


async def test_of_two_who_settle_one_wins_and_the_other_learns(
    parent: Visitor, editor: Visitor, someone: Person
) -> None:
    other = someone(7000000004, "kk")
    await ready(other)
    await other.holds("admin")
    await sends(parent, "phones", "87103600000")
    late = "Somebody else has settled this meanwhile. Here is how it stands."
    for person in (editor, other):
        await person.opens(AcceptReport(1))
    saving = next(each.does for each in other.buttons() if isinstance(each.does, SaveEdit))
    await save(editor)
    await taken(parent)
    # The same change is made; a different one is not made in the name of the same report.
    await other.opens(saving)
    await other.opens(AskOfficeField(BALKASH, "phones"))
    await other.types("87103600001")
    await save(other)
    assert other.shown is not None
    assert other.shown.toast == said(
        other, "Somebody else has settled this report. Nothing was changed."
    )
    assert (await body_of(editor, BALKASH))["phones"] == ["+77103600000"]
    for action in (AcceptReport(1), NoteRight(1)):
        shown = await other.opens(action)
        assert shown.alert
        assert shown.toast == said(other, late)
    assert to(parent, await taken(parent)) == []
    await sends(parent, "hours", "до 17")
    await editor.opens(AskDecline(2))
    await other.opens(AskDecline(2))
    await editor.types("Одни слова")
    shown = await other.types("Другие слова")
    assert said(other, late) in other.screen.text
    assert (await report_of(editor, 2)).said.words == "Одни слова"
    assert len(to(parent, await taken(parent))) == 1


async def test_a_parent_may_be_forgotten_while_it_is_put_right(
    parent: Visitor, editor: Visitor
) -> None:
    await sends(parent, "phones", "87103600000")
    await editor.opens(AcceptReport(1))
    await parent.opens(Forget())
    async with editor.database.reading() as tx:
        assert await reports.find(tx, 1) is None
    await save(editor)
    assert await changes_of(editor, BALKASH) == []
    for action in (OpenReport(1), AcceptReport(1), NoteRight(1), AskDecline(1), AskReporter(1)):
        assert (await editor.opens(action)).alert
    await editor.opens(OpenReports())
    fits(editor)
    async with parent.database.writing() as tx:
        assert [each.chat_id for each in await outgoing.take(tx, NOW, 50)] == [editor.id]


async def test_wrong_turns_of_a_parent(parent: Visitor) -> None:
    for action in (AskReport(BALKASH, "weather"), SendReport(BALKASH, "weather")):
        assert (await parent.opens(action)).alert
    assert (await parent.opens(ReportOffice("of9999"))).alert
    await parent.opens(AskReport(BALKASH, "phones"))
    await parent.does(Sent(Kind.PHOTO, "made-up"))
    await parent.opens(AskReport(BALKASH, "phones"))
    await parent.does(Located(46.8, 74.9))
    async with parent.database.reading() as tx:
        assert await reports.count_open(tx) == 0
    await parent.opens(AskReport(BALKASH, "phones"))
    await parent.types("x" * 3000)
    assert len((await report_of(parent)).said.text) == 500


async def test_the_role_is_asked_at_the_press(parent: Visitor, someone: Person) -> None:
    await sends(parent, "phones", "87103600000")
    stranger = someone(7000000009)
    await ready(stranger)
    await stranger.holds("official", "viewer")
    for action in (
        OpenReports(),
        OpenReport(1),
        AcceptReport(1),
        NoteRight(1),
        AskDecline(1),
        AskReporter(1),
    ):
        for person in (stranger, parent):
            shown = await person.opens(action)
            assert shown.alert, action
            assert shown.toast == said(person, GONE)
    assert (await report_of(parent)).waits
