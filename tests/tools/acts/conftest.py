"""What the tests of the extraction share: its lists, and the places of the data folder."""

from pathlib import Path

import pytest

from core.directory.loading import load_offices
from core.directory.model import Office
from tools.acts.__main__ import LISTS
from tools.acts.letters import Letters
from tools.acts.words import Words, load_words

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def data() -> Path:
    return ROOT / "data"


@pytest.fixture(scope="session")
def offices(data: Path) -> dict[str, Office]:
    return load_offices(data)


@pytest.fixture(scope="session")
def words() -> Words:
    return load_words(LISTS)


@pytest.fixture(scope="session")
def letters(words: Words) -> Letters:
    return Letters(words)
