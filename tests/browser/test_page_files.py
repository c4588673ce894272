"""The page's files: light, without words of their own, without a way to run what people type."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "bot" / "playground" / "page"
LOCALES = ROOT / "locales"
MOST_BYTES = 100 * 1024
FILES = sorted(PAGE.iterdir())
SCRIPTS = [path for path in FILES if path.suffix == ".js"]
DANGEROUS = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser"
    r"|srcdoc|javascript:|setTimeout\(\s*[\"'`]"
)
USED = re.compile(r'\bt\(\s*"([^"]+)"')
CHOSEN = re.compile(r'\? "([a-z_.]+)" : "([a-z_.]+)"')
BUILT = ("kind", "language", "role", "service")


def words(language: str) -> dict[str, str]:
    text = (LOCALES / f"playground.{language}.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def test_the_whole_page_is_light() -> None:
    assert sum(path.stat().st_size for path in FILES) < MOST_BYTES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_file_leads_outside(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    outside = set(re.findall(r"https?://[\w.]+", text)) - {"http://www.w3.org"}
    assert outside <= {"https://www.openstreetmap.org"}
    assert not re.search(r"<script(?! type=\"module\" src=\"/)|<style|\sstyle=|\son\w+=", text)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_makes_markup_or_code_of_text(path: Path) -> None:
    assert DANGEROUS.findall(path.read_text(encoding="utf-8")) == []


def test_both_languages_have_the_same_words_and_places() -> None:
    kazakh, russian = words("kk"), words("ru")
    assert list(kazakh) == list(russian)
    for key, text in kazakh.items():
        assert text.strip()
        assert russian[key].strip()
        places = re.findall(r"\{\w+\}", text)
        assert sorted(places) == sorted(re.findall(r"\{\w+\}", russian[key])), key


def test_every_word_asked_for_is_there_and_none_is_idle() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    known = words("kk")
    used = set(USED.findall(text)) | {"title"}
    assert used <= set(known)
    mentioned = set(re.findall(r'"([a-z_]+(?:\.[a-z_]+)*)"', text)) | used
    idle = {key for key in known if key not in mentioned and key.split(".")[0] not in BUILT}
    assert idle == set()
    for pair in CHOSEN.findall(text):
        assert all(key in known for key in pair if "." in key and not key.endswith(".js"))


def test_kazakh_words_hold_no_latin_look_alikes() -> None:
    mixed = re.compile(r"[а-яәғқңөұүһі][a-z]|[a-z][а-яәғқңөұүһі]", re.IGNORECASE)
    for text in words("kk").values():
        assert not mixed.search(re.sub(r"\{\w+\}", " ", text)), text
