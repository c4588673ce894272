"""Tables of offices in the chat: sent, tried, applied, left, undone; and who may not, may not."""

import asyncio
import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.desks import Desks
from bot.importing import Importing
from core.clock import FixedClock
from core.directory import dry_run
from core.directory.bringing import bring_release
from core.directory.changes import Hand, edit
from core.directory.model import Office
from core.knowledge import CurrentKnowledge
from core.store import changes, imports, offices, roles
from core.store.database import Database
from core.store.offices import bring_places
from dialogs.doors import OpenAdmin, OpenMenu
from dialogs.importing.actions import (
    ApplyImport,
    AskUndo,
    LeaveImport,
    OpenImport,
    OpenTables,
    ReadAgain,
    SendDirectory,
    SendMarked,
    UndoImport,
)
from dialogs.language import SetLanguage
from dialogs.screen import Screen
from dialogs.turn import Brought, Fetch, Kind, Making, Sent, Trouble
from tests.core.directory.made_up import office
from tests.core.directory.tables import keep_services, sheet
from tests.dialogs.visits import LANGUAGES, NOW, Visitor

FEW = [office(f"of900{n}", phones=[f"+7727000000{n}"]) for n in range(1, 6)]


@dataclass
class Shows:
    """Stands for the edge: draws screens anew where the person still looks at them."""

    visitors: dict[int, Visitor]
    before: list[Screen] = field(default_factory=list)

    async def refresh(self, person: int, view: Any, before: Sequence[Screen] = ()) -> bool:
        visitor = self.visitors[person]
        if (await visitor.person()).view != view.pack():
            return False
        self.before += before
        await visitor.looks_again()
        return True


@dataclass
class Desk:
    """An admin, another one, and what works for them."""

    admin: Visitor
    other: Visitor
    importing: Importing
    shows: Shows
    clock: FixedClock
    faults: list[BaseException]

    async def works(self) -> None:
        while await self.importing.do_one():
            pass
        assert self.faults == []


@pytest.fixture
async def desk(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> Desk:
    database, knowledge = visitor.database, visitor.knowledge
    async with database.writing() as tx:
        await keep_services(tx, knowledge.library, ("school_admission",), NOW)
        places = [each.model_dump(mode="json") for each in knowledge.directory.places.values()]
        await bring_places(tx, [each for each in places if each["id"].startswith("almaty_city")])
        await bring_release(tx, FEW, NOW)
    known = {each["id"]: Office.model_validate(each) for each in FEW}
    directory = replace(knowledge.directory, offices=known)
    visitor.knowledge = replace(knowledge, directory=directory)
    other = Visitor(visitor.conversation, database, visitor.knowledge, id=502)
    for each in (visitor, other):
        await each.starts()
        await each.opens(SetLanguage("ru"))
    await visitor.holds("editor")
    await other.holds("admin")
    monkeypatch.setattr(Importing, "_run", run_here)
    shows, clock = Shows({501: visitor, 502: other}), FixedClock(NOW)
    faults: list[BaseException] = []

    async def report(_: str, fault: BaseException, /, **__: object) -> None:
        faults.append(fault)

    async def read(_: Any) -> Any:
        return visitor.knowledge

    current = CurrentKnowledge(
        value=visitor.knowledge,
        revision=None,
        day=NOW.date(),
        read=read,
        today=lambda now: now.date(),
    )
    importing = Importing(
        database=database,
        clock=clock,
        copy="a copy",
        turns=shows,  # type: ignore[arg-type]
        desks=Desks(current, LANGUAGES, "bagyt_bot"),
        bell=asyncio.Event(),
        report=report,
        ring=lambda: None,
    )
    return Desk(visitor, other, importing, shows, clock, faults)


RUN_BESIDE = Importing._run


async def run_here(_: Importing, __: Any, folder: Path) -> None:
    """A dry run in this process: starting another one takes longer than the test."""
    await asyncio.to_thread(dry_run.run, folder, lambda _: None)


async def sends(person: Visitor, content: bytes, name: str = "мектептер.csv") -> None:
    """A file, as the edge brings it, wherever the person is."""
    shown = await person.does(Sent(Kind.DOCUMENT, "f1", name, len(content)))
    assert shown.screen is None
    assert isinstance(shown.fetch, Fetch)
    await person.does(Brought(name, shown.fetch.read(content)))


async def body(database: Database, office_id: str) -> dict[str, Any]:
    async with database.reading() as tx:
        return dict((await offices.entries(tx, [office_id]))[office_id].body)


GOOD = sheet(
    {"id": "of9001", "kind": "мектеп", "name_kk": "А мектебі", "name_ru": "Школа А",
     "region": "almaty_city", "phones": "8 727 000 00 09", "Заметка": ""},
    {"id": "", "kind": "мектеп", "name_kk": "Жаңа мектеп", "name_ru": "Новая школа",
     "region": "almaty_city", "phones": "", "Заметка": "x"},
)  # fmt: skip


async def test_a_table_is_sent_from_anywhere_tried_applied_and_undone(desk: Desk) -> None:
    admin = desk.admin
    await admin.opens(OpenMenu())
    await sends(admin, GOOD)
    assert (await admin.person()).view == OpenImport(1).pack()
    assert "Читаю таблицу" in admin.screen.text
    await desk.works()
    text = admin.screen.text
    assert "новое: <b>1</b>" in text
    assert "изменится: <b>1</b>" in text
    assert "Телефоны: <s>+77270000001</s> → <b>+77270000009</b>" in text
    assert "Столбцы, которых не знаю и не беру: Заметка" in text
    [marked] = desk.shows.before
    assert marked.file is not None
    assert marked.file.name == "мектептер-1.xlsx"
    book = load_workbook(io.BytesIO(marked.file.content))
    assert [each.title for each in book] == ["Таблица", "Изменения"]
    assert book["Таблица"]["A2"].value == "изменится"
    fills = {cell.fill.fgColor.rgb for cell in book["Таблица"][2] if cell.fill.fill_type}
    assert fills == {"FFFFEB9C"}
    assert (await body(admin.database, "of9001"))["phones"] == ["+77270000001"]

    await admin.presses("Применить: учреждений – 2")
    assert "Применяю" in admin.screen.text
    await desk.works()
    assert "Применена целиком" in admin.screen.text
    assert (await body(admin.database, "of9001"))["phones"] == ["+77270000009"]
    async with admin.database.reading() as tx:
        [added, changed] = await changes.of_import(tx, 1)
        assert not await imports.has_parts(tx, 1, "table"), "what was sent is let go of"
    assert {added.person_id, changed.person_id} == {501}

    await admin.presses("Отменить")
    assert "Отменить изменения" in admin.screen.text
    await admin.presses("Да, отменить")
    await desk.works()
    assert "2 учреждения снова такие, как были" in admin.screen.text
    assert (await body(admin.database, "of9001")) == FEW[0]
    await admin.presses("Назад")
    assert "(отменено)" in admin.screen.text


async def test_weeks_later_what_was_edited_since_stays_and_is_named(desk: Desk) -> None:
    admin = desk.admin
    await sends(admin, sheet(*({"id": e["id"], "postcode": "050001"} for e in FEW)))
    await desk.works()
    await admin.opens(ApplyImport(1))
    await desk.works()
    desk.clock.forward(timedelta(weeks=5))
    async with admin.database.writing() as tx:
        await edit(tx, Hand("chat", 502), "of9002", {"postcode": "050002"}, desk.clock.now())
    await admin.opens(UndoImport(1))
    await desk.works()
    assert "4 учреждения" in admin.screen.text
    assert "of9002 Пробная школа of9002 · Почтовый индекс" in admin.screen.text
    assert (await body(admin.database, "of9002"))["postcode"] == "050002"


async def test_of_two_admins_one_wins_and_the_other_looks_again(desk: Desk) -> None:
    admin, other = desk.admin, desk.other
    await sends(admin, sheet({"id": "of9001", "postcode": "050001"}))
    await sends(other, sheet({"id": "of9001", "postcode": "050002"}))
    await desk.works()
    await admin.opens(ApplyImport(1))
    await other.opens(ApplyImport(2))
    await desk.works()
    assert "Применена целиком" in admin.screen.text
    assert "кто-то изменил справочник" in other.screen.text
    assert "Применить: учреждений – 1" not in other.labels()
    assert (await body(admin.database, "of9001"))["postcode"] == "050001"
    shown = await other.opens(ApplyImport(2))
    assert shown.alert
    await other.presses("Посмотреть ещё раз")
    await desk.works()
    assert "<s>050001</s> → <b>050002</b>" in other.screen.text
    await other.presses("Применить")
    await desk.works()
    assert (await body(admin.database, "of9001"))["postcode"] == "050002"


async def test_what_a_whole_table_lacks_is_closed_only_if_wanted(desk: Desk) -> None:
    admin = desk.admin
    await sends(admin, sheet(*({"id": e["id"], "postcode": "050000"} for e in FEW[:4])))
    await desk.works()
    assert "закроется: <b>1</b>" in admin.screen.text
    assert "✕ of9005 Пробная школа of9005: закроется" in admin.screen.text
    await admin.presses("Ничего не закрывать")
    await desk.works()
    assert "нет ничего нового" in admin.screen.text
    assert "нет в таблице, тоже не изменится: <b>1</b>" in admin.screen.text


async def test_mistakes_are_told_by_row_column_and_what_would_be_right(desk: Desk) -> None:
    admin = desk.admin
    rows = [{"id": e["id"], "phones": "12", "emails": "a@"} for e in FEW]
    await sends(admin, sheet(*rows))
    await desk.works()
    text = admin.screen.text
    assert "в ней 10 ошибок" in text
    assert "строка 2, <i>Телефоны</i>: «12»: нет кода города; напишите номер так: +7 727" in text
    assert not any("Применить" in each for each in admin.labels())
    await admin.presses("→")
    assert "строка 6" in admin.screen.text
    shown = await admin.presses("размеченную")
    [making] = shown.before
    assert isinstance(making, Making)
    made = making.make()
    assert made.file is not None
    book = load_workbook(io.BytesIO(made.file.content))
    assert book["Таблица"]["A2"].value == "ошибка"
    await admin.opens(ApplyImport(1))
    await desk.works()
    async with admin.database.reading() as tx:
        assert await changes.last(tx) == 0


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_what_is_no_table_is_refused_in_words(desk: Desk, language: str) -> None:
    admin = desk.admin
    await admin.opens(SetLanguage(language))
    await admin.opens(OpenTables())
    await sends(admin, b"%PDF-1.7", "отчёт.pdf")
    await desk.works()
    assert {"kk": "құжат не сурет", "ru": "документ или картинка"}[language] in admin.screen.text
    await sends(admin, b"id;phones;phones\nof9001;1;2\n")
    await desk.works()
    assert {"kk": "Екі баған", "ru": "Два столбца"}[language] in admin.screen.text


async def test_what_does_not_come_or_is_too_large_is_told(desk: Desk) -> None:
    admin = desk.admin
    await admin.opens(OpenTables())
    for trouble in Trouble:
        await admin.does(Brought("a.xlsx", trouble=trouble))
        assert (await admin.person()).view == OpenTables(trouble=trouble.value).pack()
    await admin.does(Sent(Kind.DOCUMENT, "f1", "a.xlsx", 200 * 1024 * 1024))
    assert "слишком большой" in admin.screen.text
    await admin.does(Sent(Kind.PHOTO, "f1"))
    assert "файлом" in admin.screen.text


async def test_whoever_is_elsewhere_by_then_is_written_to(desk: Desk) -> None:
    admin = desk.admin
    await sends(admin, GOOD)
    await admin.opens(OpenMenu())
    await desk.works()
    async with admin.database.reading() as tx:
        [posting] = await outgoing_of(tx, admin.id)
    assert "Работа с вашей таблицей" in posting["text"]


async def outgoing_of(tx: Any, chat: int) -> list[dict[str, Any]]:
    from sqlalchemy import select

    from core.store.tables import outgoing as queue

    rows = await tx.all(select(queue.c.body).where(queue.c.chat_id == chat))
    return [tx.sealer.open_json(row.body) for row in rows]


async def test_the_role_is_asked_for_at_every_press(desk: Desk) -> None:
    admin = desk.admin
    await sends(admin, GOOD)
    await desk.works()
    async with admin.database.writing() as tx:
        [role] = await roles.of(tx, admin.id)
        await roles.revoke(tx, role.id, NOW)
    for action in (
        *(OpenTables(), SendDirectory(), OpenImport(1), SendMarked(1), ReadAgain(1)),
        *(ApplyImport(1), LeaveImport(1), AskUndo(1), UndoImport(1)),
    ):
        shown = await admin.opens(action)
        assert shown.alert, action
        assert (await admin.person()).view == OpenMenu().pack()
    await desk.works()
    async with admin.database.reading() as tx:
        assert await changes.last(tx) == 0
    await admin.does(Sent(Kind.DOCUMENT, "f1", "a.xlsx", 10))
    assert "файл сейчас не нужен" in admin.screen.text.lower()


async def test_a_table_is_left_and_its_buttons_explain_themselves(desk: Desk) -> None:
    admin = desk.admin
    await sends(admin, GOOD)
    await desk.works()
    await admin.presses("Не применять")
    await admin.opens(ApplyImport(1))
    assert "не применена" in admin.screen.text
    assert (await admin.opens(SendMarked(1))).alert
    assert (await admin.opens(ReadAgain(1))).alert
    assert (await admin.opens(OpenImport(99))).alert
    await admin.opens(UndoImport(1))
    await desk.works()
    assert "не применена" in admin.screen.text


async def test_pressing_twice_applies_once(desk: Desk) -> None:
    admin = desk.admin
    await sends(admin, GOOD)
    await desk.works()
    for _ in range(3):
        await admin.opens(ApplyImport(1))
    await desk.works()
    await admin.opens(ApplyImport(1))
    await desk.works()
    async with admin.database.reading() as tx:
        assert len(await changes.latest(tx)) == 2


async def test_a_table_that_nobody_decides_on_is_let_go_of(desk: Desk) -> None:
    admin = desk.admin
    await sends(admin, GOOD)
    await desk.works()
    desk.clock.forward(timedelta(days=15))
    await sends(desk.other, GOOD)
    await desk.works()
    async with admin.database.reading() as tx:
        kept = await imports.find(tx, 1)
        assert kept is not None
        assert kept.state == "left"
        assert not await imports.has_parts(tx, 1, "plan")


async def test_a_fault_of_ours_leaves_the_table_to_be_sent_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Importing, "_run", RUN_BESIDE)
    monkeypatch.setattr("bot.importing.sys.executable", "/bin/false")
    await sends(desk.admin, GOOD)
    assert await desk.importing.do_one()
    assert [type(each).__name__ for each in desk.faults] == ["ReadingError"]
    assert "Не смог прочитать" in desk.admin.screen.text


async def test_the_table_of_all_offices_comes_back_without_any_change(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Importing, "_run", RUN_BESIDE)
    admin = desk.admin
    await admin.opens(OpenAdmin())
    await admin.presses("Таблицы учреждений")
    shown = await admin.presses("Получить таблицу")
    [making] = shown.before
    assert isinstance(making, Making)
    made = making.make()
    assert made.file is not None
    head = [each.value for each in next(iter(load_workbook(io.BytesIO(made.file.content)).active))]
    assert head[:3] == ["Номер учреждения", "Вид", "Название (на казахском)"]
    await sends(admin, made.file.content, made.file.name)
    await desk.works()
    assert "не изменится: <b>5</b>" in admin.screen.text
