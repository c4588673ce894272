"""Files that people send reach the dialog that asked for them: whole, bounded, or not at all."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest
from markupsafe import Markup

import bot.app
from bot.playground.faults import Fault
from bot.playground.server import PlaygroundServer
from dialogs.action import Action
from dialogs.conversation import Conversation
from dialogs.screen import Screen
from dialogs.turn import (
    Brought,
    Dialog,
    Fetch,
    Given,
    Input,
    Reply,
    Sent,
    Visit,
    leads_to,
    page,
)
from tests.bot.running import PARENT_RU, Phone, running, settings_for, sqlite_at

MOST = 1000


@dataclass(frozen=True)
class AskFile(Action):
    """A view that waits for a file."""

    code: ClassVar[str] = "x"
    told: str = "nothing"


def read(content: bytes) -> object:
    if content == b"broken":
        raise ZeroDivisionError
    return content.decode().strip()


async def take(_: Visit, __: AskFile, given: Given) -> Reply | None:
    match given:
        case Sent(file_id=file_id, file_name=name):
            return Reply(fetch=Fetch(file_id, name, MOST, read))
        case Brought(name, holds, None):
            return Reply(AskFile(f"{name} holds {holds}"))
        case Brought(name, _, trouble):
            return Reply(AskFile(f"{name} is {trouble}"))
        case _:
            return None


DIALOG = Dialog(
    views=(page(AskFile, lambda _, asked: Screen(Markup.escape(asked.told))),),
    inputs=(Input(AskFile, take),),
    commands={"start": leads_to(AskFile())},
)


@pytest.fixture
async def phone(
    server: PlaygroundServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Phone]:
    monkeypatch.setattr(bot.app, "make_conversation", lambda: Conversation((DIALOG,), AskFile()))
    async with running(settings_for(server, sqlite_at(tmp_path))):
        phone = Phone(server, PARENT_RU)
        await phone.says("/start")
        yield phone


async def sends(phone: Phone, content: bytes, name: str = "a.yaml") -> str:
    phone.server.town.upload(phone.person, phone.person, "document", content, name)
    return str((await phone.server.next_message(phone.person))["text"])


async def test_what_a_file_holds_reaches_the_dialog(phone: Phone) -> None:
    assert await sends(phone, "сөз".encode()) == "a.yaml holds сөз"
    assert await sends(phone, b" " * (MOST - 1) + b"y", "b.txt") == "b.txt holds y"


async def test_a_file_that_is_too_large_is_not_read(phone: Phone) -> None:
    assert await sends(phone, b"x" * (MOST + 1)) == "a.yaml is large"
    assert await sends(phone, b"x" * (21 * 1024 * 1024)) == "a.yaml is large"


async def test_a_file_that_telegram_does_not_give_is_lost(phone: Phone) -> None:
    phone.server.faults.next("getFile", Fault(code=400))
    assert await sends(phone, b"word") == "a.yaml is lost"


async def test_a_passing_trouble_passes(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.files.PAUSES", (0.0, 0.0, None))
    phone.server.faults.next("getFile", Fault(kind="close"), times=2)
    assert await sends(phone, b"word") == "a.yaml holds word"
    phone.server.faults.next("getFile", Fault(code=502), times=3)
    assert await sends(phone, b"word") == "a.yaml is lost"


async def test_a_reader_that_fails_is_reported_and_told(phone: Phone) -> None:
    assert await sends(phone, b"broken") == "a.yaml is broken"
    assert await sends(phone, b"whole") == "a.yaml holds whole"
