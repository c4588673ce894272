"""Roles as an operator gives and takes them back on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.bot.commands import Run, command_at

ADMIN, OTHER, OFFICIAL = 7000000004, 7000000005, 7000000003


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a command on a database of its own, with one admin in the settings."""
    return command_at(tmp_path, ADMIN_IDS=str(ADMIN))


def listed(run: Run) -> list[tuple[int, str, Any]]:
    ended = run("roles", "list", "--json")
    assert ended.returncode == 0, ended.stderr
    return [(each["person"], each["role"], each["scope"]) for each in json.loads(ended.stdout)]


def test_an_operator_gives_takes_back_and_leaves_one_admin(run: Run) -> None:
    assert listed(run) == [(ADMIN, "admin", {})]
    scope = ("--office", "of0351", "--place", "karaganda", "--place", "karaganda.balkash_city")
    given = run("roles", "grant", str(OFFICIAL), "official", *scope)
    assert (given.returncode, given.stdout) == (0, "")
    again = run("roles", "grant", str(OFFICIAL), "official", *scope)
    assert "held already" in again.stderr
    bounds = {
        "offices": ["of0351"],
        "regions": ["karaganda"],
        "districts": ["karaganda.balkash_city"],
    }
    assert (OFFICIAL, "official", bounds) in listed(run)
    last = run("roles", "revoke", str(ADMIN), "admin")
    assert last.returncode == 2
    assert "last admin" in last.stderr
    assert run("roles", "grant", str(OTHER), "admin").returncode == 0
    assert run("roles", "revoke", str(ADMIN), "admin").returncode == 0
    # The setting still names them, but only once is that enough.
    assert [person for person, role, _ in listed(run) if role == "admin"] == [OTHER]
    assert "not held" in run("roles", "revoke", str(ADMIN), "admin").stderr


def test_wrong_words_are_named_in_one_line(run: Run) -> None:
    for words, named in (
        (("grant", "1", "boss"), "boss"),
        (("grant", "1", "official"), "--office"),
        (("grant", "1", "editor", "--office", "of0351"), "--office"),
        (("grant", "1", "official", "--office", "nowhere"), "nowhere"),
        (("grant", "1", "official", "--place", "nowhere"), "nowhere"),
        (("grant", "1", "official", "--service", "nothing"), "nothing"),
        (("revoke", "1", "boss"), "boss"),
    ):
        ended = run("roles", *words)
        assert ended.returncode == 2, words
        assert named in ended.stderr
        assert len(ended.stderr.splitlines()) == 1
    assert listed(run) == [(ADMIN, "admin", {})]
