"""What the tests of the extraction share: the words and letters of the data folder."""

from pathlib import Path

import pytest

from core.directory.extraction.letters import Letters
from core.directory.extraction.words import Words, load_words

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture(scope="session")
def data() -> Path:
    return ROOT / "data"


@pytest.fixture(scope="session")
def words(data: Path) -> Words:
    return load_words(data)


@pytest.fixture(scope="session")
def letters(words: Words) -> Letters:
    return Letters(words)
