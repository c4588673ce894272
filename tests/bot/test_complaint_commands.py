"""Complaints on the command line: masked, unless asked otherwise, which is written down."""

import json
import sqlite3
from pathlib import Path

import pytest

from bot.playground.server import PlaygroundServer
from core.complaints import number
from tests.bot.commands import Run, command_at
from tests.bot.complaining import REGION, WORDS, Talker, gives
from tests.bot.running import KEY, OFFICIAL, PARENT_RU, running, settings_for, sqlite_at


@pytest.fixture
async def own(tmp_path: Path) -> int:
    """One complaint in a database that nobody uses any more."""
    async with (
        PlaygroundServer(limits=False) as server,
        running(settings_for(server, sqlite_at(tmp_path))) as app,
    ):
        parent, official = (Talker(server, person) for person in (PARENT_RU, OFFICIAL))
        for each in (parent, official):
            await each.begins()
        await gives(app, OFFICIAL, "official", **REGION)
        return await parent.complains(app)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return command_at(tmp_path, DATABASE_URL=sqlite_at(tmp_path), SECRET_KEY=KEY)


def looked_up(folder: Path) -> list[str]:
    with sqlite3.connect(folder / "bot.db") as database:
        return [each for (each,) in database.execute("SELECT what FROM lookups ORDER BY id")]


async def test_what_is_personal_is_masked_and_asking_for_it_is_written_down(
    run: Run, own: int, tmp_path: Path
) -> None:
    listed = run("complaints", "list", "--json")
    (told,) = json.loads(listed.stdout)
    shown = number.shown(own)
    assert (told["number"], told["state"], told["personal"]) == (shown, "delivered", None)
    for words in (("list",), ("show", shown), ("show", str(own)), ("list", "--json")):
        ended = run("complaints", *words)
        assert ended.returncode == 0, ended.stderr
        assert shown in ended.stdout
        for secret in (WORDS[:20], str(PARENT_RU), "would not take"):
            assert secret not in ended.stdout + ended.stderr, words
    assert looked_up(tmp_path) == []

    whole = json.loads(run("complaints", "show", shown, "--json", "--personal").stdout)
    assert whole["personal"]["text"] == WORDS
    assert [each["kind"] for each in whole["events"]] == ["sent", "delivered"]
    json.loads(run("complaints", "list", "--json", "--personal").stdout)
    assert looked_up(tmp_path) == [f"complaints show {shown}", "complaints list"]


async def test_a_wrong_number_is_named_in_one_line(run: Run, own: int) -> None:
    wrong = number.shown(own)[:-1] + str((int(number.shown(own)[-1]) + 1) % 10)
    for each in (wrong, "999", "abc", "-1"):
        ended = run("complaints", "show", "--", each)
        assert ended.returncode == 2
        assert ended.stderr.count("\n") == 1
        assert each in ended.stderr
