"""What one person does with their own enquiries: names, papers, days, applications, releases."""

import asyncio
import io
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from docx import Document

from core.knowledge import Knowledge
from core.papers.model import Box
from core.services.model import Service
from core.store import enquiries
from dialogs.application import (
    FILLING,
    KEPT,
    AskField,
    KeepFields,
    MakeApplication,
    OpenPreview,
    StopFilling,
)
from dialogs.checklist import OpenPaper, Part, SavePapers, Tick, TurnPapers, items_of
from dialogs.conversation import Shown
from dialogs.doors import (
    FillApplication,
    ManageEnquiry,
    NameEnquiry,
    OpenEnquiry,
    OpenGrounds,
    OpenMenu,
    OpenNextSteps,
    OpenPapers,
    OpenRoutes,
    OpenService,
    StartEnquiry,
)
from dialogs.enquiry import Answer, AskAgain
from dialogs.language import SetLanguage
from dialogs.naming import DeleteEnquiry
from dialogs.next_steps import AskDay, read_day
from dialogs.papers.checklist import checklist_paper
from dialogs.screen import File, Link, Screen
from dialogs.turn import Command, Making
from tests.dialogs.test_every_path import standing_at
from tests.dialogs.visits import LANGUAGES, NOW, Visitor

MEALS = "free_school_meals"
FIELDS = 11


@pytest.fixture
async def number(visitor: Visitor) -> int:
    """A finished enquiry about meals, in Russian."""
    await visitor.starts()
    await visitor.opens(SetLanguage("ru"))
    return await finished(visitor)


async def finished(visitor: Visitor) -> int:
    await visitor.opens(StartEnquiry(MEALS))
    number = int((await visitor.person()).view.split(":")[1], 36)
    await visitor.opens(Answer(number, "school", "state"))
    await visitor.opens(Answer(number, "family", "assistance"))
    return number


async def papers(shown: Shown) -> list[File]:
    """The files that come before the screen, made as the bot makes them."""
    files = []
    for each in shown.before:
        assert isinstance(each, Making)
        screen: Screen = await asyncio.to_thread(each.make)
        assert screen.file is not None
        files.append(screen.file)
    return files


async def at(visitor: Visitor) -> str:
    return (await visitor.person()).view


async def test_a_second_child_is_asked_for_a_name(visitor: Visitor, number: int) -> None:
    await visitor.opens(StartEnquiry(MEALS))
    assert "Как назвать?" in visitor.screen.text
    second = await at(visitor)
    await visitor.opens(StartEnquiry(MEALS))
    assert await at(visitor) == second
    await visitor.types("  Әлия <b>2\n класс")
    assert "Бесплатное питание в школе – Әлия &lt;b&gt;2 класс" in visitor.screen.text
    await visitor.does(Command("mine"))
    assert any("Әлия <b>2 класс" in each for each in visitor.labels())
    assert "готово 0 из" in visitor.screen.text
    assert "вопрос 1 из" in visitor.screen.text
    assert number


async def test_a_name_can_be_left_out_changed_and_taken_away(visitor: Visitor, number: int) -> None:
    await visitor.opens(ManageEnquiry(number))
    await visitor.presses("Дать имя")
    await visitor.presses("Без имени")
    assert await at(visitor) == OpenEnquiry(number).pack()
    await visitor.opens(NameEnquiry(number))
    await visitor.types("Данияр" * 20)
    assert ("Данияр" * 4) in visitor.screen.text
    assert ("Данияр" * 5) not in visitor.screen.text
    await visitor.opens(ManageEnquiry(number))
    await visitor.presses("Убрать имя")
    assert "Данияр" not in visitor.screen.text


async def test_a_name_is_locked_in_the_database(visitor: Visitor, number: int) -> None:
    await visitor.opens(NameEnquiry(number))
    await visitor.types("Данияр")
    async with visitor.database.reading() as tx:
        row = await tx.first(enquiries.FIND, {"number": number, "person": visitor.id})
    assert row is not None
    assert "Данияр" not in str(row)


async def test_deleting_asks_first_and_is_final(visitor: Visitor, number: int) -> None:
    await visitor.opens(ManageEnquiry(number))
    await visitor.presses("Удалить")
    assert "Удалить?" in visitor.screen.text
    await visitor.presses("Да, удалить")
    assert "Вы ещё ничего не начинали" in visitor.screen.text or not any(
        "Бесплатное питание" in each for each in visitor.labels()
    )
    again = await visitor.opens(DeleteEnquiry(number))
    assert not again.alert
    assert (await visitor.opens(OpenEnquiry(number))).alert


async def test_another_persons_enquiry_cannot_be_named_deleted_or_printed(
    visitor: Visitor, number: int
) -> None:
    stranger = replace(visitor, id=502)
    await stranger.starts()
    for action in (
        ManageEnquiry(number),
        NameEnquiry(number),
        OpenPaper(number, "application"),
        SavePapers(number, "ru"),
        OpenNextSteps(number),
        AskDay(number),
        FillApplication(number, "application"),
    ):
        shown = await stranger.opens(action)
        assert shown.alert
        assert not shown.before
    await stranger.opens(DeleteEnquiry(number))
    assert not (await visitor.opens(OpenEnquiry(number))).alert


async def test_the_card_leads_back_to_what_was_begun(visitor: Visitor, number: int) -> None:
    await visitor.opens(OpenService(MEALS))
    await visitor.presses("Продолжить")
    assert await at(visitor) == OpenEnquiry(number).pack()


async def test_the_card_can_be_sent_to_someone(visitor: Visitor, number: int) -> None:
    await visitor.opens(OpenService(MEALS))
    links = [each.does for each in visitor.buttons() if isinstance(each.does, Link)]
    assert len(links) == 1
    assert f"start%3Ds-{MEALS}" in links[0].url
    assert number


async def test_complaining_is_an_aside(visitor: Visitor, number: int) -> None:
    await visitor.opens(OpenRoutes(MEALS))
    await visitor.presses("Отказали")
    assert "Сначала – сюда" in visitor.screen.text
    assert "Суд" in visitor.screen.text
    await visitor.presses("Назад")
    assert await at(visitor) == OpenEnquiry(number).pack()


async def test_alternatives_are_ticked_as_one(visitor: Visitor, number: int) -> None:
    service = visitor.knowledge.library.services[MEALS]
    documents = tuple(
        each.model_copy(update={"one_of": "either"})
        if each.id in {"application", "assistance_certificate"}
        else each
        for each in service.documents
    )
    told = renewed(visitor.knowledge, service.model_copy(update={"documents": documents}))
    reader = replace(visitor, knowledge=told)
    await reader.opens(OpenPapers(number))
    assert "одно из этих" in reader.screen.text
    await reader.opens(Tick(number, "assistance_certificate", ready=True))
    assert "Всё готово" in reader.screen.text
    await reader.presses("1: готов")
    assert "Всё готово" not in reader.screen.text


def renewed(knowledge: Knowledge, service: Service) -> Knowledge:
    """What is known, with another release of one service."""
    services = {**knowledge.library.services, service.id: service}
    return replace(knowledge, library=replace(knowledge.library, services=services))


async def test_a_new_release_is_told_once(visitor: Visitor, number: int) -> None:
    service = visitor.knowledge.library.services[MEALS]
    newer = renewed(visitor.knowledge, service.model_copy(update={"version": service.version + 1}))
    reader = replace(visitor, knowledge=newer)
    shown = await reader.opens(OpenEnquiry(number))
    assert shown.alert
    assert "обновились" in shown.toast
    assert "эта услуга для вас" in reader.screen.text
    assert not (await reader.opens(OpenEnquiry(number))).toast


async def test_coming_back_keeps_an_enquiry_alive(visitor: Visitor, number: int) -> None:
    async def touched() -> datetime:
        async with visitor.database.reading() as tx:
            enquiry = await enquiries.find(tx, number, visitor.id)
        assert enquiry is not None
        return enquiry.active_at

    async with visitor.database.writing() as tx:
        enquiry = await enquiries.find(tx, number, visitor.id)
        assert enquiry is not None
        await enquiries.keep(tx, enquiry, NOW - timedelta(days=300))
    shown = await visitor.opens(OpenEnquiry(number))
    assert not shown.toast
    assert await touched() == NOW


async def test_an_answer_that_no_longer_exists_is_asked_anew(visitor: Visitor, number: int) -> None:
    service = visitor.knowledge.library.services[MEALS]
    family = service.question("family")
    assert family is not None
    options = tuple(each for each in family.options if each.id != "assistance")
    questions = tuple(
        family.model_copy(update={"options": options}) if each.id == "family" else each
        for each in service.questions
    )
    update = {"questions": questions, "version": service.version + 1}
    reader = replace(
        visitor, knowledge=renewed(visitor.knowledge, service.model_copy(update=update))
    )
    await reader.opens(OpenEnquiry(number))
    assert "вопрос 2 из" in reader.screen.text
    await reader.opens(OpenGrounds(number))
    assert "вопрос 2 из" in reader.screen.text
    await reader.opens(AskAgain(number, "school"))
    assert "• Да, в государственной" in reader.labels()


async def test_the_checklist_comes_as_pdf_in_either_language(visitor: Visitor, number: int) -> None:
    await visitor.opens(OpenPapers(number))
    for language, label in (("kk", "PDF на казахском"), ("ru", "PDF на русском")):
        shown = await visitor.presses(label)
        (file,) = await papers(shown)
        assert file.name == f"{MEALS}_{language}.pdf"
        assert file.content.startswith(b"%PDF")
    assert (await visitor.opens(SavePapers(number, "en"))).alert


async def test_two_quick_taps_bring_one_paper(visitor: Visitor, number: int) -> None:
    assert (await visitor.opens(SavePapers(number, "ru"))).before
    assert not (await visitor.opens(SavePapers(number, "ru"))).before
    assert (await visitor.opens(SavePapers(number, "kk"))).before
    assert (await visitor.opens(SavePapers(number, "ru"))).before


async def test_the_answer_is_counted_from_the_day_of_handing_in(
    visitor: Visitor, number: int
) -> None:
    await visitor.opens(OpenNextSteps(number))
    await visitor.presses("Сегодня")
    assert "Это выходной" in visitor.screen.text
    assert "последний день: 27 ноября 2026" in visitor.screen.text
    await visitor.presses("В другой день")
    await visitor.types("завтра утром")
    assert "Не получилось понять" in visitor.screen.text
    await visitor.types("14.12")
    assert "14 декабря 2026" in visitor.screen.text
    assert "последний день: 22 декабря 2026" in visitor.screen.text
    await visitor.opens(AskDay(number))
    await visitor.types("30.12.2026")
    assert "может сдвинуться" in visitor.screen.text


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("25.11", "2026-11-25"),
        ("20.11", "2027-11-20"),
        ("20.11.26", "2026-11-20"),
        ("1/12/2026", "2026-12-01"),
        (" 01-12-2026. ", "2026-12-01"),
        ("31.11", None),
        ("29.02", None),
        ("1.1.1999", None),
        ("сегодня", None),
        ("", None),
    ],
)
def test_days_are_read_as_people_write_them(written: str, day: str | None) -> None:
    read = read_day(written, NOW.date())
    assert (read.isoformat() if read else None) == day


async def filled_in(visitor: Visitor, number: int) -> None:
    """Every blank of the application typed, up to the preview."""
    await visitor.opens(FillApplication(number, "application"))
    for place in range(FIELDS):
        await visitor.types(f"Қ{place}ә {{x}}")
    assert await at(visitor) == OpenPreview(number).pack()


async def test_an_application_is_filled_in_made_and_forgotten(
    visitor: Visitor, number: int
) -> None:
    await filled_in(visitor, number)
    assert "Қ10ә {x}" in visitor.screen.text
    shown = await visitor.presses("Сделать на казахском")
    printed, changeable = await papers(shown)
    assert printed.name == f"{MEALS}_application_kk.pdf"
    assert printed.content.startswith(b"%PDF")
    words = "\n".join(each.text for each in Document(io.BytesIO(changeable.content)).paragraphs)
    assert all(f"Қ{place}ә {{x}}" in words for place in range(FIELDS))
    assert "удалено" in shown.toast
    person = await visitor.person()
    assert FILLING not in person.memory
    assert "Қ1ә" not in str(person.memory)
    second = await visitor.opens(MakeApplication(number, "kk"))
    assert not second.before
    assert not second.alert


async def test_what_was_typed_is_kept_only_if_asked_to(visitor: Visitor, number: int) -> None:
    await filled_in(visitor, number)
    await visitor.presses("☐ Сохранить")
    await visitor.presses("Сделать на русском")
    assert len((await visitor.person()).memory[KEPT]) == FIELDS
    await visitor.does(Command("cancel"))
    await visitor.opens(FillApplication(number, "application"))
    assert "Сейчас: Қ0ә {x}" in visitor.screen.text
    await visitor.presses("Оставить так")
    await visitor.opens(OpenPreview(number))
    assert "Қ10ә" in visitor.screen.text
    await visitor.opens(KeepFields(number, on=False))
    await visitor.presses("Сделать на русском")
    assert KEPT not in (await visitor.person()).memory


async def test_leaving_an_application_forgets_it_and_an_aside_does_not(
    visitor: Visitor, number: int
) -> None:
    await visitor.opens(FillApplication(number, "application"))
    await visitor.types("Мектеп 5")
    await visitor.does(Command("language"))
    await visitor.presses("Русский")
    assert (await visitor.person()).memory[FILLING]["values"] == {"school": "Мектеп 5"}
    await visitor.opens(OpenMenu())
    assert FILLING not in (await visitor.person()).memory
    assert (await visitor.opens(OpenPreview(number))).alert


async def test_a_blank_can_be_left_and_too_much_is_refused(visitor: Visitor, number: int) -> None:
    await visitor.opens(FillApplication(number, "application"))
    await visitor.types("я" * 151)
    assert "Слишком длинно" in visitor.screen.text
    await visitor.presses("Оставить пустым")
    await visitor.types("Алматы")
    await visitor.presses("Назад")
    assert "Сейчас: Алматы" in visitor.screen.text
    await visitor.opens(OpenPreview(number))
    assert "____" in visitor.screen.text
    await visitor.presses("Прекратить и забыть")
    assert await at(visitor) == OpenPapers(number).pack()
    assert FILLING not in (await visitor.person()).memory
    assert not (await visitor.opens(StopFilling(number))).alert


@pytest.mark.parametrize(
    "packed", ["ff:1:child:0", "fp:1", "fb:1:child", "fk:1:1", "du:1:zzzzzz", "tp:free:where:0:0"]
)
async def test_what_is_no_longer_there_explains_itself(
    visitor: Visitor, number: int, packed: str
) -> None:
    action = visitor.conversation.codebook.unpack(packed)
    assert number == 1
    assert (await visitor.opens(action)).alert
    assert await at(visitor) == OpenMenu().pack()


async def test_a_page_that_is_not_there_is_the_nearest(visitor: Visitor, number: int) -> None:
    await visitor.opens(TurnPapers(number, 99))
    assert "1. " in visitor.screen.text
    await visitor.opens(AskField(number, "child"))
    assert await at(visitor) == OpenMenu().pack()


async def test_whoever_is_ruled_out_sees_first_what_else_may_fit(
    visitor: Visitor, number: int
) -> None:
    await visitor.opens(Answer(number, "family", "low_income"))
    await visitor.opens(Answer(number, "income", "above"))
    assert "услуга не для вас" in visitor.screen.text
    assert visitor.buttons()[0].does == OpenService("targeted_social_assistance")
    assert OpenPapers(number) not in [each.does for each in visitor.buttons()]
    await visitor.opens(Answer(number, "income", "below"))
    assert visitor.buttons()[0].does == OpenPapers(number)


async def test_what_the_office_makes_itself_has_no_box(visitor: Visitor, number: int) -> None:
    await visitor.opens(Answer(number, "family", "emergency"))
    async with visitor.database.reading() as tx:
        enquiry = await enquiries.find(tx, number, visitor.id)
    assert enquiry is not None
    library = visitor.knowledge.library
    service = library.services[MEALS]
    where = standing_at(service, library, dict(enquiry.answers))
    office = [each for each in items_of(where) if each.part is Part.OFFICE]
    assert office
    boxes = [
        each for each in checklist_paper(LANGUAGES["ru"], where).parts if isinstance(each, Box)
    ]
    assert len(boxes) == len(items_of(where)) - len(office)
    await visitor.opens(OpenPaper(number, office[0].first.id))
    assert not any("Ещё нет" in each for each in visitor.labels())
