"""Each catalogue speaks its own language only, in all the forms of that language."""

import re

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from dialogs.speech import DOMAIN, LANGUAGES, LOCALES

KAZAKH_ONLY = re.compile("[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
RUSSIAN_WORDS = re.compile(
    r"\b(и|в|во|на|для|что|это|или|если|как|вы|вас|вам|ваш|мы|нас|нет|по|от|до|из|есть)\b",
    re.IGNORECASE,
)


def catalogue(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        return read_po(file, locale=language)


def messages(language: str) -> list[Message]:
    return [each for each in catalogue(language) if each.id]


def variants(message: Message) -> list[str]:
    said = message.string or ()
    return [said] if isinstance(said, str) else list(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_have_all_their_forms(language: str) -> None:
    forms = catalogue(language).num_plurals
    plurals = [each for each in messages(language) if each.pluralizable]
    assert plurals
    for message in plurals:
        assert len(variants(message)) == forms, message.id


def test_russian_has_no_kazakh_letters() -> None:
    for message in messages("ru"):
        for said in variants(message):
            assert not KAZAKH_ONLY.search(said), said


def test_kazakh_has_no_russian_words() -> None:
    for message in messages("kk"):
        for said in variants(message):
            assert not RUSSIAN_WORDS.search(said), said
