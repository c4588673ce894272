"""The guides name buttons, commands and pictures that are there, in both languages alike."""

import re

import pytest

from dialogs.house import make_conversation
from dialogs.speech import LOCALES, load_phrases
from tests.house.tree import ROOT

DOCS = ROOT / "docs"
PICTURES = DOCS / "pictures"
GUIDES = ("guide", "admin-guide")
LANGUAGES = ("kk", "ru")
OF_GROUPS = {"bind", "unbind"}
LARGEST, LARGEST_OF_ALL = 60_000, 3_000_000

_BUTTON = re.compile(r"\*\*([^*]+)\*\*")
_COMMAND = re.compile(r"`/([a-z]+)`")
_PICTURE = re.compile(r"pictures/([\w-]+)\.(kk|ru)\.png")


def read(guide: str, language: str) -> str:
    return (DOCS / f"{guide}.{language}.md").read_text("utf-8")


def pictures_in(text: str) -> list[str]:
    return [name for name, _ in _PICTURE.findall(text)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("guide", GUIDES)
def test_every_button_is_named_as_it_is(guide: str, language: str) -> None:
    phrases = load_phrases(language, LOCALES)
    said = {str(each) for each in vars(phrases)["_catalog"].values()}
    named = set(_BUTTON.findall(read(guide, language)))
    assert len(named) > 20
    assert named - said == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("guide", GUIDES)
def test_every_command_is_known(guide: str, language: str) -> None:
    named = set(_COMMAND.findall(read(guide, language)))
    assert named
    assert named - set(make_conversation().commands) - OF_GROUPS == set()


@pytest.mark.parametrize("guide", GUIDES)
def test_both_languages_show_the_same_in_the_same_order(guide: str) -> None:
    kk, ru = (read(guide, each) for each in LANGUAGES)
    assert pictures_in(kk) == pictures_in(ru)
    assert len(_BUTTON.findall(kk)) == len(_BUTTON.findall(ru))
    for text, language in ((kk, "kk"), (ru, "ru")):
        assert {each for _, each in _PICTURE.findall(text)} == {language}


def test_every_picture_is_there_small_and_shown() -> None:
    there = {each.name: each.stat().st_size for each in PICTURES.glob("*.png")}
    shown = {
        f"{name}.{language}.png"
        for page in (*DOCS.glob("*.md"), ROOT / "README.md")
        for name, language in _PICTURE.findall(page.read_text("utf-8"))
    }
    assert shown == set(there)
    assert max(there.values()) <= LARGEST
    assert sum(there.values()) <= LARGEST_OF_ALL
