"""The directory of the data folder, loaded once for the tests that only read it."""

from pathlib import Path

import pytest

from core.directory.loading import load_offices
from core.directory.model import Office

DATA = Path(__file__).resolve().parents[3] / "data"


@pytest.fixture(scope="session")
def offices() -> dict[str, Office]:
    return load_offices(DATA)
