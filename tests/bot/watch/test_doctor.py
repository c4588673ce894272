"""The doctor says what is amiss, and what to do about it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.playground.server import PlaygroundServer
from bot.watch.doctor import Finding, examine
from tests.core.services.builders import LIBRARY


@pytest.fixture(autouse=True)
def apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("BOT_TOKEN", "BOT_API_URL", "DATABASE_URL", "SECRET_KEY", "BAGYT_PRODUCTION"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[PlaygroundServer]:
    async with PlaygroundServer() as started:
        monkeypatch.setenv("BOT_API_URL", started.bot_api_url)
        monkeypatch.setenv("BOT_TOKEN", started.token)
        yield started


def named(findings: list[Finding], what: str) -> Finding:
    return next(each for each in findings if each.what == what)


async def test_all_is_well_without_a_token() -> None:
    findings = await examine()
    assert all(each.well for each in findings)
    assert "playground" in named(findings, "settings").says
    assert f"{len(LIBRARY.services)} services" in named(findings, "data").says


async def test_a_good_token_and_a_right_clock(server: PlaygroundServer) -> None:
    assert server.url
    findings = await examine()
    assert named(findings, "token").well
    assert named(findings, "clock").well


async def test_a_token_that_telegram_does_not_know(
    server: PlaygroundServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_TOKEN", server.token + "x")
    finding = named(await examine(), "token")
    assert not finding.well
    assert "@BotFather" in finding.says


async def test_telegram_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("BOT_TOKEN", "12345678:abcdefghijklmnopqrstuvwxyz")
    finding = named(await examine(), "telegram")
    assert not finding.well
    assert "check the network" in finding.says


async def test_a_key_that_does_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "the first key of this database")
    assert named(await examine(), "database").well
    monkeypatch.setenv("SECRET_KEY", "quite another key than that one")
    finding = named(await examine(), "database")
    assert not finding.well
    assert finding.says.startswith("SECRET_KEY")


async def test_a_wrong_setting_is_told_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIMEZONE", "Mars")
    (finding,) = await examine()
    assert not finding.well
    assert "TIMEZONE=Mars" in str(finding)
