"""Every phrase of the code is said in both languages, with the same tags and the same gaps."""

import re
from collections.abc import Iterable
from string import Formatter

import pytest
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po

from tests.house.tree import ROOT

LOCALES = ROOT / "locales"
LANGUAGES = ("kk", "ru")
TAG = re.compile(r"</?[a-z-]+>")

Forms = tuple[str, ...]
"""A phrase as one form, or as singular and plural; what is said of it in one form or more."""


def forms(text: str | Iterable[str] | None) -> Forms:
    return (text,) if isinstance(text, str) else tuple(text or ())


def phrases_of_the_code() -> set[Forms]:
    """Read the phrases just as `make locales` does, with the words that it looks for."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    keywords = parse_keywords(re.findall(r"--keyword (\S+)", makefile))
    with (LOCALES / "babel.cfg").open(encoding="utf-8") as settings:
        methods, options = parse_mapping_cfg(settings)  # type: ignore[no-untyped-call]
    found = extract_from_dir(ROOT, methods, options, keywords)
    return {forms(phrase) for _, _, phrase, _, _ in found}


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def tags(text: str) -> list[str]:
    return sorted(TAG.findall(text))


@pytest.fixture(scope="module", params=LANGUAGES)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    with (LOCALES / request.param / "LC_MESSAGES" / "bagyt.po").open("rb") as file:
        return read_po(file, locale=request.param)


@pytest.fixture(scope="module")
def said(catalogue: Catalog) -> dict[Forms, Forms]:
    return {forms(entry.id): forms(entry.string) for entry in catalogue if entry.id}


def test_catalogue_holds_what_the_code_says(said: dict[Forms, Forms]) -> None:
    phrases = phrases_of_the_code()
    assert phrases
    assert sorted(phrases - said.keys()) == [], "not in the catalogue: make locales"
    assert sorted(said.keys() - phrases) == [], "no longer said: make locales"


def test_everything_is_translated(catalogue: Catalog, said: dict[Forms, Forms]) -> None:
    for phrase, translation in said.items():
        assert all(translation), phrase
        assert len(translation) == (1 if len(phrase) == 1 else catalogue.num_plurals), phrase
    assert [entry.id for entry in catalogue if entry.id and entry.fuzzy] == []


def test_gaps_are_the_same(said: dict[Forms, Forms]) -> None:
    for phrase, translation in said.items():
        wanted = gaps(phrase[-1])
        for form in translation:
            # "One month" may do without the number; a phrase of one form has every gap.
            assert gaps(form) <= wanted, phrase
            assert len(phrase) > 1 or gaps(form) == wanted, phrase


def test_tags_are_the_same(said: dict[Forms, Forms]) -> None:
    for phrase, translation in said.items():
        for form in translation:
            assert tags(form) == tags(phrase[-1]), phrase
