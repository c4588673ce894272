"""Papers over HTTP: made after the turn, sent before the living message, forgotten, and failing."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.playground.server import PlaygroundServer
from dialogs.application import FILLING
from dialogs.checklist import SavePapers
from dialogs.doors import FillApplication, StartEnquiry
from dialogs.enquiry import Answer
from tests.bot.running import PARENT_RU, Phone, running, settings_for, sqlite_at

MEALS = "free_school_meals"
FIELDS = 11


@pytest.fixture
async def elena(server: PlaygroundServer, tmp_path: Path) -> AsyncIterator[Phone]:
    """A parent whose questions about meals are answered."""
    async with running(settings_for(server, sqlite_at(tmp_path))):
        phone = Phone(server, PARENT_RU)
        await phone.says("/start")
        await phone.presses("Русский")
        for action in (
            StartEnquiry(MEALS),
            Answer(1, "school", "state"),
            Answer(1, "family", "assistance"),
        ):
            await phone.presses_data(phone.last()["message_id"], action.pack())
        yield phone


def files(phone: Phone) -> list[str]:
    """The names of the files in the chat, in the order in which they came."""
    return [each["document"]["file_name"] for each in phone.messages() if "document" in each]


async def test_a_checklist_comes_before_the_screen(elena: Phone) -> None:
    before = len(elena.messages())
    await elena.presses_data(elena.last()["message_id"], SavePapers(1, "ru").pack())
    assert files(elena) == [f"{MEALS}_ru.pdf"]
    assert "document" in elena.messages()[before]
    assert "Нужные документы" in elena.last()["text"]
    assert len(elena.messages()) == before + 2


async def test_two_taps_at_once_bring_one_checklist(elena: Phone) -> None:
    living = elena.last()["message_id"]
    town = elena.server.town
    data = SavePapers(1, "ru").pack()
    queries = [town.press(PARENT_RU, PARENT_RU, living, data=data) for _ in range(3)]
    for query in queries:
        await elena.server.next_answer(query)
    await elena.server.settled()
    assert files(elena) == [f"{MEALS}_ru.pdf"]


async def test_an_application_comes_as_pdf_and_word(elena: Phone) -> None:
    await elena.presses_data(elena.last()["message_id"], FillApplication(1, "application").pack())
    for place in range(FIELDS):
        await elena.says(f"Слово {place}")
    answer = await elena.presses("на русском")
    assert answer["text"]
    assert files(elena) == [f"{MEALS}_application_ru.pdf", f"{MEALS}_application_ru.docx"]
    assert "Нужные документы" in elena.last()["text"]
    assert FILLING not in elena.text


async def test_a_paper_that_cannot_be_made_is_apologised_for(
    elena: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Any) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr("dialogs.papers.checklist.as_pdf", broken)
    await elena.presses_data(elena.last()["message_id"], SavePapers(1, "ru").pack())
    assert files(elena) == []
    assert "Нужные документы" in elena.last()["text"]
    assert any("сбой" in each.get("text", "").lower() for each in elena.messages())


async def test_others_are_answered_while_a_paper_is_made(
    elena: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = asyncio.get_running_loop()
    begun, may_end = asyncio.Event(), asyncio.Event()

    def slow(_: Any) -> bytes:
        loop.call_soon_threadsafe(begun.set)
        asyncio.run_coroutine_threadsafe(may_end.wait(), loop).result()
        return b"%PDF made at last"

    monkeypatch.setattr("dialogs.papers.checklist.as_pdf", slow)
    query = elena.server.town.press(
        PARENT_RU, PARENT_RU, elena.last()["message_id"], data=SavePapers(1, "ru").pack()
    )
    await elena.server.next_answer(query)
    await begun.wait()
    other = Phone(elena.server, PARENT_RU + 1)
    await other.says("/start")
    assert other.labels()
    assert files(elena) == []
    may_end.set()
    await elena.server.settled()
    assert files(elena) == [f"{MEALS}_ru.pdf"]
